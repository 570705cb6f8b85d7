"""The plain names inside place phrases, and where they stand in the text: what is resolved together for a document."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MAX_WORDS = 5
Known = Callable[[str], bool]
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc.][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0]|[-\u2010\u2011]")


def names_in_phrases(text: str, phrases: Iterable[tuple[int, int]], known: Known) -> list[tuple[int, int]]:
    """
    Find the names that phrases are made of.

    Parameters
    ----------
    text
        The document's text.
    phrases
        Code points of its place phrases.
    known
        Tells whether a place bears a folded name.

    Returns
    -------
    spans
        Code points, sorted, without repeats: the longest known names ("between Mopti and Douentza" holds two), else runs of
        capitalised words, which may be known by another spelling.
    """
    found: set[tuple[int, int]] = set()
    for start, end in phrases:
        found.update(_names_between(text, start, end, known))
    return sorted(found)


def _names_between(text: str, start: int, end: int, known: Known) -> list[tuple[int, int]]:
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    found: list[tuple[int, int]] = []
    unknown: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        last = i + 1
        while last < min(len(words), i + MAX_WORDS) and _GAP.fullmatch(text, words[last - 1][1], words[last][0]):
            last += 1
        name = next(
            ((words[i][0], words[j - 1][1]) for j in range(last, i, -1) if _is_name(text, words, i, j, known)), None
        )
        if name is not None:
            found.append(name)
            i += sum(1 for word in words[i:] if word[0] < name[1])
            continue
        if _may_open(text, words[i]) and text[words[i][0] : words[i][1]].casefold() not in _small_words():
            unknown.append(words[i])
        i += 1
    return [*found, *_runs(text, unknown)]


def _is_name(text: str, words: list[tuple[int, int]], i: int, j: int, known: Known) -> bool:
    """Tell whether words ``i`` to ``j`` are a known name that opens and ends as names do."""
    if _is_torn(text, words, i, i - 1, known) or _is_torn(text, words, j, j, known):
        return False
    if j - i == 1 and text[words[i][0] : words[i][1]].casefold() in _small_words():
        return False
    opens = _may_open(text, words[i]) or (j - i > 1 and text[words[i][1]] == "-" and _may_open(text, words[i + 1]))
    return opens and _may_open(text, words[j - 1]) and known(fold_name(text[words[i][0] : words[j - 1][1]]))


def _is_torn(text: str, words: list[tuple[int, int]], gap: int, other: int, known: Known) -> bool:
    """
    Tell whether the hyphen before word ``gap`` joins a name to an ``other`` word that is no name by itself.

    "Ville" is no name in "Pétion-Ville", nor "Dasht" in "Dasht-e-Barchi"; "Mali-Niger" are two.
    """
    if not 0 < gap < len(words) or text[words[gap - 1][1] : words[gap][0]] not in ("-", "\u2010", "\u2011"):
        return False
    word = text[words[other][0] : words[other][1]]
    if word[0].islower():
        return word in _joiners()
    return not (known(fold_name(word)) or word in _adjectives())


@cache
def _small_words() -> frozenset[str]:
    """Words that open a phrase or a sentence with a capital and name nothing: "The road", "North of", "Near"."""
    grammar = read_vocab("phrase_grammar.yaml")
    lists = (grammar["articles"], grammar["lead"], grammar["function_words"], grammar["middle"])
    words = {str(word) for words in lists for word in words}
    return frozenset(words | {word for row in grammar["directions"] for word in row["words"]})


@cache
def _joiners() -> frozenset[str]:
    return frozenset(str(word) for word in read_vocab("place_friends.yaml")["joiners"])


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for row in read_vocab("countries.yaml")["countries"] for word in row["adjectives"])


def _may_open(text: str, word: tuple[int, int]) -> bool:
    """A name has a capital, or a script without them."""
    return not text[word[0]].islower()


def _runs(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join words that stand one blank or hyphen apart."""
    runs: list[tuple[int, int]] = []
    for start, end in words:
        if runs and _GAP.fullmatch(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs
