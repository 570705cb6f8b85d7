"""Which claims later evidence has resolved, and how: by other mouths that spoke afterwards, or by a person's word."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.fuse.weighing.evidence import Evidence
from wayout.fuse.weighing.propositions import parse_proposition
from wayout.model import Judgement
from wayout.vocab import read_vocab

RESOLUTION = "resolution"
"""Kind of the judgements that say whether a claim held: about a claim's id, body ``{"held": true, "why": "..."}``."""
SAME_TIME_DAYS = 3.0
"""Two claims of a state speak of the same time within this: ground changes hands, and later change refutes nobody."""
LEAST_WORDS = 0.4
"""Log-odds of words from which a row takes a side: "possible" (0.49) does, an open question does not."""
_OWN = "claim"
"""Kind of the row that a claim has of itself: only its own mouth speaks of it."""

Who = Literal["origin", "source"]


class Resolved(NamedTuple):
    """A claim of a source that was resolved: whether it held, on which day that was known, and by what."""

    source: str
    claim: str
    held: bool
    day: float
    by: Literal["later reports", "judgement"]


def resolve_claims(
    evidence: Evidence,
    at: float,
    judged: Mapping[str, bool] | None = None,
    *,
    who: Who = "origin",
    unknown: Collection[str] = (),
) -> tuple[Resolved, ...]:
    """
    Resolve claims by what independent mouths said later.

    A row is decided by rows on the same proposition that speak of the same time (within :data:`SAME_TIME_DAYS`), were known
    after it and by ``at``, and come from another origin (and, where the record is a publisher's, from another publisher). Rows of one
    event table decide nothing of each other: they are different events, of one town and day too. Each deciding origin has one voice, its strongest
    words; more voices for than against confirm. A tie decides nothing, and silence decides nothing. A source is counted once a
    proposition and time, by its first row: copies and repetitions count once and decide nothing.

    Parameters
    ----------
    evidence
        The rows.
    at
        Day of the picture, days since 1970-01-01 UTC.
    judged
        Claims that a person has resolved, by id; their word wins.
    who
        Whose record: the mouth (``"origin"``) or the publisher (``"source"``).
    unknown
        Origins that stand for nobody known: they neither decide nor are decided.

    Returns
    -------
    resolved
        Sorted; at most one for each source, proposition and time.
    """
    judged = judged or {}
    spoken = np.where(np.isnan(evidence.spoken_day), evidence.known_day, evidence.spoken_day)
    nobody = np.isin(evidence.origin, [i for i, name in enumerate(evidence.origins) if name in set(unknown)])
    own = np.array([parse_proposition(key).kind == _OWN for key in evidence.propositions], dtype=bool)
    counts = (evidence.known_day <= at) & (np.abs(evidence.words) >= LEAST_WORDS) & ~nobody & ~np.isnan(spoken)
    rows = np.flatnonzero(counts & ~own[evidence.proposition] if len(own) else counts)
    order = rows[np.lexsort((np.asarray(evidence.claims)[rows], evidence.known_day[rows], evidence.proposition[rows]))]
    names = evidence.origins if who == "origin" else evidence.sources
    codes = evidence.origin if who == "origin" else evidence.source
    found: list[Resolved] = []
    voice = np.where(
        np.isin(evidence.sources, _tables())[evidence.source], -1 - evidence.source, np.arange(len(evidence))
    )
    for group in np.split(order, np.flatnonzero(np.diff(evidence.proposition[order])) + 1):
        found += _of_proposition(evidence, group, (spoken, codes, voice), names)
    by_hand = _by_hand(evidence, order, spoken, codes, names, judged)
    decided = {(r.source, r.claim) for r in by_hand}
    return tuple(
        sorted({*by_hand, *(r for r in found if (r.source, r.claim) not in decided and r.claim not in judged)})
    )


def counts_of(resolved: Iterable[Resolved]) -> dict[str, tuple[int, int]]:
    """Return claims that held and claims resolved, by source: what ``estimate_records`` takes."""
    counts: dict[str, tuple[int, int]] = {}
    for one in resolved:
        held, n = counts.get(one.source, (0, 0))
        counts[one.source] = (held + one.held, n + 1)
    return dict(sorted(counts.items()))


def against_themselves(evidence: Evidence, at: float, *, who: Who = "origin") -> dict[str, tuple[tuple[str, str], ...]]:
    """
    Find sources that contradict themselves: one says of the same thing and time both that it is so and that it is not.

    Of the two neither is dropped: each keeps its place in the situation's contradictions, and of one origin one counts there. Here it
    is only shown, beside the source.

    Parameters
    ----------
    evidence
        The rows.
    at
        Day of the picture, days since 1970-01-01 UTC.
    who
        The mouth (``"origin"``) or the publisher (``"source"``).

    Returns
    -------
    pairs
        Claims by source, the earlier known first; sources without a pair are left out. A claim is in at most one pair a
        proposition.
    """
    names = evidence.origins if who == "origin" else evidence.sources
    codes = evidence.origin if who == "origin" else evidence.source
    spoken = np.where(np.isnan(evidence.spoken_day), evidence.known_day, evidence.spoken_day)
    rows = np.flatnonzero((evidence.known_day <= at) & (np.abs(evidence.words) >= LEAST_WORDS) & ~np.isnan(spoken))
    keys = np.stack([codes[rows], evidence.proposition[rows]])
    order = rows[np.lexsort((np.asarray(evidence.claims)[rows], evidence.known_day[rows], *keys[::-1]))]
    ends = np.flatnonzero((np.diff(codes[order]) != 0) | (np.diff(evidence.proposition[order]) != 0)) + 1
    found: dict[str, list[tuple[str, str]]] = {}
    for group in np.split(order, ends):
        if len(group) < 2 or (evidence.words[group] > 0).all() or (evidence.words[group] < 0).all():
            continue
        waiting: list[int] = []
        for i in group.tolist():
            other = next((j for j in waiting if _clash(evidence, spoken, i, j)), None)
            if other is None:
                waiting.append(i)
            else:
                waiting.remove(other)
                found.setdefault(names[codes[i]], []).append((_id(evidence, other), _id(evidence, i)))
    return {name: tuple(pairs) for name, pairs in sorted(found.items())}


