import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.move.travel_time import prepare_field
from wayout.move.worlds.atoms import make_atoms
from wayout.move.worlds.component_graph import build_component_graph, goal_parts, reach_in_draws
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits
from wayout.move.worlds.seals import Closable, Seal, fewest_seal, likeliest_seal


def graph_of(ground, barriers, start, goals):
    """Ground (inf: closed), barrier masks, start mask, and goals as (mask, cells needed)."""
    field = prepare_field(ground, 1.0)
    closing = [field.padded(b) for b in barriers]
    atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
    graph = build_component_graph(field, atoms, len(barriers), field.padded(start))
    wanted = []
    for mask, need in goals:
        cells = field.padded(mask)
        wanted.append((cells[np.isfinite(field.cost[cells])], need))
    return graph, goal_parts(graph, wanted)


def drawing(*rows):
    """Letters are barriers, # closed, S start, E exit, . ground; a letter in several places is one barrier."""
    cells = np.array([list(r) for r in rows])
    names = sorted(set(cells.ravel()) - set("#SE."))
    ground = np.where(cells == "#", np.inf, 1.0)
    return (*graph_of(ground, [cells == n for n in names], cells == "S", [(cells == "E", 1)]), names)


def p_together(chosen):
    least = {}
    for b in chosen:
        least[b.group] = min(least.get(b.group, 1.0), b.p_closed)
    return math.prod(least.values())


def sealing_sets(graph, goal, barriers):
    """Every set of barriers that can be closed and seals the exit, by trying all."""
    can = [i for i, b in enumerate(barriers) if b.p_closed > 0]
    sets = [c for k in range(len(can) + 1) for c in itertools.combinations(can, k)]
    open_ = np.ones((len(sets), len(barriers)), dtype=bool)
    for row, chosen in enumerate(sets):
        open_[row, list(chosen)] = False
    reached = unpack_bits(reach_in_draws(graph, goal, pack_bits(open_)), len(sets))[:, 0]
    return [[barriers[i] for i in chosen] for chosen, r in zip(sets, reached, strict=True) if not r]


