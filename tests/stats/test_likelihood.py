"""The likelihood words follow ICD 203's table, are symmetric and never certain."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.stats.likelihood import (
    likelihood_frame,
    likelihood_table,
    likelihood_term,
    likelihood_words,
    percent,
)

MIRROR = {
    "almost no chance": "almost certain",
    "very unlikely": "very likely",
    "unlikely": "likely",
    "roughly even chance": "roughly even chance",
}
MIRROR |= {value: key for key, value in MIRROR.items()}


@pytest.mark.parametrize(
    ("p", "term"),
    [
        (0.0, "almost no chance"),
        (0.009, "almost no chance"),
        (0.03, "almost no chance"),
        (0.05, "very unlikely"),
        (0.12, "very unlikely"),
        (0.20, "unlikely"),
        (0.44, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.56, "likely"),
        (0.80, "likely"),
        (0.81, "very likely"),
        (0.95, "very likely"),
        (0.96, "almost certain"),
        (0.995, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_terms_follow_the_table(p, term):
    assert likelihood_term(p) == term


def test_the_table_covers_zero_to_one_without_gaps():
    rows = likelihood_table()
    assert rows[0].low == 0
    assert rows[-1].high == 1
    assert all(a.high == b.low for a, b in itertools.pairwise(rows))


@given(st.integers(0, 1000))
def test_the_scale_is_symmetric(n):
    assert likelihood_term(1 - n / 1000) == MIRROR[likelihood_term(n / 1000)]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_gets_a_lower_term(a, b):
    order = [row.term for row in likelihood_table()]
    low, high = sorted((a, b))
    assert order.index(likelihood_term(low)) <= order.index(likelihood_term(high))


@given(st.floats(0, 1))
def test_the_figure_shown_never_contradicts_the_word(p):
    figure = percent(p)
    assert figure not in {"0%", "100%"}
    if figure[0].isdigit():
        assert likelihood_term(int(figure[:-1]) / 100) == likelihood_term(p)
        assert abs(int(figure[:-1]) / 100 - p) <= 0.0101


@given(st.floats(0, 1))
def test_a_frame_holds_the_term_and_the_figure(p):
    frame = likelihood_frame(p)
    assert likelihood_term(p) in frame
    assert f"({percent(p)})" in frame


@pytest.mark.parametrize("p", [-0.1, 1.01, 67, float("nan")])
def test_what_is_not_a_probability_is_refused(p):
    with pytest.raises(InputError, match="outside 0 to 1"):
        likelihood_term(p)


def test_the_second_row_of_the_directive_is_known_so_that_it_can_be_refused():
    assert "highly probable" in likelihood_words()
    assert "likely" in likelihood_words()


def test_rounding_noise_at_a_bound_does_not_change_the_term():
    assert 1 - 0.8 < 0.2
    assert likelihood_term(1 - 0.8) == likelihood_term(0.2) == "unlikely"
