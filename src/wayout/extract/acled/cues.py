"""Find the cues of sub-events in a sentence: phrases by word and lemma, not under a negation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayout.extract.acled.lexicon import SubEventLexicon

_NEGATIONS = frozenset({"no", "not", "never", "without", "n't", "neither", "nor"})
_REACH = 3
"""Words that a negation before a cue reaches over."""
_UNSEEN = frozenset({"-", "\u2010", "\u2011", "\u2013", '"', "\u201c", "\u201d"})
_WHOLE = frozenset({"according", "following", "including", "united", "during", "given", "left"})
"""Words whose lemma means something else: "according to" tells of no accord."""
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WHERE = frozenset({"in", "at", "near", "from", "to", "outside", "around", "inside", "on", "toward", "towards", ","})
_NO_PLACES = frozenset(
    {"NORP", "DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "EVENT", "LANGUAGE"}
)
_GROUND_PREPOSITIONS = frozenset({"of", "over", "into", "from"})
GAP = "..."
MAX_GAP = 5
_SHORT = 3
"""Letters of a word that is too short to have lost an ending."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue or side found: its name, and its first and last word (indexes into the sentence's words)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its token, and the forms that a phrase may match it by."""

    token: Any
    lower: str
    forms: tuple[str, ...]


def words_of(tokens: Iterable[Any]) -> list[Word]:
    """
    List the words of a stretch of tokens; spaces, hyphens and quotation marks are left out.

    Parameters
    ----------
    tokens
        Tokens of one sentence.

    Returns
    -------
    words
        With the forms that a phrase may match: as written, lemma, and without a plural "s" or "ed".
    """
    words = []
    for token in tokens:
        lower = token.lower_
        if token.is_space or lower in _UNSEEN:
            continue
        lower = lower.replace("\u2019", "'")
        forms = (lower,) if lower in _WHOLE else (lower, token.lemma_.lower(), *_stems(lower))
        words.append(Word(token, lower, tuple(dict.fromkeys(forms))))
    return words


def _stems(lower: str) -> tuple[str, ...]:
    """Return what the lemmatiser may have missed: it leaves words that the tagger took for names or adjectives."""
    if len(lower) <= _SHORT:
        return ()
    if lower.endswith("ed"):
        return (lower[:-1], lower[:-2])
    if lower.endswith("s") and not lower.endswith("ss"):
        return (lower[:-1],)
    return ()


def find_cues(words: Sequence[Word], lexicon: SubEventLexicon, actors: Mapping[int, str]) -> list[Cue]:
    """
    Find cues and sides among the words of a sentence.

    Parameters
    ----------
    words
        The sentence.
    lexicon
        Phrases by first word.
    actors
        The side of a known actor by the index (in the document) of each of its tokens; such words are no cues otherwise.

    Returns
    -------
    cues
        In the order of the text; of phrases with one name that begin together only the longest.
    """
    found = [
        Cue("place_name", at, at)
        for at, word in enumerate(words)
        if word.token.i not in actors and _names_place(words, at, lexicon)
    ]
    covered: dict[int, str] = {}
    for at, word in enumerate(words):
        side = actors.get(word.token.i)
        if side is not None:
            found.append(Cue(side, at, at))
            if word.token.text[:1].isupper():
                continue
        for form in word.forms:
            for phrase, name in lexicon.masks.get(form, ()):
                end = _match(words, at, phrase)
                if end is not None:
                    covered.update(dict.fromkeys(range(at, end + 1), name))
                    found.append(Cue(name, at, end))
        for cue in _cues_at(words, at, lexicon):
            if (
                (cue.name not in lexicon.sides)
                if side is not None
                else (at not in covered or cue.name in lexicon.sides)
            ):
                found.append(cue)
    return found


def _names_place(words: Sequence[Word], at: int, lexicon: SubEventLexicon) -> bool:
    """Tell whether a word names a place that may be an object: "took Kidal", not "in Kidal"."""
    token = words[at].token
    if token.ent_type_ in _PLACES:
        if token.dep_ == "compound" and token.head.lemma_.lower() in lexicon.side_nouns:
            return False
        return at == 0 or words[at - 1].lower not in _WHERE
    # The tagger does not know most towns of the world: what is conquered, or what falls, is a place by that.
    if token.pos_ != "PROPN" or token.ent_type_ in _NO_PLACES or not token.text[:1].isupper():
        return False
    deed = _governor(token)
    return deed in lexicon.ground_verbs or (deed in lexicon.ground_or_person and token.ent_type_ != "PERSON")


def _governor(token: Any) -> str:
    """Return the lemma of the verb or noun that a name is the object (or what befalls it the subject) of."""
    dep, head = token.dep_, token.head
    while dep == "conj" and head.head is not head:
        dep, head = head.dep_, head.head
    if dep in ("dobj", "nsubjpass", "nsubj", "npadvmod", "advmod", "oprd"):
        lemma = str(head.lemma_).lower()
        if lemma == "take" and any(c.lower_ in ("back", "over") for c in head.children):
            return "take back"
        return f"{lemma} nsubj" if dep == "nsubj" else lemma
    if dep == "pobj" and head.lower_ in _GROUND_PREPOSITIONS:
        return f"{str(head.head.lemma_).lower()} {head.lower_}"
    return ""


def _cues_at(words: Sequence[Word], at: int, lexicon: SubEventLexicon) -> list[Cue]:
    """Return the cues that begin at a word, of each name the longest."""
    found: list[Cue] = []
    seen: set[str] = set()
    for form in words[at].forms:
        for phrase, names in lexicon.phrases.get(form, ()):
            fresh = names - seen
            end = _match(words, at, phrase) if fresh else None
            if end is None:
                continue
            seen |= names
            if not _negated(words, at, phrase):
                found += (Cue(name, at, end) for name in sorted(fresh))
    return found


def _match(words: Sequence[Word], at: int, phrase: Sequence[str]) -> int | None:
    """Return the last word of a phrase that begins at a word; "..." stands for up to five words."""
    gap = 0
    for piece in phrase[1:]:
        if piece == GAP:
            gap = MAX_GAP
            continue
        at = next((i for i in range(at + 1, min(len(words), at + 2 + gap)) if piece in words[i].forms), -1)
        if at < 0:
            return None
        gap = 0
    return at


def _negated(words: Sequence[Word], at: int, phrase: Sequence[str]) -> bool:
    if phrase[0] in _NEGATIONS or phrase[0] in ("deny", "fail"):
        return False
    return any(w.lower in _NEGATIONS for w in words[max(0, at - _REACH) : at])
