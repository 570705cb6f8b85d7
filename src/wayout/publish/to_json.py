"""Write documents, claims, assessment and brief as JSON: stable bytes, quotes beside spans, positions no finer than the floor."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shapely import Point

from wayout.geo.floor import FLOOR_KM
from wayout.model import Actor, Brief, Claim, Document, Findings, Place, PlaceUse, Region, Sentence, Span
from wayout.model.as_json import as_json, geometry_as_json
from wayout.publish.coarsen import actors_of, coarsen, is_person, published_geometry, published_radii
from wayout.stats.likelihood import likelihood_term


def document_lines(findings: Findings) -> list[dict[str, Any]]:
    """Make a line per document: everything read, the text in full."""
    return [as_json(document) for document in findings.documents]


def claim_lines(findings: Findings, floor_km: float = FLOOR_KM) -> list[dict[str, Any]]:
    """
    Make a line per claim, quotes beside its spans, its regions fit to publish.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    lines
        In the order of the run.
    """
    actors: dict[str, Actor] = {a.id: a for a in findings.actors}
    documents = {d.id: d for d in findings.documents}
    return [claim_line(claim, documents[claim.document], actors, floor_km) for claim in findings.claims]


def claim_line(
    claim: Claim, document: Document, actors: dict[str, Actor], floor_km: float = FLOOR_KM
) -> dict[str, Any]:
    """
    Make the line of one claim: quotes beside its spans, its regions fit to publish.

    Parameters
    ----------
    claim
        A claim.
    document
        The document it is made in.
    actors
        The actors it names, by id; one that is missing counts as an unknown person.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    line
        Plain JSON values.
    """
    line: dict[str, Any] = as_json(_without_places(claim))
    placed = actors_of(claim, actors)
    line["places"] = [_place_use(use, placed, floor_km) for use in claim.places]
    line["evidence"] = [{**as_json(span), "quote": document.quote(span)} for span in claim.evidence]
    return line


def _without_places(claim: Claim) -> Claim:
    return replace(claim, places=())


def _place_use(use: PlaceUse, placed: list[Any], floor_km: float) -> dict[str, Any]:
    return {
        "role": use.role,
        "phrase": use.phrase,
        "span": as_json(use.span),
        "region": None if use.region is None else _region(use.region, placed, floor_km),
        "alternative": use.alternative,
    }


def _region(region: Region, placed: list[Any], floor_km: float) -> dict[str, Any]:
    geometry = published_geometry(region, placed, floor_km)
    someone = any(is_person(actor) for actor in placed)
    return {
        "phrase": region.phrase,
        "geometry": None if geometry is None else geometry_as_json(geometry),
        "where_prec": region.where_prec,
        **published_radii(region, placed, floor_km),
        "method": region.method,
        "why": region.why,
        "bearing_deg": as_json(region.bearing_deg),
        # A person's whereabouts are not spelt out by the gazetteer entry either.
        "places": [] if someone else [_place(place, floor_km) for place in region.places],
        "readings": len(region.parts),
        "p_best_reading": as_json(region.parts[0].weight),
    }


def _place(place: Place, floor_km: float) -> dict[str, Any]:
    west, south, _, _ = coarsen(Point(place.lon, place.lat), floor_km).bounds
    return {**as_json(place), "lon": round(west, 5), "lat": round(south, 5)}


def assessment_json(findings: Findings, floor_km: float = FLOOR_KM) -> dict[str, Any]:
    """
    Make the assessment: exits ranked, chains as reported, hypotheses, branches, what would change the answer.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km; geometry itself is in ``situation.geojson``.

    Returns
    -------
    assessment
        Plain JSON values.
    """
    question, reach, judged = findings.question, findings.reach, findings.assessment
    return {
        "question": {
            "party": as_json(question.party),
            "area": question.area_text,
            "at": as_json(question.at),
            "within_h": as_json(question.within_h),
        },
        "reach": {
            "horizon_h": as_json(reach.horizon_h),
            "n_draws": reach.n_draws,
            "cell_km": as_json(reach.cell_km),
            "layers": list(reach.layers),
            "floor_km": floor_km,
            "check": as_json(reach.check),
        },
        "exits": [_exit(exit_, findings) for exit_ in reach.exits],
        "arrivals": as_json(findings.arrivals),
        "onward": [{**as_json(x), "evidence": with_quotes(x.evidence, findings)} for x in reach.onward],
        "hypotheses": [{**as_json(x), "evidence": with_quotes(x.evidence, findings)} for x in judged.hypotheses],
        "branches": [{**as_json(x), "evidence": with_quotes(x.evidence, findings)} for x in judged.branches],
        "n_switches": judged.n_switches,
        "prior": {"leaves": as_json(judged.prior_leaves), "source": judged.prior_source},
        "diagnosticity": as_json(judged.diagnosticity),
        "n_bear_nothing": judged.n_bear_nothing,
        "flip": as_json(judged.flip),
        "sensitivity": as_json(judged.sensitivity),
        "levers": [{**as_json(x), "evidence": with_quotes(x.evidence, findings)} for x in judged.levers],
        "contradictions": as_json(findings.situation.contradictions),
        "unknowns": as_json(findings.situation.unknowns),
        "misses": as_json(findings.misses),
        "confidence": judged.confidence,
        "confidence_why": judged.confidence_why,
    }


def _exit(exit_: Any, findings: Findings) -> dict[str, Any]:
    plain = as_json(replace(exit_, geometry=None, route=None, corridor=None))
    del plain["geometry"], plain["route"], plain["corridor"]
    return {**plain, "likelihood": likelihood_term(exit_.p_reach), "evidence": with_quotes(exit_.evidence, findings)}


def brief_json(brief: Brief, findings: Findings) -> dict[str, Any]:
    """Make the brief: every sentence with the spans it rests on, their quotes, and its likelihood."""
    return {
        "title": brief.title,
        "question": brief.question,
        "headline": _sentence(brief.headline, findings),
        "sections": [
            {"id": s.id, "title": s.title, "sentences": [_sentence(x, findings) for x in s.sentences]}
            for s in brief.sections
        ],
        "made_by": as_json(brief.made_by),
    }


def _sentence(sentence: Sentence, findings: Findings) -> dict[str, Any]:
    return {
        **as_json(sentence),
        "names": [{"name": n, "spans": with_quotes(spans, findings)} for n, spans in sentence.names],
        "evidence": with_quotes(sentence.evidence, findings),
    }


def with_quotes(spans: Iterable[Span], findings: Findings) -> list[dict[str, Any]]:
    """Write spans with the exact words beside them."""
    documents = {d.id: d for d in findings.documents}
    return [
        {"document": s.document, "start": s.start, "end": s.end, "quote": documents[s.document].quote(s)} for s in spans
    ]


def json_bytes(value: Any) -> bytes:
    """Write one JSON value, indented, in UTF-8; lone surrogates are escaped, so that any text can be written."""
    return _encode(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)) + b"\n"


def json_lines_bytes(lines: Iterable[Any]) -> bytes:
    """Write one JSON value a line."""
    return b"".join(
        _encode(json.dumps(x, ensure_ascii=False, allow_nan=False, separators=(",", ":"))) + b"\n" for x in lines
    )


def _encode(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")
