"""The gate lets our own brief through and refuses every tampering with it."""

from dataclasses import replace

import pytest

from wayout.errors import ProvenanceError
from wayout.model import Span
from wayout.publish.brief import compose_brief
from wayout.publish.names import NameBook
from wayout.publish.provenance import check_brief


@pytest.fixture(scope="module")
def brief(findings):
    return compose_brief(findings)


def find(brief, identity):
    everything = (brief.headline, *(s for section in brief.sections for s in section.sentences))
    return next(s for s in everything if s.id == identity)


def swap(brief, sentence):
    if sentence.id == brief.headline.id:
        return replace(brief, headline=sentence)
    sections = tuple(
        replace(s, sentences=tuple(sentence if x.id == sentence.id else x for x in s.sentences)) for s in brief.sections
    )
    return replace(brief, sections=sections)


def edited(brief, identity, old, new):
    sentence = find(brief, identity)
    assert old in sentence.text
    return swap(brief, replace(sentence, text=sentence.text.replace(old, new)))


def test_our_own_brief_passes(brief, findings):
    check_brief(brief, findings)


@pytest.mark.parametrize(
    ("identity", "old", "new", "why"),
    [
        ("headline", "take it", "take it with the Rapid Support Forces", "Rapid"),
        ("headline", "South Sudan", "Ethiopia", "Ethiopia"),
        ("headline", "67%", "76%", "76"),
        ("headline", "14 days", "10 days", "10"),
        ("headline", "likely", "very likely", "very likely"),
        ("headline", "the most open", "the most open and two others", "two"),
        ("headline", "way south", "way south and east", "east"),
        ("headline", "can take it", "can take it, as the splm-n says,", "SPLM-N"),
        ("summary-decides", "Jau", "Talodi", "Talodi"),
        ("exit-2-decides", "Sudan People's Liberation Movement-North", "Janjaweed", "Janjaweed"),
        ("exit-4", "no report speaks of it", "it is open", "open or closed"),
        ("exit-4", "no report speaks of it", "it is likely", "without a probability"),
        ("onward-1", "Juba", "Nairobi", "Nairobi"),
        ("hypothesis-1", "roughly even chance", "roughly even chance, highly probable", "highly probable"),
        ("claim-1", "three buses", "thirty buses", "not the text"),
        ("claim-3", "The report", "Khartoum", "Khartoum"),
        ("claim-5", "denies", "admits", "not the text"),
        ("contradiction-1", "“Khartoum denies", "“Juba denies", "not the text"),
        ("confidence", "Confidence is low", "It is likely that confidence is low", "without a probability"),
        ("method-1", "1,000", "9,000", "9,000"),
        ("unknown-ways", "No report", "It cannot be ruled out: no report", "cannot be ruled out"),
        ("method-6", "5 km", "1 km", "1"),
        ("lever-1", "News of", "News from الخرطوم of", "الخرطوم"),
    ],
)
def test_tampering_with_the_text_is_refused(brief, findings, identity, old, new, why):
    with pytest.raises(ProvenanceError, match=why):
        check_brief(edited(brief, identity, old, new), findings)


def test_the_error_names_the_sentence(brief, findings):
    with pytest.raises(ProvenanceError, match=r"sentence headline \(.*nothing was published"):
        check_brief(edited(brief, "headline", "67%", "76%"), findings)


@pytest.mark.parametrize(
    ("identity", "changes", "why"),
    [
        ("claim-3", {"evidence": ()}, "not the text of any span"),
        ("onward-1", {"evidence": ()}, "cites no words"),
        ("branch-1-true", {"evidence": ()}, "cites no words|not the text"),
        ("exit-1", {"evidence": ()}, "reported and cites no words"),
        ("headline", {"likelihood": "very likely"}, "declares"),
        ("headline", {"p": 0.7}, "does not give the figure|none of its records"),
        ("headline", {"p": 0.671}, "none of its records"),
        ("headline", {"records": ()}, "none of its records"),
        ("headline", {"records": ("exit-nowhere",)}, "does not have"),
        ("headline", {"computed": ("South Sudan", "99 villages")}, "as computed"),
        ("claim-3", {"claims": ("claim-invented",)}, "does not have"),
        ("onward-1", {"names": (("Juba", ()), ("Yida", ()))}, "without any words"),
    ],
)
def test_tampering_with_the_ground_is_refused(brief, findings, identity, changes, why):
    with pytest.raises(ProvenanceError, match=why):
        check_brief(swap(brief, replace(find(brief, identity), **changes)), findings)


def test_a_name_must_be_in_the_words_cited_for_it(brief, findings):
    sentence = find(brief, "onward-1")
    elsewhere = findings.claims[1].evidence
    names = tuple((name, elsewhere) for name, _ in sentence.names)
    with pytest.raises(ProvenanceError, match="the cited words"):
        check_brief(swap(brief, replace(sentence, names=names)), findings)


def test_spans_beyond_the_text_or_of_another_document_are_refused(brief, findings):
    document = findings.documents[0]
    sentence = find(brief, "claim-3")
    beyond = Span(document=document.id, start=5, end=len(document.text) + 1)
    foreign = Span(document="doc-0000000000000000", start=0, end=5)
    for span in (beyond, foreign):
        with pytest.raises(ProvenanceError, match="claim-3"):
            check_brief(swap(brief, replace(sentence, evidence=(*sentence.evidence, span))), findings)


def test_an_actor_may_be_named_by_its_acronym_and_by_its_capital(brief, findings):
    document = findings.documents[0]
    sentence = find(brief, "onward-note")
    for words in ("SAF", "Khartoum"):
        start = document.text.index(words)
        span = document.span(start, start + len(words))
        named = replace(
            sentence, text="Sudanese Armed Forces: as reported.", names=(("Sudanese Armed Forces", (span,)),)
        )
        check_brief(swap(brief, named), findings)


def test_sentence_ids_are_unique(brief, findings):
    twice = replace(brief, sections=(brief.sections[0], *brief.sections))
    with pytest.raises(ProvenanceError, match="unique"):
        check_brief(twice, findings)


def test_titles_name_only_what_was_asked(brief, findings):
    with pytest.raises(ProvenanceError, match="title"):
        check_brief(replace(brief, title="Ways out toward Juba"), findings)


def test_can_and_will_are_not_mixed(brief, findings):
    sentence = find(brief, "onward-note")
    mixed = replace(sentence, text="They can and will go.")
    with pytest.raises(ProvenanceError, match="can happen"):
        check_brief(swap(brief, mixed), findings)


def test_a_name_with_marks_inside_is_held_by_its_own_words(findings):
    told = 'A station, Nuba "Voice" Radio, reported it.'
    document = replace(findings.documents[0], text=told)
    book = NameBook(replace(findings, documents=(document,)))
    assert book.supports("Nuba ’Voice’ Radio", document.span(0, len(told)))
    assert not book.supports("Nuba ’Peace’ Radio", document.span(0, len(told)))
