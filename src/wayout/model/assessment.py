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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What would change the answer: a report or barrier, the exit it moves most, and by how much."""

    barrier: str
    exit: str
    claims: tuple[ClaimId, ...]
    swing: float = quantity("1", "Change of P(reach) between open and closed, times the doubt left", low=0, high=1)
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
