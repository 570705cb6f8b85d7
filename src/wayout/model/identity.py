"""Content hashes as ids: the same content gives the same id on every machine and every run."""

import hashlib
import json
from typing import Any, NewType

DocumentId = NewType("DocumentId", str)
ActorId = NewType("ActorId", str)
ClaimId = NewType("ClaimId", str)
PlaceId = NewType("PlaceId", str)

ID_LENGTH = 16
"""Hexadecimal digits kept of the SHA-256: 64 bits, no collision below some 10^8 records."""


def content_id(kind: str, *parts: Any) -> str:
    """
    Make a stable id from a record's defining content.

    Parameters
    ----------
    kind
        Prefix that says what the id names, for example ``"claim"``.
    parts
        JSON-serialisable values; their order matters.

    Returns
    -------
    id
        ``"kind-" + 16 hexadecimal digits`` of the SHA-256 of the canonical JSON.

    Examples
    --------
    >>> content_id("claim", "a", 1) == content_id("claim", "a", 1)
    True
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()  # a name may hold half a character
    return f"{kind}-{digest[:ID_LENGTH]}"
