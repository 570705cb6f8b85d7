"""Place names that the gazetteer does not know as written: other spellings, what only the tagger knows, and neighbours."""

import re
from collections import Counter
from collections.abc import Sequence

from wayout.locate.finding.bodies import is_part_of_name
from wayout.locate.finding.name_signs import (
    beside_capital,
    follows_with_comma,
    has_signs,
    is_acronym,
    is_coin_or_illness,
    is_person,
    place_signs,
)
from wayout.locate.finding.proposals import end_of, joined_to, key_of, may_open
from wayout.locate.finding.single_towns import LARGE_TOWN
from wayout.locate.finding.text_view import OTHER_LABELS, TextView
from wayout.locate.finding.word_lists import directions, friends, ordinary_words, senses
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.looking_up.spelling import without_articles
from wayout.text.names import fold_name

MAX_RESPELT = 4
"""Words of a name that is looked up by its spelling family."""
_MASK = "\ue000"
_CAPITALS = r"(?P<name>[A-Z][\w'\u2019]+(?:[ -][A-Z][\w'\u2019]+){0,2})(?!\w)"
_UNKNOWN = tuple(
    (frozenset(words.split()), re.compile(rule.format(X=rf"(?:the )?{_MASK}+", U=_CAPITALS)))
    for words, rule in (
        ("between", r"\b[Bb]etween {X} and {U}"),
        ("between", r"\b[Bb]etween {U} and {X}"),
        ("from", r"\b[Ff]rom {X} (?:to|towards?) {U}"),
        ("from", r"\b[Ff]rom {U} (?:to|towards?) {X}"),
        ("town towns village villages city cities camp", r"\b(?:towns?|villages?|city|cities|camp) of {U}"),
        (
            "near besieged besieging shelled stormed entered reached",
            r"\b(?:near|besieged|besieging|shelled|stormed|entered|reached) {U}",
        ),
        ("", r"(?=\ue000){X}, {U}(?=(?:,|,? and) \ue000)"),
    )
)
"""Where a capitalised name that no source knows is still a place."""
Stretch = tuple[int, int]
_SURE = 1.0
"""Weight of words of place from which an unknown word is believed to be one."""


def respelt(view: TextView, gazetteer: Gazetteer, theatre: frozenset[str]) -> list[Stretch]:
    """Find spellings that the gazetteer has in another form, in the countries spoken of: "Deir Ezzor"."""
    found, i, countries = list[Stretch](), 0, tuple(sorted(theatre))
    if theatre <= friends()["surname_countries"]:
        return found  # English-speaking countries: nothing there is written in two ways
    while i < len(view.words):
        step = 1
        last = joined_to(view, i, MAX_RESPELT) if may_open(view, i) else i
        for j in range(last, i, -1):
            if not view.capital[j - 1] or not _may_be_respelt(view, gazetteer, i, j):
                continue
            signs = has_signs(view, i, j)
            start, end = view.starts[i], end_of(view, j)
            places = gazetteer.find(view.text[start:end], countries=countries)
            large = any(p.kind == "admin1" or (p.population or 0) >= LARGE_TOWN for p in places[:1])
            if not (j - i > 1 or signs or large):
                continue
            if places and places[0].country in theatre:
                found.append((start, end))
                view.taken.add(start, end)
                step = j - i
                break
        i += step
    return found


def _may_be_respelt(view: TextView, gazetteer: Gazetteer, i: int, j: int) -> bool:
    """Refuse what is no name, or was looked at before: look-ups by spelling family are the dear ones."""
    start, end = view.starts[i], end_of(view, j)
    if view.taken.meets(start, end) or view.keys[i] in ordinary_words(alone=j - i == 1):
        return False
    entity = view.entities[i] or view.entities[j - 1]
    label = entity.label if entity is not None else ""
    if j - i == 1:
        if (view.tags[i] != "PROPN" and not has_signs(view, i, j)) or beside_capital(view, i, j):
            return False
    elif label in ("PERSON", "ORG") and view.keys[i] not in friends()["prefixes"] and not has_signs(view, i, j):
        return False
    key = key_of(view, i, j)
    if is_acronym(view.text[start:end]) or without_articles(key) in friends()["words"] or gazetteer.exact(key):
        return False
    # a part of the tagger's longer place ("Urum | al-Kubra") leaves it to be taken whole
    return entity is None or not is_part_of_name(view, entity, i, j)


