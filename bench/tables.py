"""Measure the batch mode of `wayout locate`: rows a second and memory, on sheets of plain names all distinct and as analysts have them."""

import csv
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.fresh_process import run_fresh
from bench.score import Score

N_DISTINCT, N_REPEATED = 20_000, 200_000
SEED = 1
RUN = """
import resource, sys
from wayout.cli.main import main
sys.argv = ["wayout", "locate", "--csv", sys.argv[1], "--column", "place", "--country-column", "country", "-o", sys.argv[2]]
try:
    main()
finally:
    own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("MEASURED", own, child.ru_maxrss, used.ru_utime + used.ru_stime + child.ru_utime + child.ru_stime)
"""
Sheet = Callable[[], Iterator[tuple[str, str]]]


def measure(corpora: Path) -> list[Score]:
    """Locate 20,000 rows, every name another one; and 200,000, of 3,000 names again and again with some phrases between."""
    scores = []
    sheets = (("all distinct", _distinct, N_DISTINCT), ("as analysts have it", _repeated, N_REPEATED))
    for label, sheet, n_rows in sheets:
        seconds, cpu, own_mb, child_mb, located = _run(sheet)
        scores += [
            Score(
                name=f"speed tables rows a second, {label}",
                value=n_rows / seconds,
                beside="goal 20,000 on two cores",
                note=f"{located / n_rows:.0%} located; {1e6 * cpu / n_rows:.0f} microseconds of processor a row; "
                f"{len(os.sched_getaffinity(0))} cores, whatever else they do",
            ),
            Score(name=f"speed tables peak memory MB, {label}", value=own_mb, higher_is_better=False),
            Score(
                name=f"speed tables peak memory MB of a worker, {label}",
                value=child_mb,
                higher_is_better=False,
                note="most of it shared with the parent",
            ),
        ]
    return scores


def _run(sheet: Sheet) -> tuple[float, float, float, float, int]:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(("id", "place", "country"))
            writer.writerows((n, *row) for n, row in enumerate(sheet()))
        begin = time.perf_counter()
        printed = run_fresh(RUN, str(source), str(out))
        seconds = time.perf_counter() - begin
        own, child, cpu = printed.split("MEASURED")[1].split()
        with out.open(encoding="utf-8", newline="") as written:
            located = sum(bool(row["lat"]) for row in csv.DictReader(written))
    return seconds, float(cpu), int(own) / 1024, int(child) / 1024, located


def _distinct() -> Iterator[tuple[str, str]]:
    """Draw towns of the gazetteer, no name twice, each with its country."""
    from wayout.locate.gazetteer import open_gazetteer

    seen: set[tuple[str, str]] = set()
    chance = random.Random(SEED)
    while len(seen) < N_DISTINCT:
        for town in open_gazetteer().some_towns(chance, 5 * N_DISTINCT):
            row = (town.name, town.country or "")
            if row not in seen and len(seen) < N_DISTINCT:
                seen.add(row)
                yield row


def _repeated() -> Iterator[tuple[str, str]]:
    """Draw 3,000 towns of twelve theatres, few named often and many seldom, a phrase or an empty cell now and then."""
    from wayout.locate.gazetteer import open_gazetteer

    chance = random.Random(SEED)
    theatres = {"SD", "SS", "ML", "BF", "NE", "UA", "YE", "MM", "CD", "HT", "ET", "CO"}
    drawn = open_gazetteer().some_towns(chance, 200_000)
    towns = sorted({(t.name, t.country) for t in drawn if t.country in theatres})[:: max(1, len(drawn) // 100_000)]
    chance.shuffle(towns)
    towns = towns[:3000]
    for _ in range(N_REPEATED):
        # The n-th name is drawn as often as 1/n, as places of a conflict are.
        name, country = towns[min(len(towns) - 1, int(len(towns) ** chance.random()) - 1)]
        kind = chance.random()
        yield (f"near {name}" if kind < 0.03 else "" if kind < 0.04 else name, country or "")