def _clash(evidence: Evidence, spoken: NDArray[np.float64], i: int, j: int) -> bool:
    opposite = bool(evidence.words[i] * evidence.words[j] < 0)
    return opposite and bool(abs(spoken[i] - spoken[j]) <= SAME_TIME_DAYS)


def judged_claims(judgements: Iterable[Judgement], at: datetime) -> dict[str, bool]:
    """
    Return the claims that people have resolved by a time; the newest word counts.

    Parameters
    ----------
    judgements
        Any judgements, in order; resolutions of other records (questions) are passed over.
    at
        The time of the picture, aware.

    Returns
    -------
    judged
        Whether it held, by claim id.

    Raises
    ------
    InputError
        If a resolution of a claim does not say whether it held.
    """
    newest: dict[str, tuple[datetime, bool]] = {}
    for judgement in judgements:
        if judgement.kind != RESOLUTION or not judgement.about.startswith("claim-") or judgement.made_at > at:
            continue
        value = judgement.value()
        held = value.get("held") if isinstance(value, dict) else None
        if not isinstance(held, bool):
            raise InputError(
                f"resolution {judgement.id} does not say whether {judgement.about} held; give held: true or false"
            )
        if judgement.about not in newest or newest[judgement.about][0] <= judgement.made_at:
            newest[judgement.about] = (judgement.made_at, held)
    return {claim: held for claim, (_, held) in sorted(newest.items())}


def _of_proposition(
    evidence: Evidence,
    group: NDArray[np.int64],
    facts: tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]],
    names: tuple[str, ...],
) -> list[Resolved]:
    """Resolve the rows on one proposition, earliest known first; facts: the day spoken of, who, and one number for all rows of a table."""
    if len(group) < 2 or len(np.unique(evidence.origin[group])) < 2:
        return []
    spoken, codes, voice = facts
    told: list[tuple[int, float]] = []
    found = []
    for i in group.tolist():
        if any(code == codes[i] and abs(day - spoken[i]) <= SAME_TIME_DAYS for code, day in told):
            continue
        told.append((int(codes[i]), float(spoken[i])))
        later = group[
            (evidence.known_day[group] > evidence.known_day[i])
            & (evidence.origin[group] != evidence.origin[i])
            & (codes[group] != codes[i])
            & (voice[group] != voice[i])
            & (np.abs(spoken[group] - spoken[i]) <= SAME_TIME_DAYS)
        ]
        voices = _voices(evidence, later)
        if voices:
            held = (voices > 0) == bool(evidence.words[i] > 0)
            day = float(evidence.known_day[later].max())
            found.append(Resolved(names[codes[i]], _id(evidence, i), held, day, "later reports"))
    return found


def _tables() -> list[str]:
    """Return the names under which event tables publish."""
    return [str(told["name"]) for told in read_vocab("event_tables.yaml")["formats"].values()]


def _voices(evidence: Evidence, rows: NDArray[np.int64]) -> int:
    """Return origins for less origins against, each by its strongest words."""
    strongest: dict[int, float] = {}
    for j in rows.tolist():
        origin, words = int(evidence.origin[j]), float(evidence.words[j])
        if abs(words) > abs(strongest.get(origin, 0.0)) or (words == -strongest.get(origin, 0.0) and words < 0):
            strongest[origin] = words
    return sum(1 if words > 0 else -1 for words in strongest.values())


def _by_hand(
    evidence: Evidence,
    order: NDArray[np.int64],
    spoken: NDArray[np.float64],
    codes: NDArray[np.int64],
    names: tuple[str, ...],
    judged: Mapping[str, bool],
) -> list[Resolved]:
    """Take the claims that people resolved, once a source, proposition and day."""
    found: dict[tuple[int, int, float], Resolved] = {}
    claims: set[str] = set()
    for i in order.tolist():
        claim = _id(evidence, i)
        if claim in judged and claim not in claims:
            claims.add(claim)
            key = (int(codes[i]), int(evidence.proposition[i]), float(spoken[i]))
            found.setdefault(
                key, Resolved(names[codes[i]], claim, judged[claim], float(evidence.known_day[i]), "judgement")
            )
    return list(found.values())


def _id(evidence: Evidence, row: int) -> str:
    """Return a claim's id; a store's columns hold ids as bytes."""
    claim: str | bytes = evidence.claims[row]
    return claim.decode() if isinstance(claim, bytes) else claim
