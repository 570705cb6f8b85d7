"""Link a denial to the claim of the same document that it denies."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wayout.extract.attributing.spans import AttributionSpans
from wayout.extract.claiming.sources import SourceFinder
from wayout.model import Attribution, Claim, ClaimId, Document, Span, content_id

CONVERSE = {"takes": "loses", "loses": "takes"}
"""One deed told from its two sides: "A took R" and "B lost R"."""
DENIED = -2.0
"""The author's commitment to what a source denies: the class of denials of ``vocab/certainty.yaml``."""
MAX_AWAY = 60
"""Claims before or after a denial that it may mean."""


def link_denials(document: Document, claims: Sequence[Claim], sources: SourceFinder) -> tuple[Claim, ...]:
    """
    Fill ``denies``, and make a claim of each denial that only points at one ("The army denied this").

    Parameters
    ----------
    document
        The document.
    claims
        Its claims in text order.
    sources
        Who says what in it.

    Returns
    -------
    claims
        In text order. The claim made of a pointing denial has the denied claim's roles, the denier as source, polarity -1,
        the denial's words as first and the denied clause as second evidence.
    """
    known = list(claims)
    for spans, who in sources.denials():
        known = _denied_words(document, known, spans, who, sources)
    known.sort(key=lambda c: (c.words[0].start if c.words else c.evidence[0].start, c.denies is not None))
    return tuple(_with_target(n, claim, known) for n, claim in enumerate(known))


def _denied_words(
    document: Document, claims: list[Claim], spans: AttributionSpans, who: Attribution, sources: SourceFinder
) -> list[Claim]:
    """Deny what the content of "rejected the claim that R fell" tells, or what it points at."""
    low, high = sources.characters(spans.content)
    inside = [c for c in claims if _told_in(c, low, high)]
    targets = [c for c in inside if not _is_nobodys(c) and not _is_denial(c, who)]
    own = {c.id for c in inside if _is_nobodys(c) and who.cue_span and c.words[0].start > who.cue_span.start}
    if not inside and who.cue_span is not None:
        targets = list(_told_before(claims, who))
    elif not own:
        targets = [c for c in inside if not _is_denial(c, who)]
    kept = [_denied(c, who) if c.id in own else c for c in claims]
    return kept + [m for c in targets if (m := _mirrored(document, c, who)).id not in {k.id for k in kept}]


def _told_in(claim: Claim, low: int, high: int) -> bool:
    return bool(claim.words) and low <= claim.words[0].start < high and claim.predicate != "other"


def _is_nobodys(claim: Claim) -> bool:
    """Tell whether nobody in particular makes a claim: "claims that R fell"."""
    return claim.attributed_to is None or claim.attributed_to.source_span is None


def _is_denial(claim: Claim, who: Attribution) -> bool:
    return claim.polarity < 0 or (claim.attributed_to is not None and _same_source(claim.attributed_to, who))


def _told_before(claims: Sequence[Claim], who: Attribution) -> Iterator[Claim]:
    """Yield the claims of the clause nearest before "denied the report" that another is made to answer for."""
    start = who.cue_span.start if who.cue_span else 0
    before = [c for c in claims if c.words and c.words[0].start < start and c.predicate != "other"][-MAX_AWAY:]
    said = [c for c in before if c.attributed_to is not None and not _is_denial(c, who)]
    if said:
        yield from (c for c in said if c.evidence[0] == said[-1].evidence[0])


def _denied(claim: Claim, who: Attribution) -> Claim:
    """Return a claim as the word of who denies it."""
    return replace(
        claim, attributed_to=who, polarity=-1, modality="denied", certainty=min(claim.certainty, DENIED), mood="fact"
    )


def _mirrored(document: Document, claim: Claim, who: Attribution) -> Claim:
    """Return the denial of a claim as a claim of its own."""
    cue: tuple[Span, ...] = (who.cue_span,) if who.cue_span is not None else ()
    clause = _clause(document, who) or claim.evidence[0]
    made = ClaimId(content_id("claim", document.id, "denial", claim.id, cue[0].start if cue else None))
    return replace(
        _denied(claim, who),
        id=made,
        denies=claim.id,
        condition=None,
        because=(),
        words=(*cue, *claim.words),
        evidence=(clause, *claim.evidence),
    )


def _clause(document: Document, who: Attribution) -> Span | None:
    """Return the words from the source to the cue of a denial."""
    if who.cue_span is None:
        return None
    spans = [who.cue_span, *([who.source_span] if who.source_span is not None else [])]
    low, high = min(s.start for s in spans), max(s.end for s in spans)
    return who.cue_span if high - low > MAX_CLAUSE else document.span(low, high)


MAX_CLAUSE = 300
"""Characters from a source to its cue; farther apart, only the cue is quoted."""


def _with_target(n: int, claim: Claim, claims: Sequence[Claim]) -> Claim:
    """Fill ``denies`` of a denied claim: the nearest claim of another source before it, else behind it."""
    if claim.denies is not None or claim.certainty > -1 or claim.attributed_to is None or claim.predicate == "other":
        return claim
    before = reversed(claims[max(0, n - MAX_AWAY) : n])
    behind = claims[n + 1 : n + 1 + MAX_AWAY]
    for other in (*before, *behind):
        if _contradicts(claim, other):
            return replace(claim, denies=other.id)
    return claim


def _contradicts(denial: Claim, other: Claim) -> bool:
    if other.certainty <= 0 or other.mood not in ("fact", "inference") or other.condition is not None:
        return False
    sources = (denial.attributed_to, other.attributed_to)
    if sources[0] is not None and sources[1] is not None and _same_source(sources[0], sources[1]):
        return False
    if not _same_places(denial, other):
        return False
    if other.predicate == denial.predicate:
        return _agree(denial.subject, other.subject) and _agree(denial.object, other.object)
    if CONVERSE.get(denial.predicate) == other.predicate:
        return _agree(denial.subject, other.object) and _agree(denial.object, other.subject)
    return False


def _agree(one: str | None, other: str | None) -> bool:
    """Tell whether two roles may be filled by the same: equal, or one is not told."""
    return one is None or other is None or one == other


def _same_places(one: Claim, other: Claim) -> bool:
    """Tell whether two claims may mean the same place: a phrase in common, or one of them names none."""
    first = {_plain(p.phrase) for p in one.places}
    second = {_plain(p.phrase) for p in other.places}
    return not first or not second or bool(first & second)


def _plain(phrase: str) -> str:
    return phrase.casefold().removeprefix("the ")


def _same_source(one: Attribution, other: Attribution) -> bool:
    if one.actor is not None or other.actor is not None:
        return one.actor == other.actor
    return one.name.casefold() == other.name.casefold()
