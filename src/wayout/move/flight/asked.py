"""What is asked about a flight: where people flee from, and the choices of the answer."""

from dataclasses import dataclass

import numpy as np

from wayout.errors import InputError
from wayout.move.flight.choice import FloatArray, origin_weights
from wayout.move.flight.constants import FlightConstants


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origins:
    """
    Where people flee from.

    Attributes
    ----------
    names
        One an origin, each different.
    population
        People there (n_origins,), NaN where unknown; ``None`` where all are.
    conflict
        Intensity of the fighting there, 0-1 (n_origins,); ``None`` where all are fought over.

    Raises
    ------
    InputError
        If there is none, a name occurs twice, shapes differ, or an intensity is negative or not a number.
    """

    names: tuple[str, ...]
    population: FloatArray | None = None
    conflict: FloatArray | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be weighed."""
        if not self.names:
            raise InputError("there is no origin; name at least one place people flee from")
        if len(set(self.names)) < len(self.names):
            raise InputError("two origins have the same name; give each its own")
        for what, values in (("population", self.population), ("conflict", self.conflict)):
            if values is not None and np.shape(values) != (len(self.names),):
                raise InputError(
                    f"{what} has shape {np.shape(values)}; give one value for each of {len(self.names)} origins"
                )
        if self.conflict is not None and not (np.isfinite(self.conflict).all() and np.min(self.conflict) >= 0):
            raise InputError("an intensity of conflict is negative or not a number; give 0 (quiet) to 1")

    def weights(self, constants: FlightConstants) -> FloatArray:
        """Weigh the origins against each other (n_origins,)."""
        n = len(self.names)
        people = np.full(n, np.nan) if self.population is None else np.asarray(self.population, dtype=np.float64)
        active = np.ones(n) if self.conflict is None else np.asarray(self.conflict, dtype=np.float64)
        return origin_weights(people, active, constants)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArrivalOptions:
    """
    Choices of the answers about arrivals.

    Attributes
    ----------
    constants
        Of the model; the shipped ones by default.
    safety
        Probability that a refuge is safe for these people (n_refuges,); its pull is multiplied by it. ``None``: all are.
    km_per_hour
        Kilometres that an hour of the given travel times stands for, where times are given: the model's one length, the
        offset, is in kilometres. 4 km/h fits hours of movement on foot; 1.3 fits clock hours with rests.
    people
        How many flee in all, where known: then countries fill up. ``None``: too few to matter.

    Raises
    ------
    InputError
        If a number is out of range.
    """

    constants: FlightConstants | None = None
    safety: FloatArray | None = None
    km_per_hour: float = 4.0
    people: float | None = None

    def __post_init__(self) -> None:
        """Refuse speeds and counts that are none."""
        if not (np.isfinite(self.km_per_hour) and self.km_per_hour > 0):
            raise InputError(f"km_per_hour is {self.km_per_hour}; give a positive speed")
        if self.people is not None and not (np.isfinite(self.people) and self.people >= 0):
            raise InputError(
                f"the number of people who flee is {self.people}; give a count, or None where it is not known"
            )
        if self.safety is not None and not (
            np.isfinite(self.safety).all() and np.min(self.safety) >= 0 and np.max(self.safety) <= 1
        ):
            raise InputError("a refuge's safety is outside [0, 1]; give the probability that it is safe")
