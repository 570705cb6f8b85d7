"""The whole of stage 4 on one page: claims in, one situation out."""

from collections.abc import Mapping, Sequence

from wayout.fuse.barriers import make_barriers
from wayout.fuse.belief import Belief
from wayout.fuse.closing.closures import find_closures
from wayout.fuse.contradictions import find_contradictions
from wayout.fuse.control import find_controls, find_operations, find_presences
from wayout.fuse.sides import Sides
from wayout.model import Actor, ActorId, Claim, ClaimBelief, Document, Question, Situation


def fuse_claims(
    claims: Sequence[Claim], documents: Sequence[Document], question: Question, actors: Mapping[ActorId, Actor]
) -> Situation:
    """
    Fuse located claims into the situation as of the question's time.

    Parameters
    ----------
    claims
        Located claims, in any order: the result does not depend on it.
    documents
        The documents they come from.
    question
        Party, area, time and horizon.
    actors
        Every actor of the run, with parents.

    Returns
    -------
    situation
        Presence, control, operations, barriers (reported, then stated priors), contradictions and unknowns.
    """
    ordered = sorted(claims, key=lambda c: (c.document, c.evidence[0].start, c.id))
    belief = Belief(ordered, documents, question.at)
    sides = Sides(question.party, actors, ordered)
    names = {actor.id: actor.name for actor in actors.values()}
    closures = find_closures(ordered, question, sides, names)
    barriers = make_barriers(closures, ordered, question, sides, belief)
    return Situation(
        at=question.at,
        beliefs=tuple(ClaimBelief(claim=c.id, p_true=belief.p(c.id), origin=belief.group_of(c.id)) for c in ordered),
        presences=find_presences(ordered, actors, belief),
        controls=find_controls(ordered, belief),
        operations=find_operations(ordered, belief),
        barriers=barriers,
        contradictions=find_contradictions(ordered),
        unknowns=tuple(f"No report speaks of {b.name}." for b in barriers if b.is_prior),
    )
