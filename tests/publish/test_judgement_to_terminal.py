"""The judgement on a terminal: the same figures as on the page, and no text of a report that could move the cursor."""

import io

from rich.console import Console

from wayout.publish.brief import compose_brief
from wayout.publish.judgement_to_terminal import course_rows, judgement_lines, judgement_tables, telling_rows


def test_courses_have_term_figure_range_and_prior(findings):
    assert course_rows(findings)[0] == ("south", "roughly even chance", "48%", "38% to 58%", "30%")
    assert [row[0] for row in course_rows(findings)] == ["south", "stays", "west", "something else"]


def test_the_most_telling_claim_comes_first_and_a_repetition_counts_nothing(findings):
    rows = telling_rows(findings)
    assert [row[2] for row in rows] == ["1.00", "0.67", "0.00"]


def test_the_sentences_on_weights_and_switches_follow(findings):
    lines = judgement_lines(compose_brief(findings))
    assert any("stated judgement" in line for line in lines)
    assert any("does not hold" in line for line in lines)


def test_hostile_text_stays_text(hostile_findings):
    shown = Console(file=io.StringIO(), width=200)
    for table in judgement_tables(hostile_findings):
        shown.print(table)
    assert "\x1b" not in shown.file.getvalue()
    assert "\u202e" not in shown.file.getvalue()
