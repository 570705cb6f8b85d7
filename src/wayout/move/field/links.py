"""Roads joined to a padded grid: who is linked with whom, in the flat indices of a field."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.field.network import Network


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Links:
    """
    Road edges and joins as arcs of a field's flat indices, both ways, ready for the kernel.

    ``node_cell`` (n_nodes,) is each node's padded cell. ``slot`` (size,) is the row of ``begin`` that holds the arcs of a cell
    or node, -1 for the many cells without any; arcs ``begin[slot]:begin[slot + 1]`` lead to ``to`` and take ``hours``.
    """

    node_cell: NDArray[np.int64]
    slot: NDArray[np.int32]
    begin: NDArray[np.int64]
    to: NDArray[np.int64]
    hours: NDArray[np.float64]

    @property
    def pairs(self) -> NDArray[np.int64]:
        """Return every arc as a pair of flat indices, shape (n, 2); each link is there both ways."""
        owner = np.flatnonzero(self.slot >= 0)
        count = np.diff(self.begin)[self.slot[owner]]
        inside = np.concatenate(
            [np.arange(self.begin[s], self.begin[s + 1]) for s in self.slot[owner]] or [self.to[:0]]
        )
        return np.column_stack([np.repeat(owner, count), self.to[inside]])


NO_LINKS = Links(
    node_cell=np.empty(0, dtype=np.int64),
    slot=np.empty(0, dtype=np.int32),
    begin=np.zeros(1, dtype=np.int64),
    to=np.empty(0, dtype=np.int64),
    hours=np.empty(0),
)
"""Ground without roads."""


def link_network(network: Network | None, shape: tuple[int, int], pad: int) -> Links:
    """
    Number a network's nodes after the padded cells and list their arcs.

    Parameters
    ----------
    network
        Roads, or ``None``.
    shape
        Rows and columns of the grid, without the padding.
    pad
        Closed cells round the grid.

    Returns
    -------
    links
        Arcs in flat indices; joins of infinite hours are left out.

    Raises
    ------
    InputError
        If a node's cell lies outside the grid.
    """
    if network is None or network.n_nodes == 0:
        return NO_LINKS
    rows, cols = shape
    if int(network.cell.min()) < 0 or int(network.cell.max()) >= rows * cols:
        raise InputError(
            f"a road node lies in cell {int(network.cell.max())}; the {rows} x {cols} grid ends at {rows * cols - 1}: "
            "build the network for this grid"
        )
    stride = cols + 2 * pad
    n_cells = (rows + 2 * pad) * stride
    node_cell = (network.cell // cols + pad) * stride + network.cell % cols + pad
    joined = np.flatnonzero(np.isfinite(network.join_h))
    open_edge = np.isfinite(network.hours)
    first = np.concatenate([network.first[open_edge] + n_cells, joined + n_cells])
    second = np.concatenate([network.second[open_edge] + n_cells, node_cell[joined]])
    hours = np.concatenate([network.hours[open_edge], network.join_h[joined]])
    owner, to = np.concatenate([first, second]), np.concatenate([second, first])
    # A fixed order of the arcs, whatever the order of the roads.
    order = np.lexsort((np.concatenate([hours, hours]), to, owner))
    owner, to, hours = owner[order], to[order], np.concatenate([hours, hours])[order]
    linked, begin = np.unique(owner, return_index=True)
    slot = np.full(n_cells + network.n_nodes, -1, dtype=np.int32)
    slot[linked] = np.arange(linked.size)
    return Links(
        node_cell=node_cell.astype(np.int64),
        slot=slot,
        begin=np.append(begin, owner.size).astype(np.int64),
        to=to.astype(np.int64),
        hours=hours,
    )
