"""
Tables of place strings: each row's place, with its doubt, as cells of text; a row that cannot be located says why.

``RowLocator`` does the work on one row, ``stream_rows`` the way of many rows past it: every distinct string is located once while
it is remembered, rows keep their order, and what is held does not grow with the table.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from wayout.errors import NotFoundError
from wayout.locate.context import PhraseContext, Places
from wayout.locate.doubt import elsewhere_weight
from wayout.locate.elsewhere import with_elsewhere
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.table_cells import Cells, located_cells, unlocated_cells
from wayout.locate.table_divisions import Division, find_division, keep_parts, narrow
from wayout.locate.table_names import PlainNames
from wayout.model import Place, PlaceKind, Region
from wayout.vocab import read_vocab

BATCH_QUERIES = 400
"""Strings handed out at once: some tens of milliseconds of work, so that processes are busy and answers are not late."""
BATCH_ROWS = 20_000
"""Rows of a batch at most: a sheet of few places must not wait in memory for strings that never come."""
REMEMBERED = 100_000
"""Distinct strings whose answers are kept, some 100 MB at most; beyond, the oldest are forgotten and located anew where they return."""
COARSER_KM = 25.0
"""What a town stands for that is not known itself lies within this of it nine times in ten: UCDP's bound of ``where_prec`` 2."""
REMEMBERED_CELLS = 4096
"""Distinct country and division cells whose meaning is kept."""
_COUNTRY: tuple[PlaceKind, ...] = ("country",)
_SEPARATORS = str.maketrans({"|": ";", "/": ";"})


class Query(NamedTuple):
    """What a row asks: the place, the country as its cell says, and the divisions its cells name, largest first."""

    place: str
    country: str = ""
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the columns are (from 0) that a query is made of, and how many cells a row has."""

    place: int
    country: int | None = None
    divisions: tuple[int, ...] = ()
    width: int

    def query(self, row: Sequence[str]) -> Query:
        """Make the query of a row."""
        country = row[self.country].strip() if self.country is not None else ""
        return Query(row[self.place].strip(), country, tuple(row[i].strip() for i in self.divisions))


Ask = Callable[[Iterable[tuple[Query, ...]]], Iterator[Sequence[Cells]]]
"""Answers batches of queries in order, wherever the work is done."""


def stream_rows(
    rows: Iterable[list[str]], layout: Layout, ask: Ask, remembered: int = REMEMBERED
) -> Iterator[tuple[list[str], Cells]]:
    """
    Locate the rows of a table.

    Parameters
    ----------
    rows
        Cells; at least as many as the layout's columns need.
    layout
        Which cells make the query.
    ask
        Does the work.
    remembered
        Distinct queries whose answers are kept.

    Yields
    ------
    row, cells
        Every row, in order, with its answer in the order of :data:`wayout.locate.table_cells.COLUMNS`.
    """
    known: dict[Query, list[Cells]] = {}
    waiting: deque[tuple[list[tuple[list[str], list[Cells]]], list[list[Cells]]]] = deque()

    def batches() -> Iterator[tuple[Query, ...]]:
        pairs: list[tuple[list[str], list[Cells]]] = []
        fresh: list[tuple[Query, list[Cells]]] = []
        for row in rows:
            query = layout.query(row)
            slot = known.get(query)
            if slot is None:
                # The slot is filled when the answer comes; rows hold on to it even if the query is forgotten before.
                slot = known[query] = []
                fresh.append((query, slot))
                if len(known) > remembered:
                    del known[next(iter(known))]
            pairs.append((row, slot))
            if len(fresh) >= BATCH_QUERIES or len(pairs) >= BATCH_ROWS:
                waiting.append((pairs, [slot for _, slot in fresh]))
                yield tuple(query for query, _ in fresh)
                pairs, fresh = [], []
        waiting.append((pairs, [slot for _, slot in fresh]))
        yield tuple(query for query, _ in fresh)

    for answers in ask(batches()):
        pairs, slots = waiting.popleft()
        for slot, cells in zip(slots, answers, strict=True):
            slot.append(cells)
        for row, slot in pairs:
            yield row, slot[0]


class RowLocator:
    """
    Locates the place of one row after the other.

    Parameters
    ----------
    gazetteer
        Names and geometries.
    countries
        ISO 3166-1 codes that hold for every row without a country of its own.
    """

    def __init__(self, gazetteer: Gazetteer, countries: Sequence[str] = ()) -> None:
        self._gazetteer = gazetteer
        self._countries = tuple(countries)
        self._names = PlainNames(gazetteer)
        self._codes = lru_cache(REMEMBERED_CELLS)(self._read_codes)
        self._division = lru_cache(REMEMBERED_CELLS)(self._read_division)

    def answer(self, query: Query) -> Cells:
        """
        Locate the place of one row.

        Parameters
        ----------
        query
            What the row asks.

        Returns
        -------
        cells
            One text a column of :data:`wayout.locate.table_cells.COLUMNS`; without coordinates where the place is not known.
        """
        if is_missing(query.place):
            return unlocated_cells("the cell is empty" if not query.place else f"{query.place!r} stands for no place")
        codes, note = self._codes(query.country)
        division = self._division(query.divisions, codes) if query.divisions else None
        town = self._names.only_town(query.place, codes)
        if town is not None and (division is None or division.holds(town.lon, town.lat)):
            return self._names.cells(query.place, [(town, 1.0)], note)
        if division is None and (towns := self._names.namesakes(query.place, codes)):
            return self._names.cells(query.place, towns, note)
        context = PhraseContext(countries=dict.fromkeys(codes, 1.0))
        region, reason = self._locate(query.place, codes, context)
        if division is not None:
            return located_cells(narrow(query.place, region, division, self._gazetteer, context), note)
        return unlocated_cells(reason + note) if region is None else located_cells(region, note)

    def _locate(self, place: str, codes: tuple[str, ...], context: PhraseContext) -> tuple[Region | None, str]:
        try:
            region = locate_phrase(place, self._gazetteer, context)
        except NotFoundError as error:
            return self._stand_in(place, codes), str(error)
        if not codes or region.method != "name":
            return region, ""
        # The row's own country is binding: a reading elsewhere is none.
        at_home = [p for p in region.parts if p.place is None or p.place.country is None or p.place.country in codes]
        if at_home and at_home[0].place is not None:
            return keep_parts(region, at_home), ""
        reason = f"known only outside {' or '.join(codes)}: {_named(region.places[0])}"
        return self._stand_in(place, codes), reason

    def _stand_in(self, phrase: str, codes: tuple[str, ...]) -> Region | None:
        """Take the gazetteer's one answer for a table: a misspelling, or the town that a quarter or a base is in."""
        found = self._gazetteer.answer(phrase, countries=codes)
        if found is None:
            return None
        place, coarser = found
        home = {place.country: 1.0} if place.country else {}
        try:
            region = locate_phrase(place.name, self._gazetteer, PhraseContext(countries=home))
        except NotFoundError:
            return None
        parts = [part for part in region.parts if part.place is not None and part.place.id == place.id]
        if not parts:
            return None
        region = replace(region, parts=(replace(parts[0], weight=1.0),), places=(place,), phrase=phrase)
        if coarser is not None:
            radius = max(region.radius_km, COARSER_KM)
            return replace(region, where_prec=coarser.where_prec, radius_km=radius, radius50_km=None, why=coarser.why)
        region = replace(region, why=f"{phrase!r} is taken for another spelling of {_named(place)}.")
        return with_elsewhere(region, elsewhere_weight("respelt"), place.country or "")

    def _read_codes(self, cell: str) -> tuple[tuple[str, ...], str]:
        """Return the codes a row's cell means, or those of the whole table; and a note where the cell is not understood."""
        if is_missing(cell):
            return self._countries, ""
        codes = read_countries(cell, self._gazetteer)
        return (codes, "") if codes else (self._countries, f"; the country {cell[:60]!r} is not known and was left out")

    def _read_division(self, names: tuple[str, ...], codes: tuple[str, ...]) -> Division | None:
        return find_division([n for n in names if not is_missing(n)], self._gazetteer, codes)


