"""What the finders of FUSE ask of what was believed: the claims of one run and the columns of a store both answer."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from wayout.fuse.weighing.propositions import Proposition
from wayout.model import ClaimId


class Heard(Protocol):
    """What is known of one proposition."""

    @property
    def proposition(self) -> Proposition:
        """What it says."""
        ...

    @property
    def p(self) -> float:
        """Its probability."""
        ...

    @property
    def last_evidence(self) -> date | None:
        """The newest day evidence speaks of."""
        ...

    @property
    def claims(self) -> tuple[ClaimId, ...]:
        """The claims that speak of it."""
        ...


class Propositions(Protocol):
    """Propositions with their probabilities: all of a run, or those chosen to be shown."""

    def about(self, kind: str) -> Iterator[Heard]:
        """Go through the propositions of a kind, in the order of their keys."""
        ...


class Voices(Protocol):
    """Who stands behind claims, and which day they speak of."""

    def day_of(self, claim: ClaimId) -> float:
        """Return the day a claim speaks of, else of its publication: days since 1970-01-01 UTC, NaN where not known."""
        ...

    def group_of(self, claim: ClaimId) -> str:
        """Return the key of the mouth behind a claim."""
        ...
