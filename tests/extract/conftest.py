"""Documents of a text for the tests of EXTRACT: with literal mentions, or read with the shipped actors and places."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache

import pytest

from wayout.extract.actors import find_actors, open_actors
from wayout.extract.claims import extract_claims
from wayout.extract.time import find_times
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Claim, Document, Mention, Source, Step, document_id
from wayout.text.english import parse_text


class Book:
    """Stands in for the actor book: claims only hand it on."""

    def actor(self, ref: str) -> None:
        """Know nobody."""


def written(text: str, published: date | None = None) -> Document:
    """Make a document of a text."""
    when = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="test"),
        url=None,
        byline=None,
        published=when,
        retrieved=None,
        language="en",
        made_by=Step(name="test", version="1"),
    )


def named(document: Document, actors: Mapping[str, str], places: Sequence[str]) -> list[Mention]:
    """Find the words as mentions: longer words first, never overlapping; refs with "person:" are persons."""
    found: list[Mention] = []
    words = [*((w, ref) for w, ref in actors.items()), *((w, None) for w in places)]
    for phrase, ref in sorted(words, key=lambda item: -len(item[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", document.text):
            span = document.span(match.start(), match.end())
            if any(span.overlaps(other.span) for other in found):
                continue
            kind = "place" if ref is None else "person" if ref.startswith("person:") else "actor"
            found.append(Mention(span=span, text=phrase, kind=kind, ref=ref, route="name"))  # type: ignore[arg-type]
    return found


ACTORS = {
    "RSF": "rsf", "Sudanese army": "saf", "SAF": "saf", "JNIM": "jnim", "Malian army": "mali", "Wagner": "wagner",
    "Russian forces": "rus", "Russia": "rus", "Ukrainian forces": "ukr", "Ukraine": "ukr", "Houthis": "houthis",
    "coalition": "coalition", "Israeli army": "idf", "Israel": "isr", "Hamas": "hamas", "TPLF": "tplf",
    "Ethiopian army": "endf", "Fano": "fano", "M23": "m23", "Congolese army": "fardc", "Boko Haram": "boko-haram",
    "Nigerian army": "nga", "WFP": "wfp", "UN": "un", "Red Crescent": "rc", "residents": "civilians",
    "families": "civilians", "civilians": "civilians", "Families": "civilians", "Residents": "civilians",
    "Civilians": "civilians", "General Hemedti": "person:hemedti", "Turkey": "tur", "Egypt": "egy", "Rwanda": "rwa",
    "The convoy": "wfp", "militants": "jnim",
}  # fmt: skip
PLACES = (
    "El Fasher", "Tawila", "North Darfur", "Chad", "Khartoum", "Omdurman", "Timbuktu", "Gao", "northern Mali", "Kidal",
    "the Algerian border", "Mariupol", "Zaporizhzhia", "Bakhmut", "Kherson", "east of the Dnipro", "Hodeidah", "Sanaa",
    "Taiz", "Rafah", "Gaza", "northern Gaza", "Khan Younis", "Mekelle", "Tigray", "Afar", "Amhara", "Goma", "Bukavu",
    "the border with Eritrea", "the road to Sake", "Lake Kivu", "Lake Chad", "Maiduguri", "the Rafah crossing",
    "the Adre crossing", "the south", "the north", "the west", "the east", "south", "west", "north", "Zamzam camp",
    "Nyala", "Libya", "Niger", "Sake", "Kosti", "Port Sudan", "the border with Egypt",
)  # fmt: skip


def _places(claim: Claim) -> set[tuple[str, str]]:
    return {(place.role, place.phrase) for place in claim.places}


def _claims_of(text: str, published: date | None = None) -> tuple[Claim, ...]:
    document = written(text, published)
    parsed = parse_text(text)
    mentions = named(document, ACTORS, PLACES)
    return extract_claims(document, parsed, mentions, find_times(document, parsed, published), Book())


@cache
def _read(text: str) -> tuple[Claim, ...]:
    document, parsed, book = written(text), parse_text(text), open_actors()
    actors = find_actors(document, parsed, book)
    places = find_places(document, parsed, open_gazetteer(), [m.span for m in actors])
    return extract_claims(document, parsed, [*actors, *places], find_times(document, parsed, None), book)


@pytest.fixture(scope="session")
def read() -> Callable[[str], tuple[Claim, ...]]:
    """Give the function that reads the claims of a text with the shipped actors and places."""
    return _read


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    """Give the function that makes a document of a text."""
    return written


@pytest.fixture(scope="session")
def claims_of() -> Callable[..., tuple[Claim, ...]]:
    """Give the function that extracts the claims of a text with literal mentions."""
    return _claims_of


@pytest.fixture(scope="session")
def places_of() -> Callable[[Claim], set[tuple[str, str]]]:
    """Give the function that returns the places of a claim as (role, phrase)."""
    return _places


@pytest.fixture(scope="session")
def only() -> Callable[[tuple[Claim, ...], str], Claim]:
    """Give the function that returns the one claim of a predicate."""

    def pick(claims: tuple[Claim, ...], predicate: str) -> Claim:
        found = [claim for claim in claims if claim.predicate == predicate]
        assert len(found) == 1, [c.predicate for c in claims]
        return found[0]

    return pick
