"""
GeoNames' dump of one country (``XX.txt``, with ``alternateNamesV2`` beside it) as gazetteer entries.

Nineteen columns a row, tab-separated, UTF-8, no header (geonames.org/export/dump/readme.txt).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from wayout.errors import SourceError
from wayout.locate.looking_up.first_order import FirstOrder
from wayout.locate.looking_up.gazetteer_file import ALIAS, CAPITAL, OWN_NAME, STRIPPED, Entry
from wayout.locate.looking_up.kind_affixes import without_kind_word
from wayout.vocab import read_vocab

N_COLUMNS = 19
MAX_ROWS = 3_000_000
"""The largest country has 2.3 million rows."""
MAX_NAME = 200
"""Characters of a name, as in GeoNames' own table."""
N_JUDGED = 200
"""Rows looked at before the rest is read: most of them must look like a dump's."""
NO_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny"})
"""Columns "isolanguage" of alternateNamesV2 that hold codes, addresses and sounds, not names."""
SOURCE = "GeoNames"
CODE = re.compile(r"[A-Z]{2,4}|\d+")
LOWER_LATIN = re.compile(r"[a-z][^A-Z]*")
"""Lower-case Latin names are machine readings of other scripts."""


@dataclass(slots=True)
class Dump:
    """What a dump gave: entries in the order of their numbers, and how many rows were left out, by reason."""

    entries: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Row:
    """The columns of a dump's row that are used."""

    geonameid: int
    names: tuple[str, ...]
    code: str
    kind: str
    admin1: str
    lon: float
    lat: float
    population: int | None


def read_dump(lines: Iterable[str], country: str, alternates: Iterable[str] = ()) -> Dump:
    """
    Read a country's dump.

    Parameters
    ----------
    lines
        Rows of ``XX.txt``.
    country
        ISO 3166-1 code; rows of other countries are left out.
    alternates
        Rows of ``alternateNamesV2`` of that country: further names; may be empty.

    Returns
    -------
    dump
        Entries with the ids that the base has for the same places.

    Raises
    ------
    SourceError
        If it does not look like a dump of that country.
    NotFoundError
        If the country is not known.
    """
    divisions = FirstOrder(country)
    dump = Dump()
    rows = list(_rows(_judged(lines, country), country, dump.left_out))
    rows.sort(key=lambda row: row.geonameid)
    owners = _first_order_codes(rows, divisions)
    loose = [i for i, row in enumerate(rows) if row.admin1 not in owners]
    placed = dict(zip(loose, divisions.at([(rows[i].lon, rows[i].lat) for i in loose]), strict=True))
    extra = _alternates(alternates, {row.geonameid for row in rows})
    seen: set[str] = set()
    for i, row in enumerate(rows):
        # A division newer than our layer has a code of our making; its places keep the layer's, as the base gives them.
        own = owners.get(row.admin1)
        admin1 = f"{country}-gn{row.geonameid}" if row.code == "A.ADM1" and own is None else own or placed.get(i)
        entry = _entry(row, country, admin1, extra.get(row.geonameid, []))
        if row.code == "A.ADM1" and own is not None:
            entry.name, (entry.lon, entry.lat) = divisions.label(own)
            entry.call([entry.name], OWN_NAME)
        if entry.id in seen:
            dump.left_out["doubled"] += 1
        elif not entry.names:
            dump.left_out["without a name"] += 1
        else:
            seen.add(entry.id)
            dump.entries.append(entry)
    return dump


def _first_order_codes(rows: Sequence[_Row], divisions: FirstOrder) -> dict[str, str]:
    """Map the dump's codes of first-order divisions to the layer's ids: by number, then by a name that is still free."""
    first = [row for row in rows if row.code == "A.ADM1"]
    owners = {row.admin1: own for row in first if (own := divisions.of_geoname(row.geonameid, ())) is not None}
    for row in first:
        own = divisions.of_geoname(row.geonameid, row.names)
        if own is not None and row.admin1 not in owners and own not in owners.values():
            owners[row.admin1] = own
    return owners


