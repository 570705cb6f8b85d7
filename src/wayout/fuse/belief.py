"""Combine claims on one proposition: strongest within a group of common origin, summed over independent groups."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from wayout.fuse.echoes import independent_groups
from wayout.fuse.reliability import p_claim
from wayout.model import Claim, ClaimId, Document, DocumentId
from wayout.stats.log_odds import log_odds, probability
from wayout.vocab import read_vocab


class Belief:
    """
    The probability of each claim, and of propositions that several claims bear on, as of one time.

    Parameters
    ----------
    claims
        All claims of the run, in any order.
    documents
        The documents they come from.
    at
        The time of the picture.
    """

    def __init__(self, claims: Sequence[Claim], documents: Sequence[Document], at: datetime) -> None:
        by_id: Mapping[DocumentId, Document] = {d.id: d for d in documents}
        self._groups = independent_groups(documents)
        self._document = {c.id: c.document for c in claims}
        conditions = {c.condition for c in claims if c.condition is not None}
        known = {c.id: p_claim(c, by_id[c.document], at) for c in claims if c.id in conditions}
        self._p: dict[ClaimId, float] = {c.id: p_claim(c, by_id[c.document], at, known) for c in claims}
        self.prior: float = read_vocab("belief_rules.yaml")["prior"]

    @property
    def n_groups(self) -> int:
        """Number of independent groups of reports."""
        return len(set(self._groups.values()))

    def group_of(self, claim: ClaimId) -> int:
        """Return the independence group of the report that makes a claim."""
        return self._groups[self._document[claim]]

    def p(self, claim: ClaimId) -> float:
        """Return the probability that one claim is true, from its own report."""
        return self._p[claim]

    def fuse(self, claims: Iterable[ClaimId]) -> float:
        """
        Return the probability of one proposition that all the given claims assert.

        Within a group of common origin only the strongest claim counts, so copies change nothing; independent groups add
        their log-odds over the prior.

        Parameters
        ----------
        claims
            Ids of claims that assert the same proposition (a denied one has a low probability).

        Returns
        -------
        p
            Probability in [0.01, 0.99]; the prior where no claim is given.
        """
        base = log_odds(self.prior)
        strongest: dict[int, float] = {}
        for claim in sorted(claims):
            shift = log_odds(self._p[claim]) - base
            group = self.group_of(claim)
            if group not in strongest or abs(shift) > abs(strongest[group]):
                strongest[group] = shift
        return probability(base + sum(strongest[g] for g in sorted(strongest)))
