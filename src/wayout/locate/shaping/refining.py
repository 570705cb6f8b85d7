"""The user's area, narrowed by what claims say of the same place ("in the desert of X between A and B")."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from wayout.geo.compass import area_km2
from wayout.locate.composing import compose_region, reading
from wayout.locate.doubt import weight_of
from wayout.model import Claim, PlaceUse, Region

FUZZY_PREC = 5
"""Only a fuzzy area is narrowed: who asks for a town, a province or a country means all of it."""
NARROWING = frozenset({"between", "within", "part", "middle", "side_of_river", "near", "rural", "beside"})
LEAST_SHARE, MOST_SHARE = 0.01, 0.95
"""A narrowing that leaves less of the area speaks of something else; one that leaves more says nothing."""


def refine_area(plain: Region, claims: Sequence[Claim]) -> Region:
    """
    Narrow a fuzzy area to where claims say the thing in it is; the plain area stays as second reading.

    Parameters
    ----------
    plain
        The user's area as located.
    claims
        Located claims.

    Returns
    -------
    refined
        Method "refined"; ``plain`` itself where no claim narrows it.
    """
    if plain.where_prec != FUZZY_PREC or plain.geometry.area == 0:
        return plain
    # The part in one country was a guess from the context; what claims say of the place is better evidence.
    # Readings without a place beside ones with one are "somewhere else", no whole of which this is a part.
    named = [part for part in plain.parts if part.place is not None] or plain.parts
    whole = max((part.geometry for part in named), key=area_km2)
    found: Counter[str] = Counter()
    cuts: dict[str, tuple[BaseGeometry, PlaceUse]] = {}
    for claim in claims:
        for use, region in _narrowings(plain, claim):
            common = region.geometry.intersection(whole)
            share = area_km2(common) / area_km2(whole)
            if LEAST_SHARE <= share <= MOST_SHARE:
                found[use.phrase] += 1
                cuts.setdefault(use.phrase, (common, use))
    if not found:
        return plain
    phrase = min(found, key=lambda p: (-found[p], p))
    common, use = cuts[phrase]
    weight = weight_of("refined")
    place = plain.parts[0].place
    region = compose_region(
        [reading(common, weight, place), *(reading(p.geometry, p.weight * (1 - weight), p.place) for p in plain.parts)],
        method="refined",
        why=f"{plain.phrase}, narrowed to {phrase!r} as reported; {plain.why}",
        where_prec=plain.where_prec,
        radius_km=plain.radius_km,
        places=plain.places,
    )
    return replace(region, phrase=plain.phrase, evidence=(*plain.evidence, use.span), made_by=plain.made_by)


def _narrowings(plain: Region, claim: Claim) -> Iterator[tuple[PlaceUse, Region]]:
    """Yield the place uses of a claim that speak of a part of the area: with it in the phrase, or beside it in the claim."""
    ids = {place.id for place in plain.places[:1]}
    located = [(use, use.region) for use in claim.places if use.region is not None]
    names_it = any(ids & {place.id for place in region.places} for _, region in located)
    for use, region in located:
        if region.method not in NARROWING or region.bearing_deg is not None:
            continue
        in_phrase = bool(ids & {place.id for place in region.places})
        if in_phrase or (names_it and use.role == "at"):
            yield use, region
