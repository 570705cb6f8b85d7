"""`wayout locate --csv`: a sheet in, the same sheet with places and doubt out; rows stream, no row is lost."""

import csv
import io
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import typer

from wayout.cli.sheet import Sheet, open_bytes
from wayout.cli.users_gazetteer import users_gazetteer
from wayout.engine.on_one_machine import n_cores, spread
from wayout.locate.table_cells import COLUMNS, Cells, unlocated_cells
from wayout.locate.tables import Layout, Query, RowLocator, stream_rows

MANY_ROWS = 3_000
"""Rows from which further processes are worth starting."""
TOLD_EVERY_S = 1.0
SUFFIX = "_found"
"""Added to a column of ours whose name the sheet has already."""
NUMBERS = frozenset({"lat", "lon", "where_prec", "radius50_km", "radius90_km", "likelihood"})
_FORMULA = re.compile(r"[=+\-@\t\r]")
_PLAIN = re.compile(r"[+-]?[\d.,\s\u00a0\u202f]*%?|-+|[+-]?\d[\d\s().\-/:]*|[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
"""Beginnings that spreadsheets take for formulas, and what opens so but is a number, a date, a telephone number or a dash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """What the user asked of a table: where it is, its columns by name, where to write, how to read and write it."""

    source: str
    column: str | None
    country_column: str | None = None
    countries: tuple[str, ...] = ()
    division_columns: tuple[str, ...] = ()
    out: str | None = None
    as_geojson: bool = False
    codec: str | None = None
    delimiter: str | None = None
    header: bool = True
    keep_formulas: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the rows."""

    rows: int = 0
    prec: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, cells: Cells) -> None:
        """Count one row."""
        self.rows += 1
        if cells[0]:
            self.prec[cells[_PREC]] += 1
        else:
            self.reasons[_reason_kind(cells[-1])] += 1


_PREC = COLUMNS.index("where_prec")


def locate_table(request: TableRequest) -> Tally:
    """
    Locate every row of a sheet and write it out.

    Parameters
    ----------
    request
        What the user asked.

    Returns
    -------
    tally
        Counts; they are told on standard error too.

    Raises
    ------
    SourceError
        If the sheet is empty or no text.
    typer.BadParameter
        If a column or a country is not known, or the sheet would be written over itself.
    """
    _check_out(request)
    with open_bytes(request.source) as stream:
        name = "standard input" if request.source == "-" else request.source
        sheet = Sheet(stream, name, codec=request.codec, delimiter=request.delimiter, header=request.header)
        layout = _layout(sheet, request)
        fixed = _fixed_countries(request.countries)
        added = added_names(sheet.columns)
        tally = Tally()
        rows = sheet.rows()
        first = list(islice(rows, MANY_ROWS))
        n_processes = n_cores() if len(first) == MANY_ROWS else 1
        located = stream_rows(chain(first, rows), layout, lambda batches: _ask(batches, fixed, n_processes))
        with _opened(request, sheet) as target:
            write = _write_geojson if request.as_geojson else _write_csv
            write(_counted(located, tally), target, (*sheet.columns, *added), sheet, request)
    _tell(tally, sheet, added)
    return tally


def added_names(columns: Sequence[str]) -> tuple[str, ...]:
    """
    Name our columns so that none takes the name of one of the sheet's.

    Examples
    --------
    >>> added_names(["country", "place"])[6]
    'country_found'
    """
    taken = {c.casefold() for c in columns}
    names = []
    for own in COLUMNS:
        name = own
        while name.casefold() in taken:
            name += SUFFIX
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def guarded(cell: str) -> str:
    """
    Keep a spreadsheet program from running a cell as a formula: an apostrophe goes before it.

    Numbers, dates, telephone numbers and dashes stay as they are.

    Parameters
    ----------
    cell
        Any cell.

    References
    ----------
    OWASP, "CSV Injection".

    Examples
    --------
    >>> guarded("=1+1"), guarded("-33.5"), guarded("Goma"), guarded("@SUM(A1)")
    ("'=1+1", '-33.5', 'Goma', "'@SUM(A1)")
    """
    if not cell or not _FORMULA.match(cell) or _PLAIN.fullmatch(cell):
        return cell
    return f"'{cell}"


def _ask(batches: Iterable[tuple[Query, ...]], countries: Sequence[str], n_processes: int) -> Iterator[list[Cells]]:
    def make_work() -> Callable[[tuple[Query, ...]], list[Cells]]:
        locator = RowLocator(users_gazetteer(), countries)

        def answer(query: Query) -> Cells:
            try:
                return locator.answer(query)
            except Exception as error:
                return unlocated_cells(f"our own fault ({type(error).__name__}: {error}); please report it")

        return lambda queries: [answer(query) for query in queries]

    return spread(make_work, batches, n_processes)


def _counted(located: Iterable[tuple[list[str], Cells]], tally: Tally) -> Iterator[tuple[list[str], Cells]]:
    """Count rows as they pass, and tell how many on a terminal."""
    told = time.monotonic()
    shown = sys.stderr.isatty()
    for row, cells in located:
        tally.add(cells)
        yield row, cells
        if shown and tally.rows % 1000 == 0 and time.monotonic() - told > TOLD_EVERY_S:
            told = time.monotonic()
            typer.echo(f"\r  LOCATE {tally.rows:,} rows ...", err=True, nl=False)
    if shown:
        typer.echo("\r\x1b[K", err=True, nl=False)


