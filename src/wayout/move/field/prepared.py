"""Ground and roads prepared for many solves: what a mask of cells is in flat numbers, and back."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wayout.move.field.links import NO_LINKS, Links

Neighbours = Literal[8, 16]
PAD = 2
"""Closed cells round the grid, so that the longest (knight) move needs no bounds check."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """
    Ground and roads prepared for many solves.

    Everything is flat: the padded cells row by row, then the road nodes. ``cost`` (size,) holds hours per cell width of the
    cells and 0 (open) or ``inf`` (closed) of the nodes; ``shape`` is that of the grid without its padding; ``width_h`` and
    ``n_buckets`` fit the shortest and longest moves, unless their range ``is_wide`` and buckets would do badly.
    """

    cost: NDArray[np.float64]
    shape: tuple[int, int]
    width_h: float
    n_buckets: int
    links: Links = field(default=NO_LINKS)
    is_wide: bool = False

    @property
    def size(self) -> int:
        """Number of padded cells and road nodes."""
        return int(self.cost.size)

    @property
    def stride(self) -> int:
        """Number of padded columns."""
        return self.shape[1] + 2 * PAD

    @property
    def n_cells(self) -> int:
        """Number of padded cells; road nodes are numbered from here."""
        return (self.shape[0] + 2 * PAD) * self.stride

    def without(self, closed: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the cost with some cells and road nodes (flat indices) closed."""
        cost = self.cost.copy()
        cost[closed] = np.inf
        return cost

    def padded(self, cells: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the flat indices of the true cells of a mask of the grid's shape, and of the road nodes in them."""
        row, col = np.nonzero(cells)
        flat = np.asarray((row + PAD) * self.stride + col + PAD, dtype=np.intp)
        if self.links.node_cell.size == 0:
            return flat
        node_row, node_col = np.divmod(self.links.node_cell, self.stride)
        nodes = np.flatnonzero(cells[node_row - PAD, node_col - PAD]) + self.n_cells
        return np.concatenate([flat, nodes])

    def cells_of(self, flat: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the rows and columns, in the grid, of flat indices; a road node's are those of its cell."""
        row, col = np.divmod(self.beneath(flat), self.stride)
        return row - PAD, col - PAD

    def beneath(self, flat: NDArray[np.integer]) -> NDArray[np.intp]:
        """Return the flat indices of cells: a road node's is that of the cell it lies in."""
        cells = np.array(flat, dtype=np.intp)
        nodes = cells >= self.n_cells
        cells[nodes] = self.links.node_cell[cells[nodes] - self.n_cells]
        return cells

    def unpadded(self, flat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bring flat values back to the grid's shape: a cell's is the least of its centre's and its road nodes'."""
        rows, cols = self.shape
        centres = flat[: self.n_cells]
        if self.links.node_cell.size:
            centres = centres.copy()
            np.minimum.at(centres, self.links.node_cell, flat[self.n_cells :])
        return centres.reshape(rows + 2 * PAD, cols + 2 * PAD)[PAD:-PAD, PAD:-PAD]
