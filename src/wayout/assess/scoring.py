"""
Scores of probability forecasts: Brier, log, CRPS, calibration, discrimination, skill, block-bootstrap intervals.

The formulas, with their papers, are in ``wayout.stats``: numbers in, numbers out, nothing there knows what was forecast.
"""

from wayout.stats.block_bootstrap import Interval, block_bootstrap, ratio_interval
from wayout.stats.calibration import (
    ICD203_EDGES,
    CurvePoint,
    Decomposition,
    calibration_curve,
    calibration_error,
    decompose,
)
from wayout.stats.proper_scores import brier_scores, crps_of_draws, log_scores, skill

__all__ = [
    "ICD203_EDGES",
    "CurvePoint",
    "Decomposition",
    "Interval",
    "block_bootstrap",
    "brier_scores",
    "calibration_curve",
    "calibration_error",
    "crps_of_draws",
    "decompose",
    "log_scores",
    "ratio_interval",
    "skill",
]
