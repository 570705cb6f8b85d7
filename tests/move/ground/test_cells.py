import numpy as np
import pytest

from wayout.move.ground.cells import distance_inside, part_cells, widen, widen_round

DOT = np.zeros((7, 7), dtype=bool)
DOT[3, 3] = True


def test_widening_goes_to_all_eight_neighbours():
    assert widen(DOT).sum() == 9
    assert widen(DOT, 2).sum() == 25


def test_round_widening_leaves_the_corners_out():
    assert widen_round(DOT, 3).sum() < 49
    assert widen_round(DOT, 3)[3].all()


def test_distance_counts_from_the_outside_in():
    block = widen(DOT, 2)
    distance = distance_inside(block)
    assert distance[3, 3] == pytest.approx(3)
    assert (distance[~block] == 0).all()


def test_parts_touching_at_a_corner_are_two():
    corners = np.eye(2, dtype=bool)
    parts, n = part_cells(corners)
    assert n == 2
    assert parts[0, 1] == 0
