import itertools
from dataclasses import replace

import pytest

from wayout.fuse.situation import fuse_claims

TEXT = (
    "In the north, the army attacked the rebels. The militia sealed the valley. The only way out is to the south. "
    "The army sent troops to seal the border."
)


@pytest.fixture
def scene(build):
    """A group in a box of the Sahara, far from any border; the army is its enemy."""
    area = build.box(4.0, 22.0, 5.0, 23.0)
    question = build.question(area)
    actors = {
        a.id: a for a in (build.actor("the-group", opponents=("army",)), build.actor("army"), build.actor("militia"))
    }
    document = build.document(TEXT)
    north = build.region("the north", build.box(4.0, 24.0, 5.0, 25.0), bearing=0.0)
    south = build.region("the south", build.box(4.0, 20.0, 5.0, 21.0), bearing=180.0)
    valley = build.region("the valley", build.box(6.0, 22.0, 7.0, 23.0))
    claims = (
        build.claim(document, "attacked", "attacks", subject="army", object="rebels", regions={"at": north}),
        build.claim(document, "sealed", "seals", subject="militia", regions={"at": valley}),
        build.claim(document, "only way out", "way_open", regions={"to": south}, mood="inference"),
    )
    return question, actors, document, claims


def _by_name(situation):
    return {b.name: b for b in situation.barriers}


def test_an_enemy_in_a_direction_closes_it_and_a_stated_way_is_open(scene):
    question, actors, document, claims = scene
    barriers = _by_name(fuse_claims(claims, [document], question, actors))
    assert barriers["the way north (Army)"].p_closed > 0.6
    assert barriers["the way south"].p_closed < 0.4
    assert barriers["the valley (Militia)"].kind == "sealed"


def test_what_no_report_speaks_of_is_a_stated_prior_neither_open_nor_closed(scene):
    question, actors, document, claims = scene
    situation = fuse_claims(claims, [document], question, actors)
    west = _by_name(situation)["unreported ground to the west"]
    assert west.is_prior
    assert 0.3 < west.p_closed < 0.7
    assert not west.evidence
    assert any("west" in line for line in situation.unknowns)
    assert not any("unreported ground to the north" in b.name for b in situation.barriers)


def test_every_reported_barrier_rests_on_words(scene):
    question, actors, document, claims = scene
    for barrier in fuse_claims(claims, [document], question, actors).barriers:
        assert barrier.is_prior or (barrier.evidence and barrier.claims and barrier.why)


def test_the_order_of_claims_changes_nothing(scene):
    question, actors, document, claims = scene
    pictures = [fuse_claims(order, [document], question, actors) for order in itertools.permutations(claims)]
    assert all(p == pictures[0] for p in pictures)


def test_what_is_only_intended_closes_less_than_what_is_done(scene, build):
    question, actors, document, _ = scene
    pass_ = build.region("the pass", build.box(2.0, 22.0, 3.0, 23.0))
    done = build.claim(document, "seal the border", "seals", subject="army", regions={"at": pass_})
    planned = build.claim(document, "seal the border", "seals", subject="army", regions={"at": pass_}, mood="intent")
    p = [_by_name(fuse_claims([c], [document], question, actors))["the pass (Army)"].p_closed for c in (done, planned)]
    assert p[0] > p[1]


def test_a_friend_closes_nothing(scene, build):
    question, actors, document, _ = scene
    camp = build.region("the camp", build.box(2.0, 22.0, 3.0, 23.0))
    claim = build.claim(document, "sealed the valley", "holds", subject="the-group", regions={"at": camp})
    assert all(b.is_prior for b in fuse_claims([claim], [document], question, actors).barriers)


def test_persons_are_not_placed(scene, build):
    question, actors, document, _ = scene
    actors = {**actors, "leader": build.actor("leader", "person")}
    cave = build.region("the cave", build.box(2.0, 22.0, 2.1, 22.1))
    claim = build.claim(document, "The militia", "present", subject="leader", regions={"at": cave})
    assert fuse_claims([claim], [document], question, actors).presences == ()


def test_a_siege_of_the_area_closes_every_side(scene, build):
    _, actors, document, _ = scene
    question = build.question(build.box(4.0, 22.0, 4.1, 22.1), kind="civilians", actor="civilians")
    actors = {**actors, "civilians": build.actor("civilians", "civilians")}
    town = build.region("the town", build.box(4.0, 22.0, 4.1, 22.1))
    siege = build.claim(document, "sealed", "besieges", subject="army", regions={"at": town})
    sides = {b.name for b in fuse_claims([siege], [document], question, actors).barriers if b.kind == "siege"}
    assert sides == {f"the way {d} (Army)" for d in ("north", "east", "south", "west")}


