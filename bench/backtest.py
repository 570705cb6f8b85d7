"""The back-test on UCDP GED: our forecasts and the best baseline beside them, by the protocol of shared/data/geo/ucdp_dev."""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from bench.score import CorpusMissingError, Score
from wayout.assess.backtest import OURS, BacktestOptions, BacktestTable, Row, run_backtest
from wayout.assess.backtesting.columns import day_of, event_columns
from wayout.assess.backtesting.rolling import Country
from wayout.assess.backtesting.windows import Period
from wayout.backtesting.countries import open_country

FILES = {
    "SY": ("syria_20160101_20190508.csv.gz", "2016-07-01", "2019-05-08"),
    "IQ": ("iraq_2013_2017.csv.gz", "2014-01-01", "2017-12-31"),
}
PERIODS = {
    "Syria 2018": ("SY", "2018-01-01", "2018-12-31"),
    "Syria 2019": ("SY", "2019-01-01", "2019-05-08"),
    "Iraq 2017": ("IQ", "2017-01-01", "2017-12-31"),
}
REPS = 10
"""Draws, so that the bench stays under 90 s; docs/methods/backtest.md has 300."""


def measure(corpora: Path) -> list[Score]:
    """Score ours and the baselines on the developers' three periods."""
    folder = corpora / "geo/ucdp_dev"
    if not folder.exists():
        raise CorpusMissingError(f"{folder} is not here")
    tables = tables_of(folder, BacktestOptions(reps=REPS))
    scores = [score for table in tables for score in _scores(table)]
    ours, best = zip(*((_ours(rows), _best(rows, "AP")) for rows in _cases(tables)), strict=True)
    wins = sum(a.scores["AP"].value > b.scores["AP"].value for a, b in zip(ours, best, strict=True))
    scores.append(
        Score(name="backtest cases whose AP beats the best baseline", value=wins, note=f"of {len(ours)}", items=12)
    )
    return scores


def tables_of(
    folder: Path, options: BacktestOptions, *, by_source: bool = False, reach: bool = False
) -> list[BacktestTable]:
    """Run the three periods, each country learning from the other's past beside its own."""
    opened: dict[str, Country] = {}
    for iso, (name, first, last) in FILES.items():
        with gzip.open(folder / name, "rb") as raw:
            events = event_columns(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")))
        opened[iso] = open_country(
            events, iso, "IS", (day_of(first), day_of(last), day_of(last)), by_source=by_source, reach=reach
        )
    found = []
    for name, (iso, first, last) in PERIODS.items():
        home, *others = sorted(opened, key=lambda code: code != iso)
        period = Period(
            name=name,
            learn_from=opened[iso].learn_from,
            first=day_of(first),
            last=day_of(last),
            data_until=opened[iso].data_until,
        )
        found.append(run_backtest([opened[home], *(opened[o] for o in others)], period, options))
    return found


def _cases(tables: list[BacktestTable]) -> Iterator[list[Row]]:
    for table in tables:
        for case in table.cases:
            yield [row for row in table.rows if (row.horizon, row.target) == (case.horizon, case.target)]


def _ours(rows: list[Row]) -> Row:
    return next(row for row in rows if row.forecaster == OURS)


def _best(rows: list[Row], key: str) -> Row:
    """Return the best baseline; of the Brier score the lowest is."""
    sign = -1 if key == "Brier" else 1
    return max((row for row in rows if row.is_baseline), key=lambda row: sign * row.scores[key].value)


def _scores(table: BacktestTable) -> Iterator[Score]:
    for rows in _cases([table]):
        ours = _ours(rows)
        name = f"backtest {table.period.name} {ours.target} {ours.horizon} d"
        for key in ("AP", "Brier"):
            best = _best(rows, key)
            better = best.ours_better_by[key]
            yield Score(
                name=f"{name} {key}",
                value=ours.scores[key].value,
                higher_is_better=key == "AP",
                beside=f"{best.forecaster} {best.scores[key].value:.3f}",
                note=f"ours better by {better.value:+.4f} [{better.low:+.3f},{better.high:+.3f}], {REPS} draws",
            )
        yield Score(
            name=f"{name} ECE",
            value=ours.calibration_error,
            higher_is_better=False,
        )
