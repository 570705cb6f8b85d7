"""Shortest travel times over ground and roads: exact on their graph, and no way through a closed line of cells."""

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.field.links import NO_LINKS, link_network
from wayout.move.field.memory import ask_for_memory
from wayout.move.field.network import Network
from wayout.move.field.one_solve import OneSolve
from wayout.move.field.prepared import PAD, Field, Neighbours

__all__ = ["Field", "Neighbours", "prepare_field", "solve", "travel_time"]

MAX_BUCKETS = 1 << 15
"""Above this many buckets memory, not order, would cost time; wider buckets stay exact."""
WIDEST = 8.0
"""A bucket wider than this many of the shortest moves is settled again and again: then a heap orders the cells."""
LONGEST_MOVE = 5**0.5
"""Length of the knight move, cells."""
LEAST_TILED = 10_000
"""Fewest cells for tiled sweeps; below, one tile is much of the grid and the bucket queue is as fast."""
COST_H = (1e-100, 1e100)
"""Least and greatest hours per cell: beyond them sums of float64 would vanish or overflow."""


def travel_time(
    friction: NDArray[np.float64],
    start: NDArray[np.integer],
    *,
    cell_km: float = 1.0,
    neighbours: Neighbours = 16,
    network: Network | None = None,
) -> NDArray[np.float64]:
    """
    Compute the shortest travel time (hours) from a set of cells to every cell.

    An edge costs its length times the mean friction of the cells it crosses: the two end cells for straight and diagonal
    moves, four cells for knight moves. A diagonal needs one of the two cells beside it open, a knight move both cells it
    crosses: a closed line of touching cells is never passed. Lengths are overstated off the sixteen directions by at
    most 2.8 % on open ground (8.2 % with eight); roads are edges of their true length; see docs/methods/travel-time.md.

    Parameters
    ----------
    friction
        Hours per kilometre, shape (rows, cols), above 0; ``inf`` where closed.
    start
        Row and column indices, shape (n, 2), n >= 1; starts on closed cells reach nothing but themselves and the roads in
        them.
    cell_km
        Cell size, km.
    neighbours
        16, or 8 for comparison with other programs.
    network
        Roads joined to the grid, or ``None``.

    Returns
    -------
    time
        Hours, shape (rows, cols); ``inf`` where unreachable. A cell with roads has the least of its centre's and theirs.

    Raises
    ------
    InputError
        If friction is not positive, the cell size is not positive, a start lies outside the grid, or the grid is larger than
        memory.

    References
    ----------
    Dijkstra (1959), https://doi.org/10.1007/BF01386390
    Denardo and Fox (1979), https://doi.org/10.1287/opre.27.1.161 (buckets no wider than the shortest edge)

    Examples
    --------
    >>> travel_time(np.full((1, 3), 0.5), np.array([[0, 0]]), cell_km=2.0).tolist()
    [[0.0, 1.0, 2.0]]
    """
    field = prepare_field(friction, cell_km, network)
    cells = np.atleast_2d(np.asarray(start))
    rows, cols = field.shape
    if cells.size == 0 or cells.shape[1] != 2:
        raise InputError(f"start has shape {np.shape(start)}; give at least one (row, column)")
    if (cells < 0).any() or (cells >= [rows, cols]).any():
        raise InputError(f"a start lies outside the {rows} x {cols} grid; first {cells[0].tolist()}")
    mask = np.zeros(field.shape, dtype=bool)
    mask[cells[:, 0], cells[:, 1]] = True
    return field.unpadded(solve(field, field.cost, field.padded(mask), neighbours)).copy()


