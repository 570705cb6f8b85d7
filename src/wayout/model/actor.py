"""Who acts: states and their forces, armed groups, militias, organisations, leaders, civilians."""

from dataclasses import dataclass, field
from typing import Literal

from wayout.model.identity import ActorId

ActorKind = Literal[
    "state",
    "state_force",
    "state_aligned_militia",
    "non_state_armed_group",
    "international_organisation",
    "humanitarian_organisation",
    "media",
    "civilians",
    "person",
    "unknown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    An actor of the knowledge file (``vocab/actors.yaml``), or an unknown name found in a text.

    Names follow the UCDP actor list where it has the actor; ``country`` is ISO 3166-1 alpha-2 of the main theatre;
    ``metonyms`` are places that stand for it when they act ("Baghdad sent ..."); ``opponents`` are actor ids it is
    known to fight, ``allies`` those it is known to fight beside (priors that reports may overrule).
    """

    id: ActorId
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    parent: ActorId | None = None
    country: str | None = None
    theatres: tuple[str, ...] = ()
    active_from: int | None = None
    active_to: int | None = None
    opponents: tuple[ActorId, ...] = ()
    allies: tuple[ActorId, ...] = ()
    ids: tuple[tuple[str, str], ...] = field(default=())
    sources: tuple[str, ...] = ()
