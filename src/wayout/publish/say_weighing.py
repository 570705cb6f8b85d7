"""Sentences about how the reports weigh: the prior, what tells the courses apart, the flip test, the stated numbers."""

from wayout.model import ClaimId, FlipStep, Hypothesis, Sentence
from wayout.publish.figures import sentences_file
from wayout.publish.say_outlook import outcome
from wayout.publish.telling import Telling
from wayout.publish.words import NOTHING, Words, fill, join, sentence
from wayout.stats.likelihood import percent

MOST_QUOTED = 2
"""Claims quoted of what the leader rests on, at most; the others are counted."""

MOST_NAMED = 2
"""Stated numbers named that would put another course first, at most."""


def weighing_sentences(telling: Telling) -> list[Sentence]:
    """Say what the figures of the hypotheses start from, what moves them, and what would put another course first."""
    judged = telling.findings.assessment
    if judged.prior_leaves is None:
        return []
    doing = fill("doing", telling.aim)
    rows = [("prior", "method", fill("prior", doing=doing, percent=_fact(percent(judged.prior_leaves))))]
    rows.append(("tells", "hypothesis", _tells(telling)))
    rows += [(f"flip-{n}", "hypothesis", words) for n, words in enumerate(_flip(telling), start=1)]
    moved = _sensitivity(telling)
    rows += [("stated", "method", moved)] if moved is not None else []
    return [sentence(f"weighing-{name}", role, words) for name, role, words in rows]


def _fact(text: str) -> Words:
    return Words(text=text, computed=(text,), records=("weighing",))


def _tells(telling: Telling) -> Words:
    """Say how many claims tell the courses apart, and which does most."""
    findings = telling.findings
    told = [d for d in findings.assessment.diagnosticity if d.spread_alone > 0 and d.claim in telling.book.claims]
    count = _fact(str(len(findings.claims)))
    if not told:
        return fill("tells_none", count=count)
    quote = telling.quote_sentence(telling.book.claims[told[0].claim])
    silent = len(findings.claims) - len(told)
    if silent == 0:
        return fill("tells_all", count=count, quote=quote)
    return fill("tells", count=count, telling=_fact(str(len(told))), silent=_fact(str(silent)), quote=quote)


def _flip(telling: Telling) -> list[Words]:
    flip = telling.findings.assessment.flip
    if flip is None or flip.n_origins == 0:
        return []
    count, excluded = _fact(str(flip.n_origins)), _fact(str(flip.n_excluded))
    said: list[Words] = []
    leads = _hypothesis(telling, flip.removal.leader) if flip.removal else None
    if flip.removal is not None and leads is not None:
        if flip.n_excluded > 0:
            said.append(fill("flip_some", excluded=excluded, count=count))
        said.append(_removal(telling, flip.removal, leads))
    elif flip.n_excluded >= flip.n_origins:
        said.append(fill("flip_none_one") if flip.n_origins == 1 else fill("flip_none", count=count))
    elif flip.n_excluded > 0:
        said.append(fill("flip_unknown", excluded=excluded, count=count))
    claim = telling.book.claims.get(flip.discount.claims[0]) if flip.discount is not None else None
    if flip.discount is not None and claim is not None:
        share = _fact(percent(flip.discount.weight_left))
        said.append(fill("flip_discount", share=share, quote=telling.quote_sentence(claim)))
    return said


def _removal(telling: Telling, step: FlipStep, leads: Hypothesis) -> Words:
    """Name what is left out by its most telling words, and what then comes first."""
    rank: dict[ClaimId, int] = {d.claim: n for n, d in enumerate(telling.findings.assessment.diagnosticity)}
    claims = [telling.book.claims[c] for c in sorted(step.claims, key=lambda c: (rank.get(c, len(rank)), c))]
    quotes = list({q.text: q for q in (telling.quote_sentence(c) for c in claims)}.values())[:MOST_QUOTED]
    rest = len(claims) - len(quotes)
    key = "more_claims" if len(step.origins) == 1 else "more_claims_of"
    more = NOTHING if rest < 1 else fill(key, "phrases", count=_fact(str(rest)))
    if rest == 1:
        more = fill("more_claim", "phrases")
    chance = telling.chance(step.p_leader, "weighing")
    return fill("flip_removal", quotes=join(quotes), more=more, chance=chance, outcome=outcome(telling, leads))


def _sensitivity(telling: Telling) -> Words | None:
    """Say between which figures the leader lies when each stated number is halved and doubled, and which moves it most."""
    judged = telling.findings.assessment
    first = judged.hypotheses[0] if judged.hypotheses else None
    if not judged.sensitivity or first is None or first.p_low is None or first.p_high is None:
        return None
    names = sentences_file()["phrases"]["stated_number"]
    low, high = (
        Words(text=percent(p), computed=(percent(p),), records=(first.id,)) for p in (first.p_low, first.p_high)
    )
    flips = [s.name for s in judged.sensitivity if {s.leader_halved, s.leader_doubled} != {first.id}]
    if flips:
        most = join([Words(text=names[n]) for n in flips[:MOST_NAMED]], "or")
        rest = len(flips) - MOST_NAMED
        more = fill("more_numbers", "phrases", count=_fact(str(rest))) if rest > 0 else NOTHING
        return fill("sensitivity_flips", low=low, high=high, most=most, more=more)
    return fill("sensitivity", low=low, high=high, most=Words(text=names[judged.sensitivity[0].name]))


def _hypothesis(telling: Telling, identity: str) -> Hypothesis | None:
    return next((h for h in telling.findings.assessment.hypotheses if h.id == identity), None)
