"""What the store's evidence makes probable as of a time: only what was known by then counts, in the links between reports too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.dates import last_moment
from wayout.casebook.table import NOBODY, Columns, Table
from wayout.casebook.words import sorted_codes
from wayout.fuse.origins.publishers import UNKNOWN
from wayout.fuse.weighing.evidence import Believed, Evidence, believe, day_of
from wayout.vocab import read_vocab

Mask = NDArray[np.bool_]
OCCURRENCE = "happened\x1f"
"""How the key of an occurrence begins."""


@dataclass(frozen=True)
class AsOf:
    """
    The picture in columns.

    ``believed`` is by proposition; ``weights`` are those of the sources by name; ``rows`` the places of its rows in the table;
    ``known`` tells which documents counted; ``n_old`` occurrences were left out as too long ago.
    """

    table: Table
    at: datetime
    believed: Believed
    weights: Mapping[str, float]
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
    origin = np.where(part["mouth"] == NOBODY, origins_as_of(table, known)[of], part["mouth"])
    origins, origin_codes = sorted_codes(texts, origin)
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
        known_day=documents["known"][of],
        spoken_day=part["spoken"],
        shift=part["shift"],
        words=part["words"],
        half_life_days=part["half_life"],
    )
    weights = _source_weights(table, known)
    believed = believe(evidence, now, weights, same_side)
    return AsOf(table, at, believed, weights, chosen, known, n_all - len(propositions))


def _told_since(table: Table, chosen: NDArray[np.int64], since: float) -> Mask:
    """Tell which rows speak of a state, or of an occurrence that a report known since then speaks of."""
    rows, texts = table.rows, table.words.texts
    codes = rows["proposition"][chosen]
    fresh = np.zeros(len(texts), dtype=bool)
    fresh[codes[table.documents["known"][rows["document"][chosen]] >= since]] = True
    lasting = np.fromiter((not text.startswith(OCCURRENCE) for text in texts), dtype=bool, count=len(texts))
    keep: Mask = (fresh | lasting)[codes]
    return keep


def origins_as_of(table: Table, known: Mask) -> NDArray[np.int64]:
    """
    Return the code of the origin behind each document's own words, among the documents known.

    As ``fuse.origins.groups``: the publisher of the first signed text of those that links join; a link to a document that is not
    known does not count.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    documents, n = table.documents, len(table.documents["id"])
    first, second = table.links["first"], table.links["second"]
    both = known[first] & known[second]
    pairs = (first[both], second[both])
    _, group = connected_components(
        coo_array((np.ones(len(pairs[0]), dtype=np.int8), pairs), shape=(n, n)), directed=False
    )
    signed = documents["publisher"] != NOBODY
    order = np.lexsort(_first_to_tell(documents, ~(signed & known)))
    _, leaders = np.unique(group[order], return_index=True)
    lead = order[leaders][group]
    # Of a group that nobody signs the key is that of nobody.
    return np.where(signed[lead] & known[lead], documents["origin"][lead], table.words.code(UNKNOWN))


def _first_to_tell(documents: Columns, last: Mask) -> tuple[NDArray[Any], ...]:
    undated = np.isnan(documents["published"])
    when = np.where(undated, 0.0, documents["published"])
    return (documents["id"], -documents["length"], when, undated, last)


def _source_weights(table: Table, known: Mask) -> Mapping[str, float]:
    """Return the weight of each source by its Admiralty letter; of one name with two letters the more cautious counts."""
    by_letter = read_vocab("belief_rules.yaml")["weight_by_reliability"]
    pairs = np.unique(np.stack([table.documents["source"][known], table.documents["letter"][known].view("u1")]), axis=1)
    weights: dict[str, float] = {}
    for source, letter in pairs.T.tolist():
        name = table.words.texts[source]
        weights[name] = min(by_letter[chr(letter)], weights.get(name, 1.0))
    return weights
