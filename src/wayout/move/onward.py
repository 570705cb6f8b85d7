"""
Chains over countries as reported: from A through B to C or D.

Nothing is inferred from the map: a link is there because a claim says so. What the map knows (do the two share a land
border) is noted on the link and never removes it.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from wayout.geo.borders import TOLERANCE_DEG, country_outline
from wayout.geo.layers import read_layer
from wayout.model import Claim, OnwardLink, Party, PlaceUse, Predicate

GOING: frozenset[Predicate] = frozenset({"moves", "passes"})
GOING_CIVILIANS: frozenset[Predicate] = GOING | {"displaced"}
ORDER = {"from": 0, "via": 1, "at": 1, "to": 2}
"""A way begins where it comes from and ends where it goes to; borders are not countries entered."""
NOBODY_ELSE = frozenset({"it", "they", "both", "all", "some", "many", "the way", "the route", "the road"})
"""Subjects that name nobody: a way told of them may be the party's."""
COUNTRY_PREC = 6
"""UCDP where_prec of a whole country; "the border with X" is finer and is not X."""


@dataclass(frozen=True, slots=True)
class Node:
    """A country (with its code) or a continent (without), and the number of its "or" branch."""

    name: str
    code: str | None
    branch: int | None = None


Step = tuple[Node, ...]
"""The countries named for one stage of a way; more than one are alternatives."""


@dataclass(slots=True)
class _Way:
    """What one document has said so far: links, where its ways end, and the ends it called its aim."""

    links: dict[tuple[str, str], list[tuple[Claim, str | None]]] = field(default_factory=dict)
    ends: Step = ()
    aims: Step = ()
    aims_claim: Claim | None = None
    led_on: bool = False

    def link(self, start: Node, end: Node, claim: Claim, alternative: str | None) -> None:
        if start.name != end.name:
            self.links.setdefault((start.name, end.name), []).append((claim, alternative))


def onward_links(claims: Sequence[Claim], party: Party) -> tuple[OnwardLink, ...]:
    """
    Collect the legs of onward chains over countries that the claims report for a party.

    Within a claim, a way runs from its "from" through its "via" to its "to" places, in sentence order; members of
    "A or B" stay alternatives. Claims of one document follow each other: "in the first case it then passes through C"
    goes on from the first alternative, and an aim named before ("could head for D or E") is what the way leads to.

    Parameters
    ----------
    claims
        Located claims.
    party
        Whose ways: claims about others are left out; those that name nobody (or a "they") are kept.

    Returns
    -------
    links
        In the order first reported; each with all claims that report it.
    """
    going = GOING_CIVILIANS if party.kind == "civilians" else GOING
    said = [
        c for c in claims if c.predicate in going and _may_be_party(c, party) and c.polarity > 0 and c.certainty > 0
    ]
    said.sort(key=lambda c: (c.evidence[0], c.id))
    links: dict[tuple[str, str], list[tuple[Claim, str | None]]] = {}
    for _, group in itertools.groupby(said, key=lambda c: c.document):
        for key, reports in _read_document(list(group)).items():
            links.setdefault(key, []).extend(reports)
    return tuple(_as_link(key, reports) for key, reports in links.items())


def _may_be_party(claim: Claim, party: Party) -> bool:
    """Tell whether a claim is about the party: by its subject, or because it names nobody but a "they"."""
    if claim.subject is not None:
        return claim.subject == party.actor
    return claim.subject_text is None or claim.subject_text.casefold() in NOBODY_ELSE


def _read_document(claims: Sequence[Claim]) -> dict[tuple[str, str], list[tuple[Claim, str | None]]]:
    way = _Way()
    for claim in claims:
        steps = _steps(claim)
        cases = _cases(claim)
        aimed = _aimed(way, steps)
        if aimed and not cases:
            _go_on_in_case(way, claim, aimed, steps[:-1])
        elif cases and steps:
            _go_on_in_case(way, claim, cases, steps)
        elif len(steps) == 1 and claim.predicate != "passes":
            # An aim ("could point to Africa or Asia"): where the ways told next lead to.
            if len(steps[0]) > 1 or steps[0][0].code is None:
                way.aims, way.aims_claim = steps[0], claim
        elif len(steps) == 1:
            _join(way, claim, way.ends, steps[0], _alternatives(steps[0]))
            way.ends = steps[0]
        elif steps:
            for start, end in itertools.pairwise(steps):
                _join(way, claim, start, end, _alternatives(end) or _alternatives(start))
            way.ends = steps[-1]
    if way.aims_claim is not None and way.ends and not way.led_on:
        _join(way, way.aims_claim, way.ends, way.aims, _alternatives(way.aims))
    return way.links


