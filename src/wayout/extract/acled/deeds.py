"""Who does a deed and to whom, as sides: by the grammar, else by what stands before and after it."""

from collections.abc import Sequence
from typing import Any

from wayout.extract.acled.cues import Cue, Word
from wayout.extract.grammar import (
    agent,
    ancestors,
    children,
    conjuncts,
    direct_object,
    is_passive,
    is_verb,
    surface_subject,
)

_BY = frozenset({"by", "from"})
_ON = frozenset({"against", "with", "on", "at", "between", "among", "upon", "into"})
_BELOW = frozenset({"relcl", "acl", "advcl"})
_BACKGROUND = frozenset({"after", "following", "amid", "despite", "since", "before", "accused"})
_ARMED = frozenset({"state", "rebels", "police"})
_HELD = "hold_by"
_TAKING = frozenset({"take", "retake"})
"""Deeds that nouns tell with the doer before them: "troops are back in control of", "reported the recovery of"."""
_ENDS = frozenset({"to", "of", "by"})
_MAX_DEPTH = 3
_CLOSE = 5
_REACH = 12
"""Words before or after a deed that are looked at where the parse shows nobody."""


def doers_of(deed: Cue, words: Sequence[Word], sides: Sequence[Cue]) -> tuple[frozenset[str], frozenset[str]]:
    """
    Tell the sides that do a deed and those it is done to.

    Parameters
    ----------
    deed
        The cue of the deed.
    words
        Its sentence.
    sides
        The sides found in the sentence.

    Returns
    -------
    who, whom
        Names of sides; empty where nobody of a known side is found.
    """
    if deed.name == _HELD:
        return _holder(deed, words, sides), frozenset()
    token = _head(deed, words)
    if is_verb(token):
        passive = is_passive(token)
        subject, other = surface_subject(token), direct_object(token)
        who = agent(token) if passive else subject
        whom = subject if passive else other
        active_who, done_to = _sides(who, words, sides), _sides(whom, words, sides)
        done_to |= _after(token, _ON | {"from"}, words, sides) or _from(deed, words, sides)
        if not active_who:
            active_who = _near(deed, words, sides, passive=passive)
        return active_who, done_to - (active_who if not whom else frozenset())
    who = _after(token, _BY, words, sides) or _before(token, words, sides)
    whom = _after(token, _ON | {"of"}, words, sides)
    carrier = token.head
    if not who and is_verb(carrier) and token.dep_ in ("dobj", "pobj", "nsubjpass"):
        who = _sides(surface_subject(carrier) if token.dep_ == "dobj" else agent(carrier), words, sides)
    if not who and deed.name in _TAKING:
        who = _near(deed, words, sides, passive=False)
    return who, whom


def depth_of(token: Any) -> int:
    """
    Tell how far a word stands below what its sentence tells.

    Parameters
    ----------
    token
        The word.

    Returns
    -------
    depth
        Relative, adverbial and participial clauses above it, and nouns behind "after", "amid" ("amid clashes"); what
        somebody says ("said that ...") is told like the rest. At most 3.
    """
    depth = 0
    for at in (token, *ancestors(token)):
        if at.dep_ in _BELOW or (at.dep_ in ("pobj", "pcomp") and at.head.lower_ in _BACKGROUND):
            depth += 1
            if depth == _MAX_DEPTH:
                break
    return depth


def only_speaks(token: Any, speech: frozenset[str]) -> bool:
    """Tell whether a word names one who only tells of it: "the army said", "according to police"."""
    if token.dep_ == "nsubj":
        return str(token.head.lemma_).lower() in speech
    return bool(token.dep_ == "pobj" and token.head.lower_ == "to" and token.head.head.lower_ == "according")


def _holder(deed: Cue, words: Sequence[Word], sides: Sequence[Cue]) -> frozenset[str]:
    """Return whose it is after "fell to the rebels", "in rebel hands"; a nation is its government."""
    begin = deed.last + 1 if words[deed.last].lower in _ENDS else deed.first
    end = min(len(words), deed.last + 1 + _CLOSE)
    armed = [c for c in sides if begin <= c.first < end]
    first = min((c.first for c in armed), default=end)
    nation = next((i for i in range(begin, min(end, first)) if words[i].token.ent_type_ in ("NORP", "GPE")), None)
    if nation is not None and (not armed or first > nation + 3):
        return frozenset({"state"})
    return frozenset(c.name for c in armed if c.first == first)


def _head(cue: Cue, words: Sequence[Word]) -> Any:
    """Return the verb of a phrase ("take control of"), else its last word."""
    tokens = [w.token for w in words[cue.first : cue.last + 1]]
    return next((t for t in tokens if is_verb(t)), tokens[-1])


def _sides(token: Any | None, words: Sequence[Word], sides: Sequence[Cue]) -> frozenset[str]:
    """Return the sides named in the noun phrase of a token and of what is coordinated with it."""
    if token is None:
        return frozenset()
    found: set[str] = set()
    for part in conjuncts(token):
        low, high = part.left_edge.i, part.right_edge.i
        for child in part.children:
            if child.dep_ in ("relcl", "acl", "prep", "conj", "appos") and part.i < child.left_edge.i <= high:
                high = child.left_edge.i - 1
        here = [c for c in sides if low <= words[c.last].token.i <= high]
        # The word that stands first says whose they are: "rebel forces" are no state's.
        found |= {c.name for c in here if c.name not in _ARMED}
        found |= {
            c.name for c in here if c.name in _ARMED and c.first == min(o.first for o in here if o.name in _ARMED)
        }
        found |= {c.name for c in sides for o in _of(part) if words[c.last].token.i == o.i}
    return frozenset(found)


def _of(noun: Any) -> list[Any]:
    return [o for p in children(noun, "prep") if p.lower_ in ("of", "from") for o in children(p, "pobj")]


def _after(token: Any, prepositions: frozenset[str], words: Sequence[Word], sides: Sequence[Cue]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for preposition in children(token, "prep", "agent"):
        if preposition.lower_ in prepositions:
            for noun in children(preposition, "pobj"):
                found |= _sides(noun, words, sides)
    return found


def _before(noun: Any, words: Sequence[Word], sides: Sequence[Cue]) -> frozenset[str]:
    """Return the sides that own or qualify a noun: "the army's advance", "rebel attack"."""
    inner = {t.i for c in children(noun, "poss", "compound", "amod", "nmod") for t in c.subtree}
    return frozenset(c.name for c in sides if words[c.last].token.i in inner)


def _from(deed: Cue, words: Sequence[Word], sides: Sequence[Cue]) -> frozenset[str]:
    """Return the side right behind a "from" after the deed, wherever the parser hung it ("took R from X")."""
    at = next((i for i in range(deed.last + 1, min(len(words), deed.last + _REACH)) if words[i].lower == "from"), None)
    close = [c for c in sides if at is not None and at < c.first <= at + _CLOSE]
    return frozenset(c.name for c in close if c.first == close[0].first)


def _near(deed: Cue, words: Sequence[Word], sides: Sequence[Cue], *, passive: bool) -> frozenset[str]:
    """Return the nearest side before an active verb, or after "by" behind a passive one."""
    if passive:
        by = next((i for i in range(deed.last, min(len(words), deed.last + _REACH)) if words[i].lower == "by"), None)
        close = [c for c in sides if by is not None and by < c.first <= by + _CLOSE]
        return frozenset(c.name for c in close if c.first == close[0].first)
    before = [c for c in sides if deed.first - _REACH <= c.last < deed.first]
    return frozenset(c.name for c in before if c.last == max(b.last for b in before))
