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

from wayout.errors import NotFoundError
from wayout.geo.compass import buffer_km
from wayout.geo.floor import DECIMALS, FLOOR_KM, LEAST_COS, LEAST_KM_PER_DEG, STEPS_PER_DEG
from wayout.geo.sphere import sphere_km
from wayout.locate.context import Ground, PhraseContext, Places
from wayout.locate.doubt import has_radii, radius50_of, radius_of
from wayout.locate.gazetteer import split_kind_word
from wayout.locate.resolving import names
from wayout.locate.resolving.at_hand import is_at_hand
from wayout.locate.shaping.grammar import read_phrase, strip_articles, tidy
from wayout.locate.table_cells import Cells, division_name, reading_words
from wayout.model import Place, PlaceKind, Region
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

TWIN_KM = 40.0
"""A district whose label lies this close to the only town of its name repeats the town (as in ``resolving/names.py``)."""
MOST_NAMESAKES = 40
_NAME = re.compile(r"[^\W\d_]+(?:\.?[ \-'’][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_TOWN: PlaceKind = "populated_place"
_DISTRICTS = frozenset({"admin2", "admin3"})


@dataclass(frozen=True, slots=True)
class _Radii:
    """Of a town: how far its own disc reaches, and the radii beyond it (signed 50 %, 90 %), km."""

    disc_km: float
    half_km: float
    most_km: float


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
        bearers = self._bearers(name, key, codes)
        towns = {place.id: place for place in bearers if place.kind == "populated_place"}
        if len(towns) != 1:
            return None
        (town,) = towns.values()
        # A place known by another name than its own, of several words, may be something named after a country.
        if " " in key and fold_name(town.name) != key:
            return None
        others = [place for place in bearers if place.id != town.id]
        return town if not others or self._repeat_it(others, town, name, codes) else None

    def namesakes(self, name: str, codes: Sequence[str]) -> tuple[tuple[Place, float], ...]:
        """
        Weigh the bearers of a name, the likeliest of which is a town.

        Parameters
        ----------
        name
            The cell.
        codes
            The row's countries, ISO 3166-1.

        Returns
        -------
        weighted
            Best first, weights sum to one; empty where an area is likelier, or the string may be more than a name.
        """
        if not codes or not _NAME.fullmatch(name) or name[:1].islower():
            return ()
        key = fold_name(name)
        bearers = self._bearers(name, key, codes)
        if not any(place.kind == "populated_place" for place in bearers) or len(bearers) > MOST_NAMESAKES:
            return ()
        context = PhraseContext(countries=dict.fromkeys(codes, 1.0))
        ground = Ground(gazetteer=self._gazetteer, context=context, locate=_never)
        bare, definite = strip_articles(name)
        found = [p for p in names.find_places_named(bare, ground) if is_at_hand(bare, p, ground)]
        weighted = (
            [(p, w) for p, w in names.weigh_candidates(bare, found, definite, ground) if p.country in codes]
            if found
            else []
        )
        total = sum(weight for _, weight in weighted)
        if total <= 0 or weighted[0][0].kind != "populated_place":
            return ()
        return tuple((place, weight / total) for place, weight in weighted)

    def _bearers(self, name: str, key: str, codes: Sequence[str]) -> list[Place]:
        """List the places of exactly this name in the row's countries; none where the string may be more than a name."""
        words = key.split(" ")
        openings = (" ".join(words[:n]) for n in range(1, len(words) + 1))
        if not key or not _peoples().isdisjoint(openings) or split_kind_word(key)[0] != key:
            return []
        bearers = [place for place, _ in self._gazetteer.exact(key)]
        if not _relation_words().isdisjoint(words):
            very = any(fold_name(p.name) == key and (not codes or p.country in codes) for p in bearers)
            if not _is_a_name(name, very):
                return []
        if not codes:
            return bearers
        if any(place.country is None for place in bearers):
            return []
        return [place for place in bearers if place.country in codes]

    def _repeat_it(self, others: Sequence[Place], town: Place, name: str, codes: Sequence[str]) -> bool:
        """Tell whether all others are districts at the town that rank behind it: they are the same reading."""
        if not all(_is_twin(place, town) for place in others):
            return False
        ranked = [place.id for place in self._gazetteer.find(name, countries=codes)]
        return town.id in ranked and all(place.id not in ranked[: ranked.index(town.id)] for place in others)

    def cells(self, name: str, weighted: Sequence[tuple[Place, float]], note: str = "") -> Cells:
        """
        Make the cells of a name that means towns.

        Parameters
        ----------
        name
            The cell.
        weighted
            The towns, best first, with weights that sum to one.
        note
            Added to ``why``.

        Returns
        -------
        cells
            As ``located_cells`` makes them of the town's region.
        """
        town, weight = weighted[0]
        radii = _radii(round(names.town_radius_km(town), 1))
        lon, lat = snapped(town.lon, town.lat)
        far = radii.disc_km + sphere_km(lon, lat, town.lon, town.lat)
        return (
            f"{lat:.2f}",
            f"{lon:.2f}",
            town.name,
            str(town.id),
            town.kind,
            division_name(town),
            town.country or "",
            town.pcode or "",
            str(names.WHERE_PREC["populated_place"]),
            f"{max(0.0, far + radii.half_km):.1f}",
            f"{far + radii.most_km:.1f}",
            f"{weight:.2f}",
            "; ".join(reading_words(place, share) for place, share in weighted[1:]),
            "name",
            names.why_taken(name, weighted) + note,
        )


@cache
def _radii(disc_km: float) -> _Radii:
    """Return the radii of a town whose people need a disc of this radius, wherever it lies: no row's answer hangs on another's."""
    disc = buffer_km(Point(0, 0), disc_km)
    most = radius_of(_TOWN, disc)
    return _Radii(disc_km, radius50_of("name" if has_radii("name") else _TOWN, disc, most), most)


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
        and sphere_km(place.lon, place.lat, town.lon, town.lat) < TWIN_KM
    )


@lru_cache(maxsize=512)
def _never(phrase: str, ground: Ground) -> Region:
    raise NotFoundError(f"{phrase!r} is a part of a phrase; names of tables have none")


def _is_a_name(name: str, is_very_name: bool) -> bool:
    """Tell whether the grammar takes a string for a name: it can be nothing else, or it is tried first and a place bears it."""
    methods = (found.method for found in read_phrase(tidy(name)))
    first = next(methods, "")
    if first == "exact_name" and is_very_name:
        return True
    return all(method in ("name", "exact_name") for method in (first, *methods))


@cache
def _relation_words() -> frozenset[str]:
    """Collect every word that the grammar of phrases knows: a name with one of them may be a phrase."""
    grammar = {key: value for key, value in read_vocab("phrase_grammar.yaml").items() if key != "source"}
    rules = [{k: v for k, v in rule.items() if k != "test"} for rule in grammar.pop("rules")]
    return frozenset(fold_name(word) for text in _strings([grammar, rules]) for word in _WORD.findall(text))


@cache
def _peoples() -> frozenset[str]:
    """Collect the adjectives of countries: "Syrian ..." may be something of the country."""
    return frozenset(fold_name(a) for row in read_vocab("countries.yaml")["countries"] for a in row["adjectives"])


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
