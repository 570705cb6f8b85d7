"""Lower what is not yet verified: a video under analysis, a report that "could not be confirmed"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import ancestors, children, is_verb, surface_subject
from wayout.vocab import read_vocab

UNVERIFIED_CAP = 1.0
"""An unverified statement is possible, no more: FactBank's PS."""


def weigh_verification(drafts: Sequence[Draft], parsed: Any) -> None:
    """
    Cap the certainty of what is being checked or could not be verified; changes the drafts.

    Parameters
    ----------
    drafts
        Claims in text order.
    parsed
        The parse.
    """
    words = read_vocab("certainty.yaml")
    for checker in drafts:
        if checker.predicate == "investigates" and checker.judgement.tense != "past":
            same = [d for d in drafts if d.token.sent == checker.token.sent and d.predicate == "publishes"]
            for item in same:
                _cap(item, checker.token.i)
    for token in parsed:
        if _failed_check(token, words):
            for draft in _meant(token, drafts, parsed):
                _cap(draft, token.i)


def _failed_check(token: Any, words: Any) -> bool:
    """Tell whether a token says that something is unverified: "could not be verified", "unconfirmed"."""
    if token.lower_ in ("unverified", "unconfirmed", "uncorroborated"):
        return True
    if not (is_verb(token) and token.lemma_ in words["verify_verbs"]):
        return False
    negated = bool(children(token, "neg")) or any(a.lower_ in ("unable", "impossible") for a in ancestors(token))
    return negated or any(c.lower_ == "cannot" for c in token.children)


def _meant(token: Any, drafts: Sequence[Draft], parsed: Any) -> list[Draft]:
    """Return the claims meant: those in the clause checked, else those of the sentence before."""
    sentence = token.sent
    inside = [d for d in drafts if d.token in sentence and d.predicate != "investigates"]
    below = {t.i for t in token.subtree}
    holder = token.head if token.dep_ in ("amod", "acomp", "attr") else surface_subject(token)
    if holder is not None:
        below |= {t.i for t in holder.subtree}
    own = [d for d in inside if d.token.i in below]
    if own:
        return own
    if sentence.start == 0 or (token.dep_ == "amod" and not inside):
        return []
    before = parsed[sentence.start - 1].sent
    return [d for d in drafts if d.token in before and d.predicate != "investigates"]


def _cap(draft: Draft, cue: int) -> None:
    value = max(-UNVERIFIED_CAP, min(UNVERIFIED_CAP, draft.judgement.value))
    mood = "possibility" if draft.judgement.mood == "fact" else draft.judgement.mood
    draft.judgement = replace(draft.judgement, value=value, mood=mood, cues=(*draft.judgement.cues, cue))
