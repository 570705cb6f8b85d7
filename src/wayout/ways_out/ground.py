"""The ground a user brings to a question: files of roads, relief and land cover, read for the theatre of that question only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from pathlib import Path

from wayout.errors import InputError, SourceError
from wayout.ground_files.for_frame import PIXELS_A_CELL, RELIEF_KM, load_ground
from wayout.ground_files.frame import Frame
from wayout.ground_files.rasters import read_raster
from wayout.ground_files.road_files import read_roads
from wayout.model import Ground, Question
from wayout.move.ground.grid import TheatreGrid, make_grid
from wayout.move.mobility import moving_hours
from wayout.move.options import GivenExit
from wayout.move.ways.cover import ground_to_cover
from wayout.move.ways.theatre import BYTES_A_CELL, source_area
from wayout.settings import DataSettings

MOST_CELLS = 16_000_000
"""Cells of a theatre: 4,000 x 4,000, the largest that is measured (a second a solve)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundFiles:
    """
    Files of the user's own ground.

    Attributes
    ----------
    roads
        OpenStreetMap extract (.osm.pbf), GeoPackage, Shapefile, GeoJSON or FlatGeobuf.
    class_column
        Column of the road classes, in files of other makers than OpenStreetMap; ``None`` finds it by name.
    relief, landcover
        GeoTIFF or COG: heights in metres, classes of IGBP or ESA WorldCover.
    data
        What was added to the data folder (``wayout data``); a file named above goes before it.
    """

    roads: Path | str | None = None
    relief: Path | str | None = None
    landcover: Path | str | None = None
    class_column: str | None = None
    data: DataSettings = field(default_factory=DataSettings)

    def named(self) -> Mapping[str, Path]:
        """Return the files that were named, by kind."""
        given = {"roads": self.roads, "relief": self.relief, "landcover": self.landcover}
        return {kind: Path(path) for kind, path in given.items() if path is not None}


def read_ground(
    files: GroundFiles, question: Question, exits: Sequence[GivenExit], cell_km: float | None
) -> Ground | None:
    """
    Read the user's ground in the theatre of a question.

    Parameters
    ----------
    files
        Which files.
    question
        Party, area and time: how far round the area matters.
    exits
        Exits that the theatre must hold.
    cell_km
        Cell size, km; ``None`` as MOVE chooses it.

    Returns
    -------
    ground
        ``None`` where there is none.

    Raises
    ------
    InputError
        If a column is named and no file of roads.
    SourceError
        If a file cannot be read, or holds nothing of the theatre.
    """
    named = files.named()
    if files.class_column is not None and "roads" not in named:
        raise InputError(
            f"class column {files.class_column!r} is of a file of roads, and none is named; give roads too"
        )
    for kind, path in named.items():
        if not path.is_file():
            raise SourceError(f"{path} ({kind}) is not there; give a file")
    added = files.data.roads or files.data.relief or files.data.landcover
    if not named and not added:
        return None
    grid = _grid(question, exits, cell_km)
    pixel_km = grid.cell_km / PIXELS_A_CELL
    frame = _frame(grid.bounds_lonlat(), pixel_km)
    fine = _frame(frame.bounds, min(RELIEF_KM, pixel_km))
    ground = load_ground(frame, files.data, grid.cell_km) if added else None
    ground = ground or Ground()
    if "roads" in named:
        ground = replace(ground, roads=read_roads(named["roads"], frame, class_column=files.class_column))
    if "relief" in named:
        ground = replace(ground, relief=read_raster(named["relief"], "relief", fine))
    if "landcover" in named:
        ground = replace(ground, landcover=read_raster(named["landcover"], "landcover", frame))
    return ground


def check_grid(question: Question, exits: Sequence[GivenExit], cell_km: float | None) -> None:
    """
    Refuse a grid that would keep a machine busy for hours, before anything is made for it.

    Raises
    ------
    InputError
        If it has over :data:`MOST_CELLS`; says which cell size would do.
    """
    grid = _grid(question, exits, cell_km)
    cells = grid.shape[0] * grid.shape[1]
    if cells > MOST_CELLS:
        enough_km = math.ceil(grid.cell_km * math.sqrt(cells / MOST_CELLS) * 20) / 20
        raise InputError(
            f"cells of {grid.cell_km:g} km would make {cells:,} of them, some {cells * BYTES_A_CELL / 1e9:.0f} GB; the limit is "
            f"{MOST_CELLS:,}: take cells of {enough_km:g} km (cell_km), or nearer exits"
        )


def _grid(question: Question, exits: Sequence[GivenExit], cell_km: float | None) -> TheatreGrid:
    """Choose the grid that MOVE will choose, roads counted."""
    profile = question.party.mobility
    fastest_kmh = max([profile.speed_kmh, *(kmh for _, kmh in profile.road_kmh)])
    area = source_area(question)
    reach_km = moving_hours(question.within_h, profile) * fastest_kmh
    return make_grid(area, reach_km, cell_km, cover=ground_to_cover(area, exits))


def hashes(files: GroundFiles) -> dict[str, str]:
    """Return the SHA-256 of every file that counts, by kind and name."""
    paths = [*files.named().items(), *((kind, path) for kind, kept in files.data.ground().items() for path in kept)]
    found = {}
    for kind, path in paths:
        with path.open("rb") as stream:
            found[f"{kind}_sha256 {path.name}"] = file_digest(stream, "sha256").hexdigest()
    return found


def _frame(bounds: tuple[float, float, float, float], pixel_km: float) -> Frame:
    west, south, east, north = bounds
    return Frame(west=west, south=max(south, -90.0), east=east, north=min(north, 90.0), pixel_km=pixel_km)
