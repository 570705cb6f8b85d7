"""The ground of one theatre from the files that the user added: only what reaches into its window, only as fine as needed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wayout.errors import SourceError
from wayout.ground_files.added import Added, read_one
from wayout.ground_files.frame import Frame
from wayout.ground_files.raster_numbers import UNKNOWN_CLASS, UNKNOWN_HEIGHT, Meaning
from wayout.ground_files.rasters import look_into, read_sources
from wayout.ground_files.road_files import DRAWN_SNAP_KM, SNAP_KM
from wayout.ground_files.road_store import read_stored
from wayout.model import Question
from wayout.model.ground import Ground, GroundRaster, LandcoverLegend, RasterKind, RoadLines
from wayout.move.ground.grid import make_grid
from wayout.move.mobility import moving_hours
from wayout.move.ways.theatre import source_area
from wayout.settings import DataSettings

RELIEF_KM = 0.25
"""Relief is read at least this finely, km: MOVE takes the mean of the slopes between heights this far apart, and one step for
theatres of all sizes gives one valley one slope in all of them."""
PIXELS_A_CELL = 3
"""Land cover has this many cells along a theatre cell's side."""


def ground_of(question: Question, data: DataSettings, cell_km: float | None = None) -> Ground | None:
    """
    Read what the user added of the ground, for the theatre of a question.

    Parameters
    ----------
    question
        Gives area, party and time: how far round the area matters.
    data
        Files of the data folder.
    cell_km
        Cell size of the theatre's grid, km; ``None`` as MOVE chooses it.

    Returns
    -------
    ground
        ``None`` if nothing was added that reaches into the theatre.

    Raises
    ------
    SourceError
        If a file of the data folder is damaged; says how to mend it.
    """
    if not (data.roads or data.relief or data.landcover):
        return None
    frame, own_cell_km = theatre_frame(question, cell_km)
    return load_ground(frame, data, own_cell_km)


def theatre_frame(question: Question, cell_km: float | None = None) -> tuple[Frame, float]:
    """Return the window round a question's area that MOVE can look at with roads, and the size of its cells, km."""
    profile = question.party.mobility
    fastest_kmh = max([profile.speed_kmh, *(kmh for _, kmh in profile.road_kmh)])
    grid = make_grid(source_area(question), moving_hours(question.within_h, profile) * fastest_kmh, cell_km)
    west, south, east, north = grid.bounds_lonlat()
    return Frame(west=west, south=max(south, -90.0), east=east, north=min(north, 90.0)), grid.cell_km


def load_ground(frame: Frame, data: DataSettings, cell_km: float) -> Ground | None:
    """
    Read what the user added of the ground in a window.

    Parameters
    ----------
    frame
        The window, degrees.
    data
        Files of the data folder.
    cell_km
        Cell size of the theatre's grid, km: rasters are read no finer than it needs.

    Returns
    -------
    ground
        ``None`` if no file reaches into the window.

    Raises
    ------
    SourceError
        If a file of the data folder is damaged; says how to mend it.
    """
    notes: list[str] = []
    roads = _roads(data.roads, frame, notes)
    relief = _raster(data.relief, "relief", _at(frame, min(RELIEF_KM, cell_km / PIXELS_A_CELL)), notes)
    landcover = _raster(data.landcover, "landcover", _at(frame, cell_km / PIXELS_A_CELL), notes)
    if roads is None and relief is None and landcover is None:
        return None
    return Ground(roads=roads, relief=relief, landcover=landcover, notes=tuple(notes))


def _at(frame: Frame, pixel_km: float) -> Frame:
    return Frame(west=frame.west, south=frame.south, east=frame.east, north=frame.north, pixel_km=pixel_km)


def _reaching(paths: Sequence[Path], kind: RasterKind | str, frame: Frame) -> list[Added]:
    """Read the records of the files that reach into the window; a file without a record is damaged."""
    found = []
    for path in paths:
        added = read_one(
            path, "roads" if kind == "roads" else "relief" if kind == "relief" else "landcover", check=False
        )
        if added.bounds is None:
            raise SourceError(
                f"{path} has no readable record; add it again, or remove it: wayout data remove {kind} {path.stem}"
            )
        west, south, east, north = added.bounds
        turns = (0.0, 360.0, -360.0)
        if (
            south < frame.north
            and north > frame.south
            and any(west + t < frame.east and east + t > frame.west for t in turns)
        ):
            found.append(added)
    return found


def _roads(paths: Sequence[Path], frame: Frame, notes: list[str]) -> RoadLines | None:
    reaching = _reaching(paths, "roads", frame)
    found, told = read_stored([added.path for added in reaching], frame)
    notes.extend(told)
    if found is None:
        return None
    return RoadLines(
        lines=found.lines,
        road_class=found.road_class,
        bridge=found.bridge,
        ferry=found.ferry,
        source=", ".join(added.name for added in reaching),
        licence=_licence(reaching),
        snap_km=max(SNAP_KM.get(str(added.holds.get("format")), DRAWN_SNAP_KM) for added in reaching),
    )


def _raster(paths: Sequence[Path], kind: RasterKind, frame: Frame, notes: list[str]) -> GroundRaster | None:
    reaching = _reaching(paths, kind, frame)
    if not reaching:
        return None
    legend = _legend(reaching[0])
    same = [added for added in reaching if _legend(added) == legend]
    notes.extend(
        f"land cover {added.name} is left out: its legend is another than that of {same[0].name}"
        for added in reaching
        if _legend(added) != legend
    )
    meaning = Meaning(nodata=_hole(kind), legend=legend)
    try:
        # What the numbers mean was found out when the file was added.
        sources = [look_into(added.path, kind, meaning=meaning) for added in same]
        found = read_sources(sources, kind, frame, licence=_licence(same))
    except SourceError as error:
        names = " ".join(added.name for added in same)
        raise SourceError(f"{error}; or remove what is damaged: wayout data remove {kind} {names}") from error
    if found is None or not (found.values != found.nodata).any():
        return None
    return replace(found, source=", ".join(added.name for added in same))


def _hole(kind: RasterKind) -> float:
    return float(UNKNOWN_HEIGHT if kind == "relief" else UNKNOWN_CLASS)


def _legend(added: Added) -> LandcoverLegend:
    return "worldcover" if added.holds.get("legend") == "worldcover" else "igbp"


def _licence(files: Sequence[Added]) -> str:
    return "; ".join(dict.fromkeys(added.licence for added in files))
