"""The ground a user brings: roads, relief and land cover, as read from files and before it meets any grid."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from wayout.errors import InputError
from wayout.model.quantity import check_quantities, quantity

if TYPE_CHECKING:  # records draw nothing: a look-up of a name starts in half the time without these
    import numpy as np
    from numpy.typing import NDArray

RoadClass = Literal["motorway", "trunk", "primary", "secondary", "tertiary", "local", "track", "path", "unknown"]
"""How good a way is: OpenStreetMap's ranks, from motorway to local street, then unpaved tracks, footpaths, not said."""
ROAD_CLASSES: tuple[RoadClass, ...] = get_args(RoadClass)
RasterKind = Literal["relief", "landcover"]
LandcoverLegend = Literal["igbp", "worldcover"]
"""Legends of land cover: IGBP's 17 classes (0 or 17 water), or ESA WorldCover's codes (10 to 100)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadLines:
    """
    Roads as lines, lon/lat.

    ``lines`` (n,) shapely ``LineString``s in degrees; ``road_class`` (n,) one of :data:`ROAD_CLASSES` a line; ``bridge``
    and ``ferry`` (n,) flags: a bridge stands over what it crosses (no way down but at its ends), a ferry is a bridge that
    is slow. ``snap_km`` is how far an end may lie from another line and still be joined to it: 0 for sources whose roads share
    their vertices where they meet (OpenStreetMap), 0.1 (about 0.001 degree) for drawings that only nearly do. ``source`` says
    where they are from, ``licence`` under which terms.
    """

    lines: "NDArray[np.object_]"
    road_class: "NDArray[np.str_]"
    bridge: "NDArray[np.bool_]"
    ferry: "NDArray[np.bool_]"
    source: str
    licence: str = "not stated"
    snap_km: float = quantity("km", "Ends this close to another line are joined to it", low=0, high=5, default=0.1)

    def __post_init__(self) -> None:
        """Refuse lines that are none, classes nobody knows and arrays that do not belong together."""
        import numpy as np
        import shapely

        check_quantities(self)
        n = len(self.lines)
        if not n == len(self.road_class) == len(self.bridge) == len(self.ferry):
            raise InputError(
                f"roads of {self.source!r}: {n} lines, {len(self.road_class)} classes, {len(self.bridge)} bridge and "
                f"{len(self.ferry)} ferry flags; give one of each a line"
            )
        unknown = sorted(set(np.unique(self.road_class).tolist()) - set(ROAD_CLASSES)) if n else []
        if unknown:
            raise InputError(f"there is no road class {unknown[0]!r}; the classes are {', '.join(ROAD_CLASSES)}")
        is_line = shapely.get_type_id(self.lines) == int(shapely.GeometryType.LINESTRING)
        if not is_line.all():
            wrong = int(np.argmin(is_line))
            raise InputError(
                f"road {wrong} of {self.source!r} is {self.lines[wrong]!r}; give single lines (LineString)"
            )
        _check_degrees(shapely.get_coordinates(self.lines), f"a road of {self.source!r}")

    @property
    def n_lines(self) -> int:
        """Number of lines."""
        return len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroundRaster:
    """
    A raster in degrees, north up: ``values`` (rows, cols), row 0 north; ``west`` and ``north`` are its outer edges.

    ``kind`` says what the numbers are: ``"relief"`` heights in metres above the sea, ``"landcover"`` classes of ``legend``.
    Cells equal to ``nodata`` (and NaN) are not known.
    """

    values: "NDArray[np.generic]"
    kind: RasterKind
    west: float = quantity("deg", "Western edge, longitude", low=-540, high=540)
    north: float = quantity("deg", "Northern edge, latitude", low=-90.0001, high=90.0001)
    step_lon_deg: float = quantity("deg", "Width of a cell", low=1e-7, high=90)
    step_lat_deg: float = quantity("deg", "Height of a cell", low=1e-7, high=90)
    nodata: float | None = quantity("1", "The number that stands for not known, in the raster's own unit", default=None)
    legend: LandcoverLegend = "igbp"
    source: str
    licence: str = "not stated"

    def __post_init__(self) -> None:
        """Refuse rasters that are none or lie outside the Earth."""
        if self.nodata is not None and math.isnan(self.nodata):
            object.__setattr__(self, "nodata", None)  # NaN is not known in any case
        check_quantities(self)
        if self.values.ndim != 2 or self.values.size == 0:
            raise InputError(f"raster {self.source!r} has shape {self.values.shape}; give one band of rows and columns")
        if self.values.dtype.kind not in "iuf":
            raise InputError(f"raster {self.source!r} holds {self.values.dtype}; give numbers")
        south = self.north - self.values.shape[0] * self.step_lat_deg
        if south < -90.0001:
            raise InputError(
                f"raster {self.source!r} ends at latitude {south:.4f}; bring it to degrees, north up, first"
            )

    @property
    def east(self) -> float:
        """Eastern edge, longitude, degrees."""
        return float(self.west + self.values.shape[1] * self.step_lon_deg)

    @property
    def south(self) -> float:
        """Southern edge, latitude, degrees."""
        return float(self.north - self.values.shape[0] * self.step_lat_deg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """What a user brings of the ground; what is ``None`` is taken from the shipped layers (there are no shipped roads)."""

    roads: RoadLines | None = None
    relief: GroundRaster | None = None
    landcover: GroundRaster | None = None
    notes: tuple[str, ...] = field(default=())
    """What reading left out or changed, in plain words; passed on to the answer's layers."""

    def __post_init__(self) -> None:
        """Refuse a raster in the other's place."""
        for name, raster in (("relief", self.relief), ("landcover", self.landcover)):
            if raster is not None and raster.kind != name:
                raise InputError(
                    f"the {name} of the ground is a raster of kind {raster.kind!r}; give it as {raster.kind}"
                )


def _check_degrees(xy: "NDArray[np.float64]", whose: str) -> None:
    import numpy as np

    if xy.size == 0:
        return
    good = np.isfinite(xy).all(axis=1) & (np.abs(xy[:, 0]) <= 540) & (np.abs(xy[:, 1]) <= 90)
    if not good.all():
        x, y = xy[int(np.argmin(good))]
        raise InputError(f"{whose} passes ({x:g}, {y:g}); give longitude and latitude in degrees (EPSG:4326)")
