"""What a nation and its people are called in French and Arabic, so that "malienne" and "السورية" say which country is spoken of."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from wayout.text.names import fold_name
from wayout.vocab import read_vocab

LANGUAGES = ("fr", "ar")
_ARTICLE = "\u0627\u0644"
_FEMININE = "\u0629"
_PLURALS = ("\u0648\u0646", "\u064a\u0646", "\u0627\u0646")
_LL = "\u0644\u0644"
_PREFIXES = re.compile("^[\u0648\u0641]?[\u0628\u0644\u0643]?")
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \u00a0'\u2019-]")
MAX_WORDS = 5


def country_of_adjective(word: str, language: str) -> str | None:
    """
    Tell which country an adjective or a people means.

    Parameters
    ----------
    word
        In any gender and number, with or without the article; as written.
    language
        ``"fr"`` or ``"ar"``.

    Returns
    -------
    name
        The usual English name of the country, to be looked up; ``None`` for every other word.

    Examples
    --------
    >>> country_of_adjective("tchadiennes", "fr")
    'Chad'
    """
    code = adjectives(language).get(fold_name(word))
    return english_name(code) if code else None


@lru_cache(maxsize=4096)
def country_called(name: str) -> tuple[str, str] | None:
    """
    Tell which country a French or Arabic name is of.

    Parameters
    ----------
    name
        As written, without article where French has one.

    Returns
    -------
    code, english
        ISO 3166-1 code and usual English name; ``None`` for every other name, adjectives among them.
    """
    key = fold_name(name)
    for language in LANGUAGES:
        code = _names(language).get(key)
        if code is not None:
            return code, english_name(code)
    return None


@cache
def english_name(code: str) -> str:
    """Return a country's usual English name; of none that is independent, the French one."""
    rows = read_vocab("countries.yaml")["countries"]
    return next((row["name"] for row in rows if row["iso2"] == code), names_of("fr").get(code, code))


def countries_in(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """
    Find the countries that a text names, and the adjectives and peoples of countries.

    Parameters
    ----------
    text
        Running text.
    language
        ``"fr"`` or ``"ar"``; nothing is found in another.

    Yields
    ------
    start, end, code
        Code points, and the ISO 3166-1 code; in text order, the longest first, never overlapping.
    """
    known, firsts = _all_forms(language)
    words = list(_WORD.finditer(text)) if known else []
    i = 0
    while i < len(words):
        first, last = words[i], i + 1
        begins = [first.start() + cut for cut, form in _bare(first.group(), language) if form in firsts]
        while last < min(len(words), i + MAX_WORDS) and _GAP.fullmatch(
            text, words[last - 1].end(), words[last].start()
        ):
            last += 1
        found = next(
            (
                (j, start, known[key])
                for j in range(last, i, -1)
                for start in begins
                if (key := _key(text[start : words[j - 1].end()], text[first.start() : start])) in known
            ),
            None,
        )
        if found is None:
            i += 1
            continue
        yield found[1], words[found[0] - 1].end(), found[2]
        i = found[0]


def _bare(word: str, language: str) -> list[tuple[int, str]]:
    """List what a word may open with once Arabic's joined words are cut off, and how much was cut."""
    if language != "ar":
        return [(0, fold_name(word))]
    prefixes = _PREFIXES.match(word)
    cuts = range(prefixes.end() + 1 if prefixes else 1)
    return [(cut, _key(word[cut:], word[:cut])) for cut in cuts]


def _key(words: str, cut: str) -> str:
    """Fold words; after the "l" that swallows the alif of the article it is put back."""
    if cut.endswith(_LL[0]) and words.startswith(_LL[0]):
        words = _ARTICLE + words[1:]
    return fold_name(words)


@cache
def adjectives(language: str) -> Mapping[str, str]:
    """Map the folded adjectives and peoples of countries, in every gender and number, to ISO codes."""
    refused = {fold_name(word) for word in _vocab()["not_nations"].get(language, ())}
    forms: dict[str, str] = {}
    for code, names in _rows(language).items():
        for word in (*names[:-1], *(w for w in _also(language, code) if _is_adjective(w, language))):
            for form in _inflected(word, language):
                forms.setdefault(fold_name(form), code)
    return {form: code for form, code in forms.items() if form not in refused}


@cache
def written_adjectives(language: str) -> tuple[str, ...]:
    """List the adjectives of countries as they are written, longest first."""
    words = {
        form
        for code, names in _rows(language).items()
        for word in (*names[:-1], *(w for w in _also(language, code) if _is_adjective(w, language)))
        for form in _inflected(word, language)
        if fold_name(form) in adjectives(language)
    }
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def joined_forms(language: str) -> Mapping[str, str]:
    """Map the first halves of joined adjectives ("nigéro", in "nigéro-malienne") to the country's name."""
    return {word: english_name(code) for code, word in _vocab()["joined"].get(language, {}).items()}


@cache
def names_of(language: str) -> Mapping[str, str]:
    """Map ISO codes to what the language calls the country, without its article."""
    return {code: _plain(names[-1], language) for code, names in _rows(language).items()}


@cache
def _all_forms(language: str) -> tuple[Mapping[str, str], frozenset[str]]:
    known = dict(_names(language)) | dict(adjectives(language))
    return known, frozenset(form.partition(" ")[0] for form in known)


@cache
def _names(language: str) -> Mapping[str, str]:
    """Map the folded names of countries to ISO codes; the Arabic for Saudi Arabia is an adjective as well."""
    known = {fold_name(name): code for code, name in names_of(language).items()}
    others = {w: code for code in _rows(language) for w in _also(language, code) if not _is_adjective(w, language)}
    known |= {fold_name(word): code for word, code in others.items()}
    refused = {fold_name(word) for word in _vocab()["not_nations"].get(language, ())}
    return {form: code for form, code in known.items() if form not in refused}


def _rows(language: str) -> Mapping[str, tuple[str, ...]]:
    vocab = _vocab()
    rows = {**vocab["nations"], **vocab["neighbours"]}
    return {code: tuple(row[language]) for code, row in rows.items() if language in row and language in LANGUAGES}


def _also(language: str, code: str) -> tuple[str, ...]:
    return tuple(_vocab()["also_called"].get(language, {}).get(code, ()))


def _vocab() -> Any:
    return read_vocab("foreign_nations.yaml")


def _is_adjective(word: str, language: str) -> bool:
    return word[0].islower() and " " not in word if language == "fr" else word.endswith("\u064a")


def _plain(name: str, language: str) -> str:
    """Drop "du", "de la", "d'" before a French name: the vocabulary has it as it follows a noun."""
    return re.sub(r"^(?:de la |des |du |de |d['\u2019])", "", name) if language == "fr" else name


def _inflected(word: str, language: str) -> Iterator[str]:
    yield word
    if language == "fr":
        if not word.endswith(("s", "x")):
            yield word + "s"
        return
    parts = word.split()
    for ends in ("", _FEMININE, *_PLURALS):
        for article in ("", _ARTICLE):
            yield " ".join(article + part + ends for part in parts)
