"""`wayout read`: documents and what was found in them."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from wayout.cli.options import AsJson, At, Sources, aware, collect, tell_miss, tell_progress
from wayout.model import Actor, ActorId, Miss, Reading

if TYPE_CHECKING:
    from rich.console import Console

    from wayout.cli.suggest import Suggestions


LanguageModelAddress = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="URL",
        help="Let a language model at this OpenAI-compatible address suggest further claims; the text is sent there. "
        "A key is taken from WAYOUT_LLM_KEY.",
        show_default=False,
    ),
]
LanguageModelName = Annotated[
    str | None, typer.Option("--llm-model", metavar="NAME", help="The model's name there.", show_default=False)
]


def read(
    sources: Sources,
    at: At = None,
    as_json: AsJson = False,
    llm: LanguageModelAddress = None,
    llm_model: LanguageModelName = None,
) -> None:
    """Read sources: claims in colour on a terminal, JSON lines in a pipe or with --json."""
    from wayout.cli.data_folder import data_settings
    from wayout.errors import SourceError
    from wayout.reading import read_claims

    suggestions = _suggestions(llm, llm_model)
    pages, unread = collect(sources)
    tell_progress("READ")
    outcomes = read_claims(pages, aware(at), editions=data_settings().editions)
    if suggestions is not None:
        outcomes = (o if isinstance(o, Miss) else suggestions.add_to(o) for o in outcomes)
    show = _show_on_terminal if sys.stdout.isatty() and not as_json else _print_lines
    if not show(outcomes, unread):
        raise SourceError(f"none of {len(pages) + len(unread)} sources could be read; see the lines above")


def _suggestions(address: str | None, model: str | None) -> "Suggestions | None":
    """Open the language model that was named; nobody is asked unless both options are given."""
    if address is None and model is None:
        return None
    if address is None or not model:
        raise typer.BadParameter("--llm and --llm-model go together; give both or neither")
    from wayout.cli.language_model import KEY_VARIABLE, LanguageModel
    from wayout.cli.suggest import Suggestions
    from wayout.errors import InputError
    from wayout.settings import LanguageModelSettings

    key = os.environ.get(KEY_VARIABLE) or None
    try:
        opened = LanguageModel(LanguageModelSettings(base_url=address, model=model, key=key))
    except InputError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(f"wayout: what is read is sent to {opened.host} (model {model})", err=True)
    return Suggestions(opened)


def _print_lines(outcomes: Iterable[Reading | Miss], unread: Sequence[Miss]) -> int:
    """Print every record as a line of JSON; return how many documents there were."""
    from wayout.cli.reading_lines import as_line, miss_record, reading_records

    skipped, n_documents = list(unread), 0
    for outcome in outcomes:
        if isinstance(outcome, Miss):
            skipped.append(outcome)
            tell_miss(outcome)
            continue
        n_documents += 1
        for record in reading_records(outcome, _actors(outcome)):
            typer.echo(as_line(record))
    for miss in skipped if n_documents else ():
        typer.echo(as_line(miss_record(miss)))
    return n_documents


def _show_on_terminal(outcomes: Iterable[Reading | Miss], unread: Sequence[Miss]) -> int:
    """Show every reading to a person; return how many documents there were."""
    from wayout.cli.render_claims import ReadingView, legend, miss_lines

    console = open_console()
    skipped, n_documents = list(unread), 0
    for outcome in outcomes:
        if isinstance(outcome, Miss):
            skipped.append(outcome)
            tell_miss(outcome)
            continue
        if not n_documents:
            console.print(legend())
        n_documents += 1
        console.print(ReadingView(outcome, _actors(outcome)))
    if n_documents and skipped:
        for line in miss_lines(skipped):
            console.print(line)
    return n_documents


def open_console() -> "Console":
    """Open the terminal: its own width, no colour where NO_COLOR asks for none, no reading of markup in texts."""
    from rich.console import Console

    from wayout.cli.claim_words import THEME

    return Console(theme=THEME, markup=False, highlight=False, emoji=False, soft_wrap=False)


def _actors(reading: Reading) -> dict[str, Actor]:
    """Look up the actors of a reading; one that no file knows is a person where the text's mention says so."""
    from wayout.extract.actors import open_actors

    book = open_actors()
    persons = {m.ref for m in reading.mentions if m.kind == "person"}
    refs = {m.ref for m in reading.mentions if m.ref} | {
        r for c in reading.claims for r in (c.subject, c.object) if r is not None
    }
    found: dict[str, Actor] = {}
    for ref in sorted(refs):
        actor = book.actor(ActorId(ref))
        found[ref] = as_person(actor) if ref in persons and actor.kind == "unknown" else actor
    return found


def as_person(actor: Actor) -> Actor:
    """Return the record of somebody unknown as a person's: private individuals are not placed at all."""
    from dataclasses import replace

    return replace(actor, kind="person")
