"""The command `wayout`: its verbs, and how an error is told (one line: what, where, what to do)."""

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from wayout import __version__
from wayout.errors import WayoutError

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
    from wayout.cli.add import add
    from wayout.cli.assess import assess
    from wayout.cli.backtest import backtest
    from wayout.cli.brief import brief
    from wayout.cli.data import app as data
    from wayout.cli.diff import diff
    from wayout.cli.forecast import app as forecast
    from wayout.cli.lint import lint
    from wayout.cli.locate import locate
    from wayout.cli.move import move
    from wayout.cli.read import read
    from wayout.cli.situation import situation
    from wayout.cli.sources import app as sources

    for verb in (brief, read, locate, situation, assess, move, add, diff):
        app.command()(verb)
    app.command()(backtest)
    app.command()(lint)
    app.add_typer(data, name="data")
    app.add_typer(forecast, name="forecast")
    app.add_typer(sources, name="sources")


def main() -> None:
    """Run the command; exit status 0 done, 1 the work failed, 2 the call was wrong, 130 interrupted."""
    if not app.registered_commands:
        _add_verbs()
    try:
        status = app(standalone_mode=False)
    except (Abort, KeyboardInterrupt):
        status = 130
    except TyperException as error:
        _tell_wrong_call(error)
        status = 2
    except WayoutError as error:
        _tell(str(error))
        status = 1
    except BrokenPipeError:
        status = _reader_gone()
    except SystemExit as ending:
        # The framework itself ends with 1 where a pipe breaks: whoever read our output had enough, nothing failed.
        if not isinstance(ending.__context__, BrokenPipeError):
            raise
        status = _reader_gone()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _tell(f"{where}{error.strerror or error}; check the path, its permissions and the room on the disk")
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _reader_gone() -> int:
    """Send what is still to be flushed nowhere: without this the interpreter would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _tell(message: str) -> None:
    """Tell an error in one line on standard error, whatever a file name or a page put into it."""
    line = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(message.split()))
    typer.echo(f"wayout: {line}", err=True)


def _tell_wrong_call(error: TyperException) -> None:
    context = getattr(error, "ctx", None)
    if len(sys.argv) < 2 and context is not None:
        typer.echo(context.get_help(), err=True)
        return
    command = context.command_path if context is not None else "wayout"
    message = error.format_message().replace("Value error, ", "").rstrip(".").replace("\n", " ")
    if not message:  # a verb of verbs called alone has printed its help
        return
    _tell(f"{message}; see '{command} --help'")
