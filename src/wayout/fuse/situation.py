"""The whole of stage 4 on one page: claims in, one situation out."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from wayout.fuse.barriers import make_barriers
from wayout.fuse.belief import Belief
from wayout.fuse.closing.closures import find_closures
from wayout.fuse.contradictions import find_contradictions
from wayout.fuse.control import find_controls, find_operations, find_presences, find_ways
from wayout.fuse.echoes import Origins
from wayout.fuse.reliability import ratings_at
from wayout.fuse.sides import Sides
from wayout.fuse.weighing.assessed import assessed_controls
from wayout.fuse.weighing.rows import sides_of
from wayout.model import Actor, ActorId, Claim, ClaimBelief, ClaimId, Document, Question, Situation
from wayout.model.judgement import Judgement


def fuse_claims(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    question: Question,
    actors: Mapping[ActorId, Actor],
    origins: Origins | None = None,
    judgements: Sequence[Judgement] = (),
) -> Situation:
    """
    Fuse located claims into the situation as of the question's time.

    Parameters
    ----------
    claims
        Located claims, in any order: the result does not depend on it. Those published after the question's time are left out,
        and the unknowns say how many.
    documents
        The documents they come from.
    question
        Party, area, time and horizon.
    actors
        Every actor of the run, with parents.
    origins
        The mouth behind each claim, where it is known already.
    judgements
        People's decisions: those of kind "assessed_control" make the assessed layer, which is empty without them; ratings give
        sources their letters.

    Returns
    -------
    situation
        Presence, control, operations, barriers (reported, then stated priors), ways, contradictions and unknowns.
    """
    now = as_of(question.at)
    belief = Belief(claims, documents, now, actors, origins, ratings_at(judgements, now))
    ordered = sorted((c for c in claims if belief.knows(c.id)), key=lambda c: (c.document, c.evidence[0].start, c.id))
    by_id = {c.id: c for c in ordered}
    sides = Sides(question.party, actors, ordered)
    names = {actor.id: actor.name for actor in actors.values()}
    closures = find_closures(ordered, question, sides, names)
    controls = find_controls(by_id, belief)
    assessed, unmatched = assessed_controls(judgements, controls, now)
    barriers = make_barriers(closures, ordered, question, sides, belief)
    return Situation(
        at=question.at,
        beliefs=tuple(ClaimBelief(claim=c.id, p_true=belief.p(c.id), origin=belief.group_of(c.id)) for c in ordered),
        presences=find_presences(by_id, belief),
        controls=(*controls, *assessed),
        operations=find_operations(by_id, belief),
        barriers=barriers,
        ways=find_ways(by_id, belief),
        contradictions=find_contradictions(ordered, belief, sides_of(actors)),
        unknowns=(
            *(f"No report speaks of {b.name}." for b in barriers if b.is_prior),
            *_left_out(claims, by_id),
            *_unmatched(unmatched),
        ),
    )


def as_of(at: datetime) -> datetime:
    """Return the moment up to which reports count: a picture as of a day (midnight) takes what was known by the day's end."""
    return datetime.combine(at.date(), time.max, tzinfo=at.tzinfo) if at.timetz() == time(tzinfo=at.tzinfo) else at


def _left_out(claims: Sequence[Claim], known: Mapping[ClaimId, Claim]) -> tuple[str, ...]:
    later = len({c.document for c in claims if c.id not in known})
    return (f"Reports published after the time of the picture are left out: {later}.",) if later else ()


def _unmatched(about: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"A judgement is about control {one}, which no report of this picture speaks of." for one in about)
