"""`wayout sources`: who told what is in the store, with letters that people give and the record that is learned beside them."""

import getpass
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wayout.cli.options import AsJson, aware
from wayout.cli.store_option import StorePlace, open_to_ask, today

if TYPE_CHECKING:
    from rich.table import Table

    from wayout.casebook.sources import SourceLine
    from wayout.store.base import Store

app = typer.Typer(help="List the sources in a store; rate them; say which of their claims held.")
By = Annotated[str | None, typer.Option("--by", help="Who judges; default: your user name.", show_default=False)]
Why = Annotated[str, typer.Option("--why", help="The reason, for whoever reads it later.", show_default=False)]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        metavar="YYYY-MM-DD",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
        help="As of when; default: today (UTC).",
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
def sources(context: typer.Context, store: StorePlace = None, at: AsOf = None, as_json: AsJson = False) -> None:
    """List publishers and mouths: letter, documents, claims, and how often their resolved claims held. The record changes no weight."""
    if context.invoked_subcommand is not None:
        return
    from wayout.casebook.sources import sources_at

    opened, place = open_to_ask(store)
    with opened:
        lines = sources_at(opened, aware(at) or today())
    if as_json:
        for line in lines:
            typer.echo(json.dumps(_as_record(line), ensure_ascii=False))
        return
    from rich.console import Console

    console = Console()
    if not lines:
        console.print(f"No source is known by then in {place}.", markup=False)
        return
    console.print(_table(lines))
    console.print(
        "F: nobody has judged it; that is neither trust nor distrust. Held: claims that independent later reports or a person "
        "confirmed, of those resolved; agreement is not truth, and nothing is weighed by it.",
        markup=False,
    )


@app.command()
def rate(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The source, in any spelling.")],
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="A to F (Admiralty scale); F takes a rating back.")],
    why: Why,
    by: By = None,
    store: StorePlace = None,
) -> None:
    """Give a source an Admiralty letter. Earlier letters stay in the record; the newest as of a date counts."""
    from wayout.fuse.reliability import make_rating, words_of_letter

    judgement = make_rating(name, letter, why, by or getpass.getuser(), _now())
    with open_to_ask(store)[0] as opened:  # a mistyped --store must not make a new one
        kept = opened.add_judgement(judgement)
    given = kept.value()["letter"]
    typer.echo(f"{_shown(name)}: {given}, {words_of_letter(given)} (by {_shown(kept.by)})")


@app.command()
def resolve(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of a claim ('claim-...').")],
    held: Annotated[bool, typer.Option("--held/--refuted", help="Whether it turned out true.", show_default=False)],
    why: Why,
    by: By = None,
    store: StorePlace = None,
) -> None:
    """Say that a claim held or was refuted. This word wins over what later reports say, in the sources' records only."""
    from wayout.errors import InputError, NotFoundError
    from wayout.fuse.weighing.resolving import RESOLUTION
    from wayout.model import make_judgement

    if not why.strip():
        raise InputError("a resolution needs a reason; give --why")
    opened, place = open_to_ask(store)
    with opened:
        if not _holds(opened, claim):
            raise NotFoundError(
                f"no claim {claim!r} in {place}; 'wayout read --json' and 'wayout situation --json' list ids"
            )
        value = {"held": held, "why": why.strip()}
        opened.add_judgement(
            make_judgement(kind=RESOLUTION, about=claim, made_at=_now(), by=by or getpass.getuser(), value=value)
        )
    typer.echo(f"{_shown(claim)}: {'held' if held else 'refuted'}")


def _holds(store: "Store", claim: str) -> bool:
    from wayout.model import ClaimId
    from wayout.store.base import ClaimFilter

    return bool(store.claims(ClaimFilter(ids=(ClaimId(claim),))))


def _table(lines: "tuple[SourceLine, ...]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None)
    for heading, justify in (
        ("source", "left"),
        ("letter", "left"),
        ("documents", "right"),
        ("claims", "right"),
        ("held", "left"),
        ("against itself", "right"),
    ):
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for line in lines:
        rated = (
            line.letter
            if line.rating is None
            else f"{line.letter} ({_shown(line.rating.by)}, {line.rating.made_at:%Y-%m-%d})"
        )
        cells = (
            _shown(line.name),
            rated,
            str(line.n_documents),
            str(line.n_claims),
            _record(line),
            str(len(line.against_itself) or ""),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _record(line: "SourceLine") -> str:
    """Tell a track record; of a source without resolved claims nothing is known."""
    record = line.record
    if not record.n_resolved:
        return "none resolved"
    return f"{record.n_confirmed} of {record.n_resolved}: {record.p_right:.2f} ({record.low:.2f}-{record.high:.2f})"


def _as_record(line: "SourceLine") -> dict[str, Any]:
    from wayout.model.as_json import as_json

    told: dict[str, Any] = as_json(line)
    return told


def _shown(text: str) -> str:
    from wayout.cli.terminal_text import isolated, safe

    return isolated(safe(text))


def _now() -> datetime:
    return datetime.now(UTC)
