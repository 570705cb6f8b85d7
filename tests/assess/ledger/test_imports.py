"""Others' questions are taken in with their branches and outcomes; nothing written after the event reaches a forecast."""

import json
from datetime import UTC, date, datetime

import pytest

from wayout.assess.forecasts import Ledger, forecast_from_past, read_forecastbench, read_gjp, record_of, take_in
from wayout.assess.ledger.imported import deadline_in, strip_hindsight, text_of
from wayout.errors import SourceError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GJP_HEAD = "ifp_id,q_text,q_desc,options,date_start,date_suspend,date_to_close,date_closed,q_status,outcome\n"


def gjp(*rows):
    return GJP_HEAD + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def plain(ifp, text, outcome, start="1/1/13", **fields):
    row = {"options": "(a) Yes, (b) No", "desc": "", "status": "closed", "end": "3/31/13"} | fields
    return (ifp, text, row["desc"], row["options"], start, "1/2/13 0:00", row["end"], "1/2/13", row["status"], outcome)


def family(ifp, statuses=("voided", "closed"), outcomes=("", "b"), start="1/1/13"):
    return [
        plain(
            f"{ifp}-{n}",
            "Will the talks begin before 1 April 2013?",
            outcome,
            start,
            options=f"If {'no ' if n == 2 else ''}truce is signed beforehand :  (a) Yes, (b) No",
            status=status,
        )
        for n, status, outcome in zip((1, 2), statuses, outcomes, strict=True)
    ]


def test_a_conditional_family_becomes_a_condition_and_its_branches():
    imported = read_gjp(gjp(*family("1000")), "q.csv")
    head, on, off = imported.questions
    assert head.options == ("(1) If truce is signed beforehand", "(2) If no truce is signed beforehand")
    assert [q.condition.option for q in (on, off)] == list(head.options)
    assert [q.statement for q in (on, off)] == ["Will the talks begin before 1 April 2013?"] * 2
    assert dict(imported.resolutions[head.id].shares)[head.options[1]] == 1
    assert imported.resolutions[on.id].voided
    assert dict(imported.resolutions[off.id].shares) == {"Yes": 0, "No": 1}


def test_a_family_whose_branches_are_all_voided_is_voided_whole():
    imported = read_gjp(gjp(*family("1000", ("voided", "voided"), ("", ""))), "q.csv")
    assert [imported.resolutions[q.id].voided for q in imported.questions] == [True] * 3


def test_two_branches_that_both_held_are_a_miss():
    imported = read_gjp(gjp(*family("1000", ("closed", "closed"), ("a", "b")), plain("1001-0", "x", "a")), "q.csv")
    assert [q.name for q in imported.questions] == ["gjp-1001-0"]
    assert "only one can be" in imported.misses[0].why


def test_the_window_comes_from_the_words_not_from_when_it_was_closed():
    (asked,) = read_gjp(gjp(plain("1-0", "Will it end before 1 June 2013?", "a", end="2/2/13")), "q.csv").questions
    assert (asked.first_day, asked.last_day) == (date(2013, 1, 1), date(2013, 6, 1))
    first, second = (
        read_gjp(gjp(plain("1-0", "Will it end before 1 June 2013?", o, status=s)), "q.csv").questions[0]
        for o, s in (("a", "closed"), ("b", "closed"))
    )
    assert first == second


def test_notes_written_after_the_event_are_left_out():
    text = "Counts must be official. So, as we noted on 3-2-14, answer option B is voided because X lost. See the list."
    assert strip_hindsight(text) == ("Counts must be official. See the list.", 1)
    kept = "If nothing is reported, the question will be resolved as no. The vote may be voided."
    assert strip_hindsight(kept)[1] == 0


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Will it end before 1 June 2013?", date(2013, 6, 1)),
        ("Between 5 March 2013 and 31 March 2013, will it?", date(2013, 3, 31)),
        ("Will the truce of 2 May 2011 hold?", None),
        ("Before 31 February 2014?", None),
        ("Will it end?", None),
    ],
)
def test_the_deadline_is_the_last_day_named(text, day):
    assert deadline_in(text, date(2013, 1, 1)) == day


def test_options_with_several_words_are_read_and_told_apart():
    row = plain("1-6", "When?", "c", options="(a) Before 1 May, 2013, (b) Between, inclusive, (c) Later")
    imported = read_gjp(gjp(row), "q.csv")
    (asked,) = imported.questions
    assert asked.options == ("Before 1 May, 2013", "Between, inclusive", "Later")
    assert dict(imported.resolutions[asked.id].shares)["Later"] == 1


