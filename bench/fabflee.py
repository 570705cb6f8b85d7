"""Read a displacement configuration of the FabFlee layout, with its counts, and score predictions as Flee's validation does."""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.fabflee_people import country_people, town_people
from wayout.model import Refuge
from wayout.move.flight.case import FlightCase
from wayout.move.flight.closures import Closure, ClosureKind, Redirection
from wayout.move.flight.route_graph import FlightPlace, ways_by_day

Rows = list[list[str]]
Counts = NDArray[np.float64]


KINDS: dict[str, ClosureKind] = {
    "country": "country",
    "location": "location",
    "camp": "camp",
    "idpcamp": "camp",
    "link": "link",
    "links": "link",
}
"""Flee's names of closures."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Configuration:
    """
    Inputs and truth of one displacement; ``counts`` (days, camps) is truth and is never given to the model but for its sum.

    ``unread`` names the kinds of closures that were not understood: they are left out, and told.
    """

    name: str
    places: dict[str, dict[str, str]]
    routes: tuple[tuple[str, str, float], ...]
    closures: tuple[Closure, ...]
    redirections: tuple[Redirection, ...]
    unread: tuple[str, ...]
    conflict: dict[str, Counts]
    camps: tuple[str, ...]
    counts: Counts

    @property
    def days(self) -> int:
        """Number of days."""
        return len(self.counts)

    def number(self, place: str, column: str) -> float:
        """Return a number of the list of places, NaN where there is none."""
        try:
            return float(self.places[place].get(column) or "nan")
        except ValueError:
            return float("nan")


def read_configuration(folder: Path) -> Configuration | None:
    """Read a folder with input_csv and source_data; ``None`` where its counts end before it starts."""
    inputs = _first(folder, "input_csv", "inputs")
    truth = _first(folder, "source_data", "truth")
    period = {row[0]: row[1] for name in ("conflict_period.csv", "sim_period.csv") for row in _rows(inputs / name)}
    start, days = datetime.fromisoformat(period["StartDate"][:10]), int(period["Length"])
    places = _places(inputs / "locations.csv")
    series = _series(truth, places, start, days)
    for file in (inputs, truth):
        if (file / "registration_corrections.csv").exists():
            _correct(series, _rows(file / "registration_corrections.csv"), start)
            break
    camps = tuple(sorted(series))
    if max((_last_day(path, start) for path in truth.glob("*.csv")), default=-1) < 0:
        return None
    counts = np.stack([series[c] for c in camps], 1) if camps else np.zeros((days, 0))
    barred = [row for row in _rows(inputs / "closures.csv") if not row[0].startswith("#")]
    if not counts.sum():
        return None
    return Configuration(
        name=folder.name,
        places=places,
        routes=_routes(inputs / "routes.csv"),
        closures=tuple(c for c in (_closure(row, days) for row in barred) if c is not None),
        redirections=_redirections(inputs / "routes.csv", barred, days),
        unread=tuple(sorted({row[0] for row in barred} - {*KINDS, "remove_forced_redirection", "closure_type"})),
        conflict=_conflict(inputs / "conflicts.csv", days),
        camps=camps,
        counts=counts,
    )


def flight_case(configuration: Configuration, circuity: float) -> FlightCase:
    """Build the model's input: nothing of the counts but their sum, no capacity of a camp."""
    c = configuration
    zones, active = zone_activity(c)
    spots = [_place(c, name) for name in c.places]
    return FlightCase(
        zones=zones,
        population=np.array([c.number(z, "population") for z in zones]),
        active=active,
        refuges=tuple(_refuge(c, camp) for camp in c.camps),
        ways=ways_by_day(spots, c.routes, (zones, c.camps), c.closures, circuity, c.redirections),
        total=c.counts.sum(axis=1),
    )


