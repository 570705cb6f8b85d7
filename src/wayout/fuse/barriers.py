"""Barriers: what closes a way to the party, from closures, and stated priors for what no report speaks of."""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from wayout import __version__
from wayout.fuse.belief import Belief
from wayout.fuse.closing.closures import SECTOR_REACH_KM, Closure
from wayout.fuse.sides import Sides
from wayout.geo.borders import borders_near, country_name, home_of
from wayout.geo.directions import QUARTERS, angle_between, bearing_to, direction_name
from wayout.geo.sectors import sector_outside
from wayout.model import Barrier, BarrierKind, Claim, ClaimId, DocumentId, Question, Span, Step, content_id
from wayout.vocab import read_vocab

MADE_BY = Step(name="fuse.barriers", version=__version__)
SPOKEN_DEG = 0.05
"""A border is spoken of within this of a reported line: outlines of borders differ by about as much."""
BORDER_REACH_DEG = 5.0
"""Borders within about 500 km of the area: as far as a theatre grid reaches, so that no cut end can be walked round."""
STILL_STANDS = 0.5
"""A report of which later ones leave less than this is about the past."""
FINER_SHARE = 0.6
"""A ground smaller than this share of another that contains it says it more precisely."""
NEAR_RING_KM = 120.0
"""How far beyond the area's edge a direction's ground is looked at, to see whether reports cover it."""


def make_barriers(
    closures: Sequence[Closure], claims: Sequence[Claim], question: Question, sides: Sides, belief: Belief
) -> tuple[Barrier, ...]:
    """
    Turn closures into barriers with probabilities, and add the stated priors.

    ``p_closed = P(true) * p_if_true + (1 - P(true)) * p_if_false`` (total probability), with P(true) fused over independent
    reports. Barriers of one holder on one side of the area form a group.

    Parameters
    ----------
    closures
        What the claims say of ways being closed or open.
    claims
        The claims behind them.
    question
        Party and area.
    sides
        Who is hostile.
    belief
        Probabilities of claims and propositions.

    Returns
    -------
    barriers
        Reported barriers first, then priors; sorted by id within each.
    """
    evidence = {c.id: c.evidence for c in claims}
    together: dict[tuple[object, ...], list[Closure]] = {}
    for closure in _gaps_left(_finest(_newest(closures, belief), belief), belief):
        key = (closure.kind == "stated_open", closure.holder, closure.name, closure.bearing_deg)
        together.setdefault(key, []).append(closure)
    ground = _ground_prior(question, sides)
    groups = list(together.values())
    reported = [
        _barrier(group, acts, evidence, question, belief)
        for group, acts in zip(groups, _acts(groups, belief), strict=True)
    ]
    reported.sort(key=lambda b: b.id)
    return (*reported, *_direction_priors(reported, question, ground), *_border_priors(reported, question))


def _newest(closures: Sequence[Closure], belief: Belief) -> list[Closure]:
    """Drop what later reports have ended: a way since opened is no more sealed, a town since lost is no more held."""
    return [c for c in closures if belief.standing(c.claim) >= STILL_STANDS]


def _finest(closures: Sequence[Closure], belief: Belief) -> list[Closure]:
    """Drop a holder's coarse ground where the same report names finer ground inside it ("to X ... in western X")."""
    grounds: dict[tuple[object, str], dict[str, BaseGeometry]] = {}
    for c in closures:
        if c.bearing_deg is None:
            grounds.setdefault((c.holder, belief.document_of(c.claim)), {}).setdefault(c.name, c.geometry)
    coarse = {
        (key, name)
        for key, named in grounds.items()
        for name, geometry in named.items()
        if any(_much_finer(other, geometry) for what, other in named.items() if what != name)
    }
    return [
        c
        for c in closures
        if c.bearing_deg is not None or ((c.holder, belief.document_of(c.claim)), c.name) not in coarse
    ]


def _gaps_left(closures: Sequence[Closure], belief: Belief) -> list[Closure]:
    """A siege leaves the side open that the same report names as the way out."""
    gaps: dict[DocumentId, list[float]] = {}
    for c in closures:
        if c.kind == "stated_open" and c.bearing_deg is not None:
            gaps.setdefault(belief.document_of(c.claim), []).append(c.bearing_deg)
    return [
        c
        for c in closures
        if c.kind != "siege"
        or c.bearing_deg is None
        or not any(angle_between(c.bearing_deg, gap) < 45 for gap in gaps.get(belief.document_of(c.claim), ()))
    ]


def _much_finer(fine: BaseGeometry, coarse: BaseGeometry) -> bool:
    """Tell whether one ground is a small part of another of the same kind (area of area, line of line)."""
    west, south, east, north = coarse.bounds
    x0, y0, x1, y1 = fine.bounds
    if x1 < west - 0.02 or x0 > east + 0.02 or y1 < south - 0.02 or y0 > north + 0.02:
        return False
    size_fine, size_coarse = (fine.area, coarse.area) if coarse.area > 0 else (fine.length, coarse.length)
    if not 0 < size_fine < FINER_SHARE * size_coarse:
        return False
    inside = fine.intersection(coarse.buffer(0.02))
    return bool((inside.area if coarse.area > 0 else inside.length) > 0.9 * size_fine)


