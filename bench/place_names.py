"""Measure LOCATE on names: place strings of events, and how fast and how light look-ups are."""

import csv
import gzip
import hashlib
import io
import math
import multiprocessing
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.distance import km_between
from bench.fresh_process import run_fresh
from bench.score import CorpusMissingError, Score
from wayout.model import PlaceKind

UCDP_FLOORS = {"Syria": (0.129, 0.480, 0.105), "Iraq": (0.330, 0.849, 0.270)}
ISO2 = {"Syria": "SY", "Iraq": "IQ"}
POINTS: tuple[PlaceKind, ...] = ("populated_place", "installation")
N_LOOKUPS = 20_000
N_STRINGS, N_MISSPELT, N_PROCESSES = 20_000, 600, 2
N_LOADS = 3
WORDS = ("{}", "{}", "{} town", "{} village", "village of {}", "{} district", "{} (town)")
"""How reports write a name: bare, or with a kind word on either side."""
_LOAD = """
import time; start, busy = time.perf_counter(), time.process_time()
from wayout.locate.gazetteer import open_gazetteer
open_gazetteer().find("Bakhmut", countries=("UA",)); print(time.perf_counter() - start, time.process_time() - busy)
"""
_MEMORY = """
import random, sys
from bench.place_names import drawn_strings, resident_mb
from wayout.locate.gazetteer import open_gazetteer
gazetteer = open_gazetteer()
for name, country in drawn_strings(random.Random(3), 100_000):
    gazetteer.find(name, countries=(country,))
print(*resident_mb())
"""


def measure(corpora: Path) -> list[Score]:
    """Measure place strings and look-ups."""
    path = corpora / "text" / "ucdp_places_dev" / "places.csv.gz"
    if not path.exists():
        raise CorpusMissingError(f"no place strings at {path}")
    return [*ucdp_names(path), lookups(), throughput(), *misspellings(), load(), memory()]


def ucdp_names(path: Path) -> Iterable[Score]:
    """Accuracy on place strings of events, given the country; main figures are where_prec 1-2 and no relative phrases."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    with gzip.open(path, "rb") as raw:
        table = list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")))
    for country, floor in UCDP_FLOORS.items():
        rows = [r for r in table if r["country"] == country and int(r["where_prec"]) <= 2 and r["relative"] == "0"]
        answers = {
            name: gazetteer.answer(name, countries=(ISO2[country],), kinds=POINTS)
            for name in sorted({r["place"] for r in rows})
        }
        km_of: list[float] = []
        by_name: dict[str, list[float]] = defaultdict(list)
        for r in rows:
            answer = answers[r["place"]]
            at = (float(r["lon"]), float(r["lat"]))
            km_of.append(math.inf if answer is None else km_between(answer[0].lon, answer[0].lat, *at))
            by_name[r["place"]].append(km_of[-1])
        nearest = {name: min(kms) for name, kms in by_name.items()}
        yield from _accuracy(country, rows, km_of, nearest, floor)
        yield from _answers(country, {name: (nearest[name], answers[name] is not None) for name in nearest})


def _accuracy(
    country: str,
    rows: Sequence[Mapping[str, str]],
    km_of: Sequence[float],
    nearest: Mapping[str, float],
    floor: tuple[float, float, float],
) -> Iterator[Score]:
    """Yield Acc@5 and Acc@25 by line, by event and by name."""
    n_events = [int(r["n_events"]) for r in rows]
    for limit in (5, 25):
        right = [km <= limit for km in km_of]
        figures = (
            sum(right) / len(rows),
            sum(n for n, good in zip(n_events, right, strict=True) if good) / sum(n_events),
            sum(km <= limit for km in nearest.values()) / len(nearest),
        )
        for by, value, base in zip(("line", "event", "name"), figures, floor, strict=True):
            beside = f"exact most populous {base}" if limit == 5 else ""
            yield Score(name=f"locate UCDP names {country} Acc@{limit} by {by}", value=value, beside=beside)


def _answers(country: str, found: Mapping[str, tuple[float, bool]]) -> Iterator[Score]:
    """Yield, for the half of the names looked at and the other, how many are answered, and how many of those right."""
    for half, even in (("half looked at", True), ("half not looked at", False)):
        own = [value for name, value in found.items() if is_looked_at(name) == even]
        n_answered = sum(answered for _, answered in own)
        n_wrong = sum(answered and km > 25 for km, answered in own)
        note = f"{n_answered} of {len(own)} names answered, {n_wrong} wrong by > 25 km"
        precise = (n_answered - n_wrong) / n_answered
        yield Score(name=f"locate UCDP answers {country} right within 25 km, {half}", value=precise, note=note)


def is_looked_at(name: str) -> bool:
    """Tell whether a name is of the half whose errors the developers look at (even MD5)."""
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()[-1] % 2 == 0


def lookups() -> Score:
    """Exact look-ups a second, names drawn with a fixed seed, none asked twice."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    keys = gazetteer.some_keys(random.Random(1), N_LOOKUPS)
    start, busy = time.perf_counter(), time.process_time()
    for key in keys:
        gazetteer.exact(key)
    rate, us = len(keys) / (time.perf_counter() - start), 1e6 * (time.process_time() - busy) / len(keys)
    note = f"{1e6 / rate:.0f} microseconds each, {us:.0f} of processor time"
    return Score(name="speed locate exact look-ups a second", value=rate, note=note)


