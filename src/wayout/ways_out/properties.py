"""What the properties of a feature mean: probabilities, delays, dates, names; each refusal names feature, value and remedy."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from wayout.errors import InputError
from wayout.model import ActorId, BarrierKind

KINDS: tuple[BarrierKind, ...] = tuple(kind for kind in get_args(BarrierKind) if kind != "stated_open")
"""Kinds a barrier of a file may be of; "open" is said by leaving the barrier out."""
PARTIES: dict[str, ActorId] = {
    "armed_group": ActorId("armed-group"),
    "civilians": ActorId("civilians"),
    "aid_convoy": ActorId("aid-convoys"),
}
"""Parties by name, with the id by which a barrier blocks them."""
NAME_LENGTH = 200
"""Characters of a name; a longer one is text that ended up in the wrong column."""
MOST_DELAY_H = 10_000.0


def text_of(properties: Mapping[str, Any], key: str, label: str) -> str | None:
    """Read a text without breaks; ``None`` where it is not given or blank."""
    value = properties.get(key)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError(f"{label} has the {key} {value!r:.60}; give a text")
    # Half a character (a lone surrogate) can be written to no file.
    words = " ".join(str(value).split()).encode("utf-8", "replace").decode("utf-8")
    if len(words) > NAME_LENGTH:
        raise InputError(f"{label} has a {key} of {len(words)} characters; give at most {NAME_LENGTH}")
    return words or None


def number_of(properties: Mapping[str, Any], key: str, label: str) -> float | None:
    """Read a finite number; ``None`` where it is not given."""
    value = properties.get(key)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        # A map program writes NaN for "not given" in a column of numbers; in JSON it is a mistake.
        if isinstance(value, float) and math.isnan(value):
            return None
        raise InputError(f"{label} has the {key} {value!r:.60}; give a finite number")
    return number


def probability_of(properties: Mapping[str, Any], label: str) -> float | None:
    """Read ``p_closed``, a probability; ``None`` where it is not given."""
    p = number_of(properties, "p_closed", label)
    if p is not None and not 0 <= p <= 1:
        hint = f"; is {p:g} per cent meant? then write {p / 100:g}" if 2 <= p <= 100 else ""
        raise InputError(f"{label} has p_closed {p:g}; a probability lies between 0 (open) and 1 (closed){hint}")
    return p


def delay_of(properties: Mapping[str, Any], label: str) -> float | None:
    """Read ``delay_h``, hours lost where the barrier can be passed; ``None`` where it is not given."""
    delay = number_of(properties, "delay_h", label)
    if delay is not None and not 0 <= delay <= MOST_DELAY_H:
        raise InputError(f"{label} has delay_h {delay:g}; give hours between 0 and {MOST_DELAY_H:g}")
    return delay


def radius_of(properties: Mapping[str, Any], label: str, default: float) -> float:
    """Read ``radius_km``, how far a point reaches."""
    radius = number_of(properties, "radius_km", label)
    if radius is None:
        return default
    if not 0 < radius <= 500:
        raise InputError(f"{label} has radius_km {radius:g}; give km above 0, at most 500")
    return radius


def day_of(properties: Mapping[str, Any], key: str, label: str) -> date | None:
    """Read a day (ISO 8601); ``None`` where it is not given."""
    value = properties.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError as error:
        raise InputError(f"{label} has {key} {value!r:.60}; give a day as YYYY-MM-DD") from error


def kind_of(properties: Mapping[str, Any], label: str) -> BarrierKind | None:
    """Read the kind of a barrier; ``None`` where none is given."""
    kind = text_of(properties, "kind", label)
    if kind is None:
        return None
    for known in KINDS:
        if kind.casefold().replace(" ", "_") == known:
            return known
    raise InputError(f"{label} has the kind {kind!r}; the kinds are {', '.join(KINDS)}")


def blocked_by(properties: Mapping[str, Any], label: str) -> tuple[ActorId, ...]:
    """Read whom a barrier stops; nobody named: everybody."""
    value = properties.get("blocks")
    if value is None or value == "":
        return ()
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list | tuple):
        raise InputError(f"{label} has blocks {value!r:.60}; list some of {', '.join(PARTIES)}")
    found = []
    for name in names:
        key = str(name).strip().casefold().replace(" ", "_").replace("-", "_").removesuffix("s")
        party = next((actor for party, actor in PARTIES.items() if party.removesuffix("s") == key), None)
        if party is None:
            raise InputError(
                f"{label} blocks {str(name)!r:.60}; it may block {', '.join(PARTIES)}, or everybody (leave it out)"
            )
        found.append(party)
    return tuple(dict.fromkeys(found))


def name_key(name: str) -> str:
    """Bring a name to the form in which names are compared."""
    return " ".join(name.split()).casefold()
