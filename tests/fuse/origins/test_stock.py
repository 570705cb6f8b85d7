import numpy as np
import pytest

from wayout.fuse.origins.shingles import shingles
from wayout.fuse.origins.stock import run_weights

FOOTER = shingles("all rights are kept by the house")


def _footer_weights(days, outlets, copies=None):
    runs = [FOOTER for _ in days]
    return [float(w[0]) for w in run_weights(runs, days, outlets, copies or [False] * len(days))]


def test_a_run_that_comes_again_in_other_stories_says_less():
    assert _footer_weights([0, 10, 20, 30], ["a", "b", "c", "d"]) == pytest.approx([1, 1 / 4, 1 / 9, 1 / 16])


def test_many_texts_of_one_story_take_nothing_from_its_words():
    assert _footer_weights([3] * 40, [f"outlet {i}" for i in range(40)]) == [1.0] * 40


def test_what_one_outlet_puts_under_many_texts_of_one_week_says_less():
    weights = _footer_weights([0, 1, 2, 3, 4], ["a"] * 5)
    assert weights[0] == weights[1] == 1.0
    assert weights[4] < 0.1


def test_copies_are_no_use_of_their_own():
    alone = _footer_weights([0, 40], ["a", "b"])
    with_copies = _footer_weights([0, 10, 20, 40], ["a", "c", "d", "b"], [False, True, True, False])
    assert [with_copies[0], with_copies[3]] == alone


def test_later_texts_change_no_weight():
    days, outlets = [0, 9, 18], ["a", "b", "a"]
    assert _footer_weights([*days, 30, 40], [*outlets, "a", "c"])[:3] == _footer_weights(days, outlets)


def test_an_undated_text_is_a_story_of_its_own():
    assert _footer_weights([None, None, 5], [None, None, None]) == pytest.approx([1 / 4, 1 / 4, 1 / 9])


def test_no_text_and_empty_texts_are_no_error():
    assert run_weights([], [], [], []) == []
    assert [len(w) for w in run_weights([np.zeros(0, dtype=np.uint64)], [None], [None], [False])] == [0]
