"""Records come back from JSON exactly as they were."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import BackendError, InputError
from wayout.model import (
    Attribution,
    Claim,
    Document,
    Mention,
    Miss,
    Place,
    PlaceUse,
    Quantity,
    Region,
    Source,
    Span,
    Step,
    TimeValue,
    WeightedGeometry,
)
from wayout.model.claim import EventType, Modality, Mood, PlaceRole, Predicate, Tense
from wayout.model.mention import MentionKind, MentionRoute
from wayout.model.place import PlaceKind
from wayout.store.records import (
    Shapes,
    claim_text,
    claims_of,
    document_of,
    document_text,
    dumps,
    reading_part,
    reading_text,
    source_text,
)

LETTERS = st.characters() | st.sampled_from('\ud800\udfff\x00\x7f\u202e"\\\n')
"""Any, and often those that no database or no JSON takes as they are."""
ANY_TEXT = st.text(LETTERS, max_size=8)
NAME = st.text(LETTERS, min_size=1, max_size=8)
OWN = "doc-own"


def maybe(strategy):
    return st.none() | strategy


def choice(literal):
    return st.sampled_from(get_args(literal))


def degrees(most):
    return st.floats(-most, most, allow_nan=False)


spans = st.builds(
    lambda document, start, length: Span(document=document, start=start, end=start + length),
    st.sampled_from([OWN, OWN, OWN, "doc-other"]),
    st.integers(0, 10**6),
    st.integers(1, 100),
)
steps = st.builds(
    Step,
    name=ANY_TEXT,
    version=ANY_TEXT,
    parameters=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=2).map(tuple),
    seed=maybe(st.integers()),
)
points = st.tuples(degrees(180), degrees(90))
geometries = st.one_of(
    points.map(shapely.Point),
    st.lists(points, min_size=2, max_size=4, unique=True).map(shapely.LineString),
    st.lists(points, min_size=3, max_size=5).map(shapely.Polygon),
    st.lists(points, min_size=1, max_size=3).map(shapely.MultiPoint),
    st.tuples(degrees(180), degrees(90), degrees(5000)).map(shapely.Point),
    st.sampled_from(
        [shapely.from_wkt("POLYGON EMPTY"), shapely.from_wkt("GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))")]
    ),
)
places = st.builds(
    Place,
    id=ANY_TEXT,
    name=ANY_TEXT,
    kind=choice(PlaceKind),
    country=maybe(ANY_TEXT),
    admin1=maybe(ANY_TEXT),
    pcode=maybe(ANY_TEXT),
    lon=degrees(180),
    lat=degrees(90),
    population=maybe(st.integers(0, 10**9)),
)


@st.composite
def regions(draw):
    shapes = draw(st.lists(geometries, min_size=1, max_size=3))
    parts = tuple(WeightedGeometry(geometry=g, place=draw(maybe(places)), weight=1 / len(shapes)) for g in shapes)
    return Region(
        phrase=draw(ANY_TEXT),
        parts=parts,
        where_prec=draw(st.integers(1, 7)),
        radius_km=draw(st.floats(0, 1e6)),
        radius50_km=draw(maybe(st.floats(-1e6, 1e6))),
        method=draw(ANY_TEXT),
        why=draw(ANY_TEXT),
        bearing_deg=draw(maybe(st.floats(0, 360))),
        places=tuple(draw(st.lists(places, max_size=2))),
        evidence=tuple(draw(st.lists(spans, max_size=2))),
        made_by=draw(steps),
    )


place_uses = st.builds(
    PlaceUse,
    role=choice(PlaceRole),
    phrase=ANY_TEXT,
    span=spans,
    region=maybe(regions()),
    alternative=maybe(st.integers(0, 9)),
)
amounts = maybe(st.floats(0, 1e12))
quantities = st.builds(Quantity, text=ANY_TEXT, span=spans, unit=ANY_TEXT, value=amounts, low=amounts, high=amounts)
times = st.builds(
    TimeValue, text=ANY_TEXT, span=spans, start=maybe(st.dates()), end=maybe(st.dates()), date_prec=st.integers(1, 5)
)
attributions = st.recursive(
    st.builds(
        Attribution,
        name=ANY_TEXT,
        actor=maybe(ANY_TEXT),
        source_span=maybe(spans),
        cue_span=maybe(spans),
        named=st.booleans(),
    ),
    lambda inner: st.builds(
        Attribution, name=ANY_TEXT, actor=st.none(), source_span=st.none(), cue_span=st.none(), via=inner
    ),
    max_leaves=3,
)
claims = st.builds(
    Claim,
    id=NAME,
    document=st.just(OWN),
    predicate=choice(Predicate),
    subject=maybe(ANY_TEXT),
    object=maybe(ANY_TEXT),
    subject_text=maybe(ANY_TEXT),
    object_text=maybe(ANY_TEXT),
    places=st.lists(place_uses, max_size=2).map(tuple),
    quantity=maybe(quantities),
    time=maybe(times),
    attributed_to=maybe(attributions),
    polarity=st.sampled_from([1, -1]),
    modality=choice(Modality),
    mood=choice(Mood),
    tense=choice(Tense),
    certainty=st.floats(-3, 3),
    condition=maybe(ANY_TEXT),
    because=st.lists(ANY_TEXT, max_size=2).map(tuple),
    event_type=maybe(choice(EventType)),
    sub_event_type=maybe(ANY_TEXT),
    instrument=maybe(spans),
    denies=maybe(ANY_TEXT),
    credibility=maybe(st.integers(1, 5)),
    words=st.lists(spans, max_size=2).map(tuple),
    evidence=st.lists(spans, min_size=1, max_size=2).map(tuple),
    made_by=steps,
)
zones = st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(-timedelta(hours=3, minutes=30))])
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)
documents = st.builds(
    Document,
    id=st.just(OWN),
    text=ANY_TEXT,
    title=maybe(ANY_TEXT),
    source=st.builds(Source, name=ANY_TEXT, reliability=st.sampled_from("ABCDEF"), url=maybe(ANY_TEXT)),
    url=maybe(ANY_TEXT),
    byline=maybe(ANY_TEXT),
    published=maybe(moments),
    retrieved=maybe(moments),
    language=maybe(ANY_TEXT),
    made_by=steps,
)
mentions = st.builds(
    Mention,
    span=spans,
    text=ANY_TEXT,
    kind=choice(MentionKind),
    ref=maybe(ANY_TEXT),
    route=choice(MentionRoute),
    candidates=st.lists(ANY_TEXT, max_size=2).map(tuple),
)
misses = st.builds(Miss, what=ANY_TEXT, why=ANY_TEXT)


def keepable(text):
    """A text that every database takes."""
    return bool(text.encode()) and "\x00" not in text


def through(claim):
    shapes = Shapes()
    text, on = claim_text(claim, shapes)
    assert keepable(text)
    assert on == shapes.wkb.keys()
    kept = {key: shapely.from_wkb(wkb) for key, wkb in shapes.wkb.items()}
    (back,) = claims_of([(text, claim.document)], kept)
    return back


@given(claims)
def test_claims(claim):
    back = through(claim)
    assert back == claim
    for mine, its in zip(claim.places, back.places, strict=True):
        for ours, theirs in zip(
            mine.region.parts if mine.region else (), its.region.parts if its.region else (), strict=True
        ):
            assert shapely.to_wkb(ours.geometry) == shapely.to_wkb(theirs.geometry)


@given(documents)
def test_documents(document):
    body, source, text = document_text(document), source_text(document.source), dumps(document.text)
    assert all(keepable(one) for one in (body, source, text))
    back = document_of(body, document.id, json.loads(text), source)
    assert back == document
    if document.published is not None:
        assert back.published.utcoffset() == document.published.utcoffset()


@given(st.lists(mentions, max_size=3), st.lists(times, max_size=3), st.lists(misses, max_size=3))
def test_what_a_reading_holds_beside_claims(some_mentions, some_times, some_misses):
    text = reading_text(OWN, some_mentions, some_times, some_misses)
    assert keepable(text)
    assert reading_part(text, OWN, "mentions") == tuple(some_mentions)
    assert reading_part(text, OWN, "times") == tuple(some_times)
    assert reading_part(text, OWN, "misses") == tuple(some_misses)


def test_every_field_of_a_claim_and_a_document_is_tried():
    """A new field must be added to the strategies above."""
    tried = {
        "id",
        "document",
        "predicate",
        "subject",
        "object",
        "subject_text",
        "object_text",
        "places",
        "quantity",
        "time",
    }
    tried |= {
        "attributed_to",
        "polarity",
        "modality",
        "mood",
        "tense",
        "certainty",
        "condition",
        "because",
        "event_type",
    }
    tried |= {"sub_event_type", "instrument", "denies", "credibility", "words", "evidence", "made_by"}
    assert {spec.name for spec in fields(Claim)} == tried


def test_one_outline_is_kept_once(build):
    document = build.document("They hold it. They hold it again.")
    outline = build.box(0, 0, 1, 1)
    shapes = Shapes()
    for words in ("They hold it.", "They hold it again."):
        claim_text(build.claim(document, words, "holds", regions={"at": build.region("it", outline)}), shapes)
    claim_text(
        build.claim(document, "They", "holds", regions={"at": build.region("it", build.box(0, 0, 1, 1))}), shapes
    )
    assert len(shapes.wkb) == 1


def test_numbers_of_numpy_become_plain(build):
    document = build.document("They hold it.")
    claim = build.claim(document, "They hold it", "holds", certainty=np.float64(2.0), credibility=np.int64(3))
    back = through(claim)
    assert back == claim
    assert type(back.credibility) is int


def test_a_number_that_is_none_is_refused(build):
    region = replace(build.region("it", shapely.Point(0, 0)), radius50_km=float("inf"))
    document = build.document("They hold it.")
    claim = build.claim(document, "They hold it", "holds", regions={"at": region})
    with pytest.raises(InputError, match="make the number finite"):
        claim_text(claim, Shapes())


def test_a_field_of_a_newer_version_is_said_by_name(build):
    claim = build.claim(build.document("They hold it."), "They hold it", "holds")
    said = {**json.loads(claim_text(claim, Shapes())[0]), "mood_of_the_day": 1}
    with pytest.raises(BackendError, match=r"mood_of_the_day.*update Wayout"):
        claims_of([(json.dumps(said), claim.document)], {})


def test_a_field_that_an_older_version_did_not_have_gets_its_default(build):
    claim = build.claim(build.document("They hold it."), "They hold it", "holds")
    said = json.loads(claim_text(claim, Shapes())[0])
    del said["mood"]
    assert claims_of([(json.dumps(said), claim.document)], {}) == (claim,)
