"""The command `wayout`: its verbs, and how an error is told (one line: what, where, what to do)."""

import sys
from typing import Annotated

import click
import typer

from wayout import __version__
from wayout.errors import InputError, WayoutError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Conflict analysis that can be checked: from reports to the ways out, every sentence traced to its words.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wayout {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of every verb."""


def _add_verbs() -> None:
    from wayout.cli.brief import brief
    from wayout.cli.locate import locate
    from wayout.cli.read import read
    from wayout.cli.situation import situation

    for verb in (brief, read, locate, situation):
        app.command()(verb)


def main() -> None:
    """Run the command; exit status 0 done, 1 the work failed, 2 the call was wrong."""
    _add_verbs()
    try:
        app(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except WayoutError as error:
        typer.echo(f"wayout: {error}", err=True)
        sys.exit(2 if isinstance(error, InputError) and getattr(error, "is_call", False) else 1)
    except BrokenPipeError:
        sys.exit(0)
