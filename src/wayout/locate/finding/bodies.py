"""Tell names that are part of the name of something else: "Kenya Public Works Commission", "Bank of Jordan"."""

from wayout.locate.finding.text_view import Entity, TextView
from wayout.locate.finding.word_lists import friends, senses

_SPLITS = frozenset({"and", "or", "to", "near"})
_REACH = 5
"""Words that may stand between a place and the word that says what body is named after it."""


def is_part_of_name(view: TextView, entity: Entity, first: int, last: int) -> bool:
    """Tell whether words are only part of the tagger's longer name, the article and the genitive aside."""
    low, high = first, last
    while low > entity.first and not _splits(view, low - 1, low):
        low -= 1
    while high < entity.last and not _splits(view, high, high):
        high += 1
    others = (*range(low, first), *range(last, high))
    return any(view.words[i][0].isupper() and view.lower[i] != "the" for i in others)


def _splits(view: TextView, word: int, gap: int) -> bool:
    return view.lower[word] in _SPLITS or "," in view.gaps[gap] or "/" in view.gaps[gap]


def body_follows(view: TextView, last: int) -> bool:
    """Tell whether capitalised words go on to one that ends the name of a body: "Nairobi | City Council"."""
    bodies = senses()["bodies"]
    for i in range(last, min(len(view.words), last + _REACH)):
        gap = view.gaps[i]
        if not gap or gap not in (" ", "\u00a0", "'s ", "\u2019s ", " & ", "' ", "\u2019 "):
            return False
        if view.words[i][0].isupper():
            if view.opens[i]:
                return False
            if view.lower[i].rstrip(".") in bodies:
                return True
        elif view.lower[i] not in ("of", "and", "for"):
            return False
    return False


def body_before(view: TextView, first: int) -> bool:
    """Tell whether a body's name runs into the words: "University of | Kiel", "Bank of | Jordan"."""
    i = first - 1
    if i > 0 and view.lower[i] == "the" and view.gaps[first] == " ":
        i -= 1
    if i < 1 or view.lower[i] not in ("of", "for") or view.gaps[i] != " ":
        return False
    head = view.words[i - 1]
    return head[0].isupper() and view.lower[i - 1] in senses()["bodies"] and not view.opens[i - 1]


def names_local_institution(view: TextView, entity: Entity, first: int, last: int) -> bool:
    """Tell whether an institution opens with the town it stands in: "Kunduz Hospital", "the Juba Police Department"."""
    opening = entity.first + (view.lower[entity.first] == "the")
    if entity.label not in ("ORG", "FAC") or opening != first:
        return False
    near = []
    if last < len(view.words) and view.gaps[last] == " ":
        near.append(view.lower[last])
        if view.words[last][0].isupper() and last + 1 < len(view.words) and view.gaps[last + 1] == " ":
            near.append(view.lower[last + 1])
    return not friends()["institutions"].isdisjoint(near)
