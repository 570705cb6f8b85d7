"""Read IOM DTM's stock of displaced families in Iraq and score where those of a shock went (the corpus README's metric)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wayout.geo.sphere import sphere_km

Values = NDArray[np.float64]
SHOCKS = (
    ("Ninewa", date(2014, 6, 24), date(2014, 8, 26), 36.345, 43.145),
    ("Anbar", date(2015, 4, 10), date(2015, 7, 2), 33.425, 43.300),
    ("Salahal Din", date(2016, 6, 8), date(2016, 9, 1), 35.517, 43.230),
    ("Anbar", date(2016, 5, 12), date(2016, 7, 22), 33.350, 43.785),
)
"""Origin, base and end of a shock, and its point (lat, lon), as in the corpus' README."""
CENTRES = {
    "Anbar": (33.425, 43.300),
    "Ninewa": (36.345, 43.145),
    "Salahal Din": (34.600, 43.680),
    "Kirkuk": (35.467, 44.392),
    "Diyala": (33.750, 44.630),
}
"""Where further windows of an origin are taken to start (lat, lon): as in the corpus' metric."""
NOT_ORIGINS = frozenset(
    [
        "Location ID",
        "Place ID",
        "Governorate",
        "District",
        "Location Name",
        "Arabic Name",
        "Latitude",
        "Longitude",
        "Families",
        "Individuals",
        "date",
    ]
)
FIRST_ROUND = date(2014, 7, 2)
"""The first round with all origins filled."""
WINDOW_DAYS = 120
"""Arrivals of this long before the base count as recent."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stock:
    """Families by round, origin and district; districts' governorate and middle (median of their locations)."""

    rounds: tuple[date, ...]
    families: Mapping[tuple[date, str], Values]
    governorate: tuple[str, ...]
    lat: Values
    lon: Values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shock:
    """What is known at the base of a shock, and (``new``) how many families came where until its end."""

    origin: str
    base: date
    end: date
    distance_km: Values
    home: NDArray[np.bool_]
    stock: Values
    recent: Values
    new: Values


def read_stock(path: Path) -> Stock:
    """Read the parquet file."""
    from pyarrow import parquet

    table = parquet.read_table(path).to_pydict()
    keys = list(zip(table["Governorate"], table["District"], strict=True))
    districts = sorted(set(keys))
    number = {key: i for i, key in enumerate(districts)}
    at = np.array([number[key] for key in keys])
    days = np.array([d.date() if hasattr(d, "date") else d for d in table["date"]])
    origins = [c for c in table if c not in NOT_ORIGINS]
    families: dict[tuple[date, str], Values] = {}
    for day in sorted(set(days)):
        rows = days == day
        for origin in origins:
            counted = np.array([table[origin][i] or 0.0 for i in np.flatnonzero(rows)], dtype=np.float64)
            families[day, origin] = np.bincount(at[rows], counted, len(districts)).astype(np.float64)
    lat, lon = (np.array(table[c], dtype=np.float64) for c in ("Latitude", "Longitude"))
    return Stock(
        rounds=tuple(sorted(set(days))),
        families=families,
        governorate=tuple(g for g, _ in districts),
        lat=np.array([np.nanmedian(lat[at == i]) for i in range(len(districts))]),
        lon=np.array([np.nanmedian(lon[at == i]) for i in range(len(districts))]),
    )


def shock(stock: Stock, origin: str, base: date, end: date, point: tuple[float, float]) -> Shock:
    """Take the nearest rounds to base and end; ``point`` is (lat, lon)."""
    first, last = (min(stock.rounds, key=lambda r: abs((r - day).days)) for day in (base, end))
    before = [r for r in stock.rounds if FIRST_ROUND <= r < first]
    then = min(before, key=lambda r: abs((first - r).days - WINDOW_DAYS), default=first)
    known = stock.families[first, origin]
    km = [sphere_km(point[1], point[0], x, y) for x, y in zip(stock.lon, stock.lat, strict=True)]
    return Shock(
        origin=origin,
        base=first,
        end=last,
        distance_km=np.maximum(km, 10.0),
        home=np.array([_plain(g) == _plain(origin) for g in stock.governorate]),
        stock=known,
        recent=np.maximum(0.0, known - stock.families[then, origin]),
        new=np.maximum(0.0, stock.families[last, origin] - known),
    )


def scored_shocks(stock: Stock) -> list[Shock]:
    """List the four shocks of the README."""
    return [shock(stock, origin, base, end, (lat, lon)) for origin, base, end, lat, lon in SHOCKS]


def other_windows(stock: Stock, at_least: float = 3000.0) -> list[Shock]:
    """List windows of 50 to 100 days in which many families of an origin arrived somewhere: to fit on."""
    found = []
    for origin, point in CENTRES.items():
        for base in stock.rounds:
            ends = [r for r in stock.rounds if timedelta(50) <= r - base <= timedelta(100)]
            if base >= FIRST_ROUND and ends:
                found.append(shock(stock, origin, base, ends[0], point))
    return [s for s in found if s.new.sum() > at_least]


def unit(values: Values) -> Values:
    """Scale to shares; equal shares where all are zero."""
    total = values.sum()
    return values / total if total > 0 else np.full(len(values), 1.0 / len(values))


def distances(said: Values, seen: Shock) -> tuple[float, float]:
    """Score shares: total variation, and the same outside the origin's governorate."""
    outside = [unit(np.where(seen.home, 0.0, v)) for v in (said, seen.new)]
    return float(0.5 * np.abs(unit(said) - unit(seen.new)).sum()), float(0.5 * np.abs(outside[0] - outside[1]).sum())


def shock_floors(seen: Shock) -> dict[str, Values]:
    """List the README's floors that matter."""
    return {
        "stock": seen.stock + 1e-9,
        "1/d2": seen.distance_km**-2.0,
        "stock/d": (seen.stock + 1.0) / seen.distance_km,
    }


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalpha())
