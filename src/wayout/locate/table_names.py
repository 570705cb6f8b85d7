"""
Plain names at the speed of tables: a name that only one town bears, written as the gazetteer writes it, needs no weighing.

Such a name has one reading whatever is asked, so its cells are made without drawing it. Everything else (namesakes, divisions,
spellings, phrases) goes the whole way of ``locate_phrase``; ``tests/locate/test_table_names.py`` holds that both ways say the same.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from shapely.geometry import Point

from wayout.geo.borders import country_name
from wayout.geo.floor import DECIMALS, FLOOR_KM, LEAST_COS, LEAST_KM_PER_DEG, STEPS_PER_DEG
from wayout.locate.context import PhraseContext, Places
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.phrases import locate_phrase
from wayout.locate.table_cells import Cells, division_name, farthest_km
from wayout.model import Place
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

TWIN_KM = 40.0
"""A district whose label lies this close to the only town of its name repeats the town (as in ``resolving/names.py``)."""
EARTH_KM = 6371.0088
DIGITS = 2
"""Towns whose inhabitants agree to so many digits share their radii: those go with the root of the number, 3 % at most apart."""
_NAME = re.compile(r"[^\W\d_]+(?:[ \-'’][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_DISTRICTS = frozenset({"admin2", "admin3"})


@dataclass(frozen=True, slots=True)
class _Radii:
    """Of a town: how far its own disc reaches, the radii beyond it (signed 50 %, 90 %), km, and UCDP's class."""

    disc_km: float
    half_km: float | None
    most_km: float
    where_prec: int


class PlainNames:
    """
    Answers plain names that only one town bears.

    Parameters
    ----------
    gazetteer
        Names and places.
    """

    def __init__(self, gazetteer: Places) -> None:
        self._gazetteer = gazetteer
        self._radii: dict[float, _Radii | None] = {}

    def only_town(self, name: str, codes: Sequence[str]) -> Place | None:
        """
        Find the only town of a name.

        Parameters
        ----------
        name
            The cell.
        codes
            The row's countries, ISO 3166-1; anywhere if empty.

        Returns
        -------
        town
            ``None`` where there is more to say: several bearers, other kinds, another spelling, a phrase.
        """
        if not _NAME.fullmatch(name) or name[:1].islower():
            return None
        key = fold_name(name)
        if not key or not _relation_words().isdisjoint(key.split(" ")) or split_kind_word(key)[0] != key:
            return None
        bearers = [place for place, _ in self._gazetteer.exact(key)]
        if codes:
            if any(place.country is None for place in bearers):
                return None
            bearers = [place for place in bearers if place.country in codes]
        towns = {place.id: place for place in bearers if place.kind == "populated_place"}
        if len(towns) != 1:
            return None
        (town,) = towns.values()
        # A place known by another name than its own, of several words, may be something named after a country.
        if " " in key and fold_name(town.name) != key:
            return None
        others = [place for place in bearers if place.id != town.id]
        return town if not others or self._repeat_it(others, town, name, codes) else None

    def _repeat_it(self, others: Sequence[Place], town: Place, name: str, codes: Sequence[str]) -> bool:
        """Tell whether all others are districts at the town that rank behind it: they are the same reading."""
        if not all(_is_twin(place, town) for place in others):
            return False
        ranked = [place.id for place in self._gazetteer.find(name, countries=codes)]
        return town.id in ranked and all(place.id not in ranked[: ranked.index(town.id)] for place in others)

    def cells(self, name: str, town: Place, note: str = "") -> Cells | None:
        """
        Make the cells of a town that a name means for sure.

        Parameters
        ----------
        name
            The cell.
        town
            From :meth:`only_town`.
        note
            Added to ``why``.

        Returns
        -------
        cells
            ``None`` where the whole way does not give the town alone after all.
        """
        radii = self._radii_of(name, town)
        if radii is None:
            return None
        lon, lat = snapped(town.lon, town.lat)
        far = radii.disc_km + _apart_km(lon, lat, town.lon, town.lat)
        return (
            f"{lat:.2f}",
            f"{lon:.2f}",
            town.name,
            str(town.id),
            town.kind,
            division_name(town),
            town.country or "",
            town.pcode or "",
            str(radii.where_prec),
            "" if radii.half_km is None else f"{max(0.0, far + radii.half_km):.1f}",
            f"{far + radii.most_km:.1f}",
            "1.00",
            "",
            "name",
            f"{name} is taken as {town.name} in {_country(town.country)} (populated place).{note}",
        )

    def _radii_of(self, name: str, town: Place) -> _Radii | None:
        population = town.population or 0
        key = float(f"{population:.{DIGITS - 1}e}")
        if key not in self._radii:
            self._radii[key] = self._measured(name, town)
        return self._radii[key]

    def _measured(self, name: str, town: Place) -> _Radii | None:
        """Go the whole way once for towns of this size."""
        codes = {town.country: 1.0} if town.country else {}
        region = locate_phrase(name, self._gazetteer, PhraseContext(countries=codes))
        best = region.parts[0]
        if len(region.parts) > 1 or best.place is None or best.place.id != town.id or region.method != "name":
            return None
        disc = farthest_km(Point(town.lon, town.lat), best.geometry)
        return _Radii(disc, region.radius50_km, region.radius_km, region.where_prec)


def snapped(lon: float, lat: float) -> tuple[float, float]:
    """
    Snap a point to the floor's grid: :func:`wayout.geo.floor.snap_to_floor` for numbers, a twentieth of its time.

    Parameters
    ----------
    lon, lat
        Degrees.

    Returns
    -------
    lon, lat
        Degrees, multiples of the grid's step at that latitude.
    """
    cos = max(LEAST_COS, math.cos(math.radians(abs(lat))))
    step = math.ceil(FLOOR_KM / (LEAST_KM_PER_DEG * cos) * STEPS_PER_DEG - 1e-9) / STEPS_PER_DEG
    return _multiple(lon, step, 180.0), _multiple(lat, step, 90.0)


def _multiple(value: float, step: float, most: float) -> float:
    last = math.floor(most / step + 1e-9)
    return round(min(max(round(value / step), -last), last) * step, DECIMALS) + 0.0


def _is_twin(place: Place, town: Place) -> bool:
    return (
        place.kind in _DISTRICTS
        and place.country == town.country
        and _apart_km(place.lon, place.lat, town.lon, town.lat) < TWIN_KM
    )


def _apart_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Measure the great-circle distance of two near points, km."""
    a, b = math.radians(lat), math.radians(other_lat)
    half_lat, half_lon = math.sin((b - a) / 2), math.sin(math.radians(other_lon - lon) / 2)
    return 2 * EARTH_KM * math.asin(math.sqrt(half_lat**2 + math.cos(a) * math.cos(b) * half_lon**2))


@lru_cache(maxsize=512)
def _country(code: str | None) -> str:
    return country_name(code) if code else "an unknown country"


@cache
def _relation_words() -> frozenset[str]:
    """Collect every word that the grammar of phrases or the names of peoples know: a name with one of them may be more than a name."""
    grammar = {key: value for key, value in read_vocab("phrase_grammar.yaml").items() if key != "source"}
    rules = [{k: v for k, v in rule.items() if k != "test"} for rule in grammar.pop("rules")]
    words = {fold_name(w) for text in _strings([grammar, rules]) for w in _WORD.findall(text)}
    for row in read_vocab("countries.yaml")["countries"]:
        for adjective in row["adjectives"]:
            words.update(fold_name(adjective).split())
    return frozenset(words)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
