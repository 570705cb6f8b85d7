import csv
import gzip
import io
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from wayout.assess.backtesting.cells import cells_of_country, make_cells
from wayout.assess.backtesting.columns import EventColumns, day_of, event_columns
from wayout.assess.backtesting.features import build_cube
from wayout.assess.backtesting.known import lay_on_cells
from wayout.assess.backtesting.rolling import Country
from wayout.assess.backtesting.windows import Period, mondays

UCDP = Path(__file__).resolve().parents[4] / "shared" / "data" / "geo" / "ucdp_dev"
SYRIA, IRAQ = "syria_20160101_20190508.csv.gz", "iraq_2013_2017.csv.gz"
PERIODS = {
    "Syria 2018": (SYRIA, "SY", "2016-07-01", "2018-01-01", "2018-12-31", "2019-05-08"),
    "Syria 2019": (SYRIA, "SY", "2016-07-01", "2019-01-01", "2019-05-08", "2019-05-08"),
    "Iraq 2017": (IRAQ, "IQ", "2014-01-01", "2017-01-01", "2017-12-31", "2017-12-31"),
}


@pytest.fixture(scope="session")
def ucdp():
    """The developers' files: path, events of a file, cells, periods; skipped where they are not on the machine."""
    if not UCDP.exists():
        pytest.skip(f"{UCDP} is not on this machine")
    kept = {}

    def events(name):
        if name not in kept:
            with gzip.open(UCDP / name, "rb") as raw:
                kept[name] = event_columns(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")))
        return kept[name]

    def period(name):
        file, country, *days = PERIODS[name]
        learn, first, last, until = map(day_of, days)
        made = Period(name=name, learn_from=learn, first=first, last=last, data_until=until)
        return events(file), cells_of_country(country), made

    return SimpleNamespace(folder=UCDP, events=events, period=period, names=tuple(PERIODS))


LAST_DAY = 900
LEARN_FROM = 180


def made_up_events(seed=0, n=900):
    rng = np.random.default_rng(seed)
    start = np.sort(rng.integers(0, LAST_DAY, n))
    hot = rng.random(n) < 0.6
    lon = np.where(hot, rng.normal(30.9, 0.3, n), rng.uniform(30, 32.5, n))
    return columns(start, lon.clip(30.01, 32.49), rng.uniform(10.01, 11.99, n), rng)


def columns(start, lon, lat, rng):
    n = len(start)
    end = start + rng.integers(0, 4, n)
    return EventColumns(
        start=start.astype(np.int64),
        end=end.astype(np.int64),
        source_day=(end + rng.integers(0, 9, n)).astype(np.int64),
        lon=lon,
        lat=lat,
        where_prec=rng.integers(1, 5, n),
        date_prec=rng.integers(1, 4, n),
        deaths=rng.integers(0, 9, n).astype(float),
        violence=rng.integers(1, 4, n),
        side_a=tuple("Government of X" if v else "Y" for v in rng.random(n) < 0.5),
        side_b=tuple("IS" if v else "Z" for v in rng.random(n) < 0.6),
    )


def made_up_cells():
    lon, lat = np.meshgrid(30.25 + 0.5 * np.arange(5), 10.25 + 0.5 * np.arange(4))
    return make_cells(lon.ravel(), lat.ravel())


def made_up_country(events, hours=True, by_source=False):
    cells = made_up_cells()
    record = lay_on_cells(events, cells, "IS", by_source=by_source)
    between = cells.distance_km(cells.lon, cells.lat) / 20 if hours else None
    cube = build_cube(record, mondays(LEARN_FROM, LAST_DAY), between)
    return Country(record=record, cube=cube, learn_from=LEARN_FROM, data_until=LAST_DAY)


@pytest.fixture(scope="session")
def made_up():
    """A made-up country of 5 x 4 cells and two and a half years of events, for tests that need no corpus."""
    return SimpleNamespace(events=made_up_events, columns=columns, cells=made_up_cells, country=made_up_country)
