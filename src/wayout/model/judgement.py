"""What somebody decided about a record: ratings, corrections, questions, forecasts; chained by hash, never overwritten."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from wayout.errors import InputError, ProvenanceError
from wayout.model.identity import content_id

KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""How kinds of judgement are written: "rating", "correction", "question", "forecast", "resolution", ..."""
UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Characters that no column holds alike on every backend; they belong into ``body``, where JSON escapes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """
    A decision about a record: append-only, never overwriting evidence.

    ``about`` is the id of the record judged (a document, a claim, a source, a question). ``made_at`` is aware; ``by`` says who or
    which step judged. ``body`` is canonical JSON text (:func:`canonical_json`). ``previous`` is the hash of the judgement
    before it in the store (:func:`judgement_hash`): the store sets it, "" for the first and for one not yet stored.
    Make one with :func:`make_judgement`.
    """

    id: str
    kind: str
    about: str
    made_at: datetime
    by: str
    body: str
    previous: str = ""

    def __post_init__(self) -> None:
        """Refuse a naive time, an odd kind, words that no column holds, and a body that is no canonical JSON."""
        if self.made_at.tzinfo is None:
            raise InputError(f"judgement {self.id} was made at {self.made_at}, a time without a zone; give it in UTC")
        if not KIND.fullmatch(self.kind):
            raise InputError(f"kind of judgement {self.kind!r} is not lower-case letters, digits and '_', 40 at most")
        for name, words in (("id", self.id), ("about", self.about), ("by", self.by)):
            if not words or UNPRINTABLE.search(words):
                raise InputError(
                    f"{name} of a judgement is {words!r}; it must be printable and not empty: put free text into the body"
                )
        if self.body != _canonical_again(self.body):
            raise InputError(f"body of judgement {self.id} is not canonical JSON; make it with canonical_json()")

    def value(self) -> Any:
        """Return the body as JSON values."""
        return json.loads(self.body)


def make_judgement(*, kind: str, about: str, made_at: datetime, by: str, value: Any) -> Judgement:
    """
    Make a judgement; its id is a hash of all that is said.

    Parameters
    ----------
    kind, about, by
        See :class:`Judgement`.
    made_at
        When; any zone, kept as UTC.
    value
        What is judged, as JSON values.

    Returns
    -------
    judgement
        Not yet chained (``previous`` is "").

    Raises
    ------
    InputError
        If the time has no zone, a word cannot be kept, or the value is no JSON.
    """
    if made_at.tzinfo is None:
        raise InputError(f"a judgement about {about!r} was made at {made_at}, a time without a zone; give it in UTC")
    made_at = made_at.astimezone(UTC)
    body = canonical_json(value)
    named = content_id("judgement", kind, about, made_at.isoformat(), by, body)
    return Judgement(id=named, kind=kind, about=about, made_at=made_at, by=by, body=body)


def judgement_hash(judgement: Judgement) -> str:
    """Hash a judgement with the hash before it: SHA-256 of its canonical JSON, 64 hexadecimal digits."""
    said = [
        judgement.id,
        judgement.kind,
        judgement.about,
        judgement.made_at.astimezone(UTC).isoformat(),
        judgement.by,
        judgement.body,
        judgement.previous,
    ]
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def chained(judgement: Judgement, previous: str) -> Judgement:
    """
    Put a judgement behind another in the chain.

    Parameters
    ----------
    judgement
        One that is not chained yet, or already in this very place.
    previous
        Hash of the one before it; "" for the first.

    Returns
    -------
    judgement
        With ``previous`` set.

    Raises
    ------
    ProvenanceError
        If it says that it stands behind another one.
    """
    if judgement.previous not in ("", previous):
        raise ProvenanceError(
            f"judgement {judgement.id} says it stands behind {judgement.previous[:12]}, but the last one kept is "
            f"{previous[:12] or 'none'}; add the judgements in their own order, into a store that holds no others"
        )
    return replace(judgement, previous=previous)


def broken_links(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """
    List the ids of judgements that do not stand behind the one before them.

    Parameters
    ----------
    judgements
        The whole chain, oldest first.

    Returns
    -------
    ids
        Empty where nothing was altered, removed or put in between. What is cut off at the end does not show: compare the
        last hash with one noted elsewhere.
    """
    broken, before = [], ""
    for judgement in judgements:
        if judgement.previous != before:
            broken.append(judgement.id)
        before = judgement_hash(judgement)
    return tuple(broken)


def canonical_json(value: Any) -> str:
    """
    Write JSON in one way only: keys sorted, no blanks, characters as they are.

    Parameters
    ----------
    value
        JSON values.

    Returns
    -------
    text
        The same value gives the same text. Half characters (lone surrogates), which no database takes, make it escape all
        that is not ASCII.

    Raises
    ------
    InputError
        If it is no JSON: a NaN, a date, a record.

    Examples
    --------
    >>> canonical_json({"p": 0.4, "by": ["a"]})
    '{"by":["a"],"p":0.4}'
    """
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(f"this is not JSON ({error}); give text, numbers, lists and mappings only") from error
    if text.isascii() or not UNPRINTABLE.search(text):
        return text
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _canonical_again(body: str) -> str | None:
    try:
        return canonical_json(json.loads(body))
    except ValueError:  # InputError is one
        return None
