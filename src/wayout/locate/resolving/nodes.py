"""The names of a text as nodes: each with its mentions, the places it may mean, and how readily each is meant by itself."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from wayout.locate.context import PhraseContext, Places
from wayout.locate.cover import Cover
from wayout.locate.gazetteer import HINT_BONUS, kind_prior, split_kind_word
from wayout.locate.looking_up.ranking import KIND_BONUS
from wayout.locate.looking_up.spelling import likeness
from wayout.locate.resolving.capitalised_words import without_possessive
from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.words_for_areas import (
    area_meant,
    area_words,
    country_place,
    division_shortened,
    is_independent,
    names_country,
)
from wayout.model import Place, PlaceKind
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MAX_CANDIDATES = 60
"""Candidates of one name that are weighed; some names have hundreds."""
FINE_KINDS = frozenset({"populated_place", "admin2", "admin3", "crossing", "installation"})
"""Places that are somewhere, not somewhere in."""
AREA_WORTH = 9.0
"""An adjective means its country as surely as the country's name does."""
OWN_NAME = 80.0
"""Likeness (0-100) from which a name is a place's own in some spelling: Al Hillah is Babylon's seat, not its name."""
PART_KINDS = frozenset({"country", "continent", "region", "admin1", "sea"})
PART_TOWN = 100_000
"""Inhabitants of a town whose name inside a longer one ("Leeds General Infirmary") says where that is."""
MAX_COUNTRIES, MAX_NEAR, MAX_RESPELT = 4, 12, 3
"""Countries and places given besides the text that are heard; countries whose other spellings are looked up."""
_TOWN: tuple[PlaceKind, ...] = ("populated_place",)
_SETTLED: tuple[tuple[PlaceKind, ...], ...] = (_TOWN, ("installation",))
LARGE_TOWN = 50_000
"""Inhabitants from which nobody calls a place a village."""
MAX_KIND_WORDS, MAX_PART_WORDS = 8, 8
_DATELINE = re.compile(r" ?(?:[-\u2013\u2014]{1,2}[ \n]|\([A-Z]|, [A-Z])")
_QUALIFIER = re.compile(r", ((?:[A-Z]\.){2,}|[A-Z][\w\u2019']*\.?(?: [A-Z][\w\u2019']+){0,2})")
_KIND_AFTER = re.compile(r"[ \u00a0](\w+)")
_KIND_APPOSED = re.compile(r", (?:an?|the) (?:[a-z-]+ ){0,2}?(village|hamlet|town|city)\b")
_KIND_BEFORE = re.compile(r"(\w+)(?: of)?(?: the)?[ \u00a0]$")


@dataclass(slots=True)
class Node:
    """
    A name of a text.

    ``mentions``: its code points. ``places``: what it may mean, with ``priors`` (log10, before any context). ``says``: how much it
    tells about other names. ``asked``: which of the names asked for it is. ``part``: the node of a name inside it. ``unlisted``: what
    words of kind add to the prior of a place that no source lists, as they do to those of listed ones.
    """

    key: str
    mentions: list[tuple[int, int]]
    places: list[Place]
    priors: list[float]
    says: float = 1.0
    method: str = "name"
    asked: list[int] = field(default_factory=list)
    part: "Node | None" = None
    unlisted: float = 0.0


def nodes_of_text(text: str, spans: Sequence[tuple[int, int]], gazetteer: Places) -> list[Node]:
    """
    Make a node for every distinct name asked for, and for the areas that the text speaks of besides.

    Parameters
    ----------
    text
        The report.
    spans
        The names asked for, code points.
    gazetteer
        Where candidates are looked up.

    Returns
    -------
    nodes
        In the order of their keys, whatever the order of the spans.
    """
    nodes: dict[str, Node] = {}
    for i, (start, end) in enumerate(spans):
        dotted = text[end : end + 1] == "." and not text[start:end].endswith(".")
        node = _node_named(text[start:end], dotted, nodes, gazetteer)
        node.mentions.append((start, end))
        node.asked.append(i)
        if node.part is not None:
            node.part.mentions.append((start, end))
    cover = Cover(len(text), spans)
    for word in area_words(text, gazetteer):
        if not cover.meets(word.start, word.end):
            key = fold_name(text[word.start : word.end])
            node = nodes.setdefault(key, Node(key, [], [word.place], [AREA_WORTH], constant("area_word")))
            node.mentions.append((word.start, word.end))
    for _, end in sorted(set(spans)):
        found = _QUALIFIER.match(text, end)
        if found is not None and not cover.meets(*found.span(1)):
            _add_qualifier(found.group(1), found.start(1), nodes, gazetteer)
    _contrast(nodes)
    for node in nodes.values():
        _hear_kind_words(text, node)
        if any(_DATELINE.match(text, end) and _opens_line(text, start) for start, end in node.mentions):
            node.says *= constant("dateline")
    return [nodes[key] for key in sorted(nodes)]


