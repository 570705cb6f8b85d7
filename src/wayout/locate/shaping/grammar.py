"""The grammar of place phrases: which relation a phrase states, between which names. Rules are data, in ``vocab/phrase_grammar.yaml``."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from wayout.locate.looking_up.nation_words import country_of_adjective, joined_forms
from wayout.locate.needs import absent_slots, words_of
from wayout.locate.shaping.grammar_file import (
    CODES,
    GRAMMAR,
    LANGUAGES,
    NAME_SLOTS,
    Rule,
    all_rules,
    bearings,
    either,
    gate,
    numbers,
    openers,
    patterns,
    units_km,
)
from wayout.vocab import read_vocab

MAX_PHRASE = 300
"""Characters; a longer string is a paragraph, not a place phrase."""
_WORD = re.compile(r"[^\W\d_]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile("[\u2018\u2019\u02bc\u02bb\u00b4`]")
_CONVERTED = re.compile(
    r"\s*\((?:about |some |~)?\d[\d.,]* ?(?:mi|miles?|km|kilomet(?:er|re)s?|nmi|nautical miles)\)", re.IGNORECASE
)
"""The same distance in another unit, in brackets."""


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to read a phrase: the rule that fits, its method, and the words in its slots.

    Where a reading that ``is_sure`` cannot be located, the phrase cannot: no weaker rule says what it says.
    """

    rule: str
    method: str
    slots: Mapping[str, str]
    is_sure: bool = False


def tidy(phrase: str) -> str:
    """Bring a phrase to one form: plain dashes and quotes, single blanks, no punctuation or prepositions round it."""
    text = unicodedata.normalize("NFKC", phrase[:MAX_PHRASE])
    text = _CONVERTED.sub("", _QUOTES.sub("'", _DASHES.sub("-", text)))
    text = " ".join(text.split()).strip(" ,;:.\"'-/").strip()
    if _kept().match(text):
        return text
    while shorter := _lead().sub("", text, count=1):
        if shorter == text:
            break
        text = shorter
    return text


def read_phrase(phrase: str) -> Iterator[Reading]:
    """
    Read a phrase in every way the grammar allows, the most specific rule first.

    Parameters
    ----------
    phrase
        A place phrase, already tidied.

    Yields
    ------
    reading
        The same rule and slots only once.
    """
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    words = words_of(phrase)
    for file in LANGUAGES:
        opening = gate(file)
        if opening is not None and not opening.search(phrase):
            continue
        absent = absent_slots(openers(file), words)
        for rule in all_rules(file):
            if not rule.needed.isdisjoint(absent):
                continue
            for slots in _fits(rule, phrase):
                key = (rule.name, tuple(sorted(slots.items())))
                if key not in seen:
                    seen.add(key)
                    yield Reading(rule.name, rule.method, slots, rule.is_sure)


def _fits(rule: Rule, phrase: str) -> Iterator[dict[str, str]]:
    """Yield the slots of a rule for each way its pattern fits a phrase."""
    for pattern in patterns(rule.file, rule.name):
        found = pattern.fullmatch(phrase)
        if found is None:
            continue
        slots = {key: value.strip() for key, value in found.groupdict().items() if value}
        if rule.only and not _word_pattern(rule.only).search(slots.get("x", "")):
            continue
        if not any(_is_hollow(slots[name]) for name in NAME_SLOTS if name in slots):
            yield _in_english(slots, rule.file)


def _in_english(slots: dict[str, str], file: str) -> dict[str, str]:
    """Translate the slots that hold a kind of place or a river bank; name the country that an adjective means."""
    lists = {"kind": read_vocab(file).get("kinds", {}), "bank": read_vocab(file).get("banks", {})}
    for slot, words in lists.items():
        if slot in slots and isinstance(words, dict):
            slots[slot] = words.get(slots[slot].casefold(), slots[slot])
    if file in CODES:
        joined = joined_forms(CODES[file])
        for slot in NAME_SLOTS:
            written = slots.get(slot, "")
            country = joined.get(written.casefold()) or country_of_adjective(written, CODES[file])
            if country is not None:
                slots[slot] = country
    return slots


def is_generic(phrase: str) -> bool:
    """Tell whether a phrase holds only words for kinds of ground ("the desert road"), so that it is no name."""
    words = phrase.casefold().split()
    return all(word in _generic_words() or word in _function_words() for word in words)


def names_something(phrase: str) -> bool:
    """
    Tell whether a phrase holds a name: "the only road", "all areas" and "Villages" do not.

    Scripts without capitals always may.
    """
    words = [word for word in _WORD.findall(phrase) if word[:1].isupper() or not word[:1].islower()]
    opening = phrase.split()[0].casefold() if phrase.split() else ""
    common = _function_words() | _generic_words() | _opening_words()
    if any(word.casefold() not in common or (word.casefold() != opening and not is_generic(word)) for word in words):
        return True
    # French writes adjectives of nations small: "la frontière malienne" names a country.
    return any(country_of_adjective(word, "fr") for word in _WORD.findall(phrase))


