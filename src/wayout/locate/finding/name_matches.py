"""Find place names in running text: the gazetteer proposes, grammar and the tagger dispose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.finding.name_signs import (
    MAX_ACRONYM,
    beside_capital,
    has_signs,
    is_acronym,
    is_part_of_name,
    is_person,
    names_local_institution,
    opens_dateline,
)
from wayout.locate.finding.text_view import (
    OTHER_LABELS,
    PLACE_LABELS,
    TextView,
    Word,
    directions,
    friends,
    ordinary_words,
    words_in,
)
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.looking_up.spelling import without_articles
from wayout.model import Place
from wayout.text.names import fold_name

MAX_WORDS = 6
MAX_RESPELT = 4
"""Words of a name that is looked up by its spelling family."""
LARGE_TOWN = 100_000
"""Inhabitants above which a capitalised single word is taken for the town without further signs."""
TOWN = 20_000
"""Inhabitants above which a town of the theatre is believed against the tagger, which says "person"."""
SHORTENED = 0.6
"""An abbreviation has at most this share of the letters of its name: "Calif" has half."""
WIDE_KINDS = frozenset({"country", "continent", "region", "sea", "admin1"})
_BEFORE_STATE = re.compile(r"(?:\w, |\b(?:in|to|from|of) |\b[DRI]-)$")
"""What stands before a state in initials ("Raleigh, N.C.") and not before a person's ("J.R. Smith")."""
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
_GAP = re.compile(r"[ \u00a0]|[ ]?[-\u2010\u2011][ ]?|\n(?!\n)")
_MASK = "\ue000"
_CAPITALS = r"(?P<name>[A-Z][\w'\u2019]+(?:[ -][A-Z][\w'\u2019]+){0,2})(?!\w)"
_UNKNOWN = tuple(
    re.compile(rule.format(X=rf"(?:the )?{_MASK}+", U=_CAPITALS))
    for rule in (
        r"\b[Bb]etween {X} and {U}",
        r"\b[Bb]etween {U} and {X}",
        r"\b[Ff]rom {X} (?:to|towards?) {U}",
        r"\b[Ff]rom {U} (?:to|towards?) {X}",
        r"\b(?:towns?|villages?|city|cities|camp) of {U}",
        r"\b(?:near|besieg\w+|shelled|stormed|entered|reached) {U}",
        r"{X}, {U}(?=(?:,|,? and) \ue000)",
    )
)
"""Where a capitalised name that no source knows is still a place."""


@dataclass(frozen=True, slots=True)
class Name:
    """A place name in the text: code points ``start`` to ``end``, and whether the gazetteer knows it."""

    start: int
    end: int
    known: bool


def match_names(text: str, parsed: Any, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]) -> list[Name]:
    """
    Find the place names of a text.

    Parameters
    ----------
    text
        The document's text.
    parsed
        Its spaCy ``Doc``.
    gazetteer
        The gazetteer.
    taken
        Stretches that are not places (actors, persons).

    Returns
    -------
    names
        In text order, never overlapping.
    """
    view = TextView(
        text,
        words_in(text),
        parsed,
        [token.idx for token in parsed],
        parsed.ents,
        [entity.end_char for entity in parsed.ents],
        Cover(len(text), taken),
    )
    proposals = sorted(_proposals(view, gazetteer), key=lambda p: (p[0], -p[1]))
    theatre = _countries_named(proposals)
    surnames = _surnames(parsed)
    names: list[Name] = []
    for start, end, places in proposals:
        if names and start < names[-1].end:
            continue
        if text[start:end] in surnames and not (_is_country(places) or has_signs(view, start, end)):
            continue
        if _is_place(view, start, end, places, theatre):
            whole = _whole_name(view, start, end + _is_abbreviation(view, start, end, places), gazetteer)
            names.append(Name(*whole, whole == (start, end) or bool(gazetteer.exact(_key(text[slice(*whole)])))))
    for name in names:
        view.taken.add(name.start, name.end)
    names += _respelt(view, gazetteer, theatre)
    names += _statistical(view, surnames | _people(parsed))
    names += _beside_known(view, names)
    names += _repeated(view, names)
    return sorted(names, key=lambda n: n.start)


