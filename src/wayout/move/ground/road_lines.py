"""Roads on the plane of a grid: lines cut to its neighbourhood, vertices that lines share, ends that nearly touch a line."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wayout.geo.compass import GEOD
from wayout.model import RoadLines
from wayout.move.ground.grid import TheatreGrid

SAME_DEG = 1e-7
"""Vertices closer than this (1 cm) are one."""
TOUCHING_KM = 1e-6
"""An end this close to a line lies on it."""
MAX_EDGE_DEG = 0.25
"""Longer edges are densified before projecting, as for all geometry."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaneLines:
    """
    Lines on the plane, all vertices in one array, line after line.

    ``xy`` (v, 2) km; ``line`` (v,) the line of each vertex; ``key`` (v,) the same number for vertices at one point; ``along_km``
    (v,) true (geodesic) length from the line's first vertex. ``origin`` (n,) is the row of the road each line was, links that
    close a gap being as their loose end's.
    """

    xy: NDArray[np.float64]
    line: NDArray[np.int64]
    key: NDArray[np.int64]
    along_km: NDArray[np.float64]
    origin: NDArray[np.int64]


def flatten_roads(grid: TheatreGrid, roads: RoadLines) -> PlaneLines:
    """
    Bring the roads near a grid onto its plane and join what belongs together.

    Vertices at one point are one; a line's end within ``roads.snap_km`` of other lines (but bridges and ferries) is joined to
    each by a link as long as the gap. Lines that cross without a common vertex are not joined: one passes over the other.

    Parameters
    ----------
    grid
        The theatre grid.
    roads
        Roads, lon/lat.

    Returns
    -------
    lines
        Those that come near the grid; none is an empty record.
    """
    near = np.flatnonzero(_near(grid, roads.lines) & (shapely.length(roads.lines) > SAME_DEG))
    lonlat, line = shapely.get_coordinates(roads.lines[near], return_index=True)
    lonlat[:, 0] = _unwrapped(lonlat[:, 0], line)
    whole = shapely.linestrings(lonlat, indices=line) if len(line) else np.zeros(0, dtype=object)
    lonlat, line = shapely.get_coordinates(shapely.segmentize(whole, MAX_EDGE_DEG), return_index=True)
    moved = np.ones(len(lonlat), dtype=bool)
    moved[1:] = (line[1:] != line[:-1]) | (np.abs(np.diff(lonlat, axis=0)).max(axis=1) > SAME_DEG)
    # A line whose vertices are all at one point is none.
    moved &= np.bincount(line[moved], minlength=len(near))[line] > 1
    kept, line = np.unique(line[moved], return_inverse=True)
    lonlat, near = lonlat[moved], near[kept]
    x, y = grid.to_km(lonlat[:, 0], lonlat[:, 1])
    step = np.zeros(len(line))
    inner = np.flatnonzero(line[1:] == line[:-1]) + 1
    before, after = lonlat[inner - 1], lonlat[inner]
    step[inner] = GEOD.inv(before[:, 0], before[:, 1], after[:, 0], after[:, 1])[2] / 1000
    flat = PlaneLines(
        xy=np.column_stack([x, y]), line=line, key=_keys(lonlat), along_km=_sum_by_line(step, line), origin=near
    )
    return _join_ends(flat, roads.snap_km, ~(roads.bridge | roads.ferry)[near])


def _near(grid: TheatreGrid, lines: NDArray[np.object_]) -> NDArray[np.bool_]:
    west, south, east, north = grid.bounds_lonlat()
    low_x, low_y, high_x, high_y = shapely.bounds(lines).reshape(-1, 4).T
    # A line that crosses the 180th meridian the short way has bounds that go round the Earth, and so stays in.
    apart = np.ones(len(lines), dtype=bool)
    for turn in (-360.0, 0.0, 360.0):
        apart &= (high_x + turn < west) | (low_x + turn > east)
    return np.asarray(~apart & (high_y >= south) & (low_y <= north))


def _unwrapped(lon: NDArray[np.float64], line: NDArray[np.integer]) -> NDArray[np.float64]:
    """Let a line that jumps over the 180th meridian go on beyond it."""
    jump = np.diff(lon, prepend=lon[:1])
    turns = np.where(np.abs(jump) > 180, -360 * np.sign(jump), 0.0)
    turns[np.diff(line, prepend=-1) != 0] = 0.0
    return lon + _sum_by_line(turns, line) if turns.any() else lon


