"""`wayout move`: which ways are open on a situation that you drew, without any text."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from wayout.cli.move_ask import ask, moved_probabilities
from wayout.cli.move_write import SUFFIXES, check_out, put_whole, write_collection, write_surface
from wayout.errors import NotFoundError

if TYPE_CHECKING:
    from wayout.ways_out import Ways

_GROUND, _ANSWER = "Ground", "Answer"


def move(
    situation: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="GeoJSON or GeoPackage whose features carry a role: source, barrier, checkpoint, exit, destination.",
            show_default=False,
        ),
    ] = None,
    party: Annotated[
        Literal["armed_group", "civilians", "aid_convoy"] | None,
        typer.Option("--party", help="Who moves; default: what the file says, else civilians.", show_default=False),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME|FILE.yaml",
            help="How it moves; default: the party's usual way.",
            show_default=False,
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within", help="Time it has: 72h, 10d, 2w; default: what the file says, else 10d.", show_default=False
        ),
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="As of which day, where barriers have days."
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--if", metavar='"NAME=P"', help="Also answer with another probability for a barrier; repeat for several."
        ),
    ] = None,
    cell_km: Annotated[
        float | None,
        typer.Option(
            "--cell-km", min=0.1, max=50, help="Cell size, km; default: 1 to 5 by the extent.", rich_help_panel=_GROUND
        ),
    ] = None,
    roads: Annotated[
        Path | None,
        typer.Option("--roads", metavar="FILE", help="Roads: GeoPackage, GeoJSON, .osm.pbf.", rich_help_panel=_GROUND),
    ] = None,
    class_column: Annotated[
        str | None,
        typer.Option(
            "--class-column",
            metavar="NAME",
            help="Column of the road classes; default: found by name.",
            rich_help_panel=_GROUND,
            show_default=False,
        ),
    ] = None,
    relief: Annotated[
        Path | None, typer.Option("--relief", metavar="FILE.tif", help="Heights, m.", rich_help_panel=_GROUND)
    ] = None,
    landcover: Annotated[
        Path | None,
        typer.Option("--landcover", metavar="FILE.tif", help="Land cover classes.", rich_help_panel=_GROUND),
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend open and self-crossing rings instead of refusing them.")
    ] = False,
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws",
            min=1,
            max=10_000_000,
            help="Draws, where combinations are too many to count through; default: 1000.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**32, help="Seed of the draws; default: 1.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help="Write the answer as .geojson or .gpkg.", rich_help_panel=_ANSWER
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="PAGE.html", help="Write a page with the map.", rich_help_panel=_ANSWER),
    ] = None,
    surface: Annotated[
        Path | None,
        typer.Option(
            "--surface",
            metavar="FILE.tif",
            help="Write P(reached in time) as GeoTIFF, 5 km or coarser.",
            rich_help_panel=_ANSWER,
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the answer as GeoJSON on one line.", rich_help_panel=_ANSWER)
    ] = False,
    template: Annotated[
        bool, typer.Option("--template", help="Print a situation file to start from, and end.")
    ] = False,
) -> None:
    """Work out which ways are open on a situation that you drew: P(reached in time), hours, the barrier that decides."""
    if template:
        from wayout.cli.move_template import template_text

        typer.echo(template_text(), nl=False)
        return
    if situation is None:
        raise typer.BadParameter("give a situation FILE; wayout move --template prints one to start from")
    check_out(out, SUFFIXES, "--out")
    if out is not None and situation != "-" and out.absolute() == Path(situation).absolute():
        raise typer.BadParameter(f"--out is {str(out)!r}, the situation itself; give another file")
    check_out(html, (".html", ".htm"), "--html")
    check_out(surface, (".tif", ".tiff"), "--surface")
    moved = moved_probabilities(what_if or [])
    choices: dict[str, Any] = {
        "party": party,
        "profile": profile,
        "within": within,
        "at": at,
        "cell_km": cell_km,
        "n_draws": draws,
        "seed": seed,
        "repair": repair or None,
    }
    ground = {"roads": roads, "class_column": class_column, "relief": relief, "landcover": landcover}
    ways = ask(situation, choices, ground)
    if moved:
        try:
            ways = ways.what_if(moved)
        except NotFoundError as error:
            raise typer.BadParameter(f"--if: {error}") from error
    _write(ways, out, html, surface)
    _show(ways, as_json)


def _write(ways: "Ways", out: Path | None, html: Path | None, surface: Path | None) -> None:
    if out is not None:
        write_collection(ways.to_geojson(), out)
        typer.echo(f"wayout: the answer is {out}", err=True)
    if html is not None:
        put_whole(html, ways.to_html().encode("utf-8", "xmlcharrefreplace"))
        typer.echo(f"wayout: the page is {html}", err=True)
    if surface is not None:
        write_surface(ways.reach, surface)
        typer.echo(f"wayout: the surface is {surface}", err=True)


def _show(ways: "Ways", as_json: bool) -> None:
    from wayout.cli.options import tell_miss
    from wayout.cli.reading_lines import escape_unsafe
    from wayout.model import Miss
    from wayout.publish.ways.table import change_lines, first_to_find_out, ways_table, ways_text

    for warning in ways.warnings:
        tell_miss(Miss(what="note", why=warning))
    if as_json:
        narrow = "utf" not in (sys.stdout.encoding or "ascii").lower()
        typer.echo(escape_unsafe(json.dumps(ways.to_geojson(), ensure_ascii=narrow)))
        return
    if not sys.stdout.isatty():
        typer.echo(ways_text(ways.told), nl=False)
        return
    from wayout.cli.read import open_console

    console = open_console()
    for line in change_lines(ways.told):
        console.print(line, markup=False, highlight=False)
    console.print(ways_table(ways.told))
    if (first := first_to_find_out(ways.told)) is not None:
        console.print(first, markup=False, highlight=False)
