"""Where a parser must start a new sentence, so that no sentence grows without bound."""

from collections.abc import Sequence

MAX_SENTENCE_TOKENS = 200
"""Longest run without a sentence mark; trees over longer ones are slips of the parser, and reading them costs its cube."""
MAX_MARKED_TOKENS = 400
"""From here on a sentence is started after the last mark, even where the parser would have read on."""
MAX_BLANKS = 50
"""A longer run of blanks stands for something that was left out (``text/parsable.py``): no clause reaches over it."""
_LOOK_BACK = 60
"""Tokens before the limit in which a comma, a semicolon or a line end is looked for."""
_ENDS = frozenset(".!?…؟。！？।")
_PAUSES = frozenset(",;:،؛–—")


def sentence_starts(words: Sequence[str]) -> tuple[list[int], list[int]]:
    r"""
    Find the tokens at which a sentence must start.

    Parameters
    ----------
    words
        The tokens of a text.

    Returns
    -------
    starts
        After every blank line or long gap, and after the last sentence mark before a stretch grows beyond :data:`MAX_MARKED_TOKENS`.
    cuts
        Starts without a sentence mark before them: :data:`MAX_SENTENCE_TOKENS` went by without one. In order, like
        ``starts``, and not among them.

    Examples
    --------
    >>> sentence_starts(["Title", "\n\n", "It", "fell", "."])
    ([2], [])
    """
    starts: list[int] = []
    cuts: list[int] = []
    begin = 0
    marked = pause = 0
    for i, word in enumerate(words):
        after = i + 1
        if after == len(words):
            break
        if word.isspace() and (word.count("\n") >= 2 or len(word) > MAX_BLANKS):
            starts.append(after)
            begin = marked = pause = after
        elif word[:1] in _ENDS:
            marked = pause = after
        elif word in _PAUSES or word.isspace():
            pause = after
        if after - max(begin, marked) >= MAX_SENTENCE_TOKENS:
            begin = pause if pause > max(begin, marked, after - _LOOK_BACK) else after
            cuts.append(begin)
        elif after - begin >= MAX_MARKED_TOKENS and marked > begin:
            starts.append(marked)
            begin = marked
    return starts, cuts
