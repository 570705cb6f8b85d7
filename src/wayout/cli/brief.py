"""`wayout brief`: reports in, a brief that can be checked out."""

import json
from typing import Annotated, Literal

import typer

from wayout.cli.options import (
    Area,
    AsJson,
    At,
    OutFolder,
    PartyName,
    Within,
    aware,
    tell_progress,
)
from wayout.cli.store_option import SourcesOrStore, StorePlace, refuse_both


def brief(
    party: PartyName,
    area: Area,
    out: OutFolder,
    sources: SourcesOrStore = None,
    store: StorePlace = None,
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
    from wayout.cli.asking import Asked, ask
    from wayout.cli.data_folder import data_settings
    from wayout.manifest import make_manifest
    from wayout.model.as_json import as_json as to_json
    from wayout.publish.to_terminal import print_exits
    from wayout.publish.write import write_brief
    from wayout.question import Request
    from wayout.settings import Settings

    refuse_both(sources, store)
    settings = Settings(seed=seed, data=data_settings())
    request = Request(party=party, area=area, within=within, at=aware(at), aim=aim)
    findings = ask(Asked(sources=tuple(sources or ()), store=store), request, settings)
    tell_progress("PUBLISH")
    page = write_brief(findings, out, make_manifest(findings, request, settings))
    if as_json:
        typer.echo(json.dumps(to_json(findings.reach.exits), ensure_ascii=False))
    else:
        print_exits(findings)
        typer.echo(f"\nThe brief: {page}")
