"""`wayout add`: reports into the store, each read once."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wayout.cli.options import AsJson, Sources, aware, tell_miss, tell_progress
from wayout.cli.store_option import StorePlace, open_to_add, today

if TYPE_CHECKING:
    from wayout.casebook.adding import AddSummary

DayOfUndated = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
        help="Day that reports without a date are taken to be of (UTC); default: today.",
        show_default=False,
    ),
]


def add(sources: Sources, store: StorePlace = None, at: DayOfUndated = None, as_json: AsJson = False) -> None:
    """Read reports and keep them in the store. What is there is not read again: a broken run is simply run again."""
    from wayout.casebook.adding import AddOptions, add_reports
    from wayout.cli.data_folder import data_settings
    from wayout.cli.gather import gather
    from wayout.errors import SourceError

    kept, place = open_to_add(store)
    with kept:
        tell_progress("READ, EXTRACT, LOCATE")
        options = AddOptions(today=today(), at=aware(at), editions=data_settings().editions)
        try:
            summary = add_reports(gather(sources, sys.stdin.buffer), kept, options, tell_miss)
        except KeyboardInterrupt:
            typer.echo(f"wayout: stopped; what was read is kept in {place}, the same call goes on from there", err=True)
            raise
    typer.echo(json.dumps(_as_record(summary, place), ensure_ascii=False) if as_json else _line(summary, place))
    if not summary.n_new + summary.n_known:
        raise SourceError(f"none of the {len(sources)} sources could be read; see the lines above, and give a report")


def _line(summary: "AddSummary", place: str) -> str:
    """Say in one line what came of it."""
    told = [f"{_count(summary.n_new, 'new report')} with {_count(summary.n_claims, 'claim')}"]
    if summary.n_known:
        elsewhere = f" ({summary.n_elsewhere} of them from elsewhere)" if summary.n_elsewhere else ""
        told.append(f"{summary.n_known} known before{elsewhere}")
    if summary.n_unread:
        told.append(f"{summary.n_unread} not read")
    first = "Nothing new. " if not summary.n_new and summary.n_known else ""
    return f"{first}{', '.join(told)}: {place}"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _as_record(summary: "AddSummary", place: str) -> dict[str, Any]:
    from wayout.model.as_json import as_json

    record: dict[str, Any] = as_json(summary)
    return {"store": place, **record}
