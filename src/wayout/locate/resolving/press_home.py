"""Where a report's publisher is at home, as far as its web address says: its town ("dallasnews.com") and its country (".lk")."""

from functools import cache, lru_cache
from urllib.parse import urlsplit

from wayout.locate.context import Places
from wayout.model import Place, PlaceKind
from wayout.vocab import read_vocab

LEAST_LETTERS = 5
"""Shorter remains of an address are initials more often than a town."""
CITY, TOWN = 50_000, 3_000
"""Inhabitants of a town that a bare host name means, or that stands beside a word of the press."""
MAX_LABEL = 40
_COUNTRY: tuple[PlaceKind, ...] = ("country",)
HOME_KINDS = frozenset({"populated_place", "admin1", "country"})


def press_home(url: str | None, gazetteer: Places) -> tuple[tuple[Place, ...], ...]:
    """
    Read the places that a web address names.

    Parameters
    ----------
    url
        The report's address; ``None`` if unknown.
    gazetteer
        What knows the places.

    Returns
    -------
    homes
        For each name in the host's name the places it may mean: the country of its ending, the town of the paper's name. Empty
        for most addresses.
    """
    try:
        host = (urlsplit(url or "").hostname or "").casefold()
    except ValueError:
        return ()
    return _home_of_host(host, gazetteer) if host else ()


@lru_cache(maxsize=4096)
def _home_of_host(host: str, gazetteer: Places) -> tuple[tuple[Place, ...], ...]:
    labels = [label for label in host.split(".") if label not in ("www", "com", "net", "org", "co", "m", "gov", "edu")]
    homes = []
    country = _country_of(labels[-1]) if len(labels) > 1 else None
    if country:
        labels.pop()
        homes.append(tuple(p for p in gazetteer.find(country, kinds=_COUNTRY)[:1]))
    for label in labels[:2]:
        towns = _town_in(label[:MAX_LABEL], gazetteer)
        if towns:
            in_country = tuple(p for p in towns if homes and homes[0] and p.country == homes[0][0].country)
            homes.append(in_country or towns)
            break
    return tuple(home for home in homes if home)


def _country_of(ending: str) -> str | None:
    """Return the English name of the country of an address's ending."""
    vocab = read_vocab("press_words.yaml")
    code = vocab["endings"].get(ending, "" if ending in vocab["sold"] else ending.upper())
    return next((row["name"] for row in read_vocab("countries.yaml")["countries"] if row["iso2"] == code), None)


def _town_in(label: str, gazetteer: Places) -> tuple[Place, ...]:
    """Find the town in "dallasnews" or "thenewhavenregister": what is left when the words of the press go from both ends."""
    for rest in (label, *_remains(label)):
        if rest in _words() or len(rest) < LEAST_LETTERS:
            continue
        least = CITY if rest == label else TOWN
        for name in (rest, *(f"{rest[:i]} {rest[i:]}" for i in range(3, len(rest) - 2))):
            places = tuple(p for p, _ in gazetteer.exact(name.replace("-", " ")) if p.kind in HOME_KINDS)
            if any(p.kind != "populated_place" or (p.population or 0) >= least for p in places):
                return places
    return ()


def _remains(label: str) -> list[str]:
    """List what stays of a label without press words at its ends, longest first; at least one word must have gone."""
    found, waiting = [], [label]
    while waiting:
        one = waiting.pop()
        for word in _words():
            for rest in (one.removeprefix(word).strip("-"), one.removesuffix(word).strip("-")):
                if rest != one and len(rest) >= LEAST_LETTERS and rest not in found:
                    found.append(rest)
                    waiting.append(rest)
    return sorted(found, key=lambda rest: (-len(rest), rest))


@cache
def _words() -> tuple[str, ...]:
    return tuple(sorted((str(w) for w in read_vocab("press_words.yaml")["words"]), key=lambda w: (-len(w), w)))