def prepare_field(friction: NDArray[np.float64], cell_km: float, network: Network | None = None) -> Field:
    """
    Pad a friction grid, join roads to it and choose its buckets, once for many solves.

    Parameters
    ----------
    friction
        Hours per kilometre, above 0; ``inf`` where closed.
    cell_km
        Cell size, km.
    network
        Roads of this grid, or ``None``. Its nodes are open, whatever the ground of their cells.

    Returns
    -------
    field
        Ready for :func:`solve`.

    Raises
    ------
    InputError
        If a friction is not above 0 (or is NaN), the grid is not two-dimensional or larger than memory, ``cell_km`` is not
        positive, or the network is another grid's.
    """
    ground = np.asarray(friction)
    if ground.ndim != 2 or ground.size == 0:
        raise InputError(f"friction has shape {ground.shape}; give a grid of at least one cell")
    if not (cell_km > 0 and np.isfinite(cell_km)):
        raise InputError(f"cell_km is {cell_km}; it must be above 0")
    rows, cols = ground.shape
    ask_for_memory(rows, cols)
    if not (ground > 0).all():
        raise InputError("friction must be above 0 hours per km everywhere; use inf for closed cells")
    links = link_network(network, (rows, cols), PAD)
    n_cells = (rows + 2 * PAD) * (cols + 2 * PAD)
    cost = np.full(n_cells + links.node_cell.size, np.inf)
    cost[n_cells:] = 0.0
    padded = cost[:n_cells].reshape(rows + 2 * PAD, cols + 2 * PAD)
    np.multiply(ground, cell_km, out=padded[PAD:-PAD, PAD:-PAD])
    passable = np.isfinite(padded)
    shortest = float(np.min(padded, where=passable, initial=np.inf))
    longest = LONGEST_MOVE * float(np.max(padded, where=passable, initial=0.0))
    if longest > 0 and not COST_H[0] <= shortest <= longest <= COST_H[1]:
        raise InputError(
            f"friction x cell size runs from {shortest} to {longest / LONGEST_MOVE} hours a cell; it must stay within "
            f"{COST_H[0]} and {COST_H[1]}: check the units, and use inf for closed cells"
        )
    if links.hours.size:
        # Joins may take no time at all, and edges be as short as they like: they do not narrow the buckets below a tenth.
        longest = max(longest, float(links.hours.max()))
        shortest = min(shortest, max(float(np.median(links.hours)), shortest / 10 if np.isfinite(shortest) else 0.0))
    width, n_buckets = _buckets(shortest, longest)
    return Field(cost, (rows, cols), width, n_buckets, links, is_wide=width > WIDEST * shortest)


def _buckets(shortest_h: float, longest_h: float) -> tuple[float, int]:
    """Return the width of the buckets and their number, a power of two, for the shortest and longest moves."""
    if not (longest_h > 0 and shortest_h > 0 and np.isfinite(shortest_h)):
        shortest_h = longest_h = longest_h or 1.0
    width = max(shortest_h, longest_h / (MAX_BUCKETS - 4))
    return width, 1 << (int(longest_h / width) + 3).bit_length()


def solve(
    field: Field,
    cost: NDArray[np.float64],
    starts: NDArray[np.intp],
    neighbours: Neighbours = 16,
    *,
    limit_h: float = np.inf,
) -> NDArray[np.float64]:
    """
    Compute shortest times (hours) for one state of a prepared field.

    Large ground without roads is solved by tiled sweeps, unless it proves a maze; the rest by a bucket queue. Both find the same
    bits: float64 sums along each way, and the least of them.

    Parameters
    ----------
    field
        The prepared field.
    cost
        ``field.cost``, or the same with cells and road nodes closed (:meth:`Field.without`).
    starts
        Flat indices (:meth:`Field.padded`).
    neighbours
        16 or 8.
    limit_h
        Times above it are not asked for: they come out as ``inf``, and the solve ends sooner.

    Returns
    -------
    time
        Flat hours, one a padded cell and one a road node; ``inf`` where unreachable.

    Raises
    ------
    InputError
        If ``neighbours`` is neither 8 nor 16, the limit is below 0, or the cost or a start is not the field's.
    """
    if neighbours not in (8, 16):
        raise InputError(f"neighbours is {neighbours}; it must be 8 or 16")
    if not limit_h >= 0:
        raise InputError(f"limit_h is {limit_h}; it must be at least 0 hours")
    if cost.shape != field.cost.shape:
        raise InputError(
            f"cost has shape {cost.shape}; the field has {field.size} cells and road nodes: use Field.without"
        )
    first = np.asarray(starts, dtype=np.int64)
    if first.size and not 0 <= int(first.min()) <= int(first.max()) < field.size:
        raise InputError(f"a start is no index of the field's {field.size} cells and road nodes; use Field.padded")
    asked = OneSolve(
        cost=cost,
        starts=first,
        stride=field.stride,
        n_cells=field.n_cells,
        knight_moves=neighbours == 16,
        limit_h=limit_h,
        links=field.links,
    )
    memory = None
    if field.n_cells >= LEAST_TILED and field.links is NO_LINKS:
        from wayout.move.field.tiled_sweeps import solve_by_sweeps

        memory, solved = solve_by_sweeps(asked, PAD)
        if solved:
            return memory
    if field.is_wide:
        from wayout.move.field.ordered_queue import solve_in_order

        return solve_in_order(asked, memory)
    from wayout.move.field.bucket_queue import solve_by_buckets

    return solve_by_buckets(asked, width_h=field.width_h, n_buckets=field.n_buckets, out=memory)
