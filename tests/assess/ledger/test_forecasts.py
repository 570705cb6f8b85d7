"""The ledger: frozen when made, resolved by rule, voided by its condition, scored beside references, nothing picked."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.assess.forecasts import ask, make, open_ledger, record_of, resolve_due, settle
from wayout.assess.ledger.freezing import freeze, thaw
from wayout.errors import InputError, NotFoundError, ProvenanceError
from wayout.model import Condition, Resolution, canonical_json

ASKED = datetime(2021, 5, 20, tzinfo=UTC)
LATER = datetime(2021, 8, 1, tzinfo=UTC)
EVENT = (date(2021, 6, 10), {})


def resolved(made, book, *events, at=LATER):
    outcome = resolve_due(book, made.table(*made.quiet_year(), *events), at=at, by="ann")
    for judgement in outcome.judgements:
        book.add(judgement)
    return outcome


def test_a_question_is_frozen(made):
    book = made.ledger(made.question())
    assert ask(book, made.question(), at=LATER, by="ben") is None
    with pytest.raises(InputError, match="frozen"):
        ask(book, made.question(last_day=date(2021, 7, 1)), at=LATER, by="ben")


@pytest.mark.parametrize("kind", ["question", "forecast", "resolution"])
def test_a_changed_record_is_refused(made, kind):
    asked = made.question()
    record = {
        "question": asked,
        "forecast": made.forecast(asked),
        "resolution": Resolution(question=asked.id, shares=(("no", 1.0), ("yes", 0.0)), dataset="x"),
    }[kind]
    judgement = freeze(record, made_at=ASKED, by="ann")
    assert thaw(judgement) == record
    said = json.loads(judgement.body)
    changes = {"question": ("statement", "Reds in June"), "forecast": ("by", "ben"), "resolution": ("dataset", "y")}
    name, value = changes[kind]
    said["record"][name] = value
    with pytest.raises(ProvenanceError, match="not what was frozen"):
        thaw(replace(judgement, body=canonical_json(said)))


def test_a_judgement_of_another_writer_is_named(made):
    judgement = replace(freeze(made.question(), made_at=ASKED, by="ann"), body=canonical_json({"x": 1}))
    with pytest.raises(ProvenanceError, match="cannot be read as a question"):
        open_ledger([judgement])


@given(
    st.floats(0, 1),
    st.text(max_size=8),
    st.datetimes(datetime(2000, 1, 1), datetime(2021, 5, 1), timezones=st.just(UTC)),
)
def test_a_forecast_survives_freezing(made, p, why, as_of):
    entered = made.forecast(made.question(), round(p, 6), as_of=as_of, why=why)
    back = thaw(freeze(entered, made_at=ASKED, by="ann"))
    assert dict(back.probabilities)["yes"] == pytest.approx(p, abs=1e-6)
    assert (back.as_of, back.why) == (entered.as_of, entered.why)


@pytest.mark.parametrize(
    ("at", "as_of", "standing"),
    [
        (datetime(2021, 6, 1, tzinfo=UTC), ASKED, "ahead"),
        (datetime(2021, 6, 1, 0, 1, tzinfo=UTC), ASKED, "hindcast"),
        (LATER, ASKED, "hindcast"),
        (LATER, datetime(2021, 6, 2, tzinfo=UTC), "late"),
    ],
)
def test_the_time_of_entry_decides_the_standing(made, at, as_of, standing):
    asked = made.question()
    book = made.ledger(asked)
    book.add(make(book, made.forecast(asked, as_of=as_of), at=at))
    assert book.find("blues-june").forecasts[0].standing == standing


def test_after_its_resolution_nothing_is_ahead(made):
    asked = made.question(settled_by="somebody", rule=None)
    book = made.ledger(asked)
    shares = (("no", 1.0), ("yes", 0.0))
    book.add(settle(book, Resolution(question=asked.id, shares=shares, dataset="word"), at=ASKED, by="ann"))
    book.add(make(book, made.forecast(asked), at=ASKED + timedelta(hours=1)))
    assert book.find("blues-june").forecasts[0].standing == "hindcast"


def test_late_forecasts_are_never_scored(made):
    asked = made.question()
    book = made.ledger(asked)
    book.add(make(book, made.forecast(asked, 1.0, as_of=LATER), at=LATER))
    resolved(made, book, EVENT)
    record = record_of(book)
    assert record.authors == ()
    assert record.entries[0].forecasts[0].scored is None


def test_the_last_forecast_before_the_window_is_scored_whatever_came_out(made):
    asked = made.question()
    book = made.ledger(asked)
    for p, hours in ((0.9, 0), (0.2, 1)):
        book.add(make(book, made.forecast(asked, p), at=ASKED + timedelta(hours=hours)))
    book.add(make(book, made.forecast(asked, 1.0, as_of=ASKED), at=LATER))
    resolved(made, book, EVENT)
    (entry,) = record_of(book).entries
    assert [f.superseded for f in entry.forecasts] == [True, False, False]
    assert [round(f.scored.brier, 4) if f.scored else None for f in entry.forecasts] == [None, 0.64, 0.0]
    assert [(a.standing, a.n) for a in record_of(book).authors] == [("ahead", 1), ("hindcast", 1)]


def test_resolving_twice_adds_nothing_and_the_first_stands(made):
    book = made.ledger(made.question())
    assert len(resolved(made, book).judgements) == 1
    assert resolved(made, book, EVENT).judgements == ()
    assert book.find("blues-june").resolution.count == 0


def test_what_cannot_be_settled_stays_open_and_says_why(made):
    book = made.ledger(made.question(), made.question("july", first_day=date(2021, 7, 1), last_day=date(2021, 7, 31)))
    outcome = resolved(made, book)
    assert [miss.what for miss in outcome.open] == ["july"]
    assert book.find("july").state == "open"


def branches(made, first_day=date(2021, 6, 1)):
    head = made.question("condition", first_day=first_day, statement="anything in the north")
    on = made.question("on", condition=Condition(question=head.id, option="yes"), statement="a")
    off = made.question("off", condition=Condition(question=head.id, option="no"), statement="a")
    return head, on, off


def test_the_branch_whose_condition_did_not_come_true_is_voided(made):
    book = made.ledger(*branches(made))
    resolved(made, book, EVENT)
    assert [book.find(n).state for n in ("condition", "on", "off")] == ["resolved", "resolved", "voided"]


def test_a_branch_waits_for_its_condition(made):
    head = made.question("condition", last_day=date(2021, 7, 31))
    on = made.question("on", condition=Condition(question=head.id, option="yes"))
    book = made.ledger(head, on)
    outcome = resolved(made, book, EVENT)
    assert outcome.judgements == ()
    assert {miss.what for miss in outcome.open} == {"condition", "on"}


def test_a_condition_must_be_there_and_have_the_option(made):
    head, on, _ = branches(made)
    with pytest.raises(InputError, match="ask that first"):
        made.ledger(on)
    with pytest.raises(InputError, match="has options"):
        made.ledger(head, made.question("x", condition=Condition(question=head.id, option="perhaps")))


def test_the_whole_is_put_together_from_its_branches(made):
    head, on, off = branches(made)
    book = made.ledger(head, on, off)
    for asked, p in ((head, 0.25), (on, 0.8), (off, 0.4)):
        book.add(make(book, made.forecast(asked, p), at=ASKED))
    (whole,) = record_of(book).recomposed
    assert whole.p == pytest.approx(0.25 * 0.8 + 0.75 * 0.4)
    assert whole.option == "yes"
    assert {part[0]: part[1:] for part in whole.parts} == {"no": (0.75, 0.4), "yes": (0.25, 0.8)}


def test_nothing_is_put_together_where_a_branch_is_missing(made):
    head, on, off = branches(made)
    book = made.ledger(head, on, off)
    for asked in (head, on):
        book.add(make(book, made.forecast(asked), at=ASKED))
    assert record_of(book).recomposed == ()


def test_a_forecast_must_fit_its_question(made):
    asked = made.question()
    book = made.ledger(asked)
    with pytest.raises(InputError, match="speaks of"):
        make(book, replace(made.forecast(asked), probabilities=(("no", 1.0),)), at=ASKED)
    with pytest.raises(InputError, match="nobody knows that yet"):
        make(book, made.forecast(asked, as_of=LATER), at=ASKED)
    with pytest.raises(NotFoundError):
        make(book, made.forecast(made.question("other")), at=ASKED)
    with pytest.raises(InputError, match="sum to one"):
        replace(made.forecast(asked), probabilities=(("no", 0.5), ("yes", 0.6)))


def test_references_are_scored_beside(made):
    asked = made.question()
    book = made.ledger(asked)
    book.add(make(book, made.forecast(asked, 0.6), at=ASKED))
    resolved(made, book, EVENT, (date(2021, 5, 10), {}))
    scored = record_of(book).entries[0].forecasts[0].scored
    assert scored.brier == pytest.approx(0.16)
    assert (scored.brier_zero, scored.brier_persistence) == (1.0, 0.0)
    assert scored.brier_base_rate == pytest.approx((16 / 17) ** 2)
    against = {a.reference: a.skill.value for a in record_of(book).authors[0].against}
    assert against["zero"] == pytest.approx(0.84)


def test_who_settles_by_word_cannot_settle_what_has_a_rule(made):
    asked = made.question()
    book = made.ledger(asked)
    with pytest.raises(InputError, match="settled by its rule"):
        settle(book, Resolution(question=asked.id, shares=(("no", 1.0), ("yes", 0.0)), dataset="x"), at=ASKED, by="ann")


@settings(max_examples=12)
@given(st.permutations(range(4)))
def test_the_order_of_authors_changes_no_figure(made, order):
    asked = made.question()
    book = made.ledger(asked)
    for n in order:
        book.add(make(book, made.forecast(asked, n / 4, by=f"author {n}"), at=ASKED))
    resolved(made, book, EVENT)
    assert [(a.by, a.brier.value) for a in record_of(book).authors] == [
        (f"author {n}", pytest.approx((1 - n / 4) ** 2)) for n in range(4)
    ]
