"""Which claims speak of a way being closed or open to the party, where, and how strongly."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from wayout.fuse.closing.neighbours import ground_of
from wayout.fuse.closing.stretches import border_along
from wayout.fuse.sides import Sides
from wayout.geo.borders import home_of
from wayout.geo.directions import QUARTERS, bearing_to, direction_name
from wayout.geo.sectors import sector_outside
from wayout.model import ActorId, BarrierKind, Claim, ClaimId, DocumentId, PlaceUse, Question, Region
from wayout.vocab import read_vocab

SECTOR_REACH_KM = 1500.0
"""A closed direction closes everything that way, out to the largest theatre grid."""
TOWN_DEG2 = 0.05
"""Areas up to some 500 km2 are towns, whose surroundings begin at their edge."""
TOUCHING_DEG = 0.05
AT_ITS_END = 0.25
"""A ground begins at a town when its edge passes it within this share of the ground's own width."""
HALF = 0.5
SAME_TOWN_DEG = 0.02
"""Two points nearer than 2 km are one town."""
INSIDE = 0.8
_BORDER_WORDS = re.compile(r"\b(?:border|frontier|boundar|crossing)", re.IGNORECASE)
_SIEGE_WORDS = re.compile(r"\b(?:siege|blockade|encirclement)\b", re.IGNORECASE)
_ROAD_WORDS = re.compile(r"\b(?:road|highway|route|corridor|crossing|passage|gate|way)s?\b", re.IGNORECASE)
_SURROUNDING = frozenset({"besieges"})
_STANDING = frozenset({"holds", "takes", "present", "deploys"})
"""Soldiers who merely stand somewhere stop civilians and convoys only where they are known to be against them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """
    One claim's say on one way: the ground it is about, how it would close (or open) it, who does it.

    ``bearing_deg`` is set where the claim speaks of a direction out of the area; ``p_if_true`` and ``p_if_false`` are the
    probabilities that the way is closed when the claim is true and when it is false.
    """

    claim: ClaimId
    kind: BarrierKind
    name: str
    geometry: BaseGeometry
    holder: ActorId | None
    bearing_deg: float | None
    p_if_true: float
    p_if_false: float


def find_closures(
    claims: Sequence[Claim], question: Question, sides: Sides, names: Mapping[ActorId, str]
) -> tuple[Closure, ...]:
    """
    List what the claims say about ways being closed or open to the party.

    Parameters
    ----------
    claims
        Located claims.
    question
        The question: party and area.
    sides
        Who is hostile to the party.
    names
        Actor names by id, for the barriers' names.

    Returns
    -------
    closures
        One per claim and place it speaks of, in the claims' order.
    """
    besieged = any(c.predicate == "besieges" and c.certainty > 0 for c in claims)
    finder = _Finder(question, sides, names, besieged=besieged)
    together: dict[DocumentId, list[Claim]] = {}
    for claim in claims:
        together.setdefault(claim.document, []).append(claim)
    return tuple(c for claim in claims for c in finder.closures(claim, ground_of(claim, together[claim.document])))


def _things(claim: Claim) -> str:
    """The words for what is acted upon or acts."""
    return f"{claim.subject_text or ''} {claim.object_text or ''}"


def _is_open_condition(claim: Claim) -> bool:
    """Tell whether a claim is only supposed ("if the siege is lifted"): nobody asserts it until its switch is turned on."""
    return claim.modality == "conditional" and claim.condition is None


class _Finder:
    def __init__(self, question: Question, sides: Sides, names: Mapping[ActorId, str], *, besieged: bool) -> None:
        self._besieged = besieged
        vocab = read_vocab("barrier_rules.yaml")
        self._rules = vocab["rules"]
        self._not_yet = vocab["not_yet_done"]
        self._unknown = vocab["unknown_stance"]
        self._question = question
        self._area = question.area.geometry
        self._home = home_of(self._area, [p.country for p in question.area.places])
        self._sides = sides
        self._sectors: dict[float, BaseGeometry] = {}
        self._names = names

    def closures(self, claim: Claim, places: Sequence[PlaceUse]) -> Iterator[Closure]:
        rule = self._rules.get(claim.predicate)
        if rule is None or claim.mood == "question" or _is_open_condition(claim):
            return
        if claim.condition is not None:
            rule = {**rule, "if_false": 0.0}  # where the condition does not hold there is no such barrier
        p_true = float(rule[self._question.party.kind])
        if rule["family"] == "open":
            yield from self._ways(claim, rule, places, p_true)
            return
        holder = claim.subject if claim.predicate != "deploys" else claim.object or claim.subject
        if claim.predicate == "cannot_move":
            if self._sides.stance(claim.subject) == "friendly" or claim.subject is None:
                yield from self._ways(claim, rule, places, p_true)
            return
        stance = self._stance(claim, holder)
        if stance == "friendly":
            return
        if stance == "unknown":
            if self._question.party.kind != "armed_group" and claim.predicate in _STANDING:
                return
            p_true *= self._unknown
        if claim.mood in ("intent", "possibility") or claim.tense == "future":
            p_true *= self._not_yet
        for place in places:
            yield from self._ground(claim, rule, place, holder, p_true)

    def _stance(self, claim: Claim, holder: ActorId | None) -> str:
        """A way said to be sealed or besieged is closed whoever does it; other acts count by who does them."""
        stance = self._sides.stance(holder)
        if stance == "unknown" and self._sides.stance(claim.subject) == "hostile":
            return "hostile"
        if claim.predicate in ("seals", "besieges") and stance == "unknown":
            return "hostile"
        return stance

    def _ways(
        self, claim: Claim, rule: Mapping[str, object], places: Sequence[PlaceUse], p: float
    ) -> Iterator[Closure]:
        """Statements about a way out as such: a direction, the direction of the named place, a border that can be passed."""
        if claim.predicate == "opens" and not places and self._besieged and _SIEGE_WORDS.search(_things(claim)):
            yield from (self._direction(claim, rule, quarter, None, p) for quarter in QUARTERS)
        for place in places:
            if place.region is None or place.role == "from":
                continue
            if claim.predicate == "opens" and self._is_border(claim, place):
                yield from self._border(claim, rule, place.region, None, p)
            for bearing in self._bearings(claim, place.region, alone=len(places) == 1):
                yield self._direction(claim, rule, bearing, None, p)

    def _bearings(self, claim: Claim, region: Region, *, alone: bool) -> tuple[float, ...]:
        """Directions that a statement about a way means; every one where it lifts the siege of the area itself."""
        if region.bearing_deg is not None:
            return (region.bearing_deg,)
        ground = region.geometry
        share = ground.intersection(self._area).area / self._area.area
        if share < HALF and ground.centroid.distance(self._area.centroid) > SAME_TOWN_DEG:
            return (bearing_to(self._area, ground),)
        lifts = claim.predicate == "opens" and alone and self._besieged and _ROAD_WORDS.search(_things(claim)) is None
        return QUARTERS if lifts else ()

    def _is_border(self, claim: Claim, place: PlaceUse) -> bool:
        crossing = place.region is not None and any(p.kind == "crossing" for p in place.region.places)
        return place.role == "border" or crossing or self._says_border(claim)

    def _border(
        self, claim: Claim, rule: Mapping[str, object], region: Region, holder: ActorId | None, p: float
    ) -> Iterator[Closure]:
        geometry = region.geometry
        is_line = geometry.area == 0 and geometry.length > 0
        line = geometry if is_line else border_along(geometry, self._home)
        if not line.is_empty:
            says_so = _BORDER_WORDS.search(region.phrase) is not None
            name = region.phrase if says_so else f"the border along {region.phrase}"
            yield self._closure(claim, rule, (name, line), holder, p)

    def _ground(
        self, claim: Claim, rule: Mapping[str, object], place: PlaceUse, holder: ActorId | None, p: float
    ) -> Iterator[Closure]:
        region = place.region
        if region is None or (region.where_prec >= 6 and region.bearing_deg is None):
            return
        if region.bearing_deg is not None:
            yield self._direction(claim, rule, region.bearing_deg, holder, p)
        elif claim.predicate in _SURROUNDING and self._concerns_area(region.geometry):
            for bearing in QUARTERS:
                yield self._direction(claim, rule, bearing, holder, p)
        elif claim.predicate == "seals" and self._is_border(claim, place):
            yield from self._border(claim, rule, region, holder, p)
        elif region.geometry.intersection(self._area).area > INSIDE * region.geometry.area:
            return  # what happens inside the area closes no way out of it
        elif self._begins_here(region.geometry):
            yield self._direction(claim, rule, bearing_to(self._area, region.geometry), holder, p)
        else:
            yield self._closure(claim, rule, (region.phrase, region.geometry), holder, p)

    def _begins_here(self, ground: BaseGeometry) -> bool:
        """Tell whether a road or strip begins at a town that is the area: it closes the way it leads, not the town's ring."""
        if self._area.area > TOWN_DEG2 or ground.area == 0 or ground.distance(self._area) > TOUCHING_DEG:
            return False
        return bool(ground.boundary.distance(self._area.centroid) < AT_ITS_END * ground.area**0.5)

    def _concerns_area(self, geometry: BaseGeometry) -> bool:
        return bool(geometry.buffer(0.1).intersects(self._area))

    def _says_border(self, claim: Claim) -> bool:
        return _BORDER_WORDS.search(_things(claim)) is not None

    def _direction(
        self, claim: Claim, rule: Mapping[str, object], bearing: float, holder: ActorId | None, p: float
    ) -> Closure:
        bearing = (bearing + 22.5) // 45 * 45 % 360  # one of eight: "170 degrees" and "185" are both the south
        if bearing not in self._sectors:
            self._sectors[bearing] = sector_outside(self._area, bearing, half_width_deg=45.0, reach_km=SECTOR_REACH_KM)
        geometry = self._sectors[bearing]
        closure = self._closure(claim, rule, (f"the way {direction_name(bearing)}", geometry), holder, p)
        return replace(closure, bearing_deg=bearing)

    def _closure(
        self,
        claim: Claim,
        rule: Mapping[str, object],
        ground: tuple[str, BaseGeometry],
        holder: ActorId | None,
        p: float,
    ) -> Closure:
        what, geometry = ground
        principal = self._sides.principal(holder)
        who = self._names.get(principal) if principal else None
        return Closure(
            claim=claim.id,
            kind=rule["kind"],  # type: ignore[arg-type]
            name=f"{what} ({who})" if who else what,
            geometry=geometry,
            holder=principal,
            bearing_deg=None,
            p_if_true=p,
            p_if_false=rule["if_false"],  # type: ignore[arg-type]
        )
