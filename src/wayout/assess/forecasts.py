"""The ledger of forecasts: ask, forecast, resolve by rule, score. Records in, judgements out; the store keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wayout.assess.ledger.book import Entry, Ledger, MadeForecast, check_options, open_ledger
from wayout.assess.ledger.conditional import recompose, voiding, waits_for_condition
from wayout.assess.ledger.event_rows import EventFile, read_event_file
from wayout.assess.ledger.figures import figures_of, score_forecast
from wayout.assess.ledger.forecastbench import read_forecastbench
from wayout.assess.ledger.freezing import freeze, with_id
from wayout.assess.ledger.gjp import read_gjp
from wayout.assess.ledger.imported import Imported
from wayout.assess.ledger.past_rates import forecast_from_past
from wayout.assess.ledger.references import references
from wayout.assess.ledger.resolving import ROWS_ALONE, Coverage, resolve_by_rule, why_not
from wayout.errors import InputError, NotFoundError
from wayout.model import Forecast, ForecastQuestion, Judgement, Miss, Resolution, ScoredForecast
from wayout.model.forecast import record_hash
from wayout.model.forecast_record import ForecastRecord, RecordEntry, RecordForecast

__all__ = [
    "Coverage",
    "EventFile",
    "Ledger",
    "Resolved",
    "ask",
    "forecast_from_past",
    "make",
    "open_ledger",
    "read_event_file",
    "read_forecastbench",
    "read_gjp",
    "record_of",
    "resolve_due",
    "settle",
    "take_in",
    "with_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a data set settled: judgements to keep, and the questions that stay open, with the reason."""

    judgements: tuple[Judgement, ...]
    open: tuple[Miss, ...]


def ask(ledger: Ledger, question: ForecastQuestion, *, at: datetime, by: str) -> Judgement | None:
    """
    Put a question into the ledger: from then on it is frozen.

    Parameters
    ----------
    ledger
        As it stands.
    question
        With its id (:func:`with_id`).
    at, by
        When and who.

    Returns
    -------
    judgement
        ``None`` where the very same question is there.

    Raises
    ------
    InputError
        If its name is taken by a question in other words, or its condition is not in the ledger.
    """
    question = with_id(question)
    known = ledger.named(question.name)
    if known is not None:
        if known.question.id == question.id:
            return None
        raise InputError(
            f"question {question.name!r} was asked on {known.asked_at.date()} and is frozen; ask what differs under another name"
        )
    condition = question.condition
    if condition is not None:
        head = ledger.entries.get(condition.question)
        if head is None:
            raise InputError(
                f"question {question.name!r} hangs on {condition.question!r}, which was not asked yet; ask that first"
            )
        if condition.option not in head.question.options:
            raise InputError(
                f"question {question.name!r} hangs on {condition.option!r}; {head.question.name!r} has options {', '.join(head.question.options)}"
            )
    return freeze(question, made_at=at, by=by)


def make(ledger: Ledger, forecast: Forecast, *, at: datetime) -> Judgement:
    """
    Enter a forecast; a further one of the same author and method replaces it as the one that is scored, and both stay on record.

    Parameters
    ----------
    ledger
        Holds the question.
    forecast
        Speaks of every option.
    at
        Now, in truth; what is entered after the window began is marked and never scored as ahead.

    Raises
    ------
    NotFoundError
        If the question is not there.
    InputError
        If options do not fit, or it claims to know the future.
    """
    entry = ledger.entries.get(forecast.question)
    if entry is None:
        raise NotFoundError(
            f"forecast speaks of {forecast.question}, which is not in the ledger; ask the question first"
        )
    check_options(entry.question, forecast)
    if forecast.as_of > at:
        raise InputError(
            f"forecast of {entry.question.name!r} is as of {forecast.as_of}, after it was made ({at}); nobody knows that yet"
        )
    return freeze(forecast, made_at=at, by=forecast.by)


def resolve_due(ledger: Ledger, file: EventFile, *, at: datetime, by: str, coverage: Coverage = ROWS_ALONE) -> Resolved:
    """
    Settle every open question that a table can settle by its rule.

    Conditions first: a branch whose condition did not come true is voided; one whose condition is open stays open.

    Parameters
    ----------
    ledger
        As it stands.
    file
        The event table.
    at, by
        When and who.
    coverage
        What its publisher says of it beyond its rows.

    Returns
    -------
    resolved
        Judgements to keep, in the ledger's order, and what stays open, with the reason: unknown is not "no".
    """
    found: list[Judgement] = []
    stays: list[Miss] = []
    current = ledger
    waiting = [e for e in ledger.entries.values() if e.resolution is None]
    waiting.sort(key=lambda e: e.question.condition is not None)
    while waiting:
        left = []
        for entry in waiting:
            if waits_for_condition(entry, current):
                left.append(entry)
                continue
            resolution = voiding(entry, current)
            if resolution is None:
                if reason := why_not(entry.question, file, coverage):
                    stays.append(Miss(what=entry.question.name, why=reason))
                    continue
                resolution = resolve_by_rule(entry.question, file, coverage)
            found.append(freeze(resolution, made_at=at, by=by))
            current = _resolved(current, entry, resolution, at)
        if len(left) == len(waiting):
            stays += [Miss(what=e.question.name, why="its condition is still open") for e in left]
            break
        waiting = left
    return Resolved(judgements=tuple(found), open=tuple(stays))


