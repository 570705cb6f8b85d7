"""Refuges: the places reports name, then towns well apart; what is attacked draws nobody; other parties are not asked."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import shapely

from wayout.fleeing import APART, MOST_REFUGES, NEAREST_KM, expect_arrivals
from wayout.geo.compass import buffer_km, distance_km
from wayout.model import (
    Claim,
    Event,
    Party,
    Place,
    PlaceUse,
    Presence,
    Question,
    Region,
    Situation,
    Span,
    Step,
    WeightedGeometry,
)
from wayout.move.mobility import profile_for
from wayout.move.options import MoveOptions

STEP = Step(name="test", version="0")
HOME = shapely.Point(25.35, 13.63)
OPTIONS = MoveOptions(cell_km=5.0)


def _place(name, km, bearing, people, kind="populated_place"):
    from wayout.geo.compass import point_along

    at = point_along(HOME, bearing, km)
    return Place(id=f"t:{name}", name=name, kind=kind, country="SD", admin1=None, lon=at.x, lat=at.y, population=people)


class Towns:
    """A gazetteer of given towns."""

    def __init__(self, *towns):
        self._towns = towns

    def large_towns(self, bounds, n):
        inside = [t for t in self._towns if shapely.box(*bounds).covers(shapely.Point(t.lon, t.lat))]
        return sorted(inside, key=lambda t: -(t.population or 0))[:n]

    def find(self, name, *, kinds=()):
        return (SimpleNamespace(country="SD", population=40_000_000),) if name == "Sudan" else ()


def _region(geometry, place=None, prec=1):
    return Region(
        phrase="there",
        parts=(WeightedGeometry(geometry=geometry, weight=1.0),),
        where_prec=prec,
        radius_km=3.0,
        method="literal",
        why="written by the test",
        places=() if place is None else (place,),
        made_by=STEP,
    )


def _question(kind="civilians", aim="out"):
    return Question(
        party=Party(name="they", kind=kind, aim=aim, actor="civilians", mobility=profile_for(kind)),
        area_text="home",
        area=_region(buffer_km(HOME, 4.0)),
        at=datetime(2024, 3, 1, tzinfo=UTC),
        within_h=240.0,
    )


def _attack(place, p, prec=1):
    here = buffer_km(shapely.Point(place.lon, place.lat), 3.0)
    return Event(
        id=f"event-{place.name}",
        event_type="ASSAULT",
        sub_event_type=None,
        side_a="raiders",
        side_b=None,
        region=_region(here, prec=prec),
        date_start=None,
        date_end=None,
        p_true=p,
        claims=(),
        evidence=(),
        made_by=STEP,
    )


def _shares(situation, *towns, claims=(), question=None):
    found, misses = expect_arrivals(question or _question(), situation, claims, Towns(*towns), OPTIONS)
    assert misses == ()
    return {a.name: a.share for a in found.arrivals}


QUIET = Situation(at=datetime(2024, 3, 1, tzinfo=UTC))
NORTH, SOUTH = _place("north", 60, 0, 20_000), _place("south", 60, 180, 20_000)


def test_only_civilians_who_want_out_are_asked_about():
    for question in (_question("armed_group"), _question("aid_convoy", "in"), _question(aim="in")):
        assert expect_arrivals(question, QUIET, (), Towns(NORTH), OPTIONS) == (None, ())


def test_an_attacked_town_draws_fewer_the_surer_the_attack():
    shares = [_shares(Situation(at=QUIET.at, operations=(_attack(NORTH, p),)), NORTH, SOUTH) for p in (0.01, 0.5, 0.9)]
    assert shares[0]["north"] > shares[1]["north"] > shares[2]["north"]
    assert all(sum(s.values()) == pytest.approx(1) for s in shares)


def test_violence_somewhere_in_a_province_makes_no_town_of_it_unsafe():
    before = _shares(QUIET, NORTH, SOUTH)
    assert _shares(Situation(at=QUIET.at, operations=(_attack(NORTH, 0.9, prec=4),)), NORTH, SOUTH) == before


def test_the_presence_of_somebody_who_closes_no_way_makes_nothing_unsafe():
    here = _region(buffer_km(shapely.Point(NORTH.lon, NORTH.lat), 3.0))
    there = Presence(id="p", actor="neighbours", region=here, p_present=0.9, claims=(), evidence=(), made_by=STEP)
    assert _shares(Situation(at=QUIET.at, presences=(there,)), NORTH, SOUTH) == _shares(QUIET, NORTH, SOUTH)


def test_towns_lie_well_apart_and_outside_the_area():
    ring = [_place(f"r{n}", 50, 12 * n, 19_000 + n) for n in range(30)]
    near = _place("suburb", 4.0 + NEAREST_KM / 2, 10, 900_000)
    kept = [t for t in ring if t.name in _shares(QUIET, near, *ring)]
    assert "suburb" not in _shares(QUIET, near, *ring)
    points = [shapely.Point(t.lon, t.lat) for t in kept]
    gaps = [distance_km(a, b) for i, a in enumerate(points) for b in points[i + 1 :]]
    assert 1 < len(kept) <= MOST_REFUGES
    assert min(gaps) >= APART * 45


@pytest.mark.parametrize(("subject", "is_refuge"), [("civilians", True), ("raiders", False)])
def test_a_place_that_a_report_says_people_go_to_is_a_refuge_however_small(subject, is_refuge):
    camp = _place("camp", 40, 270, None)
    span = Span(document="doc-0000000000000000", start=0, end=4)
    region = _region(buffer_km(shapely.Point(camp.lon, camp.lat), 2.0), camp)
    aside = _region(buffer_km(shapely.Point(SOUTH.lon, SOUTH.lat), 2.0), _place("namesake", 50, 90, None), prec=1)
    claim = Claim(
        id="claim-0",
        document=span.document,
        predicate="moves",
        subject=subject,
        object=None,
        places=tuple(PlaceUse(role="to", phrase="there", span=span, region=r) for r in (region, aside)),
        certainty=3.0,
        evidence=(span,),
        made_by=STEP,
    )
    found = _shares(QUIET, NORTH, claims=(claim,))
    assert ("camp" in found) == is_refuge
    assert "namesake" not in found


def test_where_there_is_no_town_it_says_so():
    found, (miss,) = expect_arrivals(_question(), QUIET, (), Towns(), OPTIONS)
    assert found is None
    assert "no town" in miss.why
