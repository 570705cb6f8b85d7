import numpy as np
import pytest

from wayout.assess.backtesting.features import build_cube
from wayout.assess.backtesting.known import lay_on_cells
from wayout.assess.backtesting.returns import ADDED, RETURN, return_features

MIDDLE = (31.25, 10.75)


def a_record(made_up, party_days, other_days=()):
    """Events of the party and of others in one cell, on given days."""
    days = np.array([*party_days, *other_days], dtype=np.int64)
    n = len(days)
    table = made_up.columns(days, np.full(n, MIDDLE[0]), np.full(n, MIDDLE[1]), np.random.default_rng(0))
    fine = {"end": days, "source_day": days, "where_prec": np.ones(n, np.int64), "date_prec": np.ones(n, np.int64)}
    sides = tuple(["IS"] * len(party_days) + ["Z"] * len(other_days))
    return lay_on_cells(type(table)(**{**_fields(table), **fine, "side_b": sides}), made_up.cells(), "IS")


def _fields(table):
    return {name: getattr(table, name) for name in table.__dataclass_fields__}


def of_cell(record, day):
    known = record.known(day)
    found = return_features(known.of_party(), known.take(~known.is_party), day)
    at = int(record.cells.of_points(*(np.array([x]) for x in MIDDLE))[0])
    return {name: float(values[at]) for name, values in found.items()}


def test_a_cell_remembers_its_spells_and_its_peak(made_up):
    found = of_cell(a_record(made_up, [0, 10, 40, 300, 310]), 600)
    assert found["longest_spell"] == pytest.approx(np.log1p(40))
    assert found["peak"] == pytest.approx(np.log1p(3))
    assert found["was_here"] == 1
    assert found["quiet_history"] == pytest.approx(np.log(5.3) * np.log1p(290))


def test_a_return_is_counted_for_a_while_and_a_first_event_is_none(made_up):
    record = a_record(made_up, [0, 10, 400])
    returned, before = of_cell(record, 450), of_cell(record, 390)
    assert returned["onsets60"] == pytest.approx(np.log1p(1))
    assert returned["return_share60"] == pytest.approx(np.log(1.5 / 11))
    assert before["onsets60"] == 0
    assert of_cell(record, 30)["first60"] == pytest.approx(np.log1p(1))


def test_what_others_did_after_the_party_tells_that_the_cell_was_lost(made_up):
    held = of_cell(a_record(made_up, [50, 60], [10, 20]), 100)
    lost = of_cell(a_record(made_up, [50, 60], [70, 80]), 100)
    assert lost["lost"] > held["lost"]
    assert lost["lost_share"] > held["lost_share"]


def test_the_names_told_are_those_made(made_up):
    cube = build_cube(a_record(made_up, [0, 10]), np.array([60]))
    assert set(RETURN) <= set(cube.names)
    assert all(any(name.startswith(beginning) for name in cube.names) for beginning in ADDED)
