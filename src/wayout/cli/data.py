"""`wayout data`: full gazetteers of countries and lists of one's own, beside the shipped places."""

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from wayout.cli.data_folder import data_settings
from wayout.cli.options import AsJson
from wayout.cli.terminal_text import safe
from wayout.model import PlaceKind

app = typer.Typer(no_args_is_help=True, help="Add places to the shipped gazetteer, list and remove what was added.")


def _kind_of_data(context: typer.Context, value: str) -> str:
    """Refuse what is no kind of data: the word is easily forgotten before a file or a country."""
    if value != "gazetteer":
        raise typer.BadParameter(
            f"{value!r} is no kind of data; gazetteers are the only one: `wayout data {context.info_name} gazetteer ...`"
        )
    return value


What = Annotated[
    str,
    typer.Argument(metavar="gazetteer", help="The kind of data.", show_default=False, callback=_kind_of_data),
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
        list[str], typer.Argument(metavar="COUNTRY...", help="Codes or names: SY IQ Sudan.", show_default=False)
    ],
    base: Annotated[
        str | None,
        typer.Option("--from", metavar="URL|FOLDER", help="A mirror or folder with XX.zip instead of geonames.org."),
    ] = None,
    boundaries: Annotated[
        str | None,
        typer.Option("--boundaries", metavar="FILE|URL", help="Boundaries with P-codes instead of OCHA's on HDX."),
    ] = None,
    hdx: Annotated[str | None, typer.Option("--hdx", metavar="URL", help="Another CKAN catalogue than HDX.")] = None,
    no_boundaries: Annotated[bool, typer.Option("--no-boundaries", help="Places only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Get every named place of a country: GeoNames' full dump, and OCHA's boundaries with P-codes."""
    from wayout.cli.data_get import GEONAMES, HDX, GetOptions, Got, get_country
    from wayout.errors import InputError, SourceError

    codes = list(dict.fromkeys(_code(country) for country in countries))
    if boundaries is not None and len(codes) > 1:
        raise typer.BadParameter("--boundaries is for one country; call the command once for each")
    options = GetOptions(
        base=base or GEONAMES,
        hdx=hdx or HDX,
        boundaries=boundaries,
        with_boundaries=not no_boundaries,
        tell=_tell_bytes,
    )
    iso3, folder = _iso3(), _folder()
    done: list[Got] = []
    for code in codes:
        try:
            done.append(get_country(code, iso3[code], folder, options))
        except (InputError, OSError) as error:
            _tell(f"{code}: {error}")
        else:
            for note in done[-1].notes:
                _tell(f"{code}: {note}")
    _show((got.edition for got in done), as_json)
    if len(done) < len(codes):
        raise SourceError(f"{len(codes) - len(done)} of {len(codes)} gazetteers could not be made; see the lines above")


@app.command()
def add(
    what: What,
    file: Annotated[Path, typer.Argument(help="CSV with a header row, or GeoJSON points.", show_default=False)],
    country: Annotated[str, typer.Option("--country", callback=_code, help="Its country: a code or a name.")],
    name: Annotated[str, typer.Option("--name", metavar="COLUMN", help="Column of the names.")],
    lat: Annotated[
        str | None, typer.Option("--lat", metavar="COLUMN", help="Column of the latitudes, degrees.")
    ] = None,
    lon: Annotated[
        str | None, typer.Option("--lon", metavar="COLUMN", help="Column of the longitudes, degrees.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option("--also", metavar="COLUMN", help="Column of further names; repeat for several.")
    ] = None,
    pcode: Annotated[str | None, typer.Option("--pcode", metavar="COLUMN", help="Column of place codes.")] = None,
    kind: Annotated[
        Literal["populated_place", "installation", "crossing"], typer.Option("--kind", help="What the places are.")
    ] = "populated_place",
    called: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Name of the edition; default: the file's.")
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Terms of the list, kept in the record.")] = "not stated",
    as_json: AsJson = False,
) -> None:
    """Add a list of your own: places with names and coordinates."""
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
    columns = ListColumns(name=name, lat=lat, lon=lon, also=tuple(also or ()), pcode=pcode)
    place_kind: PlaceKind = kind
    found = read_place_list(
        content, columns, country, kind=place_kind, known=lambda key: (place for place, _ in gazetteer.exact(key))
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
        _tell(
            f"{found.n_known:,} of {len(found.entries):,} places were known already: they keep their id and gain the list's names"
        )
    _show([edition], as_json)


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the editions: places, sources, licences, hashes."""
    from wayout.locate.looking_up.editions import read_editions

    editions = read_editions(_folder())
    if not editions and not as_json:
        _tell(f"nothing was added yet in {_folder()}; `wayout data get gazetteer SD` gets a country's places")
    _show(editions, as_json)


@app.command()
def remove(
    what: What,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Editions, as listed.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Remove editions; downloads that they were made from stay in the data folder."""
    from wayout.locate.looking_up.editions import remove_edition

    removed = [remove_edition(_folder(), name).stem for name in names]
    typer.echo(json.dumps({"removed": removed}) if as_json else f"removed: {', '.join(removed)}")


def _folder() -> Path:
    folder = data_settings().folder
    assert folder is not None  # noqa: S101 - the command line always has one
    return folder / "gazetteer"


def _slug(stem: str) -> str:
    """Turn a file's name into letters, digits and dashes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40] or "list"


def _show(editions: Iterable[Any], as_json: bool) -> None:
    """Print editions, a block each, or as JSON."""
    from dataclasses import asdict

    records = [{**asdict(e), "path": str(e.path)} for e in editions]
    if as_json:
        typer.echo(json.dumps({"editions": records}, ensure_ascii=False))
        return
    for r in records:
        size = "" if r["n_places"] is None else f"{r['n_places']:,} places, {r['n_names']:,} names"
        state = "" if r["whole"] else "  (the file is not the one recorded: get or add it again)"
        typer.echo(safe(f"{r['name']}  {r['country'] or '?'}  {size}{state}"))
        for source in r["sources"]:
            typer.echo(safe(f"    {source['title']}, {source['retrieved']}, {source['licence']}"))
            typer.echo(safe(f"    {source['address']}  sha256 {source['sha256'][:16]}"))
        for reason, n in (r["left_out"] or {}).items():
            typer.echo(safe(f"    left out: {n:,} {reason}"))
        typer.echo(f"    edition sha256 {r['sha256'][:16]}")


def _tell(message: str) -> None:
    typer.echo(f"wayout: {safe(message)}", err=True)


def _tell_bytes(name: str, n: int, total: int | None) -> None:
    """Show how far a download is, on a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if total is not None and n >= total else ""
        of = f" of {total / 1e6:.1f}" if total else ""
        sys.stderr.write(f"\r  {name}: {n / 1e6:.1f}{of} MB {end}")
        sys.stderr.flush()