@st.composite
def questions(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    side, n = 6, draw(st.integers(1, 6))
    ground = np.where(rng.random((side, side)) < 0.15, np.inf, 1.0)
    barriers = [rng.random((side, side)) < rng.choice([0.15, 0.4]) for _ in range(n)]
    start, goal = np.zeros((2, side, side), dtype=bool)
    start[0, 0] = True
    goal[rng.integers(2, side) :, :] = True
    need = draw(st.sampled_from([1, 3]))
    p = st.sampled_from([0.0, 0.2, 0.5, 0.5, 0.9, 1.0])
    closable = [Closable(id=f"b{k}", p_closed=draw(p), group=draw(st.sampled_from(f"xy{k}"))) for k in range(n)]
    return ground, barriers, start, goal, need, closable


@settings(max_examples=120, deadline=None)
@given(question=questions())
def test_is_the_best_of_all_sets_that_seal(question):
    ground, masks, start, goal, need, barriers = question
    graph, parts = graph_of(ground, masks, start, [(goal, need)])
    sealing = sealing_sets(graph, parts, barriers)
    fewest, likeliest = fewest_seal(graph, parts, barriers), likeliest_seal(graph, parts, barriers)
    if not sealing:
        assert fewest is None
        assert likeliest is None
        return

    def cost(chosen):
        return sum(b.p_closed < 1 for b in chosen), len(chosen)

    least = min(map(cost, sealing))
    by_id = {b.id: b for b in barriers}
    named = [by_id[i] for i in fewest.barriers]
    assert named in sealing
    assert cost(named) == least
    assert fewest.p_closed == pytest.approx(max(p_together(c) for c in sealing if cost(c) == least))
    assert likeliest.p_closed == pytest.approx(max(map(p_together, sealing)))
    named = [by_id[i] for i in likeliest.barriers]
    assert named in sealing
    assert not any([b for b in named if b is not spare] in sealing for spare in named)  # nothing needless


@settings(max_examples=40, deadline=None)
@given(question=questions(), seed=st.integers(0, 9))
def test_order_of_barriers_changes_nothing(question, seed):
    ground, masks, start, goal, need, barriers = question
    order = np.random.default_rng(seed).permutation(len(barriers))
    answers = []
    for turn in (range(len(barriers)), order):
        graph, parts = graph_of(ground, [masks[k] for k in turn], start, [(goal, need)])
        some = [barriers[k] for k in turn]
        answers.append((fewest_seal(graph, parts, some), likeliest_seal(graph, parts, some)))
    assert answers[0] == answers[1]


def named(*p, groups=None):
    names = "abcdef"[: len(p)]
    return [Closable(id=n, p_closed=v, group=g) for n, v, g in zip(names, p, groups or names, strict=True)]


def test_a_barrier_in_several_pieces_is_one():
    graph, goal, _ = drawing("S.abE", "##a##", "S.acE")  # "a" lies on both ways, b and c on one each
    assert fewest_seal(graph, goal, named(0.1, 0.9, 0.9)) == Seal(barriers=("a",), p_closed=0.1)
    assert likeliest_seal(graph, goal, named(0.1, 0.9, 0.9)).barriers == ("b", "c")


def test_what_is_certainly_closed_costs_nothing_and_what_is_certainly_open_is_no_help():
    graph, goal, _ = drawing("S.abE", "#####", "S.ccE")
    assert fewest_seal(graph, goal, named(0.3, 0.2, 1.0)).barriers == ("a", "c")
    assert fewest_seal(graph, goal, named(0.0, 0.2, 1.0)).barriers == ("b", "c")
    assert fewest_seal(graph, goal, named(0.5, 0.5, 0.0)) is None
    assert fewest_seal(graph, goal, named(1.0, 0.2, 1.0)).p_closed == 1


def test_ground_that_is_closed_needs_no_barrier_and_open_ground_has_no_seal():
    graph, goal, _ = drawing("Sa#E")
    assert (
        fewest_seal(graph, goal, named(0.5))
        == likeliest_seal(graph, goal, named(0.5))
        == Seal(barriers=(), p_closed=1.0)
    )
    graph, goal, _ = drawing("SaE", "...")
    assert fewest_seal(graph, goal, named(0.5)) is None
    assert likeliest_seal(graph, goal, named(0.5)) is None


def test_barriers_of_a_group_bring_the_likelier_ones_with_them():
    graph, goal, _ = drawing("SabE", "####", "SccE")
    alone = likeliest_seal(graph, goal, named(0.4, 0.5, 0.4))
    assert alone.barriers == ("b", "c")
    assert alone.p_closed == pytest.approx(0.2)
    together = likeliest_seal(graph, goal, named(0.4, 0.5, 0.4, groups="xyx"))
    assert together == Seal(barriers=("a", "c"), p_closed=0.4)


def test_many_gates_side_by_side_and_in_a_row():
    rows = [f"S{chr(97 + k)}.{chr(97 + (k * 5 + 2) % 12)}E" for k in range(12)]
    graph, goal, names = drawing(*rows)
    barriers = [Closable(id=n, p_closed=0.5, group=n) for n in names]
    assert len(fewest_seal(graph, goal, barriers).barriers) == 12


def test_what_does_not_fit_is_refused():
    graph, goal, _ = drawing("SaE")
    with pytest.raises(InputError, match="2 barriers were given"):
        fewest_seal(graph, goal, named(0.1, 0.2))
    with pytest.raises(InputError, match="within 0 and 1"):
        fewest_seal(graph, goal, named(1.5))
    with pytest.raises(InputError, match="one by one"):
        fewest_seal(graph, goal_parts(graph, []), named(0.5))
