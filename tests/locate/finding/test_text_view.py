"""A text laid out for the rules."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.finding.text_view import look_at
from wayout.text.english import parse_text


@settings(deadline=None)
@given(st.text(max_size=200))
def test_words_and_gaps_are_the_text(text: str) -> None:
    view = look_at(text, None, ())
    for start, end, word in zip(view.starts, view.ends, view.words, strict=True):
        assert text[start:end] == word
    assert sorted(view.starts) == view.starts
    assert len({len(column) for column in (view.starts, view.keys, view.tags, view.opens, view.entities)}) == 1


def test_genitives_and_stops_are_left_out_initials_keep_theirs() -> None:
    view = look_at("Mali's army met the U.S. envoy in Gao.", None, ())
    assert view.words == ["Mali", "army", "met", "the", "U.S.", "envoy", "in", "Gao"]


def test_entities_lie_on_words() -> None:
    text = "Officials in Nairobi spoke."
    view = look_at(text, parse_text(text), ())
    entity = view.entities[view.words.index("Nairobi")]
    assert entity is not None
    assert (entity.label, text[entity.start : entity.end]) == ("GPE", "Nairobi")
