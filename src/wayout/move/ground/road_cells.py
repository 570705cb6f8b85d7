"""Roads cut where they change cell: nodes in cells, and edges of true length between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.move.ground.grid import TheatreGrid
from wayout.move.ground.road_lines import PlaneLines, line_ends

SPECK = 1e-9
"""Pieces shorter than this, in cell widths, are rounding: they lie in the cell of the piece before."""
LEAST_KM = 1e-9
"""Length of an edge between two nodes at one point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LaidRoads:
    """
    Roads cut to a grid.

    A node ``cell`` (n,) lies in one cell (flat index) at ``xy`` (n, 2) km on the plane; ``raised`` (n,) tells those on a bridge or
    ferry between its ends. An edge joins the nodes ``first`` and ``second`` (m,), is ``km`` long (m,) and belongs to the road
    ``origin`` (m,), a row of the roads given. It runs inside the cells of its two nodes, which are the same or lie side by side.
    """

    cell: NDArray[np.int64]
    xy: NDArray[np.float64]
    raised: NDArray[np.bool_]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    km: NDArray[np.float64]
    origin: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pieces:
    """
    Straight pieces inside one cell each: start vertex of their segment, shares of it, cell (-1 outside).

    ``whole`` numbers the passages through a cell, ``passage`` their parts between crossroads, ``run`` what lies inside the frame.
    """

    segment: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    cell: NDArray[np.int64]
    whole: NDArray[np.int64]
    passage: NDArray[np.int64]
    run: NDArray[np.int64]


def cut_to_cells(grid: TheatreGrid, lines: PlaneLines, raised: NDArray[np.bool_]) -> LaidRoads:
    """
    Cut lines where they change cell, where they meet and where they end.

    Every passage of a line through a cell gets a node in it, at its point nearest to the cell's centre, beside those at
    crossroads and ends; so a road that is added only adds nodes. Where a line passes through a corner it also gets a node in one of the two cells beside, so that roads, like
    all moves, go from side to side and a closed line of cells that touch is never passed.

    Parameters
    ----------
    grid
        The theatre grid.
    lines
        Lines on its plane.
    raised
        Bridges and ferries, one flag a line.

    Returns
    -------
    roads
        Nodes and edges inside the grid; the edges' lengths add up to the lines' lengths inside it.
    """
    at = np.column_stack(
        [(lines.xy[:, 0] - grid.west_km) / grid.cell_km, (grid.north_km - lines.xy[:, 1]) / grid.cell_km]
    )
    is_node = line_ends(lines.line) | (np.bincount(lines.key)[lines.key] > 1) if len(at) else np.zeros(0, dtype=bool)
    node_cell = np.where(is_node, _cell_of(grid, at), -1)
    pieces = _cut(grid, lines, at, node_cell >= 0)
    # Crossroads and ends: one node a key, met once or more along the lines.
    met = np.flatnonzero(node_cell >= 0)
    meet = _meetings(lines, pieces, met)
    touched = (meet >= 0).any(axis=1)
    met, meet = met[touched], meet[touched]
    keys, key_vertex, met_node = np.unique(lines.key[met], return_index=True, return_inverse=True)
    inner, inner_share = _own_nodes(grid, at, pieces, meet, node_cell[met])
    edge, edge_share = _at_frame(pieces, node_cell >= 0)
    piece, share = np.concatenate([inner, edge]), np.concatenate([inner_share, edge_share])
    segment = pieces.segment[piece]
    own_raised = raised[lines.line]
    always_raised = np.bincount(met_node, weights=~own_raised[met], minlength=len(keys)) == 0
    n_met = np.bincount(met_node, minlength=len(keys))
    along = np.concatenate([lines.along_km[met], _along(lines, segment, share)])
    place = np.where(meet[:, 1] >= 0, meet[:, 1], meet[:, 0])
    run = np.concatenate([pieces.run[place], pieces.run[piece]])
    node = np.concatenate([met_node.ravel(), len(keys) + np.arange(len(piece))])
    spot = np.concatenate([at[met[key_vertex]], _point(at, segment, share)])
    laid_cell = np.concatenate([node_cell[met[key_vertex]], pieces.cell[piece]])
    order = np.lexsort((along, run))
    joined = np.flatnonzero(run[order][1:] == run[order][:-1])
    a, b = order[joined], order[joined + 1]
    node_line = np.concatenate([lines.line[met], lines.line[segment]])
    laid = LaidRoads(
        cell=laid_cell,
        xy=spot,
        raised=np.concatenate([always_raised & (n_met > 1), own_raised[segment]]),
        first=node[a],
        second=node[b],
        km=np.maximum(along[b] - along[a], LEAST_KM),
        origin=lines.origin[node_line[a]],
    )
    return _onto_plane(grid, _side_to_side(grid, laid, raised_line=raised[node_line[a]]))


