"""The option --store, and the store it names: what is given, else WAYOUT_STORE, else a file in the data folder."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wayout.store.base import Store

VARIABLE = "WAYOUT_STORE"
FILE_NAME = "wayout.sqlite"

StorePlace = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH_OR_URL",
        help="Where reports are kept: a file, or postgresql://...; default: $WAYOUT_STORE, else wayout.sqlite in the data folder.",
        show_default=False,
    ),
]

SourcesOrStore = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE...]",
        help="Files, folders, URLs, or - for standard input; without any, what 'wayout add' has put into the store.",
        show_default=False,
    ),
]


def refuse_both(sources: list[str] | None, store: str | None) -> None:
    """Refuse a call that names reports and a store: they would be two pictures."""
    if sources and store:
        raise typer.BadParameter(
            "--store is for a call without SOURCE; put the reports into the store first: wayout add SOURCE... --store "
            + store
        )


def today() -> datetime:
    """Return the day it is, UTC."""
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def store_place(given: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """
    Say where the store is.

    Parameters
    ----------
    given
        What the user typed after ``--store``.
    environment
        Variables: WAYOUT_STORE, and those of the data folder.

    Returns
    -------
    place
        A path or an address.
    """
    from wayout.cli.data_folder import data_settings

    if place := given or environment.get(VARIABLE):
        return place
    return str((data_settings(environment).folder or Path()) / FILE_NAME)


def is_address(place: str) -> bool:
    """Tell an address of a server from a path."""
    return "://" in place


def shown_place(place: str) -> str:
    """Return a place fit to be printed: an address without its password."""
    from urllib.parse import urlsplit

    if not is_address(place):
        return place
    parts = urlsplit(place)
    return place.replace(f":{parts.password}@", ":...@") if parts.password else place


def open_to_add(given: str | None) -> tuple["Store", str]:
    """Open the store, made if missing, and say where it is."""
    from wayout.store.open import open_store

    place = store_place(given)
    if not is_address(place):
        Path(place).expanduser().parent.mkdir(parents=True, exist_ok=True)
        place = str(Path(place).expanduser())
    return open_store(place), shown_place(place)


def open_to_ask(given: str | None) -> tuple["Store", str]:
    """
    Open a store that is there, and say where it is.

    Raises
    ------
    NotFoundError
        If there is no such file; an empty picture of a mistyped name would pass for "nothing is known".
    """
    from wayout.errors import NotFoundError
    from wayout.store.open import open_store

    place = store_place(given)
    if not is_address(place):
        place = str(Path(place).expanduser())
        if not Path(place).exists():
            raise NotFoundError(
                f"there is no store at {place}; put reports into one with 'wayout add SOURCE...', name another with --store, or give SOURCES"
            )
    return open_store(place), shown_place(place)
