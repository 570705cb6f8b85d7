"""
Fit how far the displaced follow those before them (``python -m bench.iom_fit FOLDER``), each origin's by the other origins alone.

Prints what goes into ``vocab/flight.yaml`` (all origins) and ``bench/displacement_constants.yaml`` (without each origin).
"""

import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.iom_shocks import Shock, Values, distances, other_windows, read_stock, scored_shocks
from wayout.move.flight.constants import EarlierConstants
from wayout.move.flight.earlier import shares_from_earlier

START = np.array([-0.2, np.log(1100.0), np.log(1.3), np.log(4500.0)])
RESTRAINT = 1e-3
Steps = np.ndarray[tuple[int], np.dtype[np.float64]]


def expected(seen: Shock, constants: EarlierConstants) -> Values:
    """Expect where the families of a shock went, from what was known at its base."""
    return shares_from_earlier(seen.distance_km, seen.home, seen.stock, seen.recent, constants)


def cost(shocks: Sequence[Shock], constants: EarlierConstants) -> float:
    """Mean of both distances, over an origin's windows, then over origins."""
    by_origin: dict[str, list[float]] = {}
    for seen in shocks:
        by_origin.setdefault(seen.origin, []).append(float(np.mean(distances(expected(seen, constants), seen))))
    return float(np.mean([np.mean(v) for v in by_origin.values()]))


def fit(shocks: Sequence[Shock]) -> EarlierConstants:
    """Minimise the cost by Nelder and Mead."""

    def constants(x: Steps) -> EarlierConstants:
        inside = float(1.0 / (1.0 + np.exp(-x[0])))
        power = {
            k: float(np.exp(v))
            for k, v in zip(("inside_families", "inside_power", "flow_families"), x[1:], strict=True)
        }
        return EarlierConstants(inside_share=inside, **power)

    def restrained(x: Steps) -> float:
        return cost(shocks, constants(x)) + RESTRAINT * float(((x - START) ** 2).sum())

    corners = np.vstack([START, START + 0.5 * np.eye(4)])
    found = minimize(
        restrained,
        START,
        method="Nelder-Mead",
        options={"maxfev": 150, "initial_simplex": corners},
    )
    return constants(found.x)


def main() -> None:
    """Fit and print."""
    stock = read_stock(Path(sys.argv[1]) / "idp_stock.parquet")
    scored = scored_shocks(stock)
    every = other_windows(stock) + scored
    for left_out in ["", *sorted({s.origin for s in scored})]:
        best = fit([s for s in every if s.origin != left_out])
        held = [distances(expected(s, best), s) for s in scored if left_out in ("", s.origin)]
        values = ", ".join(f"{f.name}: {getattr(best, f.name):.4g}" for f in fields(best))
        print(f"{left_out or 'all'}: {{{values}}}  # {np.round(held, 3).tolist()}", flush=True)


if __name__ == "__main__":
    main()
