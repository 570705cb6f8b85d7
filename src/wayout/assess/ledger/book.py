"""The ledger: questions, what was forecast and how they came out, read from judgements in their chain's order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from wayout.assess.ledger.freezing import thaw
from wayout.errors import InputError, NotFoundError, ProvenanceError
from wayout.model import Forecast, ForecastQuestion, Judgement, Resolution
from wayout.model.forecast import Standing

KINDS = frozenset({"question", "forecast", "resolution"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeForecast:
    """A forecast as it stands in the ledger: ``made_at`` is when it was entered."""

    forecast: Forecast
    made_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question with its forecasts, in the order they were made, and its resolution if there is one."""

    question: ForecastQuestion
    asked_at: datetime
    forecasts: tuple[MadeForecast, ...] = ()
    resolution: Resolution | None = None
    resolved_at: datetime | None = None

    @property
    def state(self) -> str:
        """One of "open", "resolved", "voided"."""
        if self.resolution is None:
            return "open"
        return "voided" if self.resolution.voided else "resolved"

    def counted(self) -> tuple[MadeForecast, ...]:
        """
        Return the forecasts that are scored: of each author, model and standing the last one; late ones never.

        Nothing can be picked: who forecasts twice is scored on the last word before the window, whatever came out.
        """
        last: dict[tuple[str, str, str], MadeForecast] = {}
        for made in self.forecasts:
            if made.standing != "late":
                last[made.forecast.by, made.forecast.model, made.standing] = made
        return tuple(last[key] for key in sorted(last))


class Ledger:
    """Entries by id of their question; names are unique."""

    def __init__(self, entries: Mapping[str, Entry] = MappingProxyType({})) -> None:
        """Keep the entries, in the order they were asked."""
        self.entries = dict(entries)
        self._by_name = {e.question.name: i for i, e in self.entries.items()}

    def add(self, judgement: Judgement) -> None:
        """
        Read one more judgement; those of other kinds are passed over.

        Raises
        ------
        ProvenanceError
            If its record was changed since it was frozen, asks in other words what was asked under that name, or speaks of a question that
            is not there.
        """
        if judgement.kind not in KINDS:
            return
        record = thaw(judgement)
        if isinstance(record, ForecastQuestion):
            if self._by_name.setdefault(record.name, record.id) != record.id:
                raise ProvenanceError(
                    f"question {record.name!r} was asked twice in different words; the first is frozen"
                )
            self.entries.setdefault(record.id, Entry(question=record, asked_at=judgement.made_at))
            return
        entry = self.entries.get(record.question)
        if entry is None:
            raise ProvenanceError(f"judgement {judgement.id} speaks of {record.question}, which is not in the ledger")
        self.entries[record.question] = _with(entry, record, judgement)

    def find(self, name: str) -> Entry:
        """
        Find a question by name or id.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        found = self.entries.get(self._by_name.get(name, name))
        if found is None:
            raise NotFoundError(f"no question is named {name!r}; 'wayout forecast list' shows those there are")
        return found

    def named(self, name: str) -> Entry | None:
        """Return the question of a name, ``None`` where there is none."""
        return self.entries.get(self._by_name.get(name, ""))


def standing_of(question: ForecastQuestion, forecast: Forecast, made_at: datetime, *, resolved: bool) -> Standing:
    """
    Tell whether a forecast was made ahead.

    Parameters
    ----------
    question
        Its window.
    forecast
        What it says it knew.
    made_at
        When it was entered.
    resolved
        Whether the question had been resolved by then.

    Returns
    -------
    standing
        "ahead": entered before the window began. "hindcast": entered later, as of a time before it (a method tried on the past; scored apart).
        "late": it says itself that it knew the window, or part of it; never scored.
    """
    if made_at <= question.opens_at and not resolved:
        return "ahead"
    return "hindcast" if forecast.as_of <= question.opens_at else "late"


def open_ledger(judgements: Iterable[Judgement]) -> Ledger:
    """
    Read the ledger.

    Parameters
    ----------
    judgements
        In the chain's order; those of other kinds are passed over.

    Returns
    -------
    ledger
        The same judgements give the same ledger.

    Raises
    ------
    ProvenanceError
        If a record was changed since it was frozen, a question asked twice in different words, or something speaks of a question that
        is not there.
    """
    ledger = Ledger()
    for judgement in judgements:
        ledger.add(judgement)
    return ledger


def _with(entry: Entry, record: Forecast | Resolution, judgement: Judgement) -> Entry:
    forecasts, resolution, resolved_at = entry.forecasts, entry.resolution, entry.resolved_at
    if isinstance(record, Forecast):
        resolved = resolution is not None
        standing = standing_of(entry.question, record, judgement.made_at, resolved=resolved)
        forecasts = (*forecasts, MadeForecast(forecast=record, made_at=judgement.made_at, standing=standing))
    elif resolution is None:
        # The first resolution stands: a later release of the data set changes no score.
        resolution, resolved_at = record, judgement.made_at
    return Entry(
        question=entry.question,
        asked_at=entry.asked_at,
        forecasts=forecasts,
        resolution=resolution,
        resolved_at=resolved_at,
    )


def check_options(question: ForecastQuestion, forecast: Forecast) -> None:
    """
    Refuse a forecast that does not speak of every option of its question, or of others.

    Raises
    ------
    InputError
        Names the options.
    """
    given, asked = {option for option, _ in forecast.probabilities}, set(question.options)
    if given != asked:
        raise InputError(
            f"forecast of {question.name!r} speaks of {', '.join(sorted(given))}; its options are {', '.join(question.options)}"
        )