Act = tuple[float, float, tuple[BarrierKind, float, float]]
"""P(closed), P(the report is true), and the rule: kind, P(closed if true), P(closed if not)."""


def _acts(groups: Sequence[Sequence[Closure]], belief: Belief) -> list[list[Act]]:
    """Weigh the acts reported of each way, each with its own rule; all ways at once."""
    asked: list[tuple[int, tuple[BarrierKind, float, float]]] = []
    claims: list[set[ClaimId]] = []
    for n, group in enumerate(groups):
        for rule in sorted({(c.kind, c.p_if_true, c.p_if_false) for c in group}):
            asked.append((n, rule))
            claims.append({c.claim for c in group if (c.kind, c.p_if_true, c.p_if_false) == rule})
    acts: list[list[Act]] = [[] for _ in groups]
    for (n, rule), p_true in zip(asked, belief.fuse_all(claims), strict=True):
        acts[n].append((p_true * rule[1] + (1 - p_true) * rule[2], p_true, rule))
    return acts


def _barrier(
    group: Sequence[Closure],
    acts: Sequence[Act],
    evidence: dict[ClaimId, tuple[Span, ...]],
    question: Question,
    belief: Belief,
) -> Barrier:
    """Close by the strongest of the acts reported there, each with its own rule."""
    p_closed, p_true, (kind, if_true, if_false) = max(acts) if group[0].kind != "stated_open" else min(acts)
    lead = next(c for c in group if c.kind == kind)
    ids = tuple(sorted({c.claim for c in group}, key=lambda i: evidence[i][0]))
    side = lead.bearing_deg if lead.bearing_deg is not None else bearing_to(question.area.geometry, lead.geometry)
    actor = question.party.actor
    return Barrier(
        id=content_id("barrier", kind == "stated_open", lead.holder, lead.name),
        name=lead.name,
        kind=kind,
        geometry=lead.geometry,
        group=f"{lead.holder or kind}:{direction_name(side)}",
        p_closed=p_closed,
        held_by=lead.holder,
        blocks=(actor,) if actor else (),
        why=(
            f"{p_true:.2f} (report true) x {if_true:.2f} (closed if true)"
            f" + {1 - p_true:.2f} x {if_false:.2f} (closed if not) = {p_closed:.2f}"
        ),
        claims=ids,
        last_evidence=belief.last_evidence(ids),
        evidence=tuple(dict.fromkeys(span for i in ids for span in evidence[i])),
        made_by=MADE_BY,
    )


def _ground_prior(question: Question, sides: Sides) -> float:
    """Prior that ground no report speaks of is closed to the party."""
    priors = read_vocab("barrier_rules.yaml")["priors"]
    if (
        question.party.kind == "armed_group"
        and home_of(question.area.geometry, [p.country for p in question.area.places]) & sides.hostile_states()
    ):
        return float(priors["unreported_hostile_state"])
    return float(priors["unreported"][question.party.kind])


def _direction_priors(reported: Sequence[Barrier], question: Question, ground: float) -> tuple[Barrier, ...]:
    """Give what no report covers in each quarter the ground's prior; slivers between reported grounds do not count."""
    area = question.area.geometry
    least = read_vocab("barrier_rules.yaml")["priors"]["least_uncovered_share"]
    covered = shapely.union_all([b.geometry for b in reported if b.geometry.area > 0])
    priors = []
    for bearing in QUARTERS:
        near = sector_outside(area, bearing, half_width_deg=45.0, reach_km=NEAR_RING_KM)
        if near.difference(covered).area < least * near.area:
            continue
        name = f"unreported ground to the {direction_name(bearing)}"
        sector = sector_outside(area, bearing, half_width_deg=45.0, reach_km=SECTOR_REACH_KM)
        priors.append(
            Barrier(
                id=content_id("barrier", "unreported", name),
                name=name,
                kind="unreported",
                geometry=sector.difference(covered),
                group=f"unreported:{direction_name(bearing)}",
                p_closed=ground,
                is_prior=True,
                why=f"no report speaks of this ground; stated prior {ground:.2f}",
                made_by=MADE_BY,
            )
        )
    return tuple(priors)


def _border_priors(reported: Sequence[Barrier], question: Question) -> tuple[Barrier, ...]:
    p = float(read_vocab("barrier_rules.yaml")["priors"]["border"][question.party.kind])
    lines = [b.geometry.buffer(SPOKEN_DEG) for b in reported if b.geometry.area == 0]
    spoken: BaseGeometry = shapely.union_all(lines) if lines else shapely.Polygon()
    priors = []
    home = home_of(question.area.geometry, [p.country for p in question.area.places])
    for a, b, line in borders_near(question.area.geometry, BORDER_REACH_DEG):
        rest = line.difference(spoken)
        if rest.is_empty or not home & {a, b}:
            continue
        rest = line.intersection(
            rest.buffer(SPOKEN_DEG + 0.01)
        )  # meet the reported line again: a cut end leaves a hole
        name = f"the border between {country_name(a)} and {country_name(b)}"
        priors.append(
            Barrier(
                id=content_id("barrier", "border", a, b),
                name=name,
                kind="border",
                geometry=rest,
                group=f"border:{a}-{b}",
                p_closed=p,
                is_prior=True,
                why=f"no report says that this border is sealed or open here; stated prior {p:.2f}",
                made_by=MADE_BY,
            )
        )
    return tuple(priors)