def zone_activity(c: Configuration) -> tuple[tuple[str, ...], Counts]:
    """List the places people flee from, and whether each is in conflict, 0-1 (days, n_zones)."""
    zones = tuple(z for z in c.places if _is_zone(c, z))
    return zones, np.minimum(np.stack([_activity(c, z) for z in zones], 1), 1.0)


def averaged_relative_difference(people: Counts, counts: Counts) -> float:
    """Mean over days of the sum of absolute differences over the observed total (Flee's "normal" measure)."""
    return float((np.abs(people - counts).sum(axis=1) / np.maximum(1.0, counts.sum(axis=1))).mean())


def total_variation(people: Counts, counts: Counts) -> float:
    """Mean over days with counts of half the L1 distance between the two vectors of shares."""
    some = counts.sum(axis=1) > 0
    said = people[some] / np.maximum(1e-9, people[some].sum(axis=1, keepdims=True))
    seen = counts[some] / np.maximum(1.0, counts[some].sum(axis=1, keepdims=True))
    return float((0.5 * np.abs(said - seen).sum(axis=1)).mean())


def floors(configuration: Configuration) -> dict[str, float]:
    """Score equal shares and the two unbounded gravity floors of the corpus' README (road km, at least 10)."""
    c = configuration
    zones = [z for z, row in c.places.items() if row.get("location_type", "").startswith(("conflict", "town"))]
    zones = [z for z in zones if c.places[z]["location_type"].startswith("conflict") or c.number(z, "population") > 0]
    spots = [FlightPlace(name=n) for n in c.places]
    km = ways_by_day(spots, c.routes, (zones, c.camps))[0].distance_km
    weight = np.array([max(0.0 if np.isnan(p := c.number(z, "population")) else p, 1.0) for z in zones])
    pulls = {"equal": np.ones(len(c.camps))}
    for power in (1, 2):
        pulls[f"1/d{power if power > 1 else ''}"] = weight @ (1.0 / np.maximum(km, 10.0) ** power)
    total = c.counts.sum(axis=1)
    return {
        name: averaged_relative_difference(
            total[:, None] * (pull / pull.sum() if pull.sum() > 0 else 1 / len(c.camps)), c.counts
        )
        for name, pull in pulls.items()
    }


def _rows(path: Path) -> Rows:
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        return [[cell.strip().strip('"') for cell in row] for row in csv.reader(file) if len(row) > 1]


def _first(folder: Path, *names: str) -> Path:
    return next((folder / n for n in names if (folder / n).exists()), folder / names[0])


def _places(path: Path) -> dict[str, dict[str, str]]:
    rows = _rows(path)
    head = [h.lstrip("#").strip().strip('"') for h in rows[0]]
    return {row[0]: dict(zip(head, row, strict=False)) for row in rows[1:] if not row[0].startswith("#")}


def _routes(path: Path) -> tuple[tuple[str, str, float], ...]:
    found = []
    for row in _rows(path):
        try:
            found.append((row[0], row[1], float(row[2])))
        except (ValueError, IndexError):
            continue
    return tuple(r for r in found if not r[0].startswith("#") and r[2] > 0)


def _closure(row: list[str], days: int) -> Closure | None:
    """Read a closure, ``None`` where it closes nothing in time; an end on day 0 or -1 means for good."""
    if row[0] not in KINDS or len(row) < 5:
        return None
    start, end = (int(float(cell or 0)) for cell in row[3:5])
    end = end if end > 0 else days
    if end <= start:
        return None
    return Closure(kind=KINDS[row[0]], name=row[1], other=row[2], from_day=start, to_day=end)


def _redirections(routes: Path, barred: Rows, days: int) -> tuple[Redirection, ...]:
    """Read forced redirections: 1 from the second place to the first, 2 from the first to the second, until removed."""
    removed = {
        (r[1], r[2]): int(float(r[3] or 0)) for r in barred if r[0] == "remove_forced_redirection" and len(r) > 3
    }
    found = []
    for row in _rows(routes):
        if len(row) > 3 and row[3] in ("1", "2") and row[0] != row[1]:
            name, other = (row[1], row[0]) if row[3] == "1" else (row[0], row[1])
            if (end := removed.get((name, other), days)) > 0:
                found.append(Redirection(name=name, other=other, from_day=0, to_day=end))
    return tuple(found)


