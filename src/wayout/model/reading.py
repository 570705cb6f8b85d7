"""All that stages 1 to 3 take from one document."""

from dataclasses import dataclass

from wayout.model.claim import Claim, TimeValue
from wayout.model.document import Document
from wayout.model.entity import Entity
from wayout.model.findings import Miss
from wayout.model.mention import Mention
from wayout.model.relation import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    One document with what it names, claims and relates.

    ``mentions`` name whom and where the claims mean; ``entities`` are all things spoken of, by type (re3d). ``misses`` is the log of what was skipped and why: words, places or whole parts (a language that is not supported).
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeValue, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    relations: tuple[Relation, ...] = ()
    misses: tuple[Miss, ...] = ()
