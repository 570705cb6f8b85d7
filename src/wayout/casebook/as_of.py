"""What the store's evidence makes probable as of a time: only what was known by then counts, in the links between reports too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.dates import last_moment
from wayout.casebook.mouths import letter_weights, mouths_as_of
from wayout.casebook.table import Table
from wayout.casebook.words import sorted_codes
from wayout.fuse.reliability import Rating
from wayout.fuse.weighing.evidence import Believed, Evidence, believe, day_of

Mask = NDArray[np.bool_]
OCCURRENCE = "happened\x1f"
"""How the key of an occurrence begins."""


@dataclass(frozen=True)
class AsOf:
    """
    The picture in columns.

    ``believed`` is by proposition; ``rows`` are the places of its rows in the table;
    ``known`` tells which documents counted; ``n_old`` occurrences were left out as too long ago.
    """

    table: Table
    at: datetime
    believed: Believed
    rows: NDArray[np.int64]
    known: Mask
    n_old: int = 0

    @property
    def moment(self) -> datetime:
        """Return the last moment that belongs to the picture."""
        return last_moment(self.at)


def believe_table(
    table: Table,
    at: datetime,
    same_side: Callable[[str, str], bool] = str.__eq__,
    told_since: datetime | None = None,
    ratings: Mapping[str, Rating] | None = None,
) -> AsOf:
    """
    Turn a store's evidence into probabilities as of a time.

    Parameters
    ----------
    table
        The evidence.
    at
        The time, aware; a day without an hour counts whole (:func:`~wayout.casebook.dates.last_moment`).
    same_side
        Tells whether two actors are on one side.
    told_since
        Leave out occurrences that no report known since then speaks of: they do not fade, so that a store fills with them.

    ratings
        People's letters for sources, as ``fuse.reliability.ratings_at`` returns them.

    Returns
    -------
    picture
        The same as ``fuse.belief`` gives for the same claims.
    """
    now = day_of(last_moment(at))
    documents, rows = table.documents, table.rows
    known = documents["known"] <= now  # NaN: known at no time
    chosen = np.flatnonzero(known[rows["document"]] & (rows["proposition"] >= 0))
    n_all = len(np.unique(rows["proposition"][chosen]))
    if told_since is not None:
        chosen = chosen[_told_since(table, chosen, day_of(told_since))]
    part = {name: values[chosen] for name, values in rows.items()}
    of = part["document"]
    texts = table.words.texts
    origin, tellers = mouths_as_of(table, known)
    weight = letter_weights(table, known, tellers, ratings or {})[chosen]
    first_known = documents["known"][tellers[chosen]]
    copied, spoken = tellers[chosen] != of, part["spoken"]
    origins, origin_codes = sorted_codes(texts, origin[chosen])
    propositions, proposition_codes = sorted_codes(texts, part["proposition"])
    sources, source_codes = sorted_codes(texts, documents["source"][of])
    evidence = Evidence(
        claims=cast("Sequence[str]", part["claim"]),  # ids as bytes: they are compared, never spelt here
        documents=cast("Sequence[str]", documents["id"][of]),
        sources=sources,
        source=source_codes,
        propositions=propositions,
        proposition=proposition_codes,
        origins=origins,
        origin=origin_codes,
        known_day=first_known,
        spoken_day=np.where(copied, np.minimum(spoken, first_known), spoken),
        shift=weight * part["shift"],
        words=weight * part["words"],
        half_life_days=part["half_life"],
        ends=part["ends"],
    )
    believed = believe(evidence, now, same_side=same_side)
    return AsOf(table, at, believed, chosen, known, n_all - len(propositions))


def _told_since(table: Table, chosen: NDArray[np.int64], since: float) -> Mask:
    """
    Tell which rows speak of a state, or of an occurrence that any report known since then speaks of.

    Reports later than the picture choose too, so that pictures of two days hold the same occurrences; they weigh nothing.
    """
    rows, texts = table.rows, table.words.texts
    fresh = np.fromiter((not text.startswith(OCCURRENCE) for text in texts), dtype=bool, count=len(texts))
    late = (table.documents["known"][rows["document"]] >= since) & (rows["proposition"] >= 0)
    fresh[rows["proposition"][late]] = True
    keep: Mask = fresh[rows["proposition"][chosen]]
    return keep
