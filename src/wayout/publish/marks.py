"""Cut a text into pieces at span edges, so that nested and overlapping passages can be marked and nothing is lost."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from wayout.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A run of text between two span edges.

    ``inside`` are the numbers of the passages that cover it, ``starts`` those that begin with it, ``ends`` those that
    end with it.
    """

    text: str
    inside: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def cut(text: str, numbered: Mapping[Span, int]) -> tuple[Piece, ...]:
    """
    Cut a text at the edges of its passages.

    Parameters
    ----------
    text
        The text of one document.
    numbered
        Its spans and their numbers; parts of a span beyond the text are ignored.

    Returns
    -------
    pieces
        In order; their texts together are exactly ``text``, and every piece lies wholly inside or outside of each span.
    """
    edges = {0, len(text)}
    for span in numbered:
        edges |= {min(span.start, len(text)), min(span.end, len(text))}
    order = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(order):
        inside = sorted(n for s, n in numbered.items() if s.start <= start and end <= s.end)
        pieces.append(
            Piece(
                text=text[start:end],
                inside=tuple(inside),
                starts=tuple(sorted(n for s, n in numbered.items() if s.start == start)),
                ends=tuple(sorted(n for s, n in numbered.items() if min(s.end, len(text)) == end)),
            )
        )
    return tuple(pieces)
