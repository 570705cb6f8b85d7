"""
The gazetteer: names to places, places to geometries.

A read-only SQLite file made at set-up (``tools/build_gazetteer.py``), the editions that a user has added, and the informal
regions of ``vocab/regions.yaml``. How candidates are found and ranked: ``docs/methods/gazetteer.md``.
"""

import math
import os
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from wayout.locate.looking_up.candidates import Asked, Candidates, weights_in_order
from wayout.locate.looking_up.kind_words import split_kind_word
from wayout.locate.looking_up.open_files import OpenFiles, open_file
from wayout.locate.looking_up.ranking import HINT_BONUS, UNKNOWN_POPULATION, Hints, kind_prior
from wayout.locate.looking_up.standing_in import Coarser, coarser_part, stands_for
from wayout.model import Place, PlaceKind
from wayout.vocab import vocab_path

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "HINT_BONUS",
    "UNKNOWN_POPULATION",
    "Coarser",
    "Gazetteer",
    "kind_prior",
    "open_gazetteer",
    "split_kind_word",
]

CACHE_SIZE = 20_000
"""Answers kept in memory: a report asks for the same names again and again, a spreadsheet does not."""
DIVIDED = ("admin2", "admin3")
"""Sources of places whose outlines are read one country at a time."""
BUILD = "run `python tools/build_gazetteer.py`"


class Gazetteer:
    """Names to places, best first; see :func:`open_gazetteer`."""

    def __init__(self, files: OpenFiles) -> None:
        """Keep the files."""
        self._files = files
        self._candidates = Candidates(files)
        self.exact = lru_cache(CACHE_SIZE)(self._candidates.exact)
        self._find_cached = lru_cache(CACHE_SIZE)(self._find)

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
            Also allow far spellings, and misspellings where nothing better is found: inside ``countries``, or anywhere if none is given.

        Returns
        -------
        places
            Best first, without repeats; empty if unknown.
        """
        hints = weights_in_order(tuple(countries))
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

    def coarser(self, name: str, *, countries: Sequence[str] = ()) -> Coarser | None:
        """
        Find what may stand for a name that is itself unknown: the town that a quarter, base or checkpoint is in.

        Parameters
        ----------
        name
            As written: "Jobar neighbourhood of Damascus", "hospital in Mekelle".
        countries
            ISO 3166-1 codes spoken of, most first; only places there are taken if any is given.

        Returns
        -------
        coarser
            The place, with UCDP's ``where_prec`` 2 and a sentence that says what is not known; ``None`` if nothing may stand for it.
        """
        return coarser_part(name, countries, self.find)

    def answer(
        self, name: str, *, countries: Sequence[str] = (), kinds: Collection[PlaceKind] = ()
    ) -> tuple[Place, Coarser | None] | None:
        """
        Give the one place that a string of a table means, if it can be known.

        Parameters
        ----------
        name
            As written, spelling mistakes allowed.
        countries
            ISO 3166-1 codes of the row, most likely first. A village of another country is then no answer.
        kinds
            Kinds that go before all others, such as settlements for a column of events; none do if empty.

        Returns
        -------
        answer
            The place, and with it what is said where the place only stands for what was asked; ``None`` if unknown.
        """
        found = self.find(name, countries=countries, fuzzy=True)
        at_hand = [p for p in found if not countries or p.country is None or p.country in countries]
        if at_hand:
            best = next((place for place in at_hand if place.kind in kinds), at_hand[0])
            return best, stands_for(name, best)
        coarser = self.coarser(name, countries=countries)
        return (coarser.place, coarser) if coarser is not None else None

    def largest_town(self, admin1: str) -> Place | None:
        """Return the populated place of a first-order division (its code) with the most inhabitants, or ``None``."""
        return self._files.largest_town(admin1)

    def geometry(self, place: Place) -> "BaseGeometry":
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
        from shapely.geometry import Point

        from wayout.geo.outlines import division_outline
        from wayout.locate.looking_up.geometries import shapes_of, union_of_countries
        from wayout.locate.looking_up.regions import read_regions, region_shape

        source, _, key = str(place.id).partition(":")
        if source == "region":
            name = next((region.place.name for region in read_regions() if region.place.id == place.id), None)
            if name is not None:
                return region_shape(name)
        if source == "continent":
            return union_of_countries(self._files.countries_of(key))
        shape = division_outline(str(place.id), place.country) if source in DIVIDED else shapes_of(source).get(key)
        if shape is None:
            shape = self._files.shape_of(str(place.id))
        return shape if shape is not None else Point(place.lon, place.lat)

    def some_keys(self, random: Random, n: int) -> list[str]:
        """Draw ``n`` folded own names of places, for benches and tests."""
        return self._files.some_keys(random, n)

    def some_towns(self, random: Random, n: int) -> list[Place]:
        """Draw ``n`` populated places of the base file, perhaps some twice, for benches and tests."""
        return self._files.some_towns(random, n)

    def towns_near(
        self, area: "BaseGeometry", *, reach_deg: float = 6.0, least_population: int = 5000
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
        limits = (west - reach_deg, east + reach_deg, south - reach_deg, north + reach_deg)
        return self._files.towns_within(least_population, limits)

    def large_towns(self, bounds: tuple[float, float, float, float], n: int) -> list[Place]:
        """
        List the populated places of most inhabitants in a frame, for people to find their way on a map of it.

        Parameters
        ----------
        bounds
            West, south, east, north, degrees; not across the 180th meridian.
        n
            At most so many.

        Returns
        -------
        towns
            Largest first, of base and editions; those whose inhabitants no source gives are left out.
        """
        west, south, east, north = bounds
        return self._files.large_towns((west, east, south, north), n)

    def _find(
        self, name: str, hints: Hints, kinds: frozenset[PlaceKind], fuzzy: bool
    ) -> tuple[tuple[Place, float], ...]:
        best: dict[str, tuple[Place, float]] = {}
        for candidate in self._candidates.ranked(name, Asked(hints, kinds, fuzzy)):
            best.setdefault(candidate.id, (candidate.place, -candidate.cost))
        return tuple(best.values())


def open_gazetteer(editions: tuple[Path, ...] = ()) -> Gazetteer:
    """
    Open the gazetteer once a process (some 20 ms); later calls with the same editions return the same object.

    Parameters
    ----------
    editions
        Files of editions that the user has added (``wayout data get gazetteer``). They answer together with the base file
        as one: a place of the same id is one place under all its names, and the last edition's entry stands for it.

    Returns
    -------
    gazetteer
        Reads only; safe to share.

    Raises
    ------
    BackendError
        If a file is missing, damaged or of another version; says which file and what to do.
    """
    return _open_gazetteer(os.getpid(), tuple(editions))


@cache
def _open_gazetteer(process: int, editions: tuple[Path, ...]) -> Gazetteer:
    """Open it for one process: a database connection must not cross a fork."""
    bases = [open_file(vocab_path("built/gazetteer.sqlite"), BUILD)]
    for path in editions:
        bases.append(open_file(path, f"get this edition again (`wayout data get gazetteer`) or remove {path.name}"))
    return Gazetteer(OpenFiles(bases))
