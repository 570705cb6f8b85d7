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
from wayout.model import Barrier, Claim, ClaimId, Question, Span, Step, content_id
from wayout.vocab import read_vocab

MADE_BY = Step(name="fuse.barriers", version=__version__)
SPOKEN_DEG = 0.05
"""A border is spoken of within this of a reported line: outlines of borders differ by about as much."""
BORDER_REACH_DEG = 5.0
"""Borders within about 500 km of the area: as far as a theatre grid reaches, so that no cut end can be walked round."""
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
    for closure in _gaps_left(_finest(closures, belief), belief):
        key = (closure.kind == "stated_open", closure.holder, closure.name, closure.bearing_deg)
        together.setdefault(key, []).append(closure)
    ground = _ground_prior(question, sides)
    reported = [_barrier(group, evidence, question, belief) for group in together.values()]
    reported.sort(key=lambda b: b.id)
    return (*reported, *_direction_priors(reported, question, ground), *_border_priors(reported, question))


def _finest(closures: Sequence[Closure], belief: Belief) -> list[Closure]:
    """Drop a holder's coarse ground where the same report names finer ground inside it ("to X ... in western X")."""
    kept = []
    for closure in closures:
        finer = (
            other
            for other in closures
            if other is not closure
            and other.holder == closure.holder
            and other.bearing_deg is None
            and closure.bearing_deg is None
            and belief.group_of(other.claim) == belief.group_of(closure.claim)
            and _much_finer(other.geometry, closure.geometry)
        )
        if next(finer, None) is None:
            kept.append(closure)
    return kept


def _gaps_left(closures: Sequence[Closure], belief: Belief) -> list[Closure]:
    """A siege leaves the side open that the same report names as the way out."""
    gaps = [(c.bearing_deg, belief.group_of(c.claim)) for c in closures if c.kind == "stated_open"]
    return [
        c
        for c in closures
        if c.kind != "siege"
        or c.bearing_deg is None
        or not any(
            b is not None and angle_between(c.bearing_deg, b) < 45 and g == belief.group_of(c.claim) for b, g in gaps
        )
    ]


def _much_finer(fine: BaseGeometry, coarse: BaseGeometry) -> bool:
    """Tell whether one ground is a small part of another of the same kind (area of area, line of line)."""
    size_fine, size_coarse = (fine.area, coarse.area) if coarse.area > 0 else (fine.length, coarse.length)
    if not 0 < size_fine < FINER_SHARE * size_coarse:
        return False
    inside = fine.intersection(coarse.buffer(0.02))
    return bool((inside.area if coarse.area > 0 else inside.length) > 0.9 * size_fine)


def _barrier(
    group: Sequence[Closure], evidence: dict[ClaimId, tuple[Span, ...]], question: Question, belief: Belief
) -> Barrier:
    """Close by the strongest of the acts reported there, each with its own rule."""
    acts = []
    for rule in sorted({(c.kind, c.p_if_true, c.p_if_false) for c in group}):
        p_true = belief.fuse({c.claim for c in group if (c.kind, c.p_if_true, c.p_if_false) == rule})
        acts.append((p_true * rule[1] + (1 - p_true) * rule[2], p_true, rule))
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
