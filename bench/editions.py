"""
Measure what an edition gives: place strings of events, with and without a user's own list beside the base.

The lists are those at hand: IOM's displacement tracking for Iraq (needs pyarrow, which is not in our environment; without it that part is
skipped), and the places of a flight model for Syria. Neither is shipped. A country's dump of GeoNames cannot be had here.
"""

import csv
import gzip
import importlib.util
import io
import math
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import md5
from pathlib import Path
from typing import Any, NamedTuple

from bench.distance import km_between
from bench.score import CorpusMissingError, Score

IRAQ_COLUMNS = {"name": "Location Name", "lat": "Latitude", "lon": "Longitude", "also": ("Arabic Name",)}
SYRIA_COLUMNS = {"name": "#name", "lat": "lat", "lon": "lon"}
POINTS = ("populated_place", "installation")
ALIKE = 75.0
"""rapidfuzz ratio from which a name of the list is counted as the string's, if it also lies within 5 km."""
Points = Mapping[str, list[tuple[float, float]]]


class Listed(NamedTuple):
    """A list for one country: its CSV, its columns, what it is."""

    country: str
    iso2: str
    content: bytes
    columns: Mapping[str, Any]
    what: str


def measure(corpora: Path) -> list[Score]:
    """Measure every list that is at hand."""
    path = corpora / "text" / "ucdp_places_dev" / "places.csv.gz"
    if not path.exists():
        raise CorpusMissingError(f"no place strings at {path}")
    return [score for listed in lists(corpora / "geo") for score in with_and_without(path, listed)]


def lists(folder: Path) -> Iterator[Listed]:
    """Give the lists that are there and can be read."""
    flight = folder / "fabflee" / "syria2017_adm2" / "input_csv" / "locations.csv"
    if flight.exists():
        yield Listed("Syria", "SY", flight.read_bytes(), SYRIA_COLUMNS, "flight model's places")
    tracking = folder / "iom_dtm_iraq" / "idp_stock.parquet"
    if not tracking.exists():
        print(f"  no list at {tracking}: Iraq is skipped")
    elif importlib.util.find_spec("pyarrow") is None:
        print("  no pyarrow in this environment: the list of Iraq cannot be read and is skipped")
    else:
        yield Listed("Iraq", "IQ", tracking_csv(tracking), IRAQ_COLUMNS, "IOM DTM")


def tracking_csv(path: Path) -> bytes:
    """Read the distinct sites of all rounds as CSV."""
    parquet = importlib.import_module("pyarrow.parquet")
    columns = ["Location Name", "Arabic Name", "Latitude", "Longitude"]
    rows = {tuple(row[c] for c in columns) for row in parquet.read_table(path, columns=columns).to_pylist()}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([columns, *sorted(rows, key=str)])
    return out.getvalue().encode()