def _cell_of(grid: TheatreGrid, at: NDArray[np.float64]) -> NDArray[np.int64]:
    col, row = np.floor(at[:, 0]).astype(np.int64), np.floor(at[:, 1]).astype(np.int64)
    inside = (row >= 0) & (row < grid.shape[0]) & (col >= 0) & (col < grid.shape[1])
    return np.where(inside, row * grid.shape[1] + col, -1)


def _point(at: NDArray[np.float64], segment: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(at[segment] + share[:, None] * (at[segment + 1] - at[segment]))


def _along(lines: PlaneLines, segment: NDArray[np.int64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    step = lines.along_km[segment + 1] - lines.along_km[segment]
    return np.asarray(lines.along_km[segment] + share * step)


def _cut(grid: TheatreGrid, lines: PlaneLines, at: NDArray[np.float64], is_node: NDArray[np.bool_]) -> _Pieces:
    """Cut every segment at the grid's lines, and put the pieces together into passages (one cell, no crossroads inside)."""
    segments = np.flatnonzero(lines.line[1:] == lines.line[:-1])
    cuts = [np.zeros(len(segments))]
    owners = [segments]
    for axis, most in ((0, grid.shape[1]), (1, grid.shape[0])):
        a, b = at[segments, axis], at[segments + 1, axis]
        low = np.maximum(np.floor(np.minimum(a, b)) + 1, 0)
        high = np.minimum(np.ceil(np.maximum(a, b)) - 1, most)
        n = np.maximum(high - low + 1, 0).astype(np.int64)
        which = np.repeat(np.arange(len(segments)), n)
        rank = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
        cuts.append(np.clip((low[which] + rank - a[which]) / (b[which] - a[which]), 0.0, 1.0))
        owners.append(segments[which])
    segment, start = np.concatenate(owners), np.concatenate(cuts)
    order = np.lexsort((start, segment))
    segment, start = segment[order], start[order]
    last = np.append(segment[1:] != segment[:-1], True)[: len(segment)]
    end = np.where(last, 1.0, np.append(start[1:], 1.0)[: len(segment)])
    some = end > start
    segment, start, end = segment[some], start[some], end[some]
    cell = _cell_of(grid, _point(at, segment, (start + end) / 2))
    line = lines.line[segment]
    width = np.hypot(*(at[segment + 1] - at[segment]).T) * (end - start)
    begins = np.append(True, line[1:] != line[:-1])[: len(line)]
    # Specks take the cell of the last proper piece of their line.
    source = np.maximum.accumulate(np.where((width > SPECK) | begins, np.arange(len(line)), 0))
    cell = cell[source]
    changes = begins | np.append(True, cell[1:] != cell[:-1])[: len(line)]
    at_node = (start == 0.0) & is_node[segment]
    was_outside = np.append(True, cell[:-1] < 0)[: len(line)]
    run = np.cumsum(begins | (was_outside != (cell < 0))) - 1
    return _Pieces(
        segment=segment,
        start=start,
        end=end,
        cell=cell,
        whole=np.cumsum(changes) - 1,
        passage=np.cumsum(changes | at_node) - 1,
        run=run,
    )


def _meetings(lines: PlaneLines, pieces: _Pieces, met: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pieces before and after each vertex ``met``, shape (n, 2); -1 at the ends of its line and outside."""
    after = np.searchsorted(pieces.segment, met)
    found = np.minimum(after, max(len(pieces.segment) - 1, 0))
    has_after = pieces.segment[found] == met
    before = after - 1
    has_before = (before >= 0) & (lines.line[pieces.segment[np.maximum(before, 0)]] == lines.line[met])
    pair = np.column_stack([np.where(has_before, before, -1), np.where(has_after, found, -1)])
    pair[(pair >= 0) & (pieces.cell[pair] < 0)] = -1
    return pair


def _own_nodes(
    grid: TheatreGrid, at: NDArray[np.float64], pieces: _Pieces, meet: NDArray[np.int64], node_cell: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """
    Return pieces and shares of the points that become nodes beside crossroads and ends.

    One for every passage of a cell, and one for what crossroads on the cell's very edge would leave without a node in the cell.
    """
    inside = pieces.cell >= 0
    piece, share = _nearest_to_centres(grid, at, pieces, pieces.whole, inside)
    has_node = np.zeros(int(pieces.passage.max(initial=-1)) + 1, dtype=bool)
    has_node[pieces.passage[piece]] = True
    for beside in meet.T:
        owned = (beside >= 0) & (pieces.cell[beside] == node_cell)
        has_node[pieces.passage[beside[owned]]] = True
    rest = _nearest_to_centres(grid, at, pieces, pieces.passage, inside & ~has_node[pieces.passage])
    return np.concatenate([piece, rest[0]]), np.concatenate([share, rest[1]])


def _nearest_to_centres(
    grid: TheatreGrid, at: NDArray[np.float64], pieces: _Pieces, passage: NDArray[np.int64], which: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return, for each passage of some pieces, the piece and the share of its segment nearest to the cell's centre."""
    wanted = np.flatnonzero(which)
    segment = pieces.segment[wanted]
    row, col = np.divmod(pieces.cell[wanted], grid.shape[1])
    centre = np.column_stack([col + 0.5, row + 0.5])
    way = at[segment + 1] - at[segment]
    share = ((centre - at[segment]) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-300)
    # Strictly inside the piece, so that the order of nodes along the line is never in doubt.
    low, high = pieces.start[wanted], pieces.end[wanted]
    margin = 1e-9 * (high - low)
    share = np.clip(share, low + margin, high - margin)
    off = np.hypot(*(_point(at, segment, share) - centre).T)
    order = np.lexsort((off, passage[wanted]))
    best = order[np.unique(passage[wanted][order], return_index=True)[1]]
    return wanted[best], share[best]


def _at_frame(pieces: _Pieces, is_node: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return piece and share where lines come into the frame and leave it."""
    inside = pieces.cell >= 0
    turn = np.flatnonzero(np.diff(pieces.run, prepend=-1) != 0)
    ends = np.append(turn[1:], len(pieces.run))[: len(turn)] - 1
    enters = turn[inside[turn] & ~((pieces.start[turn] == 0.0) & is_node[pieces.segment[turn]])]
    leaves = ends[inside[ends] & ~((pieces.end[ends] == 1.0) & is_node[pieces.segment[ends] + 1])]
    return np.concatenate([enters, leaves]), np.concatenate([pieces.start[enters], pieces.end[leaves]])


def _side_to_side(grid: TheatreGrid, laid: LaidRoads, raised_line: NDArray[np.bool_]) -> LaidRoads:
    """Give edges that pass a corner a node in one of the cells beside it."""
    rows, cols = np.divmod(laid.cell, grid.shape[1])
    slanted = np.flatnonzero((rows[laid.first] != rows[laid.second]) & (cols[laid.first] != cols[laid.second]))
    if not slanted.size:
        return laid
    a, b = laid.first[slanted], laid.second[slanted]
    # Of the two cells beside the corner always the same one, whichever way the line was drawn.
    cell = np.minimum(rows[a] * grid.shape[1] + cols[b], rows[b] * grid.shape[1] + cols[a])
    corner = np.column_stack([np.maximum(cols[a], cols[b]), np.maximum(rows[a], rows[b])]).astype(np.float64)
    new = len(laid.cell) + np.arange(len(slanted))
    half = np.maximum(laid.km[slanted] / 2, LEAST_KM)
    kept = np.ones(len(laid.km), dtype=bool)
    kept[slanted] = False
    return LaidRoads(
        cell=np.concatenate([laid.cell, cell]),
        xy=np.concatenate([laid.xy, corner]),
        raised=np.concatenate([laid.raised, raised_line[slanted]]),
        first=np.concatenate([laid.first[kept], a, new]),
        second=np.concatenate([laid.second[kept], new, b]),
        km=np.concatenate([laid.km[kept], half, half]),
        origin=np.concatenate([laid.origin[kept], laid.origin[slanted], laid.origin[slanted]]),
    )


def _onto_plane(grid: TheatreGrid, laid: LaidRoads) -> LaidRoads:
    xy = np.column_stack([grid.west_km + grid.cell_km * laid.xy[:, 0], grid.north_km - grid.cell_km * laid.xy[:, 1]])
    return LaidRoads(
        cell=laid.cell,
        xy=xy,
        raised=laid.raised,
        first=laid.first,
        second=laid.second,
        km=laid.km,
        origin=laid.origin,
    )
