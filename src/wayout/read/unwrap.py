"""Lines of a plain text to paragraphs: tell a line that was cut to fit a width from a line that ends."""

from collections.abc import Sequence
from itertools import pairwise

from wayout.read.furniture import ends_with_stop

MAX_WIDTH = 120
"""Texts are wrapped at 60 to 100 columns; longer lines were not wrapped by anybody."""

MIN_WIDTH = 40
"""Narrower columns are lists, tables and verse."""

MIN_BREAKS = 3
"""Fewer line breaks inside paragraphs prove nothing."""

FORCED_SHARE = 0.7
"""Share of breaks inside paragraphs where the next word would not have fitted, from which a text counts as wrapped."""


def split_paragraphs(text: str) -> list[str]:
    r"""
    Split a tidied text into paragraphs.

    Blank lines always separate. Inside a block, single line ends separate too, unless the text is hard-wrapped: most of
    its inner line ends stand where the next word would have crossed the column. Then they become one blank (none after a
    hyphen between letters), and only a short line with a full stop ends a paragraph.

    Parameters
    ----------
    text
        Text with ``\\n`` line ends and stripped lines.

    Returns
    -------
    paragraphs
        Without line ends, without empty ones.

    Examples
    --------
    >>> split_paragraphs("Title\nFirst.\n\nSecond.")
    ['Title', 'First.', 'Second.']
    """
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    width = _wrap_width(blocks)
    if width is None:
        return [line for block in blocks for line in block]
    return [p for block in blocks for p in _unwrap(block, width)]


def _wrap_width(blocks: Sequence[Sequence[str]]) -> int | None:
    """Find the column a text was wrapped at, or ``None``."""
    lines = [line for block in blocks for line in block if " " in line]
    width = max(map(len, lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return None
    breaks = [(a, b) for block in blocks for a, b in pairwise(block)]
    forced = sum(_is_forced(a, b, width) for a, b in breaks)
    return width if len(breaks) >= MIN_BREAKS and forced >= FORCED_SHARE * len(breaks) else None


def _is_forced(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted any more."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _unwrap(block: Sequence[str], width: int) -> list[str]:
    paragraphs = [block[0]] if block else []
    for before, line in pairwise(block):
        if _is_forced(before, line, width) or (not ends_with_stop(before) and line[0].islower()):
            hyphenated = before.endswith("-") and len(before) > 1 and before[-2].isalpha() and line[0].isalpha()
            paragraphs[-1] += line if hyphenated else f" {line}"
        else:
            paragraphs.append(line)
    return paragraphs
