"""Quotations: where they begin and end, also over sentences."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from wayout.extract.attributing.spans import AttributionSpans, Piece, joined, without
from wayout.extract.attributing.tree import Tree

OPENING = {"\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c"}
"""Marks that only open, with the mark that closes them."""
STRAIGHT = frozenset({'"', "''", "``"})
"""Marks that open and close."""
MIN_WORDS = 2
"""Fewer words in quotation marks are a name or a scare quote, no speech of their own."""
MIN_SPEECH = 5
"""Tokens that a quotation without a speaker must have to be speech."""
MAX_ASIDE = 60
"""Tokens between a quotation and the next of the same speaker."""
MAX_PIECES = 60
"""Quotations of one speech; more are told of nobody."""
MAX_BEHIND_CUE = 15
"""Tokens from "said" to the quotation that goes on behind it."""
_ENDS = frozenset({".", "?", "!", "\u201d", "''", '"'})
SPEECH = frozenset({"verb", "colon"})
"""Kinds of attribution that may have quotations as content."""


def find_quotations(tree: Tree) -> list[Piece]:
    """
    Find the quotations of a text, marks included, in order.

    Parameters
    ----------
    tree
        The text.

    Returns
    -------
    quotations
        First and last token; an unclosed one ends with its paragraph.
    """
    found: list[Piece] = []
    start: int | None = None
    closing: frozenset[str] = frozenset()
    for i, word in enumerate(tree.lower):
        straight = word in STRAIGHT
        if start is not None and "\n\n" in word:
            found.append((start, i - 1))
            start = None
        elif start is not None and word in closing and not (straight and _opens(tree, i)):
            found.append((start, i))
            start = None
        elif word in OPENING or (straight and (start is None or _opens(tree, i)) and not _closes(tree, i)):
            start = i
            closing = STRAIGHT | {"\u201d"} if straight else frozenset({OPENING[word], '"'})
    if start is not None:
        found.append((start, len(tree.lower) - 1))
    return [(a, b) for a, b in found if b > a]


def _opens(tree: Tree, i: int) -> bool:
    """Tell whether a straight mark stands before a word, not behind one."""
    return (i == 0 or tree.spaced[i - 1] or tree.is_space(i - 1)) and not tree.spaced[i]


def _closes(tree: Tree, i: int) -> bool:
    """Tell whether a straight mark stands behind a word, not before one."""
    return i > 0 and not tree.spaced[i - 1] and not tree.is_space(i - 1) and (tree.spaced[i] or _at_end(tree, i))


def _at_end(tree: Tree, i: int) -> bool:
    return i + 1 >= len(tree.lower) or tree.is_space(i + 1) or tree.lower[i + 1] in (",", ".", ";", ")")


class Quoted(Protocol):
    """A text with its quotations; ``quote`` gives each token the number of its quotation, -1 outside."""

    @property
    def tree(self) -> Tree:
        """The parse."""

    @property
    def quotations(self) -> list[Piece]:
        """The quotations in order, marks included."""

    @property
    def quote(self) -> list[int]:
        """The number of each token's quotation."""


def whole_quotations(scene: Quoted, found: Sequence[AttributionSpans]) -> list[AttributionSpans]:
    """
    Give each speech the whole of its quotations, also those that go on after "X said.".

    Parameters
    ----------
    scene
        The text.
    found
        Attributions in text order.

    Returns
    -------
    attributions
        In the same order; then the quotations that nobody is made to answer for (kind "quotation"), for what is told in
        them is not the text's own word.
    """
    kept = [_widened(scene, spans) if spans.kind in SPEECH else spans for spans in found]
    speaker: dict[int, int] = {}
    held: set[int] = set()
    for position, spans in enumerate(kept):
        numbers = _numbers(scene, spans)
        held |= numbers - {scene.quote[spans.cue_head]}
        if spans.kind in SPEECH and scene.quote[spans.cue_head] < 0:
            for n in numbers:
                speaker.setdefault(n, position)
    for n, quotation in enumerate(scene.quotations):
        if n in held:
            continue
        earlier = speaker.get(n - 1)
        if (
            earlier is not None
            and len(kept[earlier].content) < MAX_PIECES
            and _goes_on(scene, n, kept[earlier].cue_head)
        ):
            kept[earlier] = _with_content(kept[earlier], [*kept[earlier].content, quotation])
            speaker[n] = earlier
        elif quotation[1] - quotation[0] > MIN_SPEECH:
            kept.append(AttributionSpans(kind="quotation", cue=(), content=(quotation,), cue_head=quotation[0]))
    return kept


def _numbers(scene: Quoted, spans: AttributionSpans) -> set[int]:
    """Return the quotations that a content holds."""
    return {scene.quote[i] for first, last in spans.content for i in range(first, last + 1)} - {-1}


def _widened(scene: Quoted, spans: AttributionSpans) -> AttributionSpans:
    own = scene.quote[spans.cue_head]
    whole = [scene.quotations[n] for n in _numbers(scene, spans) if n != own]
    return _with_content(spans, [*spans.content, *whole]) if whole else spans


def _with_content(spans: AttributionSpans, parts: Sequence[Piece]) -> AttributionSpans:
    """Return an attribution with another content, less its own cue and source."""
    return replace(spans, content=tuple(without(joined(parts), [*spans.cue, *spans.source])))


def _goes_on(scene: Quoted, n: int, cue: int) -> bool:
    """Tell whether a quotation only goes on with the one before: it begins a sentence or follows "X said,", soon after."""
    tree = scene.tree
    first, last = scene.quotations[n]
    before = scene.quotations[n - 1][1]
    left = first - 1
    while left > 0 and tree.is_space(left):
        left -= 1
    # The parser may leave an opening mark with the sentence before: what counts is that one has ended.
    begins = left < tree.first[first] or tree.lower[left] in _ENDS
    aside = before < cue < left and tree.lower[left] in (",", ":") and first - cue < MAX_BEHIND_CUE
    return (begins or aside) and last - first > MIN_WORDS and first - before < MAX_ASIDE
