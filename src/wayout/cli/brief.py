"""`wayout brief`: reports in, a brief that can be checked out."""

import json
from dataclasses import replace
from typing import Annotated, Literal

import typer

from wayout.cli.options import (
    Area,
    AsJson,
    At,
    OutFolder,
    PartyName,
    Sources,
    Within,
    aware,
    check_read,
    collect,
    tell_miss,
    tell_progress,
)


def brief(
    sources: Sources,
    party: PartyName,
    area: Area,
    out: OutFolder,
    at: At = None,
    within: Within = "14d",
    aim: Annotated[
        Literal["out", "in"] | None,
        typer.Option("--aim", help="Leave the area, or get in; default: in for an aid convoy, else out."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the barrier draws.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Make the brief: which ways are left for a party, how likely, what decides it, on whose words."""
    from wayout.cli.data_folder import data_settings
    from wayout.errors import SourceError
    from wayout.manifest import make_manifest
    from wayout.model.as_json import as_json as to_json
    from wayout.pipeline import analyse
    from wayout.publish.to_terminal import print_exits
    from wayout.publish.write import write_brief
    from wayout.question import Request
    from wayout.settings import Settings

    pages, unread = collect(sources)
    if not pages:
        raise SourceError("no source could be read; see the lines above, and give at least one page, text file or URL")
    settings = Settings(seed=seed, data=data_settings())
    request = Request(party=party, area=area, within=within, at=aware(at), aim=aim)
    findings = analyse(pages, request, settings, tell_progress)
    findings = replace(findings, misses=(*unread, *findings.misses))
    for miss in findings.misses[len(unread) :]:
        tell_miss(miss)
    check_read(findings, sources)
    tell_progress("PUBLISH")
    page = write_brief(findings, out, make_manifest(findings, request, settings))
    if as_json:
        typer.echo(json.dumps(to_json(findings.reach.exits), ensure_ascii=False))
    else:
        print_exits(findings)
        typer.echo(f"\nThe brief: {page}")
