import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wayout.move.worlds.draw_bits import pack_bits, unpack_bits


@settings(deadline=None)
@given(draws=arrays(np.bool_, st.tuples(st.integers(1, 200), st.integers(1, 3))))
def test_bits_come_back(draws):
    words = pack_bits(draws)
    assert words.shape == (draws.shape[1], -(-len(draws) // 64))
    np.testing.assert_array_equal(unpack_bits(words, len(draws)), draws)
