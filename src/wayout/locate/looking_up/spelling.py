"""
Bring the many spellings of one name together: Deir ez-Zor, Dayr az Zawr, Der Zor and دير الزور share a skeleton.

A skeleton keeps the consonants as classes of sounds that romanisations confuse (q, k, g; dh, z; b, p) and forgets vowels, doubled
letters, articles and a final h; words like "east" and "ash Sharqi" become one sign. It finds candidates; :func:`nearness` on
the folded names then ranks them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from wayout.locate.looking_up.arabic_likeness import arabic_likeness, by_consonants
from wayout.locate.looking_up.scripts import romanise
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_VOWELS = str.maketrans("", "", "aeiouyw")
_REPEATED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_ARTICLE = "\u0627\u0644"
_GLUED_ARTICLE = re.compile(r"^[aeu](?=([dlnrstz])\1)")
"""An article written into its word: Ezzor, Arraqqah."""
_OUA = re.compile(r"\b(?:ou|u)(?=[aei])")
"""French spelling of an opening w: Ouagadougou, Wagadugu."""
OPENING = "_"
"""Marks a word that opens with a vowel, so that "Ayn" and "N" differ while "Ayn", "Ein" and "Ain" do not."""
OTHER_SCRIPT = 75.0
"""Likeness of names in two scripts, whose letters cannot be compared."""
SOUND_WEIGHT = 0.7
"""Share of the sounds in :func:`nearness`; 0.5 and 0.85 place as many UCDP names, at other floors."""
_SOUNDS = ((_OUA, "w"), (re.compile("ou|oo|aw|au|ow|w"), "u"), (re.compile("e[iy]|a[iy]|i[ey]|y[ei]|[ey]"), "i"))
_SOUND_PAIRS = (
    ("tch", "S"),
    ("ch", "S"),
    ("sh", "S"),
    ("zh", "j"),
    ("th", "t"),
    ("q", "k"),
    ("dj", "j"),
    ("dh", "z"),
    ("gh", "k"),
    ("g", "k"),
    ("c", "k"),
    ("o", "u"),
    ("p", "b"),
)


@dataclass(frozen=True, slots=True)
class _Families:
    articles: frozenset[str]
    words: dict[str, str]
    qualifiers: dict[str, str]
    abbreviations: dict[str, str]
    digraphs: tuple[tuple[str, str], ...]
    letters: dict[int, str]
    arabic: dict[str, str]


@cache
def _families() -> _Families:
    rules = read_vocab("spelling.yaml")
    return _Families(
        frozenset(rules["articles"]),
        {variant: head for head, variants in rules["words"].items() for variant in variants},
        {word: meaning for meaning, words in rules["qualifiers"].items() for word in words},
        dict(rules["abbreviations"]),
        tuple((pair, sign) for pair, sign in rules["digraphs"]),
        str.maketrans(rules["letters"]),
        dict(rules["arabic"]),
    )


def skeleton(name: str) -> str:
    """
    Reduce a name to the consonant classes that its spellings share.

    Parameters
    ----------
    name
        A name in Latin, Arabic, Cyrillic, Hebrew, Greek or Ge'ez script; other letters stay.

    Returns
    -------
    skeleton
        Words joined without blanks, what tells two places of a name apart ("east", "upper") as a sign behind them; "" for a
        name of articles only. Not meant for reading.

    Examples
    --------
    >>> skeleton("Deir ez-Zor") == skeleton("Dayr az Zawr") == skeleton("Der Zour")
    True
    >>> skeleton("East Farahaniah") == skeleton("Al Farahaniyah ash Sharqiyah")
    True
    """
    rules = _families()
    words = fold_name(name).split()
    kept = [w for w in words if w not in rules.articles] or words
    bones = [_word_skeleton(w, rules) for w in kept if w not in rules.qualifiers]
    if len(bones) == len(kept):
        return "".join(bones)
    if not bones:
        return "".join(_word_skeleton(w, rules) for w in kept)
    signs = sorted({rules.qualifiers[w] for w in kept if w in rules.qualifiers})
    return "".join(bones) + "".join(f"|{sign}" for sign in signs)


def other_skeletons(bones: str) -> tuple[str, ...]:
    """
    List the skeletons of readings that change a consonant: Luhansk and Lugansk (Ukrainian and Russian г), Şırnak typed as Sirnak.

    Returns
    -------
    others
        At most three, none of them ``bones``.
    """
    found = (bones.replace("S", "s"), bones.replace("h", "k"), bones.replace("X", "h"))
    return tuple(dict.fromkeys(other for other in found if other != bones))


def without_articles(folded: str) -> str:
    """Drop Arabic articles from a folded name: ``"al anbar"`` becomes ``"anbar"``; a name of articles only stays."""
    articles = _families().articles
    kept = [word for word in folded.split() if word not in articles]
    return " ".join(kept) or folded


def written_out(folded: str) -> str:
    """Write the abbreviations of a folded name out: ``"st louis"`` becomes ``"saint louis"``."""
    short = _families().abbreviations
    words = folded.split(" ")
    if len(words) == 1 or short.keys().isdisjoint(words):
        return folded
    return " ".join(short.get(word, word) for word in words)


def abbreviated(folded: str) -> str:
    """Shorten what a folded name may be abbreviated by: ``"mount hermon"`` becomes ``"mt hermon"``."""
    words = folded.split(" ")
    if len(words) == 1 or _short_forms().keys().isdisjoint(words):
        return folded
    return " ".join(_short_forms().get(word, word) for word in words)


@cache
def _short_forms() -> dict[str, str]:
    return {word: short for short, word in reversed(_families().abbreviations.items())}


def likeness(first: str, second: str) -> float:
    """
    Compare two folded names, articles aside.

    Returns
    -------
    likeness
        rapidfuzz ratio, 0 (nothing in common) to 100 (same); names in different scripts give a neutral 75.
    """
    if first.isascii() != second.isascii():
        return OTHER_SCRIPT
    from rapidfuzz.fuzz import ratio

    return ratio(without_articles(first), without_articles(second))


def nearness(first: str, second: str) -> float:
    """
    Compare two folded names of one skeleton by their letters and by their sounds.

    Letters that romanisations confuse weigh 0.3: "kyiv" and "kiev" differ in letters, not in sound.

    Parameters
    ----------
    first
        What is asked for.
    second
        What a source records.

    Returns
    -------
    nearness
        0 to 100, never below :func:`likeness` of names in one script; for Arabic against Latin by their consonants, at most by the
        length of the skeleton where the Latin name is asked for.
    """
    if bool(_ARABIC.search(first)) != bool(_ARABIC.search(second)):
        arabic, latin = (first, second) if _ARABIC.search(first) else (second, first)
        length = min(len(skeleton(name).replace(OPENING, "")) for name in (first, second))
        near = arabic_likeness(arabic, _sound(_in_order(latin)), length)
        # A name asked for in Latin letters has Latin names to meet: that its consonants agree with an Arabic one proves less.
        return near if arabic == first else min(near, by_consonants(length))
    from rapidfuzz.fuzz import ratio

    one, other = _in_order(first), _in_order(second)
    letters = ratio(one, other)
    return max(letters, (1 - SOUND_WEIGHT) * letters + SOUND_WEIGHT * ratio(_sound(one), _sound(other)))


@lru_cache(maxsize=5_000)
def _in_order(folded: str) -> str:
    """Drop articles, write Latin, and put what tells two places apart behind the name as one word."""
    rules = _families()
    words = [romanise(word) for word in folded.split() if word not in rules.articles]
    signs = sorted({rules.qualifiers[w] for w in words if w in rules.qualifiers})
    bare = [w for w in words if w not in rules.qualifiers]
    return " ".join([*bare, *signs] if bare else words) or folded


@lru_cache(maxsize=5_000)
def _sound(latin: str) -> str:
    """Bring letters together that romanisations confuse."""
    for pattern, sign in _SOUNDS:
        latin = pattern.sub(sign, latin)
    for pair, sign in _SOUND_PAIRS:
        latin = latin.replace(pair, sign)
    latin = _REPEATED.sub(r"\1", latin).replace("h ", " ")
    return latin.removesuffix("h")


def _word_skeleton(word: str, rules: _Families) -> str:
    if not word.isascii():
        if _ARABIC.search(word):
            return _arabic_skeleton(word, rules.arabic)
        word = romanise(word)
        if not word.isascii():
            return word
    word = _OUA.sub("w", rules.words.get(word, word))
    word = _GLUED_ARTICLE.sub("", word)
    opening = OPENING if word[:1] in "aeiou" else word[:1] if word[:1] in "wy" else ""
    if "h" in word or "dj" in word or "ck" in word:
        for pair, sign in rules.digraphs:
            word = word.replace(pair, sign)
    sounds = word.translate(_VOWELS).translate(rules.letters)
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
