"""How surely, on what condition: operators act on their own scope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.certainty import certainty_of, judge
from wayout.text.english import parse_text


def value_of(sentence: str, word: str) -> float:
    return certainty_of(next(t for t in parse_text(sentence) if t.text == word))


@pytest.mark.parametrize(
    ("sentence", "word", "low", "high"),
    [
        ("The RSF attacked Omdurman.", "attacked", 3, 3),
        ("The RSF did not attack Omdurman.", "attack", -3, -2.5),
        ("The RSF might attack Omdurman.", "attack", 0.5, 1.5),
        ("The RSF may not attack Omdurman.", "attack", -1.5, -0.5),
        ("The RSF will attack Omdurman.", "attack", 1.5, 2.5),
        ("The RSF failed to take Omdurman.", "take", -3, -2.5),
        ("The RSF did not fail to take Omdurman.", "take", 2.5, 3),
        ("The RSF managed to take Omdurman.", "take", 2.5, 3),
        ("The SAF plans to retake Khartoum.", "retake", 0.5, 1.8),
        ("If the RSF takes Nyala, people flee.", "takes", 0, 0),
        ("Did the RSF leave Khartoum?", "leave", 0, 0),
        ("The army denied that it had left Nyala.", "left", -3, -1),
        ("It is unclear whether Wagner has left Gao.", "left", 0, 1),
        ("Turkey refused to back the invasion.", "invasion", 2.5, 3),
        ("The UN did not condemn the attack.", "attack", 2.5, 3),
        ("There is a risk that the army attacks Sake.", "attacks", 0.5, 1.5),
        ("They knew that the army had left Sake.", "left", 2.5, 3),
        ("Residents do not think that the army has left Sake.", "left", -3, -1),
        ("The army reportedly left Sake.", "left", 1, 2),
    ],
)
def test_value(sentence, word, low, high):
    assert low <= value_of(sentence, word) <= high


def test_a_negation_does_not_leave_its_clause():
    sentence = "The army, which did not answer, has taken Sake."
    assert value_of(sentence, "taken") == 3
    assert value_of(sentence, "answer") == -3


def test_a_reason_is_not_negated_with_its_effect():
    assert value_of("They could not leave because the army attacked Sake.", "attacked") == 3


@given(st.sampled_from(["could", "may", "might", "should"]), st.sampled_from(["attack", "leave", "seal", "open"]))
def test_a_modal_never_makes_surer(modal, verb):
    plain = judge(parse_text(f"The army will {verb} Sake.")[3])
    hedged = judge(parse_text(f"The army {modal} {verb} Sake.")[3])
    assert abs(hedged.value) <= abs(plain.value)


def test_moods_and_modalities(claims_of, only):
    assert only(claims_of("The SAF plans to retake Khartoum."), "takes").mood == "intent"
    assert only(claims_of("JNIM must leave Gao."), "moves").mood == "obligation"
    assert only(claims_of("JNIM could leave Gao."), "moves").mood == "possibility"
    assert only(claims_of("Did the RSF leave Khartoum?"), "moves").mood == "question"
    denied = only(claims_of("The SAF denied that the RSF had withdrawn from Nyala."), "withdraws")
    assert (denied.modality, denied.polarity) == ("denied", -1)
    assert only(claims_of("The RSF will attack Nyala."), "attacks").tense == "future"


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


def test_thus_draws_on_the_sentences_before(claims_of, only):
    text = (
        "The RSF has sealed the east. In the west, the SAF is attacking JNIM. Thus, the only way out is to the south."
    )
    claims = claims_of(text)
    way = only(claims, "way_open")
    assert way.mood == "inference"
    assert set(way.because) == {only(claims, "seals").id, only(claims, "attacks").id}


def test_unverified(claims_of, only):
    claims = claims_of("M23 seized Goma. The report could not be independently verified.")
    assert only(claims, "takes").certainty <= 1
