"""The word lists that the rules for place names hold a text against, folded and read once."""

from functools import cache
from typing import Any

from wayout.text.names import fold_name
from wayout.vocab import read_vocab


@cache
def friends() -> dict[str, frozenset[str]]:
    """Read the word lists that tell places from what only looks like one, by the name of the list."""
    lists = read_vocab("place_friends.yaml")
    rows = read_vocab("countries.yaml")["countries"]
    short = [name for row in rows for name in row["also"]]
    short += [name for names in read_vocab("place_aliases.yaml")["countries"].values() for name in names]
    return {
        "words": frozenset(str(w) for w in lists["words"]) | frozenset(lists["months_days"]),
        "months": frozenset(lists["months_days"]),
        "prefixes": frozenset(lists["prefixes"]),
        "joiners": frozenset(lists["joiners"]),
        "surname_countries": frozenset(lists["surname_countries"]),
        "speech": frozenset(lists["speech"]),
        "titles": frozenset(lists["titles"]),
        "persons": frozenset(lists["persons"]),
        "locative": frozenset(lists["locative"]),
        "institutions": frozenset(lists["institutions"]),
        "settlement_after": frozenset(lists["settlement_after"]),
        "demonyms": frozenset(adjectives()) | frozenset(people()),
        "acronyms": frozenset(fold_name(name) for name in short if name.isupper()),
    }


@cache
def senses() -> dict[str, frozenset[str]]:
    """Read the lists of ``toponym_senses.yaml`` that hold plain words."""
    lists = read_vocab("toponym_senses.yaml")
    return {
        name: frozenset(str(w) for w in words)
        for name, words in lists.items()
        if isinstance(words, list) and name != "areas"
    }


@cache
def adjectives() -> dict[str, str]:
    """Map folded adjectives of countries and areas to the name of the place: "malian" to "Mali"."""
    return _described("adjectives")


@cache
def people() -> dict[str, str]:
    """Map folded plural names of people to the name of their place: "malians" to "Mali"."""
    return {key: place for key, place in _described("people").items() if key not in adjectives()}


@cache
def unions() -> dict[str, str]:
    """Map unions of states, as written, to the area they stand for."""
    return dict(read_vocab("toponym_senses.yaml")["unions"])


@cache
def seats() -> dict[str, str]:
    """Map buildings that stand for who sits there, as written, to the town they stand in."""
    return dict(read_vocab("toponym_senses.yaml")["seats"])


@cache
def divisions() -> dict[str, str]:
    """Map abbreviations of divisions, points left out, to the division's name; equal ones go to the first country listed."""
    found: dict[str, str] = {}
    for rows in read_vocab("place_abbreviations.yaml")["divisions"].values():
        for short, name in rows.items():
            found.setdefault(str(short), name)
    return found


@cache
def unmistakable() -> frozenset[str]:
    """Abbreviations of divisions that count wherever they stand."""
    return frozenset(str(short) for short in read_vocab("place_abbreviations.yaml")["unmistakable"])


@cache
def directions() -> frozenset[str]:
    """List every direction word."""
    rows = read_vocab("phrase_grammar.yaml")["directions"]
    return frozenset(word for row in rows for word in row["words"])


@cache
def articles() -> frozenset[str]:
    """List the Arabic articles, as romanised."""
    return frozenset(read_vocab("spelling.yaml")["articles"])


@cache
def ordinary_words(*, alone: bool) -> frozenset[str]:
    """Words that open no respelt name; "Deir", "Bab" and the like do open one, but are none alone."""
    words = friends()["words"] | friends()["demonyms"] | directions()
    return words if alone else words - friends()["prefixes"]


def _described(column: str) -> dict[str, str]:
    rows: list[Any] = read_vocab("countries.yaml")["countries"]
    names = {fold_name(word) for row in rows for word in (row["name"], *row["also"])} | {"us", "u s", "uk", "u k"}
    found: dict[str, str] = {}
    for row in (*rows, *read_vocab("toponym_senses.yaml")["areas"]):
        for word in row[column]:
            if fold_name(word) not in names:
                found.setdefault(fold_name(word), row["name"])
    return found
