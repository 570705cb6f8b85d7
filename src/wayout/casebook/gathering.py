"""From the store's claims to the store's evidence: what is new becomes rows, what was made by older rules is made again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np

from wayout.casebook.dates import known_from
from wayout.casebook.table import (
    BARE,
    DOCUMENT_TYPES,
    DOCUMENTS,
    LINK_TYPES,
    LINKS,
    NOBODY,
    PLACED,
    PLACES,
    ROW_TYPES,
    ROWS,
    RUNS,
    UNPLACED,
    WORDS,
    Columns,
    Table,
    joined,
    laid_out,
)
from wayout.extract.actors import open_actors
from wayout.extract.naming.parents import with_parents
from wayout.fuse.echoes import EchoEntry, EchoIndex, entry_of, find_origins
from wayout.fuse.origins.mouths import mouth_of
from wayout.fuse.origins.publishers import origin_key
from wayout.fuse.reliability import UNKNOWN_LETTER, weakest_rated, weigh_claim
from wayout.fuse.weighing.evidence import day_of
from wayout.fuse.weighing.rows import evidence_rows
from wayout.manifest import evidence_version
from wayout.model import ActorId, Claim, Document, DocumentId
from wayout.store.base import ClaimFilter, Store

PENDING = "evidence.pending"
"""Ids of documents whose rows are to be made: written before a document is added, so that no crash can hide one."""
NOTHING = (np.nan, 0.0, 0.0, np.inf, 0.0)
"""Numbers of a row that says of no proposition."""
LAYOUT = 2
"""Which columns there are and what makes them; another number makes all stores' evidence again."""
TOGETHER = 500
"""Documents whose claims are held at once."""


def note_pending(store: Store, ids: Iterable[DocumentId]) -> None:
    """Note documents that are about to be added or read anew."""
    if store.derived(PENDING) is not None:  # where nothing was ever made, all will be
        store.put_derived(PENDING, {"id": np.array(list(ids), dtype="S20")}, basis="pending", extend=True)


def refresh(store: Store, *, everything: bool = False) -> Table:
    """
    Bring the evidence up to what the store holds, and return it.

    Parameters
    ----------
    store
        The store.
    everything
        Make all of it again.

    Returns
    -------
    table
        The same for the same documents, whatever the order and the steps they came in.
    """
    version = f"{evidence_version()}.{LAYOUT}"
    pending = None if everything else store.derived(PENDING)
    table = Table.empty() if pending is None else Table.of(store, version, with_runs=len(pending["id"]) > 0)
    ids = None
    if pending is not None and len(table.documents["id"]):
        ids = sorted({i.decode() for i in pending["id"].tolist()})
        if not ids:
            return table
    documents = store.documents([DocumentId(i) for i in ids] if ids is not None else None)
    _Making(store, table, version).make(documents)
    found = {d.id for d in documents}
    left = np.array([i for i in ids or () if i not in found], dtype="S20")
    store.put_derived(PENDING, {"id": left}, basis="pending")
    return table


