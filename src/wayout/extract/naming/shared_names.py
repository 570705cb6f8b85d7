"""Decide which actor a known name means here: by the year, the theatre, and whom else the text names; say what stays open."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from wayout.extract.naming.actor_book import UNKNOWN, ActorBook
from wayout.extract.naming.name_index import Entry, is_plain, is_weak
from wayout.model.mention import MentionRoute
from wayout.text.names import fold_name

_MARGIN = 2.0
"""An actor wins a shared name if its theatre's share of the text's countries is this many times the next one's."""
_SHORT = 3
"""Letters up to which an acronym is met everywhere."""
_ENOUGH_COUNTRIES = 2
"""Mentions of countries from which on a text shows where it plays."""


class Sense(NamedTuple):
    """What a name means here: an actor's id or ``unknown:<words>``, the further ids it may mean, and how it was matched."""

    ref: str
    others: tuple[str, ...]
    route: MentionRoute


def decide(
    words: str,
    names: Sequence[Entry],
    book: ActorBook,
    year: int | None,
    countries: Mapping[str, float],
    named: Collection[str],
) -> Sense | None:
    """
    Decide a name that one or more actors bear.

    An acronym or a name of one word is weak: outside the years of all who bear it, it is nobody known, with them as
    candidates; outside their theatres an acronym keeps its actor with "unknown" beside it, and a surname is nobody known. A
    longer name says enough by itself: a report of today may tell of a group that has ended. Plain words ("regime forces",
    "bandits") name nobody outside the theatre they are listed for.

    Parameters
    ----------
    words
        The words as written.
    names
        The listed names that they match, of actors.
    book
        Known actors.
    year
        Year of the report; ``None`` if unknown.
    countries
        ISO country to the number of times the text names it.
    named
        Actors whom the text names beyond doubt.

    Returns
    -------
    sense
        Its ``others`` are empty only where nothing speaks for another reading; ``None`` if the words name nobody here.
    """
    ranked = book.rank(dict.fromkeys(e.names for e in names), year=year, countries=countries)
    (best, (active, share)), rest = ranked[0], ranked[1:]
    near = tuple(r for r, fit in rest if fit[0] == active and share < _MARGIN * fit[1])
    best, near = _prefer(best, near, book, named)
    route = next(e.route for e in names if e.names == best)
    if all(is_plain(e) for e in names) and book.countries_of(book.by_id(best)) and (share == 0.0 or not countries):
        return None
    acronym = route == "acronym"
    unknown = UNKNOWN + fold_name(words)
    weak = is_weak(next(e for e in names if e.names == best))
    if weak and not active and best not in named:
        return Sense(unknown, (best, *near), route)
    if share == 0.0 and acronym and len(words) <= _SHORT:
        return Sense(best, (*near, unknown), route)
    person = book.by_id(best).kind == "person"
    if share == 0.0 and weak and person and sum(countries.values()) >= _ENOUGH_COUNTRIES and best not in named:
        return Sense(unknown, (best, *near), route)
    return Sense(best, near, route)


def _prefer(best: str, near: tuple[str, ...], book: ActorBook, named: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Of actors that tie, take the one the text names otherwise, else the one whose foes, allies or parent it names."""
    if not near:
        return best, near
    tied = (best, *near)
    own = [r for r in tied if r in named or book.by_id(r).parent in named]
    kin = own or [r for r in tied if not set(book.ties_of(r)).isdisjoint(named)]
    return (kin[0], ()) if len(kin) == 1 else (best, near)


def named_for_certain(
    hits: Sequence[Sequence[Entry]],
    book: ActorBook,
    year: int | None,
    countries: Callable[[Sequence[Entry]], Mapping[str, float]],
) -> frozenset[str]:
    """
    Return the actors whom a text names beyond doubt: by a name no other bears, or none other that fits year and theatre.

    Parameters
    ----------
    hits
        The entries of each name of the text.
    book
        Known actors.
    year
        Year of the report.
    countries
        Gives, for the entries of a name, the countries the text names but for what that name alone tells.

    Returns
    -------
    refs
        Ids.
    """
    certain = set()
    for entries in {tuple(e) for e in hits}:
        refs = list(dict.fromkeys(e.names for e in entries if e.cls == "actor"))
        if len(refs) > 1 or any(is_weak(e) for e in entries):
            ranked = book.rank(refs, year=year, countries=countries(entries))
            refs = [r for r, (active, share) in ranked if active and share > 0.0]
        if len(refs) == 1:
            certain.add(refs[0])
    return frozenset(certain)
