"""What is closed to those who flee, and where they are brought on, by day."""

from dataclasses import dataclass
from typing import Literal

from wayout.errors import InputError

ClosureKind = Literal["country", "location", "camp", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """
    Something closed from a day until before another.

    A border (``"country"``: from ``name`` into ``other``), a place that is neither entered nor passed (``"location"``), a refuge
    that takes nobody in but lets people pass (``"camp"``), or the route between two places (``"link"``).

    Raises
    ------
    InputError
        If it ends before it starts, or a border or route names no second end.
    """

    kind: ClosureKind
    name: str
    other: str = ""
    from_day: int
    to_day: int

    def __post_init__(self) -> None:
        """Refuse what closes nothing."""
        if self.to_day <= self.from_day:
            raise InputError(
                f"closure of {self.name!r} ends on day {self.to_day}, not after its start, day {self.from_day}"
            )
        if self.kind == "country" and not self.other:
            raise InputError(f"border closure of {self.name!r} does not say towards which country")
        if self.kind == "link" and not self.other:
            raise InputError(f"closure of a route from {self.name!r} does not say to which place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection:
    """
    People who come to ``name`` are brought on to ``other``, from a day until before another; nobody stays at ``name``.

    Raises
    ------
    InputError
        If it ends before it starts, or leads to where it starts.
    """

    name: str
    other: str
    from_day: int
    to_day: int

    def __post_init__(self) -> None:
        """Refuse what brings nobody on."""
        if self.to_day <= self.from_day or self.name == self.other:
            raise InputError(
                f"redirection from {self.name!r} to {self.other!r}, days {self.from_day} to {self.to_day}, leads nowhere; "
                "give two places, and an end after the start"
            )
