"""The brief: sentences, each with the words it rests on."""

from dataclasses import dataclass
from typing import Literal

from wayout.model.document import Span, Step
from wayout.model.identity import ClaimId
from wayout.model.quantity import check_quantities, quantity

SentenceRole = Literal[
    "headline",
    "exit",
    "onward",
    "hypothesis",
    "branch",
    "lever",
    "claim",
    "contradiction",
    "unknown",
    "caveat",
    "method",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """
    One sentence of the page.

    ``names`` are the actors, places and numbers-from-text it names: each must occur in (or be an alias resolved from) the
    cited spans, or publishing fails. ``computed`` are numbers that come from the computation (a probability, hours), which
    rest on the records in ``records`` instead. ``likelihood`` is the ICD 203 term the sentence uses, ``p`` the number behind.
    """

    id: str
    text: str
    role: SentenceRole
    names: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    computed: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    likelihood: str | None = None
    p: float | None = quantity("1", "Probability behind the likelihood term", low=0, high=1, default=None)
    claims: tuple[ClaimId, ...] = ()
    evidence: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        """Check the declared numbers."""
        check_quantities(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of sentences."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole brief: its question, headline first, then sections."""

    title: str
    question: str
    headline: Sentence
    sections: tuple[Section, ...]
    made_by: Step