def with_and_without(path: Path, listed: Listed) -> Iterator[Score]:
    """Ask for each string with the base alone, then with the list as an edition, made as `wayout data add` makes it."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.looking_up.editions import EditionSource, write_edition
    from wayout.locate.looking_up.place_list import ListColumns, read_place_list

    base = open_gazetteer()
    found = read_place_list(
        listed.content,
        ListColumns(**listed.columns),
        listed.iso2,
        known=lambda key: (place for place, _ in base.exact(key)),
    )
    source = EditionSource(
        title=listed.what, address="", sha256="", retrieved="", licence="not verified: local scoring only"
    )
    truth = read_truth(path, listed.country)
    with tempfile.TemporaryDirectory() as folder:
        edition = write_edition(Path(folder), listed.iso2, found.entries, sources=[source], left_out=found.left_out)
        both = open_gazetteer((edition.path,))
        near = {what: nearest_km(gazetteer, truth, listed.iso2) for what, gazetteer in (("base", base), ("list", both))}
    sites = [(e.lon, e.lat, tuple(e.names)) for e in found.entries]
    share, spelt = in_list(truth, sites)
    _, spelt_in_both = in_list(truth, [*sites, *base_sites(listed.iso2)])
    halves = {
        even: [n for n in truth if (int(md5(n.encode()).hexdigest(), 16) % 2 == 0) is even] for even in (True, False)
    }
    parts = ", ".join(f"{within(near['base'], n, 5):.3f} -> {within(near['list'], n, 5):.3f}" for n in halves.values())
    name = f"locate UCDP names {listed.country} Acc@"
    yield Score(
        name=f"{name}5 by name, with a user's list",
        value=within(near["list"], truth, 5),
        beside=f"base alone {within(near['base'], truth, 5):.3f}",
        note=f"{listed.what}, {len(found.entries):,} places; halves by md5: {parts}",
    )
    yield Score(
        name=f"{name}25 by name, with a user's list",
        value=within(near["list"], truth, 25),
        beside=f"base alone {within(near['base'], truth, 25):.3f}",
    )
    yield Score(
        name=f"locate UCDP names {listed.country} that the list has at all",
        value=spelt,
        note=f"a site within 5 km whose name is alike; any site within 5 km: {share:.3f}",
    )
    yield Score(
        name=f"locate UCDP names {listed.country} that list or base have at all",
        value=spelt_in_both,
        note="about what looking up could reach",
    )


def base_sites(iso2: str) -> list[tuple[float, float, tuple[str, ...]]]:
    """Read the places of a country in the base with their names."""
    from wayout.vocab import vocab_path

    query = "SELECT p.rowid, p.lon, p.lat, n.key FROM places p JOIN names n ON n.place = p.rowid WHERE p.country = ?"
    found: dict[int, tuple[float, float, list[str]]] = {}
    with closing(sqlite3.connect(f"{vocab_path('built/gazetteer.sqlite').as_uri()}?mode=ro", uri=True)) as base:
        for row, lon, lat, key in base.execute(query, (iso2,)):
            found.setdefault(row, (lon, lat, []))[2].append(key)
    return [(lon, lat, tuple(keys)) for lon, lat, keys in found.values()]


def read_truth(path: Path, country: str) -> Points:
    """Map each distinct string (where_prec 1-2, no relative phrase) to its points (lon, lat)."""
    truth: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with gzip.open(path, "rb") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")):
            if row["country"] == country and int(row["where_prec"]) <= 2 and row["relative"] == "0":
                truth[row["place"]].append((float(row["lon"]), float(row["lat"])))
    return dict(sorted(truth.items()))


def nearest_km(gazetteer: Any, truth: Points, iso2: str) -> dict[str, float]:
    """Return how far each string's answer is from its nearest point, infinite without an answer."""
    found = {}
    for name, points in truth.items():
        answer = gazetteer.answer(name, countries=(iso2,), kinds=POINTS)
        kms = [] if answer is None else [km_between(answer[0].lon, answer[0].lat, *at) for at in points]
        found[name] = min(kms, default=math.inf)
    return found


def within(kms: Mapping[str, float], names: Any, limit: float) -> float:
    """Return the share of names within a limit."""
    chosen = [kms[name] <= limit for name in names]
    return sum(chosen) / len(chosen)


def in_list(truth: Points, sites: list[tuple[float, float, tuple[str, ...]]]) -> tuple[float, float]:
    """Return the share of strings with any site within 5 km, and with one whose name is alike."""
    from rapidfuzz import fuzz

    from wayout.locate.looking_up.kind_words import split_kind_word
    from wayout.locate.looking_up.spelling import skeleton, without_articles
    from wayout.text.names import fold_name

    any_site = alike = 0
    for name, points in truth.items():
        bare = split_kind_word(fold_name(name))[0]
        near = [
            names
            for lon, lat, names in sites
            if any(abs(lat - y) < 0.05 and km_between(lon, lat, x, y) <= 5 for x, y in points)
        ]
        any_site += bool(near)
        alike += any(
            skeleton(key) == skeleton(bare) or fuzz.ratio(without_articles(key), without_articles(bare)) >= ALIKE
            for names in near
            for key in names
        )
    return any_site / len(truth), alike / len(truth)
