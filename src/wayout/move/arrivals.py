"""Where those who flee arrive: shares of refuges from distances, from draws of barriers, or over days."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from wayout.errors import InputError
from wayout.model import Arrival, Arrivals, Question, Refuge, Situation, Step
from wayout.move.ensemble import weighted_quantiles
from wayout.move.flight.asked import ArrivalOptions, Origins
from wayout.move.flight.case import FlightCase
from wayout.move.flight.choice import FloatArray, pull_by_distance, shares_of
from wayout.move.flight.constants import FlightConstants, shipped_constants
from wayout.move.flight.doubt import interval_coverage, share_interval
from wayout.move.flight.filling import filled_shares
from wayout.move.flight.over_time import people_over_time
from wayout.move.mobility import elapsed_hours
from wayout.move.options import GivenExit, MoveOptions
from wayout.move.ways.given import given_targets
from wayout.move.ways.solved import make_scenes, solve_scenes
from wayout.move.ways.theatre import open_theatre

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "ArrivalOptions",
    "FlightCase",
    "Origins",
    "arrivals_from_question",
    "arrivals_from_reach",
    "arrivals_over_time",
    "expected_arrivals",
]
VERSION = "1"


def expected_arrivals(
    origins: Origins, refuges: Sequence[Refuge], distance_km: FloatArray, options: ArrivalOptions | None = None
) -> Arrivals:
    """
    Expect where those who flee arrive, from distances on the ground.

    Parameters
    ----------
    origins
        Where they flee from.
    refuges
        Where they may go.
    distance_km
        Length of the way (n_origins, n_refuges), ``inf`` where none leads there.
    options
        Choices; the defaults are the shipped constants, every refuge safe.

    Returns
    -------
    arrivals
        Shares with intervals, largest first.

    Raises
    ------
    InputError
        If there is no origin or refuge, shapes differ, a distance is negative or NaN, or no refuge is reached at all.
    """
    distance = np.asarray(distance_km, dtype=np.float64)
    _check(origins, refuges, distance.shape, options)
    sent = _sent(origins, distance[None], options)
    flow = _Flow(sent=sent, weights=np.ones(1), ways=distance[None], unit="km")
    return _answer(origins, refuges, flow, options)


def arrivals_from_reach(
    origins: Origins,
    refuges: Sequence[Refuge],
    travel_time_h: FloatArray,
    weights: FloatArray,
    options: ArrivalOptions | None = None,
) -> Arrivals:
    """
    Expect where those who flee arrive, over draws of which barriers are closed.

    In each draw people choose among the refuges they can reach in it; the shares are means over the draws in which any is
    reached, weighted. So a refuge behind a doubtful barrier keeps the share of the draws that leave it open.

    Parameters
    ----------
    origins
        Where they flee from.
    refuges
        Where they may go.
    travel_time_h
        Hours (n_draws, n_refuges) for one origin or (n_draws, n_origins, n_refuges), ``inf`` where not reached: the times
        of an ensemble's solves at the refuges.
    weights
        Probability of each draw (n_draws,); need not sum to one.
    options
        Choices; ``km_per_hour`` says what an hour stands for.

    Returns
    -------
    arrivals
        Shares with intervals, largest first; ``p_none`` is the weight of the draws in which nothing is reached.

    Raises
    ------
    InputError
        If there is no origin or refuge, shapes differ, a time or weight is negative or NaN, or no refuge is reached in any draw.
    """
    times = np.asarray(travel_time_h, dtype=np.float64)
    if times.ndim == 2:
        times = times[:, None, :]
    drawn = np.asarray(weights, dtype=np.float64)
    if times.ndim != 3 or drawn.shape != times.shape[:1]:
        raise InputError(f"travel times have shape {times.shape} and weights {drawn.shape}; give one weight a draw")
    if not (np.isfinite(drawn).all() and drawn.size and drawn.min() >= 0 and drawn.sum() > 0):
        raise InputError("the draws' weights are negative, not numbers or all zero; give the probability of each draw")
    _check(origins, refuges, times.shape[1:], options)
    speed = (options or ArrivalOptions()).km_per_hour
    flow = _Flow(sent=_sent(origins, times * speed, options), weights=drawn / drawn.sum(), ways=times, unit="h")
    return _answer(origins, refuges, flow, options)


def arrivals_from_question(
    question: Question,
    situation: Situation,
    refuges: Sequence[tuple[Refuge, "BaseGeometry"]],
    move: MoveOptions,
    options: ArrivalOptions | None = None,
) -> Arrivals:
    """
    Expect where those who flee an area arrive, on the ground and behind the barriers of a situation.

    The same solves as :func:`wayout.move.exits.explore`, with the refuges as exits: every combination of barriers (or draws of them), the
    party's pace. A refuge that is reached after the horizon is not reached.

    Parameters
    ----------
    question
        Who flees, from which area, within what time.
    situation
        The fused picture; its barriers decide.
    refuges
        Where they may go, each with its place (lon/lat: a point, line or area).
    move
        Choices of the solves; ``exits`` are replaced by the refuges.
    options
        Choices of the answer; ``km_per_hour`` is not used: an hour of movement stands for the party's speed on easy ground.

    Returns
    -------
    arrivals
        Shares with intervals, largest first; travel times in clock hours, rests included.

    Raises
    ------
    InputError
        If there is no refuge, one lies in the source, on water or outside the theatre, or none is reached in time.
    """
    asked, places = [r for r, _ in refuges], [place for _, place in refuges]
    origins = Origins(names=(question.area_text,))
    _check(origins, asked, (1, len(asked)), options)
    exits = tuple(GivenExit(id=r.id, name=r.name, geometry=g) for r, g in zip(asked, places, strict=True))
    chosen = replace(move, exits=exits)
    theatre = open_theatre(question, situation, chosen)
    _, outcome = solve_scenes(theatre, make_scenes(theatre, given_targets(theatre, exits), chosen))
    hours = np.where(outcome.arrivals <= theatre.horizon_moving_h, outcome.arrivals, np.inf)[:, None, :]
    flow = _Flow(
        sent=_sent(origins, hours * theatre.profile.speed_kmh, options),
        weights=outcome.states.weights,
        ways=elapsed_hours(hours, theatre.profile),
        unit="h",
    )
    return _answer(origins, asked, flow, options)


def arrivals_over_time(
    case: FlightCase, constants: FlightConstants | None = None, seen: FloatArray | None = None
) -> FloatArray:
    """
    Compute how many people are at each refuge on each day of a displacement, the total of each day given.

    Parameters
    ----------
    case
        Zones, refuges, ways by day (:func:`wayout.move.flight.route_graph.ways_by_day`), totals.
    constants
        Of the model; the shipped ones by default.
    seen
        Counts (k, n_refuges) observed on the first k days, to forecast the later ones from. Leave out to forecast from the start.

    Returns
    -------
    people
        (days, n_refuges).

    Raises
    ------
    InputError
        If nothing is reached, or ``seen`` does not fit the case.
    """
    return people_over_time(case, constants or shipped_constants(), seen)


def _check(origins: Origins, refuges: Sequence[Refuge], shape: tuple[int, ...], options: ArrivalOptions | None) -> None:
    n, m = len(origins.names), len(refuges)
    if not m:
        raise InputError("there is no refuge to flee to; name at least one")
    if len({r.id for r in refuges}) < m:
        raise InputError("two refuges have the same id; give each its own")
    if shape != (n, m):
        raise InputError(f"ways have shape {shape} for {n} origins and {m} refuges; give ({n}, {m})")
    if options is not None and options.safety is not None and np.shape(options.safety) != (m,):
        raise InputError(f"safety has shape {np.shape(options.safety)}; give one value for each of {m} refuges")


def _sent(origins: Origins, distance: FloatArray, options: ArrivalOptions | None) -> FloatArray:
    """Compute what each origin sends to each refuge in each draw, up to a common factor (n_draws, n_origins, n_refuges)."""
    chosen = options or ArrivalOptions()
    constants = chosen.constants or shipped_constants()
    sent = origins.weights(constants)[:, None] * pull_by_distance(distance, constants)
    return sent if chosen.safety is None else sent * np.asarray(chosen.safety, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Flow:
    """What was sent in each draw (n_draws, n_origins, n_refuges), the draws' weights, and the ways in their unit."""

    sent: FloatArray
    weights: FloatArray
    ways: FloatArray
    unit: Literal["h", "km"]


