"""Who stands behind each claim of a store as of a time, and what their letters weigh: ``fuse.origins`` and ``fuse.reliability`` in columns."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.table import NOBODY, Columns, Table
from wayout.fuse.origins.publishers import UNKNOWN
from wayout.fuse.reliability import UNKNOWN_LETTER, Rating, letter_of, letter_weight

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


def mouths_as_of(table: Table, known: Mask) -> Codes:
    """
    Return the code of the origin behind each row, among the documents known.

    As ``fuse.echoes.find_origins``: the mouth that a claim names, followed where that mouth's own report hands the same act on; else
    the origin of its document.

    Parameters
    ----------
    table
        The evidence.
    known
        Documents that count, by position.

    Returns
    -------
    origins
        One a row; of rows whose document is not known it means nothing.
    """
    rows = table.rows
    own = origins_as_of(table, known)[rows["document"]]
    mouth = np.where(rows["mouth"] == NOBODY, own, rows["mouth"])
    heard = known[rows["document"]] & (rows["proposition"] != -1) & (rows["proposition"] != -2)
    cites = heard & (rows["mouth"] != NOBODY)
    if not cites.any():
        return mouth
    # Who is cited has told the same act itself: seldom, so that only these acts are followed one by one.
    told = np.unique(np.stack([own[heard], rows["act"][heard]]), axis=1)
    asked = np.stack([mouth[cites], rows["act"][cites]])
    acts = asked[1][_among(asked, told)]
    followed = np.flatnonzero(heard & np.isin(rows["act"], acts))
    return _settled(table, followed, own, mouth)


def _among(pairs: Codes, known: Codes) -> Mask:
    """Tell which pairs (columns) are among others."""
    kind = np.dtype([("a", np.int64), ("b", np.int64)])
    first, second = (np.ascontiguousarray(p.T).view(kind).ravel() for p in (pairs, known))
    found: Mask = np.isin(first, second)
    return found


def _settled(table: Table, followed: Codes, own: Codes, mouth: Codes) -> Codes:
    rows, texts = table.rows, table.words.texts
    told_by: dict[tuple[int, int], set[int]] = {}
    for row in followed.tolist():
        told_by.setdefault((int(own[row]), int(rows["act"][row])), set()).add(int(mouth[row]))
    settled = mouth.copy()
    for row in followed.tolist():
        if rows["mouth"][row] == NOBODY:
            continue
        now, seen = int(mouth[row]), set[int]()
        while now not in seen:
            seen.add(now)
            further = told_by.get((now, int(rows["act"][row])), set())
            if further and not further & seen:
                now = min(further, key=texts.__getitem__)
        settled[row] = now
    return settled


def origins_as_of(table: Table, known: Mask) -> Codes:
    """
    Return the code of the origin behind each document's own words, among the documents known.

    As ``fuse.origins.groups``: that of the first text of those that links join that anybody stands behind; a link to a document that
    is not known does not count.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    documents, n = table.documents, len(table.documents["id"])
    first, second = table.links["first"], table.links["second"]
    both = known[first] & known[second]
    pairs = (first[both], second[both])
    graph = coo_array((np.ones(len(pairs[0]), dtype=np.int8), pairs), shape=(n, n))
    _, group = connected_components(graph, directed=False)
    nobody = table.words.code(UNKNOWN)
    signed = (documents["origin"] != nobody) & known
    order = np.lexsort(_first_to_tell(documents, ~signed))
    _, leaders = np.unique(group[order], return_index=True)
    lead = order[leaders][group]
    return np.where(signed[lead], documents["origin"][lead], nobody)


def _first_to_tell(documents: Columns, last: Mask) -> tuple[NDArray[Any], ...]:
    undated = np.isnan(documents["published"])
    when = np.where(undated, 0.0, documents["published"])
    return (documents["id"], -documents["length"], when, undated, last)


def letter_weights(table: Table, known: Mask, ratings: Mapping[str, Rating]) -> NDArray[np.float64]:
    """
    Return the weight of each row by the letters of its publisher and its mouth: the least of those that are rated.

    As ``fuse.reliability.weakest_rated``: F says nothing, and where nobody is rated the weight is that of F.
    """
    documents, texts = table.documents, table.words.texts
    publisher = np.full(len(documents["id"]), np.nan)
    pairs = np.stack([documents["source"], documents["letter"].view("u1").astype(np.int64)])
    for source, letter in np.unique(pairs[:, known], axis=1).T.tolist():
        mine = (pairs[0] == source) & (pairs[1] == letter)
        publisher[mine] = _weight(letter_of(texts[source], chr(letter), ratings))
    mouth = np.full(len(texts) + 1, np.nan)  # the last is nobody's
    for key, rating in ratings.items():
        if (code := table.words.known(key)) is not None:
            mouth[code] = _weight(rating.letter)
    weight = np.fmin(publisher[table.rows["document"]], mouth[table.rows["teller"]])
    return np.where(np.isnan(weight), letter_weight(UNKNOWN_LETTER), weight)


def _weight(letter: str) -> float:
    return float("nan") if letter == UNKNOWN_LETTER else letter_weight(letter)
