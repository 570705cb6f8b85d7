"""Builders that tests share: documents, located claims and questions from literals."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from hypothesis import settings

from wayout.model import (
    Actor,
    Claim,
    Document,
    MobilityProfile,
    Party,
    Place,
    PlaceUse,
    Question,
    Region,
    Source,
    Step,
    WeightedGeometry,
    content_id,
    document_id,
)

settings.register_profile("no clock", deadline=None)  # kernels compile on first use, and machines are shared
settings.load_profile("no clock")

STEP = Step(name="test", version="0")
AT = datetime(2024, 6, 1, tzinfo=UTC)


def make_document(text: str, *, reliability: str = "B", published: datetime | None = AT) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="Test Wire", reliability=reliability),
        url=None,
        byline=None,
        published=published,
        retrieved=None,
        language="en",
        made_by=STEP,
    )


def make_region(phrase: str, geometry: Any, *, where_prec: int = 4, bearing: float | None = None) -> Region:
    place = Place(
        id=content_id("place", phrase),
        name=phrase,
        kind="region",
        country=None,
        admin1=None,
        lon=geometry.centroid.x,
        lat=geometry.centroid.y,
    )
    return Region(
        phrase=phrase,
        parts=(WeightedGeometry(geometry=geometry, place=place, weight=1.0),),
        where_prec=where_prec,
        radius_km=5.0,
        method="literal",
        why="given by the test",
        bearing_deg=bearing,
        places=(place,),
        made_by=STEP,
    )


def make_claim(document: Document, words: str, predicate: str, **fields: Any) -> Claim:
    start = document.text.index(words)
    span = document.span(start, start + len(words))
    regions = fields.pop("regions", {})
    places = tuple(
        PlaceUse(role=role, phrase=region.phrase, span=span, region=region) for role, region in regions.items()
    )
    fields.setdefault("subject", None)
    fields.setdefault("object", None)
    fields.setdefault("certainty", 3.0)
    return Claim(
        id=content_id("claim", document.id, start, predicate, str(sorted(fields))),
        document=document.id,
        predicate=predicate,
        places=places,
        words=(span,),
        evidence=(span,),
        made_by=STEP,
        **fields,
    )


def make_actor(name: str, kind: str = "non_state_armed_group", **fields: Any) -> Actor:
    return Actor(id=name, name=name.replace("-", " ").title(), kind=kind, **fields)


def make_question(area: Any, *, kind: str = "armed_group", actor: str = "the-group", aim: str = "out") -> Question:
    mobility = MobilityProfile(
        name="on_foot",
        speed_kmh=4.0,
        hours_per_day=8.0,
        slope_limit_deg=35.0,
        water_crossing_h=12.0,
        source="test",
    )
    party = Party(name="The group", kind=kind, aim=aim, actor=actor, mobility=mobility)
    return Question(party=party, area_text="the area", area=make_region("the area", area), at=AT, within_h=14 * 24)


@pytest.fixture(scope="session")
def build() -> SimpleNamespace:
    """Builders by name."""
    return SimpleNamespace(
        at=AT,
        step=STEP,
        document=make_document,
        region=make_region,
        claim=make_claim,
        actor=make_actor,
        question=make_question,
        box=shapely.box,
    )


@pytest.fixture(autouse=True, scope="session")
def _no_data_of_ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the developer has added with `wayout data` out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYOUT_DATA", str(tmp_path_factory.mktemp("no-data")))
        yield
