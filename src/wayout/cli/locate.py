"""`wayout locate`: where a phrase is, with its doubt; every place of a text; or a whole sheet of places."""

import json
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wayout.cli.reading_lines import escape_unsafe
from wayout.cli.region_feature import collection, region_feature
from wayout.errors import NotFoundError

if TYPE_CHECKING:
    from rich.console import Console

    from wayout.cli.locate_text import TextPlaces
    from wayout.locate.context import PhraseContext
    from wayout.model import Region

__all__ = ["locate", "region_feature"]

SENTENCE_WORDS = 14
"""A longer phrase is read as text; so is one that ends like a sentence."""
LEAST_SENTENCE = 3
"""Words of the shortest thing that is read as text where it is no phrase."""
_COORDINATES = re.compile(
    r"\s*[-+]?\d+(?:[.,]\d+)?°?\s*[NS]?\s*[,; ]\s*[-+]?\d+(?:[.,]\d+)?°?\s*[EW]?\s*", re.IGNORECASE
)
_PHRASES, _TABLES = "A phrase or a text", "A sheet (CSV)"


def locate(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEXT",
            help='Where, in words: "between Mopti and Douentza"; or a whole sentence.',
            show_default=False,
        ),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(
            "--country",
            help="Country spoken of (code such as ML or MLI, or name); repeat for several.",
            show_default=False,
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option("--area", help="Area under discussion, for a bare direction.", rich_help_panel=_PHRASES),
    ] = None,
    text_file: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="FILE|-",
            help="Find and locate every place phrase of a file, URL or standard input.",
            rich_help_panel=_PHRASES,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT.html", help="Also write a page with the map.", rich_help_panel=_PHRASES),
    ] = None,
    as_json_line: Annotated[
        bool, typer.Option("--json", help="Print GeoJSON on one line, on a terminal too.", rich_help_panel=_PHRASES)
    ] = False,
    csv_file: Annotated[
        str | None,
        typer.Option("--csv", metavar="FILE|-", help="Locate every row of a sheet.", rich_help_panel=_TABLES),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="NAME", help="Its column of place strings.", rich_help_panel=_TABLES),
    ] = None,
    country_column: Annotated[
        str | None,
        typer.Option("--country-column", metavar="NAME", help="Its column of countries.", rich_help_panel=_TABLES),
    ] = None,
    admin_column: Annotated[
        list[str] | None,
        typer.Option(
            "--admin-column",
            metavar="NAME",
            help="Its column of divisions; repeat, largest first.",
            rich_help_panel=_TABLES,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE|-",
            help="Where the sheet goes; default: standard output.",
            rich_help_panel=_TABLES,
        ),
    ] = None,
    geojson: Annotated[
        bool, typer.Option("--geojson", help="Write GeoJSON points instead of CSV.", rich_help_panel=_TABLES)
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", help="Its encoding, where guessing goes wrong (windows-1256).", rich_help_panel=_TABLES
        ),
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", help="Its delimiter: one character, or tab.", rich_help_panel=_TABLES)
    ] = None,
    no_header: Annotated[
        bool, typer.Option("--no-header", help="Its first row is data; columns are numbered.", rich_help_panel=_TABLES)
    ] = False,
    keep_formulas: Annotated[
        bool,
        typer.Option(
            "--keep-formulas",
            help="Do not put an apostrophe before cells that open like a formula.",
            rich_help_panel=_TABLES,
        ),
    ] = False,
) -> None:
    """Locate a phrase, every place of a text, or every row of a sheet: where it is, how sure, and why."""
    # A phrase without quotation marks comes as several words; it means the same.
    text = " ".join(words) if words else None
    _check_one({"TEXT": text, "--text": text_file, "--csv": csv_file})
    _check_together(
        csv_file is not None,
        {"--area": area, "--html": html, "--json": as_json_line},
        {
            "--column": column,
            "--country-column": country_column,
            "--admin-column": admin_column,
            "--out": out,
            "--geojson": geojson,
            "--encoding": encoding,
            "--delimiter": delimiter,
            "--no-header": no_header,
            "--keep-formulas": keep_formulas,
        },
    )
    from wayout.cli.country_codes import country_codes

    codes = country_codes(country or [])
    if csv_file is not None:
        from wayout.cli.locate_table import TableRequest, locate_table

        locate_table(
            TableRequest(
                source=csv_file,
                column=column,
                country_column=country_column,
                countries=codes,
                division_columns=tuple(admin_column or ()),
                out=out,
                as_geojson=geojson or (out or "").lower().endswith((".geojson", ".json")),
                codec=_codec(encoding),
                delimiter=_delimiter(delimiter),
                header=not no_header,
                keep_formulas=keep_formulas,
            )
        )
        return
    _check_words(text)
    _locate_words(text, text_file, _context(codes, area), as_json_line, html)


def _check_words(text: str | None) -> None:
    """Refuse what can be no words for a place: nothing, or the coordinates of a point."""
    if text is not None and not text.strip():
        raise typer.BadParameter('TEXT is empty; give the words that name a place, such as "north of Goma"')
    if text is not None and _COORDINATES.fullmatch(text):
        raise typer.BadParameter(
            f'{text.strip()!r} looks like coordinates; give the words that name a place, such as "north of Goma"'
        )


