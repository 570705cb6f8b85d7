"""A claim while it is being put together: token-level, before spans and ids."""

from dataclasses import dataclass, field
from typing import Any

from wayout.extract.certainty import Judgement
from wayout.extract.mention_index import Placed
from wayout.model import EventType, Mention, PlaceRole, Predicate


@dataclass(slots=True, kw_only=True)
class DraftPlace:
    """A place in its role, by mention or (for "the border") by the bare noun."""

    role: PlaceRole
    start: int
    end: int
    alternative: int | None = None
    placed: Placed | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """One claim in the making; ``words`` are token indexes, trigger first."""

    predicate: Predicate
    token: Any
    judgement: Judgement
    subject: Mention | None = None
    object: Mention | None = None
    subject_token: Any | None = None
    object_token: Any | None = None
    places: list[DraftPlace] = field(default_factory=list)
    words: tuple[int, ...] = ()
    condition: "Draft | None" = None
    because: list["Draft"] = field(default_factory=list)
    inferred: bool = False
    entry_lemma: str = ""
    event_type: EventType | None = None
