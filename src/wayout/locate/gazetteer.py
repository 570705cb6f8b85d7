"""
The gazetteer: names to places, places to geometries.

A read-only SQLite file made at set-up (``tools/build_gazetteer.py``) plus the informal regions of ``vocab/regions.yaml``.
How candidates are found and ranked: ``docs/methods/gazetteer.md``.
"""

import math
import os
import re
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import BackendError
from wayout.geo.layers import read_layer
from wayout.locate.looking_up.gazetteer_file import SCHEMA_VERSION
from wayout.locate.looking_up.regions import read_regions, region_shape
from wayout.locate.looking_up.spelling import likeness, skeleton
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name
from wayout.vocab import read_vocab, vocab_path

PRIOR: dict[str, float] = {
    "country": 9.0,
    "continent": 9.0,
    "region": 7.0,
    "sea": 6.5,
    "admin1": 6.0,
    "river": 5.0,
    "lake": 5.0,
    "crossing": 4.5,
    "admin2": 3.5,
    "road": 3.0,
}
"""How readily a name is meant as this kind, on the scale of a town's decimal logarithm of inhabitants: a division goes
before its town unless the town has a million."""
UNKNOWN_POPULATION = 100
"""Inhabitants assumed where the source has none: places of the source start at some 500, many of those have no count."""
HINT_BONUS = 4.0
"""A place in a country that is spoken of goes before one elsewhere with up to ten thousand times its inhabitants."""
KIND_BONUS, KIND_STEP = 3.0, 0.7
EVERYWHERE_BONUS = 2.5
"""Seas, continents and regions belong to every theatre: they keep part of the bonus whatever countries are spoken of."""
PREFERENCE_COST = (-0.3, 0.0, 0.4, 0.2)
"""Capital's own name, own name, other recorded name, name with its kind word left out (``tools/build_gazetteer.py``)."""
SPELLING_COST = 1.5
LIKENESS_STEP = 3.0
MIN_LIKENESS_IN_HINT, MIN_LIKENESS = 78.0, 82.0
MIN_FUZZY = 90.0
"""Floors of rapidfuzz's ratio, 0-100: lower ones find 1 % more UCDP place names and double the wrong answers (decision 043)."""
KNOWN_WIDELY = 5.0
"""A place above this prior (a town of 100,000, a division, a country) is what its exact name means anywhere."""
SPOKEN_OF = 0.3
"""Weight (root of the share: about a tenth of the text) from which a country's respelt names are looked for."""
Hints = tuple[tuple[str, float], ...]
CACHE_SIZE = 50_000
MAPPED_BYTES = 256 << 20
"""The whole file is mapped rather than copied page by page."""
N_COLUMNS = 11
"""Columns of a place; what a query adds stands behind them."""
_EDGES = re.compile(r"^the (?=\S)|(?<=\S) s$")
_SPLIT = re.compile(r"[/()\[\]]")
_BY_KEY = """SELECT p.*, n.preference FROM names n JOIN places p ON p.rowid = n.place WHERE n.key = ?"""
_BY_SKELETON = """SELECT p.*, s.key FROM skeletons s JOIN places p ON p.rowid = s.place WHERE s.skeleton = ?"""
_OF_COUNTRY = """SELECT n.key, p.rowid FROM places p JOIN names n ON n.place = p.rowid WHERE p.country = ?"""


@dataclass(frozen=True, slots=True, order=True)
class _Ranked:
    """A candidate under its cost (smaller is better), then id, so that equal costs have a fixed order."""

    cost: float
    id: str
    place: Any = None


