import pytest

from wayout.locate.shaping.grammar import (
    after_direction,
    grammar_tests,
    is_generic,
    read_bearing,
    read_distance_km,
    read_phrase,
    strip_articles,
    tidy,
)


@pytest.mark.parametrize(("rule", "phrase"), grammar_tests())
def test_every_rule_reads_its_own_phrase_first(rule: str, phrase: str) -> None:
    readings = [r.rule for r in read_phrase(tidy(phrase))]
    others = [r for r in readings if r != "whole_name" or rule == "whole_name"]
    assert others[0] == rule


def test_tidying_drops_prepositions_and_unifies_marks() -> None:
    assert tidy("  in  the town of  Kaga‑Bandoro, ") == "the town of Kaga-Bandoro"
    assert tidy("towards the south") == "the south"
    assert tidy("within 20 miles of Goma").startswith("within 20")


def test_names_with_and_in_them_are_split_both_ways() -> None:
    pairs = {(r.slots.get("a"), r.slots.get("b")) for r in read_phrase("Bosnia and Herzegovina and Serbia")}
    assert ("Bosnia", "Herzegovina and Serbia") in pairs
    assert ("Bosnia and Herzegovina", "Serbia") in pairs


@pytest.mark.parametrize(
    ("words", "bearing"), [("north", 0), ("South-Eastern", 135), ("westward", 270), ("north-northwest", 337.5)]
)
def test_direction_words_have_bearings(words: str, bearing: float) -> None:
    assert read_bearing(words) == bearing


@pytest.mark.parametrize(
    ("number", "unit", "km"),
    [("30", "km", 30), ("1,200", "metres", 1.2), ("ten", "miles", 16.09), ("2.5", "kilometers", 2.5)],
)
def test_distances_are_read_in_km(number: str, unit: str, km: float) -> None:
    assert read_distance_km(number, unit) == pytest.approx(km, abs=0.01)


def test_words_for_kinds_of_ground_are_no_names() -> None:
    assert is_generic("the desert road")
    assert is_generic("villages")
    assert not is_generic("Palma road")


def test_articles_and_directions_before_names() -> None:
    assert strip_articles("the Juba") == ("Juba", True)
    assert strip_articles("Juba") == ("Juba", False)
    assert after_direction("southern Chad") == "Chad"
    assert after_direction("Norwich") is None


def test_a_long_string_is_cut_not_hung_on() -> None:
    assert list(read_phrase(tidy("between " * 4000)))[:1] is not None
