import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.origins.sharing import Told, compare, resemblance, sorted_runs


def _told(runs, weights=None):
    ordered, leads = sorted_runs(np.array(runs, dtype=np.uint64))
    return Told(ordered, leads, np.ones(len(ordered)) if weights is None else np.array(weights))


def test_an_excerpt_is_wholly_in_the_longer_text():
    assert compare(_told([1, 2]), _told([1, 2, 3, 4, 5, 6])).share == 1.0


def test_runs_that_say_little_count_little():
    stock = compare(_told([1, 2, 3, 4], [0.01, 0.01, 1, 1]), _told([1, 2, 5, 6], [0.01, 0.01, 1, 1]))
    assert stock.share == pytest.approx(0.02 / 2.02)
    assert stock.weight == pytest.approx(0.02)


def test_what_stands_in_a_leading_part_is_told_from_background():
    assert compare(_told([9, 8, 1, 2]), _told([7, 6, 1, 2])).news == 0
    assert compare(_told([1, 2, 9, 8]), _told([7, 6, 1, 2])).news == 2


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_shares_are_symmetric_and_within_bounds(a, b):
    one, other = _told(sorted(a)), _told(sorted(b))
    forth, back = compare(one, other), compare(other, one)
    assert forth == back
    assert 0 <= forth.share <= 1
    assert resemblance(one.runs, other.runs) <= forth.share + 1e-9 or not a or not b