class Gazetteer:
    """Names to places, best first; see :func:`open_gazetteer`."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Keep the connection and index the informal regions by folded name."""
        self._base = base
        self._regions: dict[str, list[tuple[Place, int]]] = {}
        for region in read_regions():
            for i, name in enumerate(region.names):
                self._regions.setdefault(fold_name(name), []).append((region.place, 1 + min(i, 1)))
        self._region_names = {region.place.id: region.place.name for region in read_regions()}
        self.exact = lru_cache(CACHE_SIZE)(self._exact)
        self._find_cached = lru_cache(CACHE_SIZE)(self._find)
        self._names_of = lru_cache(8)(self._read_names)

    def find(
        self, name: str, *, countries: Sequence[str] = (), kinds: Collection[PlaceKind] = (), fuzzy: bool = False
    ) -> tuple[Place, ...]:
        """
        Find the places a name may mean.

        Parameters
        ----------
        name
            As written, in any script; kind words ("town", "province of") are understood.
        countries
            ISO 3166-1 codes spoken of, most first: places there go first, others stay behind them.
        kinds
            Only these kinds; all if empty.
        fuzzy
            Also allow misspellings inside ``countries``, where nothing better is found.

        Returns
        -------
        places
            Best first, without repeats; empty if unknown.
        """
        order = dict.fromkeys(countries)
        hints = tuple((code, max(SPOKEN_OF, 1 / math.sqrt(1 + i))) for i, code in enumerate(order))
        return tuple(place for place, _ in self._find_cached(name, hints, frozenset(kinds), fuzzy))

    def rank(self, name: str, shares: Mapping[str, float]) -> tuple[tuple[Place, float], ...]:
        """
        Rank the places a name may mean, given how much of a text each country has.

        Parameters
        ----------
        name
            As written.
        shares
            ISO 3166-1 code to share of the text, 0 to 1.

        Returns
        -------
        ranked
            Places with their worth (scale of log10 of a town's inhabitants), best first.
        """
        hints = tuple((code, math.sqrt(share)) for code, share in sorted(shares.items()))
        return self._find_cached(name, hints, frozenset(), False)

    def largest_town(self, admin1: str) -> Place | None:
        """Return the populated place of a first-order division (its code) with the most inhabitants, or ``None``."""
        country = admin1.split("-")[0]
        query = (
            "SELECT * FROM places WHERE country = ? AND admin1 = ? AND kind = 'populated_place'"
            " ORDER BY population DESC, id LIMIT 1"
        )
        row = self._base.execute(query, (country, admin1)).fetchone()
        return _place(row) if row else None

    def geometry(self, place: Place) -> BaseGeometry:
        """
        Return a place's geometry in degrees: polygon of a country, division, lake, region or sea; line of a river; else point.

        Parameters
        ----------
        place
            A place this gazetteer has returned.

        Returns
        -------
        geometry
            Lon/lat, EPSG:4326.
        """
        source, _, key = str(place.id).partition(":")
        if source == "region" and place.id in self._region_names:
            return region_shape(self._region_names[place.id])
        if source == "continent":
            query = "SELECT country FROM continents WHERE continent = ? ORDER BY country"
            return _union_of_countries(tuple(row[0] for row in self._base.execute(query, (key,))))
        shapes = _shapes(source)
        return shapes[key] if key in shapes else shapely.Point(place.lon, place.lat)

    def some_keys(self, random: Random, n: int) -> list[str]:
        """Draw ``n`` folded own names of places, for benches and tests."""
        total = self._base.execute("SELECT max(rowid) FROM places").fetchone()[0]
        rows = [random.randrange(1, total + 1) for _ in range(n)]
        query = "SELECT name FROM places WHERE rowid = ?"
        return [fold_name(self._base.execute(query, (row,)).fetchone()[0]) for row in rows]

    def towns_near(
        self, area: BaseGeometry, *, reach_deg: float = 6.0, least_population: int = 5000
    ) -> tuple[tuple[float, float], ...]:
        """
        List the populated places around an area, where roads and bridges are.

        Parameters
        ----------
        area
            Lon/lat.
        reach_deg
            How far beyond its bounds to look, degrees.
        least_population
            Smaller places are left out.

        Returns
        -------
        towns
            (lon, lat), sorted.
        """
        west, south, east, north = area.bounds
        query = (
            "SELECT lon, lat FROM places WHERE kind = 'populated_place' AND population >= ?"
            " AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? ORDER BY lon, lat"
        )
        limits = (west - reach_deg, east + reach_deg, south - reach_deg, north + reach_deg)
        return tuple((lon, lat) for lon, lat in self._base.execute(query, (least_population, *limits)))

    def _find(
        self, name: str, hints: Hints, kinds: frozenset[PlaceKind], fuzzy: bool
    ) -> tuple[tuple[Place, float], ...]:
        countries = tuple(code for code, weight in hints if weight >= SPOKEN_OF)
        key = fold_name(name)
        if not self.exact(key):
            key = _EDGES.sub("", key)
        ranked = self._candidates(key, hints, kinds, {})
        bare, wanted = split_kind_word(key)
        if bare != key and not self._has_exact(key, countries):
            bonus = {kind: KIND_BONUS - KIND_STEP * i for i, kind in enumerate(wanted)}
            ranked += self._candidates(bare, hints, kinds, bonus)
        if not ranked:
            ranked = [r for part in _alternatives(name) for r in self._candidates(part, hints, kinds, {})]
        if fuzzy and not ranked:
            ranked = [r for country in countries for r in self._fuzzy(bare, country, kinds)]
        best: dict[str, tuple[Place, float]] = {}
        for candidate in sorted(ranked):
            best.setdefault(candidate.id, (candidate.place, -candidate.cost))
        return tuple(best.values())

    def _candidates(
        self, key: str, hints: Hints, kinds: frozenset[PlaceKind], bonus: dict[str, float]
    ) -> list[_Ranked]:
        """Rank exact matches, and spelling families where no exact match is good enough."""
        weights = dict(hints)
        countries = {code for code, weight in hints if weight >= SPOKEN_OF}
        exact = [
            _Ranked(_cost(place, weights, bonus) + PREFERENCE_COST[preference], str(place.id), place)
            for place, preference in self.exact(key)
            if not kinds or place.kind in kinds
        ]
        if any(not countries or r.place.country in countries or kind_prior(r.place) >= KNOWN_WIDELY for r in exact):
            return exact
        bones = skeleton(key)
        if len(bones) < 2:
            return exact
        for row in self._base.execute(_BY_SKELETON, (bones,)):
            place = _place(row)
            if (kinds and place.kind not in kinds) or (countries and place.country not in countries):
                continue
            near = likeness(key, row[N_COLUMNS])
            if near >= (MIN_LIKENESS_IN_HINT if place.country in countries else MIN_LIKENESS):
                cost = _cost(place, weights, bonus) + SPELLING_COST + (100 - near) / LIKENESS_STEP
                exact.append(_Ranked(cost, str(place.id), place))
        return exact

    def _has_exact(self, key: str, countries: tuple[str, ...]) -> bool:
        """Tell whether the whole name is known, in the countries spoken of where there are any."""
        places = [place for place, _ in self.exact(key)]
        return any(not countries or p.country is None or p.country in countries for p in places)

    def _exact(self, key: str) -> tuple[tuple[Place, int], ...]:
        """Return places with exactly this folded name, and which of their names it is."""
        found = [(_place(row), row[N_COLUMNS]) for row in self._base.execute(_BY_KEY, (key,))]
        return (*self._regions.get(key, ()), *found)

    def _read_names(self, country: str) -> tuple[list[str], list[int]]:
        rows = sorted(self._base.execute(_OF_COUNTRY, (country,)))
        return [row[0] for row in rows], [row[1] for row in rows]

    def _fuzzy(self, key: str, country: str, kinds: frozenset[PlaceKind]) -> list[_Ranked]:
        """Find misspellings among the names of one country."""
        from rapidfuzz import fuzz, process

        names, rows = self._names_of(country)
        ranked = []
        for _, score, i in process.extract(key, names, scorer=fuzz.ratio, score_cutoff=MIN_FUZZY, limit=5):
            row = self._base.execute("SELECT * FROM places WHERE rowid = ?", (rows[i],)).fetchone()
            place = _place(row)
            if not kinds or place.kind in kinds:
                ranked.append(_Ranked((100 - score) - kind_prior(place) / 10, str(place.id), place))
        return ranked


