"""Somebody asserts something: the atom of the whole chain."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wayout.errors import ProvenanceError
from wayout.model.document import Span, Step
from wayout.model.identity import ActorId, ClaimId, DocumentId
from wayout.model.place import Region
from wayout.model.quantity import check_quantities
from wayout.model.quantity import quantity as number

Predicate = Literal[
    "present",
    "holds",
    "takes",
    "loses",
    "attacks",
    "strikes",
    "clashes",
    "sweeps",
    "deploys",
    "seals",
    "opens",
    "besieges",
    "moves",
    "withdraws",
    "passes",
    "displaced",
    "cannot_move",
    "way_open",
    "shelters",
    "investigates",
    "publishes",
    "delivers",
    "agrees",
    "pursues",
    "other",
]
"""Meanings, PLOVER types and ACLED sub-event types of each: ``vocab/predicates.yaml``."""

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "DEMAND",
    "DISAPPROVE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "FIGHT",
    "INVESTIGATE",
]
"""PLOVER event types (OEDA, gold standard records 0.5b: the later REQUEST and ACCUSE are DEMAND, DISAPPROVE and INVESTIGATE here)."""

Modality = Literal["asserted", "hedged", "conditional", "denied", "reported"]
Mood = Literal["fact", "intent", "obligation", "possibility", "question", "inference"]
Tense = Literal["past", "present", "future"]
PlaceRole = Literal["at", "from", "to", "via", "border"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceUse:
    """
    A place phrase in its role in a claim; ``region`` is filled by LOCATE, ``None`` where it could not be located.

    ``alternative`` numbers the branches of "A or B": phrases of one claim with different numbers are alternatives, with
    the same number (or ``None``) they all hold.
    """

    role: PlaceRole
    phrase: str
    span: Span
    region: Region | None = None
    alternative: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A counted thing: "four brigades" is value 4, unit "brigade"; ``low``/``high`` differ where the text is vague."""

    text: str
    span: Span
    unit: str
    value: float | None = number("1", "Stated or best number", low=0, default=None)
    low: float | None = number("1", "Lowest number the words allow", low=0, default=None)
    high: float | None = number("1", "Highest number the words allow", low=0, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """When: first and last day, and UCDP ``date_prec`` (1 day, 2 2-6 days, 3 week, 4 month, 5 longer)."""

    text: str
    span: Span
    start: date | None
    end: date | None
    date_prec: int = number("1", "UCDP date_prec class", low=1, high=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """
    Who is made to answer for the words: ``actor`` where resolved, the cue ("said") and the source's own words.

    ``named`` is ``False`` where the source is anonymous ("officials", "sources close to ..."). ``via`` is the outer
    source where one passes on another's words ("media reported that X said": X, via media).
    """

    name: str
    actor: ActorId | None
    source_span: Span | None
    cue_span: Span | None
    named: bool = True
    via: "Attribution | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    Somebody asserts something about somebody, somewhere, some time, with a stated certainty and perhaps a condition.

    ``attributed_to`` is ``None`` when the document itself speaks. ``certainty`` is the FactBank scale as an author's
    commitment (+3 certainly so, +2 probable, +1 possible, 0 open, negative certainly not). ``condition`` is the claim that
    must hold first; ``because`` are claims given as reason. ``credibility`` is the Admiralty number 1-5, ``None`` (6) where it
    cannot be judged. ``evidence`` begins with the clause that makes the claim; ``words`` are the role-bearing spans
    inside it (trigger first), for highlighting.
    ``event_type`` is the PLOVER type and ``sub_event_type`` the ACLED sub-event type of what is told, ``None`` where the
    codebook has none; ``instrument`` is what it is done with ("drones"); ``denies`` is the claim of the same document
    whose content this one denies.
    """

    id: ClaimId
    document: DocumentId
    predicate: Predicate
    subject: ActorId | None
    object: ActorId | None
    subject_text: str | None = None
    object_text: str | None = None
    places: tuple[PlaceUse, ...] = ()
    quantity: Quantity | None = None
    time: TimeValue | None = None
    attributed_to: Attribution | None = None
    polarity: Literal[1, -1] = 1
    modality: Modality = "asserted"
    mood: Mood = "fact"
    tense: Tense = "present"
    certainty: float = number("1", "Author's commitment, -3 certainly not .. +3 certainly so", low=-3, high=3)
    condition: ClaimId | None = None
    because: tuple[ClaimId, ...] = ()
    event_type: EventType | None = None
    sub_event_type: str | None = None
    instrument: Span | None = None
    denies: ClaimId | None = None
    credibility: int | None = number(
        "1", "Admiralty credibility 1-5; None cannot be judged", low=1, high=5, default=None
    )
    words: tuple[Span, ...] = ()
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Check the declared numbers and that the claim has words."""
        check_quantities(self)
        if not self.evidence:
            raise ProvenanceError(f"claim {self.id} has no evidence; every claim needs at least one span")
