"""The files of the grammar: word lists, numbers and rules of each language, and the patterns compiled from them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.errors import VocabularyError
from wayout.locate.looking_up.nation_words import joined_forms, written_adjectives
from wayout.locate.needs import first_words, needed_slots
from wayout.vocab import read_vocab

GRAMMAR = "phrase_grammar.yaml"
LANGUAGES = ("phrase_grammar_fr.yaml", "phrase_grammar_ar.yaml", GRAMMAR)
"""Tried in this order: the sister files open only where their own words or script stand in the phrase."""
CODES = {"phrase_grammar_fr.yaml": "fr", "phrase_grammar_ar.yaml": "ar"}
"""The language of each sister file, for the adjectives of nations."""
NAME_SLOTS = ("x", "y", "a", "b", "c")
BANKS = ("left", "right")
_SHORT, _LONG = "(?P<{}>.+?)", "(?P<{}>.+)"
_LIKE_A_NUMBER = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as read: name, method, whether it ends the reading, the list slot x must hold, the lists it cannot do without."""

    name: str
    method: str
    is_sure: bool
    only: str | None
    needed: frozenset[str]
    file: str


def all_rules(file: str) -> tuple[Rule, ...]:
    """List the rules of one file in order."""
    return _rules(file)


@cache
def gate(file: str) -> re.Pattern[str] | None:
    """Return what a phrase must hold for a file to be tried; ``None`` for the file that always is."""
    written = read_vocab(file).get("gate")
    return re.compile(written, re.IGNORECASE) if written else None


@cache
def openers(file: str) -> dict[str, frozenset[str]]:
    """Map each list of a file to the words its entries open with."""
    grammar = read_vocab(file)
    lists = {**grammar["words"], "dir": [w for row in grammar["directions"] for w in row["words"]]}
    if file in CODES:
        lists |= {"nation": written_adjectives(CODES[file])}
    if file == GRAMMAR:
        lists |= {"middle": grammar["middle"], "bank": BANKS}
    return first_words(lists)


@cache
def patterns(file: str, name: str) -> tuple[re.Pattern[str], ...]:
    """
    Compile a rule when a phrase first needs it.

    A rule with several names is compiled twice: names as short as possible, then as long as possible ("Bosnia and Herzegovina
    and Serbia").
    """
    written = next(rule["pattern"] for rule in read_vocab(file)["rules"] if rule["name"] == name)
    n_names = sum("{" + slot + "}" in written for slot in NAME_SLOTS)
    compiled = []
    for form in (_SHORT, _LONG) if n_names > 1 else (_SHORT,):
        slots = {slot: form.format(slot) for slot in NAME_SLOTS}
        try:
            compiled.append(re.compile(written.format(**_fixed(file), **slots), re.IGNORECASE))
        except (re.error, KeyError, IndexError) as error:
            raise VocabularyError(f"{file}: pattern of rule {name!r} is malformed: {error}; mend it") from error
    return tuple(compiled)


@cache
def bearings() -> dict[str, float]:
    """Map the direction words of every language to degrees clockwise from north."""
    rows = [row for file in LANGUAGES for row in read_vocab(file)["directions"]]
    return {word: float(row["bearing"]) for row in rows for word in row["words"]}


@cache
def numbers() -> dict[str, float]:
    """Map the number words of every language to their values."""
    return {word: float(value) for file in LANGUAGES for word, value in read_vocab(file)["numbers"].items()}


@cache
def vague_numbers() -> dict[str, tuple[float, float]]:
    """Map words such as "a few" to the least and most they allow."""
    return {
        word: (float(row[0]), float(row[1]))
        for file in LANGUAGES
        for word, row in read_vocab(file).get("vague", {}).items()
    }


@cache
def units_km() -> dict[str, float]:
    """Map the unit words of every language to km."""
    return {word: float(km) for file in LANGUAGES for word, km in read_vocab(file)["units"].items()}


@cache
def speeds() -> dict[str, Mapping[str, Any]]:
    """Map each word for a way of travelling to its row: ``hour`` and ``day`` in km."""
    return {word: row for row in read_vocab(GRAMMAR)["travel"].values() for word in row["words"]}


def either(words: list[str]) -> str:
    """Write a list as the alternatives of a pattern, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _rules(file: str) -> tuple[Rule, ...]:
    lists = openers(file)
    return tuple(
        Rule(
            row["name"],
            row["method"],
            bool(row.get("sure")),
            row.get("only"),
            needed_slots(row["pattern"], lists),
            file,
        )
        for row in read_vocab(file)["rules"]
    )


@cache
def _fixed(file: str) -> dict[str, str]:
    """Map the slots that are lists to the groups that match them."""
    grammar = read_vocab(file)
    compass = either([word for row in grammar["directions"] for word in row["words"]])
    number = f"{_LIKE_A_NUMBER}|{either(list(grammar['numbers']))}"
    fixed = {name: f"(?:{either(words)})" for name, words in grammar["words"].items()}
    fixed |= {
        "dir": f"(?P<dir>{compass})",
        "dir2": f"(?P<dir2>{compass})",
        "compass": f"(?:{compass})",
        "n": f"(?P<n>{number})",
        "m": f"(?P<m>{number})",
        "unit": f"(?P<unit>{either(list(grammar['units']))})",
        "kind": f"(?P<kind>{either(list(grammar.get('kinds', {'-': ''})))})",
        "bank": f"(?P<bank>{either(list(grammar.get('banks', BANKS)))})",
    }
    if file in CODES:
        fixed["nation"] = f"(?:{either(list(written_adjectives(CODES[file])))})"
        fixed["joined"] = f"(?:{either([*joined_forms(CODES[file]), '-'])})"
    if file == GRAMMAR:
        fixed["middle"] = f"(?:{either(grammar['middle'])})"
        fixed["nearby"] = f"(?P<nearby>{either(grammar['words']['nearby'])})"
        fixed["vague"] = f"(?P<vague>{either(list(grammar['vague']))})"
        fixed["travel"] = f"(?P<travel>{either(list(speeds()))})"
    return fixed
