"""What of a record stands in columns of its own, and what may be kept at all."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

from wayout.errors import InputError
from wayout.model import Claim, Document, Reading, document_id

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and half characters: the record's JSON keeps them, no column does."""
READER = re.compile(r"[ -~]{1,200}")


def claim_row(claim: Claim, body: str) -> dict[str, Any]:
    """Return the columns by which a claim is found."""
    return {
        "id": column_text(claim.id),
        "predicate": claim.predicate,
        "subject": column_text(claim.subject),
        "object": column_text(claim.object),
        "event_start": claim.time.start if claim.time else None,
        "event_end": claim.time.end if claim.time else None,
        "body": body,
    }


def column_text(words: str | None) -> str | None:
    """Return words as a column holds them."""
    return words if words is None or (words.isascii() and "\x00" not in words) else UNKEEPABLE.sub("\ufffd", words)


def known_from(document: Document) -> datetime | None:
    """Return when a document was known: when published, else when retrieved, else at no time."""
    return document.published or document.retrieved


def digest(text: str) -> str:
    """Return the SHA-256 of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_reader(reader: str) -> None:
    """Refuse a reader's name that is not short printable ASCII."""
    if not READER.fullmatch(reader):
        raise InputError(f"reader {reader!r} is not 1-200 printable ASCII characters; name it by its version")


def check_document(document: Document) -> None:
    """Refuse a document whose id is not its text's, or whose times have no zone or no UTC."""
    if document.id != document_id(document.text):
        raise InputError(f"document {document.id} is not named after its text; make the id with document_id(text)")
    for name, moment in (("published", document.published), ("retrieved", document.retrieved)):
        if moment is None:
            continue
        if moment.tzinfo is None:
            raise InputError(f"document {document.id} was {name} at {moment}, a time without a zone; give it in UTC")
        try:
            moment.astimezone(UTC)
        except OverflowError as error:
            raise InputError(
                f"document {document.id} was {name} at {moment}, which UTC cannot say; correct it"
            ) from error


def check_reading(reading: Reading) -> None:
    """Refuse claims, mentions and times of another document, or past the end of this one."""
    document = reading.document
    spans = [mention.span for mention in reading.mentions] + [time.span for time in reading.times]
    spans += [span for claim in reading.claims for span in claim.evidence]
    if any(c.document != document.id for c in reading.claims) or any(s.document != document.id for s in spans):
        raise InputError(
            f"a reading of document {document.id} holds claims or words of another; keep each with its own"
        )
    if any(span.end > len(document.text) for span in spans):
        raise InputError(f"a reading of document {document.id} holds words past its end; read the text that is kept")
