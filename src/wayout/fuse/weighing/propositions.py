"""What a claim can be evidence for, as keys that are plain text: a store keeps them, and the same thing has the same key."""

from functools import cache
from math import floor
from typing import NamedTuple

from wayout.model import Region
from wayout.stats.log_odds import log_odds
from wayout.vocab import read_vocab

ENTRY_METHODS = frozenset({"name", "company", "inside", "division", "coordinates"})
"""Methods of LOCATE whose region is the gazetteer entry itself (of a row of an event table where one was found), not ground described by it."""
FINEST_PROVINCE = 3
"""UCDP where_prec up to which a region is a district or finer."""
_BETWEEN = "\x1f"
"""ASCII unit separator: no name holds it."""


class Proposition(NamedTuple):
    """
    Something that is so or not.

    ``kind``: "claim" (one claim is true), "happened" (an occurrence: once true, always true), "present", "holds", "open" (states
    that may end), "active" (will be seen in deadly fighting there within 30 days). ``place`` is a :func:`place_key`; ``actor`` who is there or holds it; ``detail`` the layer of control, the kind of
    occurrence and its other side, or the id of the claim.
    """

    kind: str
    place: str = ""
    actor: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """The proposition as one text; :func:`parse_proposition` reads it back."""
        return _BETWEEN.join(self)

    @property
    def state(self) -> str | None:
        """The thing whose states exclude each other: a place in one layer of control, a way; ``None`` for what excludes nothing."""
        return _BETWEEN.join((self.kind, self.place, self.detail)) if self.kind in ("holds", "open") else None


def parse_proposition(key: str) -> Proposition:
    """Read a proposition back from its key."""
    return Proposition(*key.split(_BETWEEN))


def place_key(region: Region, document: str = "") -> str:
    """
    Name the place a region is, so that two spellings of one place have one key.

    A region that is a gazetteer entry goes by the entry's id; a phrase ("the valley east of X") by its own words and where it
    lies, in tenths of a degree; a bare direction ("the north") also by its document, for it means something else in each.
    """
    best = region.parts[0].place
    if best is not None and region.method in ENTRY_METHODS and region.bearing_deg is None:
        return best.id
    words = " ".join(region.phrase.replace(_BETWEEN, " ").casefold().split())
    west, south, east, north = region.geometry.bounds
    there = f"{words} @{round((west + east) / 2, 1):g},{round((south + north) / 2, 1):g}"
    return there if region.bearing_deg is None else f"{there} {document}"


def cell_key(region: Region) -> str | None:
    """Name the half-degree cell (PRIO-GRID) of a region's middle; ``None`` for what is known no better than by its province."""
    if region.where_prec > FINEST_PROVINCE or region.bearing_deg is not None:
        return None
    west, south, east, north = region.geometry.bounds
    column, row = floor(((west + east) / 2 + 180) * 2), floor(((south + north) / 2 + 90) * 2)
    return f"cell {row * 720 + column + 1}"


@cache
def prior_log_odds(kind: str) -> float:
    """Return the log-odds of a proposition of this kind when nobody speaks of it (``vocab/belief_rules.yaml``)."""
    rules = read_vocab("belief_rules.yaml")
    if kind == "active":
        return float(rules["seen_active"]["prior_log_odds"])
    return log_odds(rules["priors"].get(kind, rules["prior"]))
