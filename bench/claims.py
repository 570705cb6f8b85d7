"""Bench of certainty under the name it had: see ``bench/factuality.py``."""

from bench.factuality import measure

__all__ = ["measure"]
