"""One measured figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """
    A figure: what was measured on which set, higher better or not, a peer's or published figure beside it, a note.

    ``has_floor``: false for what is no better for being higher or lower (a share that should be .9), for clocks and memory, and
    for parts of a set of fewer than some hundred items, where a trade of two items is no loss. ``items``: how many the set asks for;
    a figure of few items moves by whole ones, and a floor is broken by more than one and a half.
    """

    name: str
    value: float
    higher_is_better: bool = True
    beside: str = ""
    note: str = ""
    has_floor: bool = True
    items: int | None = None


class CorpusMissingError(Exception):
    """The corpus is not on this machine; the bench of it is skipped with this reason."""
