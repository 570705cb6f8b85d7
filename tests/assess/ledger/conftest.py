"""A made-up event table, questions on it, and a ledger from literals."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from wayout.assess.forecasts import Ledger, ask, read_event_file, with_id
from wayout.model import AskedRegion, EventFilter, Forecast, ForecastQuestion, ResolutionRule

HEAD = "id,type_of_violence,side_a,side_a_new_id,side_b,side_b_new_id,where_prec,adm_1,latitude,longitude,country,date_prec,date_start,date_end,best"
ASKED = datetime(2021, 5, 20, tzinfo=UTC)


def table(*events, head=HEAD):
    """Make a table; an event is a day and what differs from a small one of the Blues in cell 176460."""
    lines = [head]
    for n, (day, fields) in enumerate(events):
        row = {
            "id": n,
            "type_of_violence": 1,
            "side_a": "Government of Exampleland",
            "side_a_new_id": 1,
            "side_b": "Blues",
            "side_b_new_id": 77,
            "where_prec": 1,
            "adm_1": "North",
            "latitude": 32.6,
            "longitude": 34.9,
            "country": "Exampleland",
            "date_prec": 1,
            "date_start": day,
            "date_end": day,
            "best": 2,
        } | fields
        lines.append(",".join(str(row[column]) for column in HEAD.split(",")))
    return read_event_file("\n".join(lines).encode(), "made-up.csv")


def question(name="blues-june", **fields):
    rule = fields.pop(
        "rule", ResolutionRule(dataset="UCDP GED", events=EventFilter(actors=("Blues",), countries=("Exampleland",)))
    )
    given = {
        "id": "",
        "name": name,
        "statement": "Blues in June",
        "options": ("no", "yes"),
        "first_day": date(2021, 6, 1),
        "last_day": date(2021, 6, 30),
        "rule": rule,
    } | fields
    return with_id(ForecastQuestion(**given))


def forecast(asked, p_yes=0.3, *, by="ann", as_of=ASKED, **fields):
    return Forecast(question=asked.id, probabilities=(("no", 1 - p_yes), ("yes", p_yes)), as_of=as_of, by=by, **fields)


def ledger(*questions, at=ASKED):
    made = Ledger()
    for one in questions:
        made.add(ask(made, one, at=at, by="ann"))
    return made


def quiet_year(**fields):
    """One event of somebody else on the first and the last day of a year and a half: the table covers what lies between."""
    other = {"side_b": "Reds", "side_b_new_id": 88} | fields
    return [(date(2020, 1, 1), other), (date(2021, 7, 15), other)]


@pytest.fixture(scope="session")
def made():
    return SimpleNamespace(
        table=table,
        question=question,
        forecast=forecast,
        ledger=ledger,
        quiet_year=quiet_year,
        asked=ASKED,
        cell=lambda lon, lat: AskedRegion(cells=(int((lat + 90) * 2) * 720 + int((lon + 180) * 2) + 1,)),
        days=lambda n: timedelta(days=n),
    )
