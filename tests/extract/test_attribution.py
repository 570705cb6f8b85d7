"""Who is made to answer for the words."""

import pytest

from wayout.extract.attribution import find_attributions
from wayout.text.english import parse_text


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("The UN said the RSF had left Khartoum.", "The UN", "un"),
        ("The RSF had left Khartoum, residents said.", "residents", "civilians"),
        ("According to the UN, the RSF left Khartoum.", "the UN", "un"),
        ("The RSF left Khartoum, according to the UN.", "the UN", "un"),
        ("As reported by local sources, the RSF left Khartoum.", "local sources", None),
        ("The RSF has reportedly left Khartoum.", "unnamed reports", None),
        ("The RSF has left Khartoum. This was confirmed by residents.", "residents", "civilians"),
        ("The RSF has left Khartoum. The UN noted this.", "The UN", "un"),
        ("Residents reported that the UN said the RSF had left Khartoum.", "the UN, via Residents", "un"),
    ],
)
def test_source(claims_of, only, text, name, actor):
    claim = only(claims_of(text), "moves")
    assert (claim.attributed_to.name, claim.attributed_to.actor) == (name, actor)
    assert claim.certainty < 3


def test_the_document_itself_speaks(claims_of, only):
    assert only(claims_of("The RSF has left Khartoum."), "moves").attributed_to is None


def test_an_intention_is_no_source(claims_of, only):
    assert only(claims_of("The RSF wants to leave Khartoum."), "moves").attributed_to is None


def test_an_accusation_is_the_accusers_word(claims_of, only):
    claim = only(claims_of("The TPLF accused the Ethiopian army of shelling Mekelle."), "strikes")
    assert claim.subject == "endf"
    assert claim.attributed_to.actor == "tplf"
    assert claim.modality == "hedged"


def test_a_describing_clause_is_not_what_was_noted(claims_of, only):
    text = "The RSF, present in Nyala, may flee to Chad. The SAF noted this."
    claims = claims_of(text)
    assert only(claims, "present").attributed_to is None
    assert only(claims, "moves").attributed_to.actor == "saf"


def test_source_and_cue_are_spans(claims_of, only, make_document):
    text = "The UN said the RSF had left Khartoum."
    attribution = only(claims_of(text), "moves").attributed_to
    document = make_document(text)
    assert document.quote(attribution.source_span) == "The UN"
    assert document.quote(attribution.cue_span) == "said"


def test_quotation_runs_over_sentences():
    parsed = parse_text("\u201cWe hold Goma. We stay,\u201d the group said.")
    spans = next(a for a in find_attributions(parsed) if a.kind == "verb")
    words = {t.text for t in parsed if spans.holds(t.i)}
    assert {"hold", "stay"} <= words


def test_nobody_says_anything():
    assert find_attributions(parse_text("The road is closed.")) == ()
