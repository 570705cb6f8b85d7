"""Stage 5 of 7, MOVE: where a party can still get to, how fast, by which way, and which barrier decides it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.errors import InputError
from wayout.model import Barrier, Claim, Exit, Question, Reach, Situation, Step
from wayout.move.ensemble import States
from wayout.move.ground.barrier_cells import PlacedBarrier
from wayout.move.ground.grid import draw
from wayout.move.influence import barrier_influence, report_influence
from wayout.move.options import MoveOptions
from wayout.move.ways.checks import sum_checks
from wayout.move.ways.corridors import corridor
from wayout.move.ways.given import given_targets
from wayout.move.ways.sealing import sealed_by
from wayout.move.ways.solved import Scene, Solved, fastest_route, make_scenes, solve_scenes
from wayout.move.ways.surface import Pixels, make_pixels
from wayout.move.ways.targets import Target, look_around, make_targets
from wayout.move.ways.theatre import Theatre, open_theatre
from wayout.move.ways.times import Times

TOUCH_SHARE = 0.1
"""A report bears on an exit when its ground covers at least this share of the exit's nearer ground."""
TOUCH_LINE_CELLS = 2
"""... or, for a line, when this many of its cells lie there."""
ABOUT_SHARE = 0.5
"""... and of a country or province, when this share of it lies there or on its border."""
SAME_WAY_DEG = 46.0
"""A bare direction in a claim speaks of the exit whose bearing is this near."""


def explore(question: Question, situation: Situation, options: MoveOptions) -> Reach:
    """
    Work out which ways are open to a party, with what probability and in what time.

    Travel times are clock hours, rests included, from the core of the area outward. For a party that wants to get in the
    same solves are read the other way round (a kilometre takes as long there as back). Barriers never close the source
    itself. Probabilities come from all combinations of barrier groups where these are few, else from seeded draws.

    Parameters
    ----------
    question
        Party, area, date and horizon.
    situation
        The fused picture; its barriers decide.
    options
        Choices of the run.

    Returns
    -------
    reach
        Exits (most open first), the probability surface, no onward chains (see :mod:`wayout.move.onward`).

    Raises
    ------
    InputError
        If the area has no extent or an option is out of range.

    References
    ----------
    docs/methods/travel-time.md, docs/methods/exits.md
    """
    return prepare(question, situation, options).answer(situation.barriers)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """
    A question with its ground, barriers and targets in place, to be asked with one set of probabilities after the other.

    What was solved once is not solved again: an answer with moved probabilities weighs the same combinations anew, and solves only
    those that no answer before it met (members of a group change their order with their probabilities).
    """

    question: Question
    options: MoveOptions
    barriers: tuple[Barrier, ...]
    theatre: Theatre
    scenes: tuple[Scene, ...]
    pixels: Pixels

    def fits(self, barriers: Sequence[Barrier]) -> bool:
        """Tell whether some barriers differ from those prepared in their probabilities, and the reports behind them, only."""
        return [_unweighed(b) for b in barriers] == [_unweighed(b) for b in self.barriers]

    def answer(self, barriers: Sequence[Barrier]) -> Reach:
        """
        Answer with the probabilities of some barriers.

        Parameters
        ----------
        barriers
            Those of the situation that was prepared, with any probabilities.

        Returns
        -------
        reach
            As :func:`explore` gives it.

        Raises
        ------
        InputError
            If they are other barriers (:meth:`fits`).
        """
        if not self.fits(barriers):
            raise InputError("these are other barriers than those that were prepared; prepare the question anew")
        by_id = {b.id: b for b in barriers}
        placed = tuple(replace(p, barrier=by_id[p.barrier.id]) for p in self.theatre.placed)
        theatre = replace(self.theatre, placed=placed)
        solved_targets, everywhere = solve_scenes(theatre, self.scenes)
        exits = [
            _exit(theatre, solved, self.question, self.options)
            for solved in solved_targets
            if solved.target.kind in ("direction", "place")
            or np.isfinite(solved.arrivals).any()  # an island is no way out on land
        ]
        return Reach(
            source=theatre.area,
            exits=rank_exits(exits),
            onward=(),
            horizon_h=self.question.within_h,
            n_draws=everywhere.states.n_draws or len(everywhere.states.choices),
            cell_km=theatre.grid.cell_km,
            p_surface=self.pixels.surface(everywhere.p_cell),
            surface_bounds=self.pixels.bounds,
            layers=theatre.layers,
            check=sum_checks([s.outcome.check for s in solved_targets] or [everywhere.check]),
            made_by=_step(theatre, everywhere.states, self.options),
        )


def prepare(question: Question, situation: Situation, options: MoveOptions) -> Prepared:
    """
    Prepare a question to be asked with one set of probabilities after the other.

    Parameters
    ----------
    question, situation, options
        As for :func:`explore`; the barriers' probabilities do not matter here.

    Returns
    -------
    prepared
        Nothing of it is solved yet.

    Raises
    ------
    InputError
        As :func:`explore`.
    """
    theatre = open_theatre(question, situation, options)
    if options.exits:
        targets = given_targets(theatre, options.exits)
    else:
        targets = make_targets(theatre, look_around(theatre), _directions(options))
    return Prepared(
        question=question,
        options=options,
        barriers=situation.barriers,
        theatre=theatre,
        scenes=make_scenes(theatre, targets, options),
        pixels=make_pixels(theatre.grid, options.floor_km),
    )


