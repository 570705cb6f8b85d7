from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.cover import Cover

stretches = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (min(p), max(p))), max_size=6)


@given(stretches, st.integers(0, 40), st.integers(0, 40))
def test_a_cover_meets_what_shares_a_code_point(taken, start, end):
    cover = Cover(41, taken)
    shares = any(a <= i < b for a, b in taken for i in range(start, end))
    assert cover.meets(start, end) == shares