def _conflict(path: Path, days: int) -> dict[str, Counts]:
    rows = _rows(path)
    if not rows:
        return {}
    names = [h.lstrip("#").strip().strip('"') for h in rows[0]][1:]
    found = {}
    for i, name in enumerate(names, 1):
        values = [float(row[i]) if i < len(row) and row[i] else 0.0 for row in rows[1:]][:days]
        found[name] = np.array(values + [values[-1] if values else 0.0] * (days - len(values)))
    return found


def _is_zone(c: Configuration, place: str) -> bool:
    kind = c.places[place].get("location_type", "")
    fought_over = place in c.conflict and c.conflict[place].max() > 0
    return kind.startswith("conflict") or (fought_over and place not in c.camps)


def _activity(c: Configuration, zone: str) -> Counts:
    if zone in c.conflict:
        return c.conflict[zone]
    since = c.number(zone, "conflict_date")
    days = np.arange(c.days, dtype=np.float64)
    return np.zeros(c.days) if np.isnan(since) else (days >= since).astype(np.float64)


def _place(c: Configuration, name: str) -> FlightPlace:
    row = c.places[name]
    lon, lat = (_degrees(row, *keys) for keys in (("longitude", "lon"), ("latitude", "lat")))
    if lon is None or lat is None or abs(lon) > 180 or abs(lat) > 90:
        lon = lat = None
    return FlightPlace(name=name, country=row.get("country") or "", lon=lon, lat=lat)


def _degrees(row: dict[str, str], *keys: str) -> float | None:
    for key in keys:
        try:
            return float(row[key])
        except (KeyError, ValueError):
            continue
    return None


def _refuge(c: Configuration, camp: str) -> Refuge:
    spot = _place(c, camp)
    town = town_people(spot.lon, spot.lat) if spot.lon is not None and spot.lat is not None else None
    return Refuge(
        id=camp,
        name=camp,
        country=spot.country or None,
        country_population=country_people(spot.country),
        town_population=town,
    )


def _series(truth: Path, places: dict[str, dict[str, str]], start: datetime, days: int) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for row in _rows(truth / "data_layout.csv"):
        if row[0].startswith("#") or row[0] not in places:
            continue
        files = [truth / file for file in row[1:] if file and (truth / file).is_file()]
        if files:
            # A place that is listed again is replaced, as Flee's own reader does.
            found[row[0]] = np.sum([_counts(file, start, days) for file in files], axis=0)
    return found


def _last_day(path: Path, start: datetime) -> int:
    return max(((day - start).days for row in _rows(path) if (day := _date(row[0])) is not None), default=-1)


def _counts(path: Path, start: datetime, days: int) -> Counts:
    """Counts by day, linear between reports, constant outside them, whole people."""
    points = {}
    for row in _rows(path):
        day = _date(row[0])
        if day is not None and row[1]:
            points[(day - start).days] = float(row[1])
    if not points:
        return np.zeros(days)
    at = sorted(points)
    return np.floor(np.interp(np.arange(days), at, [points[d] for d in at]))


@cache
def _date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return None


def _correct(series: dict[str, Counts], rows: Rows, start: datetime) -> None:
    """Apply level-1 corrections: counts before a new registration are scaled to meet it."""
    for row in rows:
        day = _date(row[1])
        at = (day - start).days if day else 0
        if row[0] in series and 0 < at < len(series[row[0]]) and series[row[0]][at - 1] >= 1:
            series[row[0]][:at] *= series[row[0]][at] / series[row[0]][at - 1]
