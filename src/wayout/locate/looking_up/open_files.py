"""The base gazetteer and its editions, opened together and read as one: one place an id, its names united."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from wayout.errors import BackendError
from wayout.locate.looking_up.gazetteer_file import SCHEMA_VERSION
from wayout.locate.looking_up.misspelling import SEPARATOR, halves_near
from wayout.model import Place
from wayout.text.names import fold_name

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MAPPED_BYTES = 1 << 30
"""A file is mapped rather than copied page by page; pages that nobody reads cost nothing."""
ASKED_AGAIN = 256
"""Names kept: one row of a table asks for its name's bearers several times over."""
CACHED_KIB = 2_000
"""SQLite's own page cache: small, for the mapped pages are the system's already."""
_BY_KEY = "SELECT p.*, n.preference FROM names n JOIN places p ON p.rowid = n.place WHERE n.key = ?"
_BY_SKELETON = "SELECT p.*, s.key FROM skeletons s JOIN places p ON p.rowid = s.place WHERE s.skeleton = ?"
_KEYS = "SELECT place, key FROM skeletons WHERE skeleton = ?"
_IN_COUNTRY = " AND p.country IN ({})"
_BY_ID = "SELECT * FROM places WHERE id = ?"
_BY_ROW = "SELECT * FROM places WHERE rowid = ?"
_SHAPE = "SELECT s.wkb FROM shapes s JOIN places p ON p.rowid = s.place WHERE p.id = ?"
_HALVES = "SELECT keys FROM halves WHERE half IN ({})"
_LARGEST = (
    "SELECT * FROM places WHERE country = ? AND admin1 = ? AND kind = 'populated_place'"
    " ORDER BY population DESC, id LIMIT 1"
)
_TOWNS = (
    "SELECT lon, lat, id FROM places WHERE kind = 'populated_place' AND population >= ?"
    " AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
)
_LARGE = (
    "SELECT * FROM places WHERE kind = 'populated_place' AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
    " AND population > 0 ORDER BY population DESC, id LIMIT ?"
)
_PROBES = (
    "SELECT * FROM places",
    "SELECT * FROM names",
    "SELECT * FROM skeletons",
    "SELECT * FROM halves",
    "SELECT * FROM shapes",
)
"""A file of which these cannot be read is damaged."""
_N = 11
"""Columns of a place; what a query adds stands behind them."""


