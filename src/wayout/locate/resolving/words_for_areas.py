"""Words that mean an area without being its name: peoples and adjectives, and short forms of divisions ("Ill.", "N.S.W.")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from wayout.locate.context import Places
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MAX_WORDS = 4
"""Capitalised words of the longest name ("Saint Vincent and the Grenadines" has three)."""
_COUNTRY: tuple[PlaceKind, ...] = ("country",)
_DIVISION: tuple[PlaceKind, ...] = ("admin1",)
_CAPITALISED = re.compile(r"[^\W\d_a-z](?:[^\W\d_]|['\u2019](?=[^\W\d_]{2})|\.(?=[A-Z]))*")
_GAP = re.compile(r"[ \u00a0\u2011-]|,? (?:and |of |the |de |da |of the |and the |d['\u2019])")
_POSSESSIVE = re.compile(r"['\u2019]s?$")


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
        As written: "Syrian", "Malians", "European".
    gazetteer
        What knows the areas.

    Returns
    -------
    place
        The country or region; ``None`` for every other word, names of countries included.
    """
    row = _adjectives().get(fold_name(_POSSESSIVE.sub("", word.strip())))
    return _area(row[0], row[1], gazetteer) if row else None


def division_shortened(word: str, gazetteer: Places) -> Place | None:
    """Tell which division a short form means, as written: "Fla.", "N.S.W.", "TX"; ``None`` for every other word."""
    row = _short_forms().get(word.strip())
    return _area(row[0], row[1], gazetteer) if row else None


def area_words(text: str, gazetteer: Places) -> Iterator[AreaWord]:
    """
    Find the countries that a text names, and the adjectives and peoples of areas.

    Parameters
    ----------
    text
        Running text; only capitalised words are looked at.
    gazetteer
        What knows the areas.

    Yields
    ------
    word
        In text order, never overlapping; capitals, which are towns too, are not among them.
    """
    found = list(_CAPITALISED.finditer(text))
    i = 0
    while i < len(found):
        step = 1
        opening = fold_name(_POSSESSIVE.sub("", found[i].group())).partition(" ")[0]
        if opening not in _opening_words():
            i += 1
            continue
        for n in range(min(MAX_WORDS, len(found) - i), 0, -1):
            start, end = found[i].start(), found[i + n - 1].end()
            if any(not _GAP.fullmatch(text, found[j].end(), found[j + 1].start()) for j in range(i, i + n - 1)):
                continue
            key = fold_name(_POSSESSIVE.sub("", text[start:end]))
            row = _adjectives().get(key) or _country_names().get(key)
            place = _area(row[0], row[1], gazetteer) if row else None
            if place is not None:
                yield AreaWord(start, end, place)
                step = n
                break
        i += step


@lru_cache(maxsize=512)
def country_place(code: str, gazetteer: Places) -> Place | None:
    """Return the country of an ISO 3166-1 code; ``None`` for codes of no independent country."""
    name = next((row["name"] for row in read_vocab("countries.yaml")["countries"] if row["iso2"] == code), None)
    return _area(code, name, gazetteer) if name else None


def names_country(key: str) -> bool:
    """Tell whether a folded name is the usual one of an independent country."""
    return key in _country_names()


@cache
def _opening_words() -> frozenset[str]:
    """Collect the first words of all that names an area: most capitalised words are none of them."""
    return frozenset(key.partition(" ")[0] for key in (*_adjectives(), *_country_names()))


@cache
def _adjectives() -> dict[str, tuple[str, str]]:
    """Map folded adjectives and peoples to (country code or "", name of the area)."""
    rows: dict[str, tuple[str, str]] = {}
    vocab = read_vocab("area_words.yaml")
    names = {row["iso2"]: row["name"] for row in read_vocab("countries.yaml")["countries"]}
    for area, words in vocab["areas"].items():
        rows.update((fold_name(word), ("", area)) for word in words)
    for code, words in vocab["countries"].items():
        rows.update((fold_name(word), (code, names[code])) for word in words)
    for row in read_vocab("countries.yaml")["countries"]:
        rows.update((fold_name(word), (row["iso2"], row["name"])) for word in (*row["adjectives"], *row["people"]))
    return rows


@cache
def _country_names() -> dict[str, tuple[str, str]]:
    rows = read_vocab("countries.yaml")["countries"]
    return {fold_name(name): (row["iso2"], row["name"]) for row in rows for name in (row["name"], *row["also"])}


@cache
def _short_forms() -> dict[str, tuple[str, str]]:
    """Map short forms of divisions as written to (country code, name of the division)."""
    divisions = read_vocab("area_words.yaml")["divisions"]
    return {form: (code, name) for code, names in divisions.items() for name, forms in names.items() for form in forms}


@lru_cache(maxsize=2048)
def _area(code: str, name: str, gazetteer: Places) -> Place | None:
    if code in read_vocab("area_words.yaml")["divisions"] and name in read_vocab("area_words.yaml")["divisions"][code]:
        found = gazetteer.find(name, countries=(code,), kinds=_DIVISION)
    elif code:
        found = gazetteer.find(name, kinds=_COUNTRY)
    else:
        found = gazetteer.find(name)
    return next((place for place in found[:3] if not code or place.country == code), None)
