"""Looking actors up by id and name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import NotFoundError
from wayout.extract.naming.actor_book import open_actors

BOOK = open_actors()


def test_unknown_id_says_what_to_do() -> None:
    with pytest.raises(NotFoundError, match="resolve"):
        BOOK.by_id("nobody")


def test_year_puts_the_active_actor_first() -> None:
    assert BOOK.resolve("Government of National Unity", year=2022)[0].id == "government-of-national-unity"
    assert BOOK.resolve("the coalition", year=2005, countries=["IQ"])[0].id == "multi-national-force-iraq"
    assert BOOK.resolve("the coalition", year=2017, countries=["IQ"])[0].id == "us-led-coalition"
    assert BOOK.resolve("the coalition", year=2017, countries=["YE"])[0].id == "saudi-led-coalition"


def test_country_and_capital_resolve_to_the_government() -> None:
    assert BOOK.resolve("Burkina Faso")[0].id == "government-of-burkina-faso"
    assert BOOK.resolve("ouagadougou")[0].id == "government-of-burkina-faso"


def test_side_is_the_outermost_parent() -> None:
    assert BOOK.side_of("tiger-forces") == "government-of-syria"
    assert BOOK.side_of("ypg") == "syrian-democratic-forces"
    assert BOOK.side_of("unknown:x") == "unknown:x"


@given(st.text(max_size=60))
def test_any_text_may_be_asked(name: str) -> None:
    assert all(BOOK.by_id(a.id) == a for a in BOOK.resolve(name))
