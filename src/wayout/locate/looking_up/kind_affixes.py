"""Names without the word that says what kind of place it is ("Kidal Region", "Muhafazat Dimashq")."""

import re
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


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of kind words before and after a name."""
    affixes = read_vocab("place_words.yaml")["strip"]
    before, after = (
        "|".join(sorted({re.escape(fold_name(w)) for w in affixes[part]}, key=lambda w: (-len(w), w)))
        for part in ("prefixes", "suffixes")
    )
    return re.compile(rf"^(?:{before}) (?=\S)"), re.compile(rf"(?<=\S),? (?:{after})$")
