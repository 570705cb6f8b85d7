"""What was worked out once, kept by what it depends on, within a bound of memory."""

from collections.abc import Callable, Hashable
from typing import Any

from numpy.typing import NDArray

Arrays = tuple[NDArray[Any], ...]


class Remembered:
    """
    Arrays by what they depend on; where they take too much memory the oldest go.

    Parameters
    ----------
    most_bytes
        Most memory to hold; what is larger than that alone is not kept.
    """

    def __init__(self, most_bytes: float = 64e6) -> None:
        self.most_bytes = most_bytes
        self._held: dict[Hashable, Arrays] = {}
        self._bytes = 0

    def find(self, key: Hashable) -> Arrays | None:
        """Return what is kept under a key."""
        return self._held.get(key)

    def keep(self, key: Hashable, arrays: Arrays) -> None:
        """Keep arrays; a key that is there already stays as it is."""
        size = sum(a.nbytes for a in arrays)
        if key in self._held or size > self.most_bytes:
            return
        while self._bytes + size > self.most_bytes:
            self._bytes -= sum(a.nbytes for a in self._held.pop(next(iter(self._held))))
        self._held[key] = arrays
        self._bytes += size

    def get(self, key: Hashable, make: Callable[[], Arrays]) -> Arrays:
        """Return what is kept under a key, or make and keep it."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found
