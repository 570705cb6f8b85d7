"""Solve the exits of a theatre, each on the ground its ways may use, and the surface on all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.move.ensemble import EnsembleOptions, Goal, KeptGraphs, Outcome, Terrain, run_ensemble
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.options import MoveOptions
from wayout.move.travel_time import prepare_field, solve
from wayout.move.ways.routes import coarse_route, trace_cells
from wayout.move.ways.targets import DIRECTION_SHARE, Target
from wayout.move.ways.theatre import Theatre
from wayout.move.ways.windows import Window, network_within


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """Ground and barriers of one solve: the whole grid, or the window a direction's ways stay in."""

    terrain: Terrain
    placed: tuple[PlacedBarrier, ...]
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """A target with its outcome; ``goal`` are its cells in the scene, ``column`` is its place among the outcome's goals."""

    target: Target
    goal: Goal
    scene: Scene
    outcome: Outcome
    column: int

    @property
    def arrivals(self) -> NDArray[np.float64]:
        """Hours of movement until this target is reached, one per combination."""
        return self.outcome.arrivals[:, self.column]

    @property
    def p_worlds(self) -> NDArray[np.float64]:
        """The probability of each combination itself, however often it was drawn."""
        states = self.outcome.states
        p = np.ones(len(states.choices))
        for column, group in enumerate(states.groups):
            p *= group.weights[states.choices[:, column]]
        return p


class Forward:
    """Times from the start, kept from one exit of a scene to the next: exits of a scene share their likeliest worlds."""

    def __init__(self, options: MoveOptions) -> None:
        """Keep nothing yet."""
        self._options = options
        self._scene: Scene | None = None
        self._kept: dict[tuple[int, ...], tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    def solve(self, scene: Scene, closed: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return cost and times from the start, flat, with some placed barriers closed."""
        if scene is not self._scene:
            self._scene, self._kept = scene, {}
        if closed not in self._kept:
            field = scene.terrain.field
            shut = [field.padded(scene.placed[i].cells) for i in closed]
            cost = field.without(np.concatenate(shut) if shut else np.empty(0, dtype=np.intp))
            self._kept[closed] = (cost, solve(field, cost, field.padded(scene.terrain.start), self._options.neighbours))
        return self._kept[closed]


def solve_targets(
    theatre: Theatre, targets: Sequence[Target], options: MoveOptions, graphs: KeptGraphs
) -> tuple[tuple[Solved, ...], Outcome]:
    """
    Solve every target on the ground its ways may use, and the whole grid for P(cell reached in time).

    Targets with the same ground are solved together. Few barriers lie on a part of the theatre, so few combinations are
    needed there, and all of them can be solved.

    Parameters
    ----------
    theatre
        The theatre.
    targets
        What may be reached.
    options
        Choices of the run.
    graphs
        Graphs learned before, and those learned now.

    Returns
    -------
    solved
        In the order of the targets.
    everywhere
        The outcome on the whole grid, every way allowed.
    """
    by_ground: dict[bytes, list[int]] = {b"": []}
    for i, target in enumerate(targets):
        by_ground.setdefault(b"" if target.domain is None else np.packbits(target.domain).tobytes(), []).append(i)
    found: dict[int, Solved] = {}
    outcomes: dict[bytes, Outcome] = {}
    for key, members in by_ground.items():
        scene = _scene(theatre, targets[members[0]].domain if key else None, options)
        goals = [_goal(targets[i], scene) for i in members]
        outcomes[key] = _run(scene, goals, options, theatre.horizon_moving_h, graphs)
        for column, (i, goal) in enumerate(zip(members, goals, strict=True)):
            found[i] = Solved(target=targets[i], goal=goal, scene=scene, outcome=outcomes[key], column=column)
    return tuple(found[i] for i in range(len(targets))), outcomes[b""]


def _goal(target: Target, scene: Scene) -> Goal:
    share = DIRECTION_SHARE if target.kind == "direction" else 0.0
    return Goal(cells=target.goal[scene.window], share=share)


def fastest_route(theatre: Theatre, solved: Solved, forward: Forward, options: MoveOptions) -> BaseGeometry | None:
    """
    Trace the fastest way in the most probable combination in which the target is reached.

    Parameters
    ----------
    theatre
        The theatre.
    solved
        A solved target.
    forward
        Solves from the start, shared by the exits of a scene.
    options
        Publication floor and moves.

    Returns
    -------
    route
        Line, lon/lat, no finer than the floor; ``None`` where the target is never reached.
    """
    p = np.where(np.isfinite(solved.arrivals), solved.p_worlds, 0.0)
    row = int(np.argmax(p))
    if p[row] <= 0:
        return None
    scene, field = solved.scene, solved.scene.terrain.field
    cost, time = forward.solve(scene, solved.outcome.states.closed(row))
    goal = field.padded(solved.goal.cells)
    cells = trace_cells(field, cost, time, int(goal[np.argmin(time[goal])]), options.neighbours)
    first_row, first_col = scene.window[0].start, scene.window[1].start
    return coarse_route(theatre.grid, [(r + first_row, c + first_col) for r, c in cells], options.floor_km)


def _scene(theatre: Theatre, domain: NDArray[np.bool_] | None, options: MoveOptions) -> Scene:
    if domain is None:
        domain = np.ones(theatre.grid.shape, dtype=bool)
    rows, cols = np.nonzero(domain.any(axis=1))[0], np.nonzero(domain.any(axis=0))[0]
    window = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1))
    inside = domain[window]
    friction = np.where(inside, theatre.friction[window], np.inf)
    placed = tuple(replace(p, cells=p.cells[window] & inside) for p in theatre.placed)
    roads = None if theatre.network is None else network_within(theatre.network, domain, window)
    terrain = Terrain(
        field=prepare_field(friction, theatre.grid.cell_km, roads),
        start=theatre.start[window],
        neighbours=options.neighbours,
    )
    return Scene(terrain=terrain, placed=placed, window=window)


def _run(scene: Scene, goals: Sequence[Goal], options: MoveOptions, horizon_h: float, graphs: KeptGraphs) -> Outcome:
    choices = EnsembleOptions(seed=options.seed, max_states=options.max_states, n_draws=options.n_draws)
    return run_ensemble(scene.terrain, scene.placed, goals, horizon_h, choices, graphs)
