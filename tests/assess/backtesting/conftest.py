import csv
import gzip
import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from wayout.assess.backtesting.cells import cells_of_country
from wayout.assess.backtesting.columns import day_of, event_columns
from wayout.assess.backtesting.windows import Period

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
