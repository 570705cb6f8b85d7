"""Slope and pace of the cells of a grid: from the user's rasters where they reach, from the shipped layers elsewhere."""

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.geo.rasters import landcover_at, slope_at
from wayout.model import GroundRaster, LandcoverLegend, MoveMode
from wayout.move.ground.coast import without_false_sea
from wayout.move.ground.finer import means_in_cells, metres_a_step
from wayout.move.ground.grid import TheatreGrid
from wayout.vocab import read_vocab

HEIGHTS_M = (-500.0, 9000.0)
"""Ground above the sea lies between the Dead Sea's shore and Everest; below the first is taken for sea bed."""
LOWEST_M = -12_000.0
WATER_SHARE = 0.5
"""A cell with more water than this is water."""
SHIPPED_RELIEF = "shipped GLOBE 1 km (0-50 N, 0-90 E) and ETOPO5"
SHIPPED_COVER = "shipped MODIS IGBP 0.05 degree (2019)"


def slope_on(grid: TheatreGrid, relief: GroundRaster | None) -> tuple[NDArray[np.float64], str]:
    """
    Return the mean slope of the ground inside each cell.

    A user's relief gives the mean of the slopes of its own cells (central differences), not the slope of mean heights: finer
    relief is steeper, and truer.

    Parameters
    ----------
    grid
        The theatre grid.
    relief
        Heights, metres, or ``None``.

    Returns
    -------
    slope_deg
        Degrees, shape of the grid.
    told
        What it was made of.

    Raises
    ------
    InputError
        If the relief holds infinite heights, or heights that no ground has.
    """
    lon, lat = grid.centres_lonlat()
    if relief is None:
        return slope_at(lon, lat), f"relief: {SHIPPED_RELIEF}"
    means, known = means_in_cells(grid, relief, lambda rows, cols: _slopes(relief, rows, cols)[None], 1)
    slope = np.where(known, means[0], slope_at(lon, lat))
    return slope, _told("relief", relief, known, SHIPPED_RELIEF)


def pace_on(grid: TheatreGrid, mode: MoveMode, landcover: GroundRaster | None) -> tuple[NDArray[np.float64], str]:
    """
    Return the share of open-ground speed that land cover leaves in each cell (0 = closed).

    A user's land cover gives the mean share of the land inside the cell; cells more than half water are closed.

    Parameters
    ----------
    grid
        The theatre grid.
    mode
        ``"foot"`` or ``"vehicle"``.
    landcover
        Classes, or ``None``.

    Returns
    -------
    pace
        Between 0 and 1, shape of the grid.
    told
        What it was made of.

    Raises
    ------
    InputError
        If the land cover holds a class that its legend does not know.
    """
    lon, lat = grid.centres_lonlat()
    shipped = landcover_pace(without_false_sea(grid, landcover_at(lon, lat)), mode)
    if landcover is None:
        return shipped, f"land cover: {SHIPPED_COVER}"
    table = legend_pace(landcover.legend, mode)
    means, known = means_in_cells(grid, landcover, lambda rows, cols: _pace_and_land(landcover, table, rows, cols), 2)
    pace, land = np.nan_to_num(means[0]), np.nan_to_num(means[1])
    own = np.where(land > 1 - WATER_SHARE, pace / np.maximum(land, 1e-9), 0.0)
    return np.where(known, own, shipped), _told("land cover", landcover, known, SHIPPED_COVER)


def landcover_pace(classes: NDArray[np.uint8], mode: MoveMode) -> NDArray[np.float64]:
    """Return the share of open-ground speed that each IGBP class leaves (0 = closed)."""
    table = np.zeros(256)
    for number, share in legend_pace("igbp", mode).items():
        table[number] = share
    return np.asarray(table[classes], dtype=np.float64)


def legend_pace(legend: LandcoverLegend, mode: MoveMode) -> dict[int, float]:
    """Return the share of open-ground speed by class of a legend."""
    vocab = read_vocab("landcover_speed.yaml")
    igbp = {int(number): float(row[mode]) for number, row in vocab["classes"].items()}
    if legend == "igbp":
        return {**igbp, 17: igbp[0]}  # MODIS also writes water as 17
    return {int(code): igbp[int(row["igbp"])] for code, row in vocab["worldcover"].items()}


def _known(raster: GroundRaster, values: NDArray[np.generic]) -> NDArray[np.bool_]:
    known = ~np.isnan(values) if values.dtype.kind == "f" else np.ones(values.shape, dtype=bool)
    return known if raster.nodata is None else known & (values != raster.nodata)


def _slopes(relief: GroundRaster, rows: slice, cols: slice) -> NDArray[np.float64]:
    """Return the slope (degrees) of a window of the relief, NaN where heights are not known."""
    n_rows, n_cols = relief.values.shape
    # One cell more on each side, for the differences.
    top, left = max(rows.start - 1, 0), max(cols.start - 1, 0)
    wide = slice(top, min(rows.stop + 1, n_rows)), slice(left, min(cols.stop + 1, n_cols))
    stored = relief.values[wide]
    known = _known(relief, stored)
    height = np.where(known, stored, np.nan).astype(np.float64)
    odd = known & ~((height >= LOWEST_M) & (height <= HEIGHTS_M[1]))
    if odd.any():
        raise InputError(
            f"relief {relief.source!r} holds a height of {height[odd][0]:g} m; give metres above the sea, and name the number "
            "that stands for not known (nodata)"
        )
    height = np.maximum(height, HEIGHTS_M[0])
    if min(height.shape) < 2:
        return np.full((rows.stop - rows.start, cols.stop - cols.start), np.nan)
    width_m, height_m = metres_a_step(relief, wide[0])
    rise_north, rise_east = np.gradient(height)
    slope = np.degrees(np.arctan(np.hypot(rise_north / height_m, rise_east / width_m[:, None])))
    return np.asarray(
        slope[rows.start - top :, cols.start - left :][: rows.stop - rows.start, : cols.stop - cols.start]
    )


def _pace_and_land(landcover: GroundRaster, table: dict[int, float], rows: slice, cols: slice) -> NDArray[np.float64]:
    """Return pace (0 on water) and whether it is land (1 or 0) of a window of the land cover; NaN where not known."""
    stored = landcover.values[rows, cols]
    known = _known(landcover, stored)
    classes, row = np.unique(np.where(known, stored, stored.dtype.type(0)), return_inverse=True)
    used = set(np.unique(stored[known]).tolist())
    strange = sorted(used - set(table) - {255})
    if strange:
        raise InputError(
            f"land cover {landcover.source!r} holds class {strange[0]:g}, which its legend ({landcover.legend}) does not know; its "
            f"classes are {', '.join(map(str, sorted(table)))}: give the legend it follows, or its nodata number"
        )
    share = np.array([table.get(int(value), np.nan) for value in classes.tolist()])[row].reshape(stored.shape)
    share = np.where(known, share, np.nan)
    return np.stack([share, np.where(np.isnan(share), np.nan, share > 0)])


def _told(name: str, raster: GroundRaster, known: NDArray[np.bool_], shipped: str) -> str:
    share = float(known.mean())
    if share > 0.9999:
        return f"{name}: {raster.source}"
    if share == 0:
        return f"{name}: {shipped} ({raster.source} does not reach the frame)"
    return f"{name}: {raster.source} for {100 * share:.0f} % of the frame, {shipped} for the rest"