def test_a_denial_and_what_it_denies_are_kept_as_a_contradiction(scene, build):
    question, actors, document, claims = scene
    denial = replace(claims[1], id="denial", polarity=-1, certainty=-2.0, modality="denied", denies=claims[1].id)
    denial = replace(denial, places=())
    found = fuse_claims([*claims, denial], [document], question, actors).contradictions
    assert [(pair.first, pair.second) for pair in found] == [(claims[1].id, "denial")]


def test_political_events_of_unnamed_sides_contradict_nothing(scene, build):
    question, actors, document, _ = scene
    words = {"object": "the-group", "event_type": "ASSAULT"}
    struck = build.claim(document, "The only way", "other", **words)
    spared = replace(build.claim(document, "The only way", "other", **words), id="spared", polarity=-1, certainty=-3.0)
    pair = [struck, spared]
    assert fuse_claims(pair, [document], question, actors).contradictions == ()
    named = [replace(c, subject="army") for c in pair]
    assert len(fuse_claims(named, [document], question, actors).contradictions) == 1


def test_opposite_claims_about_one_place_are_kept_as_a_contradiction(scene, build):
    question, actors, document, claims = scene
    valley = build.region("the valley", build.box(6.0, 22.0, 7.0, 23.0))
    opened = build.claim(document, "The only way", "opens", regions={"at": valley})
    found = fuse_claims([*claims, opened], [document], question, actors).contradictions
    assert {(c.first, c.second) for c in found} == {(claims[1].id, opened.id)}


def test_a_siege_leaves_the_side_open_that_the_report_names_as_the_way_out(scene, build):
    _, actors, document, claims = scene
    question = build.question(build.box(4.0, 22.0, 4.1, 22.1), kind="civilians", actor="civilians")
    actors = {**actors, "civilians": build.actor("civilians", "civilians")}
    town = build.region("the town", build.box(4.0, 22.0, 4.1, 22.1))
    siege = build.claim(document, "sealed", "besieges", subject="army", regions={"at": town})
    barriers = _by_name(fuse_claims([siege, claims[2]], [document], question, actors))
    assert barriers["the way south"].kind == "stated_open"
    assert "the way south (Army)" not in barriers
    assert "the way north (Army)" in barriers


def test_soldiers_who_merely_stand_somewhere_do_not_stop_civilians(scene, build):
    _, actors, document, _ = scene
    question = build.question(build.box(4.0, 22.0, 4.1, 22.1), kind="civilians", actor="civilians")
    actors = {**actors, "civilians": build.actor("civilians", "civilians")}
    village = build.region("the village", build.box(6.0, 22.0, 6.1, 22.1))
    claim = build.claim(document, "The army sent troops", "present", subject="army", regions={"at": village})
    assert all(b.is_prior for b in fuse_claims([claim], [document], question, actors).barriers)


def test_a_bare_border_is_the_border_of_the_place_the_same_force_is_sent_to(build):
    area = build.box(38.5, 34.0, 39.5, 35.0)  # eastern Syria
    actors = {a.id: a for a in (build.actor("the-group", opponents=("army",)), build.actor("army"))}
    document = build.document("The army sent troops to the province to seal the border.")
    province = build.region("the province", build.box(40.0, 33.0, 41.5, 34.3))  # on the Iraqi side
    border = build.region("the border", build.box(35.5, 32.4, 42.0, 37.2).boundary)
    claims = [
        build.claim(document, "sent troops", "deploys", subject="army", regions={"to": province}),
        build.claim(document, "seal the border", "seals", subject="army", mood="intent", regions={"border": border}),
    ]
    names = _by_name(fuse_claims(claims, [document], build.question(area), actors))
    line = names["the border along the province (Army)"].geometry
    assert line.distance(province.geometry) < 0.2
    assert line.length < 5


def test_a_report_that_says_it_more_precisely_takes_the_place_of_its_own_coarse_words(scene, build):
    question, actors, document, _ = scene
    coarse = build.region("the province", build.box(6.0, 20.0, 9.0, 23.0))
    fine = build.region("the west of the province", build.box(6.0, 20.0, 7.0, 23.0))
    claims = [
        build.claim(document, "The army sent", "deploys", subject="army", regions={"to": coarse}),
        build.claim(document, "attacked", "attacks", subject="army", regions={"at": fine}),
    ]
    names = _by_name(fuse_claims(claims, [document], question, actors))
    assert "the west of the province (Army)" in names
    assert "the province (Army)" not in names


