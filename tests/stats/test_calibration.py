"""The curve says how often what was said came true; Murphy's parts add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.stats.calibration import calibration_curve, calibration_error, decompose
from wayout.stats.proper_scores import brier_scores

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=60)


def test_a_calibrated_forecaster_has_no_error():
    p, o = [0.3] * 10 + [0.7] * 10, [1] * 3 + [0] * 7 + [1] * 7 + [0] * 3
    assert calibration_error(p, o) == pytest.approx(0)
    assert decompose(p, o).reliability == pytest.approx(0)
    assert decompose(p, o).resolution == pytest.approx(0.04)


def test_the_bins_are_those_of_the_terms():
    points = calibration_curve([0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99], [0] * 7)
    assert [p.n for p in points] == [1] * 7
    assert all(point.low == 0 < point.high < 1 for point in points)


@given(PAIRS)
def test_the_parts_and_the_rest_are_the_score(pairs):
    p, o = map(np.asarray, zip(*pairs, strict=True))
    parts = decompose(p, o)
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.rest
    assert total == pytest.approx(brier_scores(p, o).mean())
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0
    assert 0 <= calibration_error(p, o) <= 1


@given(st.lists(st.tuples(st.sampled_from([0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98]), st.integers(0, 1)), min_size=1))
def test_with_one_value_a_bin_nothing_is_left(pairs):
    p, o = map(np.asarray, zip(*pairs, strict=True))
    assert decompose(p, o).rest == pytest.approx(0, abs=1e-12)


@given(PAIRS)
def test_intervals_hold_their_shares(pairs):
    for point in calibration_curve(*zip(*pairs, strict=True)):
        assert point.low <= point.share + 1e-12
        assert point.share <= point.high + 1e-12


def test_edges_must_rise():
    with pytest.raises(InputError, match="rise"):
        calibration_curve([0.5], [1], edges=(0, 0.7, 0.5, 1))
