"""The publishers and mouths of a store: what each has told, its letter, and beside it what its claims came to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wayout.casebook.as_of import believe_table
from wayout.casebook.dates import last_moment
from wayout.casebook.gathering import refresh
from wayout.fuse.origins.mouths import mouth_of
from wayout.fuse.origins.publishers import UNKNOWN, origin_key
from wayout.fuse.reliability import Rating, key_of_document, ratings_at
from wayout.fuse.weighing.evidence import day_of
from wayout.fuse.weighing.resolving import against_themselves, counts_of, judged_claims, resolve_claims
from wayout.fuse.weighing.track_record import TrackRecord, estimate_records
from wayout.model import Attribution, Claim, Document, DocumentId
from wayout.store.base import ClaimFilter, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """
    One source as of a time.

    ``name`` is its most frequent spelling; ``letter`` its Admiralty letter, ``rating`` the judgement behind it (``None``: nobody has
    rated it). ``n_documents`` it published; ``n_claims`` rest on its word, whoever passed them on. ``record`` is what is learned from
    the claims that were resolved; it stands beside the letter and changes no weight. ``against_itself`` are pairs of its claims that
    say opposite things of one matter and time.
    """

    key: str
    name: str
    letter: str
    rating: Rating | None
    n_documents: int
    n_claims: int
    record: TrackRecord
    against_itself: tuple[tuple[str, str], ...] = ()


def sources_at(store: Store, at: datetime) -> tuple[SourceLine, ...]:
    """
    List the sources of a store.

    Parameters
    ----------
    store
        The store.
    at
        As of when, aware; a day without an hour counts whole.

    Returns
    -------
    sources
        Those behind most claims first. Rated sources that the store holds nothing of are among them.
    """
    until = last_moment(at)
    documents = {d.id: d for d in store.documents(until=until)}
    judgements = store.judgements(until=until)
    ratings = ratings_at(judgements, until)
    spellings: dict[str, Counter[str]] = {}
    n_documents: Counter[str] = Counter()
    n_claims: Counter[str] = Counter()
    came_with: dict[str, str] = {}
    for document in documents.values():
        key = key_of_document(document)
        n_documents[key] += 1
        spellings.setdefault(key, Counter())[document.source.name] += 1
        came_with[key] = max(came_with.get(key, "A"), document.source.reliability)
    for claim in store.claims(ClaimFilter(until=until)):
        key, name = _mouth(claim, documents)
        n_claims[key] += 1
        spellings.setdefault(key, Counter())[name] += 1
    for key, rating in ratings.items():
        spellings.setdefault(key, Counter({rating.name: 1}))
    evidence, now = believe_table(refresh(store), at).believed.evidence, day_of(until)
    counts = counts_of(resolve_claims(evidence, now, judged_claims(judgements, until), unknown={UNKNOWN}))
    clashing = against_themselves(evidence, now)
    records = estimate_records({key: counts.get(origin_key(key), (0, 0)) for key in spellings}) if spellings else {}
    lines = (
        SourceLine(
            key=key,
            name=min(names, key=lambda n: (-names[n], n)),
            letter=ratings[key].letter if key in ratings else came_with.get(key, "F"),
            rating=ratings.get(key),
            n_documents=n_documents[key],
            n_claims=n_claims[key],
            record=records[key],
            against_itself=clashing.get(origin_key(key), ()),
        )
        for key, names in spellings.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.n_claims, -line.n_documents, line.key)))


def _mouth(claim: Claim, documents: dict[DocumentId, Document]) -> tuple[str, str]:
    """Return the key and the name of whose word a claim is."""
    key = mouth_of(claim.attributed_to)
    if key is not None:
        return key, next(told.name for told in _chain(claim.attributed_to) if mouth_of(told) == key)
    document = documents[claim.document]
    return key_of_document(document), document.source.name


def _chain(told: Attribution | None) -> Iterable[Attribution]:
    """Yield who tells and who passes it on, the outermost first."""
    if told is not None:
        yield from _chain(told.via)
        yield told
