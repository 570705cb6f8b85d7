"""Texts as sets of five-word runs, each a 64-bit hash: the same words give the same numbers on every machine."""

import re
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from wayout.text.names import fold_name

Shingles = NDArray[np.uint64]

SHINGLE_WORDS = 5
"""Words of a run: long enough that two reporters seldom choose the same one, short enough to survive an edit (Broder 1997)."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORDS = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
"""Words; in scripts written without blanks (Thai, Lao, Burmese, Khmer, Japanese, Chinese) each character."""
_ODD = tuple(
    np.uint64(n)
    for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)


def signature(text: str) -> bytes:
    """
    Reduce a text to what echoes are found by: its distinct five-word runs in order, 8 bytes each, little-endian.

    Accents, case, punctuation and line breaks do not count. A text of fewer than five words is one run.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    signature
        8 bytes for each distinct run; empty for a text without a word.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, doi:10.1109/SEQUEN.1997.666900.

    Examples
    --------
    >>> signature("The bridge at the town is shut.") == signature("THE BRIDGE at the town, is shut")
    True
    """
    return shingles(text).astype("<u8").tobytes()


def from_signature(data: bytes) -> Shingles:
    """Return the run hashes of a signature, in the text's order."""
    return np.frombuffer(data, dtype="<u8").astype(np.uint64)


def shingles(text: str) -> Shingles:
    """Return the hashes of a text's distinct five-word runs, in order of first appearance."""
    words = np.fromiter(chain.from_iterable(map(_words, text.split())), dtype=np.uint64)
    if len(words) == 0:
        return words
    if len(words) < SHINGLE_WORDS:
        words = np.concatenate([words, np.zeros(SHINGLE_WORDS - len(words), dtype=np.uint64)])
    n = len(words) - SHINGLE_WORDS + 1
    mixed = np.zeros(n, dtype=np.uint64)
    for place, odd in enumerate(_ODD):
        mixed += words[place : place + n] * odd  # wraps round at 2^64, as meant
    mixed ^= mixed >> np.uint64(31)
    mixed *= _ODD[0]
    mixed ^= mixed >> np.uint64(29)
    _, first = np.unique(mixed, return_index=True)
    return mixed[np.sort(first)]


@lru_cache(maxsize=500_000)
def _words(token: str) -> tuple[int, ...]:
    """Hash what stands between two blanks: mostly one word; looked up for nearly every word of a corpus."""
    return tuple(
        int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        for word in _WORDS.findall(fold_name(token))
    )
