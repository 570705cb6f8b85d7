"""The flip test on the whole chain: what is left out is left out of the ways too."""

from dataclasses import replace

import pytest

from wayout.assess.hypotheses import make_case
from wayout.assess.judging.courses import hypothesis_id, statements
from wayout.assess.judging.flip_test import find_flip
from wayout.model import ReportInfluence

AREA = (4.0, 22.0, 5.0, 23.0)


@pytest.fixture
def asked(build, world):
    question = build.question(build.box(*AREA))
    actors = {"the-group": build.actor("the-group")}

    def run(claims, p_reach=(0.1, 0.1, 0.9, 0.1), chain=None, importance=0.0):
        situation, reach = world(p_reach, claims, 0.95)
        origins = {c.id: f"origin-{n}" for n, c in enumerate(claims)}
        beliefs = tuple(replace(b, origin=origins[b.claim]) for b in situation.beliefs)
        situation = replace(situation, beliefs=beliefs)
        reports = tuple(
            ReportInfluence(
                claim=c.id,
                barriers=("b",),
                importance=importance,
                p_reach_if_right=0.9 - importance,
                p_reach_if_wrong=0.9,
                value_of_information=0.1,
            )
            for c in claims[:1]
        )
        exits = tuple(replace(e, reports=reports) if e.name == "south" else e for e in reach.exits)
        reach = replace(reach, exits=exits)
        case = make_case(claims, situation, reach, question, actors)
        said = statements(reach, question)

        def worlds(left):
            if chain is not None:
                return chain(left)
            kept = make_case(left, situation, reach, question, actors)
            return {said[course]: p for course, p in kept.p().items()}

        return find_flip(case, said, claims, situation, reach, worlds), said

    return run


def _reports(build, *kinds):
    document = build.document("They did it. " * 8)
    made = []
    for n, kind in enumerate(kinds):
        fields = {"subject": "the-group"} if kind in ("withdraws", "moves") else {"object": "the-group"}
        claim = build.claim(document, "They did it.", kind, **fields)
        made.append(replace(claim, id=f"claim-{n}"))
    return tuple(made)


def test_the_origin_that_decides_is_named_with_its_claims_and_who_leads_then(build, asked):
    claims = _reports(build, "withdraws", "pursues", "attacks")
    flip, said = asked(claims)
    assert flip.removal is not None
    assert flip.removal.origins == ("origin-0",)
    assert flip.removal.claims == ("claim-0",)
    assert flip.removal.leader == hypothesis_id(said["stays"])
    assert flip.n_excluded == 0
    assert flip.discount is not None
    assert flip.discount.claims == ("claim-0",)


def test_that_nothing_flips_it_is_said_of_all_origins_even_those_that_bear_on_nothing(build, asked):
    claims = _reports(build, "pursues", "publishes")
    flip, _ = asked(claims)
    assert (flip.removal, flip.discount) == (None, None)
    assert (flip.n_origins, flip.n_excluded) == (2, 2)


def test_where_the_whole_chain_does_not_agree_nothing_is_claimed(build, asked):
    claims = _reports(build, "withdraws", "pursues", "attacks")
    flip, said = asked(claims, chain=lambda left: {s: float(course == "exit-south") for course, s in said_of().items()})
    assert flip.removal is None
    assert flip.n_excluded < flip.n_origins
    assert said


def said_of():
    return {"exit-south": "The group leaves the area to the south", "stays": "The group stays and disperses there"}


def test_an_origin_that_only_closes_the_way_is_tried_through_the_whole_chain(build, asked):
    claims = (*_reports(build, "publishes", "withdraws", "pursues", "attacks"),)
    left_out = []

    def chain(left):
        left_out.append({"claim-0", "claim-1", "claim-2", "claim-3"} - {c.id for c in left})
        statements_ = said_of()
        return {statements_["exit-south"]: 0.7, statements_["stays"]: 0.3}

    flip, said = asked(claims, p_reach=(0.1, 0.1, 0.3, 0.1), chain=chain, importance=0.6)
    assert left_out[0] == {"claim-0"}
    assert flip.removal is not None
    assert flip.removal.leader == hypothesis_id(said["exit-south"])
