"""Bench of forecasts: all given questions imported, branched, forecast from the past only, resolved and scored."""

import csv
import gzip
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.score import CorpusMissingError, Score
from wayout.assess.forecasts import (
    Ledger,
    forecast_from_past,
    read_forecastbench,
    read_gjp,
    record_of,
    take_in,
)
from wayout.assess.scoring import ratio_interval
from wayout.model import ForecastQuestion
from wayout.model.forecast_record import RecordEntry

NOW = datetime(2026, 11, 22, tzinfo=UTC)
"""The bench's own clock: all of these windows are over, so every forecast is a hindcast whatever the day."""
OURS = "wayout"


def measure(corpora: Path) -> list[Score]:
    """Score the Good Judgment Project's questions and the three sets of ForecastBench (local only, see their README)."""
    questions = corpora / "geo" / "gjp" / "questions.csv.gz"
    bench = corpora / "geo" / "forecastbench"
    if not questions.exists() or not bench.exists():
        raise CorpusMissingError(f"no {questions} or {bench}")
    return [*_gjp(questions), *_forecastbench(bench)]


def _gjp(path: Path) -> list[Score]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        text = lines.read()
    imported = read_gjp(text, path.name)
    ours = forecast_from_past(imported.questions, imported.resolutions, by=OURS, now=NOW)
    book = Ledger()
    for judgement in take_in(book, imported, ours, at=NOW, by="bench"):
        book.add(judgement)
    record = record_of(book)
    given = sum(1 for _ in csv.DictReader(text.splitlines()))
    asked = [e for e in record.entries if not e.question.name.endswith("-condition")]
    told = [
        Score(
            name="forecasts: questions of GJP in the ledger",
            value=len(asked) / given,
            note=f"{len(asked)} of {given}; {len(imported.misses)} misses",
        ),
        Score(
            name="forecasts: conditions put together from their branches",
            value=len(record.recomposed),
            note="P(condition), P(a | condition), P(a)",
            has_floor=False,
        ),
    ]
    kinds = (
        ("conditional", lambda q: q.condition is not None, ".250 always half, .163 their own base rate"),
        ("condition itself", lambda q: q.name.endswith("-condition"), ".250 always half"),
        ("two options, unconditional", lambda q: q.condition is None and _two(q), ".250, .193 their own base rate"),
        ("three to five options", _is_many, "equal shares .362"),
    )
    for name, is_kind, beside in kinds:
        scores, families = _scores(e for e in record.entries if is_kind(e.question))
        told.append(_told(f"forecasts: GJP {name}, Brier", scores, families, beside))
    return told


def _two(question: ForecastQuestion) -> bool:
    return len(question.options) == 2 and not question.name.endswith("-condition")


def _is_many(question: ForecastQuestion) -> bool:
    return len(question.options) > 2 and not question.name.endswith("-condition")


def _forecastbench(folder: Path) -> list[Score]:
    texts = []
    for path in sorted(folder.glob("*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts.append((path.name, lines.read()))
    imported = read_forecastbench(texts)
    ours = forecast_from_past(imported.questions, imported.resolutions, by=OURS, now=NOW)
    frozen = {f.question: f for f in imported.forecasts}
    told = []
    for due in sorted({q.first_day for q in imported.questions}):
        halves: dict[str, list[float]] = {"dataset": [], "market": []}
        for question, mine in zip(imported.questions, ours, strict=True):
            resolution = imported.resolutions.get(question.id)
            if question.first_day != due or resolution is None:
                continue
            said = frozen.get(question.id, mine)
            yes = dict(resolution.shares)["yes"]
            halves["market" if question.id in frozen else "dataset"].append(
                (dict(said.probabilities)["yes"] - yes) ** 2
            )
        dataset, market = (float(np.mean(halves[half])) for half in ("dataset", "market"))
        told.append(
            Score(
                name=f"forecasts: ForecastBench {due}, overall Brier",
                value=(dataset + market) / 2,
                higher_is_better=False,
                beside="superforecasters .096, naive .173",
                note=f"data sets {dataset:.3f} ({len(halves['dataset'])}), markets at freeze {market:.3f} ({len(halves['market'])})",
            )
        )
    return told


def _scores(entries: Iterable[RecordEntry]) -> tuple[list[float], list[str]]:
    found, families = [], []
    for entry in entries:
        for forecast in entry.forecasts:
            if forecast.scored is not None and forecast.forecast.by == OURS:
                found.append(forecast.scored.brier)
                families.append(entry.question.family)
    return found, families


def _told(name: str, scores: Sequence[float], families: Sequence[str], beside: str) -> Score:
    values = np.asarray(scores)
    interval = ratio_interval(values, np.ones_like(values), blocks=families)
    return Score(
        name=name,
        value=interval.value,
        higher_is_better=False,
        beside=beside,
        note=f"95 % [{interval.low:.3f}, {interval.high:.3f}] on {len(values)}",
        items=None,
    )
