"""Names of other scripts in Latin letters, letter by letter: Cyrillic, Hebrew, Greek by table, Ge'ez by the names of its syllables."""

import unicodedata
from functools import cache, lru_cache

from wayout.vocab import read_vocab

_SYLLABLE = "ETHIOPIC SYLLABLE "
_GLOTTAL = ("GLOTTAL ", "PHARYNGEAL ")


@lru_cache(maxsize=5_000)
def romanise(word: str) -> str:
    """
    Write a folded word in Latin letters.

    Parameters
    ----------
    word
        Folded; letters that no table has (Arabic is read by its consonants elsewhere) stay as they are.

    Returns
    -------
    latin
        Lower case. A rough reading that proposes, not a standard: several romanisations of one script meet later.

    Examples
    --------
    >>> romanise("київ"), romanise("አድዋ")
    ('kiiv', 'adewa')
    """
    if word.isascii():
        return word
    return "".join(c if c.isascii() else _tables().get(c) or _syllable(c) for c in word)


@cache
def _tables() -> dict[str, str | None]:
    """Join the tables of all scripts: their letters are disjoint."""
    return {
        letter: latin or ""
        for table in read_vocab("spelling.yaml")["letters_of"].values()
        for letter, latin in table.items()
    }


def _syllable(letter: str) -> str:
    """Read one Ge'ez syllable by its name in Unicode; any other letter stays."""
    if letter in _tables():
        return ""
    name = unicodedata.name(letter, "")
    if not name.startswith(_SYLLABLE):
        return letter
    sound = name.removeprefix(_SYLLABLE).lower().split(" ")[-1]
    return sound.replace("aa", "a").replace("ee", "e") if not name[len(_SYLLABLE) :].startswith(_GLOTTAL) else sound[-1]
