"""`wayout situation`: the fused picture, from reports or from the store, as tables or as GeoJSON."""

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from wayout.cli.options import AsJson, At, Within, aware, tell_miss, tell_progress
from wayout.cli.store_option import SourcesOrStore, StorePlace, open_to_ask, refuse_both, today
from wayout.errors import SourceError

if TYPE_CHECKING:
    from wayout.casebook.picture import Picture

MaybeParty = Annotated[
    str | None, typer.Option("--party", help="Whose ways are asked for: adds barriers and ways.", show_default=False)
]
MaybeArea = Annotated[
    str | None, typer.Option("--in", help="Where the party is; goes with --party.", show_default=False)
]
Most = Annotated[int, typer.Option("--most", min=1, help="Records of each kind; the others are counted.")]


def situation(
    sources: SourcesOrStore = None,
    party: MaybeParty = None,
    area: MaybeArea = None,
    at: At = None,
    within: Within = "14d",
    store: StorePlace = None,
    most: Most = 50,
    as_json: AsJson = False,
) -> None:
    """Print who is where, who holds what, what happened and who disagrees: tables on a terminal, GeoJSON in a pipe or with --json."""
    refuse_both(sources, store)
    if (party is None) != (area is None):
        raise typer.BadParameter("--party and --in go together; give both for barriers and ways, or neither")
    in_words = sys.stdout.isatty() and not as_json
    if party is not None and area is not None:
        _asked_by(sources, store, (party, area, within), aware(at), in_words=in_words)
        return
    picture = _of_sources(sources, aware(at), most) if sources else _of_store(store, aware(at), most)
    for note in picture.notes:
        tell_miss(note)
    if in_words:
        from wayout.cli.read import open_console
        from wayout.cli.situation_tables import picture_tables

        for table in picture_tables(picture):
            open_console().print(table)
        return
    from wayout.publish.to_geojson import picture_geojson

    collection = picture_geojson(picture.situation, picture.actors, picture.claims)
    typer.echo(json.dumps(collection, ensure_ascii=False))


def _asked_by(
    sources: list[str] | None, store: str | None, words: tuple[str, str, str], at: datetime | None, *, in_words: bool
) -> None:
    """Print the picture for a party, with barriers and ways."""
    from wayout.cli.asking import Asked, ask
    from wayout.cli.data_folder import data_settings
    from wayout.question import Request
    from wayout.settings import Settings

    party, area, within = words
    settings = Settings(data=data_settings())
    request = Request(party=party, area=area, within=within, at=at)
    findings = ask(Asked(sources=tuple(sources or ()), store=store), request, settings)
    if in_words:
        from wayout.cli.read import open_console
        from wayout.cli.situation_tables import situation_tables
        from wayout.publish.to_terminal import print_exits

        console = open_console()
        for table in situation_tables(findings.situation, findings.actors, findings.claims, findings.documents):
            console.print(table)
        print_exits(findings, console)
        return
    from wayout.publish.to_geojson import situation_geojson

    typer.echo(json.dumps(situation_geojson(findings, settings.floor_km), ensure_ascii=False))


def _of_store(place: str | None, at: datetime | None, most: int) -> "Picture":
    from wayout.casebook.picture import newest_picture, picture_at

    store, _ = open_to_ask(place)
    with store:
        return newest_picture(store, today(), most) if at is None else picture_at(store, at, most)


def _of_sources(sources: list[str], at: datetime | None, most: int) -> "Picture":
    """Make the picture of reports named in the call: they are put into a store that is gone at the end."""
    from wayout.casebook.adding import AddOptions, add_reports
    from wayout.casebook.picture import newest_picture, picture_at
    from wayout.cli.data_folder import data_settings
    from wayout.cli.gather import gather
    from wayout.store.open import IN_MEMORY, open_store

    with open_store(IN_MEMORY) as store:
        tell_progress("READ, EXTRACT, LOCATE")
        options = AddOptions(today=today(), at=at, editions=data_settings().editions)
        summary = add_reports(gather(sources, sys.stdin.buffer), store, options, tell_miss)
        if not summary.n_new:
            raise SourceError(
                f"none of the {len(sources)} sources could be read; see the lines above, and give a report"
            )
        return newest_picture(store, today(), most) if at is None else picture_at(store, at, most)
