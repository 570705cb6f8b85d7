"""What a text says of two names: the one lies in the other ("Tripoli, Lebanon", "Mali's Gao", "In Kidal, they hold Ber")."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.nodes import Node

MAX_GAP = 48
"""Characters between two names that say how they belong together."""
LIST_SHARE = 0.1
"""What is left of a link between two of a kind: "Georgia, Armenia" is a list."""
ROW_SHARE = 0.7
"""What is left of a link for the others of a row: "Suárez, Morales and Caloto in Cauca"."""
MAX_OPENING = 48
"""Characters before a name in which a sentence opens."""
_KIND = (
    r"(?:city|town|village|hamlet|suburb|district|sub-?district|province|region|governorate|capital|port|area|county|state|island|"
    r"neighbou?rhood|quarter|territory|township|commune|camp)"
)
_INNER_FIRST = (
    (re.compile(r", |,? ?\("), "qualified"),
    (re.compile(rf" {_KIND},? (?:of|in) (?:the )?(?:[a-z-]+ ){{0,2}}"), "said_in"),
    (re.compile(rf", (?:an?|the) (?:[a-z-]+ ){{0,3}}{_KIND} (?:in|of) (?:the )?(?:[a-z-]+ ){{0,2}}"), "qualified"),
    (re.compile(rf"(?: {_KIND})?,? in (?:the )?(?:[a-z-]+ ){{0,3}}(?:of )?"), "said_in"),
    (re.compile(rf" {_KIND}, "), "said_in"),
)
_OUTER_FIRST = (
    (re.compile(rf"['\u2019]s? (?:[a-z-]+ ){{0,3}}(?:{_KIND} )?(?:of )?"), "said_in"),
    (re.compile(rf" (?:[a-z-]+ ){{0,2}}{_KIND},?(?: of)? "), "said_in"),
)
_OPENS = re.compile(r"(?:^|[.!?;]\s+|\n\s*)(?:Elsewhere |Also |Meanwhile,? )?[Ii]n (?:the )?(?:[a-z-]+ ){0,2}(?:of )?$")
_SETS_SCENE = re.compile(rf"(?: [Rr]egion| [Pp]rovince| [Ss]tate| {_KIND})?,? ")
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")
_IN_A_ROW = re.compile(r",? and |, ")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """
    A text says that one name lies in another.

    ``inner``, ``outer``: indices of nodes. ``worth``: on the scale of their priors. ``stated``: said of this very name with a word
    ("the Dora district of Baghdad"), so that a place which no source lists lies there too; a comma may be a list.
    """

    inner: int
    outer: int
    worth: float
    stated: bool


Mark = tuple[int, int, int]


def links_of(text: str, nodes: Sequence[Node]) -> list[Link]:
    """
    Find the pairs of names of which the text says that one lies in the other.

    Parameters
    ----------
    text
        The report.
    nodes
        Its names.

    Returns
    -------
    links
        Sorted; several for one pair are one, of the greatest worth.
    """
    marks = sorted((start, end, i) for i, node in enumerate(nodes) for start, end in node.mentions)
    links: dict[tuple[int, int], Link] = {}
    for link in (*_beside(text, marks, nodes), *_scenes(text, marks)):
        known = links.get((link.inner, link.outer), link)
        links[link.inner, link.outer] = replace(
            link, worth=max(link.worth, known.worth), stated=link.stated or known.stated
        )
    return sorted(links.values())


def _beside(text: str, marks: Sequence[Mark], nodes: Sequence[Node]) -> Iterator[Link]:
    """Find what is said of neighbours, and with the last of a row of all that stand in it."""
    row: list[int] = []
    for (_, end, i), (start, _, j) in itertools.pairwise(marks):
        gap = text[end:start]
        near = i != j and 0 < start - end <= MAX_GAP
        for rules, inner, outer in ((_INNER_FIRST, i, j), (_OUTER_FIRST, j, i)) if near else ():
            name = next((name for rule, name in rules if rule.fullmatch(gap)), None)
            if name is not None:
                alike = _are_of_a_kind(nodes[inner], nodes[outer])
                worth = constant(name) * (LIST_SHARE if alike else 1.0)
                stated = name == "said_in" and inner == i and not alike
                yield Link(inner, outer, worth, stated)
                if stated:
                    yield from (Link(other, outer, worth * ROW_SHARE, False) for other in row if other != outer)
                break
        row = [*row, i] if near and _IN_A_ROW.fullmatch(gap) else []


def _scenes(text: str, marks: Sequence[Mark]) -> Iterator[Link]:
    """Find sentences that open with where they play: "In Chocó, gunmen confined Riosucio" speaks of the Riosucio in Chocó."""
    starts = [start for start, _, _ in marks]
    for k, (start, end, outer) in enumerate(marks):
        before = max(0, start - MAX_OPENING)
        opens = _OPENS.search(text[before:start])
        if opens is None or (before and opens.start() == 0 and text[before] not in ".!?;\n"):
            continue
        if _SETS_SCENE.match(text, end) is None:
            continue
        stop = _SENTENCE_END.search(text, end)
        last = bisect_left(starts, stop.start() if stop else len(text))
        for _, _, inner in marks[k + 1 : last]:
            if inner != outer:
                yield Link(inner, outer, constant("scene"), False)


def _are_of_a_kind(inner: Node, outer: Node) -> bool:
    """Tell whether both may be countries, or both divisions of one country."""
    kinds = [{(p.kind, p.country if p.kind == "admin1" else "") for p in node.places} for node in (inner, outer)]
    return bool(kinds[0] & kinds[1] & ({("country", "")} | {k for k in kinds[0] if k[0] == "admin1"}))
