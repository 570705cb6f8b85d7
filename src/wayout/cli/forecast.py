"""`wayout forecast`: a record of one's own forecasts: ask, make, list, resolve, score, import, page."""

import getpass
import json
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wayout.cli.options import AsJson, tell_miss
from wayout.cli.store_option import StorePlace
from wayout.cli.terminal_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wayout.assess.forecasts import Ledger
    from wayout.model import ForecastQuestion, Judgement, Miss
    from wayout.store.base import Store

app = typer.Typer(
    no_args_is_help=True,
    help="Keep a record of forecasts: frozen when made, resolved by rule from a data set, scored beside zero, base rate and persistence.",
)
KEPT_AT_A_TIME = 1000
"""Entries of one transaction: a stopped import goes on after the last."""
By = Annotated[str | None, typer.Option("--by", help="Who; default: your user name.", show_default=False)]


def _day_option(name: str, words: str) -> Any:
    return typer.Option(name, metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=words, show_default=False)


@app.command()
def ask(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Questions as YAML or JSON.")] = None,
    template: Annotated[bool, typer.Option("--template", help="Print a file to start from, and stop.")] = False,
    by: By = None,
    store: StorePlace = None,
) -> None:
    """Ask questions that a data set will settle: which events, where, in which days, how many. From then on they are frozen."""
    from wayout.assess.forecasts import ask as ask_ledger
    from wayout.assess.ledger.question_file import TEMPLATE, read_questions

    if template:
        typer.echo(TEMPLATE, nl=False)
        return
    if not files:
        raise typer.BadParameter("give a FILE with questions, or --template to see one")
    opened, _ = _open(store, to_add=True)
    with opened:
        ledger = _ledger(opened)
        for path in files:
            known = {e.question.name: i for i, e in ledger.entries.items()}
            for question in read_questions(_text(path), path.name, known):
                judgement = ask_ledger(ledger, question, at=_now(), by=by or _user())
                if judgement is None:
                    typer.echo(safe(f"{question.name}: was asked already"))
                    continue
                ledger.add(opened.add_judgement(judgement))
                typer.echo(safe(f"{question.name}: {question.statement}"))
                _warn_if_begun(question)


@app.command()
def make(
    name: Annotated[str, typer.Argument(metavar="QUESTION", help="Its name.")],
    said: Annotated[
        list[str],
        typer.Argument(
            metavar="P...", help='Probability of "yes": 0.3, 30% or "very unlikely"; or OPTION=P for each option.'
        ),
    ],
    by: By = None,
    model: Annotated[str, typer.Option("--model", help="By which method, where it was one.")] = "",
    why: Annotated[str, typer.Option("--why", help="A sentence on why.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="Nothing later was known; for a method tried on the past.",
        ),
    ] = None,
    store: StorePlace = None,
) -> None:
    """Enter a forecast. A second one of the same author and method is scored in place of the first; both stay on record."""
    from wayout.assess.forecasts import make as make_forecast
    from wayout.assess.ledger.said import read_shares
    from wayout.model import Forecast
    from wayout.stats.likelihood import likelihood_term, percent

    opened, _ = _open(store)
    with opened:
        ledger = _ledger(opened)
        question = ledger.find(name).question
        now = _now()
        forecast = Forecast(
            question=question.id,
            probabilities=read_shares(said, question),
            as_of=now if as_of is None else as_of.replace(tzinfo=UTC),
            by=by or _user(),
            model=model,
            why=why,
        )
        ledger.add(opened.add_judgement(make_forecast(ledger, forecast, at=now)))
        made = ledger.find(name).forecasts[-1]
    told = ", ".join(f"{option} {percent(p)} ({likelihood_term(p)})" for option, p in forecast.probabilities)
    typer.echo(safe(f"{question.name}: {told}; entered {made.made_at:%Y-%m-%d %H:%M} UTC, {_standing(made.standing)}"))


@app.command("list")
def list_(as_json: AsJson = False, store: StorePlace = None) -> None:
    """List all questions with the last forecast of each author and what became of them."""
    from wayout.cli.forecast_lines import NOTHING_ASKED, entry_line, entry_record

    opened, _ = _open(store)
    with opened:
        ledger = _ledger(opened)
    if not ledger.entries:
        typer.echo(NOTHING_ASKED, err=as_json)
    for entry in ledger.entries.values():
        typer.echo(json.dumps(entry_record(entry), ensure_ascii=False) if as_json else entry_line(entry))


@app.command()
def resolve(
    tables: Annotated[
        list[Path],
        typer.Argument(metavar="TABLE...", help="UCDP GED or ACLED tables as downloaded (CSV, or gzip of it)."),
    ],
    covers_from: Annotated[
        datetime | None, _day_option("--covers-from", "First day the publisher says it covers.")
    ] = None,
    covers_until: Annotated[
        datetime | None,
        _day_option("--covers-until", "Last day the publisher says it covers: a quiet end leaves no row."),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete", help="It covers every country and region asked for, though none of its rows shows that."
        ),
    ] = False,
    by: By = None,
    store: StorePlace = None,
) -> None:
    """Settle every open question that a table can settle by its rule. Where it does not reach, a question stays open: unknown is not "no"."""
    from wayout.assess.forecasts import Coverage, read_event_file, resolve_due
    from wayout.assess.ledger.imported import unpacked

    coverage = Coverage(covers_from=_date(covers_from), covers_until=_date(covers_until), complete=complete)
    opened, _ = _open(store)
    with opened:
        ledger = _ledger(opened)
        for path in tables:
            file = read_event_file(unpacked(path.read_bytes(), path.name), path.name)
            _tell_misses(file.misses)
            outcome = resolve_due(ledger, file, at=_now(), by=by or _user(), coverage=coverage)
            for judgement in outcome.judgements:
                ledger.add(opened.add_judgement(judgement))
                entry = ledger.entries[judgement.about]
                told = entry.resolution
                if told is not None:
                    typer.echo(safe(f"{entry.question.name}: {_held(told.shares)}; {told.why}"))
            for miss in outcome.open:
                typer.echo(safe(f"{miss.what}: open; {miss.why}"))


