"""Who stands behind each claim of a store as of a time, and what their letters weigh: ``fuse.origins`` and ``fuse.reliability`` in columns."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.casebook.table import NOBODY, PLACED, PLACES, UNPLACED, Columns, Table
from wayout.fuse.origins.groups import join_pairs
from wayout.fuse.origins.publishers import UNKNOWN
from wayout.fuse.reliability import UNKNOWN_LETTER, Rating, letter_of, letter_weight

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]


def mouths_as_of(table: Table, known: Mask) -> tuple[Codes, Codes]:
    """
    Return of each row the code of the origin behind it, and the document that first told its act, among the documents known.

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
    origins, tellers
        One a row; of rows whose document is not known they mean nothing.
    """
    rows = table.rows
    origins, groups = origins_as_of(table, known)
    own, group = origins[rows["document"]], groups[rows["document"]]
    heard = known[rows["document"]] & (rows["proposition"] != PLACED) & (rows["proposition"] != UNPLACED)
    tellers = _first_tellers(table, known, group)
    named = _lent(table, np.where(heard, rows["mouth"], NOBODY), heard, group)
    mouth = np.where(named == NOBODY, own, named)
    cites = heard & (named != NOBODY)
    if not cites.any():
        return mouth, tellers
    # Who is cited has told the same act itself: seldom, so that only these acts are followed one by one.
    told, asked = (_pair(who[some], rows["act"][some]) for who, some in ((own, heard), (mouth, cites)))
    acts = rows["act"][cites][np.isin(asked, told)]
    return _settled(table, np.flatnonzero(heard & np.isin(rows["act"], acts)), own, (mouth, named)), tellers


def _first_tellers(table: Table, known: Mask, group: Codes) -> Codes:
    """Return the document of each row's group of echoes that first told the same act (``fuse.origins.tellers``), by row."""
    document, act = table.rows["document"], table.rows["act"]
    rank = np.empty(len(known), dtype=np.int64)
    rank[np.lexsort(_first_to_tell(table.documents, ~known))] = np.arange(len(known))
    order = np.lexsort((rank[document], act, group))
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (group[order][1:] != group[order][:-1]) | (act[order][1:] != act[order][:-1])
    tellers = np.empty(len(order), dtype=np.int64)
    tellers[order] = document[order][starts][np.cumsum(starts) - 1]
    publisher = table.documents["publisher"]
    anew = (publisher[tellers] == publisher[document]) & (publisher[document] != NOBODY)
    return np.where(anew, document, tellers)


def _lent(table: Table, mouth: Codes, heard: Mask, group: Codes) -> Codes:
    """Lend a text's own voice the mouth that it, or an echo of it, names for the same deed (``fuse.origins.mouths.lend_mouths``)."""
    rows, texts = table.rows, table.words.texts
    cites, plain = heard & (mouth != NOBODY), heard & (mouth == NOBODY)
    told, asked = (_pair(group[some], rows["deed"][some]) for some in (cites, plain))
    shared = np.intersect1d(told, asked)
    named: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for row in np.flatnonzero(cites)[np.isin(told, shared)].tolist():
        key = (int(group[row]), int(rows["deed"][row]))
        named.setdefault(key, set()).add((int(rows["places"][row]), int(mouth[row])))
    lent = mouth.copy()
    for row in np.flatnonzero(plain)[np.isin(asked, shared)].tolist():
        own = _phrases(texts[rows["places"][row]])
        told_there = named.get((int(group[row]), int(rows["deed"][row])), set())
        fitting = [m for places, m in told_there if _meet(own, _phrases(texts[places]))]
        if fitting:
            lent[row] = min(fitting, key=texts.__getitem__)
    return lent


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split(PLACES)) - {""}


def _meet(first: frozenset[str], second: frozenset[str]) -> bool:
    return not first or not second or bool(first & second)


def _pair(who: Codes, act: Codes) -> Codes:
    """Make one number of two; two pairs that share it by chance are only looked at once too often."""
    return (who.view(np.uint64) * np.uint64(0x9E3779B97F4A7C15) ^ act.view(np.uint64)).view(np.int64)


def _settled(table: Table, followed: Codes, own: Codes, mouths: tuple[Codes, Codes]) -> Codes:
    rows, texts = table.rows, table.words.texts
    mouth, named = mouths
    told_by: dict[tuple[int, int], set[int]] = {}
    for row in followed.tolist():
        told_by.setdefault((int(own[row]), int(rows["act"][row])), set()).add(int(mouth[row]))
    settled = mouth.copy()
    for row in followed.tolist():
        if named[row] == NOBODY:
            continue
        now, seen = int(mouth[row]), set[int]()
        while now not in seen:
            seen.add(now)
            further = told_by.get((now, int(rows["act"][row])), set())
            if further and not further & seen:
                now = min(further, key=texts.__getitem__)
        settled[row] = now
    return settled


def origins_as_of(table: Table, known: Mask) -> tuple[Codes, Codes]:
    """
    Return, of each document, the code of the origin behind its own words and its group of echoes, among the documents known.

    As ``fuse.origins.groups``: that of the first text of those that links join that anybody stands behind; a link to a document that
    is not known does not count.
    """
    documents = table.documents
    first, second = table.links["first"], table.links["second"]
    both = known[first] & known[second]
    leads = join_pairs(zip(first[both].tolist(), second[both].tolist(), strict=True))
    group = np.arange(len(documents["id"]))
    group[list(leads)] = list(leads.values())
    nobody = table.words.code(UNKNOWN)
    signed = (documents["origin"] != nobody) & known
    order = np.lexsort(_first_to_tell(documents, ~signed))
    _, leaders, places = np.unique(group[order], return_index=True, return_inverse=True)
    lead = np.empty_like(order)
    lead[order] = order[leaders][places]
    return np.where(signed[lead], documents["origin"][lead], nobody), group


def _first_to_tell(documents: Columns, last: Mask) -> tuple[NDArray[Any], ...]:
    undated = np.isnan(documents["published"])
    when = np.where(undated, 0.0, documents["published"])
    return (documents["id"], -documents["length"], when, undated, last)


def letter_weights(table: Table, known: Mask, tellers: Codes, ratings: Mapping[str, Rating]) -> NDArray[np.float64]:
    """
    Return the weight of each row by the letters of who published it first and of its mouth: the least of those that are rated.

    As ``fuse.reliability.weakest_rated``: F says nothing, and where nobody is rated the weight is that of F.
    """
    documents, texts = table.documents, table.words.texts
    publisher = np.full(len(documents["id"]), np.nan)
    pairs = documents["source"] * 256 + documents["letter"].view("u1")
    for pair in np.unique(pairs[known]).tolist():
        source, letter = divmod(pair, 256)
        publisher[pairs == pair] = _weight(letter_of(texts[source], chr(letter), ratings))
    mouth = np.full(len(texts) + 1, np.nan)  # the last is nobody's
    for key, rating in ratings.items():
        if (code := table.words.known(key)) is not None:
            mouth[code] = _weight(rating.letter)
    weight = np.fmin(publisher[tellers], mouth[table.rows["teller"]])
    return np.where(np.isnan(weight), letter_weight(UNKNOWN_LETTER), weight)


def _weight(letter: str) -> float:
    return float("nan") if letter == UNKNOWN_LETTER else letter_weight(letter)
