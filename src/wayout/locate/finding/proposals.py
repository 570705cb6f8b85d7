"""Propose names: the longest sequences of capitalised words that the gazetteer knows, and abbreviated divisions."""

import re
from dataclasses import dataclass, field

from wayout.locate.finding.text_view import TextView
from wayout.locate.finding.word_lists import articles, divisions, friends, senses, unmistakable
from wayout.locate.gazetteer import Gazetteer
from wayout.model import Place
from wayout.text.names import fold_name

MAX_WORDS = 6
GAP = re.compile(r"[ \u00a0]|[ ]?[-\u2010\u2011][ ]?|\n(?!\n)|['\u2019]s[ \u00a0]|")
"""What may stand between two words of one name; nothing, where a full stop has been read as part of the word before."""
_PARTY = re.compile(r"\b(?:[DRI]|DFL|Dem|Rep)-$")
_AFTER_PREPOSITION = re.compile(r"\b(?:in|to|from|of|the) $")


@dataclass(slots=True)
class Proposal:
    """
    Words ``first`` to ``last`` (exclusive), code points ``start`` to ``end``, that some places are called.

    ``meant`` is what to look up for it where that is not what is written ("Calif.").
    """

    first: int
    last: int
    start: int
    end: int
    places: tuple[Place, ...]
    kinds: frozenset[str] = field(default=frozenset())
    meant: str | None = None

    def __post_init__(self) -> None:
        """Collect the kinds."""
        self.kinds = frozenset(place.kind for place in self.places)


def propose(view: TextView, gazetteer: Gazetteer) -> list[Proposal]:
    """
    List the longest known sequences of words that may be names, left to right, never overlapping.

    Parameters
    ----------
    view
        The text.
    gazetteer
        The gazetteer.

    Returns
    -------
    proposals
        In text order.
    """
    found, i, n = list[Proposal](), 0, len(view.words)
    joiners = friends()["joiners"]
    while i < n:
        if not view.capital[i] and view.lower[i] not in joiners:
            i += 1
            continue
        proposal = _division(view, gazetteer, i) or _known_at(view, gazetteer, i)
        if proposal is None:
            i += 1
            continue
        found.append(proposal)
        i = proposal.last
    return found


def may_open(view: TextView, i: int) -> bool:
    """Tell whether a name may open with word ``i``: a capital, or a small article glued to a capital ("al-Bab")."""
    if view.capital[i]:
        word = view.words[i]
        if word in ("D", "R", "I", "DFL") and i + 1 < len(view.words) and view.gaps[i + 1] == "-":
            return False  # the letter of a party
        return word not in ("The", "A", "An") and not (
            len(word) > 2 and word[-3] in "'\u2019" and word[-2:] in ("ll", "re", "ve")
        )
    return (
        view.lower[i] in friends()["joiners"]
        and i + 1 < len(view.words)
        and view.capital[i + 1]
        and view.gaps[i + 1] in ("-", "\u2010", "\u2011")
    )


def joined_to(view: TextView, i: int, most: int) -> int:
    """Return where the words that may be one name with word ``i`` end (exclusive), at most ``most`` words on."""
    j, joiners = i + 1, friends()["joiners"]
    while j < min(len(view.words), i + most):
        if not (view.capital[j] or view.lower[j] in joiners):
            break
        gap = view.gaps[j]
        if gap != " " and (not GAP.fullmatch(gap) or (not gap and not view.words[j - 1].endswith("."))):
            break
        j += 1
    while j > i + 1 and not view.capital[j - 1]:
        j -= 1
    return j


def key_of(view: TextView, first: int, last: int) -> str:
    """Fold words ``first`` to ``last`` to a look-up key, the article off."""
    if last - first == 1:
        return view.keys[first]
    keys = [
        view.keys[i] + ("s" if i + 1 < last and view.gaps[i + 1][:1] in ("'", "\u2019") else "")
        for i in range(first, last)
    ]
    return " ".join(keys[1:] if keys[0] == "the" else keys)


def end_of(view: TextView, last: int) -> int:
    """Return where the name that ends with the word before ``last`` ends; the stop of a sentence is no part of it."""
    word = view.words[last - 1]
    return view.ends[last - 1] - (word[-1] == "." and word.count(".") == 1)


