"""A name that stands alone, with nothing but countries known besides: settled by one formula, for there is nothing to agree on."""

import math
from collections.abc import Sequence

from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.evidence import FOREIGN, WIDE_KINDS
from wayout.locate.resolving.nodes import Node
from wayout.model import Place

Weighed = tuple[list[tuple[Place, float]], float]
"""The places of a name with their probabilities, and the probability that none of them is meant."""


def weigh_lone_name(nodes: Sequence[Node]) -> Weighed | None:
    """
    Weigh the places of a name that stands alone: what ``Evidence`` and ``settle`` come to, a hundredth of their time.

    Countries that are no part of the text bear on the name whatever it means, and it does not bear on itself: so no round changes
    anything, and no nearness, division or link is in play.

    Parameters
    ----------
    nodes
        The name, and countries known besides.

    Returns
    -------
    weighed
        In the order of the node's places; ``None`` where the names have to be settled together, or another spelling be looked for.
    """
    named = [node for node in nodes if node.asked]
    others = [node for node in nodes if not node.asked]
    if len(named) != 1 or named[0].method != "name" or not named[0].places or not all(map(_is_country, others)):
        return None
    (node,) = named
    shares = _shares(others)
    most = max(shares.values(), default=0.0)
    own = [shares.get(place.country or "", 0.0) for place in node.places]
    scores = [
        _score(place, prior, share, most) for place, prior, share in zip(node.places, node.priors, own, strict=True)
    ]
    home = max(own) if max(own) >= constant("respelt_share") else most
    unlisted = constant("unlisted") + node.unlisted + constant("country") * math.sqrt(home)
    top, sharpness = max(scores), constant("sharpness")
    odds = [10.0 ** ((score - top) * sharpness) for score in scores]
    none = 10.0 ** min((unlisted - top) * sharpness, 30.0)
    total = math.fsum(odds)
    p_unlisted = none / (none + total)
    best = node.places[scores.index(top)]
    is_foreign = bool(best.country) and shares.get(best.country or "", 0.0) < constant("foreign_share")
    if p_unlisted >= constant("respelt_doubt") or (is_foreign and most > constant("respelt_share")):
        return None
    return [(place, odd / total) for place, odd in zip(node.places, odds, strict=True)], p_unlisted


def _is_country(node: Node) -> bool:
    """Tell whether a node is a country that is known besides the text."""
    (place, *more) = node.places or (None,)
    return not (node.mentions or more or place is None) and place.kind == "country" and place.admin1 is None


def _shares(countries: Sequence[Node]) -> dict[str, float]:
    """Return the share of each country in what bears on the name."""
    votes: dict[str, float] = {}
    for node in countries:
        code = node.places[0].country or ""
        votes[code] = votes.get(code, 0.0) + constant("same_document") * node.says
    whole = constant("same_document") * math.fsum(node.says for node in countries) + constant("silence")
    return {code: vote / whole for code, vote in votes.items() if code}


def _score(place: Place, prior: float, share: float, most: float) -> float:
    score = prior + constant("country") * math.sqrt(share)
    if place.kind in WIDE_KINDS:
        return max(score, prior + constant("everywhere"))
    is_foreign = share < constant("foreign_share") and most > constant("respelt_share")
    if is_foreign and place.kind in FOREIGN:
        return score - constant(FOREIGN[place.kind])
    return score
