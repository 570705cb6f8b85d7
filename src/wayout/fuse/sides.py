"""Who is on whose side: from the actors' known opponents and from who fights whom in the claims."""

from collections.abc import Mapping, Sequence
from typing import Literal

from wayout.model import Actor, ActorId, Claim, Party

Stance = Literal["hostile", "friendly", "unknown"]
FIGHTING = frozenset({"attacks", "strikes", "clashes", "sweeps", "pursues", "besieges"})
UNARMED = frozenset({"civilians", "humanitarian_organisation", "international_organisation", "media", "person"})


class Sides:
    """
    Tells how an actor stands to the party.

    Parameters
    ----------
    party
        The party the question is about.
    actors
        Every actor of the run by id, with the parents of each.
    claims
        Claims; those with a fighting predicate, not denied, make their two sides opponents.
    """

    def __init__(self, party: Party, actors: Mapping[ActorId, Actor], claims: Sequence[Claim]) -> None:
        self._actors = actors
        self._party = party
        self._own = set(self.lineage(party.actor))
        self._foes: set[ActorId] = set()
        for actor in self._own:
            if actor in actors:
                self._foes.update(actors[actor].opponents)
        for claim in claims:
            if claim.predicate in FIGHTING and claim.certainty > 0:
                self._learn(claim)

    def lineage(self, actor: ActorId | None) -> tuple[ActorId, ...]:
        """Return the actor and its parents, nearest first; empty for ``None``."""
        line: list[ActorId] = []
        while actor is not None and actor not in line:
            line.append(actor)
            known = self._actors.get(actor)
            actor = known.parent if known else None
        return tuple(line)

    def principal(self, actor: ActorId | None) -> ActorId | None:
        """Return who answers for an actor's acts: a state for its forces, else the actor itself."""
        known = self._actors.get(actor) if actor else None
        return known.parent if known and known.kind == "state_force" and known.parent else actor

    def stance(self, actor: ActorId | None) -> Stance:
        """
        Tell how an actor stands to the party.

        Parameters
        ----------
        actor
            An actor id, or ``None`` where the text names nobody.

        Returns
        -------
        stance
            ``"hostile"``, ``"friendly"`` (the party itself, its parents and arms, or people who carry no arms) or ``"unknown"``.
        """
        if actor is None:
            return "unknown"
        line = set(self.lineage(actor))
        if line & self._own:
            return "friendly"
        if line & self._foes:
            return "hostile"
        for member in line:
            known = self._actors.get(member)
            if known and self._own & set(known.opponents):
                return "hostile"
        known = self._actors.get(actor)
        return "friendly" if known and known.kind in UNARMED else "unknown"

    def hostile_states(self) -> frozenset[str]:
        """Return the ISO codes of countries whose government is hostile to the party."""
        return frozenset(
            a.country
            for a in self._actors.values()
            if a.kind in ("state", "state_force") and a.country and self.stance(a.id) == "hostile"
        )

    def _learn(self, claim: Claim) -> None:
        subject, victim = set(self.lineage(claim.subject)), set(self.lineage(claim.object))
        if victim & self._own:
            self._foes |= subject - self._own
        elif subject & self._own:
            self._foes |= victim - self._own
        elif self._party.kind != "armed_group" and claim.predicate == "besieges":
            # Who besieges a place is what civilians flee and convoys must pass, whoever it fights there.
            self._foes |= subject - self._own
