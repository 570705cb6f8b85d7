import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from wayout.errors import InputError
from wayout.move.ensemble import (
    Ensemble,
    EnsembleOptions,
    Goal,
    Terrain,
    choose_method,
    choose_states,
    make_groups,
    run_ensemble,
    weighted_quantiles,
    wilson_interval,
)
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.travel_time import prepare_field
from wayout.move.worlds.problem import Problem

CORRIDOR = np.full((1, 9), 0.5)
START = np.arange(9)[None, :] == 0
END = np.arange(9)[None, :] == 8


@pytest.fixture(scope="module")
def place(make_barrier):
    def build(name, column, p_closed, group=None):
        cells = np.arange(9)[None, :] == column
        return PlacedBarrier(barrier=make_barrier(name, Point(0, 0).buffer(1), p_closed, group=group), cells=cells)

    return build


def reach(placed, *, max_states=1024, n_draws=400, seed=1):
    field = prepare_field(CORRIDOR, 1.0)
    states = choose_states(make_groups(placed, np.isfinite(CORRIDOR)), max_states, n_draws, seed)
    terrain = Terrain(field=field, start=START)
    ensemble = Ensemble(terrain, [p.cells for p in placed], [Goal(cells=END)], 100.0, EnsembleOptions())
    outcome = ensemble.solve(states)
    return outcome, float((states.weights * np.isfinite(outcome.arrivals[:, 0])).sum())


def test_independent_barriers_in_a_row_multiply(place):
    outcome, p = reach([place("a", 3, 0.3), place("b", 5, 0.5)])
    assert p == pytest.approx(0.7 * 0.5)
    assert outcome.states.n_draws is None
    assert outcome.p_cell[0].tolist() == pytest.approx([1, 1, 1, 0.7, 0.7, 0.35, 0.35, 0.35, 0.35])


def test_barriers_of_one_group_stand_or_fall_together(place):
    _, p = reach([place("a", 3, 0.3, "same"), place("b", 5, 0.5, "same")])
    assert p == pytest.approx(0.5)  # open only where the likelier one is open too


def test_certain_barriers_are_certain(place):
    assert reach([place("a", 3, 1.0)])[1] == 0
    assert reach([place("a", 3, 0.0)])[1] == 1
    assert reach([])[1] == 1


def test_a_barrier_away_from_the_ground_that_matters_adds_no_combination(place):
    groups = make_groups([place("a", 3, 0.3)], np.arange(9)[None, :] > 5)
    assert groups == ()
    assert choose_states(groups, 10, 10, 1).weights.tolist() == [1.0]


def test_draws_approach_the_exact_answer_and_repeat_with_their_seed(place):
    placed = [place(str(k), k, 0.1 * k) for k in range(1, 6)]
    exact = reach(placed)[1]
    drawn_outcome, drawn = reach(placed, max_states=4, n_draws=4000)
    low, high = wilson_interval(drawn, 4000)
    assert drawn_outcome.states.n_draws == 4000
    assert low <= exact <= high
    again, _ = reach(placed, max_states=4, n_draws=4000)
    np.testing.assert_array_equal(again.states.weights, drawn_outcome.states.weights)


def test_another_group_does_not_change_the_draws_of_the_first(place):
    first, both = (
        choose_states(make_groups(placed, np.isfinite(CORRIDOR)), 1, 50, 7)
        for placed in ([place("a", 3, 0.3)], [place("a", 3, 0.3), place("b", 5, 0.5)])
    )
    share_alone = first.weights[first.choices[:, 0] == 0].sum()
    share_with_other = both.weights[both.choices[:, 0] == 0].sum()
    assert share_alone == pytest.approx(share_with_other)


@settings(max_examples=40, deadline=None)
@given(
    p=st.lists(st.floats(0, 1), min_size=1, max_size=4),
    more=st.floats(0, 1),
    names=st.lists(st.sampled_from("xyz"), min_size=4, max_size=4),
)
def test_a_likelier_barrier_never_raises_the_probability(place, p, more, names):
    def p_with(values):
        return reach([place(str(k), 2 + k, v, names[k]) for k, v in enumerate(values)])[1]

    raised = [p[0] + more * (1 - p[0]), *p[1:]]
    assert p_with(raised) <= p_with(p) + 1e-9


