"""The mouth behind a claim: the innermost named source, whoever passes its words on."""

import re
from collections.abc import Mapping, Sequence

from wayout.fuse.origins.publishers import actor_key, name_key
from wayout.model import Attribution, Claim, ClaimId, DocumentId

_LIST = re.compile(r"\s*(?:;|/|,|&|\band\b)\s*", re.IGNORECASE)


def mouth_of(told: Attribution | None) -> str | None:
    """
    Return the key of the named source that a claim rests on.

    Parameters
    ----------
    told
        Who is made to answer for the words; its ``via`` is the outer source that passes them on.

    Returns
    -------
    key
        The innermost named source's actor id or folded name, an unnamed one's words are its outer source's; ``None`` where
        nobody is named: the document answers itself.
    """
    while told is not None:
        if told.named and (key := _key(told)) is not None:
            return key
        told = told.via
    return None


def mouth_key(name: str) -> str | None:
    """
    Return the key of a source by the words that name it.

    Parameters
    ----------
    name
        As a report or an event table has it; of several ("A, B") the first known one counts: it may stand behind all.

    Returns
    -------
    key
        Of a publisher or monitor that is named anywhere in the words ("Agency correspondent", "head of the Observatory"), else
        the folded name; ``None`` where nobody is named.
    """
    parts = [part for part in _LIST.split(name) if part]
    known = (name_key(name, known_only=True), *(_known_inside(part) for part in parts))
    return next((key for key in known if key is not None), None) or next(
        (key for part in parts if (key := name_key(part)) is not None), None
    )


def _known_inside(words: str) -> str | None:
    """Find the longest known name inside; a single word must be written as a name."""
    tokens = words.split()
    for n in range(len(tokens), 0, -1):
        for start in range(len(tokens) - n + 1):
            stretch = tokens[start : start + n]
            if (n > 1 or stretch[0][:1].isupper()) and (key := name_key(" ".join(stretch), known_only=True)):
                return key
    return None


def lend_mouths(
    claims: Sequence[Claim], mouths: Mapping[ClaimId, str], groups: Mapping[DocumentId, str]
) -> dict[ClaimId, str]:
    """
    Lend a text's own voice the mouth that the text, or an echo of it, names for the same act.

    A headline tells plainly what the body gives to a source; that is one telling, not two.

    Parameters
    ----------
    claims
        All claims known.
    mouths
        Origin of the named mouth of each claim that has one.
    groups
        The group of echoes of each document.

    Returns
    -------
    lent
        Origin of each claim without a mouth for whose act (same sides, and a place in common where both name one) its group
        names one; of several the first by key.
    """
    named: dict[tuple[object, ...], list[tuple[frozenset[str], str]]] = {}
    for claim in claims:
        if claim.id in mouths:
            named.setdefault((groups[claim.document], *_deed(claim)), []).append((_places(claim), mouths[claim.id]))
    lent = {}
    for claim in claims:
        if claim.id not in mouths and (told := named.get((groups[claim.document], *_deed(claim)))):
            own = _places(claim)
            fitting = [mouth for places, mouth in told if not own or not places or own & places]
            if fitting:
                lent[claim.id] = min(fitting)
    return lent


def settle_chains(
    claims: Sequence[Claim], mouths: Mapping[ClaimId, str], own: Mapping[ClaimId, str]
) -> dict[ClaimId, str]:
    """
    Follow chains of citing: what A says that B said, where B's own report says that C said it, rests on C.

    Parameters
    ----------
    claims
        All claims known.
    mouths
        Origin of the named mouth of each claim that has one.
    own
        Origin of each claim's document.

    Returns
    -------
    settled
        Origin of each claim that has a mouth. Where B's own reports tell of the same act, by the same sides and places, with
        the words of several, it is the first of them by key; where B tells of it with its own voice, it stays B.
    """
    told_by: dict[tuple[str, object], set[str]] = {}
    for claim in claims:
        mouth = mouths.get(claim.id, own[claim.id])
        told_by.setdefault((own[claim.id], act_of(claim)), set()).add(mouth)
    settled = {}
    for claim in claims:
        if claim.id not in mouths:
            continue
        mouth, seen = mouths[claim.id], set[str]()
        while mouth not in seen:
            seen.add(mouth)
            further = told_by.get((mouth, act_of(claim)), set())
            if further and not further & seen:
                mouth = min(further)
        settled[claim.id] = mouth
    return settled


def act_of(claim: Claim) -> tuple[object, ...]:
    """Return what tells an act from others, whoever tells it: predicate, sides, type of event, the phrases of its places."""
    return (*_deed(claim), _places(claim))


def _deed(claim: Claim) -> tuple[object, ...]:
    return (claim.predicate, claim.subject, claim.object, claim.event_type)


def _places(claim: Claim) -> frozenset[str]:
    return frozenset(use.phrase.casefold() for use in claim.places)


def _key(told: Attribution) -> str | None:
    if told.actor is not None and not told.actor.startswith("unknown:"):
        return actor_key(told.actor)
    return mouth_key(told.name)