def _unweighed(barrier: Barrier) -> Barrier:
    """Return a barrier without its probability and what it rests on."""
    return replace(barrier, p_closed=0.0, claims=(), evidence=())


def rank_exits(exits: Sequence[Exit]) -> tuple[Exit, ...]:
    """Order exits: those a report speaks of before those that rest on priors; most probable first, then the faster, by id."""
    return tuple(
        sorted(
            exits,
            key=lambda e: (
                not e.reported,
                -round(e.p_reach, 9),
                float("inf") if e.travel_time_h_p50 is None else e.travel_time_h_p50,
                e.id,
            ),
        )
    )


def _directions(options: MoveOptions) -> int:
    """Look at eight directions when asked to, or when a claim names an intercardinal one."""
    bearings = [use.region.bearing_deg for c in options.open_claims for use in c.places if use.region is not None]
    named = any(b is not None and abs((b % 90) - 45) < 15 for b in bearings)
    return 8 if named else options.directions


def _exit(theatre: Theatre, solved: Solved, question: Question, options: MoveOptions) -> Exit:
    target, states = solved.target, solved.outcome.states
    barriers = [p.barrier for p in theatre.placed]
    times = Times(outcome=solved.outcome, column=solved.column, pace_sd=theatre.profile.pace_sd)
    in_time = times.shares_within(theatre.horizon_moving_h)
    p, low, high = times.p_interval(theatre.horizon_moving_h)
    (p10, p50, p90), intervals = times.quantiles(theatre.profile)
    deciding = barrier_influence(states, in_time, barriers)
    route = fastest_route(theatre, solved, options.floor_km)
    ground = corridor(theatre, solved, route, options.floor_km)
    if route is not None and question.party.aim == "in":
        route = shapely.reverse(route)
    decides = {d.barrier for d in deciding}
    bearing_on = [
        t for t in theatre.placed if not t.barrier.is_prior and (t.barrier.id in decides or _touches(t, target))
    ]
    open_claims = [c for c in options.open_claims if _speaks_of(theatre, c, target)]
    claims = [c for t in bearing_on for c in t.barrier.claims] + [c.id for c in open_claims]
    evidence = [s for t in bearing_on for s in t.barrier.evidence] + [s for c in open_claims for s in c.evidence]
    return Exit(
        id=target.id,
        name=target.name,
        kind=target.kind,
        geometry=_outline(theatre, target, options),
        toward=target.toward,
        bearing_deg=target.bearing_deg,
        p_reach=p,
        p_low=low,
        p_high=high,
        travel_time_h_p10=p10,
        travel_time_h_p50=p50,
        travel_time_h_p90=p90,
        reach_curve=times.curve(theatre.horizon_moving_h, theatre.profile),
        travel_time_h_intervals=intervals,
        route=route,
        corridor=ground,
        sealed_by=sealed_by(solved, barriers),
        reports=report_influence(states, in_time, barriers),
        deciding=deciding,
        reported=bool(open_claims) or any(t.barrier.claims and _is_about(t, target) for t in bearing_on),
        claims=tuple(dict.fromkeys(claims)),
        evidence=tuple(dict.fromkeys(evidence)),
        made_by=_step(theatre, states, options),
    )


def _step(theatre: Theatre, states: States, options: MoveOptions) -> Step:
    exact = states.n_draws is None
    return Step(
        name="move.exits",
        version=__version__,
        parameters=(
            ("combinations", "all" if exact else "drawn"),
            ("n_states", str(len(states.choices))),
            ("neighbours", str(options.neighbours)),
            ("profile", theatre.profile.name),
            ("exit_km", f"{theatre.exit_km:.1f}"),
        ),
        seed=None if exact else options.seed,
    )


def _touches(placed: PlacedBarrier, target: Target) -> bool:
    """Tell whether a barrier's ground lies on the exit's nearer ground."""
    both = int((placed.cells & target.ground).sum())
    if placed.barrier.geometry.area == 0:
        return both >= TOUCH_LINE_CELLS
    return both > 0 and both >= TOUCH_SHARE * target.ground.sum()


def _is_about(placed: PlacedBarrier, target: Target) -> bool:
    """
    Tell whether a barrier that bears on an exit speaks of it.

    What closes a whole side of the source bears on every country there and speaks of none; what lies on another side may
    bear on a way, because the way goes round it, and does not speak of it either.
    """
    if target.land is None:
        return _touches(placed, target)
    return bool((placed.cells & target.land).sum() >= ABOUT_SHARE * placed.cells.sum())


def _speaks_of(theatre: Theatre, claim: Claim, target: Target) -> bool:
    """Tell whether a claim about an open way means this exit: by its bearing, or by the ground it names."""
    for use in claim.places:
        if use.region is None or use.role == "from":
            continue
        if use.region.bearing_deg is not None:
            apart = abs((use.region.bearing_deg - target.bearing_deg + 180) % 360 - 180)
            if target.kind == "direction" and apart < SAME_WAY_DEG:
                return True
            continue
        cells: NDArray[np.bool_] = draw(theatre.grid, theatre.grid.flatten(use.region.geometry)) & target.ground
        if cells.any() and cells.sum() >= TOUCH_SHARE * target.ground.sum():
            return True
    return False


def _outline(theatre: Theatre, target: Target, options: MoveOptions) -> BaseGeometry:
    """Return a target's outline, lon/lat, coarsened to the floor."""
    coarse = shapely.simplify(target.outline, options.floor_km)
    if coarse.is_empty:
        coarse = target.outline
    return theatre.grid.plane.unproject(coarse)
