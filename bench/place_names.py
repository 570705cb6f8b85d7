"""Measure LOCATE on names: place strings of events, and look-ups a second."""

import csv
import gzip
import io
import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench.distance import km_between
from bench.score import CorpusMissingError, Score

UCDP_FLOORS = {"Syria": (0.129, 0.480, 0.105), "Iraq": (0.330, 0.849, 0.270)}
ISO2 = {"Syria": "SY", "Iraq": "IQ"}
N_LOOKUPS = 20_000


def measure(corpora: Path) -> list[Score]:
    """Measure place strings and look-ups."""
    path = corpora / "text" / "ucdp_places_dev" / "places.csv.gz"
    if not path.exists():
        raise CorpusMissingError(f"no place strings at {path}")
    return [*ucdp_names(path), lookups()]


def ucdp_names(path: Path) -> Iterable[Score]:
    """Accuracy on place strings of events, given the country; main figures are where_prec 1-2 and no relative phrases."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()

    def place(string: str, country: str) -> tuple[float, float] | None:
        found = gazetteer.find(string, countries=(ISO2[country],), fuzzy=True)
        town = next((p for p in found if p.kind == "populated_place" and p.country == ISO2[country]), None)
        best = town or (found[0] if found else None)
        return (best.lon, best.lat) if best else None

    yield from _ucdp(path, place, "names")


def _ucdp(path: Path, place: Callable[[str, str], tuple[float, float] | None], what: str) -> Iterator[Score]:
    with gzip.open(path, "rb") as raw:
        table = list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")))
    for country, floor in UCDP_FLOORS.items():
        lines = [r for r in table if r["country"] == country and int(r["where_prec"]) <= 2 and r["relative"] == "0"]
        near: dict[int, list[float]] = {5: [0, 0, 0], 25: [0, 0, 0]}
        by_name: dict[str, list[float]] = defaultdict(list)
        n_events = 0
        for r in lines:
            point = place(r["place"], country)
            km = math.inf if point is None else km_between(*point, float(r["lon"]), float(r["lat"]))
            by_name[r["place"]].append(km)
            n_events += int(r["n_events"])
            for limit, sums in near.items():
                sums[0] += km <= limit
                sums[1] += (km <= limit) * int(r["n_events"])
        for limit, sums in near.items():
            names = sum(min(kms) <= limit for kms in by_name.values()) / len(by_name)
            figures = (sums[0] / len(lines), sums[1] / n_events, names)
            for by, value, base in zip(("line", "event", "name"), figures, floor, strict=True):
                beside = f"exact most populous {base}" if limit == 5 else ""
                yield Score(name=f"locate UCDP {what} {country} Acc@{limit} by {by}", value=value, beside=beside)


def lookups() -> Score:
    """Exact look-ups a second, names drawn with a fixed seed, none asked twice."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    keys = gazetteer.some_keys(random.Random(1), N_LOOKUPS)
    start = time.perf_counter()
    for key in keys:
        gazetteer.exact(key)
    rate = len(keys) / (time.perf_counter() - start)
    return Score(name="speed locate exact look-ups a second", value=rate, note=f"{1e6 / rate:.0f} microseconds each")