def _aimed(way: _Way, steps: Sequence[Step]) -> Step:
    """Return the aim that "to reach D they would travel via C" leads to: one of those named before, with a leg before it."""
    aims = {n.name for n in way.aims}
    ends = {n.name for n in steps[-1]} if len(steps) > 1 else set()
    starts = {n.name for n in steps[0]} if steps else set()
    known = starts <= {n.name for n in way.ends}
    return steps[-1] if ends and ends <= aims and not known else ()


def _go_on_in_case(way: _Way, claim: Claim, cases: Step, steps: Sequence[Step]) -> None:
    """Read "in the first case, it then passes through C": C follows (or leads to) the alternative that the case means."""
    way.led_on = True
    names = {n.name for n in cases}
    aimed = [n for n in way.aims if n.name in names]
    before = way.ends if aimed else cases
    label = _alternatives(way.aims) if aimed else _alternatives(way.ends)
    _join(way, claim, before, steps[0], label)
    for start, end in itertools.pairwise(steps):
        _join(way, claim, start, end, label)
    if not aimed:
        # The same case of the aims: of two aims, the first case's way leads to the first.
        number = [i for i, end in enumerate(way.ends) if end.name in names]
        aimed = [way.aims[i] for i in number if len(way.aims) == len(way.ends)]
    _join(way, claim, steps[-1], tuple(aimed), _alternatives(way.aims))


def _join(way: _Way, claim: Claim, starts: Iterable[Node], ends: Iterable[Node], alternative: str | None) -> None:
    for start, end in itertools.product(starts, ends):
        way.link(start, end, claim, alternative)


def _alternatives(step: Step) -> str | None:
    return " or ".join(n.name for n in step) if len(step) > 1 else None


def _steps(claim: Claim) -> list[Step]:
    """Return the stages of a claim's own way in order; runs of alternatives make one stage."""
    uses = [u for u in claim.places if u.role in ORDER and _inside(claim, u)]
    uses.sort(key=lambda u: (ORDER[u.role], u.span))
    steps: list[Step] = []
    for use in uses:
        node = _node(use)
        if node is None or (steps and any(n.name == node.name for n in steps[-1])):
            continue
        last = steps[-1][-1] if steps else None
        follows_or = last is not None and last.branch is not None and node.branch is not None
        if follows_or and last is not None and last.branch != node.branch:
            steps[-1] = (*steps[-1], node)
        else:
            steps.append((node,))
    return steps


def _cases(claim: Claim) -> Step:
    """Return the places a claim refers back to ("in the first case"): those named outside its own words."""
    nodes = (_node(u) for u in claim.places if u.role in ORDER and not _inside(claim, u))
    return tuple(n for n in nodes if n is not None)


def _inside(claim: Claim, use: PlaceUse) -> bool:
    return any(span.contains(use.span) for span in claim.evidence[:1]) or use.span.start >= claim.evidence[0].start


def _node(use: PlaceUse) -> Node | None:
    if use.region is None or not use.region.places:
        return None
    place = use.region.places[0]
    if place.kind == "continent":
        return Node(place.name, None, use.alternative)
    if place.kind == "country":
        return Node(place.name, place.country, use.alternative) if use.region.where_prec >= COUNTRY_PREC else None
    name = _country_name(place.country) if place.country else None
    return Node(name, place.country, use.alternative) if name else None


def _as_link(key: tuple[str, str], reports: Sequence[tuple[Claim, str | None]]) -> OnwardLink:
    claims = list(dict.fromkeys(claim for claim, _ in _by_id(reports)))
    labels = [label for _, label in reports if label]
    return OnwardLink(
        start=key[0],
        end=key[1],
        certainty=max(c.certainty for c in claims),
        # A leg that one claim gives as the only one is still an alternative where another claim says "or".
        alternative=labels[0] if labels else None,
        adjacent=_adjacent(*key),
        claims=tuple(c.id for c in claims),
        evidence=tuple(dict.fromkeys(span for c in claims for span in c.evidence)),
    )


def _by_id(reports: Sequence[tuple[Claim, str | None]]) -> Iterator[tuple[Claim, str | None]]:
    seen = set()
    for claim, label in reports:
        if claim.id not in seen:
            seen.add(claim.id)
            yield claim, label


@cache
def _country_name(code: str) -> str | None:
    return next((str(f.properties["name"]) for f in read_layer("countries") if f.properties["iso_a2"] == code), None)


@cache
def _adjacent(first: str, second: str) -> bool | None:
    """Tell whether two countries share a land border; ``None`` where one is not a country of the map (a continent)."""
    codes = {str(f.properties["name"]): str(f.properties["iso_a2"]) for f in read_layer("countries")}
    if first not in codes or second not in codes:
        return None
    a, b = country_outline(codes[first]), country_outline(codes[second])
    return bool(a is not None and b is not None and a.dwithin(b, TOLERANCE_DEG))
