"""What people judged that takes part in a picture: letters of sources, and holds on places; as of a time, like the reports."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from wayout.casebook.dates import last_moment
from wayout.fuse.reliability import RATING, Rating, letter_of
from wayout.fuse.weighing.assessed import ASSESSED
from wayout.model import Document, Judgement, Miss
from wayout.store.base import Store

TAKE_PART = (RATING, ASSESSED)
"""Kinds of judgement that change a picture; the others are about questions, forecasts and the sources' records."""


def judgements_at(store: Store, at: datetime) -> tuple[Judgement, ...]:
    """Return the judgements that take part in a picture, made by its time, in the chain's order."""
    return tuple(j for j in store.judgements(until=last_moment(at)) if j.kind in TAKE_PART)


def later_judgements(store: Store, at: datetime) -> tuple[Miss, ...]:
    """Tell, in one note or none, of judgements that would take part but were made after a picture's time."""
    moment = last_moment(at)
    late = [j for j in store.judgements() if j.kind in TAKE_PART and j.made_at > moment]
    if not late:
        return ()
    what = f"{len(late)} rating{'' if len(late) == 1 else 's'} or judgement{'' if len(late) == 1 else 's'} by people"
    why = f"made after {moment:%Y-%m-%d %H:%M}, the time of the picture: not part of it; a later day (--at) has them"
    return (Miss(what=what, why=why),)


def lettered(documents: Iterable[Document], ratings: Mapping[str, Rating]) -> tuple[Document, ...]:
    """
    Give documents the letters that people gave their sources.

    Parameters
    ----------
    documents
        Documents with the letters they came with.
    ratings
        As ``fuse.reliability.ratings_at`` returns them.

    Returns
    -------
    documents
        In the same order; a source that nobody rated keeps its letter.
    """
    return tuple(_lettered(document, ratings) for document in documents)


def _lettered(document: Document, ratings: Mapping[str, Rating]) -> Document:
    source = document.source
    letter = letter_of(source.name, source.reliability, ratings)
    return document if letter == source.reliability else replace(document, source=replace(source, reliability=letter))
