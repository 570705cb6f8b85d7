"""Measure which place of a name is meant: points chosen for given names of news, and whether their weights mean what they say."""

import gzip
import itertools
import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.distance import km_between
from bench.score import Score

NEAR_KM = 161
STEPS = (0.0, 0.5, 0.7, 0.9, 1.01)
"""Bounds of the weights whose share of right answers is given."""


def gold_spans(path: Path, corpus: str) -> Iterable[Score]:
    """Acc@161 and Acc@25 of places chosen for given spans, all texts; a span that gets no place is wrong."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    found: list[tuple[float, float, bool]] = []
    n_beside = 0
    for row in rows(path):
        gold = [t for t in row["toponyms"] if not t["optional"] and t["lat"] is not None]
        for t, answer in zip(gold, resolve(row, gold), strict=True):
            error = math.inf
            if answer.place is not None:
                error = km_between(answer.place.lon, answer.place.lat, t["lon"], t["lat"])
            listed = answer.method == "adjective" or bool(gazetteer.rank(answer.text, {}))
            n_beside += not answer.is_listed
            weight = weight_near(answer) if answer.is_listed else -1.0
            found.append((error, weight, listed))
    errors = [error for error, _, _ in found]
    note = f"{len(found)} spans, {n_beside} that no source lists, placed where the text sets them"
    for limit in (NEAR_KM, 25):
        value = sum(error <= limit for error in errors) / max(1, len(errors))
        yield Score(name=f"locate {corpus} Acc@{limit} on gold spans", value=value, note=note)
    value = sum(error <= NEAR_KM and weight >= 0 for error, weight, _ in found) / max(1, len(found))
    yield Score(name=f"locate {corpus} Acc@{NEAR_KM} on gold spans, listed answers alone", value=value)
    entered = [error for error, _, listed in found if listed]
    value = sum(error <= NEAR_KM for error in entered) / max(1, len(entered))
    note = f"{len(entered)} spans for which the gazetteer has any candidate"
    yield Score(name=f"locate {corpus} Acc@{NEAR_KM} on gold spans, of those with an entry", value=value, note=note)
    yield Score(
        name=f"locate {corpus} calibration error of weights",
        value=calibration_error([(weight, error <= NEAR_KM) for error, weight, _ in found if weight >= 0]),
        higher_is_better=False,
        note="; ".join(shares([(weight, error <= NEAR_KM) for error, weight, _ in found if weight >= 0])),
    )


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def resolve(row: dict[str, Any], gold: list[dict[str, Any]]) -> Any:
    """Resolve the given names of one text together."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.resolving.press_home import press_home
    from wayout.locate.resolving.resolve import resolve_toponyms

    gazetteer = open_gazetteer()
    spans = [(t["start"], t["end"]) for t in gold]
    return resolve_toponyms(row["text"], spans, gazetteer, homes=press_home(row["url"], gazetteer))


def weight_near(answer: Any) -> float:
    """Return the weight of all readings that lie near the best: a town and its county are one answer here."""
    best = answer.readings[0][0]
    near = [w for p, w in answer.readings if km_between(p.lon, p.lat, best.lon, best.lat) <= NEAR_KM]
    return math.fsum(near) * (1 - float(answer.p_unlisted))


def calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """Mean distance between the weight of an answer and the share of answers of such weight that are right, in ten steps."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for weight, right in pairs:
        bins.setdefault(min(int(weight * 10), 9), []).append((weight, right))
    off = [abs(sum(w for w, _ in b) - sum(r for _, r in b)) for b in bins.values()]
    return math.fsum(off) / max(1, len(pairs))


def shares(pairs: list[tuple[float, bool]]) -> list[str]:
    """Say for each range of weights how many answers are right."""
    lines = []
    for low, high in itertools.pairwise(STEPS):
        inside = [right for weight, right in pairs if low <= weight < high]
        if inside:
            lines.append(
                f"weight {low:.1f}-{min(high, 1.0):.1f}: {sum(inside) / len(inside):.2f} of {len(inside)} right"
            )
    return lines
