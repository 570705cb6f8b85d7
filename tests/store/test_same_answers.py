"""Both backends, filled alike, are asked anything: the answers are the same."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from wayout.store.base import ClaimFilter
from wayout.store.open import open_store

AT = datetime(2024, 6, 1, tzinfo=UTC)
WORDS = ("army", "took", "Aleppo", "left", "Homs", "Hay\u2019at", "\u062d\u0644\u0628", "3,500", "the")
ACTORS = ("hts", "the-army", "isis", None)
EDGES = [-180.0, -10.0, -5.0, 0.0, 0.5, 1.0, 5.0, 10.0, 180.0]
"""Where corners of outlines and boxes often meet: an edge in common is where two answers would differ."""


def some_shape(chance, build):
    def corner():
        return (chance.choice(EDGES[1:-1]), chance.choice(EDGES[1:-1]))

    kind = chance.randrange(5)
    if kind == 0:
        return shapely.Point(corner())
    if kind == 1:
        return shapely.LineString([corner(), (corner()[0] + 0.25, 3.0)])
    if kind == 2:
        return build.box(*corner(), 12.0, 12.0)
    if kind == 3:
        return shapely.Polygon([corner(), (11.0, 2.0), corner(), (0.1, 11.0)])  # some cross themselves
    return shapely.MultiPoint([corner(), corner()])


@pytest.fixture(scope="module")
def both(server, build, reports):
    chance = random.Random(1)
    readings = []
    for i in range(60):
        said = " ".join(chance.choices(WORDS, k=4))
        more = {
            "subject": chance.choice(ACTORS),
            "object": chance.choice(ACTORS),
            "regions": {"at": build.region("there", some_shape(chance, build))},
        }
        claims = ((f"{said} {i}", chance.choice(["takes", "loses", "holds"]), more),)
        readings.append(reports.reading(f"{said} {i}.", hours=chance.randrange(50), claims=claims))
    with open_store(":memory:") as one, open_store(server.place("asked")) as other:
        one.add_readings(readings, "1")
        for reading in reversed(readings):
            other.add_readings([reading], "1")
        yield one, other


def ask_both(both, which):
    one, other = (store.claims(which) for store in both)
    assert one == other
    return one


edges = st.sampled_from(EDGES) | st.floats(-15, 15)
boxes = st.tuples(
    edges, st.floats(-15, 0) | st.sampled_from([-5.0, 0.0]), edges, st.floats(0, 15) | st.sampled_from([0.0, 0.5, 5.0])
)


@given(boxes)
@example((-180.0, -1.9524571180634717e-177, -5.0, 2.3641503426222766e-63))  # thinner than either library reckons
def test_any_box(both, bbox):
    ask_both(both, ClaimFilter(bbox=bbox))


@given(
    st.builds(
        ClaimFilter,
        until=st.none() | st.integers(0, 60).map(lambda hours: AT + timedelta(hours=hours)),
        bbox=st.none() | boxes,
        actors=st.none() | st.lists(st.sampled_from(ACTORS[:-1]), max_size=2).map(tuple),
        predicates=st.none() | st.lists(st.sampled_from(["takes", "loses"]), max_size=2).map(tuple),
        text=st.none() | st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join),
        limit=st.none() | st.integers(0, 20),
        offset=st.integers(0, 20),
    )
)
def test_any_question(both, which):
    ask_both(both, which)


def test_the_questions_are_answered_at_all(both):
    assert len(ask_both(both, ClaimFilter())) == 60
    assert 5 < len(ask_both(both, ClaimFilter(bbox=(0, 0, 1, 1)))) < 60
    assert 0 < len(ask_both(both, ClaimFilter(text="aleppo hayat"))) < 60


def test_whole_contents_are_the_same(both):
    one, other = both
    assert list(one.export()) == list(other.export())
    assert one.documents() == other.documents()
