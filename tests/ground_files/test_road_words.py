from collections import Counter

import pytest

from wayout.ground_files.road_words import find_column, is_true, kind_of_osm, kind_of_word, left_out_words
from wayout.model.ground import ROAD_CLASSES
from wayout.vocab import read_vocab


@pytest.mark.parametrize(
    ("word", "road_class"),
    [
        ("motorway_link", "motorway"),
        ("Primary Route", "primary"),
        ("SECONDARY ROUTE", "secondary"),
        ("national highway", "trunk"),
        ("Unpaved road", "track"),
        ("paved", "primary"),
        ("All weather, hard surface", "primary"),
        ("dry weather road", "track"),
        ("residential", "local"),
        ("footway", "path"),
        ("xyzzy", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (float("nan"), "unknown"),
        (5121, "unknown"),
    ],
)
def test_words_of_other_makers(word, road_class):
    assert ROAD_CLASSES[kind_of_word(word, "TYPE").road_class] == road_class


def test_numbers_mean_something_in_one_column_only():
    assert ROAD_CLASSES[kind_of_word(2, "FCLASS").road_class] == "primary"
    assert ROAD_CLASSES[kind_of_word("6", "fclass").road_class] == "track"
    assert ROAD_CLASSES[kind_of_word(2, "type").road_class] == "unknown"


def test_a_ferry_and_what_is_not_built_are_told():
    assert kind_of_word("Ferry route", "type").ferry
    assert kind_of_word("construction", "type").left_out == "not built yet"


@pytest.mark.parametrize(
    ("tags", "left_out"),
    [
        (("primary", None, None, None, "no", None, None), "closed to all, or military (access=no, military)"),
        (("track", None, None, None, "military", None, None), "closed to all, or military (access=no, military)"),
        (("footway", None, None, None, None, None, "sidewalk"), "pavements beside roads"),
        (("proposed", None, None, None, None, None, None), "not built yet"),
        (("yes", None, None, None, None, None, None), "of a kind that is not known"),
        (("primary", None, None, None, "private", None, None), None),
    ],
)
def test_ways_that_are_none_say_why(tags, left_out):
    assert kind_of_osm(tags).left_out == left_out


def test_every_class_of_the_vocabulary_is_one_of_ours():
    vocab = read_vocab("road_words.yaml")
    assert {*vocab["highway"].values(), *vocab["groads"].values(), *vocab["words"]} - {"ferry"} <= set(ROAD_CLASSES)


def test_columns_are_found_by_name_whatever_their_case():
    assert find_column(["ID", "FCLASS", "Type"], "class_columns") == "FCLASS"
    assert find_column(["ID"], "class_columns") is None


@pytest.mark.parametrize(
    ("value", "true"),
    [("T", True), ("yes", True), (1, True), (0, False), ("F", False), (None, False), (float("nan"), False)],
)
def test_yes_and_no(value, true):
    assert is_true(value) is true


def test_nothing_left_out_is_not_said():
    assert left_out_words(Counter(), 5) == ()
    assert left_out_words(Counter({"not lines": 2}), 5) == ("2 lines are left out: not lines", "5 lines are kept")
