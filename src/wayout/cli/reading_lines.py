"""A reading as JSON lines: the document, then all that was found in it, one record a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from wayout.model import Actor, Miss, Reading

_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Legal in JSON, but they move a terminal's cursor, turn its text round, or cannot be written as UTF-8."""


def reading_records(reading: Reading, actors: dict[str, Actor]) -> Iterator[dict[str, Any]]:
    """
    Turn a reading into plain records; each says in ``record`` what it is.

    Parameters
    ----------
    reading
        What was found in one document.
    actors
        The actors that its claims name, by id: whether one is a person decides how finely a claim is placed.

    Yields
    ------
    record
        The document, its mentions, times, entities, claims, relations and misses, in this order (``docs/reference/files.md``).
    """
    from wayout.model.as_json import as_json
    from wayout.publish.to_json import claim_line

    document = reading.document
    yield {"record": "document", **as_json(document)}
    for mention in reading.mentions:
        yield {"record": "mention", **as_json(mention)}
    for time in reading.times:
        yield {"record": "time", **as_json(time)}
    for entity in reading.entities:
        ref = entity.mention.ref if entity.mention else None
        yield {"record": "entity", "span": as_json(entity.span), "text": entity.text, "type": entity.type, "ref": ref}
    for claim in reading.claims:
        yield {"record": "claim", **claim_line(claim, document, actors)}
    for relation in reading.relations:
        yield {"record": "relation", **as_json(relation)}
    for miss in reading.misses:
        yield miss_record(miss, document.id)


def miss_record(miss: Miss, document: str | None = None) -> dict[str, Any]:
    """Turn a miss into a plain record; ``document`` is ``None`` for a source that gave no document."""
    return {"record": "miss", "document": document, "what": miss.what, "why": miss.why}


def as_line(record: dict[str, Any]) -> str:
    r"""
    Write a record as one line of JSON that any terminal and any UTF-8 stream can take.

    Parameters
    ----------
    record
        Plain values.

    Returns
    -------
    line
        Without line end; characters that could steer a terminal are escaped.

    Examples
    --------
    >>> as_line({"what": "a\u202eb"})
    '{"what": "a\\u202eb"}'
    """
    return escape_unsafe(json.dumps(record, ensure_ascii=False))


def escape_unsafe(text: str) -> str:
    """Write the characters of JSON text that could steer a terminal as JSON escapes."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
