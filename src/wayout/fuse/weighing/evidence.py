"""
Evidence as columns, and the one engine that turns it into probabilities.

One row is one claim on one proposition (:func:`wayout.fuse.weighing.rows.evidence_rows` makes them). Memory and store use the
same columns and the same :func:`believe`, so a picture of ten claims and one of a hundred thousand follow one rule.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayout.fuse.origins.publishers import UNKNOWN
from wayout.fuse.weighing.habits import habit
from wayout.fuse.weighing.overtaking import States, still_standing
from wayout.fuse.weighing.propositions import parse_proposition, prior_log_odds
from wayout.fuse.weighing.recalibrating import Recalibration
from wayout.fuse.weighing.voices import beyond_the_signed, strongest_of_each_origin
from wayout.stats.log_odds import P_MAX, P_MIN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S = 86400.0


class EvidenceRow(NamedTuple):
    """
    One claim on one proposition.

    ``source`` is the publishing source's name, whose weight is given when believing; ``origin`` the mouth behind the claim.
    ``known_day`` (published) and ``spoken_day`` (the day the claim speaks of) are days since 1970-01-01 UTC, NaN where not
    known. ``shift`` is what the claim adds to the log-odds of the proposition over its prior, fresh and from a source of weight 1;
    ``words`` the log-odds of its words alone (prior one half); ``half_life_days`` is infinite for what does not fade.
    ``ends`` is 1 where the row, of a later day, ends another state before it; a mere denial (0) speaks against, but ends nothing.
    """

    claim: str
    document: str
    source: str
    proposition: str
    origin: str
    known_day: float
    spoken_day: float
    shift: float
    words: float
    half_life_days: float
    ends: float = 1.0


def day_of(time: datetime | None) -> float:
    """
    Return a time as days since 1970-01-01 UTC, with its fraction; NaN for ``None``.

    Examples
    --------
    >>> day_of(datetime(1970, 1, 2, 12, tzinfo=UTC))
    1.5
    """
    return float("nan") if time is None else (time - _EPOCH).total_seconds() / _DAY_S


@dataclass(frozen=True)
class Evidence:
    """
    Rows as columns of equal length n.

    ``source``, ``proposition`` and ``origin`` are codes into ``sources``, ``propositions`` and ``origins``, each sorted, so that the
    order of rows changes nothing. ``claims`` and ``documents`` are the ids as given, row by row.
    """

    claims: Sequence[str]
    documents: Sequence[str]
    sources: tuple[str, ...]
    source: NDArray[np.int64]
    propositions: tuple[str, ...]
    proposition: NDArray[np.int64]
    origins: tuple[str, ...]
    origin: NDArray[np.int64]
    known_day: NDArray[np.float64]
    spoken_day: NDArray[np.float64]
    shift: NDArray[np.float64]
    words: NDArray[np.float64]
    half_life_days: NDArray[np.float64]
    ends: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Iterable[EvidenceRow]) -> "Evidence":
        """Lay rows out as columns."""
        columns = list(zip(*rows, strict=True)) or [()] * len(EvidenceRow._fields)
        return cls.from_columns(dict(zip(EvidenceRow._fields, columns, strict=True)))

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any]) -> "Evidence":
        """
        Take columns by the names of :class:`EvidenceRow`: sequences or arrays of equal length, text and numbers.

        Parameters
        ----------
        columns
            Column by name; text as ``str`` sequences or arrays, numbers as anything numpy reads.

        Returns
        -------
        evidence
            The columns, with text as codes.
        """
        coded = {name: _codes(columns[name]) for name in ("source", "proposition", "origin")}
        numbers = ("known_day", "spoken_day", "shift", "words", "half_life_days", "ends")
        return cls(
            claims=columns["claim"],
            documents=columns["document"],
            sources=coded["source"][0],
            source=coded["source"][1],
            propositions=coded["proposition"][0],
            proposition=coded["proposition"][1],
            origins=coded["origin"][0],
            origin=coded["origin"][1],
            **{name: np.asarray(columns[name], dtype=np.float64) for name in numbers},
        )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.shift)

    @cached_property
    def is_active(self) -> NDArray[np.bool_]:
        """Tell which propositions are of the kind "active"."""
        return np.array([parse_proposition(key).kind == "active" for key in self.propositions], dtype=bool)

    @cached_property
    def is_unsigned(self) -> NDArray[np.bool_]:
        """Tell which rows nobody signs: they are never counted as independent. The kind "active" knows no origins."""
        nobody = np.array([name == UNKNOWN for name in self.origins], dtype=bool)
        return nobody[self.origin] & ~self.is_active[self.proposition]

    @cached_property
    def prior(self) -> NDArray[np.float64]:
        """Prior log-odds by proposition."""
        return np.array([prior_log_odds(parse_proposition(key).kind) for key in self.propositions], dtype=np.float64)


@dataclass(frozen=True)
class Believed:
    """
    Probabilities as of one day, by proposition code of the evidence.

    ``p`` is the probability; ``last_day`` the newest day spoken of by a row that counted (NaN where none did); ``n_origins`` how many
    independent origins counted; ``contribution`` what each row adds to the log-odds (0 where a stronger one of its origin counts);
    ``standing`` what later evidence for another state leaves of each row, 1 whole.
    """

    evidence: Evidence
    p: NDArray[np.float64]
    last_day: NDArray[np.float64]
    n_origins: NDArray[np.int64]
    contribution: NDArray[np.float64]
    standing: NDArray[np.float64]

    def by_key(self) -> dict[str, float]:
        """Return the probabilities by proposition key."""
        return dict(zip(self.evidence.propositions, self.p.tolist(), strict=True))


def believe(
    evidence: Evidence,
    at: float | datetime,
    source_weights: Mapping[str, float] | None = None,
    same_side: Callable[[str, str], bool] = str.__eq__,
    learned: Mapping[str, Recalibration] | None = None,
) -> Believed:
    """
    Turn evidence into probabilities as of a time.

    ``logit p = logit p0 + sum over origins of the strongest of [w_source * 2^(-age / half-life) * standing * shift]``. A row counts
    only if it was published at or before ``at`` and speaks of no later day; an undated one counts at every day. Age runs from the
    day spoken of, else the day published; an undated row that speaks of no day is as fresh as the picture. ``standing`` is what
    later evidence for another state of the same thing leaves of a row (:mod:`wayout.fuse.weighing.overtaking`). What nobody signs
    adds only what goes beyond the strongest signed origin that says the same (:mod:`wayout.fuse.weighing.voices`). Holders of one
    place who are not on one side share its probability with "nobody known".

    Parameters
    ----------
    evidence
        The rows.
    at
        The time of the picture: a time, or days since 1970-01-01 UTC.
    source_weights
        Weight by source name (0 none, 1 whole); a name that is missing weighs 1.
    same_side
        Tells whether two actor ids are on one side: holders of one side do not exclude each other.
    learned
        How to move the log-odds of a kind of proposition, from what came true (:mod:`wayout.fuse.weighing.recalibrating`).

    Returns
    -------
    believed
        Probabilities in [0.01, 0.99], one per proposition of the evidence.

    References
    ----------
    Good (1985) Weight of evidence; docs/methods/belief.md.
    """
    now = day_of(at) if isinstance(at, datetime) else float(at)
    weight = _weights(evidence, source_weights or {})
    weight[evidence.is_active[evidence.proposition]] = 1.0  # fitted as events are recorded, whoever records them
    known = ~(evidence.known_day > now)  # NaN, undated, counts
    day = np.where(np.isnan(evidence.spoken_day), evidence.known_day, evidence.spoken_day)
    known &= ~((day > now) & np.isnan(evidence.known_day))
    # A claim of days to come ("will seal it next week") is as old as its publication.
    day = np.where(day > now, np.fmin(day, evidence.known_day), day)
    age = np.where(np.isnan(day), 0.0, np.maximum(now - day, 0.0))
    n = len(evidence.propositions)
    heard = np.bincount(evidence.proposition[known], minlength=n) > 0
    states = States.of(evidence.propositions, evidence.proposition, evidence.shift, same_side, heard)
    standing = still_standing(states, day, np.where(known, weight * evidence.ends * evidence.words, 0.0))
    pull = np.where(known, weight * np.exp2(-age / evidence.half_life_days) * standing * evidence.shift, 0.0)
    # Who tells of a fight, and how many do, does not make it last: for "active" all are one origin.
    origin = np.where(evidence.is_active[evidence.proposition], 0, evidence.origin)
    counted = strongest_of_each_origin(evidence.proposition, origin, pull, known)
    where, unsigned = evidence.proposition[counted], evidence.is_unsigned[counted]
    added = beyond_the_signed(where, pull[counted], unsigned, n)
    signed_there = np.bincount(where[~unsigned], minlength=n) > 0
    odds = evidence.prior + np.bincount(where, weights=added, minlength=n)
    odds += habit(evidence.is_active, evidence.proposition, np.where(known, day, np.nan), now)
    if learned:
        moves = [learned.get(parse_proposition(key).kind, Recalibration()) for key in evidence.propositions]
        odds = np.array([m.offset for m in moves]) + np.array([m.slope for m in moves]) * odds
    contribution = np.zeros(len(evidence))
    contribution[counted] = added
    seen = np.where(known & ~np.isnan(day), day, -np.inf)
    last = np.full(n, -np.inf)
    np.maximum.at(last, evidence.proposition, seen)
    return Believed(
        evidence=evidence,
        p=np.clip(states.share(odds), P_MIN, P_MAX),
        last_day=np.where(np.isinf(last), np.nan, last),
        n_origins=np.bincount(where[~unsigned | ~signed_there[where]], minlength=n),
        contribution=contribution,
        standing=standing,
    )


def _weights(evidence: Evidence, weights: Mapping[str, float]) -> NDArray[np.float64]:
    table = np.array([weights.get(name, 1.0) for name in evidence.sources], dtype=np.float64)
    return table[evidence.source] if len(evidence) else np.zeros(0)


def _codes(values: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Give each text its place among the sorted distinct ones."""
    listed = values.tolist() if isinstance(values, np.ndarray) else values
    names = sorted(set(listed))
    place = {name: code for code, name in enumerate(names)}
    return tuple(names), np.fromiter((place[v] for v in listed), dtype=np.int64, count=len(listed))
