"""Find place names in running text: the gazetteer proposes, grammar and the tagger dispose."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.locate.cover import Cover
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.spelling import without_articles
from wayout.model import Place
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MAX_WORDS = 6
MAX_RESPELT = 4
"""Words of a name that is looked up by its spelling family."""
LARGE_TOWN = 100_000
"""Inhabitants above which a capitalised single word is taken for the town without further signs."""
TOWN = 20_000
"""Inhabitants above which a town of the theatre is believed against the tagger, which says "person"."""
MAX_ACRONYM = 5
"""Longer words in capitals are names in a headline."""
WIDE_KINDS = frozenset({"country", "continent", "region", "sea", "admin1"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "LANGUAGE"})
_WORD = re.compile(r"[^\W\d_]+(?:['\u2018\u2019\u02bb\u02bc`\u00b4][^\W\d_]+)*\.?")
_POSSESSIVE = re.compile(r"['\u2019]s?$", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        """Tell whether it opens with a capital, or its script has none."""
        return self.text[:1].isupper() or not (self.text[:1].isupper() or self.text[:1].islower())


@dataclass(frozen=True, slots=True)
class _Text:
    """What the rules look at: the text, its words, tags and entities."""

    text: str
    words: list[_Word]
    parsed: Any
    token_starts: list[int]
    entities: tuple[Any, ...]
    entity_ends: list[int]
    taken: Cover

    def token(self, position: int) -> Any:
        """Return the parser's token that covers a code point."""
        return self.parsed[max(0, bisect_right(self.token_starts, position) - 1)]

    def entity(self, start: int, end: int) -> Any:
        """Return the entity that shares words with a stretch, or ``None``."""
        i = bisect_right(self.entity_ends, start)
        first = self.entities[i] if i < len(self.entity_ends) else None
        return first if first is not None and first.start_char < end else None


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
    view = _Text(
        text,
        _words(text),
        parsed,
        [token.idx for token in parsed],
        parsed.ents,
        [entity.end_char for entity in parsed.ents],
        Cover(len(text), taken),
    )
    proposals = list(_proposals(view, gazetteer))
    theatre = _countries_named(proposals)
    surnames = _surnames(parsed)
    names: list[Name] = []
    for start, end, places in proposals:
        if names and start < names[-1].end:
            continue
        if text[start:end] in surnames and not _has_signs(view, start, end):
            continue
        if _is_place(view, start, end, places, theatre):
            whole = _whole_name(view, start, end, gazetteer)
            names.append(Name(*whole, whole == (start, end) or bool(gazetteer.exact(_key(text[slice(*whole)])))))
    for name in names:
        view.taken.add(name.start, name.end)
    names += _respelt(view, gazetteer, theatre)
    names += _statistical(view)
    names += _beside_known(view, names)
    names += _repeated(view, names)
    return sorted(names, key=lambda n: n.start)


def _words(text: str) -> list[_Word]:
    words = []
    for found in _WORD.finditer(text):
        start, end = found.span()
        word = _POSSESSIVE.sub("", found.group())
        if word.endswith(".") and not (len(word) <= 3 and word[:1].isupper()):
            word = word[:-1]
        end = start + len(word)
        if word:
            words.append(_Word(start, end, word))
    return words


def _proposals(view: _Text, gazetteer: Gazetteer) -> Iterator[tuple[int, int, tuple[Place, ...]]]:
    """Yield every longest known sequence of words that may be a name, left to right."""
    words, i = view.words, 0
    for found in _INITIALS.finditer(view.text):
        places = tuple(p for p, _ in gazetteer.exact(fold_name(found.group())) if p.kind == "country")
        if places:
            yield found.start(), found.end(), places
    while i < len(words):
        step = 1
        if _may_open(words, i, view.text):
            for j in range(min(len(words), i + MAX_WORDS), i, -1):
                if not _joined(view.text, words, i, j) or not words[j - 1].is_capital:
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


def _key(written: str) -> str:
    key = fold_name(written)
    return key[4:] if key.startswith("the ") else key


def _may_open(words: list[_Word], i: int, text: str) -> bool:
    """A name opens with a capital, or with a small article glued to a capital: "al-Bab"."""
    if words[i].is_capital:
        return words[i].text not in ("The", "A", "An")
    following = words[i + 1] if i + 1 < len(words) else None
    return (
        words[i].text.casefold() in _friends()["joiners"]
        and following is not None
        and following.is_capital
        and text[words[i].end : following.start] in ("-", "\u2010", "\u2011")
    )


def _joined(text: str, words: list[_Word], i: int, j: int) -> bool:
    """Words of one name stand one blank or hyphen apart; small words inside are articles and the like."""
    for left, right in zip(words[i : j - 1], words[i + 1 : j], strict=True):
        if not _GAP.fullmatch(text[left.end : right.start]):
            return False
    return all(w.is_capital or w.text.casefold() in _friends()["joiners"] for w in words[i + 1 : j])


