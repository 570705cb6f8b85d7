"""Sub-event types: one sentence of our own for each type, who acts on whom, and what a claim may be."""

from pathlib import Path

import yaml

from wayout.extract.acled.lexicon import open_sub_event_lexicon
from wayout.extract.acled.sub_events import sides_by_token, sub_event_of
from wayout.text.english import open_english, parse_text

SENTENCES = yaml.safe_load(Path(__file__).with_name("sub_event_sentences.yaml").read_text(encoding="utf-8"))
EXPECTED_RIGHT = 0.97
"""Share of our own sentences that must be read right; the rules were written before half of them and mended on all."""


def test_our_own_sentences_are_read_as_their_type():
    wrong = []
    pairs = [(name, text) for name, texts in SENTENCES.items() for text in texts]
    for (name, _), parsed in zip(pairs, open_english().pipe([t for _, t in pairs]), strict=True):
        found = sub_event_of(parsed)
        if found is None or found.type != name:
            wrong.append((name, found.type if found else None, parsed.text))
    assert len(wrong) <= (1 - EXPECTED_RIGHT) * len(pairs), wrong


def test_every_type_of_the_vocabulary_has_a_sentence():
    assert set(SENTENCES) == set(open_sub_event_lexicon().events)


def test_the_words_that_spoke_for_it_are_in_the_text():
    text = "Warplanes bombed two villages south of Sanaa."
    found = sub_event_of(parse_text(text))
    assert found is not None
    assert [text[a:b] for a, b in found.words][:1] == ["Warplanes"]


def test_a_known_actor_counts_as_its_side():
    text = "Zafrani captured the town of Kidal."
    parsed = parse_text(text)
    side = sides_by_token(parsed, [(0, 7, "non_state_armed_group")])
    found = sub_event_of(parsed, side)
    assert found is not None
    assert found.type == "Non-state actor overtakes territory"


def test_no_cue_no_type():
    assert sub_event_of(parse_text("The weather stayed fine over the weekend.")) is None


def test_a_town_that_the_tagger_does_not_know_is_a_place_where_it_is_conquered():
    found = sub_event_of(parse_text("Rebels overran Wisila on Tuesday."))
    assert found is not None
    assert found.type == "Non-state actor overtakes territory"


def test_who_holds_it_now_stands_behind_the_phrase():
    state = sub_event_of(parse_text("The town of Sortony fell to government soldiers."))
    rebels = sub_event_of(parse_text("The town of Sortony is in the hands of the insurgents."))
    assert state is not None
    assert rebels is not None
    assert state.type == "Government regains territory"
    assert rebels.type == "Non-state actor overtakes territory"


def test_a_nation_that_holds_a_town_is_its_government():
    found = sub_event_of(parse_text("Two villages near Kupiansk are under Ukrainian control again."))
    assert found is not None
    assert found.type == "Government regains territory"


def test_a_person_who_is_snatched_is_no_ground_taken():
    found = sub_event_of(parse_text("Gunmen snatched two missionaries from their car in Port-au-Prince."))
    assert found is not None
    assert found.type == "Abduction/forced disappearance"