def _known_at(view: TextView, gazetteer: Gazetteer, i: int) -> Proposal | None:
    if not may_open(view, i):
        return None
    for last in range(joined_to(view, i, MAX_WORDS), i, -1):
        if not view.capital[last - 1]:
            continue
        key = key_of(view, i, last)
        known = gazetteer.exact(key) if key else ()
        if not known:
            continue
        start, end = _with_article(view, i), end_of(view, last)
        if view.taken.meets(start, end) or _is_torn(view, i, last):
            continue
        places = tuple(place for place, _ in known)
        if _is_citys_own(view, key, last, places) and (shorter := gazetteer.exact(key_of(view, i, last - 1))):
            end, places = end_of(view, last - 1), tuple(place for place, _ in shorter)
            return Proposal(i, last - 1, start, end, places)
        if last - i == 1 and view.words[i].removesuffix(".") in divisions() and all(p.kind == "admin1" for p in places):
            return None  # "Mass", "Wash": only where :func:`_division` has said so
        if last - i == 1 and view.words[i].count(".") > 1:
            # initials: a country's always, a division's only where it can be no person's
            in_place = _AFTER_PREPOSITION.search(view.text[max(0, start - 5) : start]) or view.gaps[i] == ", "
            places = tuple(p for p in places if p.kind == "country" or (in_place and p.kind == "admin1"))
        if places:
            return Proposal(i, last, start, end, places)
    return None


def _is_glued(view: TextView, i: int) -> bool:
    """Tell whether a hyphen without blanks joins word ``i`` to a small word of names before it: "as-|Sultan"."""
    if not 0 < i < len(view.words) or view.gaps[i] not in ("-", "\u2010", "\u2011"):
        return False
    return not view.capital[i - 1] and view.lower[i - 1] in friends()["joiners"]


def _with_article(view: TextView, i: int) -> int:
    """Return where a name begins with the article that is glued to it: "al-Dhale"."""
    return view.starts[i - 1] if _is_glued(view, i) and view.lower[i - 1] in articles() else view.starts[i]


def _is_torn(view: TextView, first: int, last: int) -> bool:
    """Tell whether a known name is but a piece of one: "Dasht" in "Dasht-e-Barchi", "Sultan" in "Tal as-Sultan"."""
    if last + 1 < len(view.words) and view.gaps[last] == "-" and _is_glued(view, last + 1) and view.capital[last + 1]:
        return True
    return _is_glued(view, first) and first > 1 and view.capital[first - 2] and view.gaps[first - 1] in (" ", "-")


def _is_citys_own(view: TextView, key: str, last: int, places: tuple[Place, ...]) -> bool:
    """Tell whether "City" belongs to what follows ("Nairobi | City Council"), no place being called so by its own name."""
    if not key.endswith(" city") or any(fold_name(place.name) == key for place in places):
        return False
    after = view.after(last).casefold()
    return bool(after) and (after in senses()["bodies"] or after in senses()["offices"] or after == "airport")


def _division(view: TextView, gazetteer: Gazetteer, i: int) -> Proposal | None:
    """Read word ``i`` as an abbreviated division: "Raleigh, N.C.", "Salinas, Calif.", "Elkins, W.Va.", "R-Ohio"."""
    word, first = view.words[i], i
    if not (word[0].isupper() and len(word) <= 8):
        return None
    last = i + 1
    if (
        word in ("W.", "W")
        and last < len(view.words)
        and view.words[last] in ("Va.", "Va")
        and len(view.gaps[last]) <= 1
    ):
        word, last = "W.Va", last + 1
    form = word.removesuffix(".")
    name = divisions().get(form.replace(".", ""))
    if name is None or (form.count(".") and not form.replace(".", "").isalpha()):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    after_town = first > 0 and view.gaps[first] in (", ", ",\u00a0") and view.capital[first - 1]
    party = _PARTY.search(view.text[max(0, start - 5) : start]) is not None
    washington = form == "D.C" and first > 0 and view.words[first - 1] == "Washington" and len(view.gaps[first]) <= 2
    if not (after_town or party or washington or form in unmistakable()) or view.taken.meets(start, end):
        return None
    if (
        after_town
        and form.isupper()
        and len(form) == 2
        and form in ("IN", "OR", "ME", "OK", "ON")
        and view.text.isupper()
    ):
        return None
    if view.text[end : end + 1] == "." and not view.words[last - 1].endswith(".") and not form.isupper():
        end += 1
    places = tuple(p for p, _ in gazetteer.exact(fold_name(name)) if p.kind in ("admin1", "country"))
    return Proposal(first, last, start, end, places, meant=name) if places else None
