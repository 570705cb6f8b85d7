"""`wayout situation`: the fused picture as GeoJSON."""

import json

import typer

from wayout.cli.options import (
    Area,
    AsJson,
    At,
    PartyName,
    Sources,
    Within,
    aware,
    check_read,
    collect,
    tell_miss,
    tell_progress,
)


def situation(
    sources: Sources, party: PartyName, area: Area, at: At = None, within: Within = "14d", as_json: AsJson = True
) -> None:
    """Print the fused picture (presence, control, operations, barriers with probabilities) as a GeoJSON feature collection."""
    from wayout.cli.data_folder import data_settings
    from wayout.errors import SourceError
    from wayout.pipeline import analyse
    from wayout.publish.to_geojson import situation_geojson
    from wayout.question import Request
    from wayout.settings import Settings

    pages, _ = collect(sources)
    if not pages:
        raise SourceError("no source could be read; see the lines above, and give at least one page, text file or URL")
    settings = Settings(data=data_settings())
    findings = analyse(pages, Request(party=party, area=area, within=within, at=aware(at)), settings, tell_progress)
    for miss in findings.misses:
        tell_miss(miss)
    check_read(findings, sources)
    typer.echo(json.dumps(situation_geojson(findings, settings.floor_km), ensure_ascii=False))
