"""From a map maker's words to our classes of roads: OpenStreetMap's tags, columns of other files."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.model.ground import ROAD_CLASSES
from wayout.vocab import read_vocab

_VOCAB = "road_words.yaml"
UNKNOWN = ROAD_CLASSES.index("unknown")
OSM_COLUMNS = ("highway", "route", "bridge", "tunnel", "access", "service", "footway")
"""The tags that are read of an OpenStreetMap way."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line is: index of its class in ``ROAD_CLASSES``, bridge (or tunnel), ferry; or why it is left out."""

    road_class: int
    bridge: bool = False
    ferry: bool = False
    left_out: str | None = None


def kind_of_osm(tags: tuple[str | None, ...]) -> Kind:
    """
    Tell what an OpenStreetMap way is.

    Parameters
    ----------
    tags
        Values of :data:`OSM_COLUMNS`, ``None`` where a way has no such tag.

    Examples
    --------
    >>> kind = kind_of_osm(("trunk_link", None, "viaduct", None, None, None, None))
    >>> ROAD_CLASSES[kind.road_class], kind.bridge
    ('trunk', True)
    """
    vocab, reasons = _tables()
    highway, route, bridge, tunnel, access, service, footway = tags
    if highway is None:
        return Kind(UNKNOWN, ferry=True) if route == "ferry" else Kind(UNKNOWN, left_out="")
    for value, which in ((highway, "highway"), (access, "access"), (service, "service"), (footway, "footway")):
        if value is not None and (why := reasons.get((which, value))):
            return Kind(UNKNOWN, left_out=why)
    found = vocab["highway"].get(highway)
    if found is None:
        return Kind(UNKNOWN, left_out="of a kind that is not known")
    # A tunnel is to what lies above it as a bridge to what lies below: no way off but at its ends.
    above = any(v is not None and v != "no" for v in (bridge, tunnel))
    return Kind(ROAD_CLASSES.index(found), bridge=above, ferry=route == "ferry")


def find_column(columns: Sequence[str], wanted: str) -> str | None:
    """Find a file's column by the names that ``vocab/road_words.yaml`` lists under ``wanted``."""
    by_name = {column.lower(): column for column in reversed(columns)}
    names: list[str] = read_vocab(_VOCAB)[wanted]
    return next((by_name[name] for name in names if name in by_name), None)


def kind_of_word(value: Any, column: str) -> Kind:
    """
    Tell the class of a road from a value in another maker's column.

    Examples
    --------
    >>> [ROAD_CLASSES[kind_of_word(v, "TYPE").road_class] for v in ("Main road", "Dirt track", "Feeder", None)]
    ['primary', 'track', 'tertiary', 'unknown']
    """
    if value is None or value != value:
        return Kind(UNKNOWN)
    if isinstance(value, int | float) or str(value).strip().isdigit():
        codes: Mapping[int, str] = read_vocab(_VOCAB)["groads"]
        known = column.lower() == "fclass" and float(value) in codes
        return Kind(ROAD_CLASSES.index(codes[int(value)]) if known else UNKNOWN)
    return _word(" ".join(re.findall(r"\w+", str(value).lower().replace("_link", ""))))


def is_true(value: Any) -> bool:
    """Tell whether a column of a yes-or-no question says yes."""
    if value is None or value != value:
        return False
    text = str(int(value)) if isinstance(value, bool | int | float) else str(value).strip().lower()
    return text in set(read_vocab(_VOCAB)["true_words"])


def is_closed(value: Any) -> bool:
    """Tell whether a column of access says that nobody, or the military alone, may pass."""
    return isinstance(value, str) and value.strip().lower() in read_vocab(_VOCAB)["closed_access"]


def left_out_words(left_out: Counter[str], n_kept: int) -> tuple[str, ...]:
    """Say in plain words what was left out of how many roads."""
    return tuple(f"{n:,} lines are left out: {why}" for why, n in sorted(left_out.items()) if why and n) + (
        (f"{n_kept:,} lines are kept",) if left_out else ()
    )


@cache
def _word(text: str) -> Kind:
    vocab, reasons = _tables()
    if why := reasons.get(("highway", text)):
        return Kind(UNKNOWN, left_out=why)
    if text in vocab["highway"]:
        return Kind(ROAD_CLASSES.index(vocab["highway"][text]))
    phrases = sorted(
        ((word, name) for name, words in vocab["words"].items() for word in words), key=lambda pair: -len(pair[0])
    )
    for word, name in phrases:
        if re.search(rf"\b{re.escape(word)}\b", text):
            return Kind(UNKNOWN, ferry=True) if name == "ferry" else Kind(ROAD_CLASSES.index(name))
    return Kind(UNKNOWN)


@cache
def _tables() -> tuple[Any, dict[tuple[str, str], str]]:
    """Return the vocabulary, and the reason to leave a line out by tag and value."""
    vocab = read_vocab(_VOCAB)
    told = (
        ("highway", "not_built", "not built yet"),
        ("highway", "abandoned", "abandoned"),
        ("highway", "no_way_through", "no ways through (platforms, race tracks and the like)"),
        ("access", "closed_access", "closed to all, or military (access=no, military)"),
        ("service", "private_ends", "driveways and parking aisles"),
        ("footway", "beside_roads", "pavements beside roads"),
    )
    return vocab, {(tag, value): why for tag, name, why in told for value in vocab[name]}
