"""On what condition: condition and consequence are two claims, linked."""

import pytest


def test_a_condition_is_a_claim_of_its_own(claims_of, only):
    claims = claims_of("If the RSF takes Zamzam camp, civilians will flee to Chad.")
    condition, effect = only(claims, "takes"), only(claims, "moves")
    assert condition.modality == "conditional"
    assert effect.condition == condition.id
    assert effect.certainty <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Unless the road to Sake is reopened, the Congolese army will not be able to reach Goma.",
        "Should the truce collapse, thousands of civilians would flee to Chad.",
        "Thousands of civilians would flee to Chad if the talks fail.",
    ],
)
def test_every_form_of_condition(claims_of, text):
    claims = claims_of(text)
    effects = [c for c in claims if c.condition is not None]
    assert effects
    assert all(c.condition in {d.id for d in claims} for c in effects)


def test_if_confirmed_points_to_the_unverified_thing(claims_of, only):
    text = (
        "Boko Haram released a video, which the Nigerian army is examining to assess its authenticity. "
        "If confirmed, that would raise efforts to find General Hemedti."
    )
    claims = claims_of(text)
    video = only(claims, "publishes")
    assert video.certainty <= 1
    assert only(claims, "pursues").condition == video.id


def test_especially_if_is_a_reason_that_itself_is_open(claims_of, only):
    text = "JNIM must leave Gao. Especially if it is true that the RSF is hiding General Hemedti."
    claims = claims_of(text)
    guest = only(claims, "shelters")
    assert guest.modality == "conditional"
    assert only(claims, "moves").because == (guest.id,)
    assert only(claims, "moves").condition is None


def test_every_opener_links_consequence_to_condition(claims_of, only):
    for text, condition, effect in (
        ("Provided that M23 withdraws from Sake, families will return to Goma.", "withdraws", "moves"),
        ("Families can flee to Chad as long as the RSF does not attack Tawila.", "attacks", "moves"),
        ("In case the TPLF attacks Afar, families will flee to Mekelle.", "attacks", "moves"),
        ("Were the RSF to take El Fasher, civilians would flee to Chad.", "takes", "moves"),
        ("Should the RSF take El Fasher, civilians would flee to Chad.", "takes", "moves"),
        ("Civilians cannot flee to Chad unless the RSF opens the Adre crossing.", "opens", "cannot_move"),
        ("JNIM will withdraw from Gao on condition that the Malian army leaves Kidal.", "moves", "withdraws"),
        ("Egypt would open the Rafah crossing only if the Israeli army withdrew from Rafah.", "withdraws", "opens"),
    ):
        claims = claims_of(text)
        assert only(claims, effect).condition == only(claims, condition).id, text
        assert only(claims, condition).modality == "conditional", text
        assert only(claims, effect).certainty <= 1, text


def test_once_says_what_must_come_first(claims_of, only):
    claims = claims_of("The Houthis will open the road to Taiz once the coalition withdraws from Hodeidah.")
    assert only(claims, "opens").condition == only(claims, "withdraws").id
    assert only(claims, "withdraws").certainty < 2


def test_once_of_the_past_is_no_condition(claims_of, only):
    claims = claims_of("The Houthis opened the road to Taiz once the coalition withdrew from Hodeidah.")
    assert only(claims, "opens").condition is None
    assert only(claims, "withdraws").certainty == 3


def test_what_depends_on_something_hangs_on_it(claims_of):
    text = "The withdrawal of Hamas from Rafah depends on the withdrawal of the Israeli army from Gaza."
    ours, theirs = (next(c for c in claims_of(text) if c.subject == who) for who in ("hamas", "idf"))
    assert ours.condition == theirs.id
    assert theirs.condition is None


def test_even_if_restricts_nothing(claims_of, only):
    claims = claims_of("Even if Ukraine withdraws from Bakhmut, Russia will attack Zaporizhzhia.")
    assert only(claims, "attacks").condition is None
    assert only(claims, "withdraws").certainty == 0
