from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.fuse.reliability import (
    letter_of,
    letter_weight,
    letters,
    make_rating,
    number_weight,
    ratings_at,
    source_key,
    weakest_rated,
    weigh_claim,
    words_of_letter,
)
from wayout.model import Attribution, make_judgement

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def rate(name, letter, day=0.0, **how):
    how = {"why": "checked", "by": "an analyst", **how}
    return make_rating(name, letter, made_at=NOW + timedelta(days=day), **how)


def test_unknown_lies_between_trust_and_distrust():
    weights = {letter: letter_weight(letter) for letter in letters()}
    assert weights["A"] > weights["B"] > weights["C"] > weights["F"] > weights["D"] > weights["E"] > 0
    assert number_weight(None) == number_weight(6) == 1.0
    assert number_weight(1) > number_weight(3) > number_weight(5)


def test_f_says_that_nothing_is_known_not_that_it_is_bad():
    assert "cannot be judged" in words_of_letter("F")


def test_all_spellings_of_a_known_source_are_one():
    assert source_key("SOHR") == source_key("Syrian Observatory for Human Rights")
    assert source_key("Hill Radio") == source_key("hill  radio") != source_key("Brook Radio")
    with pytest.raises(InputError, match="has no name"):
        source_key("--")


@pytest.mark.parametrize(
    ("letter", "how", "why"),
    [
        ("G", {}, "no Admiralty letter"),
        ("", {}, "no Admiralty letter"),
        ("B", {"why": " "}, "--why"),
        ("B", {"by": ""}, "--by"),
    ],
)
def test_a_rating_needs_a_letter_a_reason_and_somebody_who_answers_for_it(letter, how, why):
    with pytest.raises(InputError, match=why):
        rate("Hill Radio", letter, **how)


def test_the_newest_rating_by_the_time_counts_and_later_ones_do_not():
    told = [rate("Hill Radio", "B", 5), rate("Hill Radio", "D", 1), rate("hill radio", "F", 9)]
    letter = lambda day: letter_of("HILL RADIO", "F", ratings_at(told, NOW + timedelta(days=day)))  # noqa: E731
    assert [letter(day) for day in (0, 1, 5, 9)] == ["F", "D", "B", "F"]


def test_of_two_ratings_of_one_moment_the_later_in_the_chain_counts():
    told = [rate("Hill Radio", "B"), rate("Hill Radio", "C")]
    assert ratings_at(told, NOW)[source_key("Hill Radio")].letter == "C"


def test_a_rating_that_cannot_be_read_is_an_error_and_other_judgements_are_passed_over():
    other = make_judgement(kind="correction", about="x", made_at=NOW, by="me", value=1)
    assert ratings_at([other], NOW) == {}
    for value in ({"name": "x"}, ["B"], {"name": "x", "letter": "Q", "why": "y"}):
        with pytest.raises(InputError, match="it was not made here"):
            ratings_at([make_judgement(kind="rating", about="x", made_at=NOW, by="me", value=value)], NOW)


def test_a_rating_wins_over_the_letter_a_document_came_with(build):
    document = build.document("The militia sealed the pass.", reliability="D")
    claim = build.claim(document, "sealed", "seals")
    assert weigh_claim(claim, document, {}) == letter_weight("D")
    assert weigh_claim(claim, document, ratings_at([rate("Test Wire", "B")], NOW)) == letter_weight("B")
    assert weigh_claim(claim, document, ratings_at([rate("Brook Radio", "B")], NOW)) == letter_weight("D")


@given(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"))
def test_a_chain_is_as_strong_as_its_weakest_rated_link(publisher, mouth):
    weight = weakest_rated(publisher, mouth)
    assert weight == weakest_rated(mouth, publisher)
    if "F" not in (publisher, mouth):
        assert weight == min(letter_weight(publisher), letter_weight(mouth))
    else:
        assert weight == letter_weight(min(publisher, mouth))


def test_a_claim_weighs_by_publisher_mouth_and_number(build):
    document = build.document("SOHR said the militia sealed the pass.", reliability="A")
    told = Attribution(name="SOHR", actor="syrian-observatory-for-human-rights", source_span=None, cue_span=None)
    claim = build.claim(document, "sealed", "seals", attributed_to=told)
    ratings = ratings_at([rate("Syrian Observatory for Human Rights", "C")], NOW)
    assert weigh_claim(claim, document, {}) == letter_weight("A")
    assert weigh_claim(claim, document, ratings) == letter_weight("C")
    doubtful = build.claim(document, "sealed", "seals", attributed_to=told, credibility=4)
    assert weigh_claim(doubtful, document, ratings) == letter_weight("C") * number_weight(4)
    nobody = Attribution(name="residents", actor=None, source_span=None, cue_span=None, named=False)
    unnamed = build.claim(document, "sealed", "seals", attributed_to=nobody)
    assert weigh_claim(unnamed, document, ratings) < letter_weight("A")
