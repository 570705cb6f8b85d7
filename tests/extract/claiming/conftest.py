"""Claims of a text as the shipped book of actors and gazetteer read it."""

from collections.abc import Callable

import pytest

from wayout.extract.actors import find_actors, open_actors
from wayout.extract.claims import extract_claims
from wayout.extract.time import find_times
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Claim, Document, Source, Step, document_id
from wayout.text.english import parse_text


def _read(text: str) -> tuple[Claim, ...]:
    document = Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=None,
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="1"),
    )
    parsed, book = parse_text(text), open_actors()
    actors = find_actors(document, parsed, book)
    places = find_places(document, parsed, open_gazetteer(), [m.span for m in actors])
    return extract_claims(document, parsed, [*actors, *places], find_times(document, parsed, None), book)


@pytest.fixture(scope="session")
def read() -> Callable[[str], tuple[Claim, ...]]:
    """Give the function that reads the claims of a text with the shipped actors and places."""
    return _read
