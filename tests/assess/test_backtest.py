import csv
import dataclasses
import io
import json

import numpy as np
import pytest

from wayout.assess.backtest import ONCE, OURS, BacktestOptions, run_backtest
from wayout.assess.backtesting import model
from wayout.assess.backtesting.cells import cells_of_country, make_cells
from wayout.assess.backtesting.columns import event_columns
from wayout.assess.backtesting.features import build_cube
from wayout.assess.backtesting.known import lay_on_cells
from wayout.assess.backtesting.rolling import Country
from wayout.assess.backtesting.windows import Period, mondays
from wayout.cli.main import app
from wayout.errors import InputError


@pytest.fixture(autouse=True)
def _less_of_each(monkeypatch):
    """The same steps with fewer trees and origins, so that the tests stay fast."""
    few = dataclasses.replace(model.read_constants(), trees=4, calibration_origins=8)
    monkeypatch.setattr(model, "read_constants", lambda: few)


def rows_of_events(n=700, days=700):
    """A front that moves east over Jordan, a table as UCDP writes it."""
    rng = np.random.default_rng(1)
    cells = cells_of_country("JO")
    hot = cells.lon.argsort()[::3]
    for i in range(n):
        at = hot[int(i / n * 8) + int(rng.integers(0, 3))]
        day = np.datetime64("2015-01-01") + int(i / n * days)
        yield {
            "date_start": str(day),
            "date_end": f"{day} 00:00:00.000",
            "latitude": str(cells.lat[at] + rng.uniform(-0.2, 0.2)),
            "longitude": str(cells.lon[at] + rng.uniform(-0.2, 0.2)),
            "where_prec": "1",
            "date_prec": "1",
            "side_a": "Government of Jordan" if rng.random() < 0.5 else "Y",
            "side_b": "Z",
        }


@pytest.fixture(scope="module")
def table_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("ucdp") / "jordan.csv"
    text = io.StringIO()
    rows = list(rows_of_events())
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows([*rows, rows[0] | {"date_start": "never"}])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def a_country(n=400, days=500):
    rng = np.random.default_rng(0)
    cells = make_cells(np.tile([30.25, 30.75, 31.25], 2), np.repeat([10.25, 10.75], 3))
    table = event_columns(
        {
            "date_start": str(np.datetime64("1970-01-01") + int(i * days / n)),
            "date_end": str(np.datetime64("1970-01-01") + int(i * days / n)),
            "latitude": str(rng.uniform(10, 11)),
            "longitude": str(30 + 1.5 * rng.random() ** 3),
            "where_prec": "1",
            "date_prec": "1",
            "side_a": "IS",
            "side_b": "Z",
        }
        for i in range(n)
    )
    record = lay_on_cells(table, cells, "IS")
    return Country(record=record, cube=build_cube(record, mondays(60, days)), learn_from=60, data_until=days)


def test_a_table_holds_every_forecaster_and_ours_against_each():
    country = a_country()
    period = Period(name="made up", learn_from=60, first=360, last=460, data_until=499)
    table = run_backtest([country], period, BacktestOptions(horizons=(14,), reps=5, once=True))
    assert [(c.horizon, c.target) for c in table.cases] == [(14, "any"), (14, "onset")]
    rows = {row.forecaster: row for row in table.rows if row.target == "any"}
    assert {"base rate", "history", "logistic", OURS, ONCE} <= set(rows)
    assert not rows[OURS].ours_better_by
    gain = rows["history"].ours_better_by["Brier"]
    assert gain.value == pytest.approx(rows["history"].scores["Brier"].value - rows[OURS].scores["Brier"].value)
    assert gain.low <= gain.high
    assert sum(b.n for b in rows[OURS].bins) == table.cases[0].n_cases


def test_nothing_to_learn_from_is_told():
    country = a_country()
    period = Period(name="made up", learn_from=60, first=62, last=90, data_until=499)
    with pytest.raises(InputError, match="nothing to learn from"):
        run_backtest([country], period, BacktestOptions(horizons=(14,), reps=0))


def test_no_whole_window_is_told():
    period = Period(name="made up", learn_from=60, first=495, last=499, data_until=499)
    with pytest.raises(InputError, match="no Monday"):
        run_backtest([a_country()], period, BacktestOptions(horizons=(14,), reps=0))


def _called(*args):
    from typer.testing import CliRunner

    from wayout.cli.main import _add_verbs

    if not any(command.callback and command.callback.__name__ == "backtest" for command in app.registered_commands):
        _add_verbs()
    return CliRunner().invoke(app, ["backtest", *map(str, args)])


def test_the_verb_takes_another_countrys_table_and_gives_the_same_bytes(table_file):
    args = (
        table_file,
        "--cells",
        "JO",
        "--party",
        "Z",
        "--days",
        30,
        "--draws",
        2,
        "--from",
        "2016-09-01",
        "--json",
    )
    first, second = _called(*args), _called(*args)
    assert first.exit_code == 0, first.output
    assert first.stdout == second.stdout
    answer = json.loads(first.stdout)
    assert answer["cases"][0]["n_cases"] == answer["cases"][0]["n_origins"] * len(cells_of_country("JO"))
    assert "1 rows left out; first: row 701" in first.stderr


def test_the_verb_prints_one_table(table_file):
    done = _called(
        table_file,
        "--cells",
        "Jordan",
        "--days",
        30,
        "--draws",
        0,
        "--from",
        "2016-10-01",
        "--to",
        "2016-10-20",
        "--reach",
    )
    assert done.exit_code == 0, done.output
    assert "any within 30 days; 3 origins" in done.stdout
    assert "ours + MOVE, open" in done.stdout


def test_a_table_without_its_country_is_a_wrong_call(table_file):
    assert _called(table_file, table_file, "--cells", "JO").exit_code == 2
    assert _called(table_file, "--cells", "Atlantis").exit_code == 2
