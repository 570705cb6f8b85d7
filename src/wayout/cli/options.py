"""Options that several verbs share, and the parts of a run they make."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.gather import gather
from wayout.model import Findings, Miss
from wayout.read.raw_page import RawPage

Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE...", help="Files, folders, URLs, or - for standard input.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
        help="As of when (UTC); default: the newest report's date.",
    ),
]


def _within(text: str) -> str:
    """Refuse a horizon that cannot be read before any work is done."""
    from wayout.errors import InputError
    from wayout.question import parse_within

    try:
        parse_within(text)
    except InputError as error:
        raise typer.BadParameter(str(error).removeprefix("--within ")) from error
    return text


def _filled(text: str) -> str:
    """Refuse a name without a letter or digit."""
    if not any(c.isalnum() for c in text):
        raise typer.BadParameter("is empty; give a name")
    return text


PartyName = Annotated[
    str,
    typer.Option("--party", callback=_filled, help='Who moves: a group ("Islamic State"), "civilians", "aid convoy".'),
]
Area = Annotated[
    str,
    typer.Option("--in", callback=_filled, help="Where it is (or, for a convoy, must get to), as you would write it."),
]
Within = Annotated[str, typer.Option("--within", callback=_within, help="Time it has: 72h, 14d, 2w.")]


def _can_be_made(folder: Path) -> Path:
    """Refuse a folder inside a file before any work is done."""
    there = next((part for part in folder.absolute().parents if part.exists()), None)
    if there is not None and not there.is_dir():
        raise typer.BadParameter(f"{folder} cannot be made: {there} is a file; give a folder elsewhere")
    return folder


OutFolder = Annotated[
    Path,
    typer.Option("--out", callback=_can_be_made, help="Folder to write into; made if missing.", file_okay=False),
]


def collect(sources: Sequence[str]) -> tuple[list[RawPage], list[Miss]]:
    """Gather every source; what cannot be had is a miss, told on standard error and kept for the brief."""
    pages: list[RawPage] = []
    misses: list[Miss] = []
    found: Iterator[RawPage | Miss] = gather(sources, sys.stdin.buffer)
    for item in found:
        if isinstance(item, Miss):
            misses.append(item)
            tell_miss(item)
        else:
            pages.append(item)
    return pages, misses


def tell_miss(miss: Miss) -> None:
    """Tell what could not be used, in one line on standard error."""
    line = " ".join(f"{miss.what}: {miss.why}".split())
    typer.echo("wayout: " + "".join(c if c.isprintable() else "\ufffd" for c in line), err=True)


def check_read(findings: Findings, sources: Sequence[str]) -> None:
    """
    Refuse to answer from nothing.

    Raises
    ------
    SourceError
        If not one of the sources could be read.
    """
    from wayout.errors import SourceError

    if not findings.documents:
        raise SourceError(f"none of the {len(sources)} sources could be read; see the lines above, and give a report")


def aware(at: datetime | None) -> datetime | None:
    """Read a date given on the command line as UTC."""
    return None if at is None else at.replace(tzinfo=UTC)


def tell_progress(stage: str) -> None:
    """Show the stage on a terminal, nothing in a pipe."""
    if sys.stderr.isatty():
        typer.echo(f"  {stage} ...", err=True)
