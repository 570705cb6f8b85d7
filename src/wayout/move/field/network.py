"""Roads as edges of their true length, joined to the cells of the grid that they pass."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """
    Road nodes and edges on a grid. Nodes are the points where roads meet, end, or change cell.

    ``cell`` (n,) is the flat index (row x columns + column) of the cell each node lies in; ``join_h`` (n,) the hours between
    a node and the centre of its cell, off the road (``inf`` on a bridge: no way down). ``first`` and ``second`` (m,) are the
    nodes of each edge and ``hours`` (m,) its hours, the same both ways. An edge runs inside the cells of its two nodes, so
    that closing a cell (:meth:`wayout.move.travel_time.Field.padded`) closes every road in it.
    """

    cell: NDArray[np.int64]
    join_h: NDArray[np.float64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    hours: NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse arrays that do not belong together."""
        if self.cell.shape != self.join_h.shape or not self.first.shape == self.second.shape == self.hours.shape:
            raise InputError(
                f"a road network needs one join a node and one pair of nodes an edge; it has {self.cell.size} cells, "
                f"{self.join_h.size} joins, {self.first.size} first and {self.second.size} second ends, {self.hours.size} hours"
            )
        ends = np.concatenate([self.first, self.second])
        if ends.size and not (int(ends.min()) >= 0 and int(ends.max()) < self.cell.size):
            raise InputError(f"a road edge names node {int(ends.max())}; there are {self.cell.size} nodes")
        if not (self.hours > 0).all() or not (self.join_h >= 0).all():
            raise InputError(
                "the hours of a road edge must be above 0, those of a join at least 0; check lengths and speeds"
            )

    @property
    def n_nodes(self) -> int:
        """Number of road nodes."""
        return int(self.cell.size)
