"""Arrivals are told as worked out, with how good such answers were; other parties' briefs do not speak of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from wayout.publish.arrivals_told import MOST_ROWS, arrivals_table
from wayout.publish.brief import compose_brief
from wayout.publish.provenance import check_brief
from wayout.publish.to_json import assessment_json
from wayout.publish.write import brief_files


def _section(findings):
    return next((s for s in compose_brief(findings).sections if s.id == "arrivals"), None)


def test_the_sentences_say_that_it_is_worked_out_how_good_it_was_and_what_it_leaves_out(findings):
    first, basis, left_out = (s.text for s in _section(findings).sentences)
    assert first.startswith("Worked out, not reported")
    assert "Talodi: 50%" in first
    assert "Rashad, 30%" in first
    assert "0.43" in basis
    assert "78%" in basis
    assert "12%" in left_out


def test_they_hold_no_likelihood_word_and_pass_the_gate(findings):
    check_brief(compose_brief(findings), findings)
    assert all(s.likelihood is None and "confidence" not in s.text for s in _section(findings).sentences)


def test_the_table_shows_the_largest_and_sums_the_rest(findings):
    table = arrivals_table(findings)
    assert len(table.rows) == MOST_ROWS
    assert (table.others, table.rest) == ("2 other places", "5%")
    assert table.rows[0].name == "Talodi"


def test_without_arrivals_there_is_no_section_no_table_and_no_record(findings):
    without = replace(findings, arrivals=None)
    assert _section(without) is None
    assert arrivals_table(without) is None
    assert assessment_json(without)["arrivals"] is None
    assert 'id="arrivals' not in brief_files(without, 5.0, {})["index.html"].decode()


def test_a_single_place_is_told_alone(findings):
    one = replace(findings, arrivals=replace(findings.arrivals, arrivals=findings.arrivals.arrivals[:1]))
    first = _section(one).sentences[0].text
    assert "then in" not in first
    check_brief(compose_brief(one), one)


@pytest.mark.parametrize("name", ["<b>Camp</b> “One”", "Kauda\u202e x"])
def test_hostile_names_pass_and_stay_text(findings, name):
    first, *rest = findings.arrivals.arrivals
    poisoned = replace(findings, arrivals=replace(findings.arrivals, arrivals=(replace(first, name=name), *rest)))
    page = brief_files(poisoned, 5.0, {})["index.html"].decode()
    assert "<b>Camp" not in page
    assert "\u202e" not in page


def test_how_good_such_answers_were_is_what_the_method_page_measured_and_no_better(findings):
    page = (Path(__file__).parents[2] / "docs" / "methods" / "displacement.md").read_text(encoding="utf-8")
    rows = [[cell.strip(" *") for cell in line.split("|")] for line in page.splitlines() if line.startswith("|")]
    head = next(row for row in rows if "gravity 1/d2" in row)
    mean = next(row for row in rows if row[1] == "mean over conflicts")
    ours, nearness = (float(x) for x in re.findall(r"\d\.\d\d", _section(findings).sentences[1].text))
    assert nearness == pytest.approx(float(mean[head.index("gravity 1/d2")]), abs=0.006)
    assert -0.006 <= ours - float(mean[head.index("left out")]) <= 0.03
