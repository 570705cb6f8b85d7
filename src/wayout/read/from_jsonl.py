"""JSON lines: one report a line, as bytes with what the record says of title, date, outlet and address."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from wayout.model import Miss
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage


def split_records(lines: Iterable[bytes], name: str, retrieved: datetime | None = None) -> Iterator[RawPage | Miss]:
    """
    Make one page of each line of a JSON lines source; a bad line becomes a miss and the rest goes on.

    Parameters
    ----------
    lines
        UTF-8 lines, each a JSON object with ``text`` and, if known, ``title``, ``date`` (ISO 8601), ``url``, ``outlet``
        and ``id``. Blank lines are skipped.
    name
        The source's name.
    retrieved
        When the source was fetched.

    Yields
    ------
    page
        The record as a page, or a miss that names source and line.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        where = f"{name} line {number}"
        if len(line) > MAX_PAGE_BYTES:
            yield Miss(what=where, why=f"the line is over {MAX_PAGE_BYTES // 1_000_000} MB; give single reports")
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield Miss(what=where, why=f"the line is not a JSON object in UTF-8 ({error}); mend or remove it")
            continue
        yield _page_of(record, where, retrieved)


def _page_of(record: Any, where: str, retrieved: datetime | None) -> RawPage | Miss:
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str) or not text.strip():
        return Miss(what=where, why='the record has no "text"; each line must be an object with the report\'s text')
    known = {
        key: value.strip()
        for key in ("id", "title", "date", "url", "outlet")
        if isinstance(value := record.get(key), str)
    }
    return RawPage(
        name=f"{known['id']} ({where})" if known.get("id") else where,
        # Lone surrogates are legal in JSON and in no text.
        content=text.encode("utf-8", "ignore"),
        url=known.get("url") or None,
        retrieved=retrieved,
        charset="utf-8",
        title=known.get("title") or None,
        published=_moment(known.get("date")),
        outlet=known.get("outlet") or None,
    )


def _moment(text: str | None) -> datetime | None:
    """Read an ISO date or time; without a zone it is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text) if text else None
        if moment is None:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
