"""`wayout locate PHRASE`: a place phrase as a GeoJSON feature with its doubt."""

import json
from typing import Annotated, Any

import typer

from wayout.locate.context import PhraseContext
from wayout.locate.phrases import locate_phrase
from wayout.model import Region
from wayout.model.as_json import as_json, geometry_as_json


def locate(
    phrase: Annotated[str, typer.Argument(help='Where, in words: "between Mopti and Douentza".')],
    country: Annotated[
        list[str] | None, typer.Option("--country", help="Country spoken of (ISO code such as ML); repeat for several.")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help="Area under discussion, for a bare direction.")] = None,
    as_json_line: Annotated[bool, typer.Option("--json", help="One line instead of indented.")] = False,
) -> None:
    """Print a place phrase as a GeoJSON feature with its uncertainty."""
    from wayout.locate.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    countries = {code.strip().upper(): 1.0 / (i + 1) for i, code in enumerate(country or [])}
    context = PhraseContext(countries=countries)
    if area is not None:
        context = PhraseContext(countries=countries, area=locate_phrase(area, gazetteer, context))
    feature = region_feature(locate_phrase(phrase, gazetteer, context))
    typer.echo(json.dumps(feature, ensure_ascii=False, indent=None if as_json_line else 1))


def region_feature(region: Region) -> dict[str, Any]:
    """
    Turn a region into a GeoJSON feature: the best reading is the geometry, all readings with their weights are listed.

    Parameters
    ----------
    region
        A located phrase.

    Returns
    -------
    feature
        Properties: phrase, where_prec, radius_km, method, why, bearing_deg, places, readings.
    """
    properties = {
        "phrase": region.phrase,
        "where_prec": region.where_prec,
        "radius_km": as_json(region.radius_km),
        "method": region.method,
        "why": region.why,
        "bearing_deg": as_json(region.bearing_deg),
        "places": [
            {"id": place.id, "name": place.name, "kind": place.kind, "country": place.country}
            for place in region.places
        ],
        "readings": [
            {
                "weight": as_json(part.weight),
                "place": part.place.id if part.place else None,
                "geometry": geometry_as_json(part.geometry),
            }
            for part in region.parts
        ],
    }
    return {"type": "Feature", "geometry": geometry_as_json(region.geometry), "properties": properties}
