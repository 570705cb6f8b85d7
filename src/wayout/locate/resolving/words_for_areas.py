"""Words that mean an area without being its name: peoples and adjectives, and short forms of divisions ("Ill.", "N.S.W.")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from wayout.locate.context import Places
from wayout.locate.looking_up.nation_words import countries_in
from wayout.locate.resolving.capitalised_words import CapitalisedWords
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_SIGNS = {
    "fr": re.compile(r"\b(?:[Ll]es|[Dd]es|[Dd]u|[Dd]ans|[Aa]ux?|[Uu]ne|été) \w"),
    "ar": re.compile("[\u0620-\u064a]{2}"),
}
"""What tells that the adjectives of a language are worth looking for."""
_COUNTRY: tuple[PlaceKind, ...] = ("country",)
_DIVISION: tuple[PlaceKind, ...] = ("admin1",)
Row = tuple[str, str]
"""An area as the vocabulary has it: code of its country, or none, and its name."""


@dataclass(frozen=True, slots=True)
class AreaWord:
    """A word of a text that means an area: code points, and the area."""

    start: int
    end: int
    place: Place


def area_meant(word: str, gazetteer: Places) -> Place | None:
    """
    Tell which area an adjective or a people means.

    Parameters
    ----------
    word
        As written: "Syrian", "Malians", "European"; case counts for acronyms ("EU") alone.
    gazetteer
        What knows the areas.

    Returns
    -------
    place
        The country or region; ``None`` for every other word, names of countries included.
    """
    row = _adjectives().get(word)
    return _area(row[0], row[1], gazetteer) if row else None


def area_words(text: str, gazetteer: Places) -> Iterator[AreaWord]:
    """
    Find the countries that a text names, and the adjectives and peoples of areas.

    Parameters
    ----------
    text
        Running text; only capitalised words are looked at, in French and Arabic all words.
    gazetteer
        What knows the areas.

    Yields
    ------
    word
        In text order, never overlapping; capitals, which are towns too, are not among them.
    """
    for start, end, row in _in_text_order(text):
        place = _area(row[0], row[1], gazetteer)
        if place is not None:
            yield AreaWord(start, end, place)


def _in_text_order(text: str) -> Iterator[tuple[int, int, Row]]:
    """Find area words of English, and of French and Arabic where the text has their words or letters."""
    found = [(start, end, row) for start, end, row in _all_words().find(text)]
    languages = [language for language, sign in _SIGNS.items() if sign.search(text)]
    if languages:
        names = _names_by_code()
        for language in languages:
            found += [(a, b, (code, names[code])) for a, b, code in countries_in(text, language) if code in names]
        found.sort(key=lambda one: (one[0], -one[1]))
    reached = 0
    for start, end, row in found:
        if start >= reached:
            yield start, end, row
            reached = end


@cache
def _names_by_code() -> dict[str, str]:
    return {row["iso2"]: row["name"] for row in read_vocab("countries.yaml")["countries"]}


def division_shortened(word: str, gazetteer: Places) -> Place | None:
    """Tell which division a short form means, as written: "Fla.", "N.S.W.", "TX"; ``None`` for every other word."""
    row = _short_forms().get(word.strip())
    if row is None:
        return None
    found = gazetteer.find(row[1], countries=(row[0],), kinds=_DIVISION)
    return next((place for place in found[:3] if place.country == row[0]), None)


@lru_cache(maxsize=512)
def country_place(code: str, gazetteer: Places) -> Place | None:
    """Return the country of an ISO 3166-1 code; ``None`` for codes of no independent country."""
    name = next((row["name"] for row in read_vocab("countries.yaml")["countries"] if row["iso2"] == code), None)
    return _area(code, name, gazetteer) if name else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["iso2"] for row in read_vocab("countries.yaml")["countries"])


def is_independent(code: str) -> bool:
    """Tell whether a country code is one of an independent country, not of a territory."""
    return code in _codes()


@lru_cache(maxsize=4096)
def names_country(key: str) -> bool:
    """Tell whether a folded name is the usual one of an independent country."""
    return key in {fold_name(name) for name in _country_names()}


@cache
def _adjectives() -> CapitalisedWords[Row]:
    return CapitalisedWords(_adjective_rows())


@cache
def _all_words() -> CapitalisedWords[Row]:
    return CapitalisedWords({**_country_names(), **_adjective_rows()})


@cache
def _adjective_rows() -> dict[str, Row]:
    """Map adjectives and peoples to their areas."""
    vocab, countries = read_vocab("area_words.yaml"), read_vocab("countries.yaml")["countries"]
    names = {row["iso2"]: row["name"] for row in countries}
    rows = {word: ("", area) for area, words in vocab["areas"].items() for word in words}
    rows.update((word, (code, names[code])) for code, words in vocab["countries"].items() for word in words)
    rows.update((w, (row["iso2"], row["name"])) for row in countries for w in (*row["adjectives"], *row["people"]))
    return rows


@cache
def _country_names() -> dict[str, Row]:
    rows = read_vocab("countries.yaml")["countries"]
    return {name: (row["iso2"], row["name"]) for row in rows for name in (row["name"], *row["also"])}


@cache
def _short_forms() -> dict[str, Row]:
    """Map short forms of divisions, as written, to (country, division)."""
    divisions = read_vocab("area_words.yaml")["divisions"]
    return {form: (code, name) for code, names in divisions.items() for name, forms in names.items() for form in forms}


@lru_cache(maxsize=2048)
def _area(code: str, name: str, gazetteer: Places) -> Place | None:
    found = gazetteer.find(name, kinds=_COUNTRY) if code else gazetteer.find(name)
    return next((place for place in found[:3] if not code or place.country == code), None)
