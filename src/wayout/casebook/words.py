"""Words as columns: a list of texts of any length in two arrays, and their codes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.store.base import Store

END = "\n"
"""Ends a text; texts are keys and names, one line each."""


class Words:
    """
    Texts with codes, kept in a store under one name; codes stay what they were as more come.

    Examples
    --------
    >>> words = Words(["Sudan Tribune"])
    >>> words.code("Radio Dabanga"), words.code("Sudan Tribune"), words.code("Radio Dabanga")
    (1, 0, 1)
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.texts = list(known)
        self._codes = {text: code for code, text in enumerate(self.texts)}
        self._n_kept = len(self.texts)

    @classmethod
    def of(cls, store: Store, name: str) -> "Words":
        """Fetch what a store keeps under a name."""
        columns = store.derived(name)
        if columns is None:
            return cls()
        return cls(columns["characters"].tobytes().decode("utf-8", "surrogatepass").split(END)[:-1])

    def code(self, text: str) -> int:
        """Return a text's code, a new one where it is not known."""
        line = text.replace(END, " ")
        code = self._codes.setdefault(line, len(self.texts))
        if code == len(self.texts):
            self.texts.append(line)
        return code

    def known(self, text: str) -> int | None:
        """Return a text's code, if it has one."""
        return self._codes.get(text.replace(END, " "))

    def save(self, store: Store, name: str) -> None:
        """Keep what is new."""
        new = self.texts[self._n_kept :]
        if new or not self._n_kept:
            characters = np.frombuffer("".join(t + END for t in new).encode("utf-8", "surrogatepass"), dtype=np.uint8)
            store.put_derived(name, {"characters": characters}, extend=self._n_kept > 0)
            self._n_kept = len(self.texts)


def sorted_codes(texts: Sequence[str], used: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """
    Give each used text its place among the sorted distinct ones.

    Parameters
    ----------
    texts
        Texts by code.
    used
        Codes, one a row.

    Returns
    -------
    names, codes
        The distinct texts in order, and the row's place among them: no result depends on the order in which texts came.
    """
    distinct, inverse = np.unique(used, return_inverse=True)
    names = [texts[code] for code in distinct.tolist()]
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return tuple(names[i] for i in order), place[inverse]
