"""Draws as bits: 64 of them a machine word, packed from tables or drawn at once."""

import numpy as np
from numpy.typing import NDArray


def pack_bits(draws: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """
    Pack true and false into words.

    Parameters
    ----------
    draws
        Shape (draws, things).

    Returns
    -------
    words
        Shape (things, words): bit k of word w is draw 64 w + k; bits beyond the last draw are 0.

    Examples
    --------
    >>> pack_bits(np.array([[True], [False], [True]])).tolist()
    [[5]]
    """
    n_draws, n_things = draws.shape
    n_words = -(-n_draws // 64)
    packed = np.zeros((n_things, 8 * n_words), dtype=np.uint8)
    packed[:, : -(-n_draws // 8)] = np.packbits(draws, axis=0, bitorder="little").T
    return packed.view("<u8").astype(np.uint64, copy=False)


def unpack_bits(words: NDArray[np.uint64], n_draws: int) -> NDArray[np.bool_]:
    """
    Undo :func:`pack_bits`.

    Parameters
    ----------
    words
        Shape (things, words).
    n_draws
        Number of draws.

    Returns
    -------
    draws
        Shape (draws, things).

    Examples
    --------
    >>> unpack_bits(np.array([[5]], dtype=np.uint64), 3).tolist()
    [[True], [False], [True]]
    """
    flat = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    return np.unpackbits(flat, axis=1, count=n_draws, bitorder="little").T.astype(bool)
