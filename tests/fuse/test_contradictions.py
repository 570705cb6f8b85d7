import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.belief import Belief
from wayout.fuse.contradictions import find_contradictions
from wayout.model import Quantity, Source, TimeValue


@pytest.fixture(scope="module")
def say(build):
    town = build.region("the town", build.box(40.0, 34.0, 40.1, 34.1))

    def make(words, predicate, days_ago=0, *, by="Test Wire", day=None, count=None, **fields):
        own = random.Random(f"{by} {days_ago} {day} {count}")
        filler = " ".join(str(own.randrange(10**6)) for _ in range(120))  # no two reports copy each other
        document = build.document(f"{filler} {words}", published=build.at - timedelta(days=days_ago))
        document = replace(document, source=Source(name=by, reliability="B"))
        if day is not None:
            fields["time"] = TimeValue(text="d", span=document.span(0, 1), start=day, end=day, date_prec=1)
        if count is not None:
            low, high = count
            fields["quantity"] = Quantity(text="n", span=document.span(0, 1), unit="person", low=low, high=high)
        return document, build.claim(document, words, predicate, regions={"at": town}, **fields)

    return make


def _find(build, *said):
    documents, claims = zip(*said, strict=True)
    ordered = sorted(claims, key=lambda c: (c.document, c.evidence[0].start, c.id))
    return find_contradictions(ordered, Belief(claims, documents, build.at))


def _pairs(found):
    return {(frozenset((c.first, c.second)), c.kind) for c in found}


def test_two_holders_of_one_place_at_one_time(build, say):
    one = say("The rebels hold", "holds", 1, subject="rebels")
    two = say("the army holds", "holds", 2, subject="army", by="Other Wire")
    (found,) = _find(build, one, two)
    assert {found.first, found.second} == {one[1].id, two[1].id}
    assert found.kind == "holder"
    assert "" not in found.origins
    assert found.origins[0] != found.origins[1]
    assert "holder" in found.why


def test_a_change_of_hands_contradicts_nothing(build, say):
    held = say("The rebels hold", "holds", 3, subject="rebels")
    taken = say("the army holds", "takes", 2, subject="army", by="Other Wire")
    long_ago = say("the army holds", "holds", 40, subject="army", by="Third Wire")
    assert _find(build, held, taken) == ()
    assert _find(build, held, long_ago) == ()


def test_sealed_by_one_report_and_open_by_another(build, say):
    shut, open_ = say("it is closed", "seals", 1), say("the road is open", "way_open", 1, by="Other Wire")
    assert _pairs(_find(build, shut, open_)) == {(frozenset((shut[1].id, open_[1].id)), "open_or_closed")}
    opened_later = say("the road is open", "opens", 0, by="Other Wire")
    assert _find(build, shut, opened_later) == ()


def test_a_source_that_contradicts_itself_is_said_to(build, say):
    found = _find(build, say("it is closed", "seals", 1), say("the road is open", "opens", 1))
    assert [c.kind for c in found] == ["itself"]
    assert found[0].origins[0] == found[0].origins[1]


def test_numbers_clash_only_beyond_their_ranges(build, say):
    day = date(2024, 5, 30)
    few = say("ten were killed", "attacks", count=(8, 12), day=day)
    more = say("ten were killed", "attacks", count=(12, 15), day=day, by="Other Wire")
    many = say("ten were killed", "attacks", count=(40, 40), day=day, by="Third Wire")
    elsewhen = say("ten were killed", "attacks", count=(90, 90), day=date(2024, 5, 1), by="Third Wire")
    assert _find(build, few, more, elsewhen) == ()
    assert _pairs(_find(build, few, more, many)) == {(frozenset((few[1].id, many[1].id)), "figures")}


def test_days_given_for_one_deed_clash_when_near_and_are_two_deeds_when_far(build, say):
    may = [say("the army holds", "takes", subject="army", day=date(2024, 5, d), by=f"Wire {d}") for d in (3, 5)]
    april = say("the army holds", "takes", subject="army", day=date(2024, 4, 1), by="Old Wire")
    assert [c.kind for c in _find(build, *may)] == ["dates"]
    assert _find(build, may[0], april) == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_claims_and_copies_change_no_pair(build, say, order):
    said = [
        say("The rebels hold", "holds", 1, subject="rebels"),
        say("the army holds", "holds", 1, subject="army", by="Other Wire"),
        say("it is closed", "seals", 1, by="Third Wire"),
        say("the road is open", "opens", 1),
    ]
    assert _find(build, *order.sample(said, len(said))) == _find(build, *said)


def test_ten_thousand_claims_about_one_place_are_shown_without_pairing_all(build, say):
    document, claim = say("it is closed", "seals", 1)
    _, other = say("the road is open", "opens", 1, by="Other Wire")
    said = [replace(claim, id=f"c{i}") for i in range(5000)] + [
        replace(other, document=document.id, id=f"o{i}") for i in range(5000)
    ]
    found = find_contradictions(said, Belief(said, [document], build.at))
    assert len(found) == 1  # one mouth on one day, however often copied
