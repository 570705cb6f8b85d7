"""Claims carry a PLOVER type, and political events of known actors become claims of their own."""

import pytest


@pytest.fixture
def of_type(read):
    def pick(text, kind):
        return [c for c in read(text) if c.event_type == kind]

    return pick


def test_a_deed_is_typed_and_its_means_named(of_type):
    (claim,) = of_type("The Rapid Support Forces shelled El Fasher with artillery.", "FIGHT")
    assert claim.predicate == "strikes"
    assert claim.instrument is not None


def test_a_threat_to_attack_is_a_threat(of_type):
    (claim,) = of_type("The Rapid Support Forces threatened to attack El Obeid.", "THREATEN")
    assert claim.predicate == "attacks"


def test_what_is_demanded_of_another_keeps_its_own_type(read):
    found = read("Ukraine demanded that Russian forces withdraw from Kherson.")
    assert {(c.predicate, c.event_type) for c in found} >= {("other", "DEMAND"), ("withdraws", "RETREAT")}


def test_a_political_event_of_known_actors_is_a_claim(of_type):
    (claim,) = of_type("Ethiopia accused Eritrea of arming rebels.", "DISAPPROVE")
    assert (claim.predicate, claim.subject, claim.object) == (
        "other",
        "government-of-ethiopia",
        "government-of-eritrea",
    )


def test_a_state_that_meets_another_is_its_government(of_type):
    (claim,) = of_type("Chad and Niger held talks on Monday.", "CONSULT")
    assert (claim.subject, claim.object) == ("government-of-chad", "government-of-niger")


def test_civilians_who_flee_are_no_event_of_the_scheme(read):
    found = [c for c in read("About 3,000 people fled from Bara to El Obeid.") if c.predicate == "moves"]
    assert found
    assert all(c.event_type is None for c in found)


def test_what_strangers_say_of_strangers_is_no_claim(read):
    assert read("John Smith criticised Jane Brown.") == ()


def test_violence_at_a_known_place_is_a_claim_though_nobody_is_named(of_type):
    (claim,) = of_type("A suicide car bomb killed nine people at a checkpoint in Mogadishu.", "ASSAULT")
    assert claim.subject is None
    assert [p.phrase for p in claim.places] == ["Mogadishu"]
    assert claim.quantity is not None
    assert claim.quantity.value == 9
