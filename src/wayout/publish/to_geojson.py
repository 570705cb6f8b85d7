"""Write the situation as GeoJSON: who is where, what is open, what closes a way, who disagrees, and the ways out, each with its evidence."""

from collections.abc import Iterable
from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from wayout.geo.floor import FLOOR_KM
from wayout.model import Actor, Claim, Contradiction, Findings, Situation, Span, content_id
from wayout.model.as_json import as_json, geometry_as_json
from wayout.publish.coarsen import coarsen, published_geometry, published_radii


def situation_geojson(findings: Findings, floor_km: float = FLOOR_KM) -> dict[str, Any]:
    """
    Turn the situation and the exits into a feature collection, coarsened to the floor.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    collection
        GeoJSON (RFC 7946). Every feature has ``layer``, ``name``, ``p`` with its meaning ``p_is``, ``claims`` and
        ``evidence``; the collection names its floor and time.
    """
    maker = _Maker(findings.situation, findings.actors, findings.claims, floor_km)
    features = [maker.source(findings), *maker.situation(), *maker.exits(findings)]
    return _collection(findings.situation, features, floor_km)


def picture_geojson(
    situation: Situation, actors: Iterable[Actor], claims: Iterable[Claim] = (), floor_km: float = FLOOR_KM
) -> dict[str, Any]:
    """
    Turn a situation about which nobody asked which way is open into a feature collection, coarsened to the floor.

    Parameters
    ----------
    situation
        Presence, control, operations, what is open, who disagrees.
    actors
        The actors it names, with their kinds: persons are placed coarsely.
    claims
        The claims that disagree: they give their places and words.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    collection
        As :func:`situation_geojson`, without area and exits.
    """
    return _collection(situation, _Maker(situation, actors, claims, floor_km).situation(), floor_km)


def _collection(situation: Situation, features: list[dict[str, Any]], floor_km: float) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "at": as_json(situation.at),
        "floor_km": floor_km,
        "features": features,
    }