def test_what_is_no_such_table_is_refused():
    with pytest.raises(SourceError, match="columns"):
        read_gjp("a,b\n1,2\n", "q.csv")
    with pytest.raises(SourceError, match="neither"):
        read_forecastbench([("x", "{}")])
    with pytest.raises(SourceError, match="damaged"):
        text_of(b"\x1f\x8b nonsense", "x.gz")


QUESTIONS = {
    "forecast_due_date": "2024-07-21",
    "questions": [
        {
            "id": "m1",
            "source": "manifold",
            "question": "Will it?",
            "freeze_datetime": "2024-07-12T00:00:00+00:00",
            "freeze_datetime_value": "0.8",
            "market_info_close_datetime": "2025-01-01T00:00:00+00:00",
        },
        {
            "id": "a1",
            "source": "acled",
            "question": "More than {forecast_due_date} at {resolution_date}?\n\ne.g. something long",
            "freeze_datetime": "2024-07-12T00:00:00+00:00",
            "freeze_datetime_value": "12.5",
        },
    ],
}
OUTCOMES = {
    "forecast_due_date": "2024-07-21",
    "resolutions": [
        {"id": "a1", "source": "acled", "resolution_date": "2024-07-28", "resolved_to": 1.0, "resolved": True},
        {"id": "a1", "source": "acled", "resolution_date": "2024-08-28", "resolved_to": 0.0, "resolved": True},
        {"id": "m1", "source": "manifold", "resolution_date": "2024-07-28", "resolved_to": 0.7, "resolved": False},
    ],
}


def test_forecastbench_has_a_question_a_resolution_date():
    imported = read_forecastbench([("r", json.dumps(OUTCOMES)), ("q", json.dumps(QUESTIONS))])
    assert len(imported.questions) == 3
    assert [dict(r.shares)["yes"] for r in imported.resolutions.values()] == [1.0, 0.0]
    assert [q.statement for q in imported.questions][1] == "More than 2024-07-21 at 2024-07-28?"
    (market,) = imported.forecasts
    assert dict(market.probabilities)["yes"] == 0.8


def test_a_resolution_set_alone_is_a_miss():
    assert "question set" in read_forecastbench([("r", json.dumps(OUTCOMES))]).misses[0].why


def past_and_now(outcomes, last="Will the new group surrender before 1 June 2014?"):
    rows = [
        plain(f"{n}-0", f"Will group {n} surrender before 1 April 2013?", o) for n, o in enumerate(outcomes, start=1)
    ]
    imported = read_gjp(gjp(*rows, plain("999-0", last, "a", "1/1/14")), "q.csv")
    return imported, forecast_from_past(imported.questions, imported.resolutions, by="us", now=NOW)


def p_yes(forecast):
    return next(p for option, p in forecast.probabilities if option.casefold() == "yes")


def test_rates_are_learned_from_what_had_ended():
    rare, common = (p_yes(past_and_now(o * 40)[1][-1]) for o in ("b", "a"))
    assert rare < 0.15 < 0.8 < common
    assert all(p_yes(f) == pytest.approx(1 / 3, abs=1e-4) for f in past_and_now("a" * 40)[1][:-1])


def test_where_yes_means_no_change_the_rate_is_turned():
    _, forecasts = past_and_now("b" * 40, "Will the garrison remain in the town until 1 June 2014?")
    assert p_yes(forecasts[-1]) > 0.85


def test_no_outcome_of_a_later_or_overlapping_question_is_looked_at():
    imported, forecasts = past_and_now("ab" * 20)
    for question in imported.questions[-1:]:
        poisoned = dict(imported.resolutions)
        poisoned.pop(question.id)
        again = forecast_from_past(imported.questions, poisoned, by="us", now=NOW)
        assert again == forecasts
    early = {i: r for i, r in imported.resolutions.items() if i == imported.questions[-1].id}
    alone = forecast_from_past(imported.questions, early, by="us", now=NOW)
    assert p_yes(alone[0]) == p_yes(forecasts[0])


def test_an_import_is_scored_as_hindcast_and_taken_in_once():
    imported = read_gjp(gjp(*family("1000"), plain("1001-0", "Will X end before 1 April 2013?", "a")), "q.csv")
    ours = forecast_from_past(imported.questions, imported.resolutions, by="us", now=NOW)
    book = Ledger()
    for judgement in take_in(book, imported, ours, at=NOW, by="ann"):
        book.add(judgement)
    assert take_in(book, imported, ours, at=NOW, by="ann") == ()
    record = record_of(book)
    assert [(a.standing, a.n) for a in record.authors] == [("hindcast", 3)]
    assert [e.state for e in record.entries] == ["resolved", "voided", "resolved", "resolved"]
    (whole,) = record.recomposed
    assert whole.option == "Yes"
    assert whole.p == pytest.approx(p_yes(ours[1]), abs=1e-5)
