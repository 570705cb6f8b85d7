"""
The gazetteer's file: what a place on its way in looks like, the tables, and how they are written.

The base file (``tools/build_gazetteer.py``) and every edition (``editions.py``) are files of this one schema; the reader is
``locate/gazetteer.py``. The same entries in the same order give the same bytes.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from wayout.locate.looking_up.kind_words import without_plain_word
from wayout.locate.looking_up.misspelling import SEPARATOR, halves
from wayout.locate.looking_up.spelling import skeleton, without_articles
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SCHEMA_VERSION = 4
"""Version of the file's tables and of the meaning of their columns; raised with every change of either."""
SCHEMA = """
CREATE TABLE places (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  admin1 TEXT, lon REAL NOT NULL, lat REAL NOT NULL, population INTEGER, pcode TEXT, source TEXT);
CREATE TABLE names (key TEXT, preference INTEGER, place INTEGER, PRIMARY KEY (key, preference, place)) WITHOUT ROWID;
CREATE TABLE skeletons (skeleton TEXT, place INTEGER, key TEXT, PRIMARY KEY (skeleton, place, key)) WITHOUT ROWID;
CREATE TABLE halves (half INTEGER PRIMARY KEY, keys TEXT NOT NULL);
CREATE TABLE continents (continent TEXT, country TEXT, PRIMARY KEY (continent, country)) WITHOUT ROWID;
CREATE TABLE shapes (place INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
"""
"""``halves`` holds the names of each half of a name (``misspelling.py``); ``shapes`` holds polygons (WKB, lon/lat) that no layer of ours has; ``source`` names where a place is from, ``NULL`` if unsaid."""
CAPITAL, OWN_NAME, ALIAS, STRIPPED, NO_ARTICLE, NO_VILLAGE = 0, 1, 2, 3, 4, 5
"""
Preference of a spelling: a capital's name, a place's own name, another recorded name, one with the kind word left out; and any of
them without its Arabic article or without the word "village", which the writer adds: those are looked up, but are no names that a
text is searched for ("Salt Lake City" is not called "Salt Lake").
"""
MIN_SKELETON = 2
"""A skeleton of one sound finds half the world."""
DEGREE_DIGITS = 5
"""Digits kept of a degree: about a metre."""


@dataclass(slots=True)
class Entry:
    """
    A place on its way into the file: ``lon``/``lat`` in degrees, names folded, each with its preference (smaller is better).

    ``id`` is ``source:key`` and the same in every file that knows the place ("geonames:170063"): the reader joins by it.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lon: float
    lat: float
    population: int | None = None
    names: dict[str, int] = field(default_factory=dict)
    pcode: str | None = None
    source: str | None = None
    shape: "BaseGeometry | None" = None

    def call(self, names: Iterable[str], preference: int) -> None:
        """Add spellings; the best preference of a key stays, a name without a letter or digit is passed over."""
        for name in names:
            key = fold_name(name)
            if key:
                self.names[key] = min(preference, self.names.get(key, preference))


def write(path: Path, entries: Sequence[Entry], *, continents: Iterable[tuple[str, str]] = ()) -> int:
    """
    Write all tables into a new file.

    Parameters
    ----------
    path
        Must not exist; the caller renames it when it is whole.
    entries
        Places, in the order that their row numbers follow.
    continents
        (continent code, country code) pairs.

    Returns
    -------
    n_names
        Number of (name, place) pairs.
    """
    from shapely import to_wkb

    names = sorted((key, pref, i) for i, entry in enumerate(entries, 1) for key, pref in _with_bare(entry))
    skeletons = sorted(
        {
            (bones, i, key)
            for key, preference, i in names
            if preference != NO_ARTICLE and (bones := skeleton(key)) and bones != key and len(bones) >= MIN_SKELETON
        }
    )
    shapes = [(i, to_wkb(e.shape, byte_order=1)) for i, e in enumerate(entries, 1) if e.shape is not None]
    base = sqlite3.connect(path)
    try:
        base.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        base.executemany(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?)", (_row(i, e) for i, e in enumerate(entries, 1))
        )
        base.executemany("INSERT INTO names VALUES (?,?,?)", names)
        base.executemany("INSERT INTO skeletons VALUES (?,?,?)", skeletons)
        base.executemany(
            "INSERT INTO halves VALUES (?,?)", _halves({key for key, pref, _ in names if pref != NO_ARTICLE})
        )
        base.executemany("INSERT INTO continents VALUES (?,?)", sorted(continents))
        base.executemany("INSERT INTO shapes VALUES (?,?)", shapes)
        base.execute("CREATE INDEX places_by_country ON places (country)")
        base.execute("CREATE INDEX places_by_id ON places (id)")
        base.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        base.commit()
    finally:
        base.close()
    return len(names)


def _with_bare(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the names of an entry with their preference, and without "village" or an article where that is not a name already."""
    names = dict(entry.names)
    if entry.kind == "populated_place":
        for key in entry.names:
            names.setdefault(without_plain_word(key), NO_VILLAGE)
    if entry.country in _article_countries() and entry.kind != "country":
        for key in tuple(names):
            names.setdefault(without_articles(key), NO_ARTICLE)
    yield from names.items()


@cache
def _article_countries() -> frozenset[str]:
    return frozenset(read_vocab("spelling.yaml")["article_countries"])


def _halves(keys: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield each half with the names that have it, by number."""
    found = sorted((half, key) for key in keys for half in halves(key))
    for half, pairs in groupby(found, key=itemgetter(0)):
        yield half, SEPARATOR.join(key for _, key in pairs)


def _row(number: int, entry: Entry) -> tuple[object, ...]:
    """Return an entry as a row of ``places``."""
    lon, lat = round(entry.lon, DEGREE_DIGITS), round(entry.lat, DEGREE_DIGITS)
    head = (number, entry.id, entry.name, entry.kind, entry.country, entry.admin1, lon, lat)
    return (*head, entry.population, entry.pcode, entry.source)
