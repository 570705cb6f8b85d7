"""The page says what the judgement starts from, what tells, what would flip it, and what the stated numbers do."""

from dataclasses import replace

import pytest

from wayout.publish.brief import compose_brief
from wayout.publish.provenance import check_brief
from wayout.publish.weighing_table import sign


def _told(findings, section="weighing"):
    brief = compose_brief(findings)
    check_brief(brief, findings)
    return {s.id: s for part in brief.sections if part.id == section for s in part.sentences}


def _with(findings, **fields):
    return replace(findings, assessment=replace(findings.assessment, **fields))


def test_the_prior_is_told_as_a_stated_judgement(findings):
    assert "the prior of leaving at all is 50%: a stated judgement" in _told(findings)["weighing-prior"].text


def test_the_most_telling_claim_is_quoted_and_the_silent_ones_are_counted(findings):
    said = _told(findings)["weighing-tells"]
    n = len(findings.claims)
    assert said.text.startswith(f"Of {n} claims, 3 tell these courses apart")
    assert f"The other {n - 3} fit each course as well and decide nothing here." in said.text
    assert set(findings.claims[0].evidence) <= set(said.evidence)


def test_what_flips_the_answer_is_named_by_its_words_with_what_then_comes_first(findings):
    said = _told(findings)
    assert said["weighing-flip-1"].text.startswith("Without what is said here, another course comes first: “")
    assert said["weighing-flip-1"].likelihood == "unlikely"
    assert said["weighing-flip-1"].evidence
    assert said["weighing-flip-2"].text.startswith("Counted at 35% of its weight or less")


@pytest.mark.parametrize(
    ("origins", "excluded", "words"),
    [
        (1, 1, "leave out the only independent origin"),
        (4, 4, "leave out any of the 4 independent origins"),
        (40, 2, "No set of up to 2 of the 40 independent origins"),
    ],
)
def test_that_nothing_flips_it_is_an_answer_too(findings, origins, excluded, words):
    flip = replace(findings.assessment.flip, n_origins=origins, n_excluded=excluded, removal=None, discount=None)
    said = _told(_with(findings, flip=flip))
    assert words in said["weighing-flip-1"].text
    assert "weighing-flip-2" not in said


def test_a_run_of_many_excluded_sets_is_told_beside_what_flips(findings):
    flip = replace(findings.assessment.flip, n_origins=9, n_excluded=2)
    assert "No set of up to 2 of the 9" in _told(_with(findings, flip=flip))["weighing-flip-1"].text


def test_a_stated_number_that_puts_another_course_first_is_named(findings):
    said = _told(findings)["weighing-stated"].text
    assert "lies between 38% and 58%" in said
    assert "another course comes first when this is changed so: the prior of leaving" in said
    first = findings.assessment.hypotheses[0].id
    calm = tuple(replace(s, leader_halved=first, leader_doubled=first) for s in findings.assessment.sensitivity)
    assert "moves it most" in _told(_with(findings, sensitivity=calm))["weighing-stated"].text


def test_without_any_telling_claim_the_brief_says_what_the_judgement_rests_on(findings):
    said = _told(_with(findings, diagnosticity=()))["weighing-tells"].text
    assert said.startswith("None of the")


@pytest.mark.parametrize(
    ("why", "words"), [("unverified", "One origin alone says this"), ("contested", "This is contested")]
)
def test_each_kind_of_switch_is_told_with_its_likelihood_and_both_worlds(findings, why, words):
    opposed = (findings.claims[1].id,)
    branch = replace(findings.assessment.branches[0], why=why, opposed=opposed, p_true=0.7, gap=0.05)
    said = _told(_with(findings, branches=(branch,)), "branches")
    assert said["branch-1"].text.startswith(words)
    assert said["branch-1-chance"].likelihood == "likely"
    assert "5 points" in said["branch-1-gap"].text
    assert {"branch-1-true", "branch-1-false"} <= said.keys()
    assert ("branch-1-against" in said) == (why == "contested")


def test_the_number_of_switches_not_told_is_said(findings):
    assert "2 more claims are such switches" in _told(findings, "branches")["branch-rest"].text


@pytest.mark.parametrize(("ratio", "mark"), [(3, "++"), (1.3, "+"), (1.02, "0"), (0.9, "−"), (0.2, "−−"), (0, "−−")])
def test_the_signs_of_the_matrix_are_read_off_the_ratios(ratio, mark):
    assert sign(ratio) == mark
