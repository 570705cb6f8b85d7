"""A question is settled by counting; where the table does not reach, nothing is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.assess.forecasts import Coverage
from wayout.assess.ledger.resolving import resolve_by_rule, why_not
from wayout.errors import InputError
from wayout.model import AskedRegion, EventFilter, ResolutionRule

IN_JUNE = date(2021, 6, 10)


def outcome(resolution):
    return next(option for option, share in resolution.shares if share == 1)


def test_one_event_in_the_window_is_yes(made):
    file = made.table(*made.quiet_year(), (IN_JUNE, {}))
    resolution = resolve_by_rule(made.question(), file)
    assert (outcome(resolution), resolution.count) == ("yes", 1)
    assert resolution.dataset_sha256 == file.sha256


def test_none_is_no_where_the_table_reaches(made):
    assert outcome(resolve_by_rule(made.question(), made.table(*made.quiet_year()))) == "no"


@pytest.mark.parametrize("day", [date(2021, 5, 31), date(2021, 7, 1)])
def test_a_day_outside_the_window_does_not_count(made, day):
    assert outcome(resolve_by_rule(made.question(), made.table(*made.quiet_year(), (day, {})))) == "no"


@pytest.mark.parametrize("day", [date(2021, 6, 1), date(2021, 6, 30)])
def test_first_and_last_day_count(made, day):
    assert outcome(resolve_by_rule(made.question(), made.table(*made.quiet_year(), (day, {})))) == "yes"


def test_a_table_that_ends_before_the_window_settles_nothing(made):
    file = made.table((date(2020, 1, 1), {}), (date(2021, 6, 29), {}))
    assert "window ends" in why_not(made.question(), file)
    with pytest.raises(InputError, match="stays open"):
        resolve_by_rule(made.question(), file)
    assert why_not(made.question(), file, Coverage(covers_until=date(2021, 6, 30))) == ""


def test_a_table_that_begins_in_the_window_settles_nothing(made):
    file = made.table((date(2021, 6, 2), {}), (date(2021, 7, 2), {}))
    assert "window begins" in why_not(made.question(), file)
    assert why_not(made.question(), file, Coverage(covers_from=date(2021, 6, 1))) == ""


def test_a_table_without_the_country_settles_nothing(made):
    file = made.table(*made.quiet_year(country="Elsewhere"))
    assert "exampleland" in why_not(made.question(), file)
    assert why_not(made.question(), file, Coverage(complete=True)) == ""


def test_a_table_far_from_the_region_settles_nothing(made):
    rule = ResolutionRule(dataset="UCDP GED", region=made.cell(36.1, 52.1))
    assert "within 2 degrees" in why_not(made.question(rule=rule), made.table(*made.quiet_year()))


def test_another_data_set_settles_nothing(made):
    rule = ResolutionRule(dataset="ACLED")
    assert "asks for ACLED" in why_not(made.question(rule=rule), made.table(*made.quiet_year()))


@pytest.mark.parametrize(
    ("events", "fields", "counts"),
    [
        (EventFilter(actors=("77",)), {}, True),
        (EventFilter(actors=("blues",)), {}, True),
        (EventFilter(actors=("Blues",), side="a"), {}, False),
        (EventFilter(actors=("Blues",), side="b"), {}, True),
        (EventFilter(actors=("Reds",)), {}, False),
        (EventFilter(kinds=("3",)), {}, False),
        (EventFilter(kinds=("3",)), {"type_of_violence": 3}, True),
        (EventFilter(max_where_prec=3), {"where_prec": 4}, False),
        (EventFilter(max_where_prec=3), {"where_prec": ""}, False),
        (EventFilter(max_date_prec=2), {"date_prec": 3}, False),
        (EventFilter(countries=("Exampleland",)), {}, True),
    ],
)
def test_the_filter_decides_what_counts(made, events, fields, counts):
    other = {
        "type_of_violence": 2,
        "side_a": "x",
        "side_b": "Reds",
        "side_b_new_id": 88,
        "where_prec": 7,
        "date_prec": 5,
    }
    file = made.table((date(2020, 1, 1), other), (IN_JUNE, fields), (date(2021, 7, 15), other))
    resolution = resolve_by_rule(made.question(rule=ResolutionRule(dataset="UCDP GED", events=events)), file)
    assert resolution.count == int(counts)


@pytest.mark.parametrize(
    ("region", "counts"),
    [
        (AskedRegion(admin1=("north",)), True),
        (AskedRegion(admin1=("South",)), False),
        (AskedRegion(polygon=((34, 32), (36, 32), (36, 33), (34, 33))), True),
        (AskedRegion(polygon=((35, 32), (36, 32), (36, 33), (35, 33))), False),
    ],
)
def test_the_region_decides_what_counts(made, region, counts):
    rule = ResolutionRule(dataset="UCDP GED", events=EventFilter(actors=("Blues",)), region=region)
    file = made.table(*made.quiet_year(adm_1="South"), (IN_JUNE, {}))
    assert resolve_by_rule(made.question(rule=rule), file).count == int(counts)


def test_the_cell_of_a_row_is_that_of_the_grid(made):
    file = made.table(*made.quiet_year(), (IN_JUNE, {"latitude": 34.802462, "longitude": 36.707602}))
    assert [row.cell for row in file.rows if row.start == IN_JUNE] == [179714]


def test_deaths_are_summed_and_bounds_make_options(made):
    rule = ResolutionRule(dataset="UCDP GED", events=EventFilter(actors=("Blues",)), counts="deaths", bounds=(1, 5))
    asked = made.question(rule=rule, options=("none", "1 to 4", "5 or more"))
    two, six = ((IN_JUNE, {"best": n}) for n in (2, 6))
    assert outcome(resolve_by_rule(asked, made.table(*made.quiet_year(), two))) == "1 to 4"
    assert outcome(resolve_by_rule(asked, made.table(*made.quiet_year(), six))) == "5 or more"
    assert outcome(resolve_by_rule(asked, made.table(*made.quiet_year()))) == "none"


def test_references_come_from_earlier_windows_only(made):
    before = [(date(2021, 5, 20), {}), (date(2021, 1, 1), {})]
    resolution = resolve_by_rule(made.question(), made.table(*made.quiet_year(), *before))
    assert resolution.count_before == 1
    assert resolution.n_windows_before == 17
    assert dict(resolution.base_shares)["yes"] == pytest.approx(2 / 17)


@given(days=st.lists(st.dates(date(2021, 6, 1), date(2021, 7, 14)), max_size=20))
def test_what_happens_in_the_window_changes_no_reference(made, days):
    still = resolve_by_rule(made.question(), made.table(*made.quiet_year()))
    busy = resolve_by_rule(made.question(), made.table(*made.quiet_year(), *((day, {}) for day in days)))
    assert busy.base_shares == still.base_shares
    assert busy.count_before == still.count_before
    assert busy.count == sum(day <= date(2021, 6, 30) for day in days)
