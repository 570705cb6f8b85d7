"""Features of reach: recent positions weighed by hours of movement, over open ground and under likely barriers."""

import numpy as np
from numpy.typing import NDArray

REACH_H = (1.5, 4.0)
"""Hours of movement over which the pull of a position falls to 1/e: about half a cell, and two cells, by vehicle."""
BESIDE_H = 40.0
"""Cells farther apart than this are not taken for neighbours in the graph of barriers."""
DELAY = 4.0
"""A cell that is surely held by others takes this many times its hours more; own estimate."""
ACTIVE = 0.5
"""Decayed events from which a cell counts as a recent position."""
MEMORIES = (15, 60, 240, 1500)
"""Half-lives of positions, days."""


def travel_features(
    hours: NDArray[np.float64], positions: dict[int, NDArray[np.float64]], p_closed: NDArray[np.float64] | None
) -> dict[str, NDArray[np.float64]]:
    """
    Return how strongly each cell lies within reach of recent positions.

    Parameters
    ----------
    hours
        Hours of movement between cells, shape (cells, cells), as MOVE gives them.
    positions
        Half-life (days) to decayed events of each cell, shape (cells,).
    p_closed
        Probability that each cell is closed to the party, from others' recent activity; ``None`` is open ground.

    Returns
    -------
    features
        Name to log of the pull, and the log of the hours from the nearest recent position, each of shape (cells,).
    """
    name = "open" if p_closed is None else "barred"
    way = (hours + hours.T) / 2
    if p_closed is not None:
        from scipy.sparse.csgraph import dijkstra

        held = (p_closed[:, None] + p_closed[None, :]) / 2
        way = dijkstra(np.where((way > 0) & (way < BESIDE_H), way * (1 + DELAY * held), 0.0), directed=False)
    found = {
        f"reach_{name}{tau:g}_{days}": np.log(positions[days] @ np.exp(-way / tau) + 0.02)
        for tau in REACH_H
        for days in MEMORIES
    }
    active = positions[60] > ACTIVE
    nearest = way[active].min(0) if active.any() else np.full(len(way), way[np.isfinite(way)].max())
    found[f"hours_{name}"] = np.log1p(np.minimum(nearest, 10 * BESIDE_H))
    return found
