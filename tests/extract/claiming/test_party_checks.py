"""Who cannot be a side: victims do not hurt, places are not hurt, tellers tell, soldiers do not protest."""

import pytest


def sides(read, text, kind):
    return [(c.subject, c.object, c.object_text) for c in read(text) if c.event_type == kind]


def test_those_who_are_hurt_are_whom_it_befalls(read):
    text = "Militants shelled two suburbs of Taiz killing six civilians injuring ten others."
    assert all(who != "civilians" for who, _, _ in sides(read, text, "ASSAULT"))


def test_a_town_is_where_people_are_killed_not_who_is(read):
    found = read("Six people, most of them pupils, killed in rocket attacks on Kharkiv.")
    assert "Kharkiv" in {p.phrase for c in found for p in c.places}
    assert all(c.subject_text != "Kharkiv" for c in found)


def test_an_army_that_ends_unrest_does_not_protest(read):
    text = "The Malian army began a large operation in Kidal to put an end to the unrest in the country."
    assert sides(read, text, "PROTEST") == []


def test_the_accuser_does_not_do_what_it_accuses_of(read):
    found = read("The government of Mali accuses foreign powers of supporting the rebels with arms.")
    assert not any(c.event_type == "SUPPORT" and c.subject == "government-of-mali" for c in found)


def test_who_tells_of_a_deed_is_not_whom_it_befalls(read):
    text = (
        '"Malian and Russian forces have violated the law of war that guards the right to life" the African Union said.'
    )
    assert sides(read, text, "REJECT")
    assert all(whom is None for _, whom, _ in sides(read, text, "REJECT"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ethiopian troops have travelled to Mekelle from a base in Gondar.", "MOBILIZE"),
        ("A Malian army unit killed dozens of JNIM fighters in an ambush near Gao.", "FIGHT"),
    ],
)
def test_the_type_fits_those_between_whom_it_is(read, text, kind):
    assert kind in {c.event_type for c in read(text)}
    assert not {c.event_type for c in read(text)} & {"CONSULT", "ASSAULT"}


def test_a_town_in_what_is_said_is_no_state(read):
    (refusal,) = [c for c in read("The SAF rejected claims that the RSF had taken Nyala.") if c.event_type == "REJECT"]
    assert refusal.object is None


def test_an_affiliate_is_not_the_group_it_is_named_after(read):
    found = read("A former al-Qaeda affiliate attacked Malian troops in Gao.")
    assert found
    assert all(c.subject != "al-qaida" for c in found)


def test_the_irregular_form_is_a_taking(read):
    (claim,) = [c for c in read("Sudanese army units fully retook the town of Bara.") if c.predicate == "takes"]
    assert claim.subject == "armed-forces-of-sudan"


@pytest.mark.parametrize(
    "text",
    [
        "The M23 launched the final phase of the operation to take Goma.",
        "The Arakan Army pressed ahead with its offensive to take the town of Ann.",
    ],
)
def test_what_an_offensive_is_for_is_meant(read, text):
    (claim,) = [c for c in read(text) if c.predicate == "takes"]
    assert (claim.mood, claim.tense) == ("intent", "future")
    assert claim.certainty < 2


@pytest.mark.parametrize(
    "text",
    [
        "The province saw 25 al-Shabaab fighters killed when a bomb exploded in Baidoa.",
        "85 al-Shabaab fighters killed in army advance.",
    ],
)
def test_who_is_killed_does_not_kill(read, text):
    (claim,) = [c for c in read(text) if c.event_type == "FIGHT"]
    assert (claim.subject, claim.object) == (None, "al-shabaab")


def test_what_is_demonstrated_is_no_protest(read):
    assert sides(read, "These groups have not demonstrated the capability to kill.", "PROTEST") == []


def test_the_owner_of_a_plan_carries_it_out(read):
    found = read(
        "Poland wants to withdraw from the north, jeopardising Ankara's plans to launch a ground war in Syria."
    )
    assert {c.subject for c in found if c.event_type == "FIGHT"} <= {"government-of-turkey"}


def test_what_stands_after_near_does_not_act(read):
    found = read("- Near Al Asad, two jets bombed an al-Shabaab column, wrecking a truck and a gun.")
    assert found
    assert all(c.subject is None for c in found)


def test_fighters_who_close_a_road_do_not_protest(read):
    (claim,) = [c for c in read("The RSF have closed the road to Kutum.") if c.predicate == "seals"]
    assert claim.event_type == "SANCTION"
