from wayout.fuse.sides import Sides


def test_a_force_stands_where_its_government_stands(build):
    actors = {
        a.id: a
        for a in (
            build.actor("the-group", opponents=("state",)),
            build.actor("state", "state", country="ML"),
            build.actor("army", "state_force", parent="state", country="ML"),
        )
    }
    sides = Sides(build.question(build.box(0, 0, 1, 1)).party, actors, [])
    assert sides.stance("army") == "hostile"
    assert sides.hostile_states() == {"ML"}


def test_who_fights_the_party_in_the_text_is_hostile(build):
    actors = {a.id: a for a in (build.actor("the-group"), build.actor("militia"), build.actor("bystanders"))}
    document = build.document("The militia attacked the group near the dam.")
    fight = build.claim(document, "attacked", "attacks", subject="militia", object="the-group")
    sides = Sides(build.question(build.box(0, 0, 1, 1)).party, actors, [fight])
    assert sides.stance("militia") == "hostile"
    assert sides.stance("bystanders") == "unknown"


def test_a_denied_fight_makes_no_enemy(build):
    actors = {a.id: a for a in (build.actor("the-group"), build.actor("militia"))}
    document = build.document("The militia did not attack the group.")
    claim = build.claim(document, "attack", "attacks", subject="militia", object="the-group", certainty=-3.0)
    assert Sides(build.question(build.box(0, 0, 1, 1)).party, actors, [claim]).stance("militia") == "unknown"


def test_the_besieger_is_hostile_to_those_who_must_leave(build):
    actors = {
        a.id: a for a in (build.actor("civilians", "civilians"), build.actor("besieger"), build.actor("garrison"))
    }
    document = build.document("The besieger surrounds the town.")
    siege = build.claim(document, "surrounds", "besieges", subject="besieger", object="garrison")
    question = build.question(build.box(0, 0, 1, 1), kind="civilians", actor="civilians")
    sides = Sides(question.party, actors, [siege])
    assert sides.stance("besieger") == "hostile"
    assert sides.stance("garrison") == "unknown"
    assert sides.stance("civilians") == "friendly"


def test_allies_and_forces_of_one_parent_are_one_side_and_friends_of_friends_are_not(build):
    from wayout.fuse.weighing.rows import sides_of

    actors = {
        a.id: a
        for a in (
            build.actor("state", "state"),
            build.actor("army", "state_force", parent="state"),
            build.actor("militia", parent="state"),
            build.actor("helpers", allies=("army",)),
            build.actor("friends", allies=("helpers",)),
        )
    }
    same = sides_of(actors)
    assert same("army", "militia")
    assert same("helpers", "army")
    assert same("army", "helpers")
    assert not same("friends", "army")
    assert not same("stranger", "army")
    assert same("stranger", "stranger")