def _locate_words(
    text: str | None, text_file: str | None, context: "PhraseContext", as_json_line: bool, html: Path | None
) -> None:
    """Locate a phrase; a sentence or a file for each of its places, and so what is no phrase but holds some."""
    if text_file is not None or text is None or _is_text(text):
        _show_text(_places_of(text, text_file, context), as_json_line, html)
        return
    from wayout.cli.users_gazetteer import users_gazetteer
    from wayout.locate.phrases import locate_phrase

    try:
        region = locate_phrase(text, users_gazetteer(), context)
    except NotFoundError:
        if len(text.split()) < LEAST_SENTENCE:
            raise
        places = _places_of(text, None, context)
        if not any(p.found for p in places):
            raise
        _show_text(places, as_json_line, html)
    else:
        _show_phrase(region, as_json_line, html)


def _check_one(sources: dict[str, str | None]) -> None:
    """Refuse a call without anything to locate, or with several things."""
    given = [name for name, value in sources.items() if value is not None]
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(given)} were given; give one of them")
    if not given:
        raise typer.BadParameter("give TEXT, --text FILE or --csv FILE")


def _check_together(is_table: bool, of_phrases: dict[str, object], of_tables: dict[str, object]) -> None:
    """Refuse an option that would be ignored."""
    idle = [name for name, value in (of_phrases if is_table else of_tables).items() if value]
    if idle and is_table:
        raise typer.BadParameter(f"{' and '.join(idle)} cannot be used with --csv; leave it out")
    if idle:
        raise typer.BadParameter(f"{' and '.join(idle)} needs --csv FILE")


def _context(codes: tuple[str, ...], area: str | None) -> "PhraseContext":
    from wayout.locate.context import PhraseContext

    countries = {code: 1.0 / (i + 1) for i, code in enumerate(codes)}
    context = PhraseContext(countries=countries)
    if area is None:
        return context
    from wayout.cli.users_gazetteer import users_gazetteer
    from wayout.locate.phrases import locate_phrase

    return PhraseContext(countries=countries, area=locate_phrase(area, users_gazetteer(), context))


def _is_text(text: str) -> bool:
    """Tell a sentence from a place phrase."""
    words = text.split()
    ends = text.rstrip().endswith((".", "!", "?", ".”", '."', "؟", "。"))
    return "\n" in text.strip() or len(words) > SENTENCE_WORDS or (ends and len(words) > 3)


def _places_of(text: str | None, source: str | None, context: "PhraseContext") -> "list[TextPlaces]":
    from wayout.cli.locate_text import locate_pages
    from wayout.cli.options import collect, tell_progress
    from wayout.errors import SourceError
    from wayout.read.raw_page import RawPage

    if source is not None:
        pages, unread = collect([source])
        if not pages:
            told = "see the line above" if unread else "nothing is there"
            raise SourceError(f"no text could be read from {source}; {told}, and give a text, a page or -")
    else:
        pages = [RawPage(name="TEXT", content=(text or "").encode(), url=None, retrieved=None)]
    tell_progress("LOCATE")
    return locate_pages(pages, context)


def _show_phrase(region: "Region", as_json_line: bool, html: Path | None) -> None:
    if html is not None:
        from wayout.cli.locate_page import write_page

        write_page([(region, 1)], region.phrase, html)
    if as_json_line or not sys.stdout.isatty():
        _print_json(region_feature(region), as_json_line)
        return
    from wayout.cli.render_region import RegionView

    _open_console().print(RegionView(region))


def _show_text(places: "list[TextPlaces]", as_json_line: bool, html: Path | None) -> None:
    found = [pair for place in places for pair in place.found]
    if html is not None:
        from wayout.cli.locate_page import write_text_page

        write_text_page(places, html)
    if as_json_line or not sys.stdout.isatty():
        misses = [{"phrase": p.document.quote(span), "why": why} for p in places for span, why in p.missed]
        _print_json(collection(found, misses), as_json_line)
        return
    from wayout.cli.render_places import PlacesView

    console = _open_console()
    for place in places:
        console.print(PlacesView(place))


def _open_console() -> "Console":
    """Open the terminal; what its encoding does not have is shown as a question mark."""
    from wayout.cli.read import open_console

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return open_console()


def _print_json(record: dict[str, Any], on_one_line: bool) -> None:
    """Print JSON that any terminal and any stream can take: what could steer a terminal is escaped, the rest as far as it can be written."""
    narrow = "utf" not in (sys.stdout.encoding or "ascii").lower()
    text = json.dumps(record, ensure_ascii=narrow, indent=None if on_one_line else 1)
    typer.echo("\n".join(escape_unsafe(line) for line in text.split("\n")))


def _codec(label: str | None) -> str | None:
    """Check an encoding's name before any work is done."""
    if label is None:
        return None
    import codecs

    try:
        found = codecs.lookup(label)
    except LookupError as error:
        raise typer.BadParameter(
            f"{label!r} is no encoding; common ones are utf-8, windows-1252, windows-1256, iso-8859-1"
        ) from error
    if not getattr(found, "_is_text_encoding", True):
        raise typer.BadParameter(f"{label!r} is no encoding of text; give one such as utf-8")
    return found.name


def _delimiter(text: str | None) -> str | None:
    if text is None:
        return None
    meant = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}.get(text.casefold(), text)
    if len(meant) != 1 or meant in '"\r\n':
        raise typer.BadParameter(f"{text!r} is no delimiter; give one character such as ; or the word tab")
    return meant
