"""One displacement as the model needs it: zones, refuges, ways day by day, and the total to be shared out."""

from dataclasses import dataclass

import numpy as np

from wayout.errors import InputError
from wayout.model import Refuge
from wayout.move.flight.choice import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ways:
    """Length of the way from each zone to each refuge from a day on: ``distance_km`` (n_zones, n_refuges), ``inf`` where closed."""

    from_day: int
    distance_km: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlightCase:
    """
    A displacement over days.

    Attributes
    ----------
    zones
        Names of the places people flee from.
    population
        Their people (n_zones,), NaN where unknown.
    active
        Intensity of the conflict, 0-1, (days, n_zones).
    refuges
        Where people may arrive.
    ways
        Least distances, a record for each span of days between changes; the first from day 0.
    total
        People displaced to all refuges together on each day (days,): an input, not forecast here.

    Raises
    ------
    InputError
        If something is empty, of another shape, negative or not a number, or no refuge is ever reached.
    """

    zones: tuple[str, ...]
    population: FloatArray
    active: FloatArray
    refuges: tuple[Refuge, ...]
    ways: tuple[Ways, ...]
    total: FloatArray

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        days, n, m = len(self.total), len(self.zones), len(self.refuges)
        if not (days and n and m and self.ways):
            raise InputError(
                f"{days} days, {n} zones, {m} refuges and {len(self.ways)} sets of ways; at least one of each is needed"
            )
        if self.population.shape != (n,) or self.active.shape != (days, n):
            raise InputError(
                f"population has shape {self.population.shape} and conflict {self.active.shape}; give ({n},) and ({days}, {n})"
            )
        if not np.isfinite(self.active).all() or self.active.min() < 0:
            raise InputError("an intensity of conflict is negative or not a number; give 0 (quiet) to 1")
        if not np.isfinite(self.total).all() or self.total.min() < 0:
            raise InputError("a day's total of displaced people is negative or not a number; give a count for each day")
        self._check_ways(n, m)

    def _check_ways(self, n: int, m: int) -> None:
        starts = [w.from_day for w in self.ways]
        if starts[0] != 0 or starts != sorted(set(starts)):
            raise InputError(f"ways are given from days {starts}; they must start with day 0 and rise")
        if any(w.distance_km.shape != (n, m) for w in self.ways):
            raise InputError(f"a table of ways is not of shape ({n}, {m}): one row a zone, one column a refuge")
        if not any(np.isfinite(w.distance_km).any() for w in self.ways):
            raise InputError("no refuge is reached from any zone on any day; check route names and closures")