def _answer(origins: Origins, refuges: Sequence[Refuge], flow: _Flow, options: ArrivalOptions | None) -> Arrivals:
    chosen = options or ArrivalOptions()
    constants = chosen.constants or shipped_constants()
    unfilled = shares_of(flow.sent.sum(axis=1))
    by_draw = np.stack([filled_shares(draw, refuges, constants, chosen.people) for draw in unfilled])
    some = by_draw.sum(axis=1) > 0
    p_some = float(flow.weights[some].sum())
    if p_some <= 0:
        raise InputError(
            f"none of {len(refuges)} refuges is reached from any of {len(origins.names)} origins (or none is safe); "
            "check barriers, closures and the horizon"
        )
    shares = np.minimum(flow.weights[some] @ by_draw[some] / p_some, 1.0)
    reached = np.isfinite(flow.ways.min(axis=(0, 1)))
    order = [j for j in np.lexsort((np.arange(len(refuges)), -shares)) if reached[j]]
    return Arrivals(
        arrivals=tuple(_arrival(origins, refuges[j], flow, j, float(shares[j])) for j in order),
        unreached=tuple(r.id for r, known in zip(refuges, reached, strict=True) if not known),
        p_none=min(max(1.0 - p_some, 0.0), 1.0),
        coverage=interval_coverage(),
        made_by=Step(name="move.arrivals", version=VERSION, parameters=_parameters(constants, chosen)),
    )


def _arrival(origins: Origins, refuge: Refuge, flow: _Flow, j: int, share: float) -> Arrival:
    main = int(np.argmax(flow.weights @ flow.sent[:, :, j]))
    way = weighted_quantiles(flow.ways[:, main, j], flow.weights, (0.5,))[0]
    p_reach = min(float(flow.weights @ np.isfinite(flow.ways[:, :, j]).any(axis=1)), 1.0)
    low, high = share_interval(share)
    said = f"{way:.0f} {flow.unit} from {origins.names[main]}" if way is not None else "reached from no single origin"
    return Arrival(
        refuge=refuge.id,
        name=refuge.name,
        share=share,
        share_low=low,
        share_high=high,
        p_reach=p_reach if flow.unit == "h" else None,
        travel_time_h_p50=way if flow.unit == "h" else None,
        distance_km=way if flow.unit == "km" else None,
        origin=origins.names[main],
        why=said if p_reach > 1.0 - 1e-9 else f"{said}, reached with probability {p_reach:.2f}",
    )


def _parameters(constants: FlightConstants, options: ArrivalOptions) -> tuple[tuple[str, str], ...]:
    used = {f.name: getattr(constants, f.name) for f in fields(constants)}
    used |= {"km_per_hour": options.km_per_hour, "people": options.people, "safety": options.safety is not None}
    return tuple((name, str(value)) for name, value in sorted(used.items()))
