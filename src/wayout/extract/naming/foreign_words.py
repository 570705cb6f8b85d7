"""Cut a text of any script into words whose keys are equal for spellings that differ in marks, forms of letters or endings."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from wayout.vocab import read_vocab

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
_WORD = re.compile(f"[^\\W_\u0640](?:[^\\W_]|[{_MARKS}{_INVISIBLE}])*")
_TRAILING = re.compile(f"[{_INVISIBLE}]+$")
_DROPPED = re.compile(f"[{_INVISIBLE}{_MARKS}]")
_GAP = re.compile(
    f"[{_INVISIBLE}]*(?:[ \\t\u00a0]{{1,2}}|\\n|[-/'\u2019\u02bc\u2010-\u2013])?(?:[-\u2013/] )?[{_INVISIBLE}\"\u00ab\u201e\u201c]*"
)
_ARABIC = str.maketrans("أإآٱىیئؤةکگۀہھےڤ", "ااااييءءهككهههيف")
"""Forms of one letter, as writers and keyboards of Arabic, Persian and Urdu differ."""
_MIN_STEM = 3
_MIN_TURKISH = 4
_MIN_PARTICLE_WORD = 5
"""Letters of an Arabic word from which on a letter before it may be a particle ("and", "by", "to", "as")."""


class ForeignWord(NamedTuple):
    """
    One word of a text, code points ``start`` to ``end``.

    ``key`` is what it is looked up by, ``bare`` its folded form with its ending, ``joined`` whether a name may run on
    from the word before.
    """

    start: int
    end: int
    text: str
    key: str
    joined: bool


@lru_cache(maxsize=100_000)
def fold_foreign(word: str) -> str:
    """
    Fold a word of any script: no marks, no invisible characters, one form a letter; Cyrillic words lose their ending.

    Parameters
    ----------
    word
        One word.

    Returns
    -------
    key
        Equal for spellings and cases of one word.

    Examples
    --------
    >>> fold_foreign("\u0440\u043e\u0441\u0441\u0438\u0439\u0441\u043a\u0438\u0445") == fold_foreign("\u0440\u043e\u0441\u0441\u0438\u0439\u0441\u043a\u0438\u0435")
    True
    """
    bare = _DROPPED.sub("", word)
    decomposed = unicodedata.normalize("NFKD", bare.translate(_ARABIC)).translate(_ARABIC)
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace("\u0131", "i")
    if _is_cyrillic(folded) and not (word.isupper() and len(word) > 1):
        return _stem(folded)
    return folded


def _is_cyrillic(word: str) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in word[:2])


def _stem(word: str) -> str:
    for ending in _cyrillic_endings():
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word[: -len(ending)]
    return word


@cache
def _cyrillic_endings() -> tuple[str, ...]:
    listed = set(read_vocab("foreign_nations.yaml")["cyrillic_endings"])
    folded = {"".join(c for c in unicodedata.normalize("NFKD", e) if not unicodedata.combining(c)) for e in listed}
    return tuple(sorted(folded, key=lambda e: (-len(e), e)))


def cut_foreign(text: str) -> list[ForeignWord]:
    """
    Cut a text into words.

    Parameters
    ----------
    text
        Text in any script; offsets of the words are offsets into it.

    Returns
    -------
    words
        In order. Marks, joiners and direction marks inside a word belong to it; those after it do not.
    """
    words: list[ForeignWord] = []
    last = -1
    for match in _WORD.finditer(text):
        start, raw = match.start(), match.group()
        trailing = _TRAILING.search(raw)
        if trailing:
            raw = raw[: trailing.start()]
        joined = last >= 0 and start - last <= _MAX_GAP and _GAP.fullmatch(text, last, start) is not None
        last = start + len(raw)
        words.append(ForeignWord(start, last, raw, fold_foreign(raw), joined))
    return words


_MAX_GAP = 8


def readings(word: ForeignWord, language: str | None) -> list[tuple[int, str]]:
    """
    Return the ways to read a word at the head of a name: as it stands, and without what is written together with it.

    Parameters
    ----------
    word
        A word.
    language
        Language of the text; Turkish words may carry an ending.

    Returns
    -------
    readings
        Characters to leave out in front, and the key of the rest: Arabic "and", "so", "by", "as", "to", and "to the".
    """
    found = [(0, word.key)]
    if language == "tr":
        found += [(0, word.key[: -len(e)]) for e in _turkish_endings() if _has_ending(word.key, e)]
    if not "\u0600" <= word.text[0] <= "\u06ff" or len(word.key) < _MIN_PARTICLE_WORD:
        return found
    rest, skipped = word.key, 0
    if rest[0] in "\u0648\u0641":
        rest, skipped = rest[1:], _offset(word.text, 1)
        found.append((skipped, rest))
    if rest.startswith("\u0644\u0644"):
        found.append((skipped + _offset(word.text[skipped:], 1), "\u0627" + rest[1:]))
    elif rest[0] in "\u0628\u0643\u0644" and len(rest) >= _MIN_PARTICLE_WORD:
        found.append((skipped + _offset(word.text[skipped:], 1), rest[1:]))
    return found


def _offset(text: str, letters: int) -> int:
    """Count the characters of a number of letters with their marks and what is invisible after them."""
    seen = 0
    for i, char in enumerate(text):
        if not _DROPPED.match(char):
            if seen == letters:
                return i
            seen += 1
    return len(text)


def _has_ending(key: str, ending: str) -> bool:
    return key.endswith(ending) and len(key) - len(ending) >= _MIN_TURKISH


@cache
def _turkish_endings() -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold_foreign(e) for e in read_vocab("foreign_nations.yaml")["turkish_endings"]))
