"""The constants of the resolver (``vocab/resolution.yaml``)."""

from functools import cache

from wayout.vocab import read_vocab


@cache
def constant(name: str) -> float:
    """Return a constant of the resolver by its name in the file."""
    return float(read_vocab("resolution.yaml")[name])
