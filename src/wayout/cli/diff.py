"""`wayout diff`: what changed between two days, and which report did it."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayout.cli.options import AsJson, Within, aware, tell_miss
from wayout.cli.situation import MaybeArea, MaybeParty, Most
from wayout.cli.store_option import StorePlace, open_to_ask, today

if TYPE_CHECKING:
    from wayout.casebook.way_changes import WayChange
    from wayout.store.base import Store

DAY = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]
From = Annotated[datetime, typer.Option("--from", metavar="YYYY-MM-DD", formats=DAY, help="The earlier day (UTC).")]
To = Annotated[datetime, typer.Option("--to", metavar="YYYY-MM-DD", formats=DAY, help="The later day (UTC).")]


def diff(
    before: From,
    after: To,
    store: StorePlace = None,
    party: MaybeParty = None,
    area: MaybeArea = None,
    within: Within = "14d",
    most: Most = 50,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two days of the store, each with before and after, and the reports responsible, in their words."""
    from wayout.casebook.changes import find_changes
    from wayout.cli.diff_lines import change_lines, change_records, header
    from wayout.cli.read import open_console

    first, second = aware(before), aware(after)
    if first is None or second is None or first >= second:
        raise typer.BadParameter(f"--from {before:%Y-%m-%d} must be before --to {after:%Y-%m-%d}")
    if (party is None) != (area is None):
        raise typer.BadParameter("--party and --in go together; give both for barriers and ways, or neither")
    kept, _ = open_to_ask(store)
    with kept:
        found = find_changes(kept, first, second, most)
        ways: tuple[WayChange, ...] = ()
        if party is not None and area is not None:
            ways = _of_ways(kept, (party, area, within), first, second)
        records = change_records(kept, found, ways)
    if as_json:
        typer.echo(json.dumps(records, ensure_ascii=False))
        return
    console = open_console()
    console.print(header(found), soft_wrap=True)
    for line in change_lines(records):
        console.print(line, soft_wrap=True)


def _of_ways(store: "Store", words: tuple[str, str, str], first: datetime, second: datetime) -> "tuple[WayChange, ...]":
    """Ask the question at both times."""
    from wayout.casebook.recalling import recall
    from wayout.casebook.way_changes import find_way_changes
    from wayout.cli.data_folder import data_settings
    from wayout.errors import NotFoundError
    from wayout.model import Findings, Miss
    from wayout.pipeline import analyse_readings
    from wayout.question import Request
    from wayout.settings import Settings

    party, area, within = words
    settings = Settings(data=data_settings())

    def ask(at: datetime) -> Findings:
        request = Request(party=party, area=area, within=within, at=at)
        # Each run takes the letters of its own day: a brief of that day would have had no others.
        recalled = recall(store, request, today(), settings.data.editions)
        return analyse_readings(recalled.readings, recalled.request, settings, judgements=recalled.judgements)

    later = ask(second)
    try:
        earlier = ask(first)
    except NotFoundError as error:
        tell_miss(Miss(what=f"the ways on {first:%Y-%m-%d}", why=str(error)))
        return ()
    return find_way_changes(earlier, later)