def _judged(lines: Iterable[str], country: str) -> Iterator[str]:
    """Pass rows on when most of the first look right."""
    rest = iter(lines)
    first = list(islice(rest, N_JUDGED))
    fitting = sum(len(c := line.split("\t")) == N_COLUMNS and c[8] == country and c[0].isdigit() for line in first)
    if fitting <= len(first) / 2:
        raise SourceError(
            f"this is no GeoNames dump of {country} ({fitting} of the first {len(first)} rows fit); "
            f"give {country}.zip as geonames.org serves it"
        )
    yield from first
    yield from rest


def _rows(lines: Iterable[str], country: str, left_out: Counter[str]) -> Iterator[_Row]:
    kinds = kind_of_code()
    for n, line in enumerate(lines, 1):
        if n > MAX_ROWS:
            raise SourceError(f"the dump of {country} has over {MAX_ROWS:,} rows; no country has so many")
        columns = line.split("\t")
        if len(columns) != N_COLUMNS or not columns[0].isdigit():
            left_out["not 19 columns"] += bool(line)
            continue
        code = f"{columns[6]}.{columns[7]}"
        if columns[8] != country:
            left_out["of another country"] += 1
        elif code not in kinds:
            left_out["of a kind we do not use"] += 1
        elif (point := as_point(columns[5], columns[4])) is None:
            left_out["without a usable coordinate"] += 1
        else:
            people = int(columns[14]) if columns[14].isdigit() else 0
            names = tuple(n for n in (columns[1], columns[2], *columns[3].split(",")) if 0 < len(n) <= MAX_NAME)
            yield _Row(int(columns[0]), names, code, kinds[code], columns[10], *point, people or None)


def as_point(lon: str, lat: str) -> tuple[float, float] | None:
    """Read a coordinate in degrees; ``None`` if it is none, out of range, or the point 0,0, which means "unknown"."""
    try:
        x, y = float(lon.strip()), float(lat.strip())
    except ValueError:
        return None
    fine = math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90
    return (x, y) if fine and (x, y) != (0.0, 0.0) else None


def _alternates(lines: Iterable[str], wanted: set[int]) -> dict[int, list[str]]:
    """Collect further names by GeoNames number."""
    found: dict[int, list[str]] = {}
    for line in islice(lines, 4 * MAX_ROWS):
        columns = line.split("\t")
        if len(columns) < 4 or not columns[1].isdigit() or columns[2] in NO_NAMES:
            continue
        number = int(columns[1])
        if number in wanted and 0 < len(columns[3]) <= MAX_NAME:
            found.setdefault(number, []).append(columns[3])
    return found


def _entry(row: _Row, country: str, admin1: str | None, extra: list[str]) -> Entry:
    """Make the entry of a row, under the id that the base gives the same place."""
    if row.code == "A.ADM1":
        own_id = f"admin1:{admin1}"
    elif row.kind in ("admin2", "admin3"):
        own_id = f"{row.kind}:{row.geonameid}"
    else:
        own_id = f"geonames:{row.geonameid}"
    name = row.names[0] if row.names else ""
    entry = Entry(own_id, name, row.kind, country, admin1, row.lon, row.lat, row.population, source=SOURCE)
    others = [n for n in (*row.names[1:], *extra) if not CODE.fullmatch(n) and not LOWER_LATIN.fullmatch(n)]
    entry.call([name], CAPITAL if row.code == "P.PPLC" else OWN_NAME)
    entry.call(others, ALIAS)
    if row.kind.startswith("admin"):
        entry.call((without_kind_word(n) for n in (name, *others)), STRIPPED)
    return entry


@cache
def kind_of_code() -> dict[str, str]:
    """Map GeoNames feature codes ("S.AIRB") to our kinds (``vocab/feature_codes.yaml``)."""
    return {code: kind for kind, codes in read_vocab("feature_codes.yaml")["kinds"].items() for code in codes}
