"""Plain nouns that stand for an actor named just before: "the group", "the regime", "they"."""

from collections.abc import Sequence

from wayout.extract.actor_book import ActorBook
from wayout.extract.name_scan import Scan
from wayout.extract.roles import Grammar
from wayout.model.document import Document
from wayout.model.mention import Mention


def resolve_descriptions(
    document: Document, grammar: Grammar, book: ActorBook, mentions: Sequence[Mention], scan: Scan
) -> tuple[Mention, ...]:
    """Return no mention yet."""
    return ()
