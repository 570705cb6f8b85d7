"""
What reports call the places of a list: "Shagra village" is Shagra, "Tawila centre" is Tawila, and the rows "Kubum-Hay Salam" and
"Kubum-Hay Nasr" are quarters of a town called Kubum.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from wayout.locate.looking_up.kind_affixes import any_of
from wayout.locate.looking_up.spelling import skeleton
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

MIN_QUARTERS = 2
"""Rows that name a town before the dash, so that it is believed to be one."""
MAX_SPREAD_DEG = 0.1
"""Half the width of a town with its outskirts (about 10 km): what is spread wider is a first word, not a town."""
MIN_HEAD = 3
"""Sounds of a town's name."""
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_DASH = re.compile(r"\s*[-–—/]\s*")


@dataclass(frozen=True, slots=True)
class Site:
    """A row of a list: its names, further names, and where it lies (lon, lat)."""

    names: tuple[str, ...]
    also: tuple[str, ...]
    point: tuple[float, float]


def spoken_names(name: str) -> tuple[str, ...]:
    """
    Give the names of a place without the word that says it is a settlement or its centre, without what stands in brackets, and each side of a slash.

    Parameters
    ----------
    name
        As a list writes it.

    Returns
    -------
    spoken
        Folded; without the name itself.

    Examples
    --------
    >>> spoken_names("Shagra Village"), spoken_names("Hay Al Salam")
    (('shagra',), ())
    """
    own = fold_name(name)
    before, after = _patterns()
    quarters, never_alone = _words()
    whole = _BRACKETS.sub(" ", name)
    sides = whole.split("/")
    if any(sum(c.isalpha() for c in side) < MIN_HEAD for side in sides):
        sides = []
    found = [
        key for part in (whole, *sides) for key in (fold_name(part), after.sub("", before.sub("", fold_name(part))))
    ]
    return tuple(n for n in dict.fromkeys(found) if n and n != own and n not in quarters and n not in never_alone)


def towns_of_quarters(sites: Sequence[Site]) -> tuple[Site, ...]:
    """
    Find the towns that a list names only by their quarters.

    Parameters
    ----------
    sites
        All rows of the list.

    Returns
    -------
    towns
        In the middle of at least two rows "TOWN-QUARTER" that lie within some 10 km of it, where no row has the town's own name;
        sorted by name.
    """
    own_names = {
        key: site.point for site in sites for name in site.names for key in (fold_name(name), *spoken_names(name))
    }
    groups: dict[str, list[tuple[str, Site]]] = defaultdict(list)
    for site in sites:
        for head in {fold_name(h): h for name in site.names for h in _heads(name)}.values():
            groups[skeleton(fold_name(head))].append((head, site))
    towns = []
    for members in groups.values():
        points = {site.point for _, site in members}
        middle = (median(x for x, _ in points), median(y for _, y in points))
        if len(points) < MIN_QUARTERS or not all(_near(point, middle) for point in points):
            continue
        names = _commonest(head for head, _ in members)
        if not any(fold_name(n) in own_names and _near(own_names[fold_name(n)], middle) for n in names):
            shared = Counter(h for _, site in members for name in site.also for h in _heads(name))
            also = tuple(sorted(h for h, n in shared.items() if 2 * n >= len(members)))
            towns.append(Site(names, also, middle))
    return tuple(sorted(towns, key=lambda town: (town.names, town.point)))


def _heads(name: str) -> list[str]:
    """List what stands before each dash and may be a town."""
    parts = _DASH.split(_BRACKETS.sub(" ", name))
    found = []
    for i in range(1, len(parts)):
        head = " ".join(" ".join(parts[:i]).split())
        words = fold_name(head).split()
        quarters, never_alone = _words()
        if not words or words[0] in quarters or words[-1] in quarters or words[-1] in never_alone:
            continue
        if len(skeleton(" ".join(words))) >= MIN_HEAD:
            found.append(head)
    return found


def _commonest(heads: Iterable[str]) -> tuple[str, ...]:
    """Order the spellings of a town by how often they come, then by letters."""
    counted = Counter(heads)
    return tuple(sorted(counted, key=lambda head: (-counted[head], head)))


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= MAX_SPREAD_DEG


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    rows = read_vocab("list_words.yaml")
    return frozenset(fold_name(w) for w in rows["quarter"]), frozenset(fold_name(w) for w in rows["never_alone"])


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the patterns of words for a settlement or its centre, before and after its name."""
    rows = read_vocab("list_words.yaml")["itself"]
    before, after = any_of(rows["before"]), any_of(rows["after"])
    return re.compile(rf"^(?:{before}) (?=\S)"), re.compile(rf"(?<=\S) (?:{after})$")
