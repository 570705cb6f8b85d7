"""Cut a text into words that compare equal when their spellings differ only in marks, case, article or possessive."""

import re
from functools import lru_cache
from typing import NamedTuple

from wayout.text.names import fold_name

_WORD = re.compile("[^\\W_]+(?:['\u2018\u2019\u02bc\u02bb\u02bf\u02be`\u00b4][^\\W_]+)*")
_POSSESSIVE = re.compile("['\u2019\u02bc`][sS]$")
_ARTICLES = frozenset(("al", "el", "ul", "ash", "as", "ad", "an", "ar", "at", "az", "an"))
"""The Arabic article as it is written before sun letters; only with a hyphen, for "as" and "at" are English words."""
_GAP = re.compile("[ \\t\u00a0]{1,2}|\\n|[-/\u2010-\u2013]|[ ][-\u2013/&][ ]|")
_HYPHENS = "-\u2010\u2011\u2012\u2013"


class Word(NamedTuple):
    """
    One word of a text, code points ``start`` to ``end`` without a possessive ending.

    ``key`` is its folded form, ``joined`` whether a name may run on from the word before, ``owns`` whether it had 's.
    """

    start: int
    end: int
    text: str
    key: str
    joined: bool
    owns: bool

    @property
    def is_upper_first(self) -> bool:
        """Tell whether it begins with a capital (or a letter of a script without case)."""
        return self.text[0].isupper() or self.text[0].isdigit() or not self.text[0].islower()


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Fold one word; cached, for a text repeats its words."""
    return word.lower() if word.isascii() and word.isalnum() else fold_name(word)


def cut_words(text: str) -> list[Word]:
    """
    Cut a text into words.

    Parameters
    ----------
    text
        Any text; offsets of the words are offsets into it.

    Returns
    -------
    words
        In order. Punctuation other than blanks, hyphens, slashes and the points of initials breaks a name.
    """
    words: list[Word] = []
    before: Word | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        owner = _POSSESSIVE.search(raw) if raw[-1] in "sS" else None
        if owner and owner.start():
            raw, end = raw[: owner.start()], start + owner.start()
        key = fold_word(raw)
        if key in _ARTICLES and text[end : end + 1] in _HYPHENS and end < len(text):
            key = "al"
        owns = bool(owner) or (raw[-1:] in "sS" and text[end : end + 1] in ("'", "\u2019") and end < len(text))
        before = Word(start, end, raw, key, before is not None and _joins(text, before, start), owns)
        words.append(before)
    return words


def _joins(text: str, before: Word, start: int) -> bool:
    gap = text[before.end : start]
    if gap == " ":
        return True
    if before.owns:
        gap = re.sub("^['\u2019\u02bc`][sS]?", "", gap)
    if gap.startswith(".") and len(before.text) == 1:
        gap = gap[1:]
    return _GAP.fullmatch(gap) is not None
