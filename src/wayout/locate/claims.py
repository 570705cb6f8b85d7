"""Claims get their regions: the context of each document, every place phrase of every claim, and the user's own area."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from wayout.errors import NotFoundError
from wayout.geo.compass import buffer_km
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import PhraseContext, Places
from wayout.locate.from_coordinates import locate_rows
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.reports import context_of_report
from wayout.locate.resolving.spoken import countries_of_claims, countries_spoken_of, normalise_weights
from wayout.locate.shaping.grammar import names_something
from wayout.locate.shaping.person_floor import coarsen_to_province
from wayout.locate.shaping.refining import refine_area
from wayout.model import ActorId, Claim, Document, DocumentId, Mention, Miss, PlaceRole, Region

Key = tuple[DocumentId, str, PlaceRole]
"""A phrase of a document in its role: what one region is made for."""
BORDER_REACH_KM = 25.0
"""A border this close to a claim's own place is the one it speaks of."""
STRETCH_WEIGHT = 0.75


def locate_claims(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    gazetteer: Places,
    area: Region | None = None,
    *,
    persons: Collection[ActorId] = frozenset(),
    mentions: Iterable[Mention] = (),
) -> tuple[tuple[Claim, ...], tuple[Miss, ...]]:
    """
    Fill the region of every place phrase of every claim.

    The context of a phrase is its document's: the countries it speaks of, and what its names mean, which are resolved all
    together, so that one name in one report means one place. A row of an event table brings its own coordinates. Claims about a person are located at a first-order division or coarser.

    Parameters
    ----------
    claims
        As extracted; regions already there are made anew.
    documents
        The documents the claims rest on.
    gazetteer
        Names and geometries.
    area
        The area under discussion, which bare directions are parts of; ``None`` if not yet known.
    persons
        Ids of actors that are persons.
    mentions
        All that was found in the documents: their places help to tell what the names of claims mean.

    Returns
    -------
    located
        The same claims, same ids and order, with regions where a phrase could be located.
    misses
        One for each phrase with a name that could not be, with the reason.
    """
    rows = locate_rows(claims, documents, gazetteer, persons)
    by_document: dict[DocumentId, list[Claim]] = {}
    for claim in claims:
        if claim.id in rows:
            continue
        by_document.setdefault(claim.document, []).append(claim)
    known = {document.id: document for document in documents}
    named: dict[DocumentId, set[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.kind == "place":
            named.setdefault(mention.span.document, set()).add((mention.span.start, mention.span.end))
    regions: dict[Key, Region | str] = {}
    for document_id in sorted(by_document):
        context = PhraseContext(area=area)
        if document_id in known:
            spans = {(use.span.start, use.span.end) for claim in by_document[document_id] for use in claim.places}
            spans |= named.get(document_id, set())
            context = context_of_report(known[document_id], spans, gazetteer, context)
        for phrase, role in _phrases(by_document[document_id]):
            regions[document_id, phrase, role] = _locate(phrase, gazetteer, replace(context, role=role))
    filled = tuple(rows.get(claim.id) or _fill(claim, regions, persons) for claim in claims)
    return filled, _misses(regions)


def locate_area(
    phrase: str, gazetteer: Places, claims: Sequence[Claim], *, documents: Sequence[Document] = ()
) -> Region:
    """
    Locate the area a user asks about, narrowed by what the claims say of the same place.

    Parameters
    ----------
    phrase
        The user's words, for example ``"Badia al-Sham"``.
    gazetteer
        Names and geometries.
    claims
        Located claims; their places say which country is spoken of, and where in the area things are ("in the desert of X between
        A and B").
    documents
        Their documents, which also say which countries are spoken of.

    Returns
    -------
    region
        The narrowed reading first where there is one, the plain reading second; method and ``why`` say what was done.

    Raises
    ------
    NotFoundError
        If the phrase cannot be located.
    """
    counts: dict[str, float] = {}
    for weights in (countries_of_claims(claims), *(countries_spoken_of(document) for document in documents)):
        for code, weight in weights.items():
            counts[code] = counts.get(code, 0.0) + weight
    context = PhraseContext(countries=normalise_weights(counts))
    plain = locate_phrase(phrase, gazetteer, context)
    return refine_area(plain, claims)


def _locate(phrase: str, gazetteer: Places, context: PhraseContext) -> Region | str:
    """Locate a phrase in its document's context; a reason where it cannot be."""
    try:
        return locate_phrase(phrase, gazetteer, context)
    except NotFoundError as error:
        return str(error)


def _border_at(border: Region, beside: Sequence[Region | str]) -> Region:
    """Put first, of a border not said whose ("send troops to A to close the borders"), the stretch at the claim's own place."""
    for other in beside:
        if isinstance(other, str) or other.method == "border" or not other.places:
            continue
        around = buffer_km(other.geometry, BORDER_REACH_KM)
        whole = max((part.geometry for part in border.parts), key=lambda line: line.length)
        at_hand = whole.intersection(around)
        if not at_hand.is_empty and at_hand.length > 0:
            rest = [reading(p.geometry, p.weight * (1 - STRETCH_WEIGHT), p.place) for p in border.parts]
            narrowed = compose_region(
                [reading(at_hand, STRETCH_WEIGHT), *rest],
                method="border",
                why=f"The stretch of border at {other.phrase}, which the claim names beside it; {border.why}",
                where_prec=border.where_prec,
                radius_km=border.radius_km,
            )
            return replace(narrowed, phrase=border.phrase, evidence=border.evidence, made_by=border.made_by)
    return border


def _phrases(claims: Sequence[Claim]) -> list[tuple[str, PlaceRole]]:
    return sorted({(use.phrase, use.role) for claim in claims for use in claim.places})


def _misses(regions: Mapping[Key, Region | str]) -> tuple[Miss, ...]:
    """List the names that could not be located, once each, with the reason; "the only road" names nothing and is no failure."""
    reasons = {
        phrase: found
        for (_, phrase, _), found in sorted(regions.items(), key=lambda item: item[0])
        if isinstance(found, str) and names_something(phrase)
    }
    return tuple(Miss(what=f"place {phrase!r}", why=reasons[phrase]) for phrase in sorted(reasons))


def _fill(claim: Claim, regions: Mapping[Key, Region | str], persons: Collection[ActorId]) -> Claim:
    """Put the regions into a claim's place uses, with the use's span as evidence."""
    is_personal = claim.subject in persons or claim.object in persons
    uses = []
    for use in claim.places:
        found = regions[claim.document, use.phrase, use.role]
        region = None if isinstance(found, str) else replace(found, evidence=(use.span,))
        if region is not None and region.method == "border" and not region.places:
            region = _border_at(region, [regions[claim.document, u.phrase, u.role] for u in claim.places])
        if region is not None and is_personal:
            region = coarsen_to_province(region)
        uses.append(replace(use, region=region))
    return replace(claim, places=tuple(uses))
