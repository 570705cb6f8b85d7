"""Words are folded and cut by us, so that no backend's stemmer has a say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.model import Attribution
from wayout.store.words import LONGEST_WORD, MOST_WORDS, claim_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hay\u2019at Tahrir al-Sh\u0101m", ("hayat", "tahrir", "al", "sham")),
        ("two-two TWO", ("two",)),
        ("a_b c.d/e", ("a", "b", "c", "d", "e")),
        ("3,500 men; 12:30", ("3", "500", "men", "12", "30")),
        ("\u062d\u064e\u0644\u064e\u0628", ("\u062d\u0644\u0628",)),
        ("\u0421\u0438\u0440\u0438\u044f!", ("\u0441\u0438\u0440\u0438\u044f",)),
        ("' & | ! * ( ) : \" ; --", ()),
    ],
)
def test_words(text, words):
    assert words_of([text]) == words


@given(st.text(st.characters() | st.sampled_from("\ud800\x00'\"& \u0301")))
def test_words_are_letters_and_digits_and_fold_to_themselves(text):
    words = words_of([text])
    assert all(word.isalnum() and word.encode() for word in words)
    for word in words:
        if len(word) < LONGEST_WORD:
            assert words_of([word]) == (word,)


def test_endless_words_and_texts_are_cut():
    assert words_of(["a" * 10_000]) == ("a" * LONGEST_WORD,)
    assert len(words_of([" ".join(str(i) for i in range(10_000))])) == MOST_WORDS


def test_a_claim_is_found_by_what_it_rests_on_and_by_who_said_it(build):
    document = build.document("The army left. Nobody else knows.")
    mouth = Attribution(name="an officer", actor=None, source_span=None, cue_span=None)
    by = replace(mouth, name="a radio", via=mouth)
    claim = build.claim(
        document,
        "The army left",
        "loses",
        subject_text="SAA",
        regions={"at": build.region("Homs", build.box(0, 0, 1, 1))},
        attributed_to=by,
    )
    assert claim_words(claim, document) == ("the", "army", "left", "saa", "homs", "a", "radio", "an", "officer")
