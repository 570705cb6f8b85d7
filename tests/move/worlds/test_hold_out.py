import numpy as np
import pytest

from wayout.move.travel_time import prepare_field
from wayout.move.worlds.groups import group_barriers
from wayout.move.worlds.hold_out import check_and_learn
from wayout.move.worlds.options import EnsembleOptions
from wayout.move.worlds.problem import Goal, Terrain, pose
from wayout.move.worlds.trained import Trained
from wayout.move.worlds.training import TrainingOptions

BARELY = TrainingOptions(n_orders=0, most_rounds=0)


@pytest.fixture
def untaught():
    """A graph of many ways round many barriers that has learned next to nothing."""
    rng = np.random.default_rng(8)
    friction = rng.uniform(0.1, 3.0, (24, 24))
    masks = [np.zeros((24, 24), bool) for _ in range(8)]
    for k, mask in enumerate(masks):
        mask[3 * (k // 2) + 4 : 3 * (k // 2) + 6, 12 * (k % 2) : 12 * (k % 2) + 10] = True
    start, end = np.zeros((2, 24, 24), bool)
    start[0, 12], end[23, 3] = True, True
    terrain = Terrain(field=prepare_field(friction, 1.0), start=start)
    return Trained(pose(terrain, masks, [Goal(cells=end)]), BARELY)


def test_a_graph_that_falls_short_learns_from_the_fresh_draws_and_is_checked_on_others(untaught):
    groups = group_barriers("abcdefgh", [0.5] * 8, range(8))
    once, _ = check_and_learn(untaught, groups, None, EnsembleOptions(n_fresh=40, most_rounds=1))
    before = untaught.n_training
    taught, _ = check_and_learn(untaught, groups, None, EnsembleOptions(n_fresh=40, most_rounds=6))
    assert once.p_exact < 0.9
    assert taught.p_exact >= 0.995
    assert untaught.n_training > before
    assert taught.n == 40
    assert (taught.graph >= taught.exact * (1 - 1e-12)).all()


def test_the_first_check_of_a_graph_is_its_own_and_repeats(untaught):
    groups = group_barriers("abcdefgh", [0.5] * 8, range(8))
    options = EnsembleOptions(n_fresh=30, most_rounds=1)
    first, again = (check_and_learn(untaught, groups, 9.0, options)[0] for _ in range(2))
    assert first.exact.tobytes() == again.exact.tobytes()
    assert first.p_cell.tobytes() == again.p_cell.tobytes()
