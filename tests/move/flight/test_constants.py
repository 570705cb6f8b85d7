from dataclasses import replace

import pytest

from wayout.errors import InputError, VocabularyError
from wayout.move.flight import constants
from wayout.vocab import read_vocab


def test_the_shipped_constants_are_read():
    assert constants.shipped_constants().distance_power > 1
    assert 0 < constants.shipped_earlier().inside_share < 1


def test_a_constant_out_of_range_is_refused():
    with pytest.raises(InputError, match="circuity"):
        replace(constants.shipped_constants(), circuity=0.5)


@pytest.mark.parametrize("change", [{"memory_of_places": 1.0}, {"circuity": None}])
def test_a_table_with_an_unknown_or_missing_constant_is_refused(monkeypatch, change):
    table = {**read_vocab("flight.yaml")["constants"], **change}
    table = {k: v for k, v in table.items() if v is not None}
    monkeypatch.setattr(constants, "read_vocab", lambda name: {"constants": table})
    with pytest.raises(VocabularyError, match=next(iter(change))):
        constants.shipped_constants()
