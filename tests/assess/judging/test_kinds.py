"""What bears on the hypotheses is a closed list: movement, force and siege, here and now, by or on the party."""

from datetime import date, timedelta

import pytest

from wayout.assess.judging.kinds import kind_of, standing_of
from wayout.assess.judging.pulls import find_pulls
from wayout.model import TimeValue

AREA = (4.0, 22.0, 5.0, 23.0)


@pytest.fixture
def kind(build):
    actors = {
        "the-group": build.actor("the-group", parent="the-front"),
        "the-front": build.actor("the-front"),
        "a-cell": build.actor("a-cell", parent="the-group"),
        "a-sister": build.actor("a-sister", parent="the-front"),
        "army": build.actor("army", "state_force"),
    }

    def ask(predicate, *, party="armed_group", aim="out", **fields):
        document = build.document("They did it there.")
        claim = build.claim(document, "They did it", predicate, **fields)
        question = build.question(build.box(*AREA), kind=party, aim=aim)
        return kind_of(claim, standing_of(question, actors), actors)

    return ask


@pytest.mark.parametrize(
    "predicate", ["other", "agrees", "delivers", "investigates", "publishes", "shelters", "present", "way_open"]
)
@pytest.mark.parametrize("event", ["DISAPPROVE", "CONSULT", "SUPPORT", "DEMAND", "REJECT", "COOPERATE", None])
def test_politics_bears_on_nothing(kind, predicate, event):
    assert kind(predicate, subject="the-group", event_type=event) is None
    assert kind(predicate, subject="army", object="the-group", event_type=event) is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"predicate": "moves", "subject": "the-group"}, "moves"),
        ({"predicate": "moves", "subject": "the-group", "mood": "obligation"}, "moves_obliged"),
        ({"predicate": "moves", "subject": "the-group", "mood": "question"}, None),
        ({"predicate": "attacks", "subject": "army", "object": "the-group"}, "pressed"),
        ({"predicate": "attacks", "subject": "army", "object": "the-group", "tense": "future"}, "threatened"),
        ({"predicate": "attacks", "subject": "the-group", "object": "army"}, None),
        ({"predicate": "pursues", "object": "the-group"}, "hunted"),
        ({"predicate": "withdraws", "subject": "the-group"}, "withdraws"),
        ({"predicate": "besieges", "subject": "army"}, None),
        ({"predicate": "besieges", "subject": "army", "party": "civilians"}, "besieged"),
        ({"predicate": "withdraws", "subject": "the-group", "aim": "in", "party": "aid_convoy"}, "turns_back"),
        ({"predicate": "attacks", "object": "the-group", "aim": "in", "party": "aid_convoy"}, "opposed"),
    ],
)
def test_movement_force_and_siege_bear_by_who_does_and_who_suffers(kind, fields, expected):
    assert kind(**fields) == expected


def test_parts_and_parents_are_the_party_sisters_are_not(kind):
    assert kind("moves", subject="a-cell") == "moves"
    assert kind("moves", subject="the-front") == "moves"
    assert kind("moves", subject="a-sister") is None


def test_what_happens_in_another_theatre_bears_on_nothing_but_a_far_goal_does(kind, build):
    far, near = build.region("far", build.box(30, 0, 31, 1)), build.region("near", build.box(5, 22, 6, 23))
    assert kind("attacks", object="the-group", regions={"at": far}) is None
    assert kind("attacks", object="the-group", regions={"at": near}) == "pressed"
    assert kind("moves", subject="the-group", regions={"to": far}) == "moves"


def test_what_ended_long_ago_bears_on_nothing(kind, build):
    def time(days):
        day = build.at.date() - timedelta(days=days)
        span = build.document("then").span(0, 4)
        return TimeValue(text="then", span=span, start=date(2020, 1, 1), end=day, date_prec=1)

    assert kind("attacks", object="the-group", time=time(10)) == "pressed"
    assert kind("attacks", object="the-group", time=time(100)) is None


def test_arriving_and_digging_in_speak_for_staying(kind, build):
    inside = build.region("inside", build.box(4.2, 22.2, 4.4, 22.4))
    assert kind("moves", subject="the-group", regions={"to": inside}) == "arrives"
    assert kind("takes", subject="the-group", regions={"at": inside}) == "digs_in"
    assert kind("takes", subject="the-group", regions={"at": build.region("b", build.box(8, 22, 9, 23))}) is None


def test_a_condition_weighs_by_how_likely_it_is(build, world):
    document = build.document("If the video is real, the army will attack the group.")
    condition = build.claim(document, "video is real", "other", certainty=0.0)
    attack = build.claim(document, "army will attack", "attacks", object="the-group", condition=condition.id)
    situation, reach = world((0.5,) * 4, (condition, attack), 0.6)
    question = build.question(build.box(*AREA))

    def strength(follows):
        (pull,) = find_pulls((condition, attack), situation, reach.exits, question, {}, follows)
        return pull.strength

    assert strength({attack.id: 0.8}) == pytest.approx(0.6 * 0.6)
    assert strength({attack.id: 0.5}) == 0.0


def test_hedges_never_pull_back_and_denials_do(build, world):
    document = build.document("The group may move. The group will not move.")
    hedged = build.claim(document, "may move", "moves", subject="the-group", certainty=0.0)
    denied = build.claim(document, "will not move", "moves", subject="the-group", certainty=-3.0, polarity=-1)
    situation, reach = world((0.5,) * 4, (hedged, denied), 0.2)
    found = find_pulls((hedged, denied), situation, reach.exits, build.question(build.box(*AREA)), {})
    assert [round(p.strength, 2) for p in found] == [0.0, -0.6]


def test_that_nobody_attacks_takes_the_pressure_away_and_says_no_more(build, world):
    document = build.document("The army did not attack the group.")
    denied = build.claim(document, "did not attack", "attacks", object="the-group", certainty=-3.0, polarity=-1)
    situation, reach = world((0.5,) * 4, (denied,), 0.1)
    (pull,) = find_pulls((denied,), situation, reach.exits, build.question(build.box(*AREA)), {})
    assert (pull.kind, pull.strength) == ("pressed", 0.0)
