"""A judgement says when, by whom and what, in one way only; its chain shows what was altered."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError, ProvenanceError
from wayout.model import broken_links, canonical_json, chained, judgement_hash, make_judgement

AT = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
LETTERS = st.characters() | st.sampled_from("\ud800\x00\x7f\u2028")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=3), inner, max_size=3),
    max_leaves=8,
)


def judged(value=1, **fields):
    return make_judgement(
        **{"kind": "rating", "about": "doc-1", "made_at": AT, "by": "an analyst", "value": value, **fields}
    )


def chain_of(*values):
    made, previous = [], ""
    for value in values:
        made.append(chained(judged(value), previous))
        previous = judgement_hash(made[-1])
    return made


@given(JSON)
def test_any_json_is_kept_as_it_is(value):
    assert judged(value).value() == value


@given(JSON)
def test_canonical_json_is_the_same_again_and_can_be_encoded(value):
    text = canonical_json(value)
    assert canonical_json(json.loads(text)) == text
    assert text.encode()
    assert "\x00" not in text


def test_the_id_is_what_was_said_whatever_the_zone():
    elsewhere = AT.astimezone(timezone(timedelta(hours=3)))
    assert judged().id == judged(made_at=elsewhere).id
    assert judged(made_at=elsewhere).made_at.utcoffset() == timedelta(0)
    others = [
        judged(2),
        judged(by="b"),
        judged(about="doc-2"),
        judged(kind="forecast"),
        judged(made_at=AT + timedelta(seconds=1)),
    ]
    assert len({judged().id, *(other.id for other in others)}) == 6


@pytest.mark.parametrize(
    "fields",
    [
        {"made_at": datetime(2026, 1, 1)},
        {"kind": "Rating!"},
        {"kind": ""},
        {"about": ""},
        {"about": "a\nb"},
        {"by": "\x00"},
        {"by": "\ud800"},
        {"value": float("nan")},
        {"value": AT},
    ],
)
def test_what_cannot_be_kept_is_refused(fields):
    with pytest.raises(InputError):
        judged(**fields)


@pytest.mark.parametrize("body", ["", "{", '{"b":1,"a":2}', '{"a": 1}', "NaN", '"\\u0041"', '{"a":1,"a":2}', "1e999"])
def test_a_body_is_canonical_json(body):
    with pytest.raises(InputError, match="canonical"):
        replace(judged(), body=body)


def test_a_whole_chain_has_no_broken_link():
    assert broken_links(chain_of(1, 2, 3)) == ()
    assert broken_links([]) == ()


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize(
    "change", [{"by": "somebody else"}, {"body": "9"}, {"about": "doc-2"}, {"made_at": AT + timedelta(days=1)}]
)
def test_an_altered_judgement_breaks_the_link_behind_it(at, change):
    chain = chain_of(1, 2, 3, 4)
    chain[at] = replace(chain[at], **change)
    assert broken_links(chain) == (chain[at + 1].id,)


def test_one_removed_or_put_in_between_breaks_the_chain():
    chain = chain_of(1, 2, 3)
    assert broken_links([chain[0], chain[2]]) == (chain[2].id,)
    assert broken_links([chain[1], chain[0], chain[2]])
    assert broken_links([*chain[:2], judged(9), chain[2]])


def test_a_judgement_keeps_its_place():
    first, second, _ = chain_of(1, 2, 3)
    assert chained(second, judgement_hash(first)) == second
    with pytest.raises(ProvenanceError, match="stands behind"):
        chained(second, "")
