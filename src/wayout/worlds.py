"""FUSE and MOVE on one world of claims after the other: what was worked out in one world is not worked out again in the next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wayout.fuse.situation import fuse_claims
from wayout.model import Actor, ActorId, Barrier, Claim, Document, Judgement, Question, Reach, Situation
from wayout.move.exits import Prepared, prepare
from wayout.move.onward import onward_links
from wayout.move.options import MoveOptions

MOST_PREPARED = 3
"""Prepared questions kept, at most: worlds that differ in their probabilities share one."""


class Worlds:
    """
    The chain from claims to ways, for one question.

    Branches and the flip test ask it again and again. Worlds of the same barriers are explored once; worlds whose barriers
    differ in their probabilities only share ground, solves and routes.

    Parameters
    ----------
    documents
        The reports.
    question
        Party, area, time and horizon.
    actors
        Actors by id, with parents.
    options
        Choices of MOVE.
    judgements
        People's decisions: ratings of sources and the assessed layer of control.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        question: Question,
        actors: Mapping[ActorId, Actor],
        options: MoveOptions,
        judgements: Sequence[Judgement] = (),
    ) -> None:
        """Keep what all worlds have in common."""
        self._documents, self._question, self._actors, self._options = documents, question, actors, options
        self._judgements = tuple(judgements)
        self._reached: dict[tuple[object, ...], Reach] = {}
        self._prepared: list[Prepared] = []

    def picture(self, world: Sequence[Claim]) -> tuple[Situation, Reach]:
        """Run FUSE and MOVE on one world of claims."""
        situation = fuse_claims(world, self._documents, self._question, self._actors, judgements=self._judgements)
        ways = tuple(c for c in world if c.predicate in ("way_open", "opens"))
        key = (*((b.id, b.p_closed) for b in situation.barriers), *(c.id for c in ways))
        if key not in self._reached:
            self._reached[key] = self._explore(situation, ways)
        return situation, replace(self._reached[key], onward=onward_links(world, self._question.party))

    def _explore(self, situation: Situation, ways: tuple[Claim, ...]) -> Reach:
        barriers = tuple(_without_words(b) for b in situation.barriers)
        said = tuple(c.id for c in ways)
        for known in self._prepared:
            if tuple(c.id for c in known.options.open_claims) == said and known.fits(barriers):
                return known.answer(barriers)
        options = replace(self._options, open_claims=ways)
        prepared = prepare(self._question, replace(situation, barriers=barriers), options)
        self._prepared = [prepared, *self._prepared][:MOST_PREPARED]
        return prepared.answer(barriers)


def _without_words(barrier: Barrier) -> Barrier:
    """Leave out how a barrier's figure was made and when it was last spoken of: MOVE asks for neither."""
    return replace(barrier, why="", last_evidence=None)
