"""What a situation file (or a notebook) gives: sources, barriers and exits as records, checked feature by feature."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.errors import InputError
from wayout.geo.compass import buffer_km
from wayout.model import Barrier, BarrierKind, PartyAim, Step
from wayout.ways_out.properties import (
    blocked_by,
    day_of,
    delay_of,
    kind_of,
    name_key,
    number_of,
    probability_of,
    radius_of,
    text_of,
)
from wayout.ways_out.shapes import MOST_POSITIONS, count_positions, read_shape

Role = Literal["source", "barrier", "exit"]
ROLES: dict[str, Role] = {
    "source": "source",
    "start": "source",
    "barrier": "barrier",
    "checkpoint": "barrier",
    "exit": "exit",
    "destination": "exit",
}
"""Words for roles, and what each is to the computation."""
MOST_FEATURES = 2_000
"""Features of a situation; more is a map layer."""
PLAIN_KIND: BarrierKind = "hostile_presence"
"""What a barrier is to MOVE where the user gives no kind: its ground is closed, and no ring is drawn round the source."""
POINT_KM = 3.0
"""A point stands for a disc of this radius, km, where it gives none (``radius_km``): no place is a point on a grid."""
MOST_PLACES = 40
"""Sources, and exits, of a situation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spot:
    """A source or an exit: its name, its shape (a source that is a point or line, as the ground round it), lon/lat."""

    name: str
    geometry: BaseGeometry
    label: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """
    All that was given, checked.

    ``aim`` is ``"in"`` where destinations were given, else ``"out"``. ``kind_words`` says what each barrier is, in the user's
    words: (name, kind or role). ``warnings`` are remarks a reader must see.
    """

    sources: tuple[Spot, ...]
    barriers: tuple[Barrier, ...]
    exits: tuple[Spot, ...]
    aim: PartyAim
    kind_words: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def read_given(features: Sequence[Any], *, repair: bool = False) -> Given:
    """
    Check features and turn them into records.

    Parameters
    ----------
    features
        GeoJSON features: ``geometry`` and ``properties`` with ``role`` (source, barrier, checkpoint, exit or destination).
        A barrier carries ``p_closed``, and may carry ``delay_h``, ``name``, ``group``, ``kind``, ``blocks``,
        ``valid_from``, ``valid_to``; points may carry ``radius_km``.
    repair
        Mend open and self-crossing rings instead of refusing them.

    Returns
    -------
    given
        In the order given.

    Raises
    ------
    InputError
        If there is no source and no destination, a role is not known, a name is given twice, or a feature is wrong in itself.
    """
    if not features:
        raise InputError("there are no features; give at least one source, and barriers and exits as you know them")
    if len(features) > MOST_FEATURES:
        raise InputError(
            f"there are {len(features):,} features; the limit is {MOST_FEATURES:,}. A situation is drawn, not a map layer: "
            "keep what closes a way, and give roads with --roads"
        )
    _check_size(features)
    sources: list[Spot] = []
    exits: list[Spot] = []
    barriers: list[Barrier] = []
    words: dict[str, str] = {}
    warnings: list[str] = []
    kinds: list[tuple[str, str]] = []
    taken: dict[tuple[str, str], str] = {}
    for n, feature in enumerate(features, start=1):
        properties = _properties(feature, n)
        word, role = _role(properties, n)
        count = {"source": len(sources), "exit": len(exits), "barrier": len(barriers)}[role] + 1
        name = text_of(properties, "name", f"feature {n}") or f"{word} {count}"
        label = f"feature {n} ({word} '{name}')"
        first = taken.setdefault((role, name_key(name)), f"feature {n}")
        if first != f"feature {n}":
            article = "an" if word[0] in "aeiou" else "a"
            raise InputError(
                f"{first} and feature {n} are both {article} {word} called '{name}'; give each its own name"
            )
        shape = read_shape(feature.get("geometry"), label, repair=repair)
        if shape.mended:
            warnings.append(f"{label} was mended: {shape.mended}")
        if role == "barrier":
            barriers.append(_barrier(properties, shape.geometry, (word, name, label)))
            kinds.append((name, kind_of(properties, label) or word))
            continue
        words.setdefault(word, label)
        wide = _place(properties, shape.geometry, role, label)
        (sources if role == "source" else exits).append(Spot(name=name, geometry=wide, label=label))
    aim = _aim(words, bool(sources))
    for spots, what in ((sources, "sources"), (exits, "exits")):
        if len(spots) > MOST_PLACES:
            raise InputError(
                f"there are {len(spots)} {what}; the limit is {MOST_PLACES}: join those that stand for one"
            )
    warnings += _overlaps(sources, exits)
    return Given(
        sources=tuple(sources),
        barriers=tuple(barriers),
        exits=tuple(exits),
        aim=aim,
        kind_words=tuple(kinds),
        warnings=tuple(warnings),
    )