def home_nodes(homes: Sequence[Sequence[Place]]) -> list[Node]:
    """Make nodes of the publisher's homes, which stand nowhere in the text and speak for all of it."""
    return [
        Node(f"home {i}", [], list(home), [kind_prior(place) for place in home], constant("home"), "home")
        for i, home in enumerate(homes)
    ]


def context_nodes(context: PhraseContext | None, gazetteer: Places) -> list[Node]:
    """Make nodes of what is known besides the text: countries spoken of, and places near by."""
    if context is None:
        return []
    total = sum(context.countries.values()) or 1.0
    nodes = []
    for code in context.ranked_countries()[:MAX_COUNTRIES]:
        country = country_place(code, gazetteer)
        if country is not None:
            says = constant("given_country") * context.countries[code] / total
            nodes.append(Node(f"given {code}", [], [country], [AREA_WORTH], says))
    near = [place for place in context.near if place.kind in FINE_KINDS][:MAX_NEAR]
    nodes += [Node(f"near {place.id}", [], [place], [AREA_WORTH], constant("given_place")) for place in near]
    return nodes


def add_respelt(nodes: Sequence[Node], sure: Collection[str], spoken: Mapping[str, float], gazetteer: Places) -> bool:
    """
    Add the places of other spellings in the countries most spoken of to names of which no listed place seems meant.

    Parameters
    ----------
    nodes
        The names; changed.
    sure
        Keys of the names that need no other spelling.
    spoken
        Countries with their shares in the text, most first.
    gazetteer
        Where other spellings are looked up.

    Returns
    -------
    added
        Whether any was found.
    """
    codes = [code for code, share in spoken.items() if share >= constant("respelt_share")][:MAX_RESPELT]
    added = False
    for node in nodes:
        if not node.asked or node.method != "name" or node.key in sure:
            continue
        own = {place.id for place in node.places}
        for code in codes:
            for place, worth in gazetteer.rank(node.key, {code: 1.0})[:MAX_CANDIDATES]:
                if place.country == code and place.id not in own:
                    node.places.append(place)
                    node.priors.append(worth - HINT_BONUS)
                    added = True
    return added


def _node_named(written: str, dotted: bool, nodes: dict[str, Node], gazetteer: Places) -> Node:
    name = without_possessive(written.strip())
    key = fold_name(name)
    if key in nodes:
        return nodes[key]
    area = area_meant(name, gazetteer)
    if area is not None:
        node = Node(key, [], [area], [AREA_WORTH], constant("area_word"), "adjective")
    else:
        ranked = list(gazetteer.rank(name, {}))[:MAX_CANDIDATES]
        short = division_shortened(name + "." * dotted, gazetteer)
        if short is not None and all(place.id != short.id for place, _ in ranked):
            ranked.append((short, constant("short_division")))
        node = Node(key, [], [place for place, _ in ranked], [worth for _, worth in ranked])
        if split_kind_word(key)[1][:1] in _SETTLED and not gazetteer.exact(key):
            node.unlisted += KIND_BONUS
        _prefer_the_country(node)
        _prefer_the_seat(node)
        if not ranked:
            node.part = _part_of_name(name, nodes, gazetteer)
    nodes[key] = node
    return node


def _prefer_the_country(node: Node) -> None:
    """
    Put a country before the towns, mountains and "Niger State" that share its name.

    A division of that very name (Georgia) keeps its worth; "Norfolk" is not Norfolk Island first of all.
    """
    is_country = False
    for i, place in enumerate(node.places):
        if place.kind == "admin1" and not is_independent(place.country or ""):
            node.priors[i] -= constant("part_of_territory")
        if place.kind == "country":
            whole = names_country(node.key) or fold_name(place.name) == node.key
            is_country |= whole
            node.priors[i] -= 0.0 if whole else constant("byname_of_country")
    for i, place in enumerate(node.places):
        is_own_division = place.kind == "admin1" and fold_name(place.name) == node.key
        if is_country and place.kind != "country" and not is_own_division:
            node.priors[i] -= constant("namesake_of_country")


