"""`wayout read`: documents and their claims."""

import json
import sys
from typing import Any

import typer

from wayout.cli.options import AsJson, At, Sources, aware, collect, tell_miss
from wayout.model import Claim, Document, Miss


def read(sources: Sources, at: At = None, as_json: AsJson = False) -> None:
    """Read sources and print documents and claims: JSON lines in a pipe or with --json, a readable list on a terminal."""
    from wayout.errors import SourceError
    from wayout.reading import read_claims

    pages, unread = collect(sources)
    plain = sys.stdout.isatty() and not as_json
    n_documents = 0
    for reading in read_claims(pages, aware(at)):
        if isinstance(reading, Miss):
            tell_miss(reading)
            continue
        n_documents += 1
        (_print_plain if plain else _print_json)(reading.document, reading.claims)
    if n_documents == 0:
        raise SourceError(f"none of {len(pages) + len(unread)} sources could be read; see the lines above")


def _print_json(document: Document, claims: tuple[Claim, ...]) -> None:
    typer.echo(json.dumps({"record": "document", **_plain_record(document)}, ensure_ascii=False))
    for claim in claims:
        typer.echo(json.dumps({"record": "claim", **_plain_record(claim)}, ensure_ascii=False))


def _plain_record(record: Document | Claim) -> dict[str, Any]:
    from wayout.model.as_json import as_json

    plain: dict[str, Any] = as_json(record)
    return plain


def _print_plain(document: Document, claims: tuple[Claim, ...]) -> None:
    typer.secho(document.title or document.id, bold=True)
    for claim in claims:
        who = claim.attributed_to.name if claim.attributed_to else "the report"
        sides = f"{claim.subject_text or claim.subject or '?'} -> {claim.object_text or claim.object or '-'}"
        where = ", ".join(p.phrase for p in claim.places) or "-"
        typer.echo(f"  {claim.predicate:12} {sides} | {where} | {claim.modality} {claim.certainty:+.0f} | says {who}")
        typer.secho(f"      “{document.quote(claim.evidence[0])}”", dim=True)
    typer.echo("")
