"""Conditions, unverified and contested claims are switches; both worlds average to the answer."""

from dataclasses import replace

import pytest

from wayout.assess.branches import MOST, run_switches, tell_branches
from wayout.assess.judging.case import Case
from wayout.assess.judging.stated import stated_for
from wayout.assess.judging.switches import Switch, find_switches, turned
from wayout.assess.judging.weighing import Pull
from wayout.model import Attribution, Contradiction, ReportInfluence


def _claims(build):
    document = build.document("If the video is real, the army will attack the group. The group is in the hills.")
    condition = build.claim(document, "video is real", "other", certainty=0.0)
    consequence = build.claim(
        document,
        "will attack",
        "attacks",
        subject="army",
        object="the-group",
        condition=condition.id,
        modality="conditional",
    )
    plain = build.claim(document, "is in the hills", "present", subject="the-group")
    return condition, consequence, plain


def _case(*pulls):
    return Case(p_reach={"exit-south": 0.6}, pulls=pulls, stated=stated_for("armed_group"))


def _pull(claim, kind="pressed", strength=0.5):
    return Pull(claim=claim.id, origin="a", kind=kind, exit=None, strength=strength)


def test_a_condition_turned_on_frees_the_consequence_and_turned_off_removes_it(build):
    condition, consequence, plain = claims = _claims(build)
    switch = Switch(claim=condition.id, why="condition", p_true=0.5, dependants=(consequence.id,))
    on = {c.id: c for c in turned(claims, switch, holds=True)}
    off = {c.id for c in turned(claims, switch, holds=False)}
    assert on[consequence.id].condition is None
    assert on[consequence.id].certainty > consequence.certainty - 1.5
    assert on[condition.id].certainty == 3.0
    assert off == {plain.id}


def test_an_unverified_claim_is_settled_as_so_and_as_not_so(build):
    document = build.document("Media reported that the road may be sealed.")
    claim = build.claim(document, "road may be sealed", "seals", certainty=1.0, modality="hedged", mood="intent")
    switch = Switch(claim=claim.id, why="unverified", p_true=0.6)
    (on,), (off,) = turned((claim,), switch, holds=True), turned((claim,), switch, holds=False)
    assert (on.certainty, on.mood, on.id) == (3.0, "intent", claim.id)
    assert (off.certainty, off.id) == (-3.0, claim.id)


def test_each_condition_is_one_switch_even_where_it_moves_nothing(build, world):
    claims = _claims(build)
    situation, reach = world((0.5,) * 4, claims, 0.4)
    (switch,) = find_switches(claims, situation, reach, _case())
    assert (switch.claim, switch.why, switch.p_true) == (claims[0].id, "condition", 0.4)
    assert switch.dependants == (claims[1].id,)


def _sealing(build, words, **fields):
    document = build.document(f"{words}. Said in a report of its own.")
    return build.claim(document, words, "seals", subject="army", **{"certainty": 1.0, "modality": "hedged", **fields})


def _behind_the_south(pair, *claims):
    situation, reach = pair
    reports = tuple(
        ReportInfluence(
            claim=c.id,
            barriers=("b",),
            importance=0.5,
            p_reach_if_right=0.2,
            p_reach_if_wrong=0.7,
            value_of_information=0.2,
        )
        for c in claims
    )
    exits = tuple(replace(e, reports=reports) if e.name == "south" else e for e in reach.exits)
    return situation, replace(reach, exits=exits)


def test_a_hedged_claim_of_one_origin_that_decides_a_way_is_a_switch_and_a_flat_one_is_not(build, world):
    hedged, flat = (
        _sealing(build, "May seal"),
        _sealing(build, "Sealed", certainty=3.0, modality="asserted", object="x"),
    )
    situation, reach = _behind_the_south(world((0.5,) * 4, (hedged, flat)), hedged, flat)
    found = find_switches((hedged, flat), situation, reach, _case())
    assert [(s.claim, s.why) for s in found] == [(hedged.id, "unverified")]


