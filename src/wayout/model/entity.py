"""A named or described thing with its type, as an analyst would mark it."""

from dataclasses import dataclass
from typing import Literal

from wayout.model.document import Span
from wayout.model.mention import Mention

EntityType = Literal[
    "Organisation",
    "Location",
    "Person",
    "Temporal",
    "Nationality",
    "Quantity",
    "DocumentReference",
    "Weapon",
    "Money",
    "MilitaryPlatform",
]
"""Types of the re3d scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """
    Words that name a thing, and its type.

    ``mention`` is the mention of the same kind that shares most of its words, with the actor it means; ``None`` where the
    rules found none.
    """

    span: Span
    text: str
    type: EntityType
    mention: Mention | None = None
