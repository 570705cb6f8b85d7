"""How surely, on what condition: operators act on their own scope."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.certainty import certainty_of, judge
from wayout.text.english import parse_text

SENTENCES = yaml.safe_load((Path(__file__).parent / "certainty_sentences.yaml").read_text(encoding="utf-8"))
BANDS = {
    "sure": (2.21, 3),
    "likely": (1.5, 2.4),
    "maybe": (0.5, 1.9),
    "open": (-0.5, 0.8),
    "unlikely": (-2.2, -0.4),
    "not": (-3, -2),
    "against": (-3, -0.4),
}


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: f"{row['text']} {row['word']}")
def test_certainty_of_own_sentences(row):
    stance = judge(next(t for t in parse_text(row["text"]) if t.text == row["word"]))
    low, high = BANDS[row["band"]]
    assert low <= stance.value <= high
    assert stance.mood == row.get("mood", stance.mood)
    assert stance.tense == row.get("tense", stance.tense)


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


def test_a_word_that_names_no_event_stands_for_its_whole_clause():
    parsed = parse_text("They do not think that it has left Sake.")
    clause, event = judge(parsed[5]), judge(next(t for t in parsed if t.text == "left"))
    assert clause.value == event.value < 0


def test_what_is_to_come_is_never_asserted():
    assert judge(parse_text("The army will leave Sake.")[3]).modality == "hedged"
    assert judge(parse_text("The army left Sake.")[2]).modality == "asserted"


@pytest.mark.parametrize("depth", [1, 7, 45])
def test_a_long_chain_stays_on_the_scale(depth):
    text = "They said that " * depth + "the army left."
    assert all(-3 <= certainty_of(token) <= 3 for token in parse_text(text))
