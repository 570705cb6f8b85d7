"""Sets of barriers as bits: barrier b is bit b % 64 of word b // 64."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def pack(flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """
    Pack flags into words.

    Parameters
    ----------
    flags
        Shape (n, barriers).

    Returns
    -------
    words
        Shape (n, words), at least one word.

    Examples
    --------
    >>> pack(np.array([[True, False, True]])).tolist()
    [[5]]
    """
    n, barriers = flags.shape
    words = max(1, -(-barriers // 64))
    packed = np.zeros((n, words * 8), dtype=np.uint8)
    inside = np.packbits(flags, axis=1, bitorder="little")
    packed[:, : inside.shape[1]] = inside
    return packed.view("<u8").astype(np.uint64)


def unpack(words: NDArray[np.uint64], barriers: int) -> NDArray[np.bool_]:
    """
    Undo :func:`pack`.

    Parameters
    ----------
    words
        Shape (n, words).
    barriers
        How many there are.

    Returns
    -------
    flags
        Shape (n, barriers).

    Examples
    --------
    >>> unpack(np.array([[5]], dtype=np.uint64), 3).tolist()
    [[True, False, True]]
    """
    flat = np.ascontiguousarray(words.astype("<u8")).view(np.uint8)
    return np.unpackbits(flat, axis=1, count=barriers, bitorder="little").astype(bool)


def words_of(sets: Iterable[Iterable[int]], barriers: int) -> NDArray[np.uint64]:
    """Return sets of barriers as words, shape (sets, words)."""
    sets = [tuple(s) for s in sets]
    flags = np.zeros((len(sets), barriers), dtype=bool)
    for row, members in enumerate(sets):
        flags[row, list(members)] = True
    return pack(flags)
