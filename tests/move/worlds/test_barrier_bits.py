import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wayout.move.worlds.barrier_bits import pack, unpack, words_of


@given(n=st.integers(0, 130), seed=st.integers(0, 100))
def test_packed_sets_come_back_and_meet_where_they_share_a_barrier(n, seed):
    rng = np.random.default_rng(seed)
    flags = rng.random((6, n)) < 0.3
    words = pack(flags)
    np.testing.assert_array_equal(unpack(words, n), flags)
    np.testing.assert_array_equal(words, words_of([np.flatnonzero(row).tolist() for row in flags], n))
    share = (words[0] & words[1]).any()
    assert share == (flags[0] & flags[1]).any()