def _alternatives(name: str) -> list[str]:
    """Split "Tadmur/Palmyra" and "Kobani (Ayn al-Arab)" into the names they give, kind words off."""
    parts = [part for part in _SPLIT.split(name) if part.strip()]
    return [split_kind_word(fold_name(part))[0] for part in parts] if len(parts) > 1 else []


def open_gazetteer() -> Gazetteer:
    """
    Open the gazetteer once a process (some 20 ms); later calls return the same object.

    Returns
    -------
    gazetteer
        Reads only; safe to share.

    Raises
    ------
    BackendError
        If the file has not been built or is damaged.
    """
    return _open_gazetteer(os.getpid())


@cache
def _open_gazetteer(process: int) -> Gazetteer:
    """Open it for one process: a database connection must not cross a fork."""
    path = vocab_path("built/gazetteer.sqlite")
    try:
        base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        base.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        (version,) = base.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackendError(
            f"gazetteer {path} cannot be read ({error}); run `python tools/build_gazetteer.py`"
        ) from error
    if version != SCHEMA_VERSION:
        raise BackendError(
            f"gazetteer {path} has version {version}, this code needs {SCHEMA_VERSION}; run `python tools/build_gazetteer.py`"
        )
    return Gazetteer(base)


def split_kind_word(key: str) -> tuple[str, tuple[str, ...]]:
    """
    Split a kind word off a folded name.

    Parameters
    ----------
    key
        Folded name, for example ``"anbar province"`` or ``"province of anbar"``.

    Returns
    -------
    bare
        The name without the word; ``key`` itself if there is none.
    kinds
        Kinds the word speaks for, best first.

    Examples
    --------
    >>> split_kind_word("province of anbar")
    ('anbar', ('admin1', 'admin2'))
    """
    before, after, kinds = _kind_words()
    if found := after.search(key):
        return key[: found.start()], kinds[found.group(1)]
    if found := before.match(key):
        return key[found.end() :], kinds[found.group(1)]
    return key, ()