def is_missing(cell: str) -> bool:
    """
    Tell whether a cell says that there is no value.

    Examples
    --------
    >>> is_missing(" N/A "), is_missing("Goma")
    (True, False)
    """
    return " ".join(cell.casefold().split()) in _missing_words()


@lru_cache(maxsize=1)
def _missing_words() -> frozenset[str]:
    return frozenset(str(word).casefold() for word in read_vocab("place_tables.yaml")["missing"])


def read_countries(cell: str, gazetteer: Places) -> tuple[str, ...]:
    """
    Read the countries a cell names: ISO codes of two or three letters, or names in any language.

    Parameters
    ----------
    cell
        One country, or several between ``;``, ``|`` or ``/``.
    gazetteer
        Names of countries.

    Returns
    -------
    codes
        ISO 3166-1 alpha-2, in the cell's order; empty if any part is unknown.
    """
    parts = [_country_code(part, gazetteer) for part in cell.translate(_SEPARATORS).split(";") if part.strip()]
    known = [code for code in parts if code is not None]
    return tuple(dict.fromkeys(known)) if len(known) == len(parts) else ()


def _country_code(name: str, gazetteer: Places) -> str | None:
    """Return the code a country's name or code stands for."""
    name = name.strip()
    iso3: dict[str, str] = read_vocab("iso3.yaml")["iso3"]
    if name.upper() in iso3:
        return name.upper()
    if name.upper() in _by_iso3():
        return _by_iso3()[name.upper()]
    found = gazetteer.find(name, kinds=_COUNTRY)
    return found[0].country if found else None


@cache
def _by_iso3() -> dict[str, str]:
    return {three: two for two, three in read_vocab("iso3.yaml")["iso3"].items()}


def _named(place: Place) -> str:
    return f"{place.name} ({place.kind.replace('_', ' ')}, {place.country})"
