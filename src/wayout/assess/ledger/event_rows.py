"""Read what a rule needs from an event table: UCDP GED or ACLED, told apart by their columns."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from wayout.errors import InputError, SourceError
from wayout.model import Miss

UCDP: Mapping[str, tuple[str, ...]] = {
    "start": ("date_start",),
    "a": ("side_a", "side_a_new_id", "side_a_id"),
    "b": ("side_b", "side_b_new_id", "side_b_id"),
    "kinds": ("type_of_violence",),
    "country": ("country", "country_id"),
    "admin1": ("adm_1",),
    "deaths": ("best", "best_est"),
    "where_prec": ("where_prec",),
    "date_prec": ("date_prec",),
}
ACLED: Mapping[str, tuple[str, ...]] = {
    "start": ("event_date",),
    "a": ("actor1", "assoc_actor_1"),
    "b": ("actor2", "assoc_actor_2"),
    "kinds": ("event_type", "sub_event_type"),
    "country": ("country", "iso"),
    "admin1": ("admin1",),
    "deaths": ("fatalities",),
    "where_prec": ("geo_precision",),
    "date_prec": ("time_precision",),
}
"""Columns by what they say; the first is needed, further ones are read where they are (another name of the same, or an id)."""
DATASETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"UCDP GED": UCDP, "ACLED": ACLED}
_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%d-%b-%y", "%m/%d/%Y")
CELLS_A_DEGREE, CELLS_A_ROW = 2, 720


class EventRow(NamedTuple):
    """One row of an event table, as a rule sees it. ``None``: the table does not say."""

    start: date
    a: tuple[str, ...]
    b: tuple[str, ...]
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    admin1: str
    lon: float | None
    lat: float | None
    deaths: int | None
    where_prec: int | None
    date_prec: int | None

    @property
    def cell(self) -> int | None:
        """PRIO-GRID cell of the coordinates (half a degree; Tollefsen, Strand & Buhaug 2012, doi 10.1177/0022343311431287)."""
        if self.lon is None or self.lat is None:
            return None
        row = int((min(self.lat, 89.999) + 90) * CELLS_A_DEGREE)
        column = int((min(self.lon, 179.999) + 180) * CELLS_A_DEGREE)
        return row * CELLS_A_ROW + column + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """An event table: its rows by day, which data set it is, its hash, and rows that could not be used."""

    rows: tuple[EventRow, ...]
    dataset: str
    sha256: str
    misses: tuple[Miss, ...] = ()

    @property
    def first_day(self) -> date:
        """Day of the first row."""
        return self.rows[0].start

    @property
    def last_day(self) -> date:
        """Day of the last row."""
        return self.rows[-1].start


def read_event_file(raw: bytes, name: str) -> EventFile:
    """
    Read a UCDP GED or ACLED table.

    Parameters
    ----------
    raw
        The file: CSV with a header, separated by commas or semicolons; UTF-8.
    name
        What to call it in errors.

    Returns
    -------
    file
        Rows by day, then as written. A row without a day that can be read is a miss.

    Raises
    ------
    SourceError
        If it is no such table, or has no row.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: byte {error.start} is not UTF-8; save the table as UTF-8 CSV") from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = tuple(c.strip().lower() for c in reader.fieldnames or ())
    dataset = next((n for n, want in DATASETS.items() if all(c[0] in columns for c in want.values())), None)
    if dataset is None:
        raise SourceError(
            f"{name}: the columns are those of neither UCDP GED ({', '.join(c[0] for c in UCDP.values())}) "
            f"nor ACLED ({', '.join(c[0] for c in ACLED.values())}); give the table as it is downloaded"
        )
    rows: list[EventRow] = []
    misses: list[Miss] = []
    for record in reader:
        said = {(k or "").strip().lower(): (v or "").strip() if isinstance(v, str) else "" for k, v in record.items()}
        try:
            rows.append(_row(said, DATASETS[dataset]))
        except (ValueError, OverflowError) as error:
            misses.append(Miss(what=f"{name}, line {reader.line_num}", why=str(error)))
    if not rows:
        raise SourceError(f"{name}: no row has a day that can be read; give a table with events")
    rows.sort(key=lambda r: r.start)
    digest = hashlib.sha256(raw).hexdigest()
    return EventFile(rows=tuple(rows), dataset=dataset, sha256=digest, misses=tuple(misses))


def _row(said: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]) -> EventRow:
    def words(what: str) -> tuple[str, ...]:
        return tuple(said[c].casefold() for c in columns[what] if said.get(c))

    def number(what: str) -> int | None:
        given = next((said[c] for c in columns[what] if said.get(c)), "")
        return int(float(given)) if given else None

    lon, lat = (float(said[c]) if said.get(c) else None for c in ("longitude", "latitude"))
    if lon is not None and lat is not None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InputError(f"longitude {lon}, latitude {lat} are not on the globe; the row is not counted")
    return EventRow(
        start=_day(said[columns["start"][0]]),
        a=words("a"),
        b=words("b"),
        kinds=words("kinds"),
        countries=words("country"),
        admin1=said[columns["admin1"][0]].casefold(),
        lon=lon,
        lat=lat,
        deaths=number("deaths"),
        where_prec=number("where_prec"),
        date_prec=number("date_prec"),
    )


def _day(text: str) -> date:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise InputError(f"{text!r} is no day; it must be written as 2019-05-08")


def windows_before(first_day: date, n_days: int, rows: Sequence[EventRow]) -> list[tuple[date, date]]:
    """List the windows of equal length that end before ``first_day`` and lie wholly in the table, newest first."""
    found = []
    end = first_day - timedelta(days=1)
    while rows and (start := end - timedelta(days=n_days - 1)) >= rows[0].start:
        found.append((start, end))
        end = start - timedelta(days=1)
    return found
