"""
Find misspelt names without reading through all names.

A name with one letter wrong, missing or added still has its first or its last half intact. The file therefore keeps, for each
half of each name (with the name's length), the names that have it; a misspelling asks for its own halves as if it were a little
longer or shorter.

References
----------
Li, Deng, Wang, Feng 2011, *Pass-Join: a partition-based method for similarity joins*, VLDB 5(3).
"""

import zlib

from wayout.locate.looking_up.spelling import without_articles

LEAST_LETTERS = 5
"""Shorter names have too many neighbours one letter away."""
REACH = 2
"""Letters by which a misspelling may be longer or shorter than the name."""
SEPARATOR = "\n"
"""Stands between the names of one half in the file."""


def halves(key: str) -> tuple[int, ...]:
    """
    Number the two halves of a folded name, for the file.

    Parameters
    ----------
    key
        Folded name.

    Returns
    -------
    numbers
        Checksums of (which half, length of the name, its letters), 0 to 2**32; empty for a name under five letters.
    """
    letters = _letters(key)
    n = len(letters)
    if n < LEAST_LETTERS:
        return ()
    return _number("<", n, letters[: n // 2]), _number(">", n, letters[n // 2 :])


def halves_near(key: str) -> tuple[int, ...]:
    """
    Number the halves that a name misspelt as ``key`` may have.

    Parameters
    ----------
    key
        Folded name, perhaps misspelt.

    Returns
    -------
    numbers
        Holds one of :func:`halves` of every name that one letter wrong, missing or added turns into ``key``.
    """
    found: list[int] = []
    # A letter lost may leave what looks like an article: "Yar" as "ar".
    for letters in dict.fromkeys((_letters(key), key.replace(" ", ""))):
        n = len(letters)
        for length in range(max(LEAST_LETTERS, n - REACH), n + REACH + 1) if n >= LEAST_LETTERS else ():
            first, last = length // 2, length - length // 2
            found += [_number("<", length, letters[:first]), _number(">", length, letters[-last:])]
    return tuple(found)


def _letters(key: str) -> str:
    return without_articles(key).replace(" ", "")


def _number(side: str, length: int, letters: str) -> int:
    return zlib.crc32(f"{side}{length}{letters}".encode())