class OpenFiles:
    """Files of one schema, base first; where two hold a place of one id, the later file's entry stands for it."""

    def __init__(self, bases: Sequence[sqlite3.Connection]) -> None:
        """Keep the connections: the base first, then editions in the order given."""
        self.bases = tuple(bases)
        self.by_key = lru_cache(ASKED_AGAIN)(self._by_key)

    def _by_key(self, key: str) -> tuple[tuple[Place, int], ...]:
        """Return places with exactly this folded name and which of their names it is; each place once, its best name."""
        if len(self.bases) == 1:
            return tuple((read_place(row), row[_N]) for row in self.bases[0].execute(_BY_KEY, (key,)))
        found: dict[str, tuple[Place, int]] = {}
        for place, preference in self._united(_BY_KEY, key):
            known = found.get(place.id)
            # Beside an article-less reading from one file, another may hold the very name.
            found[place.id] = (place, preference if known is None else min(known[1], preference))
        return tuple(found.values())

    def by_skeleton(self, bones: str, countries: Sequence[str] = ()) -> list[tuple[Place, str]]:
        """Return the places of a skeleton, in some countries if given, each with the folded name that has it; one row a name."""
        query = _BY_SKELETON + (_IN_COUNTRY.format(",".join("?" * len(countries))) if countries else "")
        if len(self.bases) == 1:
            return [(read_place(row), row[_N]) for row in self.bases[0].execute(query, (bones, *countries))]
        return list(dict.fromkeys(self._united(query, bones, *countries)))

    def names_of_skeleton(self, bones: str) -> dict[str, list[tuple[int, int]]]:
        """Return the folded names of a skeleton in all countries, each with (number of the file, row) of its places."""
        found: dict[str, list[tuple[int, int]]] = {}
        for i, base in enumerate(self.bases):
            for row, key in base.execute(_KEYS, (bones,)):
                found.setdefault(key, []).append((i, row))
        return found

    def by_row(self, file: int, row: int) -> Place:
        """Return the place of a row of a file, as the last file that has it says."""
        return self._standing(file, self.bases[file].execute(_BY_ROW, (row,)).fetchone())

    def by_id(self, id: str) -> Place | None:
        """Return the entry that stands for an id, or ``None``."""
        for base in reversed(self.bases):
            row = base.execute(_BY_ID, (id,)).fetchone()
            if row:
                return read_place(row)
        return None

    def names_near(self, key: str) -> list[str]:
        """Return the folded names that share a half with a misspelt one, sorted, without repeats."""
        numbers = halves_near(key)
        query = _HALVES.format(",".join("?" * len(numbers)))
        rows = [row[0] for base in self.bases for row in base.execute(query, numbers)]
        return sorted({name for keys in rows for name in keys.split(SEPARATOR)})

    def largest_town(self, admin1: str) -> Place | None:
        """Return the populated place of a first-order division with the most inhabitants, or ``None``."""
        country = admin1.split("-")[0]
        rows = [base.execute(_LARGEST, (country, admin1)).fetchone() for base in self.bases]
        ids = [row[1] for row in rows if row]
        towns = [town for id in dict.fromkeys(ids) if (town := self.by_id(id)) is not None]
        return min(towns, key=lambda town: (-(town.population or 0), str(town.id)), default=None)

    def shape_of(self, id: str) -> "BaseGeometry | None":
        """Return the outline that the last file with one has for an id, lon/lat, or ``None``."""
        from shapely import from_wkb

        for base in reversed(self.bases):
            row = base.execute(_SHAPE, (id,)).fetchone()
            if row:
                shape: BaseGeometry = from_wkb(row[0])
                return shape
        return None

    def countries_of(self, continent: str) -> tuple[str, ...]:
        """Return the codes of a continent's countries, sorted."""
        query = "SELECT country FROM continents WHERE continent = ? ORDER BY country"
        return tuple(row[0] for row in self.bases[0].execute(query, (continent,)))

    def some_keys(self, random: Random, n: int) -> list[str]:
        """Draw ``n`` folded own names of places of the base file."""
        base = self.bases[0]
        total = base.execute("SELECT max(rowid) FROM places").fetchone()[0]
        rows = [random.randrange(1, total + 1) for _ in range(n)]
        return [
            fold_name(base.execute("SELECT name FROM places WHERE rowid = ?", (row,)).fetchone()[0]) for row in rows
        ]

    def some_towns(self, random: Random, n: int) -> list[Place]:
        """Draw ``n`` populated places of the base file, perhaps some twice."""
        query = "SELECT min(rowid), max(rowid) FROM places WHERE kind = 'populated_place'"
        first, last = self.bases[0].execute(query).fetchone()
        found: list[Place] = []
        while len(found) < n:
            row = self.bases[0].execute(_BY_ROW, (random.randint(first, last),)).fetchone()
            if row is not None and row[3] == "populated_place":
                found.append(read_place(row))
        return found

    def towns_within(
        self, least_population: int, bounds: tuple[float, float, float, float]
    ) -> tuple[tuple[float, float], ...]:
        """Return (lon, lat) of the towns in a box of (west, east, south, north) degrees, sorted."""
        found: dict[str, tuple[float, float]] = {}
        for base in self.bases:
            found |= {row[2]: (row[0], row[1]) for row in base.execute(_TOWNS, (least_population, *bounds))}
        return tuple(sorted(found.values()))

    def large_towns(self, bounds: tuple[float, float, float, float], n: int) -> list[Place]:
        """Return the ``n`` populated places of most inhabitants in a box of (west, east, south, north) degrees, largest first."""
        found = {
            row[1]: self._standing(i, row)
            for i, base in enumerate(self.bases)
            for row in base.execute(_LARGE, (*bounds, n))
        }
        peopled = [town for town in found.values() if town.population]
        return sorted(peopled, key=lambda town: (-(town.population or 0), town.id))[:n]

    def _united(self, query: str, *values: str) -> Iterator[tuple[Place, Any]]:
        """Yield rows of all files, each place as the last file that has it says."""
        for i, base in enumerate(self.bases):
            for row in base.execute(query, values):
                yield self._standing(i, row), row[_N]

    def _standing(self, file: int, row: Sequence[Any]) -> Place:
        """Return the place of a row of a file, as the last file that has it says."""
        later = self.bases[file + 1 :]
        return (OpenFiles(later).by_id(row[1]) if later else None) or read_place(row)


def read_place(row: Sequence[Any]) -> Place:
    """Make a place of a row of ``places``: row number, id, name, kind, country, admin1, lon, lat, population, P-code, source."""
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


def open_file(path: Path, advice: str) -> sqlite3.Connection:
    """
    Open one file of the gazetteer for reading.

    Parameters
    ----------
    path
        The file.
    advice
        What to do if it cannot be used, for the message.

    Returns
    -------
    base
        Read-only and mapped; not to be used across a fork.

    Raises
    ------
    BackendError
        If the file is missing, damaged, or of another version of the schema.
    """
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        base.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        base.execute(f"PRAGMA cache_size = -{CACHED_KIB}")
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            for probe in _PROBES:
                base.execute(probe).fetchone()
    except sqlite3.DatabaseError as error:
        raise BackendError(f"gazetteer {path} cannot be read ({error}); {advice}") from error
    if version != SCHEMA_VERSION:
        base.close()
        raise BackendError(f"gazetteer {path} has version {version}, this code needs {SCHEMA_VERSION}; {advice}")
    return base