@settings(max_examples=40, deadline=None)
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_weights_of_all_combinations_sum_to_one(place, p):
    placed = [place(str(k), 2 + k, v, "g" if k % 2 else None) for k, v in enumerate(p)]
    states = choose_states(make_groups(placed, np.isfinite(CORRIDOR)), 10_000, 1, 1)
    assert states.weights.sum() == pytest.approx(1.0)
    assert (states.weights >= 0).all()


def test_a_goal_with_a_share_waits_for_that_share():
    field = prepare_field(CORRIDOR, 1.0)
    goal = np.arange(9)[None, :] >= 4
    goals = [Goal(cells=goal), Goal(cells=goal, share=0.5), Goal(cells=np.zeros((1, 9), bool))]
    outcome = run_ensemble(Terrain(field=field, start=START), [], goals, 1.0, EnsembleOptions())
    any_cell, half, none = outcome.arrivals[0]
    assert (any_cell, half, none) == (pytest.approx(2.0), pytest.approx(3.0), np.inf)


@given(k=st.integers(0, 50), n=st.integers(50, 500))
def test_wilson_interval_holds_its_proportion(k, n):
    low, high = wilson_interval(k / n, n)
    assert 0 <= low <= k / n <= high <= 1
    assert high > low


def test_quantiles_leave_out_what_is_never_reached():
    values = np.array([3.0, 1.0, np.inf, 2.0])
    weights = np.array([0.25, 0.25, 0.25, 0.25])
    assert weighted_quantiles(values, weights, (0.1, 0.5, 0.9)) == (1.0, 2.0, 3.0)
    assert weighted_quantiles(np.array([np.inf]), np.array([1.0]), (0.5,)) == (None,)
    assert weighted_quantiles(np.array([1.0, 9.0]), np.array([1.0, 0.0]), (0.99,)) == (1.0,)


def field_and_goals():
    """Make a corridor with a slow way round it."""
    friction = np.full((5, 9), 0.5)
    friction[1:4, 2:7] = 3.0
    friction[2, :] = 0.5
    start, end = (np.zeros((5, 9), bool) for _ in range(2))
    start[2, 0], end[2, 8] = True, True
    return Terrain(field=prepare_field(friction, 1.0), start=start), [Goal(cells=end)]


def both_ways(placed, options):
    """Answer it, by the graph and exactly."""
    terrain, goals = field_and_goals()
    return run_ensemble(terrain, placed, goals, 4.5, options)


@pytest.fixture(scope="module")
def wide(make_barrier):
    """Barriers that close the middle row, or all, of one column."""

    def build(name, column, p_closed, *, whole=False):
        cells = np.zeros((5, 9), bool)
        cells[slice(None) if whole else slice(1, 4), column] = True
        return PlacedBarrier(barrier=make_barrier(name, Point(0, 0).buffer(1), p_closed), cells=cells)

    return build


def test_all_draws_and_gateways_agree(wide):
    placed = [wide("a", 3, 0.3), wide("b", 5, 0.6), wide("c", 4, 0.2, whole=True)]
    exact = both_ways(placed, EnsembleOptions())
    drawn = both_ways(placed, EnsembleOptions(method="draws", n_draws=2000))
    graph = both_ways(placed, EnsembleOptions(method="gateways", n_graph_draws=2000))
    assert (exact.check.method, drawn.check.method, graph.check.method) == ("all", "draws", "gateways")
    p, low, high = exact.p_within(0, 4.5)
    assert p == low == high == pytest.approx(0.7 * 0.4 * 0.8)
    for outcome in (drawn, graph):
        found, low, high = outcome.p_within(0, 4.5)
        assert low <= p <= high
        assert low < found < high
        assert outcome.p_cell[2, 8] == pytest.approx(p, abs=0.15)
    assert graph.check.p_exact == 1.0
    assert graph.check.max_excess == pytest.approx(0.0, abs=1e-12)
    assert graph.check.n_fresh == 100
    assert graph.check.n_training > 0
    # The same seed closes the same barriers, whichever way the draws are answered.
    assert float((graph.arrivals[:, 0] <= 4.5).mean()) == pytest.approx(drawn.p_within(0, 4.5)[0])


