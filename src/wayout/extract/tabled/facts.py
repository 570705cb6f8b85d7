"""What a row of an event table says of time, place, deaths and certainty."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from wayout.model import Document, PlaceUse, Quantity, TimeValue
from wayout.text.event_rows import Field
from wayout.vocab import read_vocab

_PLACES = {
    "ucdp_ged": ("where_coordinates", "adm_2", "adm_1", "country", "latitude"),
    "acled": ("location", "admin3", "admin2", "admin1", "country", "latitude"),
}


@cache
def _tables() -> Mapping[str, Any]:
    read: Mapping[str, Any] = read_vocab("event_tables.yaml")
    return read


def time_of(document: Document, fields: Mapping[str, Field], format: str) -> TimeValue:
    """
    Read when it happened.

    Parameters
    ----------
    document
        The row.
    fields
        Its fields.
    format
        The table's format.

    Returns
    -------
    time
        First and last day; ``date_prec`` as coded (ACLED's time precision turned into UCDP's class), else by the length.
    """
    if format == "acled":
        day = fields["event_date"]
        first = last = date.fromisoformat(day.value)
        span = document.span(day.start, day.end)
        code = fields.get("time_precision")
        prec = _tables()["formats"]["acled"]["date_prec"][_number(code)] if code else None
    else:
        begin, end = fields["date_start"], fields["date_end"]
        first, last = date.fromisoformat(begin.value), date.fromisoformat(end.value)
        span = document.span(begin.start, begin.end if first == last else end.end)
        code = fields.get("date_prec")
        prec = _number(code) if code else None
    days = (last - first).days
    if prec is None:
        prec = next((p for p, most in ((1, 0), (2, 5), (3, 6), (4, 30)) if days <= most), 5)
    return TimeValue(text=document.quote(span), span=span, start=first, end=last, date_prec=prec)


def place_of(document: Document, fields: Mapping[str, Field], format: str) -> PlaceUse:
    """
    Return the place by its most exact name, without UCDP's word for what it is ("Homs city" is Homs).

    Parameters
    ----------
    document
        The row.
    fields
        Its fields.
    format
        The table's format.

    Returns
    -------
    place
        Role "at"; LOCATE takes the row's coordinates.
    """
    field = next(fields[name] for name in _PLACES[format] if name in fields)
    kind = _kind_word().search(field.value) if format == "ucdp_ged" else None
    end = field.start + kind.start() if kind is not None and kind.start() > 0 else field.end
    span = document.span(field.start, end)
    return PlaceUse(role="at", phrase=document.quote(span), span=span)


@cache
def _kind_word() -> re.Pattern[str]:
    kinds = sorted(_tables()["formats"]["ucdp_ged"]["place_kinds"], key=len, reverse=True)
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, kinds))})$")


def deaths_of(document: Document, fields: Mapping[str, Field], format: str) -> Quantity | None:
    """
    Read the deaths.

    Parameters
    ----------
    document
        The row.
    fields
        Its fields.
    format
        The table's format.

    Returns
    -------
    deaths
        UCDP: the best number between the least and the most of low, best and high. ACLED: its number is the lowest that was
        reported, so it is ``low`` too; 0 stands for "none reported or not told" and is unknown here.
    """
    best = fields.get("best" if format == "ucdp_ged" else "fatalities")
    if best is None or (format == "acled" and _number(best) == 0):
        return None
    numbers = [_number(fields[name]) for name in ("low", "best", "high") if name in fields]
    return Quantity(
        text=best.value,
        span=document.span(best.start, best.end),
        unit="death",
        value=float(_number(best)),
        low=float(min(numbers)) if numbers else float(_number(best)),
        high=float(max(numbers)) if numbers else None,
    )


def certainty_of(fields: Mapping[str, Field], format: str, *, doubtful_order: bool) -> float:
    """
    Give the author's commitment to a row, by the stated rule of ``vocab/event_tables.yaml``.

    Parameters
    ----------
    fields
        The row's fields.
    format
        The table's format.
    doubtful_order
        Whether who acted on whom rests on the order of two armed sides, which ACLED gives no meaning.

    Returns
    -------
    certainty
        FactBank scale, at most 3.
    """
    rules = _tables()["certainty"]
    codes = {name: _number(fields[name]) for name in _CODES if name in fields}
    signs = {
        "unclear": codes.get("event_clarity") == 2,
        "no_sure_death": codes.get("best") == 0,
        "vague_time": codes.get("date_prec") == 5 or codes.get("time_precision") == 3,
        "vague_place": codes.get("where_prec", 0) >= 6,
        "order_of_sides": doubtful_order,
    }
    return float(min([rules["plain"], *(rules[name] for name, holds in signs.items() if holds)]))


_CODES = ("event_clarity", "best", "date_prec", "time_precision", "where_prec")


def _number(field: Field) -> int:
    return int(float(field.value))