def _check_size(features: Iterable[Any]) -> None:
    total = 0
    for n, feature in enumerate(features, start=1):
        total += count_positions(feature.get("geometry") if isinstance(feature, Mapping) else None)
        if total > MOST_POSITIONS:
            raise InputError(
                f"the features up to number {n} have over {MOST_POSITIONS:,} positions; simplify them to about 1 km "
                "(the grid is not finer), or cut them to the theatre"
            )


def _properties(feature: Any, n: int) -> Mapping[str, Any]:
    if not isinstance(feature, Mapping) or feature.get("type", "Feature") != "Feature":
        raise InputError(
            f"feature {n} is no GeoJSON feature but {str(feature)!r:.60}; give type, geometry and properties"
        )
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, Mapping):
        raise InputError(f'feature {n} has properties {properties!r:.60}; give an object such as {{"role": "source"}}')
    return {key: None if _is_missing(value) else value for key, value in (properties or {}).items()}


def _is_missing(value: Any) -> bool:
    """Tell the NaN and NaT by which tables say that nothing was given: they differ from themselves."""
    return isinstance(value, float | datetime) and bool(value != value)


def _role(properties: Mapping[str, Any], n: int) -> tuple[str, Role]:
    label = f"feature {n}"
    word = text_of(properties, "role", label)
    known = ", ".join(ROLES)
    if word is None:
        raise InputError(f"{label} has no role; say in its properties which it is: {known}")
    role = ROLES.get(word.casefold())
    if role is None:
        near = get_close_matches(word.casefold(), ROLES, n=1)
        hint = f"; is {near[0]!r} meant?" if near else ""
        raise InputError(f"{label} has the role {word!r}; the roles are {known}{hint}")
    return word.casefold(), role


def _barrier(properties: Mapping[str, Any], geometry: BaseGeometry, who: tuple[str, str, str]) -> Barrier:
    word, name, label = who
    p_closed, delay_h = probability_of(properties, label), delay_of(properties, label)
    if word == "checkpoint":
        if delay_h is None:
            raise InputError(f"{label} has no delay_h; give the hours that passing it costs")
        p_closed = p_closed or 0.0
    if p_closed is None:
        raise InputError(
            f"{label} has no p_closed; give the probability (0 to 1) that it stops the party. "
            "Where nobody reports anything, that is a judgement too: make it, and say so in kind: unreported"
        )
    first, last = day_of(properties, "valid_from", label), day_of(properties, "valid_to", label)
    if first is not None and last is not None and last < first:
        raise InputError(f"{label} is valid from {first} to {last}; give the earlier day first")
    kind = kind_of(properties, label)
    if geometry.area == 0 and geometry.length == 0:
        geometry = _widened(properties, geometry, label)
    return Barrier(
        id=name,
        name=name,
        kind=kind or PLAIN_KIND,
        geometry=geometry,
        group=text_of(properties, "group", label) or f"alone: {name}",
        p_closed=p_closed,
        delay_h=delay_h or 0.0,
        blocks=blocked_by(properties, label),
        valid_from=first,
        valid_to=last,
        is_prior=kind == "unreported",
        why=text_of(properties, "why", label) or "",
        made_by=Step(name="given by the user", version=__version__),
    )


def _place(properties: Mapping[str, Any], geometry: BaseGeometry, role: Role, label: str) -> BaseGeometry:
    """Give a place its ground: a source always has surface, an exit where it says how wide it is (else MOVE does)."""
    asked = number_of(properties, "radius_km", label) is not None
    if geometry.area > 0 or (role == "exit" and not asked):
        return geometry
    return _widened(properties, geometry, label)


def _widened(properties: Mapping[str, Any], geometry: BaseGeometry, label: str) -> BaseGeometry:
    return buffer_km(geometry, radius_of(properties, label, POINT_KM))


def _aim(words: Mapping[str, str], has_source: bool) -> PartyAim:
    if "exit" in words and "destination" in words:
        raise InputError(
            f"there is an exit ({words['exit']}) and a destination ({words['destination']}); a party wants out by exits or "
            "in to destinations: give all of them one role"
        )
    if not has_source and "destination" not in words:
        raise InputError(
            "there is no source; give the area or point the party starts from the role 'source' "
            "(or, to ask from where a place can be reached, give that place the role 'destination')"
        )
    return "in" if "destination" in words else "out"


def _overlaps(sources: Sequence[Spot], exits: Sequence[Spot]) -> list[str]:
    """Tell exits that the party stands on already."""
    if not sources:
        return []
    area = shapely.union_all([s.geometry for s in sources])
    return [f"{e.label} lies on a source: it is reached at once" for e in exits if area.intersects(e.geometry)]
