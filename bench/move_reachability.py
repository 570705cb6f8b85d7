"""MOVE: what is reached in any draw, and what seals an exit, against the raster; and how fast."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

from bench.score import Score
from bench.theatre import BenchTheatre, make_theatre
from wayout.move.travel_time import Field, prepare_field, solve
from wayout.move.worlds.atoms import Atoms, make_atoms
from wayout.move.worlds.component_graph import (
    ComponentGraph,
    GoalParts,
    build_component_graph,
    goal_parts,
    reach_in_draws,
)
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits
from wayout.move.worlds.seals import Closable, fewest_seal, likeliest_seal

SEED = 20260508
CHECKED = {500: 200, 1500: 25}
"""Draws solved on the raster, by side."""
N_DRAWS = 64 * 5000
ROUNDS = 5
SHARE = 0.1
"""Of every exit once any cell is wanted and once this share, as for directions."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scene:
    theatre: BenchTheatre
    field: Field
    closing: list[NDArray[np.intp]]
    atoms: Atoms
    graph: ComponentGraph
    wanted: list[tuple[NDArray[np.intp], int]]
    goals: GoalParts


def measure(corpora: Path) -> list[Score]:
    """Measure; needs no corpus."""
    del corpora
    scores = []
    for n in CHECKED:
        scene = _scene(n)
        scores += [_against_the_raster(n, scene), *_speed(n, scene)]
        if n == min(CHECKED):
            scores += _seals(n, scene)
    return scores


def _scene(n: int) -> _Scene:
    theatre = make_theatre(n)
    field = prepare_field(theatre.friction, 1.0)
    closing = [field.padded(theatre.mask(e)) for e in theatre.elements]
    atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
    graph = build_component_graph(field, atoms, len(closing), field.padded(theatre.mask(theatre.source)))
    wanted = []
    for share in (0.0, SHARE):
        for cells in theatre.exits:
            flat = field.padded(theatre.mask(cells))
            flat = flat[np.isfinite(field.cost[flat])]
            wanted.append((flat, 1 + int(share * (flat.size - 1))))
    return _Scene(
        theatre=theatre,
        field=field,
        closing=closing,
        atoms=atoms,
        graph=graph,
        wanted=wanted,
        goals=goal_parts(graph, wanted),
    )


def _draw(scene: _Scene, n_draws: int) -> NDArray[np.bool_]:
    """Draw which barriers are open."""
    rng = np.random.default_rng(SEED)
    return rng.random((n_draws, len(scene.closing))) >= scene.theatre.p_closed


def _against_the_raster(n: int, scene: _Scene) -> Score:
    open_ = _draw(scene, CHECKED[n])
    found = unpack_bits(reach_in_draws(scene.graph, scene.goals, pack_bits(open_)), len(open_))
    equal = 0
    for row, opened in enumerate(open_):
        time_h = solve(scene.field, _cost(scene, opened), scene.graph.starts, 16)
        reached = [np.isfinite(time_h[cells]).sum() >= need for cells, need in scene.wanted]
        equal += int((found[row] == reached).sum())
    return Score(
        name=f"move {n}x{n} draws x exits reached as on the raster",
        value=equal / found.size,
        beside="one solve a draw 1",
        note=f"{len(open_)} draws x {found.shape[1]} goals; {scene.graph.n_nodes} nodes, {scene.graph.n_arcs} arcs",
    )


def _cost(scene: _Scene, opened: NDArray[np.bool_]) -> NDArray[np.float64]:
    shut = [cells for cells, is_open in zip(scene.closing, opened, strict=True) if not is_open]
    return scene.field.without(np.concatenate(shut) if shut else np.empty(0, dtype=np.intp))


def _speed(n: int, scene: _Scene) -> list[Score]:
    words = pack_bits(_draw(scene, N_DRAWS))
    one = _draw(scene, 1)[0]

    def answer() -> None:
        reach_in_draws(scene.graph, scene.goals, words)

    def build() -> None:
        build_component_graph(scene.field, scene.atoms, len(scene.closing), scene.graph.starts)

    def solve_once() -> None:
        solve(scene.field, scene.field.cost, scene.graph.starts, 8)

    def label_once() -> None:
        """Answer one draw as SciPy would: number the parts of the open ground."""
        open_ = np.isfinite(_cost(scene, one)[: scene.field.n_cells]).reshape(-1, scene.field.stride)
        label(open_)

    t_answer, t_build, t_solve, t_label = _interleaved([answer, build, solve_once, label_once])
    return [
        Score(
            name=f"speed move {n}x{n} reachability, million draws a second",
            value=N_DRAWS / t_answer / 1e6,
            beside="reference prototype 11.8 at 1500 (another theatre), goal 8",
            note=f"CPU, {len(scene.closing)} barriers, {len(scene.wanted)} goals, half of them shares",
            has_floor=False,
        ),
        Score(
            name=f"speed move {n}x{n} reachability of a draw, times labelling the raster",
            value=t_label / (t_answer / N_DRAWS),
            beside="scipy.ndimage.label 1",
            has_floor=False,
        ),
        Score(
            name=f"speed move {n}x{n} component graph built in solves of 8 neighbours",
            value=t_build / t_solve,
            higher_is_better=False,
            note=f"{t_build:.3f} s CPU, atoms not counted",
            has_floor=False,
        ),
    ]


def _seals(n: int, scene: _Scene) -> list[Score]:
    """Close each seal on the raster: it must hold, and open when any one of its barriers is."""
    barriers = [Closable(id=f"{k:02d}", p_closed=float(p), group=str(k)) for k, p in enumerate(scene.theatre.p_closed)]
    right, asked, begin = [], 0, time.process_time()
    found = []
    for k in range(len(scene.theatre.exits)):
        found += [(k, find(scene.graph, scene.goals.only(k), barriers)) for find in (fewest_seal, likeliest_seal)]
    seconds = time.process_time() - begin
    for k, seal in found:
        asked += 1
        if seal is None:
            right.append(_reached(scene, k, [int(b.id) for b in barriers]))
            continue
        named = [int(b) for b in seal.barriers]
        right.append(not _reached(scene, k, named) and all(_reached(scene, k, [*set(named) - {b}]) for b in named))
    return [
        Score(
            name=f"move {n}x{n} seals that hold on the raster, none of their barriers needless",
            value=sum(right) / asked,
            note=f"fewest and likeliest of {asked // 2} exits; {seconds / asked * 1e3:.1f} ms CPU a seal",
        )
    ]


def _reached(scene: _Scene, goal: int, closed: list[int]) -> bool:
    opened = np.ones(len(scene.closing), dtype=bool)
    opened[closed] = False
    cells, need = scene.wanted[goal]
    return bool(np.isfinite(solve(scene.field, _cost(scene, opened), scene.graph.starts, 8)[cells]).sum() >= need)


def _interleaved(runs: list[Callable[[], None]]) -> list[float]:
    """Return the median CPU seconds of each, run in turn."""
    for run in runs:
        run()
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for k, run in enumerate(runs):
            begin = time.process_time()
            run()
            seconds[k].append(time.process_time() - begin)
    return [statistics.median(s) for s in seconds]
