"""What an attribution is made of: pieces of tokens for its cue, its source and its content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wayout.extract.attributing.tree import Tree

Piece = tuple[int, int]
"""First and last token (inclusive)."""
_EDGE_MARKS = frozenset({",", ";", ":", ".", "-", "\u2013", "\u2014", "..."})
MAX_SOURCE = 60
"""Tokens of a source; a longer one is a broken parse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionSpans:
    """
    One attribution as pieces of tokens (first, last inclusive): cue, source (may be empty), content.

    ``kind`` is how it was found: verb, according, colon, deictic, adverb, noun, adjective, intent, thing. ``cue_head`` is the
    word that tells ("said"); ``source_head`` the head of the source, ``None`` where the text names nobody
    ("reportedly"); of "the army, which said ..." it is the army. ``inner`` are the attributions inside the content.
    """

    kind: str
    cue: tuple[Piece, ...]
    source: tuple[Piece, ...] = ()
    content: tuple[Piece, ...] = ()
    cue_head: int
    source_head: int | None = None
    inner: tuple["AttributionSpans", ...] = ()

    def holds(self, i: int) -> bool:
        """Tell whether a token is part of what is told."""
        return any(first <= i <= last for first, last in self.content)

    @property
    def n_words(self) -> int:
        """How many tokens the content has."""
        return sum(last - first + 1 for first, last in self.content)

    def with_inner(self) -> Iterator["AttributionSpans"]:
        """Yield the attribution and all those inside it, outer before inner."""
        waiting = [self]
        while waiting:
            spans = waiting.pop()
            yield spans
            waiting.extend(reversed(spans.inner))


def pieces(words: Iterable[int]) -> tuple[Piece, ...]:
    """Join neighbouring tokens to pieces, in order."""
    found: list[Piece] = []
    for i in sorted(set(words)):
        if found and found[-1][1] == i - 1:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return tuple(found)


def without(whole: Iterable[Piece], holes: Iterable[Piece]) -> list[Piece]:
    """Cut pieces out of pieces."""
    kept = list(whole)
    for first, last in holes:
        cut: list[Piece] = []
        for low, high in kept:
            if last < low or high < first:
                cut.append((low, high))
                continue
            if low < first:
                cut.append((low, first - 1))
            if last < high:
                cut.append((last + 1, high))
        kept = cut
    return kept


def joined(parts: Iterable[Piece]) -> list[Piece]:
    """Join pieces that touch or overlap, in order."""
    found: list[Piece] = []
    for first, last in sorted(parts):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def trimmed(tree: Tree, parts: Iterable[Piece]) -> list[Piece]:
    """Take space and loose marks off the edges of each piece; a piece of nothing else goes."""
    kept = []
    for low, high in parts:
        first, last = low, high
        while first <= last and (tree.lower[first] in _EDGE_MARKS or tree.is_space(first)):
            first += 1
        while first <= last and (tree.lower[last] in _EDGE_MARKS or tree.is_space(last)):
            last -= 1
        if first <= last:
            kept.append((first, last))
    return kept


def cue_words(tree: Tree, verb: int) -> list[int]:
    """Return a verb with its auxiliaries, negation, particle and the adverbs among them ("has also said")."""
    kids = tree.kids[verb]
    own = [k for k in kids if tree.dep[k] in ("aux", "auxpass", "neg", "prt") and abs(k - verb) <= 6]
    own = [k for k in own if k < verb or tree.dep[k] in ("prt", "neg")]
    first = min([verb, *own])
    words = [verb, *own]
    for k in kids:
        if tree.dep[k] == "advmod" and tree.tag[k] not in ("WRB", "WP") and k < verb and (k > first or k >= verb - 1):
            words += range(tree.left[k], tree.right[k] + 1) if tree.right[k] - tree.left[k] < 3 else [k]
    return sorted({*words})


def source_words(tree: Tree, source: int, cue: int) -> Piece:
    """
    Return a source's phrase with what describes it.

    A clause that follows ("who fled ...") belongs to it behind the cue, where nothing parts it from the name;
    before the cue it is left out. The comma that closes an apposition is part of it.
    """
    low, high = tree.left[source], tree.right[source]
    for k in tree.kids[source]:
        outside = tree.dep[k] in ("parataxis", "advcl", "ccomp") or (tree.dep[k] in ("relcl", "acl") and source < cue)
        if tree.dep[k] == "punct" and outside:
            continue
        if outside and k > source:
            high = min(high, tree.left[k] - 1)
        elif outside:
            low = max(low, tree.right[k] + 1)
    if low <= cue <= high:
        low, high = (cue + 1, high) if source > cue else (low, cue - 1)
    high = min(high, low + MAX_SOURCE) if source <= low + MAX_SOURCE else source
    parts = trimmed(tree, [(low, high)])
    first, last = parts[0] if parts else (source, source)
    closed = last + 1 < cue and tree.lower[last + 1] == "," and "," in tree.lower[first:last]
    return first, last + closed