class _Making:
    def __init__(self, store: Store, table: Table, version: str) -> None:
        self._store, self._table, self._version = store, table, version
        self._book = open_actors()
        self._places = {i: n for n, i in enumerate(table.documents["id"].tolist())}

    def make(self, documents: Sequence[Document]) -> None:
        """Make the rows of documents and all links, and keep them."""
        table, known = self._table, len(self._table.documents["id"])
        n_rows, n_runs = len(table.rows["document"]), len(table.runs["run"])
        changed = self._drop([d for d in documents if d.id.encode() in self._places])
        self._add_documents([d for d in documents if d.id.encode() not in self._places])
        for start in range(0, len(documents), TOGETHER):
            table.rows = joined(table.rows, laid_out(list(self._rows(documents[start : start + TOGETHER])), ROW_TYPES))
        if len(table.documents["id"]) > known or changed:
            table.links = self._links()
        # The rows come last and say how much of all else there was: what a crash or another writer left does not fit them.
        table.words.save(self._store, WORDS)
        self._save(RUNS, table.runs, 0 if changed else n_runs)
        self._save(DOCUMENTS, table.documents, 0 if changed else known)
        self._save(LINKS, table.links, 0)
        self._save(ROWS, table.rows, 0 if changed else n_rows)

    def _save(self, name: str, columns: Columns, n_kept: int) -> None:
        new = {key: values[n_kept:] for key, values in columns.items()}
        basis = self._table.basis(self._version) if name == ROWS else ""
        self._store.put_derived(name, new, basis=basis, extend=n_kept > 0)

    def _drop(self, again: Sequence[Document]) -> bool:
        """Take out the rows of documents that were read anew or turned up earlier elsewhere, and bring their facts up to date."""
        rows, documents = self._table.rows, self._table.documents
        positions = np.array([self._places[d.id.encode()] for d in again], dtype="i8")
        if not len(positions):
            return False
        keep = ~np.isin(rows["document"], positions)
        self._table.rows = {name: values[keep] for name, values in rows.items()}
        facts = laid_out(
            [self._facts(d, int(documents["runs_end"][n])) for n, d in zip(positions, again, strict=True)],
            DOCUMENT_TYPES,
        )
        self._table.documents = {name: values.copy() for name, values in documents.items()}
        for name, values in facts.items():
            self._table.documents[name][positions] = values
        return True

    def _add_documents(self, documents: Sequence[Document]) -> None:
        facts, runs = [], [self._table.runs["run"]]
        end = len(runs[0])
        for document in documents:
            own = np.frombuffer(entry_of(document).signature, dtype="<u8")
            runs.append(own)
            end += len(own)
            facts.append(self._facts(document, end))
            self._places[document.id.encode()] = len(self._places)
        self._table.runs = {"run": np.concatenate(runs)}
        self._table.documents = joined(self._table.documents, laid_out(facts, DOCUMENT_TYPES))

    def _facts(self, document: Document, runs_end: int) -> tuple[object, ...]:
        code = self._table.words.code
        entry, published = entry_of(document), document.published
        return (
            document.id,
            code(document.source.name),
            document.source.reliability,
            NOBODY if entry.publisher is None else code(entry.publisher),
            code(find_origins([document], [], ()).of_document(document.id)),
            day_of(known_from(document)),
            np.nan if published is None else published.timestamp(),
            len(document.text),
            runs_end,
        )

    def _rows(self, documents: Sequence[Document]) -> Iterator[tuple[object, ...]]:
        by_document: dict[DocumentId, list[Claim]] = {d.id: [] for d in documents}
        for claim in self._store.claims(ClaimFilter(documents=tuple(by_document))):
            by_document[claim.document].append(claim)
        said = [c for claims in by_document.values() for c in claims]
        actors = with_parents({ActorId(a) for c in said for a in _named(c)}, self._book)
        code = self._table.words.code
        for document in documents:
            claims = by_document[document.id]
            by_id = {c.id: c for c in claims}
            place = self._places[document.id.encode()]
            for claim in claims:
                key = mouth_of(claim.attributed_to)
                told = (NOBODY, NOBODY) if key is None else (code(origin_key(key)), code(key))
                act = (*act_of(claim), code(PLACES + PLACES.join(places_of_act(claim))))
                condition = by_id.get(claim.condition) if claim.condition else None
                # The first row is the claim on itself: no proposition of the picture. Letters weigh when believing: they may change.
                made = evidence_rows(claim, document, "", actors, _unlettered(claim, document), condition)[1:]
                for row in made:
                    numbers = (row.spoken_day, row.shift, row.words, row.half_life_days, row.ends)
                    yield (place, claim.id, code(row.proposition), *told, *act, *numbers)
                if not made:
                    yield (place, claim.id, BARE, *told, *act, *NOTHING)
            placed = any(use.region is not None for claim in claims for use in claim.places)
            yield (place, "", PLACED if placed else UNPLACED, NOBODY, NOBODY, 0, 0, NOBODY, *NOTHING)

    def _links(self) -> Columns:
        """Find the echo links among all documents: an older one that comes late may stand behind others."""
        documents, runs = self._table.documents, self._table.runs["run"]
        ends = documents["runs_end"]
        starts = np.concatenate([[0], ends[:-1]])
        names, index = self._table.words.texts, EchoIndex()
        index.add(
            EchoEntry(
                document=DocumentId(i.decode()),
                signature=runs[start:end].tobytes(),
                publisher=None if publisher == NOBODY else names[publisher],
                published=None if np.isnan(at) else datetime.fromtimestamp(at, UTC),
            )
            for i, start, end, publisher, at in zip(
                documents["id"].tolist(),
                starts.tolist(),
                ends.tolist(),
                documents["publisher"].tolist(),
                documents["published"].tolist(),
                strict=True,
            )
        )
        pairs = [(self._places[link.first.encode()], self._places[link.second.encode()]) for link in index.links()]
        return laid_out(pairs, LINK_TYPES)


def act_of(claim: Claim) -> tuple[int, int]:
    """Return numbers for what is told of whom, with and without where, whoever tells it (``fuse.origins.mouths`` goes by them)."""
    deed = (claim.predicate, claim.subject, claim.object, claim.event_type)
    return _number((*deed, places_of_act(claim))), _number(deed)


def places_of_act(claim: Claim) -> list[str]:
    """Return the phrases of a claim's places, folded and in order."""
    return sorted({use.phrase.casefold() for use in claim.places})


def _number(told: tuple[object, ...]) -> int:
    data = repr(told).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def _unlettered(claim: Claim, document: Document) -> float:
    """Return the weight of a claim without the letters of publisher and mouth."""
    mouth = None if mouth_of(claim.attributed_to) is None else UNKNOWN_LETTER
    return weigh_claim(claim, document, {}) / weakest_rated(document.source.reliability, mouth)


def _named(claim: Claim) -> Iterator[str]:
    told = claim.attributed_to.actor if claim.attributed_to is not None else None
    yield from (a for a in (claim.subject, claim.object, told) if a)
