"""
Fit the constants of the flight model: on all conflicts, and on all but each one of them (``python -m bench.displacement_fit``).

Prints what goes into ``vocab/flight.yaml`` (fitted on all) and ``bench/displacement_constants.yaml`` (each conflict's own, fitted
without it). Some minutes. Needs the corpus and SciPy.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.fabflee import Configuration, averaged_relative_difference, flight_case, read_configuration
from wayout.move.flight.case import FlightCase
from wayout.move.flight.constants import FlightConstants, shipped_constants
from wayout.move.flight.over_time import people_over_time

FREE = ("distance_power", "offset_km", "far_km", "absorption", "town_power")
"""Fitted; the others are set (docs/methods/displacement.md says how)."""
START = (1.65, 2.9, 135.0, 0.026, 0.42)
SCALE = (0.4, 0.4, 0.4, 0.4, 0.4)
"""First steps, on the logarithm."""
RESTRAINT = 0.002
"""Weight of the squared distance from the start, in first steps: keeps what the data do not speak of where it began."""

Steps = np.ndarray[tuple[int], np.dtype[np.float64]]
Cases = Sequence[tuple[Configuration, FlightCase]]


def conflict_of(configuration: str) -> str:
    """Name the conflict a configuration is of: its letters before the year ("syria2017_adm1" is of "syria")."""
    return configuration.rstrip("_").split("_")[0].rstrip("0123456789")


def load(folder: Path) -> Cases:
    """Read every configuration that can be scored."""
    circuity = shipped_constants().circuity
    found = [
        read_configuration(f)
        for f in sorted(folder.iterdir())
        if (f / "source_data").exists() or (f / "truth").exists()
    ]
    return [(c, flight_case(c, circuity)) for c in found if c is not None]


def mean_by_conflict(values: Mapping[str, float]) -> float:
    """Average first over a conflict's configurations, then over conflicts."""
    groups: dict[str, list[float]] = {}
    for name, value in values.items():
        groups.setdefault(conflict_of(name), []).append(value)
    return float(np.mean([np.mean(g) for g in groups.values()]))


def differences(cases: Cases, constants: FlightConstants) -> dict[str, float]:
    """Score each configuration."""
    return {c.name: averaged_relative_difference(people_over_time(case, constants), c.counts) for c, case in cases}


def fit(cases: Cases, evaluations: int = 150) -> FlightConstants:
    """Minimise the mean difference over conflicts by Nelder and Mead, from the start."""
    base = shipped_constants()

    def constants(step: Steps) -> FlightConstants:
        return replace(
            base, **dict(zip(FREE, (np.array(START) * np.exp(step * np.array(SCALE))).tolist(), strict=True))
        )

    def cost(step: Steps) -> float:
        return mean_by_conflict(differences(cases, constants(step))) + RESTRAINT * float(step @ step)

    corners = np.vstack([np.zeros(len(FREE)), np.eye(len(FREE))])
    found = minimize(
        cost,
        corners[0],
        method="Nelder-Mead",
        options={"maxfev": evaluations, "xatol": 0.03, "fatol": 3e-4, "initial_simplex": corners},
    )
    return constants(found.x)


def main() -> None:
    """Fit and print."""
    cases = load(Path(sys.argv[1]))
    only = sys.argv[2:]
    for left_out in only or ["", *sorted({conflict_of(c.name) for c, _ in cases})]:
        rest = [(c, case) for c, case in cases if conflict_of(c.name) != left_out]
        best = fit(rest)
        held = differences([(c, k) for c, k in cases if left_out in ("", conflict_of(c.name))], best)
        values = ", ".join(f"{name}: {getattr(best, name):.4g}" for name in FREE)
        print(f"{left_out or 'all'}: {{{values}}}  # {mean_by_conflict(held):.3f} {held}", flush=True)


if __name__ == "__main__":
    main()
