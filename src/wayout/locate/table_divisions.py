"""What a row's own division says of its place: readings outside it go, and a place that is not known there becomes the division."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import shapely

from wayout.errors import NotFoundError
from wayout.geo.compass import buffer_km
from wayout.locate.context import PhraseContext, Places
from wayout.locate.phrases import locate_phrase
from wayout.model import PlaceKind, Region, WeightedGeometry

REACH_KM = {"admin1": 10.0, "admin2": 40.0, "admin3": 25.0}
"""How far outside a division's outline a place may lie and be in it, km: outlines of different makers differ; of small
divisions only a disc round the label may be known."""
_PREC = {"populated_place": 1, "crossing": 2, "installation": 1, "admin3": 3, "admin2": 3, "admin1": 4, "country": 6}
"""UCDP's where_prec of a reading that stands first only because of its row."""
DIVISIONS: tuple[PlaceKind, ...] = ("admin1", "admin2", "admin3")


class Division:
    """
    A row's division: its region, and the ground that counts as inside it.

    Parameters
    ----------
    region
        One reading, with its place.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.home = region.places[0]
        self.inside = buffer_km(region.geometry, REACH_KM.get(self.home.kind, 10.0))
        shapely.prepare(self.inside)

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies in the division, or hardly outside."""
        return bool(shapely.contains_xy(self.inside, lon, lat))


def find_division(names: Sequence[str], gazetteer: Places, codes: Sequence[str]) -> Division | None:
    """
    Locate the smallest division that a row's cells name.

    Parameters
    ----------
    names
        Division cells, largest first.
    gazetteer
        Names and geometries.
    codes
        The row's countries, ISO 3166-1; any if empty.

    Returns
    -------
    division
        The last one that is known, or ``None``.
    """
    found = (_division(name, gazetteer, codes) for name in reversed(names))
    return next((Division(region) for region in found if region is not None), None)


def _division(name: str, gazetteer: Places, codes: Sequence[str]) -> Region | None:
    places = gazetteer.find(name, countries=codes, kinds=DIVISIONS)
    places = tuple(p for p in places if not codes or p.country in codes)
    if not places:
        return None
    context = PhraseContext(countries=dict.fromkeys(codes or (places[0].country or "",), 1.0), near=places[:1])
    # The kind word first: "Khartoum" alone is the town.
    for phrase in (f"{name} {'province' if places[0].kind == 'admin1' else 'district'}", name):
        try:
            region = locate_phrase(phrase, gazetteer, context)
        except NotFoundError:
            continue
        parts = [part for part in region.parts if part.place is not None and part.place.id == places[0].id]
        if parts:
            prec = 4 if places[0].kind == "admin1" else 3
            return replace(region, parts=(replace(parts[0], weight=1.0),), places=places[:1], where_prec=prec)
    return None


def narrow(phrase: str, region: Region | None, division: Division, gazetteer: Places, context: PhraseContext) -> Region:
    """
    Keep what a region has in common with a division, or take the division for it.

    Parameters
    ----------
    phrase
        The place string.
    region
        What was found for it without the division; ``None`` if nothing.
    division
        The row's division.
    gazetteer, context
        To look again with the division's country and neighbourhood.

    Returns
    -------
    narrowed
        The readings inside the division; where there are none, the division itself with method ``"division"``.
    """
    home = division.home
    looked: list[Region] = [region] if region is not None else []
    codes = context.countries or ({home.country: 1.0} if home.country else {})
    with suppress(NotFoundError):
        looked.append(locate_phrase(phrase, gazetteer, replace(context, countries=codes, near=(home,))))
    for candidate in looked:
        kept = [part for part in candidate.parts if part.geometry.intersects(division.inside)]
        if kept:
            return keep_parts(candidate, kept)
    told = f"{phrase!r} is known only outside {home.name}" if looked else f"{phrase!r} is not known in {home.name}"
    why = f"{told}; the row's own division is given instead."
    return replace(division.region, phrase=phrase, method="division", why=why)


def keep_parts(region: Region, kept: Sequence[WeightedGeometry]) -> Region:
    """Return a region of some of its readings, weighed anew; ``why`` says so where the first one went."""
    if len(kept) == len(region.parts):
        return region
    total = sum(part.weight for part in kept) or 1.0
    parts = tuple(replace(part, weight=part.weight / total) for part in kept)
    if parts[0].geometry is region.geometry:
        return replace(region, parts=parts)
    best = parts[0].place
    named = "" if best is None else f": {best.name} ({best.kind.replace('_', ' ')}, {best.country or '-'})"
    return replace(
        region,
        parts=parts,
        places=(best,) if best is not None else region.places,
        where_prec=_PREC.get(best.kind, region.where_prec) if best is not None else region.where_prec,
        why=f"The reading that fits the row's own country or division{named}; without it: {region.why}",
    )