def _countries_named(proposals: list[tuple[int, int, tuple[Place, ...]]]) -> frozenset[str]:
    """Collect the countries that the text is about: named themselves, or by a division, or by a large town."""
    found = set()
    for _, _, places in proposals:
        best = max(places, key=lambda p: (p.kind == "country", p.population or 0, str(p.id)))
        if best.country and (best.kind == "country" or (best.population or 0) >= LARGE_TOWN):
            found.add(best.country)
        found |= {p.country for p in places if p.kind in ("region", "admin1") and p.country and len(places) < 4}
    return frozenset(found)


def _is_place(view: _Text, start: int, end: int, places: tuple[Place, ...], theatre: frozenset[str]) -> bool:
    """Decide whether a known name is used as a place here."""
    written = view.text[start:end]
    key = fold_name(written)
    kinds = {place.kind for place in places}
    entity = view.entity(start, end)
    if key in _friends()["demonyms"]:
        return False
    if _is_acronym(written) and key not in _friends()["acronyms"]:
        return False
    if entity is not None and entity.label_ in OTHER_LABELS and _is_part_of_name(entity, start, end):
        return False
    if kinds & {"country", "continent"}:
        return key not in _friends()["months"] and not (len(key) <= 3 and not written.isupper() and " " not in key)
    is_single = " " not in key
    if without_articles(key) in _friends()["words"] - _friends()["prefixes"] or (
        is_single and key in _friends()["words"]
    ):
        return False
    label = entity.label_ if entity is not None else ""
    if is_single and key in _friends()["persons"] and not (label in PLACE_LABELS and _has_signs(view, start, end)):
        return False
    if is_single and _is_person(view, start, end):
        return False
    if not is_single or kinds & WIDE_KINDS:
        if label != "PERSON" or kinds & WIDE_KINDS or _has_signs(view, start, end):
            return True
        return bool(_foreign_homes(places, theatre)) and not _is_person(view, start, end)
    return _single_town(view, start, end, places, theatre, label)


def _single_town(
    view: _Text, start: int, end: int, places: tuple[Place, ...], theatre: frozenset[str], label: str
) -> bool:
    """One word that only a town, river or lake is called: asks for a sign in the text."""
    if _beside_capital(view, start, end):
        return label in PLACE_LABELS
    if re.match(r"-[a-z]", view.text[end : end + 2]):
        return False
    in_theatre = any(p.country in theatre for p in places) or any(p.country is None for p in places)
    large = any((p.population or 0) >= LARGE_TOWN for p in places)
    signs = _has_signs(view, start, end)
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
    return set() if homes & _friends()["surname_countries"] else {home for home in homes if home}


def _has_signs(view: _Text, start: int, end: int) -> bool:
    """A word of place stands right before or after."""
    before = re.search(r"(\w+)(?: the)?[ \u00a0]$", view.text[max(0, start - 30) : start])
    after = re.match(r"[ \u00a0](\w+)", view.text[end : end + 30])
    return (before is not None and before.group(1).casefold() in _friends()["locative"]) or (
        after is not None and after.group(1) in _friends()["settlement_after"]
    )


def _is_acronym(written: str) -> bool:
    return written.isupper() and len(written) <= MAX_ACRONYM and written.isascii()


def _is_person(view: _Text, start: int, end: int) -> bool:
    """A title stands right before, or a verb of speech right after."""
    before = re.search(r"(\w+)\.? $", view.text[max(0, start - 20) : start])
    after = re.match(r",? (\w+)", view.text[end : end + 20])
    return (before is not None and before.group(1).casefold() in _friends()["titles"]) or (
        after is not None and after.group(1) in _friends()["speech"]
    )


def _beside_capital(view: _Text, start: int, end: int) -> bool:
    """A capitalised word touches it: it is part of a longer name that is not known."""
    before = re.search(r"([^\W\d_][\w'\u2019]*)[ -]$", view.text[max(0, start - 30) : start])
    after = re.match(r"[ -]([^\W\d_][\w'\u2019]*)", view.text[end : end + 30])
    left = before is not None and before.group(1)[0].isupper() and not view.token(start).is_sent_start
    if left and before is not None:
        opening = view.token(start - len(before.group()))
        left = not opening.is_sent_start and before.group(1).casefold() not in _friends()["words"]
    return left or (
        after is not None and after.group(1)[0].isupper() and after.group(1).casefold() not in _friends()["joiners"]
    )


