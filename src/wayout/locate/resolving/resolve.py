"""Which place each name of a text means: all names together, each a weighted set of places."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from wayout.locate.context import PhraseContext, Places
from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.evidence import Evidence
from wayout.locate.resolving.links import links_of
from wayout.locate.resolving.lone_names import weigh_lone_name
from wayout.locate.resolving.nodes import FINE_KINDS, Node, add_respelt, context_nodes, home_nodes, nodes_of_text
from wayout.model import Place

Method = Literal["name", "adjective", "part_of_name", "inside", "company"]
MAX_READINGS = 12
LEAST_WEIGHT = 1e-4
"""Readings below this are left out."""
POSSIBLE = 0.05
"""Probability below which a listed place is not meant, though nothing better is known."""
AREA_COMPANY = {"admin1": 0.6, "country": 0.3, "region": 0.3}
"""How readily an area, against a town, is taken for the surroundings of a name that no source lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """
    What a name of a text means.

    ``readings``: places with weights that sum to one, best first; empty if nothing is known. ``p_unlisted``: probability that no
    listed place of the name is meant. ``method``: "name"; "adjective" (Syrian: Syria); for a name that no source lists
    "part_of_name" (the place named inside it), "inside" (the place that the text says it lies in) or "company" (the place the text sets it beside), of which it lies at or near.
    ``possible``: ids of the listed places of the name that may be meant all the same; ``None`` where nothing bears it.
    """

    start: int
    end: int
    text: str
    readings: tuple[tuple[Place, float], ...]
    p_unlisted: float
    method: Method
    possible: frozenset[str] | None = None

    @property
    def place(self) -> Place | None:
        """The best reading, whatever the method."""
        return self.readings[0][0] if self.readings else None

    @property
    def p_best(self) -> float:
        """The probability that the best reading is the place meant."""
        return self.readings[0][1] * (1 - self.p_unlisted) if self.is_listed else 0.0

    @property
    def is_listed(self) -> bool:
        """Whether a place of that very name is meant, more likely than not."""
        return self.method in ("name", "adjective") and bool(self.readings)


def resolve_toponyms(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Places,
    *,
    homes: Sequence[Sequence[Place]] = (),
    context: PhraseContext | None = None,
) -> tuple[Resolved, ...]:
    """
    Resolve the names of a text, all together.

    Parameters
    ----------
    text
        The report.
    spans
        Its place names, code points; adjectives and peoples may be among them.
    gazetteer
        Names and places.
    homes
        Where the publisher is at home (``press_home``), each as the places it may mean.
    context
        What is known besides the text: countries spoken of, places near by.

    Returns
    -------
    resolved
        One for each span, in their order.
    """
    nodes = [*nodes_of_text(text, spans, gazetteer), *home_nodes(homes), *context_nodes(context, gazetteer)]
    lone = weigh_lone_name(nodes) if len(spans) == 1 else None
    if lone is not None:
        (start, end), (pairs, p_unlisted) = spans[0], lone
        kept = [(place, p) for place, p in pairs if p >= LEAST_WEIGHT]
        return (replace(_resolved(kept, p_unlisted, "name"), start=start, end=end, text=text[start:end]),)
    known, evidence, p, unlisted = _settled(text, nodes)
    sure = (unlisted < constant("respelt_doubt")) & ~evidence.foreign(p)
    if add_respelt(
        nodes, {node.key for node, is_sure in zip(known, sure, strict=True) if is_sure}, evidence.spoken(p), gazetteer
    ):
        known, evidence, p, unlisted = _settled(text, nodes)
    answers = {node.key: _answer(evidence, i, p, float(unlisted[i])) for i, node in enumerate(known)}
    stated = {link.inner: nodes[link.outer].key for link in links_of(text, nodes) if link.stated}
    out: dict[int, Resolved] = {}
    for i, node in enumerate(nodes):
        answer = answers.get(node.key)
        if answer is None or answer.p_unlisted > 0.5:
            answer = _surroundings(node, nodes, answers, stated.get(i))
        for k in node.asked:
            start, end = spans[k]
            out[k] = replace(answer, start=start, end=end, text=text[start:end])
    return tuple(out[k] for k in range(len(spans)))