class _Maker:
    """Makes the features of one situation."""

    def __init__(self, situation: Situation, actors: Iterable[Actor], claims: Iterable[Claim], floor_km: float) -> None:
        self._situation = situation
        self._claims = {c.id: c for c in claims}
        self._floor = floor_km
        self._actors: dict[str, Actor] = {a.id: a for a in actors}

    def situation(self) -> list[dict[str, Any]]:
        """Make all that is believed."""
        return [
            *self.presences(),
            *self.controls(),
            *self.operations(),
            *self.ways(),
            *self.barriers(),
            *(self.contradiction(pair) for pair in self._situation.contradictions),
        ]

    def _feature(
        self, layer: str, record: Any, geometry: BaseGeometry | None, name: str, **properties: Any
    ) -> dict[str, Any]:
        return {
            "type": "Feature",
            "id": record.id,
            "geometry": None if geometry is None else geometry_as_json(geometry),
            "properties": {
                "layer": layer,
                "name": name,
                **{key: as_json(value) for key, value in properties.items()},
                "claims": list(record.claims),
                "evidence": spans_as_json(record.evidence),
            },
        }

    def _name(self, actor: str | None) -> str | None:
        known = self._actors.get(actor or "")
        return known.name if known else actor

    def source(self, findings: Findings) -> dict[str, Any]:
        """Make the area the question is about."""
        return {
            "type": "Feature",
            "id": "source",
            "geometry": geometry_as_json(coarsen(findings.reach.source, self._floor)),
            "properties": {
                "layer": "source",
                "name": findings.question.area_text,
                "claims": [],
                "evidence": [],
            },
        }

    def presences(self) -> list[dict[str, Any]]:
        """Make who is where."""
        return [
            self._feature(
                "presence",
                item,
                published_geometry(item.region, [self._actors.get(item.actor)], self._floor),
                f"{self._name(item.actor)}: {item.region.phrase}",
                actor=item.actor,
                p=item.p_present,
                p_is="probability that the actor is there",
                p_active=item.p_active,
                last_evidence=item.last_evidence,
                where_prec=item.region.where_prec,
                **published_radii(item.region, [self._actors.get(item.actor)], self._floor),
            )
            for item in self._situation.presences
        ]

    def controls(self) -> list[dict[str, Any]]:
        """Make who holds what."""
        return [
            self._feature(
                "control",
                item,
                published_geometry(item.region, [self._actors.get(item.actor)], self._floor),
                f"{self._name(item.actor)}: {item.region.phrase}",
                actor=item.actor,
                control_layer=item.layer,
                p=item.p_held,
                p_is="probability that the actor holds it",
                last_evidence=item.last_evidence,
                where_prec=item.region.where_prec,
                **published_radii(item.region, [self._actors.get(item.actor)], self._floor),
            )
            for item in self._situation.controls
        ]

    def operations(self) -> list[dict[str, Any]]:
        """Make what happens."""
        made = []
        for item in self._situation.operations:
            sides = [self._actors.get(side) for side in (item.side_a, item.side_b) if side]
            place = None if item.region is None else published_geometry(item.region, sides, self._floor)
            where = f": {item.region.phrase}" if item.region else ""
            radii = {} if item.region is None else published_radii(item.region, sides, self._floor)
            made.append(
                self._feature(
                    "operation",
                    item,
                    place,
                    f"{item.sub_event_type or item.event_type}{where}",
                    event_type=item.event_type,
                    sub_event_type=item.sub_event_type,
                    side_a=item.side_a,
                    side_b=item.side_b,
                    date_start=item.date_start,
                    date_end=item.date_end,
                    date_prec=item.date_prec,
                    where_prec=item.where_prec,
                    p=item.p_true,
                    p_is="probability that it happened as told",
                    **radii,
                )
            )
        return made

    def ways(self) -> list[dict[str, Any]]:
        """Make which crossings, roads and places are open, whoever asks."""
        return [
            self._feature(
                "way",
                item,
                published_geometry(item.region, [], self._floor),
                item.region.phrase,
                p=item.p_open,
                p_is="probability that the way can be used",
                last_evidence=item.last_evidence,
                where_prec=item.region.where_prec,
                **published_radii(item.region, [], self._floor),
            )
            for item in self._situation.ways
        ]

    def contradiction(self, pair: Contradiction) -> dict[str, Any]:
        """Make two claims that cannot both hold, on the ground of both; no probability of its own: each side has one."""
        told = [self._claims[i] for i in (pair.first, pair.second) if i in self._claims]
        placed = [self._ground(claim) for claim in told]
        names = dict.fromkeys(use.phrase for claim in told for use in claim.places if use.region is not None)
        ground = unary_union([g for g in placed if g is not None]) if any(g is not None for g in placed) else None
        return {
            "type": "Feature",
            "id": content_id("contradiction", pair.first, pair.second),
            "geometry": None if ground is None else geometry_as_json(ground),
            "properties": {
                "layer": "contradiction",
                "name": ", ".join(names),
                "kind": pair.kind,
                "why": pair.why,
                "origins": list(pair.origins),
                "claims": [pair.first, pair.second],
                "evidence": spans_as_json(tuple(span for claim in told for span in claim.evidence)),
            },
        }

    def _ground(self, claim: Claim) -> BaseGeometry | None:
        """Return where a claim takes place, fit to publish."""
        sides = [self._actors.get(side) for side in (claim.subject, claim.object) if side]
        regions = [use.region for use in claim.places if use.region is not None]
        parts = [published_geometry(region, sides, self._floor) for region in regions]
        found = [part for part in parts if part is not None]
        return unary_union(found) if found else None

    def barriers(self) -> list[dict[str, Any]]:
        """Make what closes a way; priors are marked."""
        return [
            self._feature(
                "barrier",
                item,
                coarsen(item.geometry, self._floor),
                item.name,
                kind=item.kind,
                p=item.p_closed,
                p_is="probability that it stops the party",
                delay_h=item.delay_h,
                group=item.group,
                held_by=item.held_by,
                blocks=item.blocks,
                valid_from=item.valid_from,
                valid_to=item.valid_to,
                last_evidence=item.last_evidence,
                is_prior=item.is_prior,
                why=item.why,
            )
            for item in self._situation.barriers
        ]

    def exits(self, findings: Findings) -> list[dict[str, Any]]:
        """Make the ways: each exit, and its most common route and its corridor as features of their own."""
        made = []
        for item in findings.reach.exits:
            shared = {
                "kind": item.kind,
                "toward": item.toward,
                "p": item.p_reach,
                "p_is": "probability that it is reached within the horizon",
                "reported": item.reported,
            }
            made.append(self._feature("exit", item, coarsen(item.geometry, self._floor), item.name, **shared))
            for layer, ground in (("route", item.route), ("corridor", item.corridor)):
                if ground is not None and not ground.is_empty:
                    feature = self._feature(layer, item, coarsen(ground, self._floor), item.name, **shared)
                    made.append({**feature, "id": f"{layer}-{item.id}"})
        return made


def spans_as_json(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """Write spans as document, start and end (code points, half open)."""
    return [{"document": s.document, "start": s.start, "end": s.end} for s in spans]
