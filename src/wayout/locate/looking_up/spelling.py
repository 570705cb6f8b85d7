"""
Bring the many spellings of one name together: Deir ez-Zor, Dayr az Zawr, Der Zor and دير الزور share a skeleton.

A skeleton keeps the consonants as classes of sounds that romanisations confuse (q, k, g; dh, z) and forgets vowels, doubled
letters, articles and a final h. It finds candidates; :func:`likeness` on the folded names then ranks them.
"""

import re
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_VOWELS = frozenset("aeiouyw")
_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_ARTICLE = "\u0627\u0644"
_GLUED_ARTICLE = re.compile(r"^[aeu](?=([dlnrstz])\1)")
"""An article written into its word: Ezzor, Arraqqah."""
OPENING = "_"
"""Marks a word that opens with a vowel, so that "Ayn" and "N" differ while "Ayn", "Ein" and "Ain" do not."""


@cache
def _families() -> dict[str, Any]:
    rules = read_vocab("spelling.yaml")
    return {
        "articles": frozenset(rules["articles"]),
        "words": {variant: head for head, variants in rules["words"].items() for variant in variants},
        "digraphs": [(pair, sign) for pair, sign in rules["digraphs"]],
        "letters": dict(rules["letters"]),
        "arabic": dict(rules["arabic"]),
        "latin": str.maketrans(rules["latin"]),
    }


def skeleton(name: str) -> str:
    """
    Reduce a name to the consonant classes that its spellings share.

    Parameters
    ----------
    name
        A name in Latin or Arabic script; in other scripts the folded name is returned.

    Returns
    -------
    skeleton
        Words joined without blanks; "" for a name of articles only. Not meant for reading.

    Examples
    --------
    >>> skeleton("Deir ez-Zor") == skeleton("Dayr az Zawr") == skeleton("Der Zour")
    True
    """
    rules = _families()
    words = fold_name(name).split()
    kept = [w for w in words if w not in rules["articles"]] or words
    return "".join(_word_skeleton(w, rules) for w in kept)


def without_articles(folded: str) -> str:
    """Drop Arabic articles from a folded name: ``"al anbar"`` becomes ``"anbar"``; a name of articles only stays."""
    articles = _families()["articles"]
    kept = [word for word in folded.split() if word not in articles]
    return " ".join(kept) or folded


def likeness(first: str, second: str) -> float:
    """
    Compare two folded names, articles aside.

    Returns
    -------
    likeness
        rapidfuzz ratio, 0 (nothing in common) to 100 (same); names in different scripts give a neutral 75.
    """
    if first.isascii() != second.isascii():
        return 75.0
    return fuzz.ratio(without_articles(first), without_articles(second))


def _word_skeleton(word: str, rules: dict[str, Any]) -> str:
    if _ARABIC.search(word):
        return _arabic_skeleton(word, rules["arabic"])
    word = word.translate(rules["latin"])
    if not word.isascii():
        return word
    word = _GLUED_ARTICLE.sub("", rules["words"].get(word, word))
    opening = OPENING if word[:1] in "aeiou" else word[:1] if word[:1] in "wy" else ""
    for pair, sign in rules["digraphs"]:
        word = word.replace(pair, sign)
    letters = rules["letters"]
    sounds = "".join(letters.get(c, c) for c in word if c not in _VOWELS)
    return opening + _REPEATED.sub(r"\1", sounds).removesuffix("h")


def _arabic_skeleton(word: str, letters: dict[str, str]) -> str:
    if word.startswith(_ARABIC_ARTICLE) and len(word) > 4:
        word = word[2:]
    opening = ""
    if word[:1] in "\u0648":
        opening = "w"
    elif word[:1] in "\u064a\u06cc":
        opening = "y"
    elif letters.get(word[:1], word[:1]) == "":
        opening = OPENING
    sounds = "".join(letters.get(c, "") for c in word)
    return opening + _REPEATED.sub(r"\1", sounds).removesuffix("h")
