"""Which stretches of a text are already spoken for."""

from collections.abc import Iterable


class Cover:
    """Which code points of a text are spoken for; answers in the length of the stretch, not of the text."""

    def __init__(self, length: int, stretches: Iterable[tuple[int, int]] = ()) -> None:
        """Start with some stretches taken; ends past the text are cut."""
        self._taken = bytearray(length)
        for start, end in stretches:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take a stretch."""
        end = min(end, len(self._taken))
        if start < end:
            self._taken[start:end] = b"\1" * (end - start)

    def meets(self, start: int, end: int) -> bool:
        """Tell whether any code point of a stretch is taken."""
        return 1 in self._taken[start:end]
