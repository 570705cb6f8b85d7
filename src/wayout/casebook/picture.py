"""The situation as of a time, from a store: the propositions worth showing become records, with the words they rest on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from wayout.casebook.as_of import AsOf, believe_table
from wayout.casebook.choosing import LATELY_DAYS, MOST_SHOWN, Shown, choose, claim_at, document_at
from wayout.casebook.dates import last_moment, newest_day
from wayout.casebook.disagreements import disputed_rows, find_disagreements
from wayout.casebook.gathering import refresh
from wayout.casebook.judged import judgements_at, later_judgements, lettered
from wayout.casebook.notes import notes_of
from wayout.casebook.table import Table
from wayout.extract.actors import open_actors
from wayout.extract.naming.parents import with_parents
from wayout.fuse.control import find_controls, find_operations, find_presences, find_ways
from wayout.fuse.reliability import ratings_at
from wayout.fuse.weighing.assessed import assessed_controls
from wayout.fuse.weighing.propositions import parse_proposition
from wayout.fuse.weighing.rows import sides_of
from wayout.model import Actor, ActorId, Claim, ClaimId, Document, Miss, Situation
from wayout.store.base import ClaimFilter, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """
    A situation from a store.

    ``claims`` and ``documents`` are those that its records name; ``n_reports`` and ``n_claims`` all that counted; ``n_origins``, by the
    claims of a record, the independent origins behind it; ``notes`` say what was left out and why.
    """

    situation: Situation
    actors: tuple[Actor, ...]
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    n_reports: int
    n_claims: int
    n_origins: Mapping[tuple[ClaimId, ...], int]
    notes: tuple[Miss, ...]


def picture_at(store: Store, at: datetime, most: int = MOST_SHOWN) -> Picture:
    """
    Make the situation as of a time, strictly from what was known by then.

    Parameters
    ----------
    store
        The store; its evidence is brought up to date first.
    at
        The time, aware; a day without an hour counts whole (UTC).
    most
        Records of each kind; the others are counted in the notes.

    Returns
    -------
    picture
        Presence, control, ways, operations and contradictions; no barriers, for these are a party's.
    """
    table = refresh(store)
    same_side = cache(sides_of(actors_in(table)))
    judgements = judgements_at(store, at)
    ratings = ratings_at(judgements, last_moment(at))
    as_of = believe_table(table, at, same_side, at - timedelta(days=LATELY_DAYS + 1), ratings)
    choice = choose(as_of, most)
    shown = Shown(as_of, choice.all())
    disputed = disputed_rows(as_of, most)
    named = shown.named | {claim_at(as_of, row) for row in disputed}
    documents = shown.documents(as_of) | {document_at(as_of, row) for row in disputed}
    claims = tuple(c for c in store.claims(ClaimFilter(ids=tuple(sorted(named)))))
    by_id = {c.id: c for c in claims}
    controls = find_controls(by_id, shown)
    assessed, _ = assessed_controls(judgements, controls, last_moment(at))
    situation = Situation(
        at=at,
        presences=find_presences(by_id, shown),
        controls=(*controls, *assessed),
        operations=find_operations(by_id, shown),
        ways=find_ways(by_id, shown),
        contradictions=find_disagreements(as_of, claims, most, same_side),
    )
    return Picture(
        situation=situation,
        actors=tuple(actors_of({a for c in claims for a in (c.subject, c.object) if a}).values()),
        documents=lettered(store.documents(documents), ratings),
        claims=claims,
        n_reports=int(as_of.known.sum()),
        n_claims=count_claims(as_of),
        n_origins=shown.n_origins,
        notes=(*notes_of(as_of, choice), *later_judgements(store, at)),
    )


def count_claims(as_of: AsOf) -> int:
    """Count the claims of a picture that say something of a proposition, those on old occurrences too."""
    rows = as_of.table.rows
    told = rows["claim"][as_of.known[rows["document"]] & (rows["proposition"] >= 0)]
    return int((told[1:] != told[:-1]).sum()) + 1 if len(told) else 0  # a claim's rows stand together


def newest_picture(store: Store, today: datetime, most: int = MOST_SHOWN) -> Picture:
    """Make the situation as of the newest report that is not of a future day; as :func:`picture_at`."""
    return picture_at(store, newest_day(refresh(store), today), most)


def actors_of(ids: Iterable[str]) -> dict[ActorId, Actor]:
    """Look up actors with their parents."""
    return with_parents({ActorId(i) for i in ids}, open_actors())


def actors_in(table: Table) -> dict[ActorId, Actor]:
    """Look up all actors that hold something in a table, with their parents."""
    keys = (text for text in table.words.texts if text.startswith("holds\x1f"))
    return actors_of({parse_proposition(key).actor for key in keys} - {""})