def _write_csv(
    located: Iterable[tuple[list[str], Cells]],
    target: IO[str],
    names: Sequence[str],
    sheet: Sheet,
    request: TableRequest,
) -> None:
    writer = csv.writer(target, delimiter=sheet.form.delimiter, lineterminator=sheet.form.line_end)
    keep = request.keep_formulas
    writer.writerow(names if keep else [guarded(n) for n in names])
    for row, cells in located:
        writer.writerow((*(row if keep else map(guarded, row)), *map(guarded, cells)))


def _write_geojson(
    located: Iterable[tuple[list[str], Cells]],
    target: IO[str],
    names: Sequence[str],
    sheet: Sheet,
    request: TableRequest,
) -> None:
    target.write('{"type":"FeatureCollection","features":[')
    opening = "\n"
    for row, cells in located:
        properties: dict[str, Any] = dict(zip(names, (*row, *cells), strict=True))
        for name, own in zip(names[len(row) :], COLUMNS, strict=True):
            if own in NUMBERS:
                properties[name] = float(properties[name]) if properties[name] else None
            else:
                properties[name] = properties[name] or None
        geometry = {"type": "Point", "coordinates": [float(cells[1]), float(cells[0])]} if cells[0] else None
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        target.write(opening + json.dumps(feature, ensure_ascii=False))
        opening = ",\n"
    target.write("\n]}\n")


def _layout(sheet: Sheet, request: TableRequest) -> Layout:
    if request.column is None and len(sheet.columns) > 1:
        raise typer.BadParameter(
            f"which column holds the places? give --column with one of: {', '.join(sheet.columns)}"
        )
    country = request.country_column
    return Layout(
        place=_column(sheet, request.column, "--column") if request.column is not None else 0,
        country=_column(sheet, country, "--country-column") if country is not None else None,
        divisions=tuple(_column(sheet, name, "--admin-column") for name in request.division_columns),
        width=len(sheet.columns),
    )


def _column(sheet: Sheet, name: str, option: str) -> int:
    """Find a column by name, whatever its case, or by number from 1."""
    folded = [c.casefold() for c in sheet.columns]
    wanted = name.strip().casefold()
    if name in sheet.columns:
        return sheet.columns.index(name)
    if wanted in folded:
        return folded.index(wanted)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(folded):
        return int(wanted) - 1
    near = get_close_matches(wanted, folded, 1)
    hint = f"; did you mean {sheet.columns[folded.index(near[0])]!r}?" if near else ""
    raise typer.BadParameter(
        f"{sheet.name} has no column {name!r} ({option}); its columns are: {', '.join(sheet.columns)}{hint}"
    )


def _fixed_countries(names: Sequence[str]) -> tuple[str, ...]:
    from wayout.cli.country_codes import country_codes

    return country_codes(names)


def _check_out(request: TableRequest) -> None:
    if request.out is None or request.out == "-":
        return
    out, source = Path(request.out), Path(request.source)
    if request.source != "-" and out.exists() and source.exists() and out.samefile(source):
        raise typer.BadParameter(f"{request.out} is the sheet itself; give -o another file")
    if out.is_dir():
        raise typer.BadParameter(f"{request.out} is a folder; give -o the name of a file")
    if not out.absolute().parent.is_dir():
        raise typer.BadParameter(f"{out.parent} is no folder; make it first, or give -o a file elsewhere")


@contextmanager
def _opened(request: TableRequest, sheet: Sheet) -> Iterator[IO[str]]:
    """Open what is written to; a file takes its name only when it is complete, or holds the rows done when interrupted."""
    codec = "utf-8" if request.as_geojson or not (sheet.form.marked or sheet.form.codec not in _UTF8) else "utf-8-sig"
    if request.out is None or request.out == "-":
        target = io.TextIOWrapper(sys.stdout.buffer, encoding=codec, errors="replace", newline="", write_through=False)
        try:
            yield target
            target.flush()
        finally:
            target.detach()
        return
    out = Path(request.out)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding=codec, errors="replace", newline="") as target:
            yield target
    except KeyboardInterrupt:
        part.replace(out)
        typer.echo(f"\nwayout: interrupted; {out} holds the rows that were done", err=True)
        raise
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(out)


_UTF8 = frozenset({"utf-8", "utf-8-sig", "ascii"})
_REASONS = (
    ("the cell is empty", "the cell is empty"),
    ("stands for no place", "the cell says that there is no place"),
    ("known only outside", "known only outside the row's country or division"),
    ("no place named", "no place of that name is known"),
    ("our own fault", "our own fault"),
)


def _reason_kind(why: str) -> str:
    return next((told for sign, told in _REASONS if sign in why), "not a phrase that can be read")


def _tell(tally: Tally, sheet: Sheet, added: Sequence[str]) -> None:
    """Tell on standard error what became of the rows."""
    from wayout.cli.where_prec import PREC_WORDS

    n = sum(tally.prec.values())
    share = f" ({100 * n / tally.rows:.0f}%)" if tally.rows else ""
    typer.echo(f"wayout: {n:,} of {tally.rows:,} rows located{share}", err=True)
    for prec, count in sorted(tally.prec.items()):
        typer.echo(f"  {count:>9,}  where_prec {prec}: {PREC_WORDS[int(prec)]}", err=True)
    for reason, count in tally.reasons.most_common():
        typer.echo(f"  {count:>9,}  not located: {reason}", err=True)
    if sheet.n_ragged:
        typer.echo(f"  {sheet.n_ragged:>9,}  rows had more or fewer cells than the header; see the how-to", err=True)
    renamed = [name for name, own in zip(added, COLUMNS, strict=True) if name != own]
    if renamed:
        typer.echo(f"  the sheet has columns of our names; ours are called {', '.join(renamed)}", err=True)
