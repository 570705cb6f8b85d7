"""Judgements that can be tracked: hypotheses, branches, what would change the answer."""

from dataclasses import dataclass

from wayout.model.document import Span, Step
from wayout.model.identity import ClaimId
from wayout.model.quantity import check_quantities, quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """One claim's weight on a hypothesis: the likelihood ratio it contributes, and why."""

    claim: ClaimId
    likelihood_ratio: float = quantity("1", "P(claim | hypothesis) / P(claim | not)", low=0)
    why: str

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """What the party will do: a statement, its probability, the ICD 203 term, and the claims that weigh on it."""

    id: str
    statement: str
    p: float = quantity("1", "Probability of the hypothesis", low=0, high=1)
    p_prior: float = quantity("1", "Probability before the reports", low=0, high=1)
    likelihood: str
    exit: str | None = None
    weights: tuple[Weight, ...] = ()
    evidence: tuple[Span, ...] = ()
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A conditional or unverified claim as a switch: the hypotheses with it true and with it false."""

    claim: ClaimId
    name: str
    p_true: float = quantity("1", "Probability that the condition holds", low=0, high=1)
    consequence: tuple[ClaimId, ...]
    if_true: tuple[tuple[str, float], ...]
    if_false: tuple[tuple[str, float], ...]
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


LEAST_CHANGE = 0.02
"""News that would move an answer by less than this on average is no lever: two points change no ICD 203 term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """
    What would change the answer: news of a barrier, the exit it moves most, and by how much.

    ``others`` are further barriers that the reports in ``claims`` stand behind: settled, they fall or hold together. Without a
    report the lever is the barrier's own. ``expected_change`` is what is left of the swing when nobody knows how the news will be.
    """

    barrier: str
    exit: str
    claims: tuple[ClaimId, ...]
    others: tuple[str, ...] = ()
    swing: float = quantity("1", "Change of P(reach) between open and closed, times the doubt left", low=0, high=1)
    expected_change: float = quantity("1", "Expected absolute change of P(reach)", low=0, high=1, default=0.0)
    p_reach_if_open: float | None = quantity("1", "P(reach) if it is open", low=0, high=1, default=None)
    p_reach_if_closed: float | None = quantity("1", "P(reach) if it is closed", low=0, high=1, default=None)
    statement: str
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement on one situation for one party."""

    hypotheses: tuple[Hypothesis, ...]
    branches: tuple[Branch, ...]
    levers: tuple[Lever, ...]
    confidence: str
    confidence_why: str
    made_by: Step
