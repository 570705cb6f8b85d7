"""`wayout assess`: the judgement on what a party will do, from reports or from the store, as tables or JSON."""

import json
import sys
from typing import Annotated, Literal

import typer

from wayout.cli.options import Area, AsJson, At, PartyName, Within, aware
from wayout.cli.store_option import SourcesOrStore, StorePlace, refuse_both


def assess(
    party: PartyName,
    area: Area,
    sources: SourcesOrStore = None,
    at: At = None,
    within: Within = "14d",
    aim: Annotated[
        Literal["out", "in"] | None,
        typer.Option("--aim", help="Leave the area, or get in; default: in for an aid convoy, else out."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the barrier draws.")] = 1,
    store: StorePlace = None,
    as_json: AsJson = False,
) -> None:
    """Judge what a party will do: courses with likelihoods, what each report tells, what would flip it, both worlds of each switch."""
    from wayout.cli.asking import Asked, ask
    from wayout.cli.data_folder import data_settings
    from wayout.publish.brief import compose_brief
    from wayout.publish.judgement_to_terminal import judgement_lines, judgement_tables, judgement_text
    from wayout.publish.provenance import check_brief
    from wayout.question import Request
    from wayout.settings import Settings

    refuse_both(sources, store)
    settings = Settings(seed=seed, data=data_settings())
    request = Request(party=party, area=area, within=within, at=aware(at), aim=aim)
    findings = ask(Asked(sources=tuple(sources or ()), store=store), request, settings)
    if as_json:
        from wayout.publish.to_json import assessment_json

        typer.echo(json.dumps(assessment_json(findings, settings.floor_km), ensure_ascii=False))
        return
    if not sys.stdout.isatty():
        typer.echo(judgement_text(findings), nl=False)
        return
    from wayout.cli.read import open_console

    brief = compose_brief(findings, settings.floor_km)
    check_brief(brief, findings)
    console = open_console()
    for table in judgement_tables(findings):
        console.print(table)
    for line in judgement_lines(brief):
        console.print(line, markup=False, highlight=False)
