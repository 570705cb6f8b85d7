"""Put P-codes, outlines and further names onto the divisions that a gazetteer knows; what it does not know is added."""

from collections import defaultdict
from collections.abc import Sequence

import shapely

from wayout.errors import SourceError
from wayout.locate.looking_up.boundaries import Division
from wayout.locate.looking_up.first_order import FirstOrder, label_point
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, STRIPPED, Entry
from wayout.locate.looking_up.kind_affixes import without_kind_word
from wayout.locate.looking_up.spelling import likeness, skeleton

SOURCE = "OCHA COD-AB"
MIN_LIKENESS = 75.0
"""rapidfuzz ratio of two names of one skeleton, inside one outline: lower than for names alone, because place agrees too."""
SEAM_DEG = 0.1
"""A division's point lies in its own outline, or within some 10 km of it: GeoNames' points are seats and guesses."""


def add_divisions(entries: Sequence[Entry], divisions: Sequence[Division], country: str) -> list[Entry]:
    """
    Merge divisions into entries.

    Parameters
    ----------
    entries
        A country's places; those of kinds admin1 to admin3 may be changed in place.
    divisions
        As :func:`~wayout.locate.looking_up.boundaries.read_boundaries` gives them.
    country
        ISO 3166-1 code.

    Returns
    -------
    entries
        All places; a division of the same order whose name and place agree got the P-code, the outline and the names, the
        others are new under the id ``pcode:CODE``.

    Raises
    ------
    SourceError
        If most of the divisions lie in another country.
    """
    first = FirstOrder(country)
    _refuse_another_country(first, divisions)
    known: dict[str, list[Entry]] = defaultdict(list)
    by_id = {e.id: e for e in entries}
    for e in entries:
        known[e.kind].append(e)
    added: list[Entry] = []
    entry: Entry | None
    for division in divisions:
        kind = f"admin{division.level}"
        point = label_point(division.shape)
        if division.level == 1:
            own = first.of_geoname(0, division.names)
            entry = by_id.get(f"admin1:{own}") or _same(division, known[kind])
            if entry is None and (own := own or first.overlapping(division.shape)) is not None:
                name, label = first.label(own)
                entry = Entry(f"admin1:{own}", name, kind, country, own, *label)
                entry.call([name], OWN_NAME)
                added.append(entry)
        else:
            entry = _same(division, known[kind])
        if entry is None or entry.pcode is not None:
            admin1 = first.at([point])[0]
            entry = Entry(f"pcode:{division.pcode}", division.names[0], kind, country, admin1, *point)
            added.append(entry)
        _complete(entry, division)
    return [*entries, *added]


def _refuse_another_country(first: FirstOrder, divisions: Sequence[Division]) -> None:
    outside = sum(own is None for own in first.at([label_point(d.shape) for d in divisions]))
    if outside > len(divisions) / 2:
        raise SourceError(
            f"{outside} of {len(divisions)} divisions lie outside {first.country}; give the boundaries of that country"
        )


def _same(division: Division, candidates: Sequence[Entry]) -> Entry | None:
    """Find the known division of that name in that place: the likest name, then the smallest id."""
    around = division.shape.buffer(SEAM_DEG, quad_segs=2)
    shapely.prepare(around)
    best: tuple[float, str, Entry] | None = None
    for entry in candidates:
        if entry.pcode is None and around.contains(shapely.Point(entry.lon, entry.lat)):
            alike = max((_alike(name, key) for name in division.names for key in entry.names), default=0.0)
            if alike >= MIN_LIKENESS and (best is None or (-alike, entry.id) < best[:2]):
                best = (-alike, entry.id, entry)
    return best[2] if best else None


def _alike(name: str, key: str) -> float:
    """Compare two names of divisions, 0-100; names of different sounds are not alike at all."""
    one, other = without_kind_word(name), without_kind_word(key)
    return likeness(one, other) if one == other or skeleton(one) == skeleton(other) else 0.0


def _complete(entry: Entry, division: Division) -> None:
    entry.pcode, entry.shape = division.pcode, division.shape
    entry.source = f"{entry.source}, {SOURCE}" if entry.source else SOURCE
    entry.call(division.names[:1], OWN_NAME)
    entry.call(division.names[1:], ALIAS)
    entry.call((without_kind_word(name) for name in division.names), STRIPPED)
