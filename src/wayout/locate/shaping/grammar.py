"""The grammar of place phrases: which relation a phrase states, between which names. Rules are data, in ``vocab/phrase_grammar.yaml``."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.errors import VocabularyError
from wayout.locate.needs import absent_slots, first_words, needed_slots, words_of
from wayout.vocab import read_vocab

GRAMMAR = "phrase_grammar.yaml"
MAX_PHRASE = 300
"""Characters; a longer string is a paragraph, not a place phrase."""
UNITS_KM = {"km": 1.0, "mi": 1.609344, "m": 0.001}
BANKS = ("left", "right")
_WORD = re.compile(r"[^\W\d_]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_FROM_TO = re.compile(r"from .+ (?:to|towards|as far as|up to) ", re.IGNORECASE)
"""Here "from" opens a stretch; elsewhere it only says how the place is used."""
_QUOTES = re.compile("[\u2018\u2019\u02bc\u02bb\u00b4`]")
_NAME_GROUPS = ("x", "y", "a", "b", "c")
_SHORT, _LONG = "(?P<{}>.+?)", "(?P<{}>.+)"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase: the rule that fits, its method, and the words in its slots."""

    rule: str
    method: str
    slots: Mapping[str, str]


def tidy(phrase: str) -> str:
    """Bring a phrase to one form: plain dashes and quotes, single blanks, no punctuation or prepositions round it."""
    text = unicodedata.normalize("NFKC", phrase[:MAX_PHRASE])
    text = _QUOTES.sub("'", _DASHES.sub("-", text))
    text = " ".join(text.split()).strip(" ,;:.\"'-/").strip()
    if _FROM_TO.match(text):
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
    absent = absent_slots(_openers(), words_of(phrase))
    for needed, rule in _rules():
        if not needed.isdisjoint(absent):
            continue
        for pattern in _compiled(rule["name"]):
            found = pattern.fullmatch(phrase)
            if found is None:
                continue
            slots = {key: value.strip() for key, value in found.groupdict().items() if value}
            wanted = rule.get("only")
            if wanted and not _word_pattern(wanted).search(slots.get("x", "")):
                continue
            if any(_is_hollow(slots[name]) for name in _NAME_GROUPS if name in slots):
                continue
            key = (rule["name"], tuple(sorted(slots.items())))
            if key not in seen:
                seen.add(key)
                yield Reading(rule["name"], rule["method"], slots)


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
    return any(word.casefold() not in common or (word.casefold() != opening and not is_generic(word)) for word in words)


def read_bearing(words: str) -> float:
    """Return the bearing of a direction word, degrees clockwise from north: "south-eastern" is 135."""
    return _bearings()[" ".join(words.casefold().split())]


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
    if not head or singular is None:
        return names
    return [f"{name} {singular}" for name in (*names[:-1], head)]


def read_distance_km(number: str, unit: str) -> float:
    """Return a stated distance in km; numbers may be written "1,200", "2.5" or "ten"."""
    word = number.casefold()
    value = _NUMBER_WORDS.get(word)
    if value is None:
        value = float(word.replace(",", ""))
    first = unit.casefold()
    key = "mi" if first.startswith("mi") else ("m" if first in ("m", "metres", "meters", "metre", "meter") else "km")
    return value * UNITS_KM[key]


def strip_articles(name: str) -> tuple[str, bool]:
    """Drop leading articles; tell whether there was a definite one ("the Jordan" is the river)."""
    bare = _articles().sub("", name)
    return bare, bare != name and name.casefold().startswith("the ")


def after_direction(phrase: str) -> str | None:
    """Return what follows the compass word a phrase opens with ("South Sudan" and "southern Chad" both do), else ``None``."""
    found = re.match(rf"(?:the )?(?:{_either(list(_bearings()))}) (?P<rest>.+)", phrase, re.IGNORECASE)
    return found["rest"] if found else None


def grammar_tests() -> tuple[tuple[str, str], ...]:
    """List the rules with the test phrase each carries."""
    return tuple((rule["name"], rule["test"]) for rule in read_vocab(GRAMMAR)["rules"])


_NUMBER_WORDS = {
    word: float(value)
    for value, words in {
        1: "one a", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        12: "twelve", 15: "fifteen", 20: "twenty", 25: "twenty-five", 30: "thirty", 40: "forty", 50: "fifty",
        60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip
_NUMBER = r"(?P<n>\d+(?:[.,]\d+)*|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>kilomet(?:er|re)s?|kms?|miles?|mi|met(?:er|re)s?|m)"


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
def _bearings() -> dict[str, float]:
    return {word: float(d["bearing"]) for d in read_vocab(GRAMMAR)["directions"] for word in d["words"]}


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_either(read_vocab(GRAMMAR)['lead'])}) (?!\d)", re.IGNORECASE)


@cache
def _articles() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{_either(read_vocab(GRAMMAR)['articles'])}) )+", re.IGNORECASE)


@cache
def _word_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(read_vocab(GRAMMAR)['words'][name])})\b", re.IGNORECASE)


@cache
def _rules() -> tuple[tuple[frozenset[str], dict[str, Any]], ...]:
    """List the rules, each with the word lists it cannot do without."""
    return tuple((needed_slots(rule["pattern"], _openers()), rule) for rule in read_vocab(GRAMMAR)["rules"])


@cache
def _openers() -> dict[str, frozenset[str]]:
    grammar = read_vocab(GRAMMAR)
    return first_words({**grammar["words"], "dir": list(_bearings()), "middle": grammar["middle"], "bank": BANKS})


@cache
def _compiled(name: str) -> tuple[re.Pattern[str], ...]:
    """Compile a rule when a phrase first needs it."""
    rule = next(rule for rule in read_vocab(GRAMMAR)["rules"] if rule["name"] == name)
    return _compile(rule, _fixed())


@cache
def _fixed() -> dict[str, str]:
    """Map the slots that are lists to the groups that match them."""
    grammar = read_vocab(GRAMMAR)
    fixed = {name: f"(?:{_either(words)})" for name, words in grammar["words"].items()}
    fixed["dir"] = f"(?P<dir>{_either(list(_bearings()))})"
    fixed["middle"] = f"(?:{_either(grammar['middle'])})"
    fixed["bank"] = f"(?P<bank>{_either(list(BANKS))})"
    fixed["nearby"] = f"(?P<nearby>{_either(grammar['words']['nearby'])})"
    fixed["n"], fixed["unit"] = _NUMBER, _UNIT
    return fixed


def _compile(rule: dict[str, Any], fixed: dict[str, str]) -> tuple[re.Pattern[str], ...]:
    """Compile a rule; one with several names twice: names as short as possible, then as long as possible ("Bosnia and Herzegovina and Serbia")."""
    n_names = sum("{" + name + "}" in rule["pattern"] for name in _NAME_GROUPS)
    patterns = []
    for form in (_SHORT, _LONG) if n_names > 1 else (_SHORT,):
        slots = {name: form.format(name) for name in _NAME_GROUPS}
        try:
            patterns.append(re.compile(rule["pattern"].format(**fixed, **slots), re.IGNORECASE))
        except (re.error, KeyError, IndexError) as error:
            raise VocabularyError(f"{GRAMMAR}: pattern of rule {rule['name']!r} is malformed: {error}") from error
    return tuple(patterns)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
