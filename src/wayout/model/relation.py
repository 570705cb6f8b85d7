"""How two named parties stand to each other, as a text says it."""

from dataclasses import dataclass
from typing import Literal

from wayout.errors import ProvenanceError
from wayout.model.document import Span, Step
from wayout.model.identity import ActorId, DocumentId

RelationKind = Literal[
    "fights", "allied_with", "in_charge_of", "same_as", "part_of", "located_with", "communicates_with"
]
"""Of the re3d scheme: FightingAgainst, AlliesOf, InChargeOf, IsSynonymOf, BelongsTo, CoLocated, CommWith."""
UNDIRECTED: frozenset[RelationKind] = frozenset(
    {"fights", "allied_with", "same_as", "located_with", "communicates_with"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """
    The text says that ``a`` stands to ``b`` as ``kind`` tells ("a is in charge of b", "a is part of b").

    ``a`` and ``b`` are the words that name the two; ``a_ref`` and ``b_ref`` the actors they resolve to, where they do.
    ``trigger`` is the word that says so, ``None`` where the grammar alone does ("the Lafarge company (LCS)").
    ``evidence`` begins with the clause.
    """

    document: DocumentId
    kind: RelationKind
    a: Span
    b: Span
    a_ref: ActorId | None = None
    b_ref: ActorId | None = None
    trigger: Span | None = None
    evidence: tuple[Span, ...]
    made_by: Step

    def __post_init__(self) -> None:
        """Refuse a relation without words."""
        if not self.evidence:
            raise ProvenanceError(f"relation {self.kind} of {self.a} and {self.b} has no evidence; give its clause")
