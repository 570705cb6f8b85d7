"""From checked features to an answer: the question they make, MOVE's answer to it, and what a reader must be warned of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.errors import InputError
from wayout.locate.looking_up.large_towns import choose_towns
from wayout.model import Barrier, Ground, Question, Reach, Region, Situation, Step, WeightedGeometry
from wayout.model.as_json import as_json
from wayout.move import exits as move
from wayout.move.options import GivenExit, MoveOptions
from wayout.publish.ways.told import GivenPlace, ToldWays
from wayout.ways_out.choices import Choices, make_party
from wayout.ways_out.given import Given
from wayout.ways_out.ground import GroundFiles, check_grid, hashes, read_ground
from wayout.ways_out.remarks import barriers_in_time, check_sources, remarks

NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the records where the question has no day: then no barrier has one either."""

MOST_TOWNS = 12
"""Towns named on the map for orientation, at most."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """
    A question that was checked and can be asked again with other probabilities.

    ``asked`` keeps what MOVE solves: moved probabilities weigh it anew.
    """

    given: Given
    choices: Choices
    question: Question
    asked: move.Prepared
    dated: bool
    hashes: tuple[tuple[str, str], ...]
    towns: tuple[tuple[str, float, float], ...] = ()


def prepare(features: Sequence[Any], given: Given, choices: Choices) -> Prepared:
    """
    Make the question that features ask.

    Parameters
    ----------
    features
        As given; their hash goes into the answer.
    given
        The same, checked.
    choices
        Party, time, cells, seed.

    Returns
    -------
    prepared
        Ready for :func:`answer`.

    Raises
    ------
    InputError
        If barriers carry days and no day was asked about, or a source lies on water.
    NotFoundError
        If the party or its profile is not known.
    """
    at = _day(choices.at)
    dated = [b for b in given.barriers if b.valid_from is not None or b.valid_to is not None]
    if dated and at is None:
        raise InputError(
            f"barrier '{dated[0].name}' has days on which it counts; say as of which day (--at YYYY-MM-DD, at=...)"
        )
    spots = given.sources or given.exits
    party = make_party(choices, "out" if given.sources else "in")
    area = shapely.union_all([s.geometry for s in spots])
    question = Question(
        party=party,
        area_text=", ".join(s.name for s in spots),
        area=_region(area, spots[0].name),
        at=at or NO_DAY,
        within_h=float(choices.within_h),
    )
    exits = tuple(GivenExit(id=e.name, name=e.name, geometry=e.geometry) for e in given.exits) if given.sources else ()
    check_grid(question, exits, choices.cell_km)
    files = choices.ground if isinstance(choices.ground, GroundFiles) else GroundFiles()
    ground = (
        choices.ground if isinstance(choices.ground, Ground) else read_ground(files, question, exits, choices.cell_km)
    )
    if ground is None or ground.landcover is None:
        check_sources(spots)
    options = MoveOptions(
        seed=choices.seed,
        n_draws=choices.n_draws,
        cell_km=choices.cell_km,
        directions=choices.directions,
        ground=ground,
        exits=exits,
        towns=_towns(area, given) if choices.crossings_at_towns else (),
    )
    situation = Situation(at=question.at, barriers=barriers_in_time(given.barriers, question))
    return Prepared(
        given=given,
        choices=choices,
        question=question,
        asked=move.prepare(question, situation, options),
        dated=at is not None,
        hashes=(("features_sha256", _hash(features)), *hashes(files).items()),
        towns=_named_towns(given),
    )


def answer(prepared: Prepared, barriers: tuple[Barrier, ...]) -> ToldWays:
    """
    Ask MOVE, and put down what a reader must know beside the answer.

    Parameters
    ----------
    prepared
        The question.
    barriers
        The barriers with the probabilities to count with.

    Returns
    -------
    told
        The answer.
    """
    given, question = prepared.given, prepared.question
    kept = barriers_in_time(barriers, question)
    reach = prepared.asked.answer(kept)
    sources = given.sources or given.exits
    return ToldWays(
        title=_sound(prepared.choices.title),
        note=_sound(prepared.choices.note),
        question=question,
        aim=given.aim,
        dated=prepared.dated,
        sources=tuple(GivenPlace(name=s.name, geometry=s.geometry) for s in sources),
        places=tuple(GivenPlace(name=e.name, geometry=e.geometry) for e in given.exits) if given.sources else (),
        barriers=kept,
        kind_words=given.kind_words,
        reach=_without_reports(reach),
        warnings=(*given.warnings, *remarks(given, barriers, question, reach)),
        made_by=_step(prepared, reach),
        towns=prepared.towns,
    )


def _sound(text: str) -> str:
    """Replace half characters (lone surrogates), which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _without_reports(reach: Reach) -> Reach:
    """Say of no exit that it is reported: nobody reported anything here, the user drew it."""
    return replace(reach, exits=tuple(replace(e, reported=False) for e in reach.exits))


def _day(at: date | datetime | str | None) -> datetime | None:
    if at is None:
        return None
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at.strip())
        except ValueError as error:
            raise InputError(f"at is {at!r:.60}; give a day as YYYY-MM-DD") from error
    if isinstance(at, datetime):
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return datetime.combine(at, time(), tzinfo=UTC)


def _region(area: BaseGeometry, name: str) -> Region:
    return Region(
        phrase=name,
        parts=(WeightedGeometry(geometry=area, weight=1.0),),
        where_prec=1,
        radius_km=0.0,
        method="given",
        why="drawn by the user",
        made_by=Step(name="given by the user", version=__version__),
    )


def _towns(area: BaseGeometry, given: Given) -> tuple[tuple[float, float], ...]:
    """List the towns of the theatre, where rivers are taken to be crossed."""
    from wayout.locate.gazetteer import open_gazetteer

    ground = shapely.union_all([area.envelope, *(e.geometry.envelope for e in given.exits)])
    return open_gazetteer().towns_near(ground)


def _named_towns(given: Given) -> tuple[tuple[str, float, float], ...]:
    """Choose towns for orientation on the map."""
    from wayout.locate.gazetteer import open_gazetteer

    spots = (*given.sources, *given.exits)
    west, south, east, north = shapely.total_bounds([s.geometry for s in spots])
    pad = 0.3 * max(east - west, north - south, 0.5)
    bounds = (float(west - pad), float(south - pad), float(east + pad), float(north + pad))
    return choose_towns(open_gazetteer(), bounds, MOST_TOWNS)


def _step(prepared: Prepared, reach: Reach) -> Step:
    choices, question = prepared.choices, prepared.question
    parameters = {
        **dict(prepared.hashes),
        "party": question.party.kind,
        "profile": question.party.mobility.name,
        "within_h": f"{question.within_h:g}",
        "at": question.at.date().isoformat() if prepared.dated else "no day",
        "cell_km": f"{reach.cell_km:g}",
        "n_draws": str(choices.n_draws),
        "directions": str(choices.directions),
        "crossings_at_towns": "yes" if choices.crossings_at_towns else "no",
    }
    if choices.profile is not None and not isinstance(choices.profile, str):
        parameters["profile_numbers"] = json.dumps(as_json(question.party.mobility), sort_keys=True)
    return Step(name="move", version=__version__, parameters=tuple(parameters.items()), seed=choices.seed)


def _hash(features: Sequence[Any]) -> str:
    canonical = json.dumps(features, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
