"""What a text says of two names that stand beside each other: the one lies in the other ("Tripoli, Lebanon", "Mali's Gao")."""

import itertools
import re
from collections.abc import Sequence

from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.nodes import Node

MAX_GAP = 48
"""Characters between two names that say how they belong together."""
LIST_SHARE = 0.1
"""What is left of a link between two of a kind: "Georgia, Armenia" is a list."""
_KIND = r"(?:city|town|village|hamlet|suburb|district|province|region|governorate|capital|port|area|county|state|island|neighbou?rhood)"
_INNER_FIRST = (
    (re.compile(r", |,? ?\("), "qualified"),
    (re.compile(rf", (?:an?|the) (?:[a-z-]+ ){{0,3}}{_KIND} (?:in|of) (?:the )?(?:[a-z-]+ ){{0,2}}"), "qualified"),
    (re.compile(rf"(?: {_KIND})?,? in (?:the )?(?:[a-z-]+ ){{0,3}}(?:of )?"), "said_in"),
    (re.compile(rf" {_KIND}, "), "said_in"),
)
_OUTER_FIRST = (
    (re.compile(rf"['\u2019]s? (?:[a-z-]+ ){{0,3}}(?:{_KIND} )?(?:of )?"), "said_in"),
    (re.compile(rf" (?:[a-z-]+ ){{0,2}}{_KIND},?(?: of)? "), "said_in"),
)


def links_of(text: str, nodes: Sequence[Node]) -> list[tuple[int, int, float]]:
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
        (inner, outer, worth): indices of nodes, sorted.
    """
    marks = sorted((start, end, i) for i, node in enumerate(nodes) for start, end in node.mentions)
    links: dict[tuple[int, int], float] = {}
    for (_, end, i), (start, _, j) in itertools.pairwise(marks):
        gap = text[end:start]
        if i == j or not 0 < start - end <= MAX_GAP:
            continue
        for rules, inner, outer in ((_INNER_FIRST, i, j), (_OUTER_FIRST, j, i)):
            name = next((name for rule, name in rules if rule.fullmatch(gap)), None)
            if name is not None:
                worth = constant(name) * (LIST_SHARE if _are_of_a_kind(nodes[inner], nodes[outer]) else 1.0)
                links[inner, outer] = max(links.get((inner, outer), 0.0), worth)
                break
    return [(inner, outer, worth) for (inner, outer), worth in sorted(links.items())]


def _are_of_a_kind(inner: Node, outer: Node) -> bool:
    """Tell whether both may be countries, or both divisions of one country."""
    kinds = [{(p.kind, p.country if p.kind == "admin1" else "") for p in node.places} for node in (inner, outer)]
    return bool(kinds[0] & kinds[1] & ({("country", "")} | {k for k in kinds[0] if k[0] == "admin1"}))
