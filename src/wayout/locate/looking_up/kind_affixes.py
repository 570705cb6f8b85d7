"""Names without the word that says what kind of place it is ("Kidal Region", "Muhafazat Dimashq")."""

import re
from collections.abc import Iterable
from functools import cache

from wayout.text.names import fold_name
from wayout.vocab import read_vocab


def without_kind_word(name: str) -> str:
    """
    Fold a name and leave out the word that says what kind of division it is.

    Parameters
    ----------
    name
        As written in a source.

    Returns
    -------
    bare
        Folded; the whole folded name where no such word is known or nothing else would be left.

    Examples
    --------
    >>> without_kind_word("Kidal Region")
    'kidal'
    """
    folded = fold_name(name)
    for pattern in _patterns():
        folded = pattern.sub("", folded)
    return folded


def any_of(words: Iterable[str]) -> str:
    """Write a pattern that fits any of some words, folded; the longest that fits is taken."""
    return "|".join(sorted({re.escape(fold_name(word)) for word in words}, key=lambda word: (-len(word), word)))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of kind words before and after a name."""
    affixes = read_vocab("place_words.yaml")["strip"]
    before, after = any_of(affixes["prefixes"]), any_of(affixes["suffixes"])
    return re.compile(rf"^(?:{before}) (?=\S)"), re.compile(rf"(?<=\S),? (?:{after})$")