@app.command()
def score(as_json: AsJson = False, store: StorePlace = None) -> None:
    """Score everything that is resolved: Brier, log score, calibration, skill against zero, base rate and persistence."""
    from wayout.assess.forecasts import record_of
    from wayout.cli.forecast_lines import figure_lines
    from wayout.model.as_json import as_json as plain

    opened, _ = _open(store)
    with opened:
        record = record_of(_ledger(opened), head=opened.head())
    if as_json:
        from wayout.cli.forecast_lines import without_nan

        typer.echo(json.dumps(without_nan(plain(record)), ensure_ascii=False))
        return
    for line in figure_lines(record):
        typer.echo(line)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tables of questions, plain or gzip.")],
    form: Annotated[
        str, typer.Option("--format", help="gjp (questions.csv) or forecastbench (question and resolution sets).")
    ],
    forecast: Annotated[
        bool,
        typer.Option("--forecast/--no-forecast", help="Also forecast each question from how earlier ones came out."),
    ] = True,
    by: By = None,
    store: StorePlace = None,
) -> None:
    """Take in somebody else's questions with their outcomes. What is forecast now on past windows is marked as a hindcast."""
    from wayout.assess.forecasts import forecast_from_past, read_forecastbench, read_gjp, take_in
    from wayout.assess.ledger.imported import text_of

    if form not in ("gjp", "forecastbench"):
        raise typer.BadParameter(f"--format is {form!r}; give gjp or forecastbench")
    texts = [(path.name, text_of(path.read_bytes(), path.name)) for path in files]
    opened, _ = _open(store, to_add=True)
    with opened:
        ledger = _ledger(opened)
        new: list[Judgement] = []
        for imported in [read_forecastbench(texts)] if form == "forecastbench" else [read_gjp(t, n) for n, t in texts]:
            _tell_misses(imported.misses)
            ours = (
                forecast_from_past(imported.questions, imported.resolutions, by="wayout", now=_now())
                if forecast
                else ()
            )
            new += take_in(ledger, imported, (*imported.forecasts, *ours), at=_now(), by=by or _user())
        _keep(opened, new)
    kinds = [judgement.kind for judgement in new]
    typer.echo(
        ", ".join(f"{kinds.count(kind)} {kind}s" for kind in ("question", "forecast", "resolution")) + " taken in"
    )


@app.command()
def page(
    out: Annotated[Path, typer.Option("--out", help="HTML file to write.", dir_okay=False)],
    title: Annotated[str, typer.Option("--title", help="Of the page.")] = "Record of forecasts",
    store: StorePlace = None,
) -> None:
    """Write the record as one self-contained page: every forecast with outcome and score, calibration, skill with intervals."""
    from wayout.assess.forecasts import record_of
    from wayout.publish.record_page import record_page

    opened, _ = _open(store)
    with opened:
        record = record_of(_ledger(opened), head=opened.head())
    out.write_text(record_page(record, title), encoding="utf-8")
    typer.echo(f"{out}: {len(record.entries)} questions")


def _open(store: str | None, *, to_add: bool = False) -> "tuple[Store, str]":
    from wayout.cli.store_option import open_to_add, open_to_ask

    return open_to_add(store) if to_add else open_to_ask(store)


def _ledger(opened: "Store") -> "Ledger":
    from wayout.assess.forecasts import open_ledger

    return open_ledger(opened.judgements())


def _keep(opened: "Store", judgements: "Iterable[Judgement]") -> None:
    from wayout.cli.options import tell_progress

    left, n = iter(judgements), 0
    while some := list(islice(left, KEPT_AT_A_TIME)):
        n += len(opened.add_judgements(some))
        if n > KEPT_AT_A_TIME:
            tell_progress(f"{n} entries kept")


def _tell_misses(misses: "Iterable[Miss]") -> None:
    for miss in misses:
        tell_miss(miss)


def _warn_if_begun(question: "ForecastQuestion") -> None:
    if _now() > question.opens_at:
        typer.echo(
            f"wayout: the window of {question.name} has begun on {question.first_day}; forecasts of it will not count as made ahead",
            err=True,
        )


def _standing(standing: str) -> str:
    return {
        "ahead": "ahead of the window",
        "hindcast": "after the window began: a hindcast, never scored as made ahead",
        "late": "after the window began and knowing of it: not scored",
    }[standing]


def _held(shares: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(option if share == 1 else f"{option} {share:g}" for option, share in shares if share) or "voided"


def _text(path: Path) -> str:
    from wayout.assess.ledger.imported import text_of

    return text_of(path.read_bytes(), path.name)


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _now() -> datetime:
    return datetime.now(UTC)
