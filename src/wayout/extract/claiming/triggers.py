"""Find the words that may make a claim: verbs, event nouns and state adjectives of the lexicon."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wayout.extract.grammar import ancestors, children, is_verb
from wayout.extract.lexicon import Entry, Lexicon
from wayout.extract.mention_index import MentionIndex

_PARTICLES = frozenset({"off", "out", "up", "down", "back", "away", "in", "over", "it", "from", "through"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """
    A trigger word: the candidate entries (best first), its words, and the tokens that stand for it.

    ``light`` is the verb that carries an event noun ("launch an offensive"); ``anchors`` are the tokens that a place or
    time phrase may hang on to belong to this trigger, nearest first.
    """

    token: Any
    entries: tuple[Entry, ...]
    words: tuple[int, ...]
    anchors: tuple[int, ...]
    light: Any | None = None


def find_triggers(parsed: Any, index: MentionIndex, lexicon: Lexicon) -> tuple[Trigger, ...]:
    """
    List the triggers of a parsed text in text order.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    index
        Its mentions: words inside a name never trigger.
    lexicon
        The trigger lexicon.

    Returns
    -------
    triggers
        At most one a token.
    """
    found = []
    for token in parsed:
        if token.is_space or token.is_punct or token.i in index.actors:
            continue
        for entries, words in _readings(token, lexicon):
            if token.i in index.places and entries[0].part != "adjective":
                continue
            light = _light_verb(token, lexicon) if entries[0].part == "noun" else None
            found.append(
                Trigger(token=token, entries=entries, words=words, anchors=_anchors(token, light), light=light)
            )
            break
    return tuple(found)


def _readings(token: Any, lexicon: Lexicon) -> Iterator[tuple[tuple[Entry, ...], tuple[int, ...]]]:
    """Yield what a token may trigger: the longer expression first."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.dep_ != "amod":
        for particle in (c for c in token.children if c.lower_ in _PARTICLES and 0 < c.i - token.i <= 4):
            entries = lexicon.entries.get(("verb", f"{lemma} {particle.lower_}"))
            if entries:
                yield entries, (token.i, particle.i)
        entries = lexicon.entries.get(("verb", lemma))
        adjective = lexicon.entries.get(("adjective", token.lower_))
        if entries:
            yield entries, (token.i,)
        elif adjective and token.tag_ == "VBN":
            yield adjective, (token.i,)
    elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
        if token.dep_ == "dobj" and token.head.lemma_ in ("keep", "leave", "hold"):
            state = lexicon.entries.get(("adjective", token.lower_))
            if state:
                yield state, (token.i,)
        before = token.nbor(-1) if token.i > 0 else token
        pair = lexicon.entries.get(("noun", f"{before.lower_} {lemma}"))
        if pair:
            yield pair, (before.i, token.i)
        entries = lexicon.entries.get(("noun", lemma))
        if entries:
            yield entries, (token.i,)
    hyphened = token.dep_ == "amod" and token.i > 0 and token.nbor(-1).text == "-" and lemma == "base"
    if not hyphened and (token.pos_ == "ADJ" or token.dep_ in ("amod", "acomp")):
        entries = lexicon.entries.get(("adjective", token.lower_))
        if entries:
            yield entries, (token.i,)


def _light_verb(noun: Any, lexicon: Lexicon) -> Any | None:
    """Return the verb that only carries the noun, if there is one."""
    current = noun
    while current.dep_ == "conj" and not is_verb(current):
        current = current.head
    head = current.head
    if current.dep_ == "pobj" and head.head.lemma_ in ("come", "put", "place", "keep", "be") and head.lower_ == "under":
        return head.head
    if current.dep_ == "pobj" and head.lower_ == "on" and head.head.lemma_ in ("be", "go"):
        return head.head
    if current.dep_ in ("dobj", "nsubjpass") and is_verb(head):
        known = head.lemma_ in lexicon.words["light_verbs"] | lexicon.words["passive_light_verbs"]
        return head if known else None
    if head.lemma_ in lexicon.words["light_verbs"] and current.dep_ in ("pobj", "attr", "oprd"):
        return head
    participles = [c for c in children(noun, "acl") if c.lemma_ in lexicon.words["light_verbs"]]
    return participles[0] if participles else None


def _anchors(token: Any, light: Any | None) -> tuple[int, ...]:
    """List the tokens that stand for the trigger: itself, its light verb, and the verbs whose infinitive it is."""
    found = [token.i]
    current = token
    if light is not None:
        found.append(light.i)
        current = light
    elif not is_verb(token):
        while current.dep_ == "conj" and not is_verb(current):
            current = current.head
        head = current.head
        if is_verb(head) and current.dep_ in ("nsubj", "nsubjpass", "dobj", "acomp", "attr", "oprd"):
            found.append(head.i)
            current = head
    for head in ancestors(current):
        if current.dep_ not in ("xcomp", "acomp", "oprd", "pcomp", "auxpass") or head.pos_ == "NOUN":
            break
        found.append(head.i)
        current = head
    return tuple(found)