def _proposals(view: TextView, gazetteer: Gazetteer) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """Yield every longest known sequence of words that may be a name, left to right."""
    words, i = view.words, 0
    for found in _INITIALS.finditer(view.text):
        known = gazetteer.exact(fold_name(found.group()))
        in_place = _BEFORE_STATE.search(view.text[max(0, found.start() - 6) : found.start()]) is not None
        places = tuple(p for p, _ in known if p.kind == "country" or (in_place and p.kind == "admin1"))
        if places and not view.taken.meets(*found.span()):
            yield found.start(), found.end(), places
    while i < len(words):
        step = 1
        if _may_open(words, i, view.text):
            for j in range(_joined_to(view.text, words, i, MAX_WORDS), i, -1):
                if not words[j - 1].is_capital:
                    continue
                start, end = words[i].start, words[j - 1].end
                written = view.text[start:end].removesuffix(".")
                end = start + len(written)
                if view.taken.meets(start, end):
                    continue
                places = tuple(place for place, _ in gazetteer.exact(_key(written)))
                if places:
                    yield start, end, places
                    step = j - i
                    break
        i += step


def _is_country(places: tuple[Place, ...]) -> bool:
    return any(place.kind in ("country", "continent") for place in places)


def _is_abbreviation(view: TextView, start: int, end: int, places: tuple[Place, ...]) -> bool:
    """Tell whether a full stop follows that belongs to the name: "Va.", "Calif."."""
    length = len(without_articles(fold_name(view.text[start:end])))
    names = [without_articles(fold_name(p.name)) for p in places if p.kind == "admin1"]
    short = length <= MAX_ACRONYM and any(length <= SHORTENED * len(name) for name in names)
    return short and view.text[end : end + 1] == "." and not view.text[start:end].isupper()


def _key(written: str) -> str:
    key = fold_name(written)
    return key[4:] if key.startswith("the ") else key


def _may_open(words: list[Word], i: int, text: str) -> bool:
    """A name opens with a capital, or with a small article glued to a capital: "al-Bab"."""
    if words[i].is_capital:
        return words[i].text not in ("The", "A", "An")
    following = words[i + 1] if i + 1 < len(words) else None
    return (
        words[i].text.casefold() in friends()["joiners"]
        and following is not None
        and following.is_capital
        and text[words[i].end : following.start] in ("-", "\u2010", "\u2011")
    )


def _joined_to(text: str, words: list[Word], i: int, most: int) -> int:
    """
    Return where the words that may be one name with word ``i`` end (exclusive), at most ``most`` words on.

    They stand one blank or hyphen apart; small words inside are articles and the like.
    """
    j, joiners = i + 1, friends()["joiners"]
    while j < min(len(words), i + most):
        word = words[j]
        if not (word.is_capital or word.text.casefold() in joiners):
            break
        if not _GAP.fullmatch(text, words[j - 1].end, word.start):
            break
        j += 1
    return j


def _countries_named(proposals: list[tuple[int, int, tuple[Place, ...]]]) -> frozenset[str]:
    """Collect the countries that the text is about: named themselves, or by a division, or by a large town."""
    found = set()
    for _, _, places in proposals:
        best = max(places, key=lambda p: (p.kind == "country", p.population or 0, str(p.id)))
        if best.country and (best.kind == "country" or (best.population or 0) >= LARGE_TOWN):
            found.add(best.country)
        found |= {p.country for p in places if p.kind in ("region", "admin1") and p.country and len(places) < 4}
    return frozenset(found)


def _is_place(view: TextView, start: int, end: int, places: tuple[Place, ...], theatre: frozenset[str]) -> bool:
    """Decide whether a known name is used as a place here."""
    written = view.text[start:end]
    key = fold_name(written)
    kinds = {place.kind for place in places}
    entity = view.entity(start, end)
    if key in friends()["demonyms"]:
        return False
    if opens_dateline(view, start, end) and any((place.population or 0) >= TOWN for place in places):
        return True
    if is_acronym(written) and "." not in written and key not in friends()["acronyms"]:
        return False
    if entity is not None and entity.label_ in OTHER_LABELS and is_part_of_name(entity, start, end):
        return names_local_institution(view, entity, start, end) and key not in friends()["words"]
    if kinds & {"country", "continent"}:
        return key not in friends()["months"] and not (len(key) <= 3 and not written.isupper() and " " not in key)
    is_single = " " not in key
    if without_articles(key) in friends()["words"] - friends()["prefixes"] or (is_single and key in friends()["words"]):
        return False
    label = entity.label_ if entity is not None else ""
    if is_single and key in friends()["persons"] and not (label in PLACE_LABELS and has_signs(view, start, end)):
        return False
    if is_single and is_person(view, start, end):
        return False
    if not is_single or kinds & WIDE_KINDS:
        if label != "PERSON" or kinds & WIDE_KINDS or has_signs(view, start, end):
            return True
        return bool(_foreign_homes(places, theatre)) and not is_person(view, start, end)
    return _single_town(view, start, end, places, theatre, label)


