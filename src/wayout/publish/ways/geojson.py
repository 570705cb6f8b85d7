"""Write an answer of `wayout move` as GeoJSON: sources, exits, routes, corridors, barriers, and how it was made."""

from typing import Any

from shapely.geometry.base import BaseGeometry

from wayout.geo.floor import FLOOR_KM
from wayout.model import Barrier, Exit
from wayout.model.as_json import as_json, geometry_as_json
from wayout.publish.coarsen import coarsen
from wayout.publish.ways.table import worth_finding_out
from wayout.publish.ways.told import ToldWays, exit_before, told_exits
from wayout.stats.likelihood import likelihood_term


def ways_geojson(told: ToldWays) -> dict[str, Any]:
    """
    Turn an answer into a feature collection.

    What the user drew keeps his coordinates; what was worked out (routes, corridors, the ground of directions, borders and
    provinces) is snapped to a grid no finer than the floor.

    Parameters
    ----------
    told
        An answer.

    Returns
    -------
    collection
        GeoJSON (RFC 7946), described by ``docs/reference/move.geojson.schema.json``; the same answer gives the same bytes.
    """
    reach, question = told.reach, told.question
    exits = told_exits(told)
    features = [_feature("source", f"source:{s.name}", s.name, s.geometry, {}) for s in told.sources]
    for exit_ in exits:
        features.append(_exit(told, exit_))
    for exit_ in exits:
        features += _ways(exit_)
    features += [_barrier(told, b) for b in told.barriers]
    return {
        "type": "FeatureCollection",
        "title": told.title,
        "note": told.note,
        "question": {
            "party": question.party.kind,
            "profile": question.party.mobility.name,
            "aim": told.aim,
            "at": question.at.date().isoformat() if told.dated else None,
            "within_h": as_json(question.within_h),
        },
        "changes": as_json(told.changes),
        "warnings": list(told.warnings),
        "floor_km": FLOOR_KM,
        "cell_km": as_json(reach.cell_km),
        "n_draws": reach.n_draws,
        "layers": list(reach.layers),
        "check": as_json(reach.check),
        "made_by": as_json(told.made_by),
        "features": features,
    }


def _feature(
    layer: str, identity: str, name: str, geometry: BaseGeometry, properties: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": identity,
        "geometry": geometry_as_json(geometry),
        "properties": {"layer": layer, "name": name, **properties},
    }


def _exit(told: ToldWays, exit_: Exit) -> dict[str, Any]:
    drawn = next((p.geometry for p in told.places if p.name == exit_.name), None)
    before = exit_before(told, exit_)
    kept = {
        key: as_json(getattr(exit_, key))
        for key in (
            "kind",
            "toward",
            "bearing_deg",
            "p_reach",
            "p_low",
            "p_high",
            "travel_time_h_p10",
            "travel_time_h_p50",
            "travel_time_h_p90",
            "travel_time_h_intervals",
            "reach_curve",
            "deciding",
            "sealed_by",
        )
    }
    geometry = coarsen(exit_.geometry, FLOOR_KM) if drawn is None else drawn
    likelihood = likelihood_term(exit_.p_reach)
    more = {"likelihood": likelihood, "p_reach_before": None if before is None else as_json(before.p_reach)}
    return _feature("exit", exit_.id, exit_.name, geometry, {**kept, **more})


def _ways(exit_: Exit) -> list[dict[str, Any]]:
    """Make the route and the corridor of an exit."""
    shared = {"exit": exit_.id, "p_reach": as_json(exit_.p_reach)}
    made = []
    for layer, shape in (("route", exit_.route), ("corridor", exit_.corridor)):
        if shape is not None and not shape.is_empty:
            made.append(_feature(layer, f"{layer}:{exit_.id}", exit_.name, coarsen(shape, FLOOR_KM), shared))
    return made


def _barrier(told: ToldWays, barrier: Barrier) -> dict[str, Any]:
    decides = [
        {
            "exit": e.id,
            **{key: as_json(getattr(d, key)) for key in ("importance", "p_reach_if_open", "p_reach_if_closed")},
        }
        for e in told_exits(told)
        for d in e.deciding
        if d.barrier == barrier.id
    ]
    worth = worth_finding_out(told, barrier)
    properties = {
        "kind": dict(told.kind_words).get(barrier.id, barrier.kind),
        "p_closed": as_json(barrier.p_closed),
        "delay_h": as_json(barrier.delay_h),
        "group": barrier.group,
        "blocks": list(barrier.blocks),
        "valid_from": as_json(barrier.valid_from),
        "valid_to": as_json(barrier.valid_to),
        "is_prior": barrier.is_prior,
        "importance": max((d["importance"] for d in decides), default=None),
        "value_of_information": None if worth is None else as_json(worth[0]),
        "decides": decides,
        "seals": [e.id for e in told_exits(told) if barrier.id in (e.sealed_by or ())],
    }
    return _feature("barrier", f"barrier:{barrier.id}", barrier.name, barrier.geometry, properties)
