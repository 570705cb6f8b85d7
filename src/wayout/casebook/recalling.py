"""What a store holds on a question: the reports near its area, not too old, with what was read from them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.dates import last_moment, newest_day
from wayout.casebook.gathering import TOGETHER, refresh
from wayout.casebook.judged import judgements_at, later_judgements, lettered
from wayout.casebook.table import UNPLACED, Table
from wayout.errors import NotFoundError
from wayout.fuse.reliability import ratings_at
from wayout.fuse.weighing.evidence import day_of
from wayout.locate.claims import locate_area
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Claim, Document, DocumentId, Judgement, Mention, Miss, Reading, Region
from wayout.question import Request
from wayout.reading import in_order
from wayout.store.base import BBox, ClaimFilter, Store

AROUND_DEG = 5.0
"""Reports within some 500 km of the area's box: as far as a theatre reaches and a border out of it is looked for."""
OLDEST_DAYS = 180.0
"""Reports older than this weigh an eighth or less, whatever they say (the longest half-life is 60 days)."""
MOST_REPORTS = 100
"""Reports on one question, the newest; more would make a page that nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """
    The readings that a question rests on, its request with the time settled, and what was left out by which rule.

    ``judgements`` are the ratings of sources and the assessed holds that people made by then; documents bear the rated letters.
    """

    readings: tuple[Reading, ...]
    request: Request
    misses: tuple[Miss, ...]
    judgements: tuple[Judgement, ...] = ()


def recall(store: Store, request: Request, today: datetime, editions: tuple[Path, ...] = ()) -> Recalled:
    """
    Fetch what was read of the reports that matter to a question; nothing is read again.

    A report matters if it was known at the time, is no older than :data:`OLDEST_DAYS`, and speaks of a place within
    :data:`AROUND_DEG` of the area, or of no place that could be located; of more than :data:`MOST_REPORTS` the newest.

    Parameters
    ----------
    store
        The store.
    request
        The question in the user's words; without a time it is asked as of the newest report that is not of a future day.
    today
        The day it is, aware.
    editions
        Files of the gazetteer's editions that the user has added.

    Returns
    -------
    recalled
        Readings in the order of the reports' dates; each rule that left reports out is a miss with their number.

    Raises
    ------
    NotFoundError
        If the store holds nothing that was known at the time, or nothing on the area.
    """
    table = refresh(store)
    at = newest_day(table, today) if request.at is None else request.at
    known = table.documents["known"]
    order = np.lexsort((table.documents["id"], -known))
    told = order[known[order] <= day_of(last_moment(at))]
    if not len(told):
        raise NotFoundError(
            f"the store holds no report that was known on {at:%Y-%m-%d}; add some, or ask for a later day with --at"
        )
    fresh = told[day_of(at) - known[told] <= OLDEST_DAYS]
    chosen, n_far, n_rest = _nearest(store, table, fresh, _area_named(request.area, editions))
    if not chosen:
        raise NotFoundError(
            f"none of the {len(told)} reports known on {at:%Y-%m-%d} speaks of the surroundings of {request.area!r} in the "
            f"{OLDEST_DAYS:g} days before; add reports, or ask for another area or day"
        )
    left = (
        (n_far, f"only of places more than {AROUND_DEG:g} degrees from {request.area!r}"),
        (len(told) - len(fresh), f"more than {OLDEST_DAYS:g} days old"),
        (n_rest, f"older than the {MOST_REPORTS} newest on the question"),
    )
    misses = tuple(
        Miss(what=f"{n} of {len(told)} reports in the store", why=f"not used: {why}") for n, why in left if n
    )
    judged = judgements_at(store, at)
    documents = lettered(store.documents(chosen), ratings_at(judged, last_moment(at)))
    return Recalled(
        readings=readings_of(store, documents),
        request=replace(request, at=at),
        misses=(*misses, *later_judgements(store, at)),
        judgements=judged,
    )


def readings_of(store: Store, documents: Iterable[Document]) -> tuple[Reading, ...]:
    """Fetch what was read of documents: claims and mentions."""
    by_id = {d.id: d for d in documents}
    claims: dict[DocumentId, list[Claim]] = {i: [] for i in by_id}
    mentions: dict[DocumentId, list[Mention]] = {i: [] for i in by_id}
    for claim in store.claims(ClaimFilter(documents=tuple(by_id))):
        claims[claim.document].append(claim)
    for mention in store.mentions(by_id):
        mentions[mention.span.document].append(mention)
    found = (Reading(document=d, mentions=tuple(mentions[i]), claims=tuple(claims[i])) for i, d in by_id.items())
    return in_order(found)


def _area_named(phrase: str, editions: tuple[Path, ...]) -> Region | None:
    """Locate the area by its name alone; ``None`` where it takes the reports to know what is meant."""
    try:
        return locate_area(phrase, open_gazetteer(editions), ())
    except NotFoundError:
        return None


def _nearest(
    store: Store, table: Table, fresh: NDArray[np.int64], area: Region | None
) -> tuple[list[DocumentId], int, int]:
    """Go through documents, newest first, until enough are found; say how many were passed over and how many not looked at."""
    rows = table.rows
    unplaced = frozenset(rows["document"][rows["proposition"] == UNPLACED].tolist())
    boxes = [] if area is None else [_box(part.geometry.bounds) for part in area.parts]
    chosen: list[DocumentId] = []
    n_seen = 0
    for start in range(0, len(fresh), TOGETHER):
        some = {n: DocumentId(table.documents["id"][n].decode()) for n in fresh[start : start + TOGETHER].tolist()}
        which = ClaimFilter(documents=tuple(some.values()))
        near = {c.document for box in boxes for c in store.claims(replace(which, bbox=box))}
        for n, document in some.items():
            if len(chosen) == MOST_REPORTS:
                return chosen, n_seen - len(chosen), len(fresh) - n_seen
            n_seen += 1
            if area is None or n in unplaced or document in near:
                chosen.append(document)
    return chosen, n_seen - len(chosen), 0


def _box(bounds: tuple[float, float, float, float]) -> BBox:
    west, south, east, north = bounds
    if east - west + 2 * AROUND_DEG >= 360:
        return (-180.0, max(-90.0, south - AROUND_DEG), 180.0, min(90.0, north + AROUND_DEG))
    west, east = west - AROUND_DEG, east + AROUND_DEG
    return (
        west + 360 if west < -180 else west,
        max(-90.0, south - AROUND_DEG),
        east - 360 if east > 180 else east,
        min(90.0, north + AROUND_DEG),
    )