def statistical(view: TextView, people: frozenset[str]) -> list[Stretch]:
    """
    Add what the tagger calls a place though the gazetteer does not know it.

    A word that the text repeats without one word of place beside it is somebody's name: the tagger is sure of nothing it has not seen.
    """
    found, wants = list[Stretch](), Counter[str]()
    for entity in view.spans:
        if entity.label in ("GPE", "LOC", "PERSON", "ORG") and entity.last - entity.first <= 2:
            signs = place_signs(view, entity.first, entity.last) + 1.5 * follows_with_comma(view, entity.last)
            wants[view.words[entity.last - 1]] += 1 if signs > _SURE else -1
    for entity in view.spans:
        if entity.label not in ("GPE", "LOC"):
            continue
        first, last = entity.first, entity.last
        while first < last and view.lower[first] in ("the", "a"):
            first += 1
        while first < last and not view.capital[last - 1]:
            last -= 1
        if first == last or not _may_be_unknown(view, first, last, people):
            continue
        if last - first == 1 and wants[view.words[first]] < -1:
            continue
        start, end = view.starts[first], end_of(view, last)
        if not view.taken.meets(start, end):
            found.append((start, end))
            view.taken.add(start, end)
    return found


def _may_be_unknown(view: TextView, first: int, last: int, people: frozenset[str]) -> bool:
    start, end = view.starts[first], end_of(view, last)
    written = view.text[start:end]
    key = fold_name(written)
    if not written[:1].isupper() or "\n" in written or len(written) < 3 or is_coin_or_illness(view, end, last):
        return False
    if last - first == 1 and view.lower[first] in view.uncapitalised:
        return False
    if view.lower[first] in friends()["titles"] or view.lower[first] in senses()["offices"]:
        return False
    if key in friends()["words"] or key in friends()["months"] or key in friends()["demonyms"]:
        return False
    if (written in people or view.words[last - 1] in people) and not has_signs(view, first, last):
        return False
    if written.isupper() and len(written) <= 5:
        return False
    return not (last - first == 1 and view.lower[first] in directions())


def beside_known(view: TextView, names: Sequence[Stretch]) -> list[Stretch]:
    """Take an unknown capitalised name for a place after "from X to", "between X and", "the town of", "near"."""
    if not names:
        return []
    masked = list(view.text)
    for start, end in names:
        masked[start:end] = _MASK * (end - start)
    text, found, said = "".join(masked), list[Stretch](), set(view.lower)
    rules = [rule for needed, rule in _UNKNOWN if not needed or not needed.isdisjoint(said)]
    for match in (m for rule in rules for m in rule.finditer(text)):
        start, end = match.span("name")
        first, last = view.at(start), view.at(end)
        key = fold_name(match["name"])
        if view.taken.meets(start, end) or first == last:
            continue
        entity = view.entities[first]
        if entity is not None and entity.label in ("NORP", "DATE", "TIME", "MONEY"):
            continue
        if entity is not None and entity.label in OTHER_LABELS and is_part_of_name(view, entity, first, last):
            continue
        if key in ordinary_words(alone=True) or key in friends()["persons"] or match["name"].isupper():
            continue
        if is_person(view, first, last) or view.lower[last - 1] in senses()["bodies"]:
            continue
        found.append((start, end))
        view.taken.add(start, end)
    return found


def repeated(view: TextView, names: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """A name of two or more words that is a place once is one wherever it stands."""
    found: list[tuple[int, int, bool]] = []
    for written, known in sorted({(view.text[start:end], known) for start, end, known in names}):
        if " " not in written and "-" not in written and "\n" not in written:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", view.text):
            if not view.taken.meets(*match.span()):
                found.append((match.start(), match.end(), known))
                view.taken.add(*match.span())
    return found
