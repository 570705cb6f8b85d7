"""Names of organisations that no file knows: a statistical model proposes, plain rules refuse."""

from collections.abc import Iterator, Sequence
from functools import cache

from wayout.extract.persons import words_between
from wayout.extract.roles import Grammar
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