def drawn_strings(draw: random.Random, n: int) -> list[tuple[str, str]]:
    """Draw (place string, country) pairs: own names of places as sources write them, bare or with a kind word."""
    from wayout.locate.gazetteer import open_gazetteer

    towns = open_gazetteer().some_towns(draw, n)
    return [(draw.choice(WORDS).format(town.name), town.country or "") for town in towns]


def throughput() -> Score:
    """
    Place strings found in a second of processor time by two processes at once: folding, kind words, spelling and ranking included.

    Processor time, for on a shared machine the clock measures the neighbours; what the clock said stands beside it.
    """
    with multiprocessing.get_context("spawn").Pool(N_PROCESSES) as pool:
        shares = pool.map(_find_share, range(N_PROCESSES))
    rate = sum(n for n, _, _ in shares) / max(seconds for _, seconds, _ in shares)
    cpu = sum(n / busy for n, _, busy in shares)
    note = f"in processor time; {rate:.0f} by the clock of this machine"
    return Score(name="speed locate place strings a second, 2 processes", value=cpu, note=note)


def _find_share(seed: int) -> tuple[int, float, float]:
    """Find distinct strings in this process; returns their number, wall seconds and processor seconds."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    strings = sorted(set(drawn_strings(random.Random(seed), N_STRINGS)))
    gazetteer.find("Donbas")
    start, busy = time.perf_counter(), time.process_time()
    for name, country in strings:
        gazetteer.find(name, countries=(country,))
    return len(strings), time.perf_counter() - start, time.process_time() - busy


def misspellings() -> Iterator[Score]:
    """Milliseconds (processor time) of one misspelt name, with and without its country, and how often the place comes first."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    draw = random.Random(2)
    towns = [town for town in gazetteer.some_towns(draw, 2 * N_MISSPELT) if len(town.name) >= 6][:N_MISSPELT]
    for told in (True, False):
        ms, n_first = [], 0
        for town in towns:
            name, countries = misspelt(town.name, draw), (town.country or "",) if told else ()
            start = time.thread_time()
            found = gazetteer.find(name, countries=countries, fuzzy=True)
            ms.append(1000 * (time.thread_time() - start))
            n_first += bool(found) and found[0].id == town.id
        where = "with country" if told else "without country"
        note = f"p50 {statistics.median(ms):.2f} ms; the place meant comes first {n_first / len(towns):.2f}"
        yield Score(name=f"speed locate fuzzy p95 ms, {where}", value=statistics.quantiles(ms, n=20)[-1], note=note)


def misspelt(name: str, draw: random.Random) -> str:
    """Change, drop, double or swap one letter inside a name."""
    i = draw.randrange(1, len(name) - 1)
    made = (
        name[:i] + draw.choice("aeiourstn") + name[i + 1 :],
        name[:i] + name[i + 1 :],
        name[:i] + name[i] + name[i:],
        name[:i] + name[i + 1] + name[i] + name[i + 2 :],
    )
    return draw.choice(made)


def load() -> Score:
    """Seconds from the start of a fresh process to its first answer (import, opening, one look-up); the best of three."""
    taken = [tuple(float(part) for part in _run(_LOAD).split()) for _ in range(N_LOADS)]
    note = f"import, open, first look-up in a fresh process; {min(busy for _, busy in taken):.2f} s of processor time"
    return Score(name="locate load s", value=min(seconds for seconds, _ in taken), note=note, has_floor=False)


def memory() -> Score:
    """Megabytes of its own that a process holds after 100,000 look-ups; mapped pages of files are said apart."""
    own, mapped = (float(mb) for mb in _run(_MEMORY).split())
    note = f"after 100,000 look-ups; {mapped:.0f} MB of mapped files beside, shared between processes"
    return Score(name="locate memory MB", value=own, note=note, has_floor=False)


def resident_mb() -> tuple[float, float]:
    """Return this process's resident megabytes: its own, and mapped from files (Linux)."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    own, mapped = (int(status[key].split()[0]) / 1024 for key in ("RssAnon", "RssFile"))
    return own, mapped


def _run(code: str) -> str:
    return run_fresh(code)
