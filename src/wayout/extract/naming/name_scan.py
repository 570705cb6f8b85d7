"""Read a text once for names: the longest at each word, and which countries the text speaks of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from wayout.extract.naming.actor_book import ActorBook
from wayout.extract.naming.name_index import Entry, Hit, is_weak
from wayout.extract.naming.nationality import Nation, read_nation
from wayout.extract.tokens import Word, cut_words
from wayout.model.identity import ActorId


class Found(NamedTuple):
    """Characters ``start`` to ``end`` of a text carry a name: an index hit, or a nation with its noun."""

    start: int
    end: int
    hit: Hit | None
    nation: Nation | None


class Scan(NamedTuple):
    """
    A text's words, the names in it in order and without overlap, and how often it speaks of each ISO country.

    ``told_by`` says how much of that a weak name (an acronym, one word) has told, and of which country.
    """

    words: Sequence[Word]
    found: tuple[Found, ...]
    countries: Mapping[str, float]
    told_by: Mapping[tuple[str, ...], tuple[str, float]]

    def countries_without(self, names: Iterable[Entry]) -> Mapping[str, float]:
        """Return the countries less what a weak name alone tells: no name speaks for itself."""
        own = [self.told_by[n] for n in {e.listed for e in names} if n in self.told_by]
        if not own:
            return self.countries
        rest = dict(self.countries)
        for iso2, times in own:
            rest[iso2] = rest.get(iso2, 0.0) - times
        return {iso2: n for iso2, n in rest.items() if n > 0.0}


def scan_names(text: str, book: ActorBook) -> Scan:
    """
    Find every known name of a text.

    Parameters
    ----------
    text
        The text.
    book
        Known actors.

    Returns
    -------
    scan
        Names decided by length only; whether a city acts or an acronym fits is not asked here.
    """
    words = cut_words(text)
    found: list[Found] = []
    position = 0
    while position < len(words):
        hit = next(book.index.starting_at(words, position), None)
        nation = read_nation(words, position, book.index)
        if nation and (hit is None or nation.last > hit.last or not _names_actor(hit, nation)):
            found.append(Found(words[position].start, words[nation.last - 1].end, None, nation))
            position = nation.last
        elif hit:
            first = position + 1 if words[position].key == "the" and hit.last > position + 1 else position
            found.append(Found(words[first].start, words[hit.last - 1].end, hit, None))
            position = hit.last
        else:
            position += 1
    return Scan(words, tuple(found), *_count_countries(found, book))


def _names_actor(hit: Hit, nation: Nation) -> bool:
    """Tell whether a hit of the nation's length or more says more than the nation does."""
    return hit.last > nation.last or any(e.cls == "actor" for e in hit.entries)


def _count_countries(
    found: Sequence[Found], book: ActorBook
) -> tuple[Mapping[str, float], Mapping[tuple[str, ...], tuple[str, float]]]:
    """
    Count the countries that the names are evidence for, and what each weak name has added.

    A shared name counts where one bearer fits what is counted so far.
    """
    counts: Counter[str] = Counter()
    told: Counter[tuple[tuple[str, ...], str]] = Counter()
    shared: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
    for one in found:
        if one.nation:
            counts[one.nation.iso2] += 1
        elif one.hit:
            iso2, actors = _evidence(one.hit.entries, book)
            if iso2:
                counts[iso2] += 1
                if actors and all(is_weak(e) for e in one.hit.entries):
                    told[one.hit.entries[0].listed, iso2] += 1
            elif len(actors) > 1:
                shared[actors, one.hit.entries[0].listed] += 1
    known = dict(counts)
    for (actors, listed), times in sorted(shared.items()):
        ranked = book.rank(actors, year=None, countries=known)
        somewhere = [r for r, (_, share) in ranked if share > 0.0 and book.countries_of(book.by_id(r))]
        country = book.by_id(somewhere[0]).country if len(somewhere) == 1 else None
        if country:
            counts[country] += times
            told[listed, country] += times
    return dict(sorted(counts.items())), {listed: (iso2, n) for (listed, iso2), n in sorted(told.items())}


def _evidence(entries: Sequence[Entry], book: ActorBook) -> tuple[str | None, tuple[str, ...]]:
    """Return the country that a hit is evidence for: of a nation, a seat, or an actor whose name no other shares; and its actors."""
    nation = next((e.names for e in entries if e.cls in ("country", "adjective", "people")), None)
    if nation:
        return nation, ()
    actors = tuple(dict.fromkeys(e.names for e in entries))
    if len(actors) != 1:
        return None, actors
    actor = book.by_id(ActorId(actors[0]))
    return (actor.country if "world" not in actor.theatres else None), actors
