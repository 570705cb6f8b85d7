"""The calibration diagram: what was said against how often it came, in the bins of the seven terms."""

from collections.abc import Sequence
from typing import Any

from wayout.model.forecast_record import CalibrationPoint
from wayout.stats.likelihood import likelihood_table, likelihood_term

SIDE, LEFT, TOP = 320.0, 46.0, 12.0
"""Side of the square and room for its labels, in units of the drawing."""
LEAST_RADIUS, MOST_RADIUS = 3.5, 11.0


def diagram(points: Sequence[CalibrationPoint]) -> dict[str, Any]:
    """
    Lay the diagram out; the template draws it.

    Parameters
    ----------
    points
        Bins with forecasts.

    Returns
    -------
    layout
        Numbers only, but for the terms: positions of points with their intervals, of ticks and of the terms' bounds.
    """
    most = max((p.n for p in points), default=1)
    return {
        "width": LEFT + SIDE + 22,
        "height": TOP + SIDE + 44,
        "left": LEFT,
        "top": TOP,
        "right": LEFT + SIDE,
        "bottom": TOP + SIDE,
        "points": [
            {
                "x": _x(p.p_said),
                "y": _y(p.share),
                "low": _y(p.low),
                "high": _y(p.high),
                "r": f"{LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * (p.n / most) ** 0.5:.1f}",
                "n": p.n,
                "said": f"{p.p_said:.0%}",
                "came": f"{p.share:.0%}",
                "range": f"{p.low:.0%} to {p.high:.0%}",
                "term": likelihood_term(p.p_said),
            }
            for p in points
        ],
        "ticks": [{"at": t, "x": _x(t), "y": _y(t), "label": f"{t:.0%}"} for t in (0.0, 0.25, 0.5, 0.75, 1.0)],
        "bounds": [_x(row.high) for row in likelihood_table()[:-1]],
    }


def _x(p: float) -> str:
    return f"{LEFT + SIDE * p:.1f}"


def _y(p: float) -> str:
    return f"{TOP + SIDE * (1 - p):.1f}"
