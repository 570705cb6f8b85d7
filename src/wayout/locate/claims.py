"""Claims get their regions: the context of each document, every place phrase of every claim, and the user's own area."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wayout.errors import NotFoundError
from wayout.geo.borders import countries_of
from wayout.geo.compass import buffer_km
from wayout.locate.composing import compose_region, reading
from wayout.locate.context import PhraseContext, Places
from wayout.locate.doubt import weight_of
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.names_in_phrases import names_in_phrases
from wayout.locate.resolving.press_home import press_home
from wayout.locate.resolving.resolve import Resolved, resolve_toponyms
from wayout.locate.resolving.spoken import PLACE_WEIGHT, countries_of_claims, countries_spoken_of, normalise_weights
from wayout.locate.shaping.grammar import names_something
from wayout.locate.shaping.person_floor import coarsen_to_province
from wayout.locate.shaping.refining import refine_area
from wayout.model import ActorId, Claim, Document, DocumentId, Miss, PlaceRole, Region
from wayout.text.names import fold_name

Key = tuple[DocumentId, str, PlaceRole]
"""A phrase of a document in its role: what one region is made for."""
MAX_NEAR = 40
"""Places of one document that later phrases are held against; more add nothing and cost time."""
FINE_KINDS = frozenset({"populated_place", "admin1", "admin2", "crossing"})
"""Places that show where things happen; a country may be named as origin, destination or party."""
AREA_FADE = 0.5
"""Each further country an area lies in counts half of the one before."""
BORDER_REACH_KM = 25.0
"""A border this close to a claim's own place is the one it speaks of."""
STRETCH_WEIGHT = 0.75
SURE_WEIGHT = 0.6
"""A reading at least this sure vouches for its neighbours."""


def locate_claims(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    gazetteer: Places,
    area: Region | None = None,
    *,
    persons: Collection[ActorId] = frozenset(),
) -> tuple[tuple[Claim, ...], tuple[Miss, ...]]:
    """
    Fill the region of every place phrase of every claim.

    The context of a phrase is its document's: the countries it speaks of, and what its names mean, which are resolved all
    together, so that one name in one report means one place. Claims about a person are located at a first-order division or coarser.

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

    Returns
    -------
    located
        The same claims, same ids and order, with regions where a phrase could be located.
    misses
        One for each phrase with a name that could not be, with the reason.
    """
    by_document: dict[DocumentId, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    known = {document.id: document for document in documents}
    regions: dict[Key, Region | str] = {}
    for document_id in sorted(by_document):
        document = known.get(document_id)
        names = _resolve(document, by_document[document_id], gazetteer, area)
        located = _Located(gazetteer, area, document, names)
        for phrase, role in _phrases(by_document[document_id]):
            regions[document_id, phrase, role] = located.locate(phrase, role)
    filled = tuple(_fill(claim, regions, persons) for claim in claims)
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


@dataclass
class _Located:
    """Locates the phrases of one document, all of whose names have been resolved together."""

    gazetteer: Places
    area: Region | None
    document: Document | None
    names: tuple[Resolved, ...]

    @cached_property
    def context(self) -> PhraseContext:
        """What is known in this document: its countries, what its names mean, and the places that are sure."""
        sure = [answer.readings[0][0] for answer in self.names if answer.is_listed and answer.p_best >= SURE_WEIGHT]
        placed = Counter(place.country for place in sure if place.country and place.kind in FINE_KINDS)
        near = {str(place.id): place for place in sure if place.kind in FINE_KINDS - {"admin1"}}
        return PhraseContext(
            countries=self._countries({code: float(n) for code, n in placed.items() if code}),
            area=self.area,
            near=tuple(near[key] for key in sorted(near)[:MAX_NEAR]),
            senses={
                fold_name(answer.text): answer.readings
                for answer in self.names
                if answer.is_listed and answer.method == "name"
            },
        )

    def locate(self, phrase: str, role: PlaceRole) -> Region | str:
        """Locate a phrase in this document's context; a reason where it cannot be."""
        try:
            return locate_phrase(phrase, self.gazetteer, replace(self.context, role=role))
        except NotFoundError as error:
            return str(error)

    def _countries(self, placed: Mapping[str, float]) -> dict[str, float]:
        """Mix the countries named, those of the places found, and those of the area under discussion."""
        named = countries_spoken_of(self.document) if self.document is not None else {}
        mixed = {code: (1 - PLACE_WEIGHT) * weight for code, weight in named.items()}
        for code, weight in normalise_weights(placed).items():
            mixed[code] = mixed.get(code, 0.0) + PLACE_WEIGHT * weight
        if self.area is not None:
            share = weight_of("area_countries")
            mixed = {code: (1 - share) * weight for code, weight in normalise_weights(mixed).items()}
            for code, weight in _homes(self.area).items():
                mixed[code] = mixed.get(code, 0.0) + share * weight
        return normalise_weights(mixed)


def _homes(area: Region | None) -> dict[str, float]:
    """Weigh the countries the area under discussion lies in, largest share first."""
    return {code: AREA_FADE**i for i, code in enumerate(countries_of(area.geometry))} if area is not None else {}


def _resolve(
    document: Document | None, claims: Sequence[Claim], gazetteer: Places, area: Region | None
) -> tuple[Resolved, ...]:
    """Resolve the names in the place phrases of a document's claims, all together."""
    if document is None:
        return ()
    phrases = {(use.span.start, use.span.end) for claim in claims for use in claim.places}
    spans = names_in_phrases(document.text, sorted(phrases), lambda key: bool(gazetteer.exact(key)))
    context = PhraseContext(countries=_homes(area))
    return resolve_toponyms(document.text, spans, gazetteer, homes=press_home(document.url, gazetteer), context=context)


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