def _single_town(
    view: TextView, start: int, end: int, places: tuple[Place, ...], theatre: frozenset[str], label: str
) -> bool:
    """One word that only a town, river or lake is called: asks for a sign in the text."""
    if beside_capital(view, start, end):
        return label in PLACE_LABELS
    if re.match(r"-[a-z]", view.text[end : end + 2]):
        return False
    in_theatre = any(p.country in theatre for p in places) or any(p.country is None for p in places)
    large = any((p.population or 0) >= LARGE_TOWN for p in places)
    signs = has_signs(view, start, end)
    if label == "PERSON":
        # The small model takes most foreign names for persons; towns that bear English surnames stay persons.
        homes = _foreign_homes(places, theatre)
        known = signs or any((p.population or 0) >= TOWN for p in places if p.country in homes)
        return (bool(homes) and known) or (signs and (in_theatre or large))
    if label in PLACE_LABELS:
        return True
    token = view.token(start)
    if token.is_sent_start and not (large or in_theatre):
        return False
    if token.pos_ not in ("PROPN", "NOUN", "X") and not signs:
        return False
    return signs or (large and label == "") or (in_theatre and token.pos_ == "PROPN")


def _foreign_homes(places: tuple[Place, ...], theatre: frozenset[str]) -> set[str]:
    """List the countries spoken of that have such a town; none if one of them gives towns English surnames."""
    homes = {p.country for p in places if p.country in theatre}
    return set() if homes & friends()["surname_countries"] else {home for home in homes if home}


def _respelt(view: TextView, gazetteer: Gazetteer, theatre: frozenset[str]) -> list[Name]:
    """Find spellings that the gazetteer has in another form, in the countries spoken of: "Deir Ezzor"."""
    words, found, i = view.words, list[Name](), 0
    while i < len(words):
        step = 1
        last = _joined_to(view.text, words, i, MAX_RESPELT) if _may_open(words, i, view.text) else i
        opening = fold_name(words[i].text) if last > i else ""
        for j in range(last, i, -1):
            if not words[j - 1].is_capital:
                continue
            start, end = words[i].start, words[j - 1].end
            bare = without_articles(fold_name(view.text[start:end]))
            if (
                view.taken.meets(start, end)
                or opening in ordinary_words(alone=j - i == 1)
                or bare in friends()["words"]
            ):
                continue
            if j - i == 1 and beside_capital(view, start, end):
                continue
            if gazetteer.exact(_key(view.text[start:end])) or is_acronym(view.text[start:end]):
                continue  # looked at before, and refused
            entity = view.entity(start, end)
            if entity is not None and entity.label_ in OTHER_LABELS and is_part_of_name(entity, start, end):
                continue
            places = gazetteer.find(view.text[start:end], countries=tuple(sorted(theatre)))
            large = any(p.kind == "admin1" or (p.population or 0) >= LARGE_TOWN for p in places[:1])
            if not (j - i > 1 or has_signs(view, start, end) or (large and view.token(start).pos_ == "PROPN")):
                continue
            if places and places[0].country in theatre:
                found.append(Name(start, end, True))
                view.taken.add(start, end)
                step = j - i
                break
        i += step
    return found


