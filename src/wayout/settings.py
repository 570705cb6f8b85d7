"""One frozen record of every choice a run depends on; it goes into the manifest."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """
    Choices of a run. The defaults are the documented ones; the same settings and inputs give the same bytes.

    Attributes
    ----------
    seed
        Seed of the only random generator (barrier draws).
    n_draws
        Barrier draws of the ensemble.
    cell_km
        Cell size of the theatre grid, km; ``None`` chooses 1-5 km from the extent.
    floor_km
        Do-no-harm floor: published geometry is no finer than this, km.
    """

    seed: int = 1
    n_draws: int = 1000
    cell_km: float | None = None
    floor_km: float = 5.0
