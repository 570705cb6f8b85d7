"""From the words of one claim to a probability: certainty, source, report, age."""

from collections.abc import Mapping
from datetime import datetime

from wayout.model import Claim, ClaimId, Document
from wayout.stats.log_odds import interpolate, log_odds, probability
from wayout.vocab import read_vocab


def p_claim(claim: Claim, document: Document, at: datetime, conditions: Mapping[ClaimId, float] | None = None) -> float:
    """
    Give the probability that one claim is true, from its own report alone.

    ``logit p = logit p0 + w * (logit p_c - logit p0)`` with ``p_c`` read from the author's certainty, ``p0`` the prior, and
    ``w = w_reliability * w_credibility * w_source * 2^(-age / half-life)``. A conditional claim is multiplied by the
    probability of its condition.

    Parameters
    ----------
    claim
        The claim.
    document
        The document that makes it; its source's Admiralty letter and its date count.
    at
        The time of the picture; claims published later than it weigh nothing (as-of rule).
    conditions
        Probabilities of condition claims, by id; a condition that is missing counts as the prior.

    Returns
    -------
    p
        Probability in [0.01, 0.99].

    References
    ----------
    docs/methods/belief.md; Sauri & Pustejovsky (2009) FactBank; NATO AJP-2.1 (Admiralty scale).
    """
    rules = read_vocab("belief_rules.yaml")
    prior = rules["prior"]
    weight = rules["weight_by_reliability"][document.source.reliability]
    if claim.credibility is not None:
        weight *= rules["weight_by_credibility"][claim.credibility]
    if claim.attributed_to is not None and claim.attributed_to.actor is None:
        weight *= rules["weight_unnamed_source"]
    weight *= _freshness(claim, document, at, rules["half_life_days"])
    base = log_odds(prior)
    p = probability(base + weight * (log_odds(interpolate(claim.certainty, rules["p_by_certainty"])) - base))
    if claim.condition is not None:
        p *= (conditions or {}).get(claim.condition, prior)
    return p


def _freshness(claim: Claim, document: Document, at: datetime, half_lives: Mapping[str, float]) -> float:
    """Weight by age; an undated report counts as of the picture's own time, one from the future as nothing."""
    if document.published is None:
        return 1.0
    days = (at - document.published).total_seconds() / 86400
    if days < -1:
        return 0.0
    return float(0.5 ** (max(days, 0.0) / half_lives.get(claim.predicate, half_lives["default"])))
