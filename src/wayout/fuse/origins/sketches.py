"""Which texts are worth comparing: MinHash sketches, put in buckets by bands (locality-sensitive hashing)."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.fuse.origins.shingles import Shingles
from wayout.vocab import read_vocab

Sketches = NDArray[np.uint32]

_AT_ONCE = 4096
"""Sketches come as lists of numbers before they are packed: so many at once keep memory small."""


def sketch(sets: Sequence[Shingles]) -> Sketches:
    """
    Return the MinHash sketch of each set of run hashes.

    Parameters
    ----------
    sets
        Run hashes; an empty set meets nothing but other empty ones.

    Returns
    -------
    sketches
        Shape (sets, permutations). Two sets agree in a column with a probability that is their Jaccard similarity.

    References
    ----------
    Broder (1997), doi:10.1109/SEQUEN.1997.666900.
    """
    from rensa import RMinHash

    rules = read_vocab("echo_rules.yaml")["minhash"]
    n = rules["permutations"]
    found = np.empty((len(sets), n), dtype=np.uint32)
    for start in range(0, len(sets), _AT_ONCE):
        part = sets[start : start + _AT_ONCE]
        offsets = np.append(0, np.cumsum([len(s) for s in part])).astype(np.uint64)
        flat = np.concatenate(part).astype(np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, n, rules["seed"])
        found[start : start + len(part)] = matrix.to_rows()
    return found


def meeting(sketches: Sketches, rows: int) -> Iterator[tuple[int, int]]:
    """
    Yield each pair of sketches once that agree in all columns of at least one band.

    In a bucket of more than ``full_bucket`` each is paired with the bucket's first few and the one before it only, so that n
    copies make a number of pairs linear in n; they stay joined by a chain.

    Parameters
    ----------
    sketches
        Shape (sets, permutations), in the order in which "first" is meant.
    rows
        Columns a band: many find only near-copies, one finds short excerpts too.

    Yields
    ------
    pair
        Positions, the smaller first.

    References
    ----------
    Leskovec, Rajaraman & Ullman (2020), Mining of Massive Datasets, 3rd ed., chapter 3, doi:10.1017/9781108684163.
    """
    rules = read_vocab("echo_rules.yaml")["minhash"]
    n = len(sketches)
    found = [np.zeros(0, dtype=np.int64)]
    for start in range(0, sketches.shape[1] - rows + 1, rows):
        band = np.ascontiguousarray(sketches[:, start : start + rows])
        key = band.view(np.dtype((np.void, band.dtype.itemsize * rows))).ravel() if rows > 1 else band.ravel()
        _, bucket = np.unique(key, return_inverse=True)
        order = np.argsort(bucket, kind="stable")
        found.append(_pairs_in(order, bucket[order], n, rules["full_bucket"], rules["firsts"]))
    for code in np.unique(np.concatenate(found)).tolist():
        yield divmod(code, n)


def _pairs_in(order: NDArray[np.int64], bucket: NDArray[np.int64], n: int, full: int, firsts: int) -> NDArray[np.int64]:
    """Return the pairs of one band as ``first * n + second``."""
    place = np.arange(n)
    head = np.maximum.accumulate(np.where(np.append(True, bucket[1:] != bucket[:-1]), place, 0))
    size = np.bincount(bucket)[bucket]
    pairs = []
    for back in range(1, min(full, int(size.max(initial=1)))):
        here = place[(place - back >= head) & ((size <= full) | (back == 1))]
        pairs.append(order[here - back] * n + order[here])
    for k in range(firsts):
        here = place[(size > full) & (place - head > k)]
        pairs.append(order[head[here] + k] * n + order[here])
    return np.unique(np.concatenate(pairs)) if pairs else np.zeros(0, dtype=np.int64)
