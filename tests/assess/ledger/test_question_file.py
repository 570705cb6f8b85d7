"""Questions are written by people in YAML; what is wrong is named."""

from datetime import date

import pytest

from wayout.assess.ledger.question_file import TEMPLATE, read_questions
from wayout.assess.ledger.said import read_probability, read_shares
from wayout.errors import InputError

GOOD = "{name: q, from: 2030-06-01, days: 30, dataset: UCDP, actors: [IS], cells: [176580]}"


def read(text, known=None):
    return read_questions(text, "q.yaml", known or {})


def test_the_template_can_be_asked():
    (question,) = read(TEMPLATE)
    assert (question.first_day, question.last_day) == (date(2030, 6, 1), date(2030, 6, 30))
    assert question.statement.startswith("UCDP GED records 1 or more events with Name")


def test_a_later_question_may_hang_on_an_earlier():
    text = (
        f"[{GOOD}, {{name: r, from: 2030-06-01, until: 2030-07-01, dataset: acled, if: {{question: q, option: no}}}}]"
    )
    first, second = read(text)
    assert second.condition.question == first.id
    assert second.condition.option == "no"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("name: ''", "no name"),
        ("days: 0", "whole number"),
        ("until: 2030-06-05", "one of the two"),
        ("dataset: other", "give UCDP or ACLED"),
        ("at_least: 0", "rise from 1"),
        ("at_least: [1, 5]", "3 options|bounds"),
        ("counts: tanks", "events or deaths"),
        ("side: c", "a, b or any"),
        ("colour: red", "unknown fields colour"),
        ("from: soon", "write a day"),
        ("if: {question: none, option: yes}", "ask that first"),
        ("cells: [x]", "invalid literal"),
        ("polygon: [[1, 2]]", "corners"),
        ("polygon: [[1, 2], [3, 4], [500, 6]]", "globe"),
    ],
)
def test_what_is_wrong_is_named(change, told):
    field = change.partition(":")[0]
    parts = [p for p in GOOD.strip("{}").split(", ") if not p.startswith(f"{field}:")]
    with pytest.raises(InputError, match=told):
        read("{" + ", ".join([*parts, change]) + "}")


def test_broken_yaml_is_named():
    with pytest.raises(InputError, match="not YAML"):
        read("{a: [")


@pytest.mark.parametrize(
    ("said", "p"), [("0.3", 0.3), ("30%", 0.3), (" 30 % ".strip(), 0.3), ("likely", 0.675), ("Almost certainly", 0.975)]
)
def test_a_probability_is_read_as_people_say_it(said, p):
    assert read_probability(said) == p


@pytest.mark.parametrize("said", ["1.3", "-0.1", "130%", "nan", "perhaps", "", "highly likely"])
def test_what_is_no_probability_is_refused(said):
    with pytest.raises(InputError):
        read_probability(said)


def test_shares_fill_the_one_left_out(made):
    asked = made.question()
    assert read_shares(["0.3"], asked) == (("no", 0.7), ("yes", 0.3))
    assert read_shares(["no=60%"], asked) == (("no", 0.6), ("yes", 0.4))
    for wrong in (["maybe=0.3"], ["yes=0.3", "yes=0.4"]):
        with pytest.raises(InputError):
            read_shares(wrong, asked)
