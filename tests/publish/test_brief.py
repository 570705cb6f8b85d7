"""The brief says first what matters, what is reported as reported, and what is unknown as unknown."""

from dataclasses import replace
from typing import get_args

import pytest

from wayout.model import BarrierKind
from wayout.publish.brief import compose_brief
from wayout.publish.figures import sentences_file
from wayout.publish.map_barriers import PATTERN_OF
from wayout.publish.page_tables import KINDS
from wayout.publish.provenance import check_brief
from wayout.stats.likelihood import likelihood_words


@pytest.fixture(scope="module")
def brief(findings):
    return compose_brief(findings)


def texts(brief, section):
    return [s.text for part in brief.sections if part.id == section for s in part.sentences]


def everything(brief):
    return (brief.headline, *(s for part in brief.sections for s in part.sentences))


def test_the_headline_names_the_most_open_reported_way_with_word_and_figure(brief):
    assert "way south" in brief.headline.text
    assert "South Sudan" in brief.headline.text
    assert "likely (67%)" in brief.headline.text
    assert brief.headline.p == 0.67
    assert brief.headline.evidence


def test_a_higher_prior_does_not_take_the_headline_but_is_told(brief):
    assert any("way west" in t and "no report speaks of it" in t for t in texts(brief, "summary"))


def test_unreported_ways_are_never_called_open_or_closed(brief, findings):
    silent = {e.id for e in findings.reach.exits if not e.reported}
    told = [s for s in everything(brief) if s.role == "exit" and silent & set(s.records)]
    assert told
    for sentence in told:
        assert "stated prior" in sentence.text or "no report" in sentence.text
        assert "open" not in sentence.text.replace("most open", "")
        assert sentence.likelihood is None


def test_staying_is_always_among_the_choices(brief):
    assert any("stay" in t for t in texts(brief, "outlook"))


def test_each_branch_is_told_with_and_without_its_condition(brief):
    told = texts(brief, "branches")
    assert any("truce is signed" in t for t in told)
    assert any("does not hold" in t for t in told)


def test_the_onward_chain_is_told_as_reported_with_its_words(brief):
    told = [s for part in brief.sections if part.id == "onward" for s in part.sentences if s.role == "onward"]
    assert [s.text for s in told] == ["As reported, the way leads from Yida to Juba or Ethiopia."]
    assert all(s.text.startswith("As reported") and s.evidence for s in told)


def test_every_claim_is_quoted_with_its_source_and_certainty(brief, findings):
    told = texts(brief, "claims")
    assert len(told) == len(findings.claims)
    assert any(t.startswith("According to aid workers: “") and "put as a possibility" in t for t in told)
    assert any(t.startswith("The report says: “The army") and "stated flatly" in t for t in told)


def test_dated_claims_come_first(brief):
    assert "2 October 2024" in texts(brief, "claims")[0]


def test_confidence_is_said_once_and_alone(brief):
    said = [s for s in everything(brief) if "confidence" in s.text.lower()]
    assert len(said) == 1
    assert not any(w in said[0].text.lower() for w in likelihood_words())
    assert "F on the Admiralty scale" in said[0].text


def test_misses_and_unknowns_are_shown(brief):
    told = " ".join(texts(brief, "unknowns"))
    assert "Umm Tabaq" in told
    assert "Talodi" in told
    assert "way west" in told


def test_without_any_reported_way_the_headline_says_so(findings):
    exits = tuple(replace(e, reported=False, claims=(), evidence=()) for e in findings.reach.exits)
    silent = replace(findings, reach=replace(findings.reach, exits=exits))
    brief = compose_brief(silent)
    check_brief(brief, silent)
    assert brief.headline.text.startswith("No report speaks of any way out of Kadugli")
    assert brief.headline.likelihood is None


def test_without_any_exit_there_is_still_a_brief(findings):
    bare = replace(findings, reach=replace(findings.reach, exits=(), onward=()))
    brief = compose_brief(bare)
    check_brief(brief, bare)
    assert "No way" in brief.headline.text


def test_a_poor_best_way_is_called_least_closed(findings):
    exits = tuple(replace(e, p_reach=0.1, p_low=0.1, p_high=0.1) if e.reported else e for e in findings.reach.exits)
    poor = replace(findings, reach=replace(findings.reach, exits=exits))
    brief = compose_brief(poor)
    check_brief(brief, poor)
    assert "least closed" in brief.headline.text
    assert "very unlikely" in brief.headline.text


def test_a_convoy_is_told_ways_in(findings):
    party = replace(findings.question.party, aim="in", kind="aid_convoy", name="the convoy")
    inward = replace(findings, question=replace(findings.question, party=party))
    brief = compose_brief(inward)
    check_brief(brief, inward)
    assert "way in from the south" in brief.headline.text
    assert brief.title.startswith("Ways into Kadugli")


def test_a_statement_with_a_name_that_nothing_holds_is_not_said(findings):
    first, *rest = findings.assessment.hypotheses
    loose = replace(first, statement="Wagner takes them to Bangui")
    told = replace(findings, assessment=replace(findings.assessment, hypotheses=(loose, *rest), branches=()))
    brief = compose_brief(told)
    check_brief(brief, told)
    assert "Wagner" not in " ".join(s.text for s in everything(brief))
    assert "leave Kadugli to the south" in texts(brief, "outlook")[0]


def test_a_barrier_whose_name_nothing_holds_is_told_by_quotation(findings):
    barriers = tuple(
        replace(b, name="Camp Tora Bora") if b.name == "the border at Jau" else b for b in findings.situation.barriers
    )
    told = replace(findings, situation=replace(findings.situation, barriers=barriers))
    brief = compose_brief(told)
    check_brief(brief, told)
    assert "Tora Bora" not in " ".join(s.text for s in everything(brief))
    assert "what the report says here: “Militiamen" in " ".join(texts(brief, "summary"))


def test_hostile_findings_still_pass_the_gate(hostile_findings):
    check_brief(compose_brief(hostile_findings), hostile_findings)


@pytest.mark.parametrize("kind", get_args(BarrierKind))
def test_every_kind_of_barrier_can_be_told_drawn_and_listed(kind):
    phrases = sentences_file()["phrases"]["barrier_kind"]
    assert kind in phrases
    assert kind in KINDS
    assert kind in PATTERN_OF


def test_with_several_reports_each_claim_says_which_one(findings):
    second = replace(findings.documents[0], id="doc-00000000000000ff", text="Another report. " * 3)
    many = replace(findings, documents=(*findings.documents, second))
    brief = compose_brief(many)
    check_brief(brief, many)
    told = texts(brief, "claims")
    assert any(t.startswith("Report 1 says") for t in told)
    assert any(t.startswith("According to aid workers in report 1") for t in told)
    assert "all of this rests on 2 reports" in " ".join(texts(brief, "summary"))


def test_a_reported_way_that_a_prior_decides_is_told_with_its_words(findings):
    silent, spoken = findings.reach.exits[1], findings.reach.exits[0]
    exits = (replace(spoken, deciding=(replace(silent.deciding[0], barrier="barrier-border-28"),)),)
    told = replace(findings, reach=replace(findings.reach, exits=exits))
    check_brief(compose_brief(told), told)


def test_a_way_flagged_as_reported_without_any_words_is_told_as_a_prior(findings):
    bare = replace(findings.reach.exits[0], claims=(), evidence=(), deciding=(), reported=True)
    told = replace(findings, reach=replace(findings.reach, exits=(bare,)))
    brief = compose_brief(told)
    check_brief(brief, told)
    assert "stated prior" in texts(brief, "exits")[0]
