"""What the claims of one run make probable, as of one time: the engine of ``weighing.evidence``, in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from wayout.fuse.echoes import Origins, find_origins
from wayout.fuse.origins.groups import first_to_tell
from wayout.fuse.origins.tellers import first_tellers
from wayout.fuse.reliability import Rating, weigh_claim
from wayout.fuse.weighing.evidence import Evidence, EvidenceRow, believe, day_of
from wayout.fuse.weighing.propositions import Proposition, parse_proposition
from wayout.fuse.weighing.rows import FOREVER, as_told_first, evidence_rows, sides_of
from wayout.model import Actor, ActorId, Claim, ClaimId, Document, DocumentId
from wayout.stats.log_odds import log_odds
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one proposition: its probability, the newest day evidence speaks of, the claims that speak of it."""

    proposition: Proposition
    p: float
    last_evidence: date | None
    claims: tuple[ClaimId, ...]


class Belief:
    """
    The probability of each claim, and of propositions that several claims bear on, as of one time.

    Parameters
    ----------
    claims
        All claims of the run, in any order. Those of documents published after ``at`` count for nothing.
    documents
        The documents they come from.
    at
        The time of the picture.
    actors
        Actors by id, with parents: who is on whose side.
    origins
        The mouth behind each claim; found here if ``None``, among the documents known at the time.
    ratings
        People's letters for sources (``fuse.reliability.ratings_at``); without one a source has the letter it came with.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        documents: Sequence[Document],
        at: datetime,
        actors: Mapping[ActorId, Actor] | None = None,
        origins: Origins | None = None,
        ratings: Mapping[str, Rating] | None = None,
    ) -> None:
        actors = actors or {}
        # Two outlets' same words are one document: of what was known, the first to tell stays.
        told = sorted((d for d in documents if not day_of(d.published) > day_of(at)), key=first_to_tell, reverse=True)
        known = {d.id: d for d in told}
        said = sorted((c for c in {c.id: c for c in claims}.values() if c.document in known), key=_in_order(known))
        self._at = at
        self._by_id: dict[ClaimId, Claim] = {c.id: c for c in said}
        origins = origins or find_origins(tuple(known.values()), said)
        self._origin = {c.id: origins.of_claim(c.id) for c in said}
        self._days: dict[ClaimId, float] = {}
        self._teller = first_tellers(said, known, origins.group_of)
        weights = {c.id: weigh_claim(c, self._teller[c.id], ratings or {}) for c in said}
        rows = [row for claim in said for row in self._rows(claim, known, actors, weights[claim.id])]
        self._evidence = Evidence.of(rows)
        believed = believe(self._evidence, at, same_side=sides_of(actors))
        self._p = believed.by_key()
        self._last = dict(zip(self._evidence.propositions, believed.last_day.tolist(), strict=True))
        self._claims: dict[str, list[ClaimId]] = {}
        self._standing: dict[ClaimId, float] = {}
        for row, standing in zip(rows, believed.standing.tolist(), strict=True):
            claim = ClaimId(row.claim)
            self._claims.setdefault(row.proposition, []).append(claim)
            self._standing[claim] = min(standing, self._standing.get(claim, 1.0))
        self.prior: float = read_vocab("belief_rules.yaml")["prior"]

    def _rows(
        self,
        claim: Claim,
        documents: Mapping[DocumentId, Document],
        actors: Mapping[ActorId, Actor],
        weight: float,
    ) -> tuple[EvidenceRow, ...]:
        condition = self._by_id.get(claim.condition) if claim.condition is not None else None
        rows = evidence_rows(claim, documents[claim.document], self._origin[claim.id], actors, weight, condition)
        if self._teller[claim.id].id != claim.document:
            rows = tuple(as_told_first(row, day_of(self._teller[claim.id].published)) for row in rows)
        spoken, known = rows[0].spoken_day, rows[0].known_day
        self._days[claim.id] = known if np.isnan(spoken) else spoken
        return rows

    @property
    def n_groups(self) -> int:
        """Number of independent origins of what is known."""
        return len(set(self._origin.values()))

    def knows(self, claim: ClaimId) -> bool:
        """Tell whether a claim was known at the time of the picture."""
        return claim in self._by_id

    def group_of(self, claim: ClaimId) -> str:
        """Return the key of the mouth behind a claim."""
        return self._origin[claim]

    def document_of(self, claim: ClaimId) -> DocumentId:
        """Return the report that makes a claim."""
        return self._by_id[claim].document

    def day_of(self, claim: ClaimId) -> float:
        """Return the day a claim speaks of, else of its publication: days since 1970-01-01 UTC, NaN where not known."""
        return self._days[claim]

    def p(self, claim: ClaimId) -> float:
        """Return the probability that one claim is true, from its own report; never above that of its condition."""
        p, seen = 1.0, set[ClaimId]()
        link: ClaimId | None = claim
        while link is not None and link not in seen:
            seen.add(link)
            p *= self._p[Proposition("claim", detail=link).key] if link in self._by_id else self.prior
            link = self._by_id[link].condition if link in self._by_id else None
        return p

    def standing(self, claim: ClaimId) -> float:
        """Return what later evidence for another state of the same place or way leaves of a claim: 1 all, 0 nothing."""
        return self._standing[claim]

    def fuse(self, claims: Iterable[ClaimId]) -> float:
        """Return the probability of one proposition that all the given claims assert: :meth:`fuse_all` of one."""
        return self.fuse_all([tuple(claims)])[0]

    def fuse_all(self, groups: Sequence[Iterable[ClaimId]]) -> list[float]:
        """
        Return the probabilities of propositions, each asserted by all the claims of its group.

        Within one origin only the strongest claim counts, so copies change nothing; independent origins add their log-odds
        over the prior. What later evidence has overtaken counts by what is left of it.

        Parameters
        ----------
        groups
            Ids of claims that assert the same proposition (a denied one has a low probability).

        Returns
        -------
        p
            One per group, in [0.01, 0.99]; the prior where a group is empty.
        """
        base, nan = log_odds(self.prior), float("nan")
        rows = []
        for n, group in enumerate(groups):
            for claim in set(group):
                shift = self._standing[claim] * (log_odds(self.p(claim)) - base)
                rows.append(EvidenceRow(claim, "", "", str(n), self._origin[claim], nan, nan, shift, shift, FOREVER))
        by_key = believe(Evidence.of(rows), self._at).by_key() if rows else {}
        return [by_key.get(str(n), self.prior) for n in range(len(groups))]

    def about(self, kind: str) -> Iterator[Known]:
        """Go through the propositions of a kind that some known claim speaks of, in the order of their keys."""
        for key in self._evidence.propositions:
            proposition = parse_proposition(key)
            if proposition.kind == kind:
                claims = tuple(dict.fromkeys(self._claims[key]))
                yield Known(proposition, self._p[key], as_date(self._last[key]), claims)

    def last_evidence(self, claims: Iterable[ClaimId]) -> date | None:
        """Return the newest day that any of the claims speaks of, as far as it is past."""
        days = [min(self._days[c], day_of(self._at)) for c in claims if not np.isnan(self._days[c])]
        return as_date(max(days)) if days else None


def _in_order(documents: Mapping[DocumentId, Document]) -> Callable[[Claim], tuple[object, ...]]:
    """Return the key by which claims stand in the order in which they were told, whatever order they came in."""
    return lambda c: (*first_to_tell(documents[c.document]), c.evidence[0].start if c.evidence else -1, c.id)


def as_date(day: float) -> date | None:
    """Return the calendar day (UTC) of days since 1970-01-01; ``None`` for NaN."""
    return None if np.isnan(day) else date(1970, 1, 1) + timedelta(days=int(day // 1))