def test_what_somebody_judged_probable_or_a_named_source_says_flatly_is_verified_enough(build, world):
    judged = _sealing(build, "May seal", credibility=2)
    anonymous = Attribution(name="officials", actor=None, source_span=None, cue_span=None, named=False)
    unnamed = _sealing(build, "Sealed it", certainty=3.0, modality="reported", attributed_to=anonymous, object="y")
    situation, reach = _behind_the_south(world((0.5,) * 4, (judged, unnamed)), judged, unnamed)
    found = find_switches((judged, unnamed), situation, reach, _case())
    assert [s.claim for s in found] == [unnamed.id]


def test_what_the_party_itself_may_do_is_the_question_and_no_switch(build, world):
    document = build.document("The group may move south.")
    claim = build.claim(document, "may move", "moves", subject="the-group", certainty=1.0, modality="hedged")
    situation, reach = world((0.5,) * 4, (claim,))
    assert find_switches((claim,), situation, reach, _case(_pull(claim, "moves"))) == ()


def test_a_contested_claim_is_one_switch_with_its_contrary(build, world):
    document = build.document("The army sealed the road. The governor denies that it sealed the road.")
    said = build.claim(document, "sealed the road.", "seals", subject="army")
    denied = build.claim(document, "denies that", "seals", subject="army", certainty=-2.0, polarity=-1)
    situation, reach = _behind_the_south(world((0.5,) * 4, (said, denied)), said)
    situation = replace(situation, contradictions=(Contradiction(first=said.id, second=denied.id, why="denied"),))
    (switch,) = find_switches((said, denied), situation, reach, _case())
    assert (switch.why, switch.claim, switch.twins) == ("contested", said.id, (denied.id,))
    on, off = turned((said, denied), switch, holds=True), turned((said, denied), switch, holds=False)
    assert [c.certainty for c in on] == [3.0, 3.0]
    assert [c.certainty for c in off] == [-3.0, -3.0]


def test_at_most_so_many_switches_are_run_and_conditions_first(build):
    claims = tuple(_sealing(build, f"May seal road {n}") for n in range(MOST + 3))
    switches = tuple(Switch(claim=c.id, why="unverified", p_true=0.5) for c in claims)
    calls = []

    def worlds(world):
        calls.append(world)
        return None, {}

    class _Nothing:
        beliefs = ()

    run = run_switches(claims, switches, lambda w: (_Nothing(), worlds(w)[1]))
    assert len(run) == MOST
    assert len(calls) == 2 * MOST


def test_both_worlds_are_told_with_how_far_they_average_to_the_answer(build):
    condition, consequence, plain = claims = _claims(build)
    switch = Switch(claim=condition.id, why="condition", p_true=0.25, dependants=(consequence.id,))

    class _Believed:
        beliefs = ()

    def worlds(world):
        on = any(c.id == consequence.id for c in world)
        return _Believed(), {"goes": 0.6, "stays": 0.4} if on else {"goes": 0.2, "stays": 0.8}

    run = run_switches(claims, (switch,), worlds)
    (branch,) = tell_branches(claims, run, {"goes": 0.3, "stays": 0.7})
    assert branch.if_true == (("goes", 0.6), ("stays", 0.4))
    assert branch.if_false == (("stays", 0.8), ("goes", 0.2))
    assert branch.gap == pytest.approx(0.0)
    assert set(condition.evidence) | set(consequence.evidence) == set(branch.evidence)
    assert not set(plain.evidence) & set(branch.evidence)


def test_a_switch_that_moves_nothing_is_told_only_where_the_report_makes_something_hang_on_it(build):
    claims = _claims(build)
    switches = (
        Switch(claim=claims[0].id, why="condition", p_true=0.5, dependants=(claims[1].id,)),
        Switch(claim=claims[2].id, why="unverified", p_true=0.5),
    )

    class _Believed:
        beliefs = ()

    run = run_switches(claims, switches, lambda w: (_Believed(), {"stays": 1.0}))
    assert [b.why for b in tell_branches(claims, run, {"stays": 1.0})] == ["condition"]