def _settled(text: str, nodes: Sequence[Node]) -> tuple[list[Node], Evidence, Any, Any]:
    known = [node for node in nodes if node.places]
    evidence = Evidence(text, known)
    return known, evidence, *settle(evidence)


def settle(evidence: Evidence) -> tuple[Any, Any]:
    """
    Let the names of a text agree: in rounds, each is weighed by what the others most likely mean.

    Returns
    -------
    p
        (candidates,): probability of each among those of its name.
    unlisted
        (nodes,): probability that none of them is meant.
    """
    n = len(evidence.nodes)
    if not n:
        return np.zeros(0), np.zeros(0)
    p, unlisted = _probabilities(evidence, evidence.prior, np.full(n, -np.inf))
    for _ in range(int(constant("rounds"))):
        p, unlisted = _probabilities(evidence, *evidence.score(p))
    return p, unlisted


def _probabilities(evidence: Evidence, score: Any, unlisted: Any) -> tuple[Any, Any]:
    first, sharpness = evidence.first[:-1], constant("sharpness")
    top = np.maximum.reduceat(score, first)
    odds = np.power(10.0, (score - top[evidence.node_of]) * sharpness)
    total = np.add.reduceat(odds, first)
    none = np.power(10.0, np.minimum((unlisted - top) * sharpness, 30.0))
    return odds / total[evidence.node_of], none / (none + total)


def _answer(evidence: Evidence, i: int, p: Any, unlisted: float) -> Resolved:
    first, last = evidence.first[i : i + 2]
    pairs = [(evidence.places[k], float(p[k])) for k in range(first, last) if p[k] >= LEAST_WEIGHT]
    method: Method = "adjective" if evidence.nodes[i].method == "adjective" else "name"
    possible = frozenset(str(place.id) for place, weight in pairs if weight * (1 - unlisted) >= POSSIBLE)
    return replace(_resolved(pairs, 0.0 if method == "adjective" else unlisted, method), possible=possible)


def _resolved(pairs: Sequence[tuple[Place, float]], unlisted: float, method: Method) -> Resolved:
    best = sorted(pairs, key=lambda pair: (-pair[1], str(pair[0].id)))[:MAX_READINGS]
    total = math.fsum(weight for _, weight in best)
    readings = tuple((place, weight / total) for place, weight in best)
    return Resolved(start=0, end=1, text="", readings=readings, p_unlisted=unlisted, method=method)


def _surroundings(node: Node, nodes: Sequence[Node], answers: dict[str, Resolved], outer: str | None) -> Resolved:
    """Say where a name that no source lists is: at the place named in it, in the one stated, else at the surest named closest to it."""
    own = answers.get(node.key)
    unlisted = own.p_unlisted if own is not None else 1.0
    possible = own.possible if own is not None else None
    if node.part is not None and node.part.key in answers:
        return replace(answers[node.part.key], method="part_of_name", p_unlisted=unlisted, possible=possible)
    if outer is not None and outer in answers and answers[outer].p_best > 0.5:
        return replace(answers[outer], method="inside", p_unlisted=unlisted, possible=possible)
    best: tuple[float, str] = (0.0, "")
    for other in nodes:
        answer = answers.get(other.key)
        if answer is None or other is node or not answer.readings or answer.p_unlisted > 0.5:
            continue
        place, weight = answer.readings[0]
        share = 1.0 if place.kind in FINE_KINDS else AREA_COMPANY.get(place.kind, 0.0)
        apart = min((abs(a - b) for a, _ in node.mentions for b, _ in other.mentions), default=10_000)
        worth = share * weight * (math.exp(-apart / constant("text_reach")) + constant("same_document"))
        worth *= math.sqrt(max(1, len(other.mentions)))
        best = max(best, (worth, other.key))
    if not best[1]:
        return replace(_resolved((), 1.0, "company"), possible=possible)
    return replace(answers[best[1]], method="company", p_unlisted=unlisted, possible=possible)
