"""Settle a question by its rule: count rows in the window; where the table does not reach, nothing is said."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wayout.assess.ledger.event_rows import EventFile, EventRow, windows_before
from wayout.errors import InputError
from wayout.model import AskedRegion, EventFilter, ForecastQuestion, Resolution, ResolutionRule

if TYPE_CHECKING:
    from shapely.geometry import Polygon

NEAR_DEG = 2.0
"""A table that has no row at all within this of the region asked for does not show that it covers it."""
MOST_WINDOWS = 120
"""Earlier windows that make the base rate, at most: ten years of months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the table is known to cover beyond its rows, as its publisher says: a quiet last week leaves no row."""

    covers_from: date | None = None
    covers_until: date | None = None
    complete: bool = False


ROWS_ALONE = Coverage()
"""Nothing is known beyond the rows."""


def why_not(question: ForecastQuestion, file: EventFile, coverage: Coverage = ROWS_ALONE) -> str:
    """
    Say why a table cannot settle a question; "" where it can.

    Unknown is not "no": a table of another data set, one that ends before the window does, or one without a single row of the countries
    or the neighbourhood asked for, does not show that nothing happened.

    Parameters
    ----------
    question
        With its rule.
    file
        The table.
    coverage
        What is known of it.
    """
    rule = question.rule
    if rule is None:
        return f"it is settled by {question.settled_by}, not by a table"
    if rule.dataset != file.dataset:
        return f"its rule asks for {rule.dataset}, the table is {file.dataset}"
    first = min(file.first_day, coverage.covers_from or file.first_day)
    last = max(file.last_day, coverage.covers_until or file.last_day)
    if last < question.last_day:
        return (
            f"the table's last row is of {file.last_day} and the window ends on {question.last_day}; wait for the next release, "
            "or say --covers-until where its publisher does"
        )
    if first > question.first_day:
        return f"the table's first row is of {file.first_day}, the window begins on {question.first_day}; give the older rows too"
    if coverage.complete:
        return ""
    asked = {c.casefold() for c in rule.events.countries}
    if missing := sorted(c for c in asked if not any(c in r.countries for r in file.rows)):
        return f"the table has no row at all of {', '.join(missing)}; is it covered? then say --complete"
    if not rule.region.everywhere and not _is_near(rule.region, file.rows):
        return f"the table has no row within {NEAR_DEG:g} degrees of the region asked for; is it covered? then say --complete"
    return ""


def resolve_by_rule(question: ForecastQuestion, file: EventFile, coverage: Coverage = ROWS_ALONE) -> Resolution:
    """
    Count, compare with the bounds, and say what windows before would have said.

    Parameters
    ----------
    question
        With its rule.
    file
        A table that reaches the window's end.
    coverage
        What is known of it beyond its rows.

    Returns
    -------
    resolution
        Count, outcome, and the references: the window before, and the share of each option in earlier windows of equal length.

    Raises
    ------
    InputError
        If the table cannot settle it; says why.
    """
    if reason := why_not(question, file, coverage):
        raise InputError(f"question {question.name!r} stays open: {reason}")
    rule = question.rule
    if rule is None:  # why_not has said so; this is for the reader of types
        raise InputError(f"question {question.name!r} has no rule")
    counted = _counted(rule, file.rows)
    count = _count(counted, question.first_day, question.last_day, rule)
    n_days = (question.last_day - question.first_day).days + 1
    earlier = windows_before(question.first_day, n_days, file.rows)[:MOST_WINDOWS]
    held = [option_of(question, _count(counted, start, end, rule)) for start, end in earlier]
    base = tuple((option, held.count(option) / len(held)) for option in question.options) if held else ()
    outcome = option_of(question, count)
    return Resolution(
        question=question.id,
        shares=tuple((option, float(option == outcome)) for option in question.options),
        dataset=file.dataset,
        dataset_sha256=file.sha256,
        covers_until=max(file.last_day, coverage.covers_until or file.last_day),
        count=count,
        count_before=_count(counted, *earlier[0], rule) if earlier else None,
        base_shares=base,
        n_windows_before=len(held),
        why=f"{count} {rule.counts} from {question.first_day} to {question.last_day} in {len(file.rows)} rows of {file.dataset}",
    )


def option_of(question: ForecastQuestion, count: int) -> str:
    """Return the option that a count makes true."""
    bounds = question.rule.bounds if question.rule else (1,)
    return question.options[bisect_right(bounds, count)]


def _counted(rule: ResolutionRule, rows: Sequence[EventRow]) -> list[EventRow]:
    inside = _membership(rule.region)
    return [row for row in rows if _passes(rule.events, row) and inside(row)]


def _count(rows: Sequence[EventRow], first: date, last: date, rule: ResolutionRule) -> int:
    days = [r.start for r in rows]
    found = rows[bisect_left(days, first) : bisect_right(days, last)]
    return len(found) if rule.counts == "events" else sum(r.deaths or 0 for r in found)


def _passes(events: EventFilter, row: EventRow) -> bool:
    sides = {"a": row.a, "b": row.b, "any": (*row.a, *row.b)}[events.side]
    named = {name.casefold() for name in events.actors}
    kinds = {kind.casefold() for kind in events.kinds}
    countries = {country.casefold() for country in events.countries}
    return (
        (not named or not named.isdisjoint(sides))
        and (not kinds or not kinds.isdisjoint(row.kinds))
        and (not countries or not countries.isdisjoint(row.countries))
        and _precise(row.where_prec, events.max_where_prec)
        and _precise(row.date_prec, events.max_date_prec)
    )


def _precise(code: int | None, most: int | None) -> bool:
    return most is None or (code is not None and code <= most)


def _membership(region: AskedRegion) -> Callable[[EventRow], bool]:
    cells, names = frozenset(region.cells), frozenset(n.casefold() for n in region.admin1)
    ring = _polygon(region)

    def inside(row: EventRow) -> bool:
        if region.everywhere or row.admin1 in names or row.cell in cells:
            return True
        if ring is None or row.lon is None or row.lat is None:
            return False
        import shapely

        return bool(shapely.intersects_xy(ring, row.lon, row.lat))

    return inside


def _polygon(region: AskedRegion) -> "Polygon | None":
    if not region.polygon:
        return None
    import shapely

    ring = shapely.Polygon(region.polygon)
    if not ring.is_valid or ring.is_empty or ring.area == 0:
        raise InputError("the polygon of a question crosses itself or has no area; draw it again")
    shapely.prepare(ring)
    return ring


def _is_near(region: AskedRegion, rows: Sequence[EventRow]) -> bool:
    names = {n.casefold() for n in region.admin1}
    boxes = [_cell_box(cell) for cell in region.cells]
    if region.polygon:
        lons, lats = zip(*region.polygon, strict=True)
        boxes.append((min(lons), min(lats), max(lons), max(lats)))
    return any(row.admin1 in names or any(_in_reach(row, box) for box in boxes) for row in rows)


def _cell_box(cell: int) -> tuple[float, float, float, float]:
    row, column = divmod(cell - 1, 720)
    return column / 2 - 180, row / 2 - 90, column / 2 - 179.5, row / 2 - 89.5


def _in_reach(row: EventRow, box: tuple[float, float, float, float]) -> bool:
    if row.lon is None or row.lat is None:
        return False
    west, south, east, north = box
    return west - NEAR_DEG <= row.lon <= east + NEAR_DEG and south - NEAR_DEG <= row.lat <= north + NEAR_DEG