def _sum_by_line(step: NDArray[np.float64], line: NDArray[np.integer]) -> NDArray[np.float64]:
    """Add up the steps along each line; a line's first step counts."""
    total = np.cumsum(step)
    first = np.flatnonzero(np.diff(line, prepend=-1) != 0)
    lengths = np.diff(np.append(first, len(line)))
    return np.asarray(total - np.repeat(total[first] - step[first], lengths))


def _keys(lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
    lon = np.rint(((lonlat[:, 0] + 180) % 360) / SAME_DEG).astype(np.uint64) % np.uint64(round(360 / SAME_DEG))
    lat = np.rint((lonlat[:, 1] + 90) / SAME_DEG).astype(np.uint64)
    return np.asarray(np.unique(lon << np.uint64(32) | lat, return_inverse=True)[1], dtype=np.int64).ravel()


def line_ends(line: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the first and last vertex of every line."""
    change = np.flatnonzero(np.diff(line)) + 1
    ends = np.zeros(len(line), dtype=bool)
    ends[np.concatenate([[0], change])[: len(line)]] = True
    ends[np.concatenate([change - 1, [len(line) - 1]])[: len(line)]] = True
    return ends


def _join_ends(flat: PlaneLines, snap_km: float, may_join: NDArray[np.bool_]) -> PlaneLines:
    """Join ends to all lines beside them: a vertex is put into each line, and a link between if there is a gap."""
    ends = np.flatnonzero(line_ends(flat.line)) if len(flat.line) else np.zeros(0, dtype=np.int64)
    if not ends.size:
        return flat
    shapes = np.asarray(shapely.linestrings(flat.xy, indices=flat.line))
    points = np.asarray(shapely.points(flat.xy[ends]))
    which, target = shapely.STRtree(shapes).query(points, predicate="dwithin", distance=max(snap_km, TOUCHING_KM))
    # Lines that hold the end as a vertex of theirs are joined already.
    n_lines = int(flat.line[-1]) + 1
    shared = np.isin(flat.key[ends[which]] * n_lines + target, flat.key * n_lines + flat.line)
    good = may_join[target] & ~shared
    which, target = which[good], target[good]
    # Once for all ends at one point.
    once = np.unique(flat.key[ends[which]] * n_lines + target, return_index=True)[1]
    which, target = which[once], target[once]
    if not which.size:
        return flat
    gap = np.asarray(shapely.distance(points[which], shapes[target]))
    at_km = np.asarray(shapely.line_locate_point(shapes[target], points[which]))
    return _with_links(flat, ends[which], target, gap, at_km)


def _with_links(
    flat: PlaneLines,
    end: NDArray[np.int64],
    target: NDArray[np.int64],
    gap: NDArray[np.float64],
    at_km: NDArray[np.float64],
) -> PlaneLines:
    """Put a vertex into each target line at ``at_km`` (plane), and add a link from it to the loose end where there is a gap."""
    step = np.hypot(*np.diff(flat.xy, axis=0, prepend=flat.xy[:1]).T)
    step[np.diff(flat.line, prepend=-1) != 0] = 0.0
    along = np.cumsum(step)
    first, last = np.searchsorted(flat.line, target), np.searchsorted(flat.line, target, side="right") - 1
    segment = np.clip(np.searchsorted(along, along[first] + at_km, side="right") - 1, first, last - 1)
    width = np.maximum(along[segment + 1] - along[segment], TOUCHING_KM)
    share = np.clip((along[first] + at_km - along[segment]) / width, 0.0, 1.0)
    put = flat.xy[segment] + share[:, None] * (flat.xy[segment + 1] - flat.xy[segment])
    put_along = flat.along_km[segment] + share * (flat.along_km[segment + 1] - flat.along_km[segment])
    touching = gap <= TOUCHING_KM
    put_key = np.where(touching, flat.key[end], flat.key.max() + 1 + np.arange(len(end)))
    link = np.flatnonzero(~touching)
    link_line = flat.line.max() + 1 + np.arange(len(link))
    xy = np.concatenate([flat.xy, put, flat.xy[end[link]], put[link]])
    line = np.concatenate([flat.line, target, link_line, link_line])
    key = np.concatenate([flat.key, put_key, flat.key[end[link]], put_key[link]])
    along_km = np.concatenate([flat.along_km, put_along, np.zeros(len(link)), gap[link]])
    origin = np.concatenate([flat.origin, flat.origin[flat.line[end[link]]]])
    order = np.lexsort((along_km, line))
    return PlaneLines(xy=xy[order], line=line[order], key=key[order], along_km=along_km[order], origin=origin)
