"""The ensemble beside a slow oracle in plain Python: groups, delays, overlapping barriers, roads, goals with a share."""

import heapq
import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from wayout.move.ensemble import EnsembleOptions, Goal, Terrain, run_ensemble
from wayout.move.field.network import Network
from wayout.move.ground.barrier_cells import PlacedBarrier, delay_friction
from wayout.move.travel_time import prepare_field

SIDE = 7
CELL_KM = 2.0
HORIZON_H = 14.0
MOVING_SHARE = 0.5


def oracle_times(hours_per_km, closed, network, starts):
    """Hours to every cell and road node by Dijkstra over moves written out here; starts are cells."""
    size = SIDE * SIDE

    def cost(r, c):
        inside = 0 <= r < SIDE and 0 <= c < SIDE and not closed[r, c]
        return hours_per_km[r, c] * CELL_KM if inside else math.inf

    def moves(thing):
        if thing >= size:
            node = thing - size
            for a, b, h in zip(network.first, network.second, network.hours, strict=True):
                if node in (a, b):
                    yield size + int(b if node == a else a), h
            yield int(network.cell[node]), network.join_h[node]
            return
        r, c = divmod(thing, SIDE)
        for dr, dc in itertools.product(range(-2, 3), repeat=2):
            length, crossed = math.hypot(dr, dc), None
            if abs(dr) + abs(dc) == 1:
                crossed = [(r, c), (r + dr, c + dc)]
            elif abs(dr) == abs(dc) == 1:
                beside = min(cost(r + dr, c), cost(r, c + dc))
                crossed = [(r, c), (r + dr, c + dc)] if math.isfinite(beside) else None
            elif {abs(dr), abs(dc)} == {1, 2}:
                half = (r + dr // 2, c) if abs(dr) == 2 else (r, c + dc // 2)
                corner = (r + dr // 2, c + dc) if abs(dr) == 2 else (r + dr, c + dc // 2)
                crossed = [(r, c), half, corner, (r + dr, c + dc)]
            if crossed:
                h = length * sum(cost(*cell) for cell in crossed) / len(crossed)
                if math.isfinite(h):
                    yield (r + dr) * SIDE + c + dc, h
        for node in np.flatnonzero(network.cell == thing):
            yield size + int(node), network.join_h[node]

    def is_open(thing):
        if thing < size:
            return math.isfinite(cost(*divmod(thing, SIDE)))
        return thing - size not in shut_nodes

    shut_nodes = set(np.flatnonzero(closed.ravel()[network.cell]).tolist())  # a bridge is open over closed ground
    best = dict.fromkeys(starts, 0.0) | {size + k: 0.0 for k in range(network.n_nodes) if network.cell[k] in starts}
    queue = [(0.0, s) for s in best]
    done = set()
    while queue:
        now, thing = heapq.heappop(queue)
        if thing in done or not is_open(thing):
            continue
        done.add(thing)
        for to, hours in moves(thing):
            if is_open(to) and now + hours < best.get(to, math.inf):
                best[to] = now + hours
                heapq.heappush(queue, (now + hours, to))
    return np.array([best.get(k, math.inf) for k in range(size + network.n_nodes)])


def oracle_delay(mask, start, delay_h):
    """Hours per km on the barrier's cells that face the start: those beside ground the start reaches around it."""
    seen, queue = set(), [tuple(s) for s in np.argwhere(start & ~mask)]
    while queue:
        r, c = queue.pop()
        if (r, c) in seen or not (0 <= r < SIDE and 0 <= c < SIDE) or mask[r, c]:
            continue
        seen.add((r, c))
        queue += [(r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)]
    extra = np.zeros(mask.shape)
    for r, c in np.argwhere(mask):
        if any((r + dr, c + dc) in seen for dr, dc in itertools.product((-1, 0, 1), repeat=2)):
            extra[r, c] = delay_h * MOVING_SHARE / CELL_KM
    return extra


def make_case(seed):
    rng = np.random.default_rng(seed)
    ground = np.where(rng.random((SIDE, SIDE)) < 0.15, np.inf, rng.uniform(0.2, 2.0, (SIDE, SIDE)))
    start = np.zeros((SIDE, SIDE), dtype=bool)
    start[0, :2] = True
    ground[start] = 0.5
    ground[-1, -2:] = 0.5
    masks = [(rng.random((SIDE, SIDE)) < 0.25) & ~start for _ in range(4)]
    ends = rng.integers(0, 4, (4, 2))
    ends = ends[ends[:, 0] != ends[:, 1]]
    network = Network(
        cell=rng.integers(0, SIDE * SIDE, 4),
        join_h=rng.choice([0.0, 0.1, np.inf], 4),
        first=ends[:, 0],
        second=ends[:, 1],
        hours=rng.uniform(0.5, 4.0, len(ends)),
    )
    return SimpleNamespace(
        ground=ground,
        start=start,
        masks=masks,
        network=network,
        p=rng.choice([0.0, 0.3, 0.3, 0.6, 1.0], 4),
        groups=rng.choice(["x", "y", "z"], 4),
        delays=rng.choice([0.0, 3.0], 4),
        corner=np.arange(SIDE**2).reshape(SIDE, SIDE) == SIDE**2 - 1,
        south=np.arange(SIDE)[:, None] >= np.full(SIDE, SIDE - 2)[None, :],
        share=0.4,
    )


def oracle_answers(case):
    """Every world with its probability: closed barriers, arrivals at both goals, which cells are reached in time."""
    hours = case.ground + sum(
        oracle_delay(m, case.start, d) if d else 0.0 for m, d in zip(case.masks, case.delays, strict=True)
    )
    starts = {int(k) for k in np.flatnonzero(case.start)}
    names = sorted(set(case.groups))
    cuts = [sorted({0.0, 1.0, *(p for p, g in zip(case.p, case.groups, strict=True) if g == name)}) for name in names]
    answers = []
    for spans in itertools.product(*(itertools.pairwise(c) for c in cuts)):
        u = {name: (low + high) / 2 for name, (low, high) in zip(names, spans, strict=True)}
        shut = tuple(bool(u[g] < p) for p, g in zip(case.p, case.groups, strict=True))
        mask = np.any([m & s for m, s in zip(case.masks, shut, strict=True)], axis=0)
        time = oracle_times(hours, mask, case.network, starts)
        cells = time[: SIDE**2].copy()
        np.minimum.at(cells, case.network.cell, time[SIDE**2 :])
        arrivals = []
        for goal, share in ((case.corner, 0.0), (case.south, case.share)):
            by_cell = {k: [k] for k in np.flatnonzero(goal) if math.isfinite(case.ground.flat[k])}
            for k in range(case.network.n_nodes):
                if goal.flat[case.network.cell[k]]:
                    by_cell.setdefault(case.network.cell[k], []).append(SIDE**2 + k)
            reached = sorted(min(time[k] for k in places) for places in by_cell.values())
            arrivals.append(reached[int(share * (len(reached) - 1))])
        p = math.prod(high - low for low, high in spans)
        answers.append((p, shut, arrivals, cells.reshape(SIDE, SIDE) <= HORIZON_H))
    return answers


def ours(case, make_barrier, **options):
    placed = [
        PlacedBarrier(
            barrier=make_barrier(str(k), Point(0, 0).buffer(1), float(p), group=str(g), delay_h=float(d)), cells=m
        )
        for k, (m, p, g, d) in enumerate(zip(case.masks, case.p, case.groups, case.delays, strict=True))
    ]
    grid = SimpleNamespace(cell_km=CELL_KM, shape=(SIDE, SIDE))
    friction = case.ground + delay_friction(grid, placed, case.start, MOVING_SHARE)
    terrain = Terrain(field=prepare_field(friction, CELL_KM, case.network), start=case.start)
    goals = [Goal(cells=case.corner), Goal(cells=case.south, share=case.share)]
    return run_ensemble(terrain, placed, goals, HORIZON_H, EnsembleOptions(**options))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_all_combinations_are_the_oracle_s(make_barrier, seed):
    case = make_case(seed)
    answers = oracle_answers(case)
    outcome = ours(case, make_barrier, method="all")
    p_cell = sum(p * cells for p, _, _, cells in answers)
    np.testing.assert_allclose(outcome.p_cell, p_cell, atol=1e-9)
    for column in (0, 1):
        for limit in (3.0, 8.0, HORIZON_H, 1e6):
            wanted = sum(p for p, _, arrivals, _ in answers if arrivals[column] <= limit)
            assert outcome.p_within(column, limit)[0] == pytest.approx(wanted, abs=1e-9)
    found = {
        outcome.states.closed(row): arrivals
        for row, arrivals in enumerate(outcome.arrivals)
        if outcome.states.weights[row] > 0
    }
    for p, shut, arrivals, _ in answers:
        matching = [a for closed, a in found.items() if {k for k in range(4) if shut[k]} >= set(closed)]
        assert p == 0 or any(np.allclose(a, arrivals) for a in matching)


@pytest.mark.parametrize("method", ["draws", "gateways"])
def test_draws_agree_with_the_oracle_world_by_world(method, make_barrier):
    @settings(max_examples=6, deadline=None)
    @given(seed=st.integers(0, 10**6))
    def check(seed):
        case = make_case(seed)
        if method == "gateways":
            case.share = 0.0
        by_world = {shut: arrivals for _, shut, arrivals, _ in oracle_answers(case)}
        outcome = ours(case, make_barrier, method=method, n_draws=80, n_graph_draws=300, n_fresh=20)
        closed = outcome.states.closed_flags(4)
        exact = np.array([by_world[tuple(row.tolist())] for row in closed])
        np.testing.assert_array_equal(np.isfinite(outcome.arrivals), np.isfinite(exact))
        known = np.isfinite(exact)
        assert (outcome.arrivals[known] >= exact[known] * (1 - 1e-9)).all()  # every way is a real one
        if method == "draws":
            np.testing.assert_allclose(outcome.arrivals[known], exact[known])
        else:
            assert (outcome.arrivals[known] <= exact[known] * 1.00001).sum() >= 0.97 * known.sum()

    check()
