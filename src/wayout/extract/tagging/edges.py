"""Mend what the tagger ran together: "ISIL in Syria", "Foreign Secretary, Boris Johnson", "the regime and its backers"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wayout.extract.tagging.features import mention_type
from wayout.extract.tagging.view import NO_FLAG, EntityView

_COMMAS = frozenset((",", ";", ":", "(", ")", "[", "]", "/", "\u2013", "\u2014"))
_AND = frozenset(("and", "or", "&"))
_PLACED = frozenset(("in", "on", "at", "near", "inside", "across", "from", "to", "into", "against", "with"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_SMALL = frozenset(("DET", "CCONJ", "ADP", "PUNCT", "SPACE", "SCONJ", "VERB", "AUX"))
_KEEP_OPEN = frozenset(("a", "an", "all", "these", "those", "some", "both", "this", "that", "no", "other"))
_WHOLE = frozenset(("DocumentReference", "Quantity", "Money"))
"""Types whose spans hold prepositions and commas ("a report on the rights of prisoners", "$3, or so")."""


class Stretch(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) and their type."""

    first: int
    last: int
    type: str


def mend(view: EntityView, stretches: Sequence[Stretch]) -> list[Stretch]:
    """
    Cut stretches where one thing ends and the next begins, and add known names the tagger left out.

    Parameters
    ----------
    view
        The text.
    stretches
        What the tagger marked, in order.

    Returns
    -------
    stretches
        In order, without overlap.
    """
    mended = [piece for stretch in stretches for piece in _cut(view, stretch)]
    covered = bytearray(len(view.tokens))
    for first, last, _ in mended:
        covered[first:last] = b"\1" * (last - first)
    for first, last, letter in _named(view):
        if letter in "apl" and not any(covered[first:last]):
            mended.append(Stretch(first, last, mention_type(letter)))
    return sorted(mended)


def _cut(view: EntityView, stretch: Stretch) -> Iterator[Stretch]:
    first, last, kind = stretch
    begin = first
    for i in range(first, last):
        if i > begin and _breaks(view, i, stretch):
            yield from _piece(view, Stretch(begin, i, kind), whole=False)
            begin = i + 1
        elif i == begin and view.strings[view.tokens[i].pos] == "SPACE":
            begin = i + 1
    yield from _piece(view, Stretch(begin, last, kind), whole=begin == first)


def _breaks(view: EntityView, i: int, stretch: Stretch) -> bool:
    """Tell whether a token parts two things."""
    token, strings = view.tokens[i], view.strings
    if strings[token.pos] == "SPACE":
        return "\n" in strings[token.lower]
    if stretch.type in _WHOLE or token.flag[0] == "I" or i + 1 == stretch.last:
        return False
    word = strings[token.lower]
    if word in _COMMAS or strings[token.tag] in _FINITE:
        return True
    in_name = token.iob == 1 and token.label == view.tokens[i - 1].label
    if word in _AND:
        return not in_name and strings[view.tokens[i - 1].pos] in _NOUNS
    after = view.tokens[i + 1]
    if strings[after.pos] == "DET" and i + 2 < stretch.last:
        after = view.tokens[i + 2]
    return word in _PLACED and after.flag[0] == "B"


def _piece(view: EntityView, stretch: Stretch, *, whole: bool) -> Iterator[Stretch]:
    """Strip small words off a piece, and give it the type of the name it is; an untouched stretch stays as it is."""
    first, last, kind = stretch
    if not whole:
        while first < last and _is_small(view, first):
            first += 1
        while first < last and view.strings[view.tokens[last - 1].pos] in _SMALL:
            last -= 1
        flags = [t.flag for t in view.tokens[first:last]]
        if flags and flags[0][0] == "B" and flags[0][1] != "x" and all(f == "I" + flags[0][1] for f in flags[1:]):
            kind = mention_type(flags[0][1])
    if first < last:
        yield Stretch(first, last, kind)


def _is_small(view: EntityView, i: int) -> bool:
    token = view.tokens[i]
    return view.strings[token.pos] in _SMALL and view.strings[token.lower] not in _KEEP_OPEN


def _named(view: EntityView) -> Iterator[tuple[int, int, str]]:
    """Yield the tokens of each mention, and its letter."""
    first = -1
    for i, token in enumerate(view.tokens):
        if first >= 0 and token.flag[0] != "I":
            yield first, i, view.tokens[first].flag[1]
            first = -1
        if token.flag != NO_FLAG and token.flag[0] == "B":
            first = i
    if first >= 0:
        yield first, len(view.tokens), view.tokens[first].flag[1]
