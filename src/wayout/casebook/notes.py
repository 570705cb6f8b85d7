"""What a picture leaves out, and what is odd about it: told, never silently dropped."""

from collections.abc import Iterator

import numpy as np

from wayout.casebook.as_of import AsOf
from wayout.casebook.choosing import LATELY_DAYS, Choice
from wayout.casebook.dates import last_moment
from wayout.model import Miss

NAMES = {"present": "presences", "holds": "holds on places", "open": "ways", "happened": "operations"}


def notes_of(as_of: AsOf, choice: Choice) -> tuple[Miss, ...]:
    """
    Say what is not in a picture.

    Parameters
    ----------
    as_of
        The picture in columns.
    choice
        What is shown of it.

    Returns
    -------
    notes
        Reports of a later date, undated ones, what is too old, what is one too many.
    """
    return (*_of_reports(as_of), *_of_propositions(choice))


def _of_reports(as_of: AsOf) -> Iterator[Miss]:
    documents = as_of.table.documents
    undated = np.isnan(documents["published"])
    never = int(np.isnan(documents["known"]).sum())
    later = int((~as_of.known).sum()) - never
    if later:
        yield Miss(
            what=f"{_n(later, 'report')}",
            why=f"known only after {last_moment(as_of.at):%Y-%m-%d}: not part of this picture",
        )
    if n := int((undated & as_of.known).sum()):
        yield Miss(
            what=f"{_n(n, 'undated report')}",
            why="counted from the day it was had, and weighs less"
            if n == 1
            else "counted from the day they were had, and weigh less",
        )
    if never:
        yield Miss(
            what=f"{_n(never, 'report')}",
            why="neither dated nor had on a known day: left out of every picture; add again with --at DATE",
        )


def _of_propositions(choice: Choice) -> Iterator[Miss]:
    if choice.n_old:
        yield Miss(
            what=_n(choice.n_old, "operation"),
            why=f"no report speaks of a day in the last {LATELY_DAYS:g}: no longer shown",
        )
    for kind, n in choice.n_more.items():
        if n:
            yield Miss(what=f"{n} more {NAMES[kind]}", why="less sure or older than those shown; --most N shows more")


def _n(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
