"""`wayout data get|add|remove` for roads, relief and land cover: calls and prints."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from wayout.cli.data_lines import ground_lines, tell, tell_bytes, tell_progress
from wayout.cli.terminal_text import safe
from wayout.errors import InputError, SourceError
from wayout.model.ground import LandcoverLegend

if TYPE_CHECKING:
    from wayout.cli.data_ground_get import GroundOptions
    from wayout.ground_files.added import Added


def get_ground(
    what: str, codes: list[str], folder: Path, *, base: str | None, bbox: str | None, resolution_m: int, as_json: bool
) -> None:
    """
    Get roads or relief of countries, or relief of a window.

    Raises
    ------
    SourceError
        If one of them could not be made; the others are.
    """
    from wayout.cli.data_ground_get import get_relief, get_roads, parse_bbox
    from wayout.geo.borders import country_outline

    jobs: list[tuple[str, Callable[[GroundOptions], Added]]] = []
    for code in codes:
        if what == "roads":
            jobs.append((code, partial(get_roads, code, folder)))
            continue
        outline = country_outline(code)
        if outline is None:
            raise InputError(f"the outline of {code} is not known; give --bbox west,south,east,north")
        jobs.append((code, partial(get_relief, code, outline, folder)))
    if bbox is not None:
        import shapely

        frame = parse_bbox(bbox)
        name = "box-" + "-".join(f"{abs(v):g}{sign}".replace(".", "p") for v, sign in _corners(frame.bounds))
        jobs.append((name, partial(get_relief, name, shapely.box(*frame.bounds), folder)))
    done = []
    for name, job in jobs:
        options = _options(base, resolution_m)
        try:
            done.append(job(options))
        except (InputError, OSError) as error:
            tell(f"{name}: {error}")
        for note in options.notes:
            tell(f"{name}: {note}")
    show_ground(done, as_json=as_json)
    if len(done) < len(jobs):
        raise SourceError(f"{what} of {len(jobs) - len(done)} of {len(jobs)} could not be made; see the lines above")


def add_ground(
    what: str,
    file: Path,
    folder: Path,
    name: str,
    *,
    licence: str,
    class_column: str | None,
    legend: LandcoverLegend | None,
    as_json: bool,
) -> None:
    """Add a user's file of roads, relief or land cover."""
    from wayout.cli.data_ground_get import add_raster, add_roads
    from wayout.ground_files.guard import local_file
    from wayout.locate.looking_up.editions import EditionSource, file_sha256

    if class_column is not None and what != "roads":
        raise typer.BadParameter("--class-column is for roads")
    if legend is not None and what != "landcover":
        raise typer.BadParameter("--legend is for landcover")
    own = local_file(file)
    source = EditionSource(
        title=f"file {own.name}",
        address=str(own),
        sha256=file_sha256(own),
        retrieved=datetime.now(UTC).date().isoformat(),
        licence=licence,
    )
    options = _options(None, 90)
    if what == "roads":
        added = add_roads(own, folder, name, source=source, options=options, class_column=class_column)
    else:
        kind: Any = what
        added = add_raster([own], folder, kind, name, sources=[source], options=options, legend=legend)
    show_ground([added], as_json=as_json)


def remove_ground(what: str, names: list[str], folder: Path) -> list[str]:
    """Remove files of the ground by name."""
    from wayout.ground_files.added import remove_added

    kind: Any = what
    return [remove_added(folder, kind, name).stem for name in names]


def show_ground(files: Iterable[Any], *, as_json: bool) -> None:
    """Print files of the ground, a block each, or as JSON."""
    records = ground_records(files)
    if as_json:
        typer.echo(json.dumps({"ground": records}, ensure_ascii=False))
        return
    for record in records:
        for line in ground_lines(record):
            typer.echo(safe(line))


def ground_records(files: Iterable[Any]) -> list[dict[str, Any]]:
    """Give records of files of the ground, ready for JSON."""
    from dataclasses import asdict

    return [{**asdict(added), "path": str(added.path)} for added in files]


def _options(base: str | None, resolution_m: int) -> "GroundOptions":
    from wayout.cli.data_ground_get import GroundOptions

    return GroundOptions(base=base, resolution_m=resolution_m, tell=tell_bytes, progress=tell_progress)


def _corners(bounds: tuple[float, float, float, float]) -> list[tuple[float, str]]:
    west, south, east, north = bounds
    pairs = ((west, "EW"), (south, "NS"), (east, "EW"), (north, "NS"))
    return [(value, signs[0] if value >= 0 else signs[1]) for value, signs in pairs]
