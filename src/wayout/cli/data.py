"""`wayout data`: gazetteers, roads, relief and land cover, from public sources or of one's own, beside what is shipped."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from wayout.cli.data_folder import data_settings
from wayout.cli.data_ground import add_ground, get_ground, ground_records, remove_ground, show_ground
from wayout.cli.data_lines import edition_lines, tell, tell_bytes
from wayout.cli.options import AsJson
from wayout.cli.terminal_text import safe
from wayout.model import PlaceKind

app = typer.Typer(
    no_args_is_help=True,
    help="Add places, roads, relief and land cover to what is shipped; list and remove what was added.",
)


KINDS = ("gazetteer", "roads", "relief", "landcover")


def _kind_of_data(context: typer.Context, value: str) -> str:
    """Refuse what is no kind of data: the word is easily forgotten before a file or a country."""
    if value not in KINDS:
        raise typer.BadParameter(
            f"{value!r} is no kind of data; the kinds are {', '.join(KINDS)}: `wayout data {context.info_name} gazetteer ...`"
        )
    return value


What = Annotated[
    str,
    typer.Argument(metavar="|".join(KINDS), help="The kind of data.", show_default=False, callback=_kind_of_data),
]


def _code(text: str) -> str:
    """Read a country's code of two or three letters, or its name."""
    codes = _iso3()
    code = text.strip().upper()
    two = code if code in codes else next((two for two, three in codes.items() if three == code), None)
    return two or _code_of_name(text)


def _code_of_name(text: str) -> str:
    """Read a country's name, by the shipped gazetteer alone: an edition that is damaged must not stand in the way of mending it."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.tables import read_countries

    found = read_countries(text, open_gazetteer())
    if len(found) != 1:
        raise typer.BadParameter(f"{text!r} is no country; give a code such as SD or SDN, or a name")
    return found[0]


def _iso3() -> dict[str, str]:
    """Map codes of two letters to codes of three."""
    from wayout.vocab import read_vocab

    codes: dict[str, str] = read_vocab("iso3.yaml")["iso3"]
    return codes


@app.command()
def get(
    what: What,
    countries: Annotated[
        list[str] | None, typer.Argument(metavar="COUNTRY...", help="Codes or names: SY IQ Sudan.", show_default=False)
    ] = None,
    base: Annotated[
        str | None, typer.Option("--from", metavar="URL|FOLDER", help="A mirror or folder instead of the publisher's.")
    ] = None,
    bbox: Annotated[
        str | None, typer.Option("--bbox", metavar="W,S,E,N", help="Relief of a window, degrees, instead of countries.")
    ] = None,
    resolution: Annotated[
        Literal["90", "30"], typer.Option("--resolution", help="Relief: Copernicus DEM of 90 m or 30 m.")
    ] = "90",
    boundaries: Annotated[
        str | None,
        typer.Option("--boundaries", metavar="FILE|URL", help="Boundaries with P-codes instead of OCHA's on HDX."),
    ] = None,
    hdx: Annotated[str | None, typer.Option("--hdx", metavar="URL", help="Another CKAN catalogue than HDX.")] = None,
    no_boundaries: Annotated[bool, typer.Option("--no-boundaries", help="Places only.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Get public data of a country.

    gazetteer: every named place (GeoNames) with boundaries (OCHA). roads: OpenStreetMap's, from Geofabrik. relief: the
    Copernicus DEM. Land cover is not got: add a file of your own.
    """
    codes = list(dict.fromkeys(_code(country) for country in countries or ()))
    if bbox is not None and (what != "relief" or codes):
        raise typer.BadParameter("--bbox is for relief, in place of countries")
    if what == "landcover":
        raise typer.BadParameter("land cover is not got; add a file: `wayout data add landcover FILE`")
    if not codes and bbox is None:
        raise typer.BadParameter("name at least one country, by code or name")
    if what == "gazetteer":
        _get_gazetteers(codes, base, boundaries, hdx, with_boundaries=not no_boundaries, as_json=as_json)
    else:
        get_ground(what, codes, _data_folder(), base=base, bbox=bbox, resolution_m=int(resolution), as_json=as_json)


def _get_gazetteers(
    codes: list[str], base: str | None, boundaries: str | None, hdx: str | None, *, with_boundaries: bool, as_json: bool
) -> None:
    from wayout.cli.data_get import GEONAMES, HDX, GetOptions, Got, get_country
    from wayout.errors import InputError, SourceError

    if boundaries is not None and len(codes) > 1:
        raise typer.BadParameter("--boundaries is for one country; call the command once for each")
    options = GetOptions(
        base=base or GEONAMES,
        hdx=hdx or HDX,
        boundaries=boundaries,
        with_boundaries=with_boundaries,
        tell=tell_bytes,
    )
    iso3, folder = _iso3(), _folder()
    done: list[Got] = []
    for code in codes:
        try:
            done.append(get_country(code, iso3[code], folder, options))
        except (InputError, OSError) as error:
            tell(f"{code}: {error}")
        else:
            for note in done[-1].notes:
                tell(f"{code}: {note}")
    _show((got.edition for got in done), as_json)
    if len(done) < len(codes):
        raise SourceError(f"{len(codes) - len(done)} of {len(codes)} gazetteers could not be made; see the lines above")


