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
        ("Residents reported that the UN said the RSF had left Khartoum.", "the UN", "un"),
    ],
)
def test_source(claims_of, only, text, name, actor):
    claim = only(claims_of(text), "moves")
    assert (claim.attributed_to.name, claim.attributed_to.actor) == (name, actor)
    assert claim.certainty < 3


def test_who_passed_it_on_is_kept(claims_of, only):
    text = "Residents reported that the UN said the RSF had left Khartoum."
    source = only(claims_of(text), "moves").attributed_to
    assert (source.via.name, source.via.actor, source.via.via) == ("Residents", "civilians", None)


def test_whom_a_source_cites_comes_first(claims_of, only):
    source = only(claims_of("The UN, citing two officials, said M23 had left Goma."), "moves").attributed_to
    assert (source.name, source.named, source.via.name) == ("two officials", False, "The UN")


def test_an_apposition_ends_without_its_comma(claims_of, only):
    source = only(claims_of("Ali Musa, a farmer near Sake, said M23 had left Goma."), "moves").attributed_to
    assert source.name == "Ali Musa, a farmer near Sake"


def test_a_quotation_nobody_is_named_for_is_not_the_documents_word(claims_of, only):
    source = only(claims_of('"The RSF has left Khartoum for good."'), "moves").attributed_to
    assert (source.name, source.named, source.source_span) == ("an unnamed speaker", False, None)


def test_a_judged_deed_stays_the_documents_word(claims_of, only):
    assert only(claims_of("The UN condemned the attack by M23 on Goma."), "attacks").attributed_to is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Two officials said M23 had left Goma.", False),
        ("A resident who declined to be named said M23 had left Goma.", False),
        ("M23 has left Goma, local media reported.", False),
        ("M23 has left Goma, according to sources close to the presidency.", False),
        ("M23 has reportedly left Goma.", False),
        ("M23 has left Goma, according to the governor's office.", True),
        ("The ministry's spokesman said M23 had left Goma.", True),
        ("A spokesman said M23 had left Goma.", False),
        ("The UN said M23 had left Goma.", True),
        ("Ali Musa, a farmer, said M23 had left Goma.", True),
    ],
)
def test_whether_the_source_is_somebody_in_particular(claims_of, only, text, named):
    assert only(claims_of(text), "moves").attributed_to.named is named


def test_he_is_the_speaker_named_last(claims_of, only):
    text = "Colonel Traore met the press in Bamako. Colonel Traore said the road is open. JNIM has left Gao, he said."
    assert "Traore" in only(claims_of(text), "moves").attributed_to.name


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
