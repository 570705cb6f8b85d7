"""Solve the exits of a theatre, each on the ground its ways may use, and the surface on all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout.move.ensemble import Ensemble, EnsembleOptions, Goal, Outcome, Terrain
from wayout.move.options import MoveOptions
from wayout.move.travel_time import prepare_field, solve
from wayout.move.ways.routes import coarse_route, trace_cells
from wayout.move.ways.targets import DIRECTION_SHARE, Target
from wayout.move.ways.theatre import Theatre
from wayout.move.ways.windows import network_within
from wayout.move.worlds.component_graph import ComponentGraph, build_component_graph
from wayout.move.worlds.remembered import Remembered

SLACK = 0.1
"""A way this much slower than the fastest is still a way."""


class Scene:
    """
    Targets with the ground their ways may use: the whole grid, or the window a direction's ways stay in.

    Nothing in it depends on the barriers' probabilities. What is worked out of it is kept: asked again with other probabilities, it
    solves only combinations that it has not met.

    Parameters
    ----------
    theatre
        The theatre.
    targets
        What may be reached on this ground, all with the same domain; none to ask for the surface alone.
    domain
        Cells a way may use, shape of the grid; ``None``: any.
    options
        Choices of the run.
    """

    def __init__(
        self,
        theatre: Theatre,
        targets: Sequence[Target],
        domain: NDArray[np.bool_] | None,
        options: MoveOptions,
    ) -> None:
        if domain is None:
            domain = np.ones(theatre.grid.shape, dtype=bool)
        rows, cols = np.nonzero(domain.any(axis=1))[0], np.nonzero(domain.any(axis=0))[0]
        self.window = (slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1))
        inside = domain[self.window]
        friction = np.where(inside, theatre.friction[self.window], np.inf)
        roads = None if theatre.network is None else network_within(theatre.network, domain, self.window)
        self.field = prepare_field(friction, theatre.grid.cell_km, roads)
        self.neighbours = options.neighbours
        self.targets = tuple(targets)
        terrain = Terrain(field=self.field, start=theatre.start[self.window], neighbours=options.neighbours)
        goals = [
            Goal(cells=t.goal[self.window], share=DIRECTION_SHARE if t.kind == "direction" else 0.0) for t in targets
        ]
        choices = EnsembleOptions(seed=options.seed, max_states=options.max_states, n_draws=options.n_draws)
        closing = [p.cells[self.window] & inside for p in theatre.placed]
        self.ensemble = Ensemble(terrain, closing, goals, theatre.horizon_moving_h, choices)
        self._goal_cells = [self.field.padded(goal.cells) for goal in goals]
        self._kept = Remembered()

    @cached_property
    def pieces(self) -> ComponentGraph:
        """How the ground hangs together."""
        problem = self.ensemble.problem
        return build_component_graph(problem.field, problem.atoms, len(problem.closing), problem.starts)

    def times(self, closed: tuple[int, ...]) -> NDArray[np.float64]:
        """Return the hours of movement from the start, flat, with some placed barriers closed."""
        problem = self.ensemble.problem
        hours: NDArray[np.float64] = self._kept.get(("times", closed), lambda: (problem.solve(self._cost(closed)),))[0]
        return hours

    def way(self, column: int, closed: tuple[int, ...]) -> NDArray[np.intp]:
        """Return the cells of the fastest way to a target, (n, 2) rows and columns of the whole grid, start first."""
        cells: NDArray[np.intp] = self._kept.get(("way", column, closed), lambda: (self._trace(column, closed),))[0]
        return cells

    def nearly_as_fast(self, column: int, closed: tuple[int, ...]) -> NDArray[np.bool_]:
        """Mark the cells on ways to a target that are at most a tenth slower than the fastest, shape of the window."""
        bits = self._kept.get(("slack", column, closed), lambda: (self._slack_cells(column, closed),))[0]
        rows, cols = self.field.shape
        return np.asarray(np.unpackbits(bits, count=rows * cols).astype(bool).reshape(rows, cols))

    def _cost(self, closed: tuple[int, ...]) -> NDArray[np.float64]:
        flags = np.zeros(len(self.ensemble.problem.closing), dtype=bool)
        flags[list(closed)] = True
        return self.ensemble.problem.cost(flags)

    def _trace(self, column: int, closed: tuple[int, ...]) -> NDArray[np.intp]:
        time, goal = self.times(closed), self._goal_cells[column]
        end = int(goal[np.argmin(time[goal])])
        cells = trace_cells(self.field, self._cost(closed), time, end, self.neighbours)
        first = self.window[0].start, self.window[1].start
        return np.asarray(np.array(cells) + np.array(first), dtype=np.intp)

    def _slack_cells(self, column: int, closed: tuple[int, ...]) -> NDArray[np.uint8]:
        time, goal = self.times(closed), self._goal_cells[column]
        goal = goal[np.isfinite(time[goal])]
        back = solve(self.field, self._cost(closed), goal, self.neighbours)
        return np.packbits(self.field.unpadded(time + back) <= (1 + SLACK) * time[goal].min() + 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """A target with its outcome; ``column`` is its place among the scene's targets and the outcome's goals."""

    scene: Scene
    outcome: Outcome
    column: int

    @property
    def target(self) -> Target:
        """The target."""
        return self.scene.targets[self.column]

    @property
    def arrivals(self) -> NDArray[np.float64]:
        """Hours of movement until this target is reached, one per combination."""
        return self.outcome.arrivals[:, self.column]


def make_scenes(theatre: Theatre, targets: Sequence[Target], options: MoveOptions) -> tuple[Scene, ...]:
    """
    Gather targets by the ground their ways may use.

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

    Returns
    -------
    scenes
        The first is the whole grid, every way allowed, with the targets that any way may lead to (there may be none).
    """
    by_ground: dict[bytes, list[Target]] = {b"": []}
    for target in targets:
        key = b"" if target.domain is None else np.packbits(target.domain).tobytes()
        by_ground.setdefault(key, []).append(target)
    return tuple(
        Scene(theatre, members, members[0].domain if members else None, options) for members in by_ground.values()
    )


def solve_scenes(theatre: Theatre, scenes: Sequence[Scene]) -> tuple[tuple[Solved, ...], Outcome]:
    """
    Solve every target with the probabilities of the theatre's barriers, and the whole grid for P(cell reached in time).

    Parameters
    ----------
    theatre
        Gives the barriers.
    scenes
        Of this theatre, from :func:`make_scenes`.

    Returns
    -------
    solved
        Scene by scene, in the order of their targets.
    everywhere
        The outcome on the whole grid, every way allowed.
    """
    barriers = [p.barrier for p in theatre.placed]
    outcomes = [scene.ensemble.ask(barriers) for scene in scenes]
    solved = tuple(
        Solved(scene=scene, outcome=outcome, column=column)
        for scene, outcome in zip(scenes, outcomes, strict=True)
        for column in range(len(scene.targets))
    )
    return solved, outcomes[0]


def fastest_route(theatre: Theatre, solved: Solved, floor_km: float) -> BaseGeometry | None:
    """
    Trace the fastest way in the most probable combination in which the target is reached.

    Parameters
    ----------
    theatre
        The theatre.
    solved
        A solved target.
    floor_km
        The route is drawn no finer than this, km.

    Returns
    -------
    route
        Line, lon/lat; ``None`` where the target is never reached.
    """
    p = np.where(np.isfinite(solved.arrivals), solved.outcome.states.p_rows(), 0.0)
    row = int(np.argmax(p))
    if p[row] <= 0:
        return None
    cells = solved.scene.way(solved.column, solved.outcome.states.closed(row))
    return coarse_route(theatre.grid, [(int(r), int(c)) for r, c in cells], floor_km)
