"""A situation file to start from: small, made up, and explained in its own words."""

import json

TEMPLATE = {
    "type": "FeatureCollection",
    "_how": [
        "Draw this in any map program (QGIS, geojson.io); positions are [longitude, latitude].",
        "Every feature carries a role: source, barrier, checkpoint, exit (a way out) or destination (to get in).",
        "A barrier needs p_closed: the probability (0 to 1) that it stops the party. An area closes its ground, a line its crossing.",
        "It may carry delay_h (hours lost where it can be passed), group (barriers that stand or fall together), kind, blocks, "
        "valid_from, valid_to, why.",
        "A point stands for a disc of radius_km (3 km). Leave the exits out, and the directions, borders and provinces are looked at.",
        "Keys that begin with _ are for people. Run: wayout move FILE.geojson --html page.html",
    ],
    "question": {
        "title": "Made up: a way out of Mongu?",
        "note": "A made-up situation on real ground (western Zambia); it describes nothing that happened.",
        "party": "civilians",
        "within": "14d",
    },
    "features": [
        {
            "type": "Feature",
            "properties": {"role": "source", "name": "Mongu", "radius_km": 5},
            "geometry": {"type": "Point", "coordinates": [23.13, -15.25]},
        },
        {
            "type": "Feature",
            "properties": {
                "role": "barrier",
                "name": "the eastern front",
                "p_closed": 0.7,
                "kind": "hostile_operation",
                "why": "two reports of shelling, one of them doubtful",
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[23.4, -15.7], [23.7, -15.7], [23.7, -14.8], [23.4, -14.8], [23.4, -15.7]]],
            },
        },
        {
            "type": "Feature",
            "properties": {
                "role": "checkpoint",
                "name": "checkpoint on the southern road",
                "delay_h": 6,
                "radius_km": 4,
            },
            "geometry": {"type": "Point", "coordinates": [23.25, -15.6]},
        },
        {
            "type": "Feature",
            "properties": {"role": "exit", "name": "Kaoma"},
            "geometry": {"type": "Point", "coordinates": [24.8, -14.78]},
        },
        {
            "type": "Feature",
            "properties": {"role": "exit", "name": "Senanga"},
            "geometry": {"type": "Point", "coordinates": [23.3, -16.1]},
        },
    ],
}


def template_text() -> str:
    """Write the template as GeoJSON that `wayout move` takes as it is."""
    return json.dumps(TEMPLATE, ensure_ascii=False, indent=2) + "\n"
