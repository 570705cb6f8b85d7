"""What `wayout data` prints: records as lines, notes and progress."""

import sys
from typing import Any

import typer

from wayout.cli.terminal_text import safe


def tell(message: str) -> None:
    """Print a note for the user, not for a pipe."""
    typer.echo(f"wayout: {safe(message)}", err=True)


def tell_bytes(name: str, n: int, total: int | None) -> None:
    """Show how far a download is, on a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if total is not None and n >= total else ""
        of = f" of {total / 1e6:.1f}" if total else ""
        sys.stderr.write(f"\r  {name}: {n / 1e6:.1f}{of} MB {end}")
        sys.stderr.flush()


def tell_progress(what: str) -> None:
    """Show how far a conversion is, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  converting: {what}   ")
        sys.stderr.flush()


def edition_lines(record: dict[str, Any]) -> list[str]:
    """Say in lines what an edition of the gazetteer holds."""
    size = "" if record["n_places"] is None else f"{record['n_places']:,} places, {record['n_names']:,} names"
    lines = [f"{record['name']}  {record['country'] or '?'}  {size}{_state(record)}", *_source_lines(record["sources"])]
    lines += [f"    left out: {n:,} {reason}" for reason, n in (record["left_out"] or {}).items()]
    return [*lines, f"    edition sha256 {record['sha256'][:16]}"]


def ground_lines(record: dict[str, Any]) -> list[str]:
    """Say in lines what a file of the ground holds."""
    holds = record["holds"]
    if "by_class" in holds:
        size = ", ".join(f"{n:,} {name}" for name, n in holds["by_class"].items())
    elif holds:
        legend = f", legend {holds['legend']}" if "legend" in holds else ""
        size = f"{holds['rows']:,} x {holds['cols']:,} cells, {holds['p_known']:.0%} known{legend}"
    else:
        size = ""
    where = "" if record["bounds"] is None else "{:.2f},{:.2f} to {:.2f},{:.2f}".format(*record["bounds"])
    lines = [f"{record['name']}  {record['kind']}  {where}{_state(record)}", *([f"    {size}"] if size else [])]
    lines += _source_lines(record["sources"])
    return [*lines, *(f"    {note}" for note in record["notes"]), f"    file sha256 {record['sha256'][:16]}"]


def _state(record: dict[str, Any]) -> str:
    return "" if record["whole"] else "  (the file is not the one recorded: get or add it again)"


def _source_lines(sources: list[dict[str, str]]) -> list[str]:
    return [
        line
        for source in sources
        for line in (
            f"    {source['title']}, {source['retrieved']}, {source['licence']}",
            f"    {source['address']}  sha256 {source['sha256'][:16]}",
        )
    ]