@cache
def _kind_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, ...]]]:
    kinds = {fold_name(word): tuple(kinds) for word, kinds in read_vocab("place_words.yaml")["kinds"].items()}
    words = "|".join(sorted((re.escape(w) for w in kinds), key=lambda w: (-len(w), w)))
    return (
        re.compile(rf"(?:the )?({words}) (?:of (?:the )?)?(?=\S)"),
        re.compile(rf"(?<=\S) ({words})$"),
        kinds,
    )


def _place(row: Sequence[Any]) -> Place:
    return Place(
        id=row[1],
        name=row[2],
        kind=row[3],
        country=row[4],
        admin1=row[5],
        lon=row[6],
        lat=row[7],
        population=row[8],
        pcode=row[9],
    )


def kind_prior(place: Place) -> float:
    """Return how readily a place is meant before any context: :data:`PRIOR`, or log10 of a town's inhabitants."""
    return PRIOR.get(place.kind) or math.log10(place.population or UNKNOWN_POPULATION)


def _cost(place: Place, weights: dict[str, float], bonus: dict[str, float]) -> float:
    hint = HINT_BONUS * weights.get(place.country or "", 0.0)
    if place.kind in ("sea", "continent", "region") and weights:
        hint = max(hint, EVERYWHERE_BONUS)
    return -kind_prior(place) - hint - bonus.get(place.kind, 0.0)


@cache
def _shapes(source: str) -> dict[str, BaseGeometry]:
    """Map the ids of one source to its polygons or lines."""
    if source == "country":
        return {f.properties["iso_a2"]: f.geometry for f in read_layer("countries")}
    if source == "admin1":
        return {f.properties["id"]: f.geometry for f in read_layer("admin1")}
    if source == "sea":
        return {str(i): shapely.Polygon(s["outline"]) for i, s in enumerate(read_vocab("waters.yaml")["seas"])}
    if source == "area":
        return {str(i): shapely.Polygon(a["outline"]) for i, a in enumerate(read_vocab("place_aliases.yaml")["areas"])}
    layer = {"river": "rivers", "lake": "lakes", "nature": "nature"}.get(source)
    return {str(i): f.geometry for i, f in enumerate(read_layer(layer))} if layer else {}


@cache
def _union_of_countries(codes: tuple[str, ...]) -> BaseGeometry:
    shapes = _shapes("country")
    members = [shapes[code] for code in codes if code in shapes]
    # Countries of the layer share their borders point by point: dropping the shared lines is ten times faster than a union.
    whole = shapely.coverage_union_all(members)
    return whole if whole.is_valid else shapely.disjoint_subset_union_all(members)
