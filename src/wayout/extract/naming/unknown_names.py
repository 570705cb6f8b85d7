"""Names of organisations that no file knows: a statistical model proposes, plain rules refuse."""

from collections.abc import Iterator, Sequence
from functools import cache

from wayout.extract.naming.persons import words_between
from wayout.extract.naming.roles import Grammar
from wayout.extract.tokens import Word
from wayout.vocab import read_vocab

_MAX_WORDS = 9
_TELLING = 3
_SMALL = frozenset(("al", "el", "of", "the", "and", "for"))
_MIN_ACRONYM, _MAX_ACRONYM = 3, 6


def propose_organisations(grammar: Grammar, words: Sequence[Word], starts: dict[int, int]) -> Iterator[tuple[int, int]]:
    """
    Yield the characters of names that a statistical model takes for organisations or peoples.

    Refused are names without a capital, dates, places by their words ("... Province"), operation names, page furniture,
    and single words that neither act nor are acronyms.

    Parameters
    ----------
    grammar
        The parsed text.
    words
        Its words.
    starts
        Index of the word that begins at a character.

    Yields
    ------
    start, end
        Characters of the name, without a leading article.
    """
    yield from _armed_groups(words)
    for entity in grammar.parsed.ents:
        if entity.label_ not in ("ORG", "NORP", "PERSON") or "\n" in entity.text:
            continue
        inside = list(words_between(words, starts, entity.start_char, entity.end_char))
        while inside and inside[0].key in ("the", "a", "an"):
            inside.pop(0)
        if not inside or len(inside) > _MAX_WORDS or not _is_name(inside):
            continue
        start, end = inside[0].start, inside[-1].end
        n_words = sum(w.key not in _SMALL for w in inside)
        if entity.label_ == "PERSON":
            if n_words > 1 and inside[-1].key in _organisation_words():
                yield start, end
            continue
        if entity.label_ == "NORP":
            if (
                len(inside) == 1
                and inside[0].key.endswith("s")
                and inside[0].is_upper_first
                and _is_noun(grammar, start, end)
            ):
                yield start, end
        elif _is_organisation(
            inside, n_words, placed=grammar.is_placed(start, end), taken=grammar.is_taken(start, end)
        ) or grammar.acts(start, end):
            yield start, end


def _armed_groups(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield names built on an armed group's noun, whatever the model says: "Martyrs of Derna Brigade", "Army of the Free"."""
    nouns = _group_nouns()
    for i, word in enumerate(words):
        if word.key not in nouns or not word.text[0].isupper():
            continue
        first, last = i, i + 1
        while first > max(0, i - _MAX_WORDS) and words[first].joined and _continues(words[first - 1]):
            first -= 1
        while first < i and words[first].key == "of":
            first += 1
        if last < len(words) and words[last].key == "of" and words[last].joined and first == i:
            last = _after_of(words, last)
        inside = words[first:last]
        own = any(w.text[0].isupper() and w.key not in nouns for w in inside)
        if own and _is_name(inside) and not _is_numbered(words, first):
            yield inside[0].start, inside[-1].end


def _is_numbered(words: Sequence[Word], first: int) -> bool:
    """Tell whether an ordinal stands before a name: units of a state's force, whose names begin with the nation."""
    return first > 0 and words[first].joined and words[first - 1].text[0].isdigit()


def _continues(word: Word) -> bool:
    """Tell whether a name may run on to the left over a word: a capital, "of", "al"."""
    if word.owns or word.key in ("the", "a", "an"):
        return False
    return word.text[0].isupper() or word.key in ("of", "al")


def _after_of(words: Sequence[Word], of: int) -> int:
    """Return the index after the capitalised words that follow "of" or "of the"; that of "of" where none do."""
    at = of + 2 if of + 1 < len(words) and words[of + 1].key == "the" else of + 1
    last = at
    while last < len(words) and words[last].joined and (words[last].text[0].isupper() or words[last].key == "al"):
        last += 1
    return last if last > at else of


@cache
def _group_nouns() -> frozenset[str]:
    return frozenset(read_vocab("entity_words.yaml")["name_group_nouns"])


def _is_name(words: Sequence[Word]) -> bool:
    refused = read_vocab("actor_words.yaml")["not_names"]
    capital = any(w.text[0].isupper() for w in words)
    if len(words) == 1 and words[0].key in _organisation_words():
        return False
    return capital and words[0].key not in refused["first"] and words[-1].key not in _last()


def _is_organisation(words: Sequence[Word], n_words: int, *, placed: bool, taken: bool) -> bool:
    """Tell whether a name says itself that it is no place: an organisation's noun, three words and more, an acronym."""
    if n_words > 1 and _organisation_words() & {w.key for w in words}:
        return True
    return (n_words >= _TELLING and not taken) or (_is_acronym(words[0]) and not placed and not taken)


def _is_acronym(word: Word) -> bool:
    return word.text.isupper() and _MIN_ACRONYM <= len(word.text) <= _MAX_ACRONYM


def _is_noun(grammar: Grammar, start: int, end: int) -> bool:
    head = grammar.head(start, end)
    return head is not None and head.dep_ not in ("amod", "compound", "nmod") and head.pos_ in ("NOUN", "PROPN")


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["organisation_words"])


@cache
def _last() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["not_names"]["last"])