def _prefer_the_seat(node: Node) -> None:
    """A bare name means the town before the district called so round it, and before the province that has another name of its own."""
    towns = {(place.country, place.admin1) for place in node.places if place.kind == "populated_place"}
    for i, place in enumerate(node.places):
        if (place.country, place.admin1) not in towns:
            continue
        called_otherwise = place.kind == "admin1" and likeness(node.key, fold_name(place.name)) < OWN_NAME
        if place.kind in ("admin2", "admin3") or called_otherwise:
            node.priors[i] -= constant("division_of_seat")


def _part_of_name(name: str, nodes: dict[str, Node], gazetteer: Places) -> Node | None:
    """Make the node of the longest well-known place whose name stands inside an unknown one: "South Kivu General Hospital"."""
    words = re.split(r"[\s-]+", name)[:MAX_PART_WORDS]
    vocab = read_vocab("area_words.yaml")
    if fold_name(words[-1]) in vocab["streets"] or fold_name(words[0]) in vocab["streets"]:
        return None
    for length in range(len(words) - 1, 0, -1):
        for first in range(len(words) - length + 1):
            part = " ".join(words[first : first + length])
            leads = (
                first == 0
                or words[first - 1] in ("of", "in", "de")
                or fold_name(words[first - 1]) in vocab["not_parts"]
            )
            if not part[:1].isupper() or fold_name(part) in vocab["not_parts"]:
                continue
            area = area_meant(part, gazetteer)
            known = [area] if area else [p for p, _ in gazetteer.exact(fold_name(part))]
            if any(p.kind in PART_KINDS or (leads and (p.population or 0) >= PART_TOWN) for p in known):
                key = f"{fold_name(name)} / {fold_name(part)}"
                priors = [AREA_WORTH if area else kind_prior(p) for p in known]
                return nodes.setdefault(key, Node(key, [], known, priors, constant("area_word")))
    return None


def _add_qualifier(words: str, start: int, nodes: dict[str, Node], gazetteer: Places) -> None:
    """Add the country or division written right after a name, though nobody asked for it: ", Ill."."""
    while words:
        key = fold_name(words)
        short = division_shortened(words, gazetteer)
        places = [short] if short else [p for p, _ in gazetteer.exact(key) if p.kind in ("country", "admin1")]
        if places:
            priors = [kind_prior(place) for place in places]
            node = nodes.setdefault(key, Node(key, [], places, priors, constant("area_word")))
            if (start, start + len(words)) not in node.mentions:
                node.mentions.append((start, start + len(words)))
            return
        words = words.rpartition(" ")[0]


def _contrast(nodes: Mapping[str, Node]) -> None:
    """Where a text says "Gaza City", its bare "Gaza" is something else more readily."""
    for key in nodes:
        bare, kinds = split_kind_word(key)
        other = nodes.get(bare)
        if bare != key and kinds and other is not None:
            for i, place in enumerate(other.places):
                if place.kind == kinds[0]:
                    other.priors[i] -= constant("contrast")


def _hear_kind_words(text: str, node: Node) -> None:
    """Raise the priors of places of the kind that a word beside the name says: "Homs province", "the city of Homs", "Safi, a village"."""
    share = 1 / min(len(node.mentions), MAX_KIND_WORDS) if node.mentions else 0.0
    for start, end in node.mentions[:MAX_KIND_WORDS]:
        after = _KIND_APPOSED.match(text, end) or _KIND_AFTER.match(text, end)
        before = _KIND_BEFORE.search(text[max(0, start - 24) : start])
        for word in (after.group(1) if after else "", before.group(1) if before else ""):
            kinds = split_kind_word(f"x {word}")[1] if word.islower() else ()
            is_village = word in read_vocab("area_words.yaml")["villages"]
            for i, place in enumerate(node.places):
                if place.kind in kinds:
                    node.priors[i] += constant("kind_beside") / (1 + kinds.index(place.kind)) * share
                is_wide = place.kind in PART_KINDS and kinds == _TOWN
                if is_wide or (is_village and (place.population or 0) >= LARGE_TOWN):
                    node.priors[i] -= constant("no_village") * share
            node.unlisted += constant("unlisted_village") * share * is_village


def _opens_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n" or (start < 200 and text[start - 2 : start] == ". ")
