"""Forecasts that can be tracked: a question with its rule, what was forecast, how it came out."""

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from wayout.errors import InputError
from wayout.model.judgement import canonical_json
from wayout.model.quantity import check_quantities, quantity

Side = Literal["any", "a", "b"]
Counting = Literal["events", "deaths"]
Standing = Literal["ahead", "hindcast", "late"]
SUM_TOLERANCE = 1e-5
"""How far probabilities may miss one: records are written with six decimals, and a question has a dozen options at most."""
Shares = tuple[tuple[str, float], ...]
"""Options, each with a number from 0 to 1 (a probability, or what it came out as); the numbers sum to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """
    Which rows of an event table count; what is empty or ``None`` restricts nothing.

    ``actors`` are names or ids as the data set writes them, on ``side`` a, b or any. ``kinds`` are UCDP's type_of_violence (1, 2, 3) or ACLED's
    event and sub-event types. ``max_where_prec`` and ``max_date_prec`` leave out rows that are known less precisely (UCDP codes).
    """

    actors: tuple[str, ...] = ()
    side: Side = "any"
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    max_where_prec: int | None = None
    max_date_prec: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRegion:
    """Where: PRIO-GRID cells, a ring of (lon, lat), names of first-level divisions; a row in any of them counts, none given is everywhere."""

    cells: tuple[int, ...] = ()
    polygon: tuple[tuple[float, float], ...] = ()
    admin1: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a ring that is none."""
        if self.polygon and len(self.polygon) < 3:
            raise InputError(f"polygon has {len(self.polygon)} corners; give at least three as (lon, lat)")
        for lon, lat in self.polygon:
            if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                raise InputError(f"corner ({lon}, {lat}) of a polygon is not on the globe; give (lon, lat) in degrees")

    @property
    def everywhere(self) -> bool:
        """Whether nothing is restricted."""
        return not (self.cells or self.polygon or self.admin1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRule:
    """
    How a question is settled: count rows of a data set that begin in the window, and compare with the bounds.

    With ``bounds`` (1,) the first option holds below one, the second from one on; with (1, 10) there are three options.
    """

    dataset: str
    events: EventFilter = EventFilter()
    region: AskedRegion = AskedRegion()
    counts: Counting = "events"
    bounds: tuple[int, ...] = (1,)

    def __post_init__(self) -> None:
        """Refuse bounds that do not rise."""
        if not self.bounds or self.bounds[0] < 1 or list(self.bounds) != sorted(set(self.bounds)):
            raise InputError(f"bounds {self.bounds} must be whole numbers that rise from 1 on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A question that must come out as ``option``; else the question that hangs on it is voided."""

    question: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastQuestion:
    """
    What is asked, frozen: nothing of it can be changed once it is in the ledger.

    ``id`` is a hash of all the rest. ``name`` is what people call it, one question a name. The window is ``first_day`` to ``last_day``, both in it (UTC);
    a forecast is ahead if it was made before the window began. ``rule`` is ``None`` where somebody else settles it (``settled_by`` says who).
    """

    id: str
    name: str
    statement: str
    options: tuple[str, ...]
    first_day: date
    last_day: date
    rule: ResolutionRule | None = None
    settled_by: str = ""
    condition: Condition | None = None
    family: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a question that cannot be settled."""
        if len(self.options) < 2 or len(set(self.options)) != len(self.options):
            raise InputError(f"question {self.name!r} has options {self.options}; give at least two different ones")
        if self.last_day < self.first_day:
            raise InputError(f"question {self.name!r} ends on {self.last_day}, before it begins on {self.first_day}")
        if self.rule is not None and len(self.rule.bounds) + 1 != len(self.options):
            raise InputError(
                f"question {self.name!r} has {len(self.options)} options and bounds {self.rule.bounds}; give one bound less than options"
            )
        if self.rule is None and not self.settled_by:
            raise InputError(f"question {self.name!r} says neither by which rule nor by whom it is settled; give one")

    @property
    def opens_at(self) -> datetime:
        """The first instant of the window: forecasts made later are not ahead."""
        return datetime(self.first_day.year, self.first_day.month, self.first_day.day, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """
    What somebody, or a model, expects of a question.

    ``as_of``: nothing later was known to who made it. ``inputs_sha256`` is a hash of what it was worked out from, "" where a person said so.
    """

    question: str
    probabilities: Shares
    as_of: datetime
    by: str
    model: str = ""
    inputs_sha256: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse numbers that are no probabilities, and a time without a zone."""
        check_shares(self.probabilities, f"forecast of {self.question}")
        if self.as_of.tzinfo is None:
            raise InputError(
                f"forecast of {self.question} is as of {self.as_of}, a time without a zone; give it in UTC"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """
    How a question came out: ``shares`` is 1 for the option that holds (or between, where its settler says so), empty where it was voided.

    ``count`` is what the rule counted; ``count_before`` the same in a window of equal length that ends where this one begins, and
    ``base_shares`` how often each option held in earlier windows of that length: what persistence and base rate would have said.
    """

    question: str
    shares: Shares
    dataset: str
    dataset_sha256: str = ""
    covers_until: date | None = None
    count: int | None = None
    count_before: int | None = None
    base_shares: Shares = ()
    n_windows_before: int = 0
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse shares that do not sum to one."""
        if self.shares:
            check_shares(self.shares, f"resolution of {self.question}")

    @property
    def voided(self) -> bool:
        """Whether nothing can be scored on it."""
        return not self.shares


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredForecast:
    """A forecast beside its outcome: Brier and log score, and the Brier scores of the references on the same question (``None``: none there)."""

    question: str
    by: str
    model: str
    made_at: datetime
    standing: Standing
    p_outcome: float = quantity("1", "Probability given to what happened", low=0, high=1)
    brier: float = quantity("1", "Half the sum over options of (p - o)^2", low=0, high=1)
    log_score: float = quantity("nat", "-ln of the probability given to what happened, p clipped", low=0)
    brier_zero: float | None = quantity("1", "Brier of 'it will not happen'", low=0, high=1, default=None)
    brier_base_rate: float | None = quantity("1", "Brier of the base rate known before", low=0, high=1, default=None)
    brier_persistence: float | None = quantity("1", "Brier of 'as in the window before'", low=0, high=1, default=None)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


def check_shares(shares: Shares, what: str) -> None:
    """
    Refuse numbers outside 0 to 1, options said twice, and sums that are not one.

    Raises
    ------
    InputError
        Says what is wrong.
    """
    total = math.fsum(p for _, p in shares)
    if any(not 0 <= p <= 1 for _, p in shares) or abs(total - 1) > SUM_TOLERANCE:
        raise InputError(f"{what}: {dict(shares)} are no probabilities that sum to one (they sum to {total:.6g})")
    if len({option for option, _ in shares}) != len(shares):
        raise InputError(f"{what}: an option is given twice in {shares}")


def record_hash(record: Any) -> str:
    """
    Hash a record: SHA-256 of its canonical JSON, 64 hexadecimal digits.

    Parameters
    ----------
    record
        Any record of the model, or JSON values.
    """
    # Here, because it knows geometries: looking a name up must not load what draws them.
    from wayout.model.as_json import as_json

    return hashlib.sha256(canonical_json(as_json(record)).encode()).hexdigest()
