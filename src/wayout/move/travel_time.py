"""Shortest travel times over a grid of friction: exact on its graph, and no way through a closed line of cells."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError

Neighbours = Literal[8, 16]
PAD = 2
MAX_BUCKETS = 1 << 15
"""Above this many buckets memory, not order, would cost time; wider buckets stay exact."""
LONGEST_MOVE = 5**0.5
"""Length of the knight move, cells."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A prepared grid: padded hours per cell width, and the bucket width that fits its cheapest ground."""

    cost: NDArray[np.float64]
    shape: tuple[int, int]
    width_h: float
    n_buckets: int

    def without(self, closed: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the cost with some cells (flat indices into the padded grid) closed."""
        cost = self.cost.copy()
        cost[closed] = np.inf
        return cost

    def padded(self, cells: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the flat padded indices of the true cells of a mask of the grid's shape."""
        row, col = np.nonzero(cells)
        return np.asarray((row + PAD) * (self.shape[1] + 2 * PAD) + col + PAD, dtype=np.intp)

    def unpadded(self, flat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bring a flat padded array back to the grid's shape."""
        rows, cols = self.shape
        return flat.reshape(rows + 2 * PAD, cols + 2 * PAD)[PAD:-PAD, PAD:-PAD]


def travel_time(
    friction: NDArray[np.float64],
    start: NDArray[np.integer],
    *,
    cell_km: float = 1.0,
    neighbours: Neighbours = 16,
) -> NDArray[np.float64]:
    """
    Compute the shortest travel time (hours) from a set of cells to every cell.

    An edge costs its length times the mean friction of the cells it crosses: the two end cells for straight and diagonal
    moves, four cells for knight moves. A diagonal needs one of the two cells beside it open, a knight move both cells it
    crosses: a closed line of touching cells is never passed. Lengths are overstated off the sixteen directions by at
    most 2.8 % on open ground (8.2 % with eight); see docs/methods/travel-time.md.

    Parameters
    ----------
    friction
        Hours per kilometre, shape (rows, cols), above 0; ``inf`` where closed.
    start
        Row and column indices, shape (n, 2), n >= 1; starts on closed cells reach nothing but themselves.
    cell_km
        Cell size, km.
    neighbours
        16, or 8 for comparison with other programs.

    Returns
    -------
    time
        Hours, shape (rows, cols); ``inf`` where unreachable.

    Raises
    ------
    InputError
        If friction is not positive, the cell size is not positive, or a start lies outside the grid.

    References
    ----------
    Dijkstra (1959), https://doi.org/10.1007/BF01386390
    Denardo and Fox (1979), https://doi.org/10.1287/opre.27.1.161 (buckets no wider than the shortest edge)

    Examples
    --------
    >>> travel_time(np.full((1, 3), 0.5), np.array([[0, 0]]), cell_km=2.0).tolist()
    [[0.0, 1.0, 2.0]]
    """
    field = prepare_field(friction, cell_km)
    cells = np.atleast_2d(np.asarray(start))
    rows, cols = field.shape
    if cells.size == 0 or cells.shape[1] != 2:
        raise InputError(f"start has shape {np.shape(start)}; give at least one (row, column)")
    if (cells < 0).any() or (cells >= [rows, cols]).any():
        raise InputError(f"a start lies outside the {rows} x {cols} grid; first {cells[0].tolist()}")
    mask = np.zeros(field.shape, dtype=bool)
    mask[cells[:, 0], cells[:, 1]] = True
    return field.unpadded(solve(field, field.cost, field.padded(mask), neighbours)).copy()


def prepare_field(friction: NDArray[np.float64], cell_km: float) -> Field:
    """
    Pad a friction grid and choose its buckets, once for many solves.

    Parameters
    ----------
    friction
        Hours per kilometre, above 0; ``inf`` where closed.
    cell_km
        Cell size, km.

    Returns
    -------
    field
        Ready for :func:`solve`.

    Raises
    ------
    InputError
        If a friction is not above 0 (or is NaN), the grid is not two-dimensional, or ``cell_km`` is not positive.
    """
    ground = np.asarray(friction, dtype=np.float64)
    if ground.ndim != 2 or ground.size == 0:
        raise InputError(f"friction has shape {ground.shape}; give a grid of at least one cell")
    if not cell_km > 0:
        raise InputError(f"cell_km is {cell_km}; it must be above 0")
    if not (ground > 0).all():
        raise InputError("friction must be above 0 hours per km everywhere; use inf for closed cells")
    cost = np.full((ground.shape[0] + 2 * PAD, ground.shape[1] + 2 * PAD), np.inf)
    cost[PAD:-PAD, PAD:-PAD] = ground * cell_km
    passable = cost[np.isfinite(cost)]
    shortest = float(passable.min()) if passable.size else 1.0
    longest = LONGEST_MOVE * float(passable.max()) if passable.size else 1.0
    width = max(shortest, longest / (MAX_BUCKETS - 3))
    return Field(cost.ravel(), (ground.shape[0], ground.shape[1]), width, int(longest / width) + 3)


def solve(
    field: Field, cost: NDArray[np.float64], starts: NDArray[np.intp], neighbours: Neighbours = 16
) -> NDArray[np.float64]:
    """
    Compute shortest times (hours) for one state of a prepared field.

    Parameters
    ----------
    field
        The prepared field.
    cost
        ``field.cost``, or the same with cells closed (:meth:`Field.without`).
    starts
        Flat padded indices (:meth:`Field.padded`).
    neighbours
        16 or 8.

    Returns
    -------
    time
        Flat padded hours; ``inf`` where unreachable.

    Raises
    ------
    InputError
        If ``neighbours`` is neither 8 nor 16.
    """
    from wayout.move.field.bucket_queue import settle

    if neighbours not in (8, 16):
        raise InputError(f"neighbours is {neighbours}; it must be 8 or 16")
    stride = field.shape[1] + 2 * PAD
    time: NDArray[np.float64] = settle(
        cost, stride, np.asarray(starts, dtype=np.int64), neighbours == 16, field.width_h, field.n_buckets
    )
    return time
