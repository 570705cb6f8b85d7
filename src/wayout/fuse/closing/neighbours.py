"""Ground that a claim takes from its neighbours: "sends the militia to X to seal the border" seals the border of X."""

import re
from collections.abc import Sequence
from dataclasses import replace

from wayout.model import Claim, PlaceUse

NEAR_CHARACTERS = 300
"""Within about two sentences."""
NEEDS_GROUND = frozenset({"seals", "deploys", "opens"})
"""Acts that happen somewhere by nature; others may well be said of no place."""
FINEST_COUNTRY = 6
"""UCDP where_prec from which a region is a whole country or more: too coarse to lend."""
_BARE_BORDER = re.compile(
    r"(?:the |its |their )?(?:border|frontier|boundar)(?:y|s|ies)?(?: areas?| zones?| regions?)?", re.IGNORECASE
)


def ground_of(claim: Claim, claims: Sequence[Claim]) -> tuple[PlaceUse, ...]:
    """
    Return the places a claim speaks of, filled in from its neighbours where it names none of its own.

    A bare "the border" means the border of the place that a neighbouring claim about the same actor names; a sealing or a
    deployment without a place takes that claim's place.

    Parameters
    ----------
    claim
        The claim.
    claims
        The claims of its document, or more; neighbours are those of the document within :data:`NEAR_CHARACTERS`.

    Returns
    -------
    places
        Its own places, with bare borders settled where a neighbour allows it, else as they are.
    """
    bare = [p for p in claim.places if _BARE_BORDER.fullmatch(p.phrase.strip())]
    if claim.places and not bare:
        return claim.places
    if claim.predicate not in NEEDS_GROUND and not bare:
        return ()
    lent = _lent(claim, claims)
    if not lent:
        return claim.places
    own = tuple(p for p in claim.places if p not in bare)
    return (*own, *(replace(p, role="border") if bare else p for p in lent))


def _lent(claim: Claim, claims: Sequence[Claim]) -> tuple[PlaceUse, ...]:
    """Places of the nearest neighbour that shares an acting side and stands on known ground."""
    sides = {claim.subject, claim.object} - {None}
    best: tuple[int, str] | None = None
    places: tuple[PlaceUse, ...] = ()
    for other in claims:
        distance = abs(other.evidence[0].start - claim.evidence[0].start)
        if other.id == claim.id or other.document != claim.document or distance > NEAR_CHARACTERS:
            continue
        if other.predicate == "other" or not sides & {other.subject, other.object}:
            continue  # where a demand was made is not where the fighting is
        ground = tuple(p for p in other.places if _lends(p))
        if ground and (best is None or (distance, other.id) < best):
            best, places = (distance, other.id), ground
    return places


def _lends(place: PlaceUse) -> bool:
    region = place.region
    return (
        region is not None
        and region.bearing_deg is None
        and region.where_prec < FINEST_COUNTRY
        and place.role in ("at", "to", "border")
        and not _BARE_BORDER.fullmatch(place.phrase.strip())
    )
