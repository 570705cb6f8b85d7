"""The whole of stage 6 on one page: can from MOVE, will from hypotheses, what would change it, how sure of the ground."""

from collections.abc import Callable, Mapping, Sequence

from wayout import __version__
from wayout.assess.branches import run_switches, tell_branches
from wayout.assess.hypotheses import make_case, tell_hypotheses
from wayout.assess.judging.case import Case
from wayout.assess.judging.courses import statements
from wayout.assess.judging.flip_test import find_flip
from wayout.assess.judging.switches import find_switches
from wayout.assess.judging.telling import tell_diagnosticity, tell_sensitivity
from wayout.assess.levers import find_levers
from wayout.model import Actor, ActorId, Assessment, Claim, ClaimId, Document, Question, Reach, Situation, Step
from wayout.vocab import read_vocab

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
        Runs FUSE and MOVE on claims; called for the base case, for both sides of each branch, and for the flip test.

    Returns
    -------
    assessment
        Hypotheses, how each report tells them apart, branches, levers, the flip test and confidence in the evidence base.
    """
    follows: dict[ClaimId, float] = {}

    def judge(world: Sequence[Claim]) -> tuple[Situation, Reach, Case]:
        situation, reach = picture(world)
        return situation, reach, make_case(world, situation, reach, question, actors, follows)

    def worlds(world: Sequence[Claim]) -> tuple[Situation, dict[str, float]]:
        situation, reach, case = judge(world)
        said = statements(reach, question)
        return situation, {said[course]: p for course, p in case.p().items()}

    situation, reach, case = judge(claims)
    switches = find_switches(claims, situation, reach, case)
    run = run_switches(claims, switches, worlds)
    # What hangs on a condition weighs in the answer as in the condition's two worlds.
    for pair in run:
        follows.update(pair.follows)
    _, _, case = judge(claims)
    hypotheses = tell_hypotheses(case, claims, reach, question)
    said = statements(reach, question)
    diagnosticity = tell_diagnosticity(case, said)
    confidence, why = _confidence(situation, documents)
    return Assessment(
        hypotheses=hypotheses,
        branches=tell_branches(claims, run, {h.statement: h.p for h in hypotheses}),
        levers=find_levers(situation, reach),
        confidence=confidence,
        confidence_why=why,
        prior_leaves=case.stated.leaves,
        prior_source=read_vocab("hypothesis_weights.yaml")["source"],
        diagnosticity=diagnosticity,
        n_bear_nothing=len(claims) - len(diagnosticity),
        flip=find_flip(case, said, claims, situation, reach, lambda world: worlds(world)[1]),
        sensitivity=tell_sensitivity(case, said),
        n_switches=len(switches),
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
