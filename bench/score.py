"""One measured figure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A figure: what was measured on which set, higher better or not, a peer's or published figure beside it, a note."""

    name: str
    value: float
    higher_is_better: bool = True
    beside: str = ""
    note: str = ""


class CorpusMissingError(Exception):
    """The corpus is not on this machine; the bench of it is skipped with this reason."""
