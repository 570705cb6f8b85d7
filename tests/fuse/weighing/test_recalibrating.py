import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.weighing.evidence import Evidence, EvidenceRow, believe
from wayout.fuse.weighing.propositions import Proposition
from wayout.fuse.weighing.recalibrating import Recalibration, learn_recalibration


def test_without_outcomes_nothing_moves():
    assert learn_recalibration(np.zeros(0), np.zeros(0, dtype=bool)) == Recalibration(0.0, 1.0)


def test_what_runs_too_high_is_brought_down_to_what_came():
    odds = np.linspace(-3, 3, 4000)
    rng = np.random.default_rng(1)
    came = rng.random(4000) < 1 / (1 + np.exp(-(odds * 0.6 - 1)))
    learned = learn_recalibration(odds, came)
    assert learned.offset == pytest.approx(-1, abs=0.15)
    assert learned.slope == pytest.approx(0.6, abs=0.1)


@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), max_size=40))
def test_any_outcomes_give_finite_numbers(outcomes):
    odds, came = np.array([o for o, _ in outcomes]), np.array([c for _, c in outcomes], dtype=bool)
    assert np.isfinite(learn_recalibration(odds, came)).all()


def test_what_was_learned_moves_its_kind_only():
    keys = [Proposition("active", "cell 1", "a").key, Proposition("present", "town", "a").key]
    evidence = Evidence.of([EvidenceRow("c", "d", "s", key, "o", 1.0, 1.0, 1.9, 1.9, 60.0) for key in keys])
    before = believe(evidence, 2.0).by_key()
    after = believe(evidence, 2.0, learned={"active": Recalibration(-1.0, 1.0)}).by_key()
    assert after[keys[0]] < before[keys[0]]
    assert after[keys[1]] == before[keys[1]]
