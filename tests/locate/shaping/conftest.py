"""The shipped gazetteer for tests of phrases."""

from collections.abc import Callable

import pytest

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase
from wayout.model import Region


@pytest.fixture
def locate() -> Callable[..., Region]:
    """Locate a phrase; the n-th country spoken of has weight 1/n."""

    def with_countries(phrase: str, *countries: str) -> Region:
        context = PhraseContext(countries={code: 1 / (i + 1) for i, code in enumerate(countries)})
        return locate_phrase(phrase, open_gazetteer(), context)

    return with_countries
