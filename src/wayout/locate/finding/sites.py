"""Names that are built of a name and a word for its kind: roads, buildings, features of nature, parts of a place."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wayout.locate.finding.bodies import body_follows
from wayout.locate.finding.proposals import end_of
from wayout.locate.finding.text_view import TextView
from wayout.locate.finding.word_lists import friends, senses

MAX_BEFORE = 4
"""Words of a name before the word for its kind."""
_NUMBER = re.compile(r"[ \u00a0-](?:No\. ?)?[A-Z]{0,2}-?\d{1,4}[A-Z]?(?![\w%.,]*\d)")
_GAPS = frozenset({" ", "\u00a0", "-", ""})
_GENITIVES = frozenset({"'s ", "\u2019s ", "' ", "\u2019 "})
_ABBREVIATED = frozenset({"st", "ave", "rd", "blvd", "ln", "hwy", "pkwy", "cir"})


SiteKind = Literal["road", "building", "feature", "part"]


@dataclass(frozen=True, slots=True)
class Site:
    """A whole name, code points ``start`` to ``end``; ``kind`` is "road", "building", "feature" or "part"."""

    start: int
    end: int
    kind: SiteKind


def find_sites(view: TextView) -> list[Site]:
    """
    Find names that end in (or open with) a word for their kind, both capitalised: "Mandela Street", "Lake Chad", "Nile Delta".

    Parameters
    ----------
    view
        The text.

    Returns
    -------
    sites
        In text order; a longer one may hold a shorter one.
    """
    found, kinds = list[Site](), _kinds()
    numbered, before = senses()["numbered"], senses()["features_before"]
    for i, written in enumerate(view.words):
        if not written[0].isupper():
            continue
        word = view.lower[i].rstrip(".")
        kind = kinds.get(word)
        if kind is not None and not _is_saint(view, i):
            found += _ends_with(view, i, kind)
        if word in numbered:
            found += _numbered(view, i)
        if word in before:
            found += _opens_with(view, i)
    return sorted(set(found), key=lambda s: (s.start, s.end))


@cache
def _kinds() -> dict[str, SiteKind]:
    lists = senses()
    kinds: dict[str, SiteKind] = {}
    named: tuple[tuple[SiteKind, str], ...] = (("feature", "features"), ("building", "buildings"), ("road", "roads"))
    for kind, name in named:
        kinds.update((word, kind) for word in lists[name])
    return kinds


def _is_saint(view: TextView, i: int) -> bool:
    """Tell whether "St" opens a saint's name rather than ends a street's."""
    if view.lower[i].rstrip(".") != "st":
        return False
    return (
        i + 1 < len(view.words)
        and view.gaps[i + 1] in (" ", ". ", "\u00a0")
        and view.capital[i + 1]
        and not view.opens[i + 1]
    )


def _ends_with(view: TextView, i: int, kind: SiteKind) -> Iterator[Site]:
    first = i
    while first > max(0, i - MAX_BEFORE) and not view.opens[first]:
        # "Burger's Lake" is one name, "Utah's Zion Park" is two
        if view.gaps[first] not in _GAPS and not (view.gaps[first] in _GENITIVES and first == i):
            break
        word = view.words[first - 1]
        if not (word[0].isupper() or word[0].isdigit()) or (view.gaps[first] == "" and not word.endswith(".")):
            break
        first -= 1
    while first < i and (
        view.lower[first].rstrip(".") in _no_openers()
        or (view.opens[first] and first + 1 < i and view.lower[first] in friends()["words"])
    ):
        first += 1
    while first < i and view.gaps[first + 1] == "-" and len(view.words[first]) <= 3 and view.words[first].isupper():
        first += 1  # "AU-Baidoa Airport"
    if first == i or (kind != "road" and first + 1 == i and view.lower[first] in _kinds()):
        return
    if kind != "road" and all(view.lower[j].rstrip(".") in friends()["words"] for j in range(first, i)):
        return  # "High Court", "Central Park" only where the gazetteer knows it
    if body_follows(view, i + 1):
        return
    end = end_of(view, i + 1)
    if view.lower[i].rstrip(".") in _ABBREVIATED and view.text[end : end + 1] == ".":
        end += 1
    yield Site(view.starts[first], end, kind)


def _numbered(view: TextView, i: int) -> Iterator[Site]:
    match = _NUMBER.match(view.text, view.ends[i])
    if match is None:
        return
    first = i
    while (
        first
        and view.gaps[first] == " "
        and view.words[first - 1][0].isupper()
        and not view.opens[first]
        and i - first < 2
    ):
        first -= 1
    if first < i and view.lower[first] in _no_openers():
        first = i
    yield Site(view.starts[first], match.end(), "road")


def _opens_with(view: TextView, i: int) -> Iterator[Site]:
    last = i + 1
    while last < min(len(view.words), i + 4) and view.words[last][0].isupper():
        if view.gaps[last] not in (" ", "\u00a0") and not (last == i + 1 and view.gaps[last] == ". "):
            break
        if view.lower[last] in _kinds() or view.lower[last] in senses()["bodies"]:
            break
        last += 1
    if last > i + 1 and not (i and view.gaps[i] == " " and view.words[i - 1][0].isupper() and not view.opens[i]):
        kind: SiteKind = "building" if view.lower[i] in ("fort", "ft", "camp", "plaza", "place") else "feature"
        kind = "road" if view.lower[i] in ("rue", "avenue", "boulevard") else kind
        yield Site(view.starts[i], end_of(view, last), kind)


@cache
def _no_openers() -> frozenset[str]:
    lists = friends()
    return (
        lists["months"]
        | lists["titles"]
        | {"the", "a", "an", "in", "at", "on", "near", "from", "and", "of", "this", "his", "her"}
    )


def on_streets(view: TextView, names: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Return the names that only name a street of some town: "Haifa Street"; not those of a road between two places."""
    found = set[tuple[int, int]]()
    starts = [start for start, _ in names]
    for site in find_sites(view):
        last = view.at(site.end) - 1
        near = names[bisect_left(starts, site.start) : bisect_left(starts, site.end)]
        inside = [(a, b) for a, b in near if b < site.end]
        if site.kind == "road" and view.lower[last].rstrip(".") in senses()["streets"] and len(inside) == 1:
            found.update(inside)
    return frozenset(found)


def parts_of(view: TextView, names: Sequence[tuple[int, int]]) -> list[Site]:
    """
    Find parts of a place written as names: "North Texas", "Far North Cameroon", "Western Europe".

    Parameters
    ----------
    view
        The text.
    names
        Names of places.

    Returns
    -------
    sites
        Of kind "part"; they end where the name ends.
    """
    found, lists = [], senses()
    for start, end in names:
        first = view.at(start)
        i = first
        while i > 0 and view.gaps[i] in (" ", "-", "\u00a0") and not (view.opens[i] and i == first) and i > first - 3:
            word = view.lower[i - 1]
            if not view.words[i - 1][0].isupper() or not (
                word in lists["compass"] or (i < first and word in lists["compass_before"])
            ):
                break
            i -= 1
        if i < first and view.lower[i] not in lists["no_part"]:
            found.append(Site(view.starts[i], end, "part"))
    return found