def read_bearing(words: str) -> float:
    """Return the bearing of a direction word, degrees clockwise from north: "south-eastern" is 135."""
    return bearings()[" ".join(words.casefold().split())]


def share_plural(names: list[str]) -> list[str]:
    """
    Give each name of a list the kind that its last one says for all.

    Examples
    --------
    >>> share_plural(["Kassala", "Gedaref states"])
    ['Kassala state', 'Gedaref state']
    """
    if not names:
        return names
    plurals = read_vocab(GRAMMAR)["plurals"]
    head, _, last = names[-1].rpartition(" ")
    singular = plurals.get(last.casefold())
    if not head or singular is None or strip_articles(names[-1])[0].casefold() in read_vocab(GRAMMAR)["no_plural"]:
        return names
    return [f"{name} {singular}" for name in (*names[:-1], head)]


def read_distance_km(number: str, unit: str) -> float:
    """Return a stated distance in km; numbers may be written "1,200", "2.5" or "ten"."""
    return read_number(number) * units_km()[" ".join(unit.casefold().split())]


def read_number(number: str) -> float:
    """Return a number written in digits ("1,200", "2.5", in any script) or in a word ("ten")."""
    word = " ".join(number.casefold().split())
    value = numbers().get(word)
    return value if value is not None else _digits(word)


def _digits(written: str) -> float:
    """Read digits: a mark before exactly three of them, or one of several, parts thousands; else it is the decimal point."""
    parts = re.split("[.,]", written)
    grouped = len(parts) > 2 or (len(parts) == 2 and len(parts[1]) == 3 and parts[0] != "0")
    return float("".join(parts) if grouped else ".".join(parts))


def strip_articles(name: str) -> tuple[str, bool]:
    """Drop leading articles; tell whether there was a definite one ("the Jordan" is the river)."""
    bare = _articles().sub("", name)
    return bare, bare != name and name.casefold().startswith("the ")


def after_direction(phrase: str) -> str | None:
    """Return what follows the compass word a phrase opens with ("South Sudan" and "southern Chad" both do), else ``None``."""
    found = re.match(rf"(?:the )?(?:{either(list(bearings()))}) (?P<rest>.+)", phrase, re.IGNORECASE)
    return found["rest"] if found else None


def grammar_tests() -> tuple[tuple[str, str], ...]:
    """List the rules of every language with the test phrase each carries."""
    return tuple((rule["name"], rule["test"]) for file in LANGUAGES for rule in read_vocab(file)["rules"])


def _is_hollow(slot: str) -> bool:
    """Tell whether a slot holds no name, only function words ("near the")."""
    return all(word in _function_words() for word in slot.casefold().split())


@cache
def _function_words() -> frozenset[str]:
    grammar = read_vocab(GRAMMAR)
    phrases = [*grammar["lead"], *grammar["articles"], *grammar["function_words"]]
    return frozenset(word for phrase in phrases for word in phrase.split()) - {"parts", "sections"}


@cache
def _generic_words() -> frozenset[str]:
    lists = read_vocab(GRAMMAR)["words"]
    phrases = [
        word
        for name in ("part", "rural", "road", "stretch", "border", "crossing", "apposed", "generic")
        for word in lists[name]
    ]
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _opening_words() -> frozenset[str]:
    """Collect words that open a phrase without a name, with a capital only because a sentence begins."""
    lists = read_vocab(GRAMMAR)["words"]
    return frozenset(word for name in ("about", "opening") for phrase in lists[name] for word in phrase.split())


@cache
def _kept() -> re.Pattern[str]:
    """Match the openings whose first word says where and is no mere preposition ("from A to B", "across the border")."""
    return re.compile("|".join(pattern for file in LANGUAGES for pattern in read_vocab(file)["keep"]), re.IGNORECASE)


@cache
def _lead() -> re.Pattern[str]:
    lead = [word for file in LANGUAGES for word in read_vocab(file)["lead"] if not word.endswith("'")]
    joined = [word for file in LANGUAGES for word in read_vocab(file)["lead"] if word.endswith("'")]
    return re.compile(rf"^(?:(?:{either(lead)}) (?!\d)|(?:{either(joined)})(?!\d))", re.IGNORECASE)


@cache
def _articles() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{either(read_vocab(GRAMMAR)['articles'])}) |l'(?=\w))+", re.IGNORECASE)


@cache
def _word_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either(read_vocab(GRAMMAR)['words'][name])})\b", re.IGNORECASE)
