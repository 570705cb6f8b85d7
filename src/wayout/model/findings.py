"""All that one run found, in one record: what PUBLISH writes and a notebook looks at."""

from dataclasses import dataclass
from datetime import datetime

from wayout.model.actor import Actor
from wayout.model.arrivals import Arrivals
from wayout.model.assessment import Assessment
from wayout.model.claim import Claim
from wayout.model.document import Document
from wayout.model.judgement import Judgement
from wayout.model.mention import Mention
from wayout.model.party import Party
from wayout.model.place import Region
from wayout.model.quantity import check_quantities, quantity
from wayout.model.reach import Reach
from wayout.model.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: which way out (or in) for a party, from an area, at a time, within a horizon."""

    party: Party
    area_text: str
    area: Region
    at: datetime
    within_h: float = quantity("h", "Time the party has", low=0.1, high=24 * 366)

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Something that could not be read, located or used, and why: shown, never hidden."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """
    The outcome of the whole chain on one question; ``arrivals`` only where civilians want out and some place can be reached.

    ``judgements`` are the people's decisions that took part.
    """

    question: Question
    documents: tuple[Document, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    situation: Situation
    reach: Reach
    assessment: Assessment
    misses: tuple[Miss, ...] = ()
    arrivals: Arrivals | None = None
    judgements: tuple[Judgement, ...] = ()
