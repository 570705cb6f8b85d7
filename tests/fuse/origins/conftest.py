from dataclasses import replace
from datetime import timedelta

import pytest

from wayout.model import Attribution, Source

WORDS = [
    "convoy",
    "river",
    "bridge",
    "guard",
    "truck",
    "dawn",
    "hill",
    "road",
    "town",
    "gate",
    "flour",
    "market",
    "column",
    "patrol",
    "engine",
    "school",
    "well",
    "camp",
    "tent",
    "field",
    "ridge",
    "valley",
    "wall",
    "tower",
    "mill",
    "canal",
    "depot",
    "order",
    "drivers",
    "women",
    "elders",
    "water",
    "smoke",
    "dust",
    "noon",
    "night",
    "rain",
    "fuel",
]


@pytest.fixture(scope="session")
def report(build):
    """A document of an outlet, on a day after the first."""

    def make(text, outlet="Outlet One", day=0, **fields):
        document = build.document(text, published=None if day is None else build.at + timedelta(days=day))
        return replace(document, source=Source(name=outlet), **fields)

    return make


@pytest.fixture(scope="session")
def told():
    """An attribution to a name."""

    def make(name, *, actor=None, named=True, via=None):
        return Attribution(name=name, actor=actor, source_span=None, cue_span=None, named=named, via=via)

    return make


@pytest.fixture(scope="session")
def story():
    """Running text that no other number gives: words drawn by a fixed rule."""

    def make(number, n_words=80):
        state, words = number * 2654435761 % 2**32 or 1, []
        for _ in range(n_words):
            state = (state * 1664525 + 1013904223) % 2**32
            words.append(WORDS[(state >> 16) % len(WORDS)])
        return " ".join(words)

    return make
