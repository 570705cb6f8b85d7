"""Builders of literal records for the tests of MOVE."""

from datetime import UTC, datetime

import pytest
from shapely.geometry.base import BaseGeometry

from wayout.model import (
    Barrier,
    Claim,
    Party,
    Place,
    PlaceUse,
    Question,
    Region,
    Situation,
    Span,
    Step,
    WeightedGeometry,
)
from wayout.move.mobility import profile_for

STEP = Step(name="test", version="0")
AT = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def make_region():
    def build(geometry: BaseGeometry, *, bearing=None, radius_km=0.0, places=(), where_prec=5) -> Region:
        return Region(
            phrase="somewhere",
            parts=(WeightedGeometry(geometry=geometry, weight=1.0),),
            where_prec=where_prec,
            radius_km=radius_km,
            method="literal",
            why="written by the test",
            bearing_deg=bearing,
            places=places,
            made_by=STEP,
        )

    return build


@pytest.fixture(scope="session")
def make_question(make_region):
    def build(geometry, kind="armed_group", *, aim="out", within_h=240.0, profile=None, radius_km=0.0) -> Question:
        actor = {"armed_group": "some-group", "civilians": "civilians", "aid_convoy": "aid-convoys"}[kind]
        return Question(
            party=Party(name="they", kind=kind, aim=aim, actor=actor, mobility=profile_for(kind, profile)),
            area_text="somewhere",
            area=make_region(geometry, radius_km=radius_km),
            at=AT,
            within_h=within_h,
        )

    return build


@pytest.fixture(scope="session")
def make_barrier():
    def build(name, geometry, p_closed, *, kind="sealed", group=None, is_prior=False, **more) -> Barrier:
        return Barrier(
            id=name,
            name=name,
            kind=kind,
            geometry=geometry,
            group=group or name,
            p_closed=p_closed,
            is_prior=is_prior,
            claims=() if is_prior else (f"claim about {name}",),
            evidence=() if is_prior else (Span(document="doc", start=0, end=len(name)),),
            made_by=STEP,
            **more,
        )

    return build


@pytest.fixture(scope="session")
def make_situation():
    def build(*barriers: Barrier) -> Situation:
        return Situation(at=AT, barriers=tuple(barriers))

    return build


@pytest.fixture(scope="session")
def make_claim(make_region):
    """Build a claim from (role, place, alternative) triples; a place is a Place, a bearing or a geometry."""

    def use(at, role, where, alternative):
        span = Span(document="doc", start=at, end=at + 1)
        if isinstance(where, Place):
            from shapely.geometry import Point

            prec = 6 if where.kind in ("country", "continent") else 1
            region = make_region(Point(where.lon, where.lat).buffer(0.5), places=(where,), where_prec=prec)
        elif isinstance(where, int | float):
            from shapely.geometry import Point

            region = make_region(Point(0, 0), bearing=float(where))
        else:
            region = make_region(where)
        return PlaceUse(role=role, phrase="place", span=span, region=region, alternative=alternative)

    def build(predicate, *places, start=0, subject=None, certainty=1.0, polarity=1, document="doc") -> Claim:
        uses = tuple(
            use(at if at is not None else start + 1 + i, role, where, alternative)
            for i, (role, where, alternative, at) in enumerate((*p, *[None] * (4 - len(p))) for p in places)
        )
        return Claim(
            id=f"claim-{document}-{start}",
            document=document,
            predicate=predicate,
            subject=subject,
            object=None,
            places=uses,
            polarity=polarity,
            certainty=certainty,
            evidence=(Span(document=document, start=start, end=start + 50),),
            made_by=STEP,
        )

    return build