def _beside_known(view: TextView, names: list[Name]) -> list[Name]:
    """Take an unknown capitalised name for a place after "from X to", "between X and", "the town of", "near"."""
    masked = list(view.text)
    for name in names:
        masked[name.start : name.end] = _MASK * (name.end - name.start)
    text, found = "".join(masked), []
    for match in (m for rule in _UNKNOWN for m in rule.finditer(text)):
        start, end = match.span("name")
        entity, key = view.entity(start, end), fold_name(match["name"])
        if view.taken.meets(start, end) or (entity is not None and entity.label_ in ("NORP", "DATE", "TIME", "MONEY")):
            continue
        if entity is not None and entity.label_ in OTHER_LABELS and is_part_of_name(entity, start, end):
            continue
        if key in ordinary_words(alone=True) or key in friends()["persons"] or match["name"].isupper():
            continue
        if is_person(view, start, end):
            continue
        found.append(Name(start, end, False))
        view.taken.add(start, end)
    return found


def _repeated(view: TextView, names: list[Name]) -> list[Name]:
    """A name of two or more words that is a place once is one wherever it stands."""
    found: list[Name] = []
    for written, known in sorted({(view.text[n.start : n.end], n.known) for n in names}):
        if not re.search(r"[\s-]", written):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", view.text):
            if not view.taken.meets(*match.span()):
                found.append(Name(match.start(), match.end(), known))
                view.taken.add(*match.span())
    return found


def _surnames(parsed: Any) -> frozenset[str]:
    """Collect the last words of full names: "Campbell" alone is then the person."""
    people = [e for e in parsed.ents if e.label_ == "PERSON" and len(e) > 1]
    return frozenset(e[-1].text for e in people if e[-1].text[:1].isupper())


def _whole_name(view: TextView, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """Take the tagger's longer place name where the gazetteer knows only part of it: "Queen Anne's County"."""
    entity = view.entity(start, end)
    if entity is None or entity.label_ not in PLACE_LABELS or not is_part_of_name(entity, start, end):
        return start, end
    words = [t for t in entity if not t.is_space]
    while words and words[0].lower_ == "the":
        words.pop(0)
    inner = [
        t
        for t in words
        if t.text[:1].islower() and t.lower_ not in friends()["joiners"] and t.text not in ("'s", "\u2019s")
    ]
    if inner or not words or any(t.text in (",", "/", "and", "or", ";", "(", ")") for t in words):
        return start, end
    a, b = words[0].idx, words[-1].idx + len(words[-1].text)
    if a > start or b < end or fold_name(words[0].text) in directions() or "\n" in view.text[a:b]:
        return start, end
    others = (view.text[a:start].strip(" -\u2013"), view.text[end:b].strip(" -\u2013"))
    if any(gazetteer.exact(_key(other)) for other in others if other and other[0].isupper()):
        return start, end
    return (start, end) if view.taken.meets(a, b) else (a, b)


def _people(parsed: Any) -> frozenset[str]:
    """Collect single words that the tagger takes for a person, or a part of one, more often than for a place."""
    votes: dict[str, int] = {}
    for entity in parsed.ents:
        if entity.label_ in ("PERSON", *PLACE_LABELS):
            for token in entity:
                votes[token.text] = votes.get(token.text, 0) + (1 if entity.label_ == "PERSON" else -1)
    return frozenset(word for word, n in votes.items() if n > 0)


def _statistical(view: TextView, people: frozenset[str]) -> list[Name]:
    """Add what the tagger calls a place though the gazetteer does not know it."""
    found = []
    for entity in view.entities:
        if entity.label_ not in ("GPE", "LOC"):
            continue
        words = list(entity)
        while words and (words[0].lower_ in ("the", "a") or words[0].is_punct or words[0].is_space):
            words.pop(0)
        while words and (words[-1].text in ("'s", "\u2019s", "'") or words[-1].is_punct or words[-1].is_space):
            words.pop()
        if not words:
            continue
        start, end = words[0].idx, words[-1].idx + len(words[-1].text)
        written = view.text[start:end]
        key = fold_name(written)
        if not written[:1].isupper() or "\n" in written or len(written) < 3 or key in friends()["words"]:
            continue
        if written in people and not has_signs(view, start, end):
            continue
        if key in friends()["months"] or key in friends()["demonyms"] or (written.isupper() and len(written) <= 5):
            continue
        if key.split()[0] in directions() and len(key.split()) == 1:
            continue
        if not view.taken.meets(start, end):
            found.append(Name(start, end, False))
            view.taken.add(start, end)
    return found
