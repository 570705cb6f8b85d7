"""A span that names something."""

from dataclasses import dataclass
from typing import Literal

from wayout.model.document import Span

MentionKind = Literal["actor", "person", "place", "time", "quantity"]
MentionRoute = Literal[
    "name", "alias", "acronym", "metonym", "coreference", "demonym", "description", "statistical", "phrase"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """
    Words that name an actor, person, place, time or quantity.

    ``ref`` is the actor's id (actors and persons), else ``None``; ``candidates`` are further ids that the same
    words may mean: a mention with candidates is ambiguous and stays so in the open. ``route`` says how the
    words were matched. ``text`` is the quote of ``span``.
    """

    span: Span
    text: str
    kind: MentionKind
    ref: str | None
    route: MentionRoute
    candidates: tuple[str, ...] = ()
