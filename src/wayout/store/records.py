"""The records of the store as JSON text and back: documents, claims, mentions, times, misses, sources, geometries."""

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.model import Claim, Document, DocumentId, Mention, Miss, Source, TimeValue
from wayout.store.codec import Context, Convert, reader_of, writer_of

Record = TypeVar("Record")
GEOMETRY_KEY_LENGTH = 32
"""Hexadecimal digits kept of the SHA-256: 128 bits, for a geometry is believed by its key alone."""
APART = frozenset({"id", "text", "source"})
"""Fields of a document that have columns or tables of their own."""
READ = {"mentions": Mention, "times": TimeValue, "misses": Miss}
"""What a reading holds beside its claims."""


class Shapes:
    """The geometries of one batch: their bytes by key, to be kept once each."""

    def __init__(self) -> None:
        self.wkb: dict[str, bytes] = {}
        self._keys: dict[int, tuple[str, BaseGeometry]] = {}

    def keep(self, geometry: BaseGeometry) -> str:
        """Take a geometry in and return its key: a hash of its full-precision bytes."""
        # One outline is often shared by many claims; the geometry is held so that its address stays its own.
        known = self._keys.get(id(geometry))
        if known is None:
            wkb = shapely.to_wkb(geometry, output_dimension=4, include_srid=True)
            known = self._keys[id(geometry)] = (geometry_key(wkb), geometry)
            self.wkb[known[0]] = wkb
        return known[0]


def geometry_key(wkb: bytes) -> str:
    """Return the key of a geometry's bytes."""
    return hashlib.sha256(wkb).hexdigest()[:GEOMETRY_KEY_LENGTH]


def claim_text(claim: Claim, shapes: Shapes) -> tuple[str, frozenset[str]]:
    """Write a claim, and say which geometries it lies on."""
    on: set[str] = set()

    def keep(geometry: BaseGeometry) -> str:
        key = shapes.keep(geometry)
        on.add(key)
        return key

    return _text(Claim, claim, Context(document=claim.document, keep=keep)), frozenset(on)


def claims_of(written: Iterable[tuple[str, DocumentId]], shapes: Mapping[str, BaseGeometry]) -> tuple[Claim, ...]:
    """Read claims again, each with its document; ``shapes`` are the geometries they lie on, by key."""
    read, shared = _reader(Claim), dict[Any, Any]()
    with without_collector():
        return tuple(
            read(json.loads(text), Context(document=document, shapes=shapes, shared=shared))
            for text, document in written
        )


@contextmanager
def without_collector() -> Iterator[None]:
    """Make many records in one go: the collector would walk through all that are there again and again, half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def document_text(document: Document) -> str:
    """Write what one appearance of a document says of it: all but its id, its text and its source."""
    said = _said(Document, document, Context(document=document.id))
    return dumps({name: value for name, value in said.items() if name not in APART})


def document_of(body: str, document: DocumentId, text: str, source: str) -> Document:
    """Read an appearance of a document again; ``body`` and ``source`` are JSON, ``text`` is the text itself."""
    said = {**json.loads(body), "id": document, "text": text, "source": json.loads(source)}
    made: Document = _record(Document, said, Context(document=document))
    return made


def source_text(source: Source) -> str:
    """Write a source."""
    return _text(Source, source, Context(document=DocumentId("")))


def reading_text(
    document: DocumentId, mentions: Sequence[Mention], times: Sequence[TimeValue], misses: Sequence[Miss]
) -> str:
    """Write what a reading holds beside its claims."""
    context, given = Context(document=document), {"mentions": mentions, "times": times, "misses": misses}
    return dumps({name: [_said(kind, one, context) for one in given[name]] for name, kind in READ.items()})


def reading_part(text: str, document: DocumentId, name: str) -> tuple[Any, ...]:
    """Read the mentions, times or misses of a reading again."""
    context = Context(document=document)
    return tuple(_record(READ[name], said, context) for said in json.loads(text)[name])


def dumps(value: Any) -> str:
    """
    Write JSON values in their own order.

    Raises
    ------
    InputError
        If a number is NaN or infinite, or something is no JSON value.
    """
    try:
        text = _COMPACT.encode(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"a record cannot be kept: {error}; make the number finite, the value plain") from error
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: no database takes it, its escape they do
        return _ESCAPED.encode(value)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a {type(value).__name__} is no JSON value")


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)
_ESCAPED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False, default=_plain)


def _said(kind: type[Record], record: Record, context: Context) -> dict[str, Any]:
    write = writer_of(cast(Any, kind))
    if write is None:
        raise TypeError(f"{kind} is no record")
    said: dict[str, Any] = write(record, context)
    return said


def _text(kind: type[Record], record: Record, context: Context) -> str:
    return dumps(_said(kind, record, context))


def _record(kind: Any, said: dict[str, Any], context: Context) -> Any:
    return _reader(kind)(said, context)


def _reader(kind: Any) -> Convert:
    read = reader_of(kind)
    if read is None:
        raise TypeError(f"{kind} is no record")
    return read
