"""Measure LOCATE: names in text, names to points, relative phrases, look-ups a second."""

import csv
import gzip
import io
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import phrases
from bench.score import CorpusMissingError, Score

EARTH_KM = 6371.0
FARTHEST_KM = 20039.0
"""Half the circumference, the constant of the AUC of Jurgens et al. 2015."""
GEOPARSING = ("geovirus", "lgl", "tr_news", "geowebnews")
FLOORS = {
    "geovirus": "spaCy + most populous: F1 .860, Acc@161 .331 of placed, .168 of all",
    "lgl": "spaCy + most populous: F1 .625, Acc@161 .406, .155; Mordecai3 Acc@161 .827",
    "tr_news": "spaCy + most populous: F1 .728, Acc@161 .396, .188; Mordecai3 .873",
    "geowebnews": "spaCy + most populous: F1 .661, Acc@161 .440, .151; Mordecai3 .941",
}
UCDP_FLOORS = {"Syria": (0.129, 0.480, 0.105), "Iraq": (0.330, 0.849, 0.270)}
ISO2 = {"Syria": "SY", "Iraq": "IQ"}
MAX_TEXTS = 80
"""Texts a corpus, every n-th in file order, so that the whole bench stays under a minute."""
N_LOOKUPS = 20_000


def measure(corpora: Path) -> list[Score]:
    """Measure everything the corpora at hand allow."""
    folder = corpora / "text" / "geoparsing"
    if not folder.exists():
        raise CorpusMissingError(f"no geoparsing corpora at {folder}")
    scores = [s for name in GEOPARSING for s in geoparsing(folder / f"{name}.jsonl.gz", name)]
    scores += ucdp_names(corpora / "text" / "ucdp_places_dev" / "places.csv.gz")
    scores += phrases.measure(corpora)
    scores.append(lookups())
    return scores


def km_between(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance, km."""
    a, b = math.radians(lat), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def sample(path: Path) -> list[dict[str, Any]]:
    texts = list(rows(path))
    step = max(1, math.ceil(len(texts) / MAX_TEXTS))
    return texts[::step]


def geoparsing(path: Path, corpus: str) -> Iterable[Score]:
    """Exact-span F1 of names, and how near the chosen places are."""
    from wayout.locate.finding.name_matches import match_names
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.resolving.discussed import choose_places
    from wayout.text.english import parse_text

    gazetteer = open_gazetteer()
    tp = fp = fn = n_gold = 0
    errors: list[float] = []
    for row in sample(path):
        gold = {(t["start"], t["end"]): t for t in row["toponyms"] if not t["optional"]}
        ignored = [(t["start"], t["end"]) for t in row["toponyms"] if t["optional"]]
        names = [(n.start, n.end) for n in match_names(row["text"], parse_text(row["text"]), gazetteer, ())]
        kept = [s for s in names if s in gold or not any(a < s[1] and s[0] < b for a, b in ignored)]
        chosen = choose_places([row["text"][a:b] for a, b in names], gazetteer)
        tp += sum(s in gold for s in kept)
        fp += sum(s not in gold for s in kept)
        fn += sum(s not in set(kept) for s in gold)
        placed = [t for t in gold.values() if t["lat"] is not None]
        n_gold += len(placed)
        for t in placed:
            place = chosen.get(row["text"][t["start"] : t["end"]])
            if (t["start"], t["end"]) in set(kept) and place is not None:
                errors.append(km_between(place.lon, place.lat, t["lon"], t["lat"]))
    near = sum(e <= 161 for e in errors)
    note = f"{n_gold} toponyms, {len(errors)} placed"
    yield Score(
        name=f"locate {corpus} span F1", value=2 * tp / max(1, 2 * tp + fp + fn), beside=FLOORS[corpus], note=note
    )
    yield Score(name=f"locate {corpus} Acc@161 of placed", value=near / max(1, len(errors)))
    yield Score(name=f"locate {corpus} Acc@161 of all", value=near / max(1, n_gold))
    yield Score(name=f"locate {corpus} Acc@25 of all", value=sum(e <= 25 for e in errors) / max(1, n_gold))
    auc = sum(math.log1p(e) / math.log1p(FARTHEST_KM) for e in errors) / max(1, len(errors))
    yield Score(name=f"locate {corpus} AUC of placed", value=auc, higher_is_better=False)


def ucdp_names(path: Path) -> Iterable[Score]:
    """Accuracy on place strings of events, given the country; main figures are where_prec 1-2 and no relative phrases."""
    from wayout.locate.gazetteer import open_gazetteer

    if not path.exists():
        return
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
