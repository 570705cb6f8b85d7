import numpy as np
import pytest

from wayout.errors import InputError
from wayout.move.field import memory
from wayout.move.travel_time import prepare_field


def test_a_raster_of_a_thousand_million_cells_is_refused_before_memory_is_taken():
    huge = np.broadcast_to(np.float64(1.0), (31_623, 31_623))  # one number, seen as a grid
    with pytest.raises(InputError, match=r"31623 x 31623 cells needs 50.0 GB.*larger cells or a smaller frame"):
        prepare_field(huge, 1.0)


def test_a_small_machine_is_not_overfilled(monkeypatch):
    monkeypatch.setattr(memory, "machine_memory", lambda: 40_000)
    with pytest.raises(InputError, match=r"this machine has 0\.0 GB"):
        memory.ask_for_memory(100, 100)
    memory.ask_for_memory(20, 20)
