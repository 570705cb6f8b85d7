"""A long document is read passage by passage; what is found keeps its offsets in the whole, and what that costs is said."""

import dataclasses
from collections.abc import Sequence
from typing import Any, TypeVar

from wayout.model import Claim, ClaimId, Document, Miss, Reading, Span, content_id
from wayout.text.passages import cut_passages

Record = TypeVar("Record")


def passages_of(document: Document) -> list[tuple[Document, int]]:
    """
    Cut a document into passages.

    Parameters
    ----------
    document
        Any document.

    Returns
    -------
    passages
        Documents of the same id with a part of the text, and where in the whole they begin; most documents are one.
    """
    cuts = cut_passages(document.text)
    if len(cuts) == 1:
        return [(document, 0)]
    return [(dataclasses.replace(document, text=document.text[start:end]), start) for start, end in cuts]


def join_passages(document: Document, found: Sequence[tuple[Reading, int]]) -> Reading:
    """
    Put the readings of a document's passages together.

    Parameters
    ----------
    document
        The whole document.
    found
        The reading of each passage and where it begins, in order.

    Returns
    -------
    reading
        Its spans are offsets into the whole text; ids of claims beyond the first passage tell the passage. A document of
        several passages says so among its misses.
    """
    if len(found) == 1:
        return found[0][0]
    moved = [_moved(reading, start) for reading, start in found]
    note = Miss(
        what=f"{len(document.text):,} characters",
        why=f"the text was read in {len(found)} passages; what a name or pronoun stands for is not carried across them",
    )
    return Reading(
        document=document,
        mentions=tuple(m for r in moved for m in r.mentions),
        times=tuple(t for r in moved for t in r.times),
        entities=tuple(e for r in moved for e in r.entities),
        claims=tuple(c for r in moved for c in r.claims),
        relations=tuple(x for r in moved for x in r.relations),
        misses=(note, *(m for r in moved for m in r.misses)),
    )


def _moved(reading: Reading, start: int) -> Reading:
    if not start:
        return reading
    ids = {c.id: ClaimId(content_id("claim", c.id, start)) for c in reading.claims}
    return dataclasses.replace(
        reading,
        mentions=shifted(reading.mentions, start),
        times=shifted(reading.times, start),
        entities=shifted(reading.entities, start),
        claims=tuple(_renamed(c, ids) for c in shifted(reading.claims, start)),
        relations=shifted(reading.relations, start),
    )


def _renamed(claim: Claim, ids: dict[ClaimId, ClaimId]) -> Claim:
    return dataclasses.replace(
        claim,
        id=ids[claim.id],
        condition=ids.get(claim.condition) if claim.condition else None,
        because=tuple(ids[i] for i in claim.because if i in ids),
        denies=ids.get(claim.denies) if claim.denies else None,
    )


def shifted(record: Record, by: int) -> Record:
    """Move every span inside a record, however deep, by so many characters."""
    return _shift(record, by)  # type: ignore[no-any-return]


def _shift(value: Any, by: int) -> Any:
    if isinstance(value, Span):
        return Span(document=value.document, start=value.start + by, end=value.end + by)
    if isinstance(value, tuple):
        return tuple(_shift(item, by) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            if isinstance(old, tuple) or dataclasses.is_dataclass(old):
                changed[field.name] = _shift(old, by)
        return dataclasses.replace(value, **changed) if changed else value
    return value
