"""
Measure how wide the interval of a share must be (``python -m bench.displacement_spread FOLDER``): errors on left-out conflicts.

Prints, for some quantiles, the half width on the scale asin(sqrt(share)) and what it held of each conflict whose errors were left
out of the quantile: what goes into ``vocab/flight.yaml``, ``spread``.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.displacement import constants_without
from bench.displacement_fit import Cases, conflict_of, load
from wayout.move.flight.choice import shares_of
from wayout.move.flight.over_time import people_over_time

Errors = NDArray[np.float64]
LEVELS = (0.75, 0.8, 0.82, 0.84, 0.86, 0.9)


def errors_by_conflict(cases: Cases) -> dict[str, Errors]:
    """Collect the errors of the mean shares of each conflict, predicted with constants fitted without it."""
    found: dict[str, list[Errors]] = {}
    for c, case in cases:
        conflict = conflict_of(c.name)
        people = people_over_time(case, constants_without(conflict))
        some = c.counts.sum(axis=1) > 0
        said, seen = (np.arcsin(np.sqrt(np.minimum(shares_of(p[some]).mean(axis=0), 1.0))) for p in (people, c.counts))
        found.setdefault(conflict, []).append(np.abs(said - seen))
    return {conflict: np.concatenate(parts) for conflict, parts in found.items()}


def quantile(parts: Sequence[Errors], level: float) -> float:
    """Take a quantile of all errors, each part weighing the same."""
    values = np.concatenate(parts)
    weights = np.concatenate([np.full(len(p), 1.0 / len(p)) for p in parts])
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(below, level)), len(values) - 1)])


def held(errors: Mapping[str, Errors], level: float) -> dict[str, float]:
    """Measure how many errors of each conflict lie within the quantile of the others."""
    return {
        conflict: float((own <= quantile([e for other, e in errors.items() if other != conflict], level)).mean())
        for conflict, own in errors.items()
    }


def main() -> None:
    """Measure and print."""
    errors = errors_by_conflict(load(Path(sys.argv[1])))
    for level in LEVELS:
        inside = held(errors, level)
        said = ", ".join(f"{conflict} {share:.2f}" for conflict, share in inside.items())
        print(
            f"{level:.2f}: half width {quantile(list(errors.values()), level):.3f}, held {np.mean(list(inside.values())):.3f} ({said})"
        )


if __name__ == "__main__":
    main()
