"""Texts nobody should have to read: every offset is exact, nothing crashes, and what was skipped is said."""

import re
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wayout.extract.actors import open_actors
from wayout.extract.claims import extract_claims
from wayout.extract.skipped import skipped_by_parser
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Span
from wayout.reading import extract
from wayout.text.english import parse_text
from wayout.text.parsable import MAX_WORD_CHARACTERS
from wayout.text.sentence_bounds import MAX_MARKED_TOKENS, MAX_SENTENCE_TOKENS

NEWS = "JNIM seized the road to Gao on 3 May 2024, residents said"
PIECES = st.sampled_from(
    [
        NEWS,
        NEWS.upper(),
        NEWS.lower(),
        "سيطرت القوات على حمص يوم الاثنين",
        "Войска заняли Бахмут",
        "官员说军队占领了该镇。",
        "they said it may withdraw",
        "the group denied",
        "if the army takes Kidal",
        "Abu Bakr al-Baghdadi",
        "Mayor",
        "between Homs and Palmyra",
        "3,000 people",
        "last week",
        "\U0001f525\U0001f1f8\U0001f1e9",
        "\U0001f468\u200d\U0001f469",
        "\u200b\u200c\u200d\ufeff",
        "\u202e",
        "\x00",
        "\x1b[2J",
        "\ud800",
        "\udfff",
        '"',
        "\u201c",
        "(",
        "'s",
        "al-",
        "U.S.",
        "e\u0301\u0323",
        "\n",
        "\n\n",
        "\t",
        "\r",
        ",",
        ";",
        "...",
        "?",
        " - ",
        "1",
        "\u2028",
        "x" * 500,
    ]
)
HOSTILE = st.lists(
    PIECES | st.text(st.characters(codec=None, exclude_categories=()), max_size=6), min_size=1, max_size=14
)
TEXTS = st.builds(lambda parts, gap: gap.join(parts), HOSTILE, st.sampled_from([" ", "", ". "]))


def spans_of(value):
    """Every span inside a record, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))


def read(document):
    (reading,) = extract([document], open_actors(), open_gazetteer(), None)
    return reading


def check(reading):
    document = reading.document
    for span in spans_of((reading.mentions, reading.times, reading.claims, reading.relations)):
        assert span.document == document.id
        assert 0 <= span.start < span.end <= len(document.text)
    for mention in reading.mentions:
        assert document.quote(mention.span) == mention.text
    for time in reading.times:
        assert document.quote(time.span) == time.text
    for claim in reading.claims:
        assert all(document.quote(p.span) == p.phrase for p in claim.places)
        assert claim.quantity is None or document.quote(claim.quantity.span) == claim.quantity.text
        assert claim.subject_text is None or claim.subject_text
    ids = {c.id for c in reading.claims}
    assert len(ids) == len(reading.claims)
    assert all(i in ids for c in reading.claims for i in (*c.because, c.condition, c.denies) if i is not None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(text="\ud800")
@example(text=f"{NEWS}\x00. {NEWS}\ud800.")
@example(text="\n\n \n")
@given(text=TEXTS)
def test_every_span_slices_back(text, make_document):
    check(read(replace(make_document(NEWS), text=text)))


LONG = {
    "no sentence marks": f"{NEWS} " * 60,
    "commas only": f"{NEWS}, " * 60,
    "marks without end": f"{NEWS}. " * 60,
    "capitals": f"{NEWS.upper()}. " * 30,
    "small letters": f"{NEWS.lower()}. " * 30,
    "one enormous word": f"{NEWS}. {'a' * 100_000} {NEWS}.",
    "one word of hyphens": f"{NEWS}. {'al-' * 30_000} {NEWS}.",
    "quotation marks": f"{NEWS}. {chr(34) * 50_000} {NEWS}. {chr(0x201C) * 50_000}",
    "quotation marks with blanks": f"{NEWS}. {(chr(34) + ' ') * 2_000} {NEWS}.",
    "brackets": f"{NEWS}. {'(' * 100_000} x {')' * 100_000}",
    "NULs": f"{NEWS}. " + "\x00" * 20_000 + f" {NEWS}.",
    "zero width": NEWS.replace("e", "e\u200b\u200d") * 20,
    "combining marks": f"{NEWS}. a{chr(0x301) * 20_000} {NEWS}.",
    "right to left": f"{NEWS}. سيطرت القوات على حمص يوم الاثنين وقال السكان. " * 15,
    "emoji": f"\U0001f525 {NEWS} \U0001f468\u200d\U0001f469\u200d\U0001f467. " * 30,
    "names": ", ".join(f"Ahmed Keita{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}" for i in range(600)),
    "one name": "Islamic State " * 600,
    "pronouns": "Hamas fell. " + "They said they closed it. " * 150,
    "sayings inside sayings": "he said that " * 300,
    "conditions inside conditions": "if the army takes Kidal " * 120,
    "one coordination": "The army took " + "Gao and " * 500,
    "numbers": "1,000,000 " * 600,
    "dates": "3 May 2024, " * 400,
    "line ends": "Syria\n" * 600,
    "blank lines": "\n" * 20_000 + NEWS,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_text_that_is_no_report_is_read_with_exact_offsets(text, make_document):
    reading = read(make_document(text))
    check(reading)


@pytest.mark.parametrize("name", ["one enormous word", "one word of hyphens", "NULs", "marks without end"])
def test_the_news_beside_it_is_still_read(name, make_document):
    reading = read(make_document(LONG[name]))
    assert {reading.document.quote(c.words[0]) for c in reading.claims} >= {"seized"}
    assert max(c.evidence[0].end - c.evidence[0].start for c in reading.claims) < 100


def test_an_enormous_word_is_told(make_document):
    reading = read(make_document(LONG["one enormous word"]))
    assert any(
        re.search(r"a word of [\d,]+ characters", m.what) and str(MAX_WORD_CHARACTERS) in m.why for m in reading.misses
    )


def test_a_sentence_without_marks_is_cut_and_told(make_document):
    document = make_document(LONG["no sentence marks"])
    parsed = parse_text(document.text)
    assert max(len(s) for s in parsed.sents) <= MAX_SENTENCE_TOKENS
    misses = skipped_by_parser(document, parsed)
    assert misses
    assert all("no mark" in m.why for m in misses)


def test_no_sentence_is_longer_than_the_bounds(make_document):
    for name in (
        "commas only",
        "marks without end",
        "quotation marks with blanks",
        "sayings inside sayings",
        "one coordination",
    ):
        parsed = parse_text(LONG[name])
        assert max(len(s) for s in parsed.sents) <= MAX_MARKED_TOKENS + MAX_SENTENCE_TOKENS


def test_a_usual_text_has_nothing_to_tell(make_document):
    document = make_document(f"{NEWS}. {NEWS}.")
    assert skipped_by_parser(document, parse_text(document.text)) == ()


def test_many_cuts_are_counted(make_document):
    document = make_document("word " * (MAX_SENTENCE_TOKENS * 30))
    misses = skipped_by_parser(document, parse_text(document.text))
    assert re.fullmatch(r"\d+ more sentences cut", misses[-1].what)
    assert len(misses) == 21


def test_claims_need_no_mentions(make_document):
    document = make_document(f"{NEWS}.")
    assert isinstance(extract_claims(document, parse_text(document.text), (), (), open_actors()), tuple)