def test_a_road_that_begins_at_the_town_closes_the_way_it_leads_and_no_other(build):
    question = build.question(build.box(4.0, 22.0, 4.05, 22.05), kind="aid_convoy", actor="aid-convoys", aim="in")
    actors = {a.id: a for a in (build.actor("aid-convoys", "humanitarian_organisation"), build.actor("rebels"))}
    document = build.document("The rebels have cut the road.")
    road = build.region("the road", build.box(4.0, 21.95, 5.0, 22.1))
    claim = build.claim(document, "have cut the road", "seals", subject="rebels", regions={"at": road})
    reported = [b for b in fuse_claims([claim], [document], question, actors).barriers if not b.is_prior]
    assert [b.name for b in reported] == ["the way east (Rebels)"]


def test_what_is_only_supposed_closes_and_opens_nothing(scene, build):
    question, actors, document, _ = scene
    pass_ = build.region("the pass", build.box(2.0, 22.0, 3.0, 23.0))
    claim = build.claim(document, "sealed", "seals", subject="army", regions={"at": pass_}, modality="conditional")
    assert all(b.is_prior for b in fuse_claims([claim], [document], question, actors).barriers)


def test_a_lifted_siege_opens_every_way(scene, build):
    _, actors, document, _ = scene
    question = build.question(build.box(4.0, 22.0, 4.1, 22.1), kind="civilians", actor="civilians")
    actors = {**actors, "civilians": build.actor("civilians", "civilians")}
    town = build.region("the town", build.box(4.0, 22.0, 4.1, 22.1))
    siege = build.claim(document, "sealed", "besieges", subject="army", regions={"at": town})
    lifted = build.claim(document, "The only way", "opens", regions={"at": town})
    situation = fuse_claims([siege, lifted], [document], question, actors)
    reported = [b for b in situation.barriers if not b.is_prior]
    assert {b.kind for b in reported} == {"stated_open"}
    assert len(reported) == 4


def test_an_open_crossing_opens_its_stretch_of_border_and_the_way_there_only(build):
    area = build.box(29.20, -1.70, 29.25, -1.65)  # a town on a lake, at a border
    question = build.question(area, kind="civilians", actor="civilians")
    actors = {"civilians": build.actor("civilians", "civilians")}
    document = build.document("The border crossing remains open.")
    crossing = build.region("the crossing", build.box(29.26, -1.69, 29.265, -1.685))
    claim = build.claim(
        document, "remains open", "opens", object_text="The border crossing", regions={"border": crossing}
    )
    reported = [b for b in fuse_claims([claim], [document], question, actors).barriers if not b.is_prior]
    line = next(b for b in reported if b.geometry.area == 0)
    assert line.name == "the crossing"
    assert line.p_closed < 0.3
    assert line.geometry.length < 1
    assert {b.name for b in reported} == {"the crossing", "the way east"}


def test_what_happens_inside_the_area_closes_no_way_out_of_it(scene, build):
    question, actors, document, _ = scene
    camp = build.region("the camp", build.box(4.4, 22.4, 4.5, 22.5))
    claim = build.claim(document, "attacked", "attacks", subject="army", object="the-group", regions={"at": camp})
    assert all(b.is_prior for b in fuse_claims([claim], [document], question, actors).barriers)


def test_the_rest_of_a_border_leaves_no_hole_beside_the_stretch_a_report_speaks_of(build):
    area = build.box(29.20, -1.70, 29.25, -1.65)
    question = build.question(area, kind="civilians", actor="civilians")
    document = build.document("The border crossing remains open.")
    crossing = build.region("the crossing", build.box(29.26, -1.69, 29.265, -1.685))
    claim = build.claim(
        document, "remains open", "opens", object_text="The border crossing", regions={"border": crossing}
    )
    actors = {"civilians": build.actor("civilians", "civilians")}
    barriers = fuse_claims([claim], [document], question, actors).barriers
    spoken = next(b.geometry for b in barriers if not b.is_prior and b.geometry.area == 0)
    borders = [b.geometry for b in barriers if b.kind == "border" and b.is_prior]
    rest = min(borders, key=spoken.distance)
    assert rest.distance(spoken) < 1e-9
    assert rest.intersection(spoken).length < 0.5 * spoken.length
