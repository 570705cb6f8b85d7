import csv

import numpy as np
import pytest

from wayout.assess.backtesting.cells import cells_of_country, make_cells
from wayout.errors import InputError, NotFoundError


@pytest.mark.parametrize(("iso3", "iso2", "n"), [("SYR", "SY", 86), ("IRQ", "IQ", 182)])
def test_cells_are_those_of_the_protocol(ucdp, iso3, iso2, n):
    with (ucdp.folder / "cells.csv").open() as table:
        wanted = sorted(int(r["gid"]) for r in csv.DictReader(table) if r["iso3"] == iso3)
    assert cells_of_country(iso2).gid.tolist() == wanted
    assert len(wanted) == n


def test_a_point_lies_in_its_cell_or_in_none():
    cells = make_cells([36.75, 36.25], [32.25, 32.75])
    assert cells.of_points([36.5, 36.49, 40.0], [32.0, 32.5, 32.25]).tolist() == [0, 1, -1]


def test_cells_given_twice_or_not_at_all_are_refused():
    with pytest.raises(InputError, match="each given once"):
        make_cells([36.75, 36.7], [32.25, 32.2])
    with pytest.raises(InputError):
        make_cells([], [])


def test_an_unknown_country_is_named():
    with pytest.raises(NotFoundError, match="XX"):
        cells_of_country("XX")


def test_blocks_are_squares_of_a_degree():
    cells = make_cells(np.array([36.25, 36.75, 37.25]), np.array([32.25, 32.75, 32.25]))
    assert cells.block[0] == cells.block[2] - 1 or cells.block[0] != cells.block[1]
    assert len(set(cells.block.tolist())) == 2
