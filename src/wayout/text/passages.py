"""Cut a long text into passages that are read one by one, so that time and memory grow with its length and no faster."""

import re
import unicodedata
from bisect import bisect_right

MAX_PASSAGE_CHARACTERS = 40_000
"""Some 6,500 words: longer than all but the longest reports."""
MAX_PASSAGE_PIECES = 10_000
"""Words and marks of a passage: a parse holds some 13 kB for each, and emoji or dots are one each."""

_PIECE = re.compile(r"\w+|[^\w\s]")

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[.!?…؟。！？।][\"'”’)\]]*\s")
_BLANK = re.compile(r"\s")


def cut_passages(text: str, limit: int = MAX_PASSAGE_CHARACTERS) -> list[tuple[int, int]]:
    """
    Cut a text at the best place before each limit: a blank line, the end of a sentence, a blank, anywhere.

    A passage has at most :data:`MAX_PASSAGE_PIECES` words and marks too.

    Parameters
    ----------
    text
        Any text.
    limit
        Longest passage, characters.

    Returns
    -------
    passages
        Start and end of each; together they cover the text without gap or overlap.

    Examples
    --------
    >>> cut_passages("One fell. Two stood. Three fled.", limit=22)
    [(0, 21), (21, 32)]
    """
    pieces = [m.start() for m in _PIECE.finditer(text)]
    passages = []
    start = 0
    while True:
        beyond = bisect_right(pieces, start) + MAX_PASSAGE_PIECES
        last = min(start + limit, pieces[beyond] if beyond < len(pieces) else len(text))
        if last >= len(text):
            break
        end = _best_cut(text, start, last)
        passages.append((start, end))
        start = end
    if start < len(text) or not passages:
        passages.append((start, len(text)))
    return passages


def _best_cut(text: str, start: int, end: int) -> int:
    """Find the last good place in the second half of a window."""
    middle = start + (end - start) // 2
    for pattern in (_BLANK_LINE, _SENTENCE_END, _BLANK):
        found = max((m.end() for m in pattern.finditer(text, middle, end)), default=None)
        if found is not None:
            return found
    # Never between a letter and its marks: the word would change its spelling.
    while end > middle and _continues(text[end]):
        end -= 1
    return end


def _continues(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in "\u200c\u200d\ufe0f"
