"""Blocks are drawn together; the same seed gives the same interval; dependence widens it."""

import numpy as np
import pytest

from wayout.errors import InputError
from wayout.stats.block_bootstrap import block_bootstrap, ratio_interval


def test_families_drawn_together_widen_the_interval():
    rng = np.random.default_rng(1)
    values = np.repeat(rng.random(20), 10)
    families = [str(i // 10) for i in range(200)]
    singles = [str(i) for i in range(200)]
    ones = np.ones_like(values)
    together, alone = (ratio_interval(values, ones, blocks=b) for b in (families, singles))
    assert together.value == alone.value == pytest.approx(values.mean())
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_the_interval_of_a_mean_is_that_of_theory():
    values = np.random.default_rng(2).normal(size=400)
    got = ratio_interval(values, np.ones_like(values), blocks=[str(i) for i in range(400)])
    assert got.high - got.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)


@pytest.mark.parametrize("blocks", [None, [str(i // 3) for i in range(30)]])
def test_both_forms_agree(blocks):
    rng = np.random.default_rng(4)
    top, bottom = rng.random(30), rng.random(30)
    slow = block_bootstrap(lambda i: float(top[i].sum() / bottom[i].sum()), 30, blocks=blocks)
    fast = ratio_interval(top, bottom, blocks=blocks)
    assert fast.value == pytest.approx(slow.value)
    assert (fast.low, fast.high) == pytest.approx((slow.low, slow.high), abs=0.05)


def test_the_same_seed_gives_the_same_interval():
    values = np.arange(10.0)
    assert ratio_interval(values, np.ones(10), seed=5) == ratio_interval(values, np.ones(10), seed=5)


def test_a_reference_without_loss_has_no_skill():
    got = ratio_interval(np.ones(3), np.zeros(3))
    assert np.isnan([got.value, got.low, got.high]).all()


def test_nothing_cannot_be_scored():
    with pytest.raises(InputError, match="nothing to score"):
        ratio_interval(np.array([]), np.array([]))
    with pytest.raises(InputError, match="labels"):
        ratio_interval(np.ones(3), np.ones(3), blocks=["a"])
