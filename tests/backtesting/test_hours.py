import numpy as np

from wayout.assess.backtesting.cells import make_cells
from wayout.assess.backtesting.travel import travel_features
from wayout.backtesting.hours import FAR_H, hours_between


def test_hours_grow_with_distance_and_no_cell_is_far_from_itself():
    lon, lat = np.meshgrid([38.25, 38.75, 39.25], [34.25, 34.75])  # open steppe in the middle of Syria
    cells = make_cells(lon.ravel(), lat.ravel())
    hours = hours_between(cells)
    assert (np.diag(hours) == 0).all()
    assert (hours[~np.eye(6, dtype=bool)] > 0.5).all()
    assert (hours < FAR_H).all()
    assert hours[0, 2] > hours[0, 1]


def test_what_lies_across_the_sea_is_far():
    cells = make_cells([33.25, 35.75], [35.25, 34.25])  # Cyprus and Lebanon
    assert hours_between(cells)[0, 1] == FAR_H


def test_a_barrier_never_brings_a_cell_nearer():
    rng = np.random.default_rng(0)
    lon = np.arange(8) * 0.5
    hours = np.abs(lon[:, None] - lon[None, :]) * 6
    positions = {days: rng.random(8) for days in (15, 60, 240, 1500)}
    free = travel_features(hours, positions, np.zeros(8))
    barred = travel_features(hours, positions, rng.random(8))
    for name, value in free.items():
        if name.startswith("reach_"):
            assert (barred[name] <= value + 1e-12).all()
        else:
            assert (barred[name] >= value - 1e-12).all()
