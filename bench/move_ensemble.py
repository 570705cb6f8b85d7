"""
MOVE: thousands of draws on the gateway graph, beside one solve a draw (ours and a peer's), and how true its answers are.

``python -m bench move_ensemble`` runs 500 x 500; ``python -m bench.move_ensemble large`` 1,500 x 1,500 (some minutes).
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.score import CorpusMissingError, Score
from bench.theatre import BenchTheatre, make_theatre
from wayout.move.ensemble import EnsembleOptions, Goal, Terrain, Trained
from wayout.move.travel_time import Neighbours, prepare_field
from wayout.move.worlds.fresh import Fresh
from wayout.move.worlds.groups import group_barriers
from wayout.move.worlds.hold_out import check_and_learn
from wayout.move.worlds.intervals import wilson_interval
from wayout.move.worlds.problem import Problem, pose
from wayout.move.worlds.truth import solve_worlds

N_DRAWS = 10_000
N_TRUTH = 600
"""Own exact draws that the answers are held against (never seen by the graph)."""
N_PEER = 6


def measure(corpora: Path) -> list[Score]:
    """Measure at 500 x 500; needs no corpus."""
    del corpora
    return measure_at(500, N_TRUTH)


def measure_at(n: int, n_truth: int, neighbours: Neighbours = 8) -> list[Score]:
    """
    Measure on the theatre of ``n`` x ``n`` cells, every element a group of its own.

    Eight neighbours, because the peer has no more: both solve the same metric.
    """
    _whole_job(make_theatre(100), neighbours)  # compiles
    theatre = make_theatre(n)
    peer = _peer(theatre)
    peer_s = [_cpu(peer) for _ in range(N_PEER // 2 + 1)][1:]
    begin = time.process_time()
    trained, fresh, arrivals = _whole_job(theatre, neighbours)
    whole_s = time.process_time() - begin
    peer_s += [_cpu(peer) for _ in range(N_PEER - N_PEER // 2)]
    problem = trained.problem
    own_s = statistics.median(_cpu(lambda: problem.solve(problem.field.cost)) for _ in range(5))
    at = f"{n}x{n}"
    per_solve = statistics.median(peer_s)
    note = (
        f"whole job {whole_s:.1f} CPU s, {trained.n_training} worlds learned from, {trained.graph.n_gateways} gateways"
    )
    speeds = [
        Score(
            name=f"speed ensemble: whole job over xarray-spatial {at}",
            value=per_solve * N_DRAWS / whole_s,
            beside=f"xarray-spatial {per_solve:.3f} s a solve, {len(peer_s)} timed, x {N_DRAWS}",
            note=note,
        ),
        Score(
            name=f"speed ensemble: whole job over own solves {at}",
            value=own_s * N_DRAWS / whole_s,
            beside=f"ours {own_s:.4f} s a solve",
        ),
        *_after_training(trained, theatre, at),
    ]
    return [*speeds, *_truth(trained, theatre, fresh, arrivals, n_truth, at)]


def _whole_job(theatre: BenchTheatre, neighbours: Neighbours) -> tuple[Trained, Fresh, NDArray[np.float64]]:
    """Prepare, train, check on fresh draws, answer all draws: what a user waits for."""
    options = EnsembleOptions()
    trained = Trained(_problem(theatre, neighbours), options.training)
    groups = group_barriers(_names(theatre), theatre.p_closed.tolist(), trained.problem.within)
    fresh, _ = check_and_learn(trained, groups, None, options)
    answer = trained.answer(_names(theatre), theatre.p_closed.tolist(), N_DRAWS, seed=1)
    return trained, fresh, answer.arrivals


def _problem(theatre: BenchTheatre, neighbours: Neighbours) -> Problem:
    terrain = Terrain(
        field=prepare_field(theatre.friction, 1.0), start=theatre.mask(theatre.source), neighbours=neighbours
    )
    goals = [Goal(cells=theatre.mask(cells)) for cells in theatre.exits]
    return pose(terrain, [theatre.mask(cells) for cells in theatre.elements], goals)


def _names(theatre: BenchTheatre) -> list[str]:
    return [f"element {k:02}" for k in range(len(theatre.elements))]


def _after_training(trained: Trained, theatre: BenchTheatre, at: str) -> list[Score]:
    names, p = _names(theatre), theatre.p_closed.tolist()
    closed = np.random.default_rng(11).random((N_DRAWS, len(p))) < theatre.p_closed
    draws_s = statistics.median(_cpu(lambda: trained.graph.arrivals(closed)) for _ in range(5))
    moved = [[min(v + 0.02 * k, 1.0) for v in p] for k in range(1, 6)]
    slider_s = []
    for q in moved:
        begin = time.process_time()
        trained.answer(names, q, N_DRAWS, seed=1)
        slider_s.append(time.process_time() - begin)
    return [
        Score(name=f"speed ensemble: draws a second a core {at}", value=N_DRAWS / draws_s),
        Score(
            name=f"speed ensemble: a moved probability, ms {at}",
            value=1000 * statistics.median(slider_s),
            higher_is_better=False,
            note=f"{N_DRAWS} draws drawn, answered and checked for reachability; CPU, one thread",
        ),
    ]


def _truth(
    trained: Trained, theatre: BenchTheatre, fresh: Fresh, arrivals: NDArray[np.float64], n_truth: int, at: str
) -> list[Score]:
    """Hold the answers against exact draws that nothing has seen."""
    closed = np.random.default_rng(2_026).random((n_truth, len(theatre.elements))) < theatre.p_closed
    exact, _ = solve_worlds(trained.problem, closed, np.zeros(n_truth))
    alone = trained.graph.arrivals(closed)
    held_out = Fresh(exact=exact, graph=trained.arrivals(closed)[0])
    inside = []
    for k in range(exact.shape[1]):
        reached = exact[np.isfinite(exact[:, k]), k]
        for limit in np.quantile(reached, (0.1, 0.25, 0.5, 0.75, 1.0)):

            def in_time(hours: NDArray[np.float64], limit: float = float(limit)) -> NDArray[np.float64]:
                return (hours <= limit * (1 + 1e-9)).astype(np.float64)

            p, low, high = fresh.correct(k, arrivals[:, k], in_time)
            true_p = float(in_time(exact[:, k]).mean())
            true_low, true_high = wilson_interval(true_p, n_truth)
            # Both are samples: their errors add by squares.
            room = np.hypot(high - p, true_p - true_low) if true_p > p else np.hypot(p - low, true_high - true_p)
            inside.append(abs(p - true_p) <= room)
    pairs = exact.size
    return [
        Score(
            name=f"ensemble: (draw, exit) pairs exact to 1e-5 {at}",
            value=held_out.p_exact,
            note=f"{n_truth} unseen draws; the job's own hold-out said {fresh.p_exact:.4f} of {fresh.n}",
            items=pairs,
        ),
        Score(
            name=f"ensemble: reachability as exact solves {at}",
            value=float((np.isfinite(held_out.graph) == np.isfinite(exact)).mean()),
            note=f"the graph alone misses {int((np.isfinite(exact) & np.isinf(alone)).sum())} of {pairs} pairs",
        ),
        Score(
            name=f"ensemble: P within time in its 95 % interval {at}",
            value=float(np.mean(inside)),
            note=f"{len(inside)} exits x times, beside {n_truth} exact draws",
            has_floor=False,
        ),
        Score(
            name=f"ensemble: largest excess of a time {at}",
            value=held_out.max_excess,
            higher_is_better=False,
            has_floor=False,
        ),
    ]


def _peer(theatre: BenchTheatre) -> Callable[[], object]:
    """Prepare a solve of one draw by xarray-spatial; every call closes other elements."""
    from bench.field_peers import xarray_spatial

    rng = np.random.default_rng(3)
    worlds = []
    for _ in range(N_PEER + 2):
        friction = theatre.friction.copy()
        for k in np.flatnonzero(rng.random(len(theatre.elements)) < theatre.p_closed):
            friction.flat[theatre.elements[k]] = np.inf
        solve = xarray_spatial(friction, theatre.source)
        if solve is None:
            raise CorpusMissingError("xarray-spatial is not installed; `make bench` installs it")
        worlds.append(solve)
    turn = iter(worlds * 2)

    def solve_next() -> object:
        return next(turn)()

    return solve_next


def _cpu(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


if __name__ == "__main__":
    size, truth = (1500, 200) if "large" in sys.argv[1:] else (500, N_TRUTH)
    for score in measure_at(size, truth):
        print(f"{score.name:62} {score.value:10.4g}  {score.beside}  {score.note}")
