"""The fused picture at one time: who is where, who holds what, what closes a way and for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from wayout.model.document import Span, Step
from wayout.model.identity import ActorId, ClaimId
from wayout.model.place import Region
from wayout.model.quantity import check_quantities, quantity

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

BarrierKind = Literal[
    "sealed",
    "hostile_operation",
    "hostile_presence",
    "hostile_control",
    "siege",
    "stated_closed",
    "stated_open",
    "border",
    "river",
    "unreported",
]
ControlLayer = Literal["assessed", "claimed", "reported"]
ContradictionKind = Literal["denial", "open_or_closed", "holder", "itself", "figures", "dates"]
"""Denied by another; sealed and open; two holders of one place; a source against itself; numbers or days beyond their ranges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """
    An actor is in a region with a probability; ``last_evidence`` is the newest day that evidence speaks of.

    ``p_active`` is another question, with a fitted answer: will the actor be seen in a deadly event in the same half-degree cell within
    30 days? ``None`` where no deadly event there is known.
    """

    id: str
    actor: ActorId
    region: Region
    p_present: float = quantity("1", "Probability that the actor is in the region", low=0, high=1)
    p_active: float | None = quantity(
        "1",
        "Probability of a further deadly event of the actor in the cell within 30 days",
        low=0,
        high=1,
        default=None,
    )
    claims: tuple[ClaimId, ...]
    last_evidence: date | None = None
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """
    An actor holds a region with a probability; ``layer`` keeps assessed, claimed and reported control apart (ISW).

    ``last_evidence`` is the newest day that evidence speaks of, for it or against it. Holders of one place and layer who are not on
    one side share at most probability 1; the rest is "nobody known".
    """

    id: str
    actor: ActorId
    region: Region
    layer: ControlLayer
    p_held: float = quantity("1", "Probability that the actor holds the region", low=0, high=1)
    claims: tuple[ClaimId, ...]
    last_evidence: date | None = None
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    A reported occurrence, with UCDP GED's names; ``event_type`` is PLOVER's, ``sub_event_type`` ACLED's.

    ``side_a`` acts, ``side_b`` is acted upon, where the text says so; ``p_true`` is the probability that it happened as told.
    """

    id: str
    event_type: str
    sub_event_type: str | None
    side_a: ActorId | None
    side_b: ActorId | None
    region: Region | None
    date_start: date | None
    date_end: date | None
    date_prec: int | None = quantity("1", "UCDP date_prec", low=1, high=5, default=None)
    where_prec: int | None = quantity("1", "UCDP where_prec", low=1, high=7, default=None)
    p_true: float = quantity("1", "Probability that it happened as told", low=0, high=1)
    claims: tuple[ClaimId, ...]
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """
    What closes a way, and for whom.

    ``geometry`` is in lon/lat: an area (all ground in it is closed) or a line (crossing it is closed). ``p_closed`` is the
    probability that it stops the party; ``delay_h`` is what passing costs when it does not. Barriers of one ``group``
    stand or fall together (one draw decides all). ``blocks`` lists the actors stopped; empty means everybody.
    ``is_prior`` marks a stated prior for ground no report speaks of: never shown as a finding. ``last_evidence`` is the newest day
    that a report of it speaks of.
    """

    id: str
    name: str
    kind: BarrierKind
    geometry: "BaseGeometry"
    group: str
    p_closed: float = quantity("1", "Probability that the barrier stops the party", low=0, high=1)
    delay_h: float = quantity("h", "Delay where it can be passed", low=0, high=1e4, default=0.0)
    held_by: ActorId | None = None
    blocks: tuple[ActorId, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_prior: bool = False
    why: str = ""
    claims: tuple[ClaimId, ...] = ()
    last_evidence: date | None = None
    evidence: tuple[Span, ...] = ()
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A crossing, road or way is open with a probability, whoever asks; what it means for a party is a :class:`Barrier`."""

    id: str
    region: Region
    p_open: float = quantity("1", "Probability that the way can be used", low=0, high=1)
    claims: tuple[ClaimId, ...]
    last_evidence: date | None = None
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """
    Two claims that cannot both hold, kept side by side: the first and the second of the report or in time.

    ``kind`` names the rule that found it; ``origins`` are the mouths behind the two, which may be one (a source against itself).
    """

    first: ClaimId
    second: ClaimId
    why: str
    kind: ContradictionKind = "denial"
    origins: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBelief:
    """How probable one claim is from its own report, and the key of the mouth behind it (one origin counts once)."""

    claim: ClaimId
    p_true: float = quantity("1", "Probability that the claim is true, from its own report", low=0, high=1)
    origin: str

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that is believed at one time, with what disagrees and what is not known."""

    at: datetime
    beliefs: tuple[ClaimBelief, ...] = ()
    presences: tuple[Presence, ...] = ()
    controls: tuple[Control, ...] = ()
    operations: tuple[Event, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    ways: tuple[Way, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    unknowns: tuple[str, ...] = ()
