"""Persons: titles before names, names that a statistical model proposes, surnames that repeat a full name."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from wayout.extract.naming.roles import Grammar
from wayout.extract.tokens import Word, cut_words
from wayout.vocab import read_vocab

_PLACE_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "near",
        "into",
        "toward",
        "towards",
        "outside",
        "inside",
        "across",
        "around",
        "through",
        "throughout",
        "within",
    ]
)
_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_MAX_TITLE = 3
_MAX_NAME = 6
_MAX_PORTFOLIO = 6
_SHEIKH = "sheikh"
"""A title that begins names of places too ("Sheikh Zuweid"): it does not lift the test of place."""


class PersonName(NamedTuple):
    """Characters ``start`` to ``end`` are a person's name; ``titled`` whether a title stands before it."""

    start: int
    end: int
    titled: bool


def title_start(words: Sequence[Word], first: int) -> int:
    """
    Find where the titles before a name begin: "Iraqi Prime Minister Haider al-Abadi" at "Prime".

    Parameters
    ----------
    words
        Words of the text.
    first
        Index of the name's first word.

    Returns
    -------
    index
        Index of the first word of the titles; ``first`` where there is none.
    """
    start = _after_portfolio(words, first)
    while start > 0:
        for length in range(_MAX_TITLE, 0, -1):
            begin = start - length
            key = " ".join(w.key for w in words[max(0, begin) : start])
            if begin >= 0 and key in _titles() and all(w.joined for w in words[begin + 1 : start + 1]):
                start = begin
                break
        else:
            return start if start < first and words[start].key in _title_words() else first
    return start if words[start].key in _title_words() else first


def _after_portfolio(words: Sequence[Word], first: int) -> int:
    """Step left over "for the Middle East" between an office and a name; ``first`` where there is none."""
    for at in range(first - 1, max(first - _MAX_PORTFOLIO, 0), -1):
        if at + 1 >= len(words) or not words[at + 1].joined:
            return first  # the end of the text stands next to nothing
        if words[at].key in ("for", "of"):
            return at
        if words[at].key != "the" and not words[at].text[0].isupper():
            return first
    return first


def propose_persons(grammar: Grammar, words: Sequence[Word], starts: dict[int, int]) -> Iterator[PersonName]:
    """
    Yield the persons' names a statistical model proposes, less those that stand as places.

    Parameters
    ----------
    grammar
        The parsed text.
    words
        Its words.
    starts
        Index of the word that begins at a character.

    Yields
    ------
    name
        Two or more capitalised words, or one after a title.
    """
    for entity in grammar.parsed.ents:
        if entity.label_ != "PERSON" or "\n" in entity.text:
            continue
        inside = _name_words(words, starts, entity.start_char, entity.end_char)
        if not inside or len(inside) > _MAX_NAME or _is_no_person(inside):
            continue
        first = starts[inside[0].start]
        titled = title_start(words, first) < first
        capitals = [w for w in inside if w.text[0].isupper() and len(w.text) > 1 and w.key not in ("al", _SHEIKH)]
        trusted = titled and words[first - 1].key != _SHEIKH and inside[0].key != _SHEIKH
        placed = _stands_as_place(entity.root) or grammar.is_taken(inside[0].start, inside[-1].end)
        if trusted or (len(capitals) >= 2 and not placed):
            yield PersonName(inside[0].start, inside[-1].end, titled)


def _name_words(words: Sequence[Word], starts: dict[int, int], start: int, end: int) -> list[Word]:
    """Cut a proposal at the first bracket or comma, and begin it with the "Abu" that was left out."""
    inside: list[Word] = []
    for word in words_between(words, starts, start, end):
        if (inside and not word.joined) or not word.text[0].isalpha():
            break
        inside.append(word)
    kunyas = read_vocab("actor_words.yaml")["kunyas"]
    while inside and inside[0].joined and starts[inside[0].start] > 0:
        before = words[starts[inside[0].start] - 1]
        if before.key not in kunyas or not before.text[0].isupper():
            break
        inside.insert(0, before)
    return inside


def words_between(words: Sequence[Word], starts: dict[int, int], start: int, end: int) -> Sequence[Word]:
    """Return the words that begin inside the characters ``start`` to ``end``."""
    first = next((starts[i] for i in range(start, end) if i in starts), None)
    if first is None:
        return ()
    last = first
    while last < len(words) and words[last].start < end:
        last += 1
    return words[first:last]


def surname(name: str) -> str:
    """Return the folded last word of a name, with which later sentences repeat it."""
    words = cut_words(name)
    return words[-1].key if words else ""


def _stands_as_place(root: Any) -> bool:
    token = root
    for _ in range(4):
        if token.ent_type_ in _PLACE_LABELS:
            return True
        if token.dep_ == "pobj" and token.head.lower_ in _PLACE_PREPOSITIONS:
            return True
        if token.dep_ == "pobj" and token.head.lower_ in ("between", "from", "to", "of"):
            return any(c.ent_type_ in _PLACE_LABELS for c in token.subtree) or token.head.lower_ in ("between", "from")
        if token.dep_ not in ("conj", "appos", "compound"):
            return False
        token = token.head
    return False


@cache
def _title_words() -> frozenset[str]:
    return frozenset(t.split()[0] for t in _titles())


def _is_no_person(words: Sequence[Word]) -> bool:
    refused = read_vocab("actor_words.yaml")
    first, last = words[0].key, words[-1].key
    return (
        first in refused["not_names"]["first"]
        or first in refused["place_beginnings"]
        or first in refused["not_persons"]
        or last in refused["not_names"]["last"]
        or last in refused["organisation_words"]
    )


@cache
def _titles() -> frozenset[str]:
    return frozenset(" ".join(w.key for w in cut_words(t)) for t in read_vocab("actor_words.yaml")["titles"])
