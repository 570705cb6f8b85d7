"""Roads cut to the part of the grid that a solve looks at."""

import numpy as np
from numpy.typing import NDArray

from wayout.move.field.network import Network

Window = tuple[slice, slice]
"""Rows and columns of the grid."""


def network_within(network: Network, inside: NDArray[np.bool_], window: Window) -> Network:
    """
    Keep the roads on some cells, and number their cells within a window.

    Parameters
    ----------
    network
        Roads on the whole grid.
    inside
        The cells a way may use, shape of the whole grid; none of them lies outside the window.
    window
        Rows and columns of the solve.

    Returns
    -------
    network
        The nodes in those cells, and the edges with both ends among them.
    """
    kept = inside.ravel()[network.cell]
    number = np.cumsum(kept) - 1
    row, col = np.divmod(network.cell[kept], inside.shape[1])
    width = window[1].stop - window[1].start
    edges = kept[network.first] & kept[network.second]
    return Network(
        cell=(row - window[0].start) * width + (col - window[1].start),
        join_h=network.join_h[kept],
        first=number[network.first[edges]],
        second=number[network.second[edges]],
        hours=network.hours[edges],
    )
