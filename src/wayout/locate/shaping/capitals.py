"""Capitals: of a country as the list of countries names it, of a division its largest town."""

from functools import cache

from wayout.errors import NotFoundError
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import Ground
from wayout.locate.resolving.names import doubt_of, shape_of_place
from wayout.model import Place, PlaceKind, Region
from wayout.vocab import read_vocab

SEAT_WEIGHT = 0.75
"""The largest town of a division is its capital in some three cases of four; the other reading is the whole division."""

_TOWN: tuple[PlaceKind, ...] = ("populated_place",)


def locate_capital(named: str, ground: Ground) -> Region:
    """
    Locate "the capital of X".

    Parameters
    ----------
    named
        A country or a first-order division.
    ground
        Gazetteer and context.

    Returns
    -------
    region
        Method "name"; of a division, the whole division stays as a second reading, because seats are not in the gazetteer.

    Raises
    ------
    NotFoundError
        If X is neither, or no town of it is known.
    """
    whole = ground.inner(named, "area")
    place = whole.parts[0].place
    if place is not None and place.kind == "country" and place.country:
        for name in _capitals().get(place.country, ()):
            towns = ground.gazetteer.find(name, countries=[place.country], kinds=_TOWN)
            if towns and towns[0].country == place.country:
                why = f"{towns[0].name} is the capital of {place.name}."
                return _of(towns[0], whole, 1.0, why, ground)
    if place is not None and place.kind == "admin1" and place.admin1:
        town = ground.gazetteer.largest_town(place.admin1)
        if town is not None:
            why = f"{town.name} is the largest town of {place.name}, taken for its capital; {whole.why}"
            return _of(town, whole, SEAT_WEIGHT, why, ground)
    raise NotFoundError(f"the capital of {named!r} is not known; name the town")


def _of(town: Place, whole: Region, weight: float, why: str, ground: Ground) -> Region:
    parts = [reading(shape_of_place(town, ground), weight, town)]
    parts += [reading(p.geometry, p.weight * (1 - weight), p.place) for p in whole.parts]
    where_prec, radius = doubt_of(town, parts[0].geometry)
    return compose_region(parts, method="name", why=why, where_prec=where_prec, radius_km=radius, places=[town])


@cache
def _capitals() -> dict[str, list[str]]:
    return {row["iso2"]: row["capitals"] for row in read_vocab("countries.yaml")["countries"]}
