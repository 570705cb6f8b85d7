"""`wayout lint`: wording about likelihood that ICD 203 would not let stand."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.options import AsJson

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Text, Markdown or HTML files, or - for standard input.")
]
LARGEST = 50_000_000
"""Bytes; what is longer is no text that somebody wrote."""


def lint(
    files: Files,
    as_json: AsJson = False,
    quoted: Annotated[bool, typer.Option("--quoted", help="Show quoted and reported words too (as info).")] = False,
) -> None:
    """
    Check how a text speaks of likelihood, by ICD 203: a word that does not fit its number, likelihood and confidence in one
    sentence, words without bounds ("cannot be ruled out", "may"), stacked terms, terms outside the table, its two rows mixed.

    Prints FILE:LINE:COLUMN, the rule, the words, and what to write instead. Exit status 0: nothing found; 1: findings (or a file
    could not be read); 2: the call was wrong. Words of others, quoted or reported, never count.
    """
    from wayout.assess.likelihood import lint_text
    from wayout.cli.terminal_text import safe

    n_faults = 0
    for name in files:
        text = _read(name)
        for finding in lint_text(text, html=name.lower().endswith((".html", ".htm", ".xhtml"))):
            n_faults += finding.level == "fault"
            if finding.level == "info" and not quoted:
                continue
            if as_json:
                record = {"file": name, **{field: getattr(finding, field) for field in finding.__slots__}}
                typer.echo(json.dumps(record, ensure_ascii=False))
            else:
                note = "" if finding.level == "fault" else " (another's words)"
                typer.echo(
                    f"{safe(name)}:{finding.line}:{finding.column}: {finding.rule}{note}: "
                    f'"{safe(finding.words)}"; {finding.instead}'
                )
    if n_faults:
        raise typer.Exit(1)


def _read(name: str) -> str:
    """Read a file or standard input as UTF-8; nothing else is guessed, so that columns are right."""
    from wayout.errors import SourceError

    raw = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes_of(Path(name))
    if len(raw) > LARGEST:
        raise SourceError(f"{name}: longer than {LARGEST // 10**6} MB; give a text that somebody wrote")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: byte {error.start} is not UTF-8; save the text as UTF-8 and try again") from error


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
