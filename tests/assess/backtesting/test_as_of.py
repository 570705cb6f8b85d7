"""Nothing that happened or became known on or after an origin may touch a forecast made on it: the future is poisoned, every bit stays."""

import dataclasses

import numpy as np
import pytest

from wayout.assess.backtest import forecasts_of
from wayout.assess.backtesting import model
from wayout.assess.backtesting.features import build_cube
from wayout.assess.backtesting.known import lay_on_cells

DAY = 718
"""A Monday well inside the made-up years."""


def joined(first, second):
    def both(name):
        a, b = getattr(first, name), getattr(second, name)
        return a + b if isinstance(a, tuple) else np.concatenate([a, b])

    return dataclasses.replace(first, **{f.name: both(f.name) for f in dataclasses.fields(first)})


def chosen(events, which):
    def some(name):
        value = getattr(events, name)
        return tuple(np.array(value, dtype=object)[which]) if isinstance(value, tuple) else value[which]

    names = [f.name for f in dataclasses.fields(events) if f.name != "refused"]
    return dataclasses.replace(events, **{name: some(name) for name in names})


def poisons(events, known_by, columns):
    """Yield the table with its future deleted, moved, added to and re-labelled."""
    future = known_by >= DAY
    rng = np.random.default_rng(5)
    past, later = chosen(events, ~future), chosen(events, future)
    yield "deleted", past
    yield (
        "moved",
        joined(past, dataclasses.replace(later, lon=later.lon[::-1].copy(), lat=rng.uniform(10, 12, len(later)))),
    )
    n = 400
    start = rng.integers(DAY, DAY + 180, n)
    added = columns(start, rng.uniform(30, 32.5, n), rng.uniform(10, 12, n), rng)
    yield "added, and put first in the file", joined(added, events)
    yield (
        "re-labelled",
        joined(past, dataclasses.replace(later, side_b=tuple("IS" if b != "IS" else "Z" for b in later.side_b))),
    )
    begun = dataclasses.replace(later, start=np.minimum(later.start, DAY - 2), end=np.maximum(later.end, DAY))
    yield "begun before, over after", joined(past, dataclasses.replace(begun, source_day=begun.end))


@pytest.mark.parametrize("by_source", [False, True])
def test_poisoning_the_future_changes_no_bit_of_a_forecast(made_up, by_source, monkeypatch):
    few = dataclasses.replace(model.read_constants(), trees=4, calibration_origins=16)
    monkeypatch.setattr(model, "read_constants", lambda: few)  # the same steps, less of each
    events = made_up.events()
    known_by = np.maximum(events.end, events.source_day) if by_source else events.end
    origins = np.array([DAY], dtype=np.int64)
    clean = forecasts_of([made_up.country(events, by_source=by_source)], origins, 30)
    for how, poisoned in poisons(events, known_by, made_up.columns):
        dirty = forecasts_of([made_up.country(poisoned, by_source=by_source)], origins, 30)
        for target, forecasters in clean.items():
            for name, p in forecasters.items():
                assert np.array_equal(p, dirty[target][name]), (how, target, name)


def test_a_changed_past_does_change_the_forecast(made_up):
    """The test above could not fail if nothing were read at all."""
    events = made_up.events()
    cells = made_up.cells()
    days = np.array([DAY], dtype=np.int64)
    clean = build_cube(lay_on_cells(events, cells, "IS"), days).values
    dirty = build_cube(lay_on_cells(chosen(events, events.end < DAY - 30), cells, "IS"), days).values
    assert not np.array_equal(clean, dirty)


def test_the_order_of_the_file_changes_nothing(made_up):
    events = made_up.events()
    turned = chosen(events, np.arange(len(events))[::-1])
    cells = made_up.cells()
    days = np.array([400, DAY], dtype=np.int64)
    first, second = (build_cube(lay_on_cells(e, cells, "IS"), days).values for e in (events, turned))
    assert np.array_equal(first, second)
