"""How much one fetch may cost."""

from dataclasses import dataclass

from wayout.read.raw_page import MAX_PAGE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """
    Bounds of one fetch.

    Attributes
    ----------
    max_bytes
        Largest body after decompression.
    total_s
        Time for everything, redirects included, s.
    max_redirects
        Redirects followed.
    allow_loopback
        Let 127.0.0.0/8 and ::1 through: for tests and for a server of one's own; other private networks stay closed.
    """

    max_bytes: int = MAX_PAGE_BYTES
    total_s: float = 60.0
    max_redirects: int = 5
    allow_loopback: bool = False
