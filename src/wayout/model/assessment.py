"""Judgements that can be tracked: hypotheses, branches, what would change the answer."""

from dataclasses import dataclass
from typing import Literal

from wayout.model.document import Span, Step
from wayout.model.identity import ClaimId
from wayout.model.quantity import check_quantities, quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """One claim's weight on one hypothesis, as it counts beside the others: the likelihood ratio it contributes, and why."""

    claim: ClaimId
    likelihood_ratio: float = quantity("1", "P(claim | hypothesis) / P(claim | not)", low=0)
    why: str

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """
    What the party will do: a statement, its probability, the ICD 203 term, and the claims that weigh on it.

    ``p_prior`` is the probability before any report of what the party does or suffers. ``p_low`` and ``p_high`` are the least and
    the most it becomes when one stated number after the other is halved or doubled; ``None`` where that was not asked.
    """

    id: str
    statement: str
    p: float = quantity("1", "Probability of the hypothesis", low=0, high=1)
    p_prior: float = quantity("1", "Probability before the reports", low=0, high=1)
    p_low: float | None = quantity("1", "Least with one stated number halved or doubled", low=0, high=1, default=None)
    p_high: float | None = quantity("1", "Most with one stated number halved or doubled", low=0, high=1, default=None)
    likelihood: str
    exit: str | None = None
    weights: tuple[Weight, ...] = ()
    evidence: tuple[Span, ...] = ()
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosticity:
    """
    How much one claim tells the hypotheses apart.

    ``spread`` is the most minus the least of ln P(claim | hypothesis) over the hypotheses, as the claim counts beside the
    others; 0 where it is as likely under each: it decides nothing. ``spread_alone`` is the same had it stood alone: the
    difference is what dependence takes. ``ratios`` are (hypothesis id, P(claim | it) / P(claim | not it)) as counted.
    """

    claim: ClaimId
    kind: str
    origin: str
    strength: float = quantity("1", "How far the report follows the facts, -1 (a denial) to 1", low=-1, high=1)
    spread: float = quantity("1", "Spread of its log likelihoods as counted", low=0)
    spread_alone: float = quantity("1", "Spread of its log likelihoods had it stood alone", low=0)
    ratios: tuple[tuple[str, float], ...]

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipStep:
    """
    One change of the evidence after which another hypothesis leads.

    ``origins`` and ``claims`` are what is left out; or, for a discount, the one claim of which only ``weight_left`` counts.
    """

    claims: tuple[ClaimId, ...]
    origins: tuple[str, ...] = ()
    weight_left: float = quantity("1", "Share of its weight that is left", low=0, high=1, default=0.0)
    leader: str
    p_leader: float = quantity("1", "Probability of the new leader", low=0, high=1)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """
    The flip test: the smallest change of this evidence after which another hypothesis leads.

    ``removal`` leaves out the fewest independent origins, with all they say, and the whole chain is run again; ``discount``
    takes the least weight from a single claim, with the ways as they are. ``None``: no such change does it. Every set of fewer
    than ``n_excluded`` + 1 origins was tried, the ways as they are; where ``removal`` leaves out more than that, fewer might do.
    """

    leader: str
    n_origins: int = quantity("1", "Independent origins", low=0)
    removal: FlipStep | None
    discount: FlipStep | None
    n_excluded: int = quantity("1", "No set of this many origins or fewer flips it", low=0)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What one stated number does to the leading hypothesis when it is halved, and when it is doubled."""

    name: str
    p_halved: float = quantity("1", "Probability of the leader with the number halved", low=0, high=1)
    p_doubled: float = quantity("1", "Probability of the leader with the number doubled", low=0, high=1)
    leader_halved: str
    leader_doubled: str

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """
    A conditional, unverified or contested claim as a switch: the hypotheses with it true and with it false.

    ``why`` says what makes it a switch; ``opposed`` are the claims that contradict a contested one. ``gap`` is the largest difference, over the hypotheses, between the answer and
    ``p_true`` times the one world plus the rest times the other.
    """

    claim: ClaimId
    name: str
    why: Literal["condition", "unverified", "contested"] = "condition"
    p_true: float = quantity("1", "Probability that the claim holds", low=0, high=1)
    consequence: tuple[ClaimId, ...]
    opposed: tuple[ClaimId, ...] = ()
    if_true: tuple[tuple[str, float], ...]
    if_false: tuple[tuple[str, float], ...]
    gap: float = quantity("1", "Answer minus the mean of the two worlds, at most", low=0, high=1, default=0.0)
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
    """
    The judgement on one situation for one party.

    ``prior_leaves`` is the stated prior that the party leaves at all and ``prior_source`` where it is from. ``diagnosticity``
    has the claims that bear on the hypotheses, most telling first; ``n_bear_nothing`` counts the claims that bear on none.
    ``n_switches`` counts the claims that could be switches, of which ``branches`` are those that were run.
    """

    hypotheses: tuple[Hypothesis, ...]
    branches: tuple[Branch, ...]
    levers: tuple[Lever, ...]
    confidence: str
    confidence_why: str
    prior_leaves: float | None = quantity("1", "Stated prior that it leaves", low=0, high=1, default=None)
    prior_source: str = ""
    diagnosticity: tuple[Diagnosticity, ...] = ()
    n_bear_nothing: int = quantity("1", "Claims that bear on no hypothesis", low=0, default=0)
    flip: Flip | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    n_switches: int = quantity("1", "Claims that could be switches", low=0, default=0)
    made_by: Step