@app.command()
def add(
    what: What,
    file: Annotated[
        Path,
        typer.Argument(
            help="gazetteer: CSV with a header row, or GeoJSON points. roads: .osm.pbf, GeoPackage, Shapefile, GeoJSON. "
            "relief, landcover: GeoTIFF.",
            show_default=False,
        ),
    ],
    country: Annotated[
        str | None, typer.Option("--country", help="gazetteer: the list's country, a code or a name.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="COLUMN", help="gazetteer: column of the names.")
    ] = None,
    lat: Annotated[
        str | None, typer.Option("--lat", metavar="COLUMN", help="gazetteer: column of the latitudes, degrees.")
    ] = None,
    lon: Annotated[
        str | None, typer.Option("--lon", metavar="COLUMN", help="gazetteer: column of the longitudes, degrees.")
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="COLUMN", help="gazetteer: column of further names; repeat for several."),
    ] = None,
    pcode: Annotated[
        str | None, typer.Option("--pcode", metavar="COLUMN", help="gazetteer: column of place codes.")
    ] = None,
    kind: Annotated[
        Literal["populated_place", "installation", "crossing"],
        typer.Option("--kind", help="gazetteer: what the places are."),
    ] = "populated_place",
    class_column: Annotated[
        str | None, typer.Option("--class-column", metavar="COLUMN", help="roads: column of the road classes.")
    ] = None,
    legend: Annotated[
        Literal["igbp", "worldcover"] | None,
        typer.Option("--legend", help="landcover: legend of the classes; default: told from them."),
    ] = None,
    called: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Name it is kept under; default: the file's.")
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Terms of the file, kept in the record.")] = "not stated",
    as_json: AsJson = False,
) -> None:
    """Add a file of your own: places with names and coordinates, roads, relief, land cover."""
    if what == "gazetteer":
        if country is None or name is None:
            raise typer.BadParameter("a list of places needs --country and --name")
        columns = {"name": name, "lat": lat, "lon": lon, "also": tuple(also or ()), "pcode": pcode}
        _add_list(file, _code(country), columns, kind, called, licence, as_json=as_json)
    else:
        add_ground(
            what,
            file,
            _data_folder(),
            called or _slug(file.name.split(".")[0]),
            licence=licence,
            class_column=class_column,
            legend=legend,
            as_json=as_json,
        )


def _add_list(
    file: Path,
    country: str,
    columns: dict[str, Any],
    kind: PlaceKind,
    called: str | None,
    licence: str,
    *,
    as_json: bool,
) -> None:
    from datetime import UTC, datetime

    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.looking_up.editions import EditionSource, edition_path, file_sha256, write_edition
    from wayout.locate.looking_up.place_list import MAX_BYTES, ListColumns, read_place_list

    called = called or f"{country}-{_slug(file.stem)}"
    if called.upper() in _iso3():
        raise typer.BadParameter(f"--as {called}: a country's code names its full gazetteer; give another name")
    own = edition_path(_folder(), called)
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    gazetteer = open_gazetteer(tuple(path for path in data_settings().editions if path != own))
    found = read_place_list(
        content,
        ListColumns(**columns),
        country,
        kind=kind,
        known=lambda key: (place for place, _ in gazetteer.exact(key)),
    )
    for entry in found.entries:
        entry.source = called
    source = EditionSource(
        title=f"list {file.name}",
        address=str(file.absolute()),
        sha256=file_sha256(file),
        retrieved=datetime.now(UTC).date().isoformat(),
        licence=licence,
    )
    edition = write_edition(own.parent, called, found.entries, sources=[source], left_out=found.left_out)
    if found.n_known:
        tell(
            f"{found.n_known:,} of {len(found.entries):,} places were known already: they keep their id and gain the list's names"
        )
    _show([edition], as_json)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List what was added: gazetteers, roads, relief, land cover, with sources, licences, hashes."""
    from wayout.ground_files.added import read_added
    from wayout.locate.looking_up.editions import read_editions

    editions, ground = read_editions(_folder()), read_added(_data_folder())
    if as_json:
        both = {"editions": _records(editions), "ground": ground_records(ground)}
        typer.echo(json.dumps(both, ensure_ascii=False))
        return
    if not editions and not ground:
        tell(f"nothing was added yet in {_data_folder()}; `wayout data get gazetteer SD` gets a country's places")
    _show(editions, as_json=False)
    show_ground(ground, as_json=False)


@app.command()
def remove(
    what: What,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names, as listed.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Remove what was added; downloads that it was made from stay in the data folder."""
    from wayout.locate.looking_up.editions import remove_edition

    if what == "gazetteer":
        removed = [remove_edition(_folder(), name).stem for name in names]
    else:
        removed = remove_ground(what, names, _data_folder())
    typer.echo(json.dumps({"removed": removed}) if as_json else f"removed: {', '.join(removed)}")


def _data_folder() -> Path:
    folder = data_settings().folder
    assert folder is not None  # noqa: S101 - the command line always has one
    return folder


def _folder() -> Path:
    return _data_folder() / "gazetteer"


def _slug(stem: str) -> str:
    """Turn a file's name into letters, digits and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40] or "list"


def _show(editions: Iterable[Any], as_json: bool) -> None:
    """Print editions, a block each, or as JSON."""
    records = _records(editions)
    if as_json:
        typer.echo(json.dumps({"editions": records}, ensure_ascii=False))
        return
    for record in records:
        for line in edition_lines(record):
            typer.echo(safe(line))


def _records(editions: Iterable[Any]) -> list[dict[str, Any]]:
    from dataclasses import asdict

    return [{**asdict(e), "path": str(e.path)} for e in editions]
