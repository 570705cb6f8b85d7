import csv

import numpy as np
import pytest

from wayout.assess.backtesting.baselines import forecast_by_baselines
from wayout.assess.backtesting.known import lay_on_cells, outcomes, quiet_cells
from wayout.assess.backtesting.scores import rank, score
from wayout.assess.backtesting.windows import origins_of, windows_over


@pytest.mark.parametrize("name", ["Syria 2018", "Syria 2019", "Iraq 2017"])
@pytest.mark.parametrize("horizon", [30, 90])
def test_the_protocols_table_is_reproduced_to_three_decimals(ucdp, name, horizon):
    events, cells, period = ucdp.period(name)
    record = lay_on_cells(events, cells, "IS")
    origins = origins_of(period, horizon)
    made = forecast_by_baselines(
        record, origins, horizon, windows_over(record, horizon, period.learn_from, int(origins[0]))
    )
    own = record.of_party()
    happened, quiet = outcomes(own, origins, horizon), quiet_cells(own, origins)
    with (ucdp.folder / "dev_table.csv").open() as table:
        wanted = [r for r in csv.DictReader(table) if (r["set"], int(r["H"])) == (name, horizon)]
    assert len(wanted) == 12
    for row in wanted:
        scored = quiet if row["target"] == "onset" else np.ones_like(quiet)
        ranked = rank(happened, made[row["target"]][row["model"]], scored)
        found = score(ranked, np.ones(len(origins)), np.ones(len(cells)))
        for key, value in found.items():
            assert value == pytest.approx(float(row[key]), abs=5.1e-4), (row["target"], row["model"], key)
        assert int(row["origins"]) == len(origins)
