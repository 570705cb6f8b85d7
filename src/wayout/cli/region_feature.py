"""A located phrase as a GeoJSON feature, no finer than the floor."""

from typing import Any

from wayout.geo.floor import FLOOR_KM, snap_to_floor
from wayout.model import Region, Span
from wayout.model.as_json import as_json, geometry_as_json


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
        Properties: phrase, where_prec, radius50_km, radius_km, floor_km, method, why, bearing_deg, places, readings. Geometry is
        snapped to the floor.
    """
    readings = [
        {
            "weight": as_json(part.weight),
            "place": part.place.id if part.place else None,
            "geometry": geometry_as_json(snap_to_floor(part.geometry)),
        }
        for part in region.parts
    ]
    properties = {
        "phrase": region.phrase,
        "where_prec": region.where_prec,
        "radius50_km": as_json(region.radius50_km),
        "radius_km": as_json(region.radius_km),
        "floor_km": FLOOR_KM,
        "method": region.method,
        "why": region.why,
        "bearing_deg": as_json(region.bearing_deg),
        "places": [
            {"id": place.id, "name": place.name, "kind": place.kind, "country": place.country, "pcode": place.pcode}
            for place in region.places
        ],
        "readings": readings,
    }
    return {"type": "Feature", "geometry": readings[0]["geometry"], "properties": properties}


def collection(found: list[tuple[Span, Region]], misses: list[dict[str, str]]) -> dict[str, Any]:
    """
    Turn the regions of a text into a feature collection.

    Parameters
    ----------
    found
        Where each phrase stands (document, start, end) and where it is.
    misses
        Phrases that could not be located, each with ``phrase`` and ``why``.

    Returns
    -------
    collection
        Features in text order, each with its ``span``; ``misses`` beside them.
    """
    features = []
    for span, region in found:
        feature = region_feature(region)
        feature["properties"]["span"] = as_json(span)
        features.append(feature)
    return {"type": "FeatureCollection", "features": features, "misses": misses}
