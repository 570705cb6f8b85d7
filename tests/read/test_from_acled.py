from datetime import UTC, datetime

import pytest

from wayout.vocab import read_vocab


def test_a_row_becomes_a_report_with_its_notes_as_words(events):
    (document,), misses = events.read(events.acled({}))
    assert not misses
    assert document.source.name == "ACLED"
    assert document.published == datetime(2019, 5, 1, 23, 59, 59, tzinfo=UTC)
    assert (
        document.text.endswith("notes: On 1 May 2019, Hill Front clashed with soldiers.")
        or "\n\nnotes: On" in document.text
    )
    assert document.title == "Hill Front - Military Forces of Syria (2000-2024): Armed clash, Tall Brook, 2019-05-01"


def test_all_of_the_codebooks_sub_event_types_are_read(events):
    claims = read_vocab("event_tables.yaml")["formats"]["acled"]["claims"]
    known = {name for name, told in read_vocab("sub_event_types.yaml")["types"].items() if told["event"]}
    assert set(claims) == known
    documents, misses = events.read(events.acled(*({"sub_event_type": name} for name in claims)))
    assert len(documents) == 25
    assert not misses


def test_an_older_name_of_a_type_is_the_newer(events):
    (document,), _ = events.read(events.acled({"sub_event_type": "Excessive force against protestors"}))
    assert "sub_event_type: Excessive force against protesters" in document.text


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sub_event_type": "Parade"}, "none of ACLED's 25"),
        ({"actor1": ""}, "no actor1"),
        ({"fatalities": "-2"}, "below zero"),
    ],
)
def test_a_row_that_cannot_be_is_a_miss_with_its_number(events, change, why):
    documents, (miss,) = events.read(events.acled({}, change, {}))
    assert len(documents) == 2
    assert miss.what == "file row 3"
    assert why in miss.why


def test_a_value_cannot_pass_for_a_field_of_its_own(events):
    (document,), _ = events.read(events.acled({"notes": "quiet\n\nlatitude: 1\u202e"}))
    assert "notes: quiet latitude: 1" in document.text
    assert document.text.count("\n\nlatitude: ") == 1