def _respelt(view: _Text, gazetteer: Gazetteer, theatre: frozenset[str]) -> list[Name]:
    """Find spellings that the gazetteer has in another form, in the countries spoken of: "Deir Ezzor"."""
    words, found, i = view.words, list[Name](), 0
    while i < len(words):
        step = 1
        for j in range(min(len(words), i + MAX_RESPELT), i, -1):
            if not _may_open(words, i, view.text) or not _joined(view.text, words, i, j) or not words[j - 1].is_capital:
                continue
            start, end = words[i].start, words[j - 1].end
            opening = fold_name(words[i].text)
            bare = without_articles(fold_name(view.text[start:end]))
            if view.taken.meets(start, end) or opening in _ordinary(alone=j - i == 1) or bare in _friends()["words"]:
                continue
            if j - i == 1 and _beside_capital(view, start, end):
                continue
            if gazetteer.exact(_key(view.text[start:end])) or _is_acronym(view.text[start:end]):
                continue  # looked at before, and refused
            entity = view.entity(start, end)
            if entity is not None and entity.label_ in OTHER_LABELS and _is_part_of_name(entity, start, end):
                continue
            places = gazetteer.find(view.text[start:end], countries=tuple(sorted(theatre)))
            large = any(p.kind == "admin1" or (p.population or 0) >= LARGE_TOWN for p in places[:1])
            if not (j - i > 1 or _has_signs(view, start, end) or (large and view.token(start).pos_ == "PROPN")):
                continue
            if places and places[0].country in theatre:
                found.append(Name(start, end, True))
                view.taken.add(start, end)
                step = j - i
                break
        i += step
    return found


def _beside_known(view: _Text, names: list[Name]) -> list[Name]:
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
        if entity is not None and entity.label_ in OTHER_LABELS and _is_part_of_name(entity, start, end):
            continue
        if key in _ordinary(alone=True) or key in _friends()["persons"] or match["name"].isupper():
            continue
        if _is_person(view, start, end):
            continue
        found.append(Name(start, end, False))
        view.taken.add(start, end)
    return found


def _repeated(view: _Text, names: list[Name]) -> list[Name]:
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


@cache
def _ordinary(*, alone: bool) -> frozenset[str]:
    """Words that open no respelt name; "Deir", "Bab" and the like do open one, but are none alone."""
    friends = _friends()
    words = friends["words"] | friends["demonyms"] | _directions()
    return words if alone else words - friends["prefixes"]


def _surnames(parsed: Any) -> frozenset[str]:
    """Collect the last words of full names: "Campbell" alone is then the person."""
    people = [e for e in parsed.ents if e.label_ == "PERSON" and len(e) > 1]
    return frozenset(e[-1].text for e in people if e[-1].text[:1].isupper())


def _whole_name(view: _Text, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """Take the tagger's longer place name where the gazetteer knows only part of it: "Queen Anne's County"."""
    entity = view.entity(start, end)
    if entity is None or entity.label_ not in PLACE_LABELS or not _is_part_of_name(entity, start, end):
        return start, end
    words = [t for t in entity if not t.is_space]
    while words and words[0].lower_ == "the":
        words.pop(0)
    inner = [
        t
        for t in words
        if t.text[:1].islower() and t.lower_ not in _friends()["joiners"] and t.text not in ("'s", "\u2019s")
    ]
    if inner or not words or any(t.text in (",", "/", "and", "or", ";", "(", ")") for t in words):
        return start, end
    a, b = words[0].idx, words[-1].idx + len(words[-1].text)
    if a > start or b < end or fold_name(words[0].text) in _directions() or "\n" in view.text[a:b]:
        return start, end
    others = (view.text[a:start].strip(" -\u2013"), view.text[end:b].strip(" -\u2013"))
    if any(gazetteer.exact(_key(other)) for other in others if other and other[0].isupper()):
        return start, end
    return (start, end) if view.taken.meets(a, b) else (a, b)


def _is_part_of_name(entity: Any, start: int, end: int) -> bool:
    """Tell whether a stretch is only part of a longer name, the article and the genitive aside."""
    parts: list[list[Any]] = [[]]
    for token in entity:
        if token.lower_ in ("and", "or", ",", "/", "to", "near"):
            parts.append([])
        else:
            parts[-1].append(token)
    own = next((part for part in parts if any(start <= t.idx < end for t in part)), [])
    return any((t.idx < start or t.idx >= end) and t.text[:1].isupper() and t.lower_ != "the" for t in own)


def _statistical(view: _Text) -> list[Name]:
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
        if not written[:1].isupper() or "\n" in written or len(written) < 3 or key in _friends()["words"]:
            continue
        if key in _friends()["months"] or key in _friends()["demonyms"] or (written.isupper() and len(written) <= 5):
            continue
        if key.split()[0] in _directions() and len(key.split()) == 1:
            continue
        if not view.taken.meets(start, end):
            found.append(Name(start, end, False))
            view.taken.add(start, end)
    return found


@cache
def _directions() -> frozenset[str]:
    rows = read_vocab("phrase_grammar.yaml")["directions"]
    return frozenset(word for row in rows for word in row["words"])


@cache
def _friends() -> dict[str, frozenset[str]]:
    lists = read_vocab("place_friends.yaml")
    rows = read_vocab("countries.yaml")["countries"]
    people = {fold_name(word) for row in rows for word in (*row["adjectives"], *row["people"])}
    people -= {fold_name(word) for row in rows for word in (row["name"], *row["also"])} | {"us", "u s", "uk", "u k"}
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
        "settlement_after": frozenset(lists["settlement_after"]),
        "demonyms": frozenset(people),
        "acronyms": frozenset(fold_name(name) for name in short if name.isupper()),
    }
