"""One's own record: every question with its forecasts and outcome, and the figures of each author and method."""

from dataclasses import dataclass
from datetime import datetime

from wayout.model.forecast import Forecast, ForecastQuestion, Resolution, ScoredForecast, Standing
from wayout.model.quantity import quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its 95 % interval from a block bootstrap; NaN where it cannot be formed."""

    value: float = quantity("1", "The figure on all items")
    low: float = quantity("1", "Lower end of the 95 % interval")
    high: float = quantity("1", "Upper end of the 95 % interval")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPoint:
    """Forecasts of one bin: mean probability said, share that came true with its 95 % interval, how many."""

    p_said: float = quantity("1", "Mean probability said", low=0, high=1)
    share: float = quantity("1", "Share that came true", low=0, high=1)
    low: float = quantity("1", "Lower end of the 95 % interval of the share", low=0, high=1)
    high: float = quantity("1", "Upper end of the 95 % interval of the share", low=0, high=1)
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAgainst:
    """Skill against one reference, on the questions that have it: 1 perfect, 0 no better; ``brier_reference`` is the reference's own score."""

    reference: str
    n: int
    skill: Figure
    brier: float = quantity("1", "Mean Brier of the forecasts on these questions", low=0, high=1)
    brier_reference: float = quantity("1", "Mean Brier of the reference on these questions", low=0, high=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorFigures:
    """
    How an author's (or method's) forecasts of one standing did, over all that could be scored.

    ``calibration_error`` and Murphy's parts are over single statements: the option other than "no" of a yes-or-no question, every option of the rest.
    """

    by: str
    model: str
    standing: Standing
    n: int
    brier: Figure
    log_score: Figure
    calibration: tuple[CalibrationPoint, ...]
    calibration_error: float = quantity("1", "Expected calibration error", low=0, high=1)
    reliability: float = quantity("1", "Murphy's reliability, less is better", low=0)
    resolution: float = quantity("1", "Murphy's resolution, more is better", low=0)
    uncertainty: float = quantity("1", "Murphy's uncertainty: that of the questions", low=0)
    against: tuple[SkillAgainst, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordForecast:
    """A forecast as entered, with its score where it has one; ``superseded`` by a later one of the same author and method."""

    forecast: Forecast
    made_at: datetime
    standing: Standing
    superseded: bool = False
    scored: ScoredForecast | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry:
    """A question, all its forecasts, how it came out; ``state`` is open, resolved or voided."""

    question: ForecastQuestion
    state: str
    asked_at: datetime
    forecasts: tuple[RecordForecast, ...]
    resolution: Resolution | None = None
    condition_said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomposed:
    """P(option) of a question put together from its branches: sum of P(condition) * P(option | condition), and where its parts are from."""

    statement: str
    option: str
    p: float = quantity("1", "P(option), recomposed", low=0, high=1)
    parts: tuple[tuple[str, float, float], ...]
    by: str
    model: str
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRecord:
    """All of a ledger: nothing left out. ``head`` is the hash of the last judgement, "" where it is not known."""

    entries: tuple[RecordEntry, ...]
    authors: tuple[AuthorFigures, ...]
    recomposed: tuple[Recomposed, ...] = ()
    head: str = ""
