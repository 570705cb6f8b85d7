"""What every kernel is asked: a cost, where to start, and how the flat field hangs together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.field.links import Links


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OneSolve:
    """
    One question to a kernel.

    ``cost`` (size,) holds hours per cell width of the padded cells, then 0 or ``inf`` for each road node; ``starts`` flat indices;
    ``stride`` and ``n_cells`` the padded columns, and padded cells in all; ``knight_moves`` tells whether there are 16 moves rather
    than 8; times above ``limit_h`` need not be known: they come out as ``inf``.
    """

    cost: NDArray[np.float64]
    starts: NDArray[np.int64]
    stride: int
    n_cells: int
    knight_moves: bool
    limit_h: float
    links: Links
