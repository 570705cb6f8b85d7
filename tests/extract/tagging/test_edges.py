"""Where one thing ends and the next begins: the cuts, on stretches made by hand."""

from wayout.extract.tagging.edges import Stretch, mend
from wayout.extract.tagging.view import EntityView, view_entities
from wayout.model.document import Span
from wayout.model.identity import DocumentId
from wayout.model.mention import Mention, MentionKind
from wayout.text.english import parse_text


def view(text: str, **named: MentionKind) -> EntityView:
    mentions = []
    for words, kind in named.items():
        start = text.index(words)
        span = Span(document=DocumentId("doc"), start=start, end=start + len(words))
        mentions.append(Mention(span=span, text=words, kind=kind, ref=None, route="name"))
    return view_entities(parse_text(text), mentions, [])


def mended(seen: EntityView, text: str, words: str, kind: str) -> list[tuple[str, str]]:
    start = text.index(words)
    inside = [i for i, s in enumerate(seen.starts) if start <= s < start + len(words)]
    pieces = mend(seen, [Stretch(inside[0], inside[-1] + 1, kind)])
    return [(text[seen.starts[p.first] : seen.ends[p.last - 1]], p.type) for p in pieces]


def test_a_place_after_in_is_its_own_thing() -> None:
    text = "They fought Ansaru in Kaduna last year."
    seen = view(text, Ansaru="actor", Kaduna="place")
    assert mended(seen, text, "Ansaru in Kaduna", "Organisation") == [
        ("Ansaru", "Organisation"),
        ("Kaduna", "Location"),
    ]


def test_and_between_nouns_parts_and_between_adjectives_joins() -> None:
    text = "The militia and its backers met Kurdish and Arab fighters."
    seen = view(text)
    assert mended(seen, text, "militia and its backers", "Organisation")[0] == ("militia", "Organisation")
    whole = "Kurdish and Arab fighters"
    assert mended(seen, text, whole, "Organisation") == [(whole, "Organisation")]


def test_a_comma_parts_office_and_name_but_not_a_document() -> None:
    text = "The governor, Aung Min, read the report on camps, roads and wells."
    seen = view(text)
    assert mended(seen, text, "governor, Aung Min", "Person") == [("governor", "Person"), ("Aung Min", "Person")]
    whole = "report on camps, roads and wells"
    assert mended(seen, text, whole, "DocumentReference") == [(whole, "DocumentReference")]


def test_a_listed_name_left_out_is_added() -> None:
    text = "Fighting near Mocha goes on."
    seen = view(text, Mocha="place")
    assert [p.type for p in mend(seen, [])] == ["Location"]