def test_the_same_seed_gives_the_same_bytes_on_one_and_two_threads(wide):
    placed = [wide("a", 3, 0.3), wide("b", 5, 0.6), wide("c", 4, 0.2, whole=True)]
    for method in ("all", "draws", "gateways"):
        one, two = (both_ways(placed, EnsembleOptions(method=method, n_draws=50, n_threads=n)) for n in (1, 2))
        assert one.arrivals.tobytes() == two.arrivals.tobytes()
        assert one.p_cell.tobytes() == two.p_cell.tobytes()
        assert one.check == two.check


@pytest.mark.parametrize("method", ["all", "draws"])
def test_asked_again_an_ensemble_answers_as_a_new_one_and_solves_only_worlds_it_has_not_met(wide, method, monkeypatch):
    def placed(*p):
        return [wide("a", 3, p[0]), wide("b", 5, p[1]), wide("c", 4, p[2], whole=True)]

    options = EnsembleOptions(method=method, n_draws=60)
    (terrain, goals), first = field_and_goals(), placed(0.3, 0.6, 0.2)
    kept = Ensemble(terrain, [p.cells for p in first], goals, 4.5, options)
    kept.ask([p.barrier for p in first])
    for p in ((0.9, 0.6, 0.2), (0.0, 1.0, 0.5)):
        fresh = run_ensemble(terrain, placed(*p), goals, 4.5, options)
        if method == "all":
            monkeypatch.setattr(Problem, "solve", None)  # all eight worlds are known
        again = kept.ask([b.barrier for b in placed(*p)])
        monkeypatch.undo()
        assert again.arrivals.tobytes() == fresh.arrivals.tobytes()
        assert again.p_cell.tobytes() == fresh.p_cell.tobytes()
        assert again.p_within(0, 4.5) == fresh.p_within(0, 4.5)


@pytest.mark.parametrize(
    ("n_states", "size", "method"),
    [
        (1024, 60_000, "all"),  # a theatre of the pipeline's size: no sampling error
        (1025, 60_000, "draws"),
        (100, 10**7, "all"),  # fewer solves than training takes
        (1024, 10**7, "gateways"),
        (2**37, 250_000, "gateways"),
    ],
)
def test_the_cheapest_honest_method_is_chosen(n_states, size, method):
    assert choose_method(n_states, size, 37, EnsembleOptions()) == method


def test_a_share_of_a_goal_is_not_left_to_the_graph():
    assert choose_method(2**37, 250_000, 37, EnsembleOptions(), on_graph=False) == "draws"


def test_the_graph_answers_a_share_from_above_and_says_how_well(wide):
    placed = [wide("a", 3, 0.5), wide("b", 5, 0.5)]
    terrain = Terrain(field=prepare_field(np.ones((5, 9)), 1.0), start=np.arange(45).reshape(5, 9) == 18)
    goal = Goal(cells=np.arange(9)[None, :] * np.ones((5, 1)) >= 6, share=0.5)
    graph = run_ensemble(terrain, placed, [goal], 9.0, EnsembleOptions(method="gateways", n_graph_draws=200))
    truth = run_ensemble(terrain, placed, [goal], 9.0, EnsembleOptions(method="draws", n_draws=200, max_states=1))
    flags = graph.states.closed_flags(2)
    for row in range(200):
        same = np.flatnonzero((truth.states.closed_flags(2) == flags[row]).all(axis=1))[0]
        assert graph.arrivals[row, 0] >= truth.arrivals[same, 0] * (1 - 1e-12)


def test_choices_that_make_no_sense_are_named():
    with pytest.raises(InputError, match="n_fresh 0"):
        EnsembleOptions(n_fresh=0)
