"""The larger towns of a stretch of land, for people to find their way on a map of it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from wayout.errors import BackendError
from wayout.vocab import vocab_path

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees."""
Town = tuple[str, float, float]
"""Name, longitude, latitude."""
LOOKED_AT = 200
_LARGEST = """SELECT name, lon, lat FROM places WHERE kind = 'populated_place' AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?
  AND population > 0 ORDER BY population DESC, id LIMIT ?"""


def large_towns(bounds: Bounds, n: int, apart: float = 0.16, first: Sequence[Town] = ()) -> tuple[Town, ...]:
    """
    Choose large towns that stand well apart.

    Parameters
    ----------
    bounds
        The map's frame, degrees.
    n
        Towns at most, those of ``first`` not counted.
    apart
        Least distance between two, as a share of the frame's width and height.
    first
        Towns that are on the map already.

    Returns
    -------
    towns
        Largest first, without those of ``first``.

    Raises
    ------
    BackendError
        If the gazetteer has not been built.
    """
    west, south, east, north = bounds
    wide, high = apart * (east - west), apart * (north - south)
    path = vocab_path("built/gazetteer.sqlite")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            rows: list[Town] = base.execute(_LARGEST, (west, east, south, north, LOOKED_AT)).fetchall()
    except sqlite3.DatabaseError as error:
        raise BackendError(
            f"gazetteer {path} cannot be read ({error}); run `python tools/build_gazetteer.py`"
        ) from error
    chosen: list[Town] = []
    for name, lon, lat in rows:
        near = any(abs(lon - x) < wide and abs(lat - y) < high for _, x, y in (*first, *chosen))
        if not near and len(chosen) < n:
            chosen.append((name, lon, lat))
    return tuple(chosen)
