"""The whole of stage 6 on one page: can from MOVE, will from hypotheses, what would change it, how sure of the ground."""

from collections.abc import Callable, Mapping, Sequence

from wayout import __version__
from wayout.assess.branches import find_branches
from wayout.assess.hypotheses import weigh_hypotheses
from wayout.assess.levers import find_levers
from wayout.model import Actor, ActorId, Assessment, Claim, Document, Hypothesis, Question, Reach, Situation, Step

Picture = Callable[[Sequence[Claim]], tuple[Situation, Reach]]
"""FUSE and MOVE run on a set of claims: what a branch needs to be recomputed through the whole chain."""


def assess(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    question: Question,
    actors: Mapping[ActorId, Actor],
    picture: Picture,
) -> Assessment:
    """
    Judge what the party will do, and what would change the judgement.

    Parameters
    ----------
    claims
        Located claims.
    documents
        The reports behind them.
    question
        Party, area, time, horizon.
    actors
        Actors by id, with parents.
    picture
        Runs FUSE and MOVE on claims; called for the base case and for both sides of each branch.

    Returns
    -------
    assessment
        Hypotheses, branches, levers and confidence in the evidence base.
    """

    def judge(world: Sequence[Claim]) -> tuple[Hypothesis, ...]:
        situation, reach = picture(world)
        return weigh_hypotheses(world, situation, reach, question, actors)

    situation, reach = picture(claims)
    confidence, why = _confidence(situation, documents)
    return Assessment(
        hypotheses=judge(claims),
        branches=find_branches(claims, situation, judge),
        levers=find_levers(situation, reach),
        confidence=confidence,
        confidence_why=why,
        made_by=Step(name="assess", version=__version__),
    )


def _confidence(situation: Situation, documents: Sequence[Document]) -> tuple[str, str]:
    """Confidence is about the evidence base: how many independent origins, and how reliable (ICD 203)."""
    origins = len({b.origin for b in situation.beliefs}) or len(documents)
    letters = sorted({d.source.reliability for d in documents})
    rated = [letter for letter in letters if letter in "ABC"]
    reports = f"{len(documents)} report{'s' if len(documents) != 1 else ''}"
    grade = f"reliability {', '.join(letters)}" + (" (not yet rated)" if letters == ["F"] else "")
    if origins >= 3 and rated:
        return "high", f"{reports} of {origins} independent origins, {grade}"
    if origins >= 2 and rated:
        return "moderate", f"{reports} of {origins} independent origins, {grade}"
    confirmation = "no independent confirmation" if origins < 2 else f"{origins} independent origins"
    return "low", f"{reports}, {grade}, {confirmation}"
