"""What the numbers of a user's raster mean: heights or not, holes that nobody declared, which legend of land cover."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import SourceError
from wayout.model.ground import LandcoverLegend, RasterKind

LOWEST_M, HIGHEST_M = -500.0, 9000.0
"""Dry land lies between the shore of the Dead Sea (-430 m) and Everest (8,849 m)."""
DEEPEST_M = -12_000.0
"""Models that go on below the sea end at the deepest trench."""
VOIDS = (-32768.0, -32767.0, -9999.0, -99999.0)
"""Numbers that stand for a hole where a file does not say so: SRTM's, and those of common programs."""
MAX_BAD_SHARE = 0.01
"""A larger share of numbers that cannot be heights makes the file another thing."""
WORLDCOVER = frozenset((10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100))
"""Codes of ESA WorldCover (Zanaga et al. 2022, doi:10.5281/zenodo.7254221); 0 is unknown."""
IGBP_LAST = 17
"""Last class of IGBP (Loveland and Belward 1997, doi:10.1080/014311697217099); 255 is unknown."""
UNKNOWN_CLASS = 255
UNKNOWN_HEIGHT = -32768
N_LOOKS = 8
"""A file is looked at in this many squares by as many, spread over it."""
LOOK_CELLS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What was found: the number that stands for a hole (if any), the legend, the unit in metres, words for the user."""

    nodata: float | None
    legend: LandcoverLegend = "igbp"
    notes: tuple[str, ...] = ()


def look_at(sample: NDArray[np.generic], kind: RasterKind, nodata: float | None, name: str) -> Meaning:
    """
    Find out what a sample of a raster's numbers means.

    Parameters
    ----------
    sample
        Numbers from all over the raster.
    kind
        What the user says it is.
    nodata
        The hole's number as the file declares it.
    name
        Of the file, for messages.

    Raises
    ------
    SourceError
        If they cannot be heights in metres, or classes of a known legend.
    """
    numbers = np.asarray(sample, dtype=np.float64).ravel()
    known = numbers[np.isfinite(numbers)]
    if nodata is not None:
        known = known[known != nodata]
    notes = []
    if nodata is None and kind == "relief":
        holes = [void for void in VOIDS if (known == void).any()]
        if holes:
            nodata = holes[0]
            known = known[known != nodata]
            notes.append(f"cells of {nodata:g} are taken as not known, though the file does not declare them")
    if kind == "landcover":
        return Meaning(nodata=nodata, legend=legend_of(known, name), notes=tuple(notes))
    _check_heights(known, sample.dtype, name)
    return Meaning(nodata=nodata, notes=tuple(notes))


def legend_of(known: NDArray[np.float64], name: str) -> LandcoverLegend:
    """
    Tell IGBP's classes from WorldCover's codes.

    Raises
    ------
    SourceError
        If they are neither, or could be both.
    """
    classes = {float(c) for c in np.unique(known[known != UNKNOWN_CLASS]).tolist()} - {0.0}
    if classes <= {float(c) for c in WORLDCOVER}:
        if classes <= {10.0}:
            raise SourceError(
                f"{name} holds too few classes to tell its legend; say which: wayout data add landcover FILE "
                "--legend igbp or worldcover"
            )
        return "worldcover"
    strange = sorted(c for c in classes if c != int(c) or not 0 < c <= IGBP_LAST)
    if strange:
        raise SourceError(
            f"{name} holds {strange[0]:g}, which is no class of IGBP (1 to 17) or ESA WorldCover (10 to 100); "
            "recode it to one of them"
        )
    return "igbp"


def sound_heights(values: NDArray[np.floating], nodata: float | None) -> NDArray[np.int16]:
    """
    Round heights to metres; holes, depths of the sea and what cannot be a height become unknown.

    Returns
    -------
    heights
        Metres, :data:`UNKNOWN_HEIGHT` where not known, same shape.
    """
    with np.errstate(invalid="ignore"):
        dry = np.isfinite(values) & (values >= LOWEST_M) & (values <= HIGHEST_M)
        if nodata is not None:
            dry &= values != nodata
    return np.round(np.where(dry, values, UNKNOWN_HEIGHT)).astype(np.int16)


def _check_heights(known: NDArray[np.float64], dtype: np.dtype[np.generic], name: str) -> None:
    if dtype == np.uint8:
        raise SourceError(f"{name} holds bytes (0 to 255): a picture or hill shade, no heights; give heights in metres")
    if known.size == 0:
        return
    bad = (known > HIGHEST_M) | (known < DEEPEST_M)
    if bad.mean() > MAX_BAD_SHARE:
        worst = known[bad][np.argmax(np.abs(known[bad]))]
        raise SourceError(
            f"{name} holds {worst:g}, which is no height in metres ({LOWEST_M:g} to {HIGHEST_M:g}); convert it to metres"
        )
