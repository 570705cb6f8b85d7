"""Read question sets and resolution sets of ForecastBench: one question of the ledger for each date a question resolves at."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from wayout.assess.ledger.freezing import with_id
from wayout.assess.ledger.imported import Imported
from wayout.errors import InputError, SourceError
from wayout.model import Forecast, ForecastQuestion, Miss, Resolution

MARKETS = frozenset({"manifold", "metaculus", "polymarket", "infer"})
"""Sources whose freeze value is a probability; that of the others is a level of a series."""
OPTIONS = ("no", "yes")
Json = Mapping[str, Any]


def read_forecastbench(texts: Iterable[tuple[str, str]]) -> Imported:
    """
    Read question sets with their resolution sets, told apart by what they hold and joined by the date forecasts were due.

    Parameters
    ----------
    texts
        (name, text) of each file, in any order. A resolution set without its question set is a miss.

    Returns
    -------
    imported
        A question of a market without a resolution stays open to its closing day. Market questions come with a forecast: the
        market's value when the set was frozen. Only resolutions marked as resolved count; a market's later price is no outcome.

    Raises
    ------
    SourceError
        If a file is neither.
    """
    sets: dict[str, Json] = {}
    outcomes: dict[str, Json] = {}
    for name, text in texts:
        try:
            value = json.loads(text)
            kind = "questions" if "questions" in value else "resolutions"
            (sets if kind == "questions" else outcomes)[str(value["forecast_due_date"])] = value
            value[kind][0]["id"]
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise SourceError(
                f"{name}: neither a question set nor a resolution set of ForecastBench ({error!r})"
            ) from error
    questions: list[ForecastQuestion] = []
    forecasts: list[Forecast] = []
    resolutions: dict[str, Resolution] = {}
    misses = [
        Miss(what=f"resolution set of {due}", why="its question set was not given")
        for due in sorted(outcomes.keys() - sets.keys())
    ]
    for due in sorted(sets):
        by_id: dict[str, list[Json]] = {}
        for outcome in outcomes.get(due, {}).get("resolutions", ()):
            by_id.setdefault(_key(outcome), []).append(outcome)
        for said in sets[due]["questions"]:
            try:
                for question, resolution, forecast in _read(date.fromisoformat(due), said, by_id.get(_key(said), [])):
                    questions.append(question)
                    forecasts += [forecast] if forecast else []
                    if resolution is not None:
                        resolutions[question.id] = resolution
            except (InputError, ValueError, KeyError, TypeError) as error:
                misses.append(Miss(what=f"set of {due}, question {said.get('id')}", why=str(error)))
    return Imported(
        questions=tuple(questions), resolutions=resolutions, forecasts=tuple(forecasts), misses=tuple(misses)
    )


def _key(said: Json) -> str:
    return f"{said['source']} {said['id']}"


def _read(
    due: date, said: Json, outcomes: Iterable[Json]
) -> Iterable[tuple[ForecastQuestion, Resolution | None, Forecast | None]]:
    """Make one question a resolution date; a market question without any ends on the day its market closes."""
    seen = set()
    for outcome in sorted(outcomes, key=lambda o: str(o["resolution_date"])):
        day = date.fromisoformat(str(outcome["resolution_date"])[:10])
        if day in seen:
            raise InputError(f"it is resolved twice at {day}")
        seen.add(day)
        question = _question(due, said, day)
        yield question, _resolution(question, outcome), _freeze_value(question, said)
    if not seen:
        closes = str(said.get("market_info_close_datetime", ""))[:10]
        question = _question(due, said, date.fromisoformat(closes) if closes[:4].isdigit() else due)
        yield question, None, _freeze_value(question, said)


def _question(due: date, said: Json, day: date) -> ForecastQuestion:
    words = str(said["question"]).partition("\n\n")[0]
    words = words.replace("{resolution_date}", day.isoformat()).replace("{forecast_due_date}", due.isoformat())
    return with_id(
        ForecastQuestion(
            id="",
            name=f"forecastbench-{due}-{said['source']}-{said['id']}-{day}",
            statement=words,
            options=OPTIONS,
            first_day=due,
            last_day=max(due, day),
            settled_by=f"ForecastBench, from {said['source']}",
            family=f"forecastbench-{due}-{said['source']}-{said['id']}",
        )
    )


def _resolution(question: ForecastQuestion, outcome: Json) -> Resolution | None:
    if not outcome.get("resolved") or outcome.get("resolved_to") is None:
        return None
    yes = float(outcome["resolved_to"])
    return Resolution(
        question=question.id,
        shares=(("no", 1 - yes), ("yes", yes)),
        dataset="ForecastBench",
        why=f"resolved to {yes:g}",
    )


def _freeze_value(question: ForecastQuestion, said: Json) -> Forecast | None:
    if said["source"] not in MARKETS:
        return None
    p = float(said["freeze_datetime_value"])
    frozen = datetime.fromisoformat(str(said["freeze_datetime"]))
    as_of = frozen if frozen.tzinfo else datetime.combine(frozen.date(), time(), UTC)
    return Forecast(
        question=question.id,
        probabilities=(("no", 1 - p), ("yes", p)),
        as_of=as_of,
        by=str(said["source"]),
        model="market value when frozen",
    )