def take_in(
    ledger: Ledger, imported: Imported, forecasts: Sequence[Forecast], *, at: datetime, by: str
) -> tuple[Judgement, ...]:
    """
    Take in somebody else's questions: asked first, then forecast, then resolved; what is there already is passed over.

    Parameters
    ----------
    ledger
        As it stands; not changed.
    imported
        What an import read.
    forecasts
        Those that came with it, and ours.
    at, by
        When and who. Windows that are over make every forecast a hindcast: it is scored, and never as one made ahead.

    Returns
    -------
    judgements
        To be kept, in order; none on the second time.
    """
    grown, found = Ledger(ledger.entries), []

    def keep(judgement: Judgement | None) -> None:
        if judgement is not None:
            found.append(judgement)
            grown.add(judgement)

    for question in imported.questions:
        keep(ask(grown, question, at=at, by=by))
    for forecast in forecasts:
        entry = grown.entries.get(forecast.question)
        hashed = record_hash(forecast)
        if entry is None or all(record_hash(made.forecast) != hashed for made in entry.forecasts):
            keep(make(grown, forecast, at=at))
    for resolution in imported.resolutions.values():
        keep(settle(grown, resolution, at=at, by=by))
    return tuple(found)


def settle(ledger: Ledger, resolution: Resolution, *, at: datetime, by: str) -> Judgement | None:
    """
    Enter how a question came out that somebody else settles (``settled_by``).

    Returns
    -------
    judgement
        ``None`` where it is resolved alike already.

    Raises
    ------
    InputError
        If it is settled by a rule, has other options, or came out differently before: the first resolution stands.
    """
    entry = ledger.entries.get(resolution.question)
    if entry is None:
        raise NotFoundError(
            f"resolution speaks of {resolution.question}, which is not in the ledger; ask the question first"
        )
    name = entry.question.name
    if entry.question.rule is not None:
        raise InputError(f"question {name!r} is settled by its rule; give the table to 'wayout forecast resolve'")
    if entry.resolution is not None:
        if entry.resolution.shares == resolution.shares:
            return None
        raise InputError(f"question {name!r} was resolved on {entry.resolved_at}; the first resolution stands")
    if resolution.shares and {o for o, _ in resolution.shares} != set(entry.question.options):
        raise InputError(f"resolution of {name!r} has other options than {', '.join(entry.question.options)}")
    return freeze(resolution, made_at=at, by=by)


def record_of(ledger: Ledger, *, head: str = "") -> ForecastRecord:
    """
    Put together one's own record: every question, every forecast, every score; nothing is picked.

    Parameters
    ----------
    ledger
        As it stands.
    head
        Hash of the store's last judgement, to be shown.

    Returns
    -------
    record
        Entries in the order they were asked; figures by author, method and standing.
    """
    everything = tuple(ledger.entries.values())
    entries, scored, flat = [], [], []
    for entry in everything:
        counted = set(map(id, entry.counted()))
        told = []
        for made in entry.forecasts:
            score = _score(entry, made, everything) if id(made) in counted else None
            if score is not None:
                scored.append((entry, made, score))
            told.append(
                RecordForecast(
                    forecast=made.forecast,
                    made_at=made.made_at,
                    standing=made.standing,
                    superseded=id(made) not in counted and made.standing != "late",
                    scored=score,
                )
            )
        flat += told
        entries.append(
            RecordEntry(
                question=entry.question,
                state=entry.state,
                asked_at=entry.asked_at,
                forecasts=tuple(told),
                resolution=entry.resolution,
                condition_said=_condition_said(entry, ledger),
            )
        )
    return ForecastRecord(
        entries=tuple(entries), authors=figures_of(scored), recomposed=tuple(recompose(ledger)), head=head
    )


def _score(entry: Entry, made: MadeForecast, everything: Sequence[Entry]) -> ScoredForecast | None:
    if entry.resolution is None or entry.resolution.voided:
        return None
    return score_forecast(entry, made, references(entry, everything))


def _condition_said(entry: Entry, ledger: Ledger) -> str:
    condition = entry.question.condition
    head = ledger.entries.get(condition.question) if condition else None
    return f"{head.question.name} comes out as: {condition.option}" if head and condition else ""


def _resolved(ledger: Ledger, entry: Entry, resolution: Resolution, at: datetime) -> Ledger:
    done = Entry(
        question=entry.question,
        asked_at=entry.asked_at,
        forecasts=entry.forecasts,
        resolution=resolution,
        resolved_at=at,
    )
    return Ledger({**ledger.entries, entry.question.id: done})
