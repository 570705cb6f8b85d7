"""Signs in the text that a capitalised name is a place, or is not: words of place, datelines, titles, speech, neighbours."""

import re

from wayout.locate.finding.text_view import TextView
from wayout.locate.finding.word_lists import friends, senses

_DATELINE = re.compile(r" ?(?:[-\u2013\u2014]{1,2}[ \n]|\([A-Z]|, [A-Z])")
_PARTY = re.compile(r"\b(?:[DRI]|DFL|Dem|Rep)-$")
_BASED = re.compile(r"-(?:based|born|area|bound|held|controlled|raised|trained)\b")
_PLURALS = frozenset(
    {
        "counties",
        "streets",
        "roads",
        "rivers",
        "avenues",
        "townships",
        "districts",
        "provinces",
        "regions",
        "villages",
        "towns",
        "cities",
    }
)
MAX_ACRONYM = 5
"""Longer words in capitals are names in a headline."""


def opens_dateline(view: TextView, start: int, end: int) -> bool:
    """Words in capitals open a line or sentence, and a dash, an agency in brackets or a state follows: "CAIRO - ", "JUBA (Reuters)"."""
    if not view.text[start:end].isupper():
        return False
    before = view.text[max(0, start - 12) : start].rstrip(" ")
    opens = not before or before[-1] in '\n.!?"\u201d\u2019:'
    return opens and _DATELINE.match(view.text[end : end + 8]) is not None


def is_acronym(written: str) -> bool:
    """Tell whether a word is short and all in capitals."""
    return written.isupper() and len(written) <= MAX_ACRONYM and written.isascii()


def has_signs(view: TextView, first: int, last: int) -> bool:
    """A word of place stands right before or after the words ``first`` to ``last``."""
    return (
        view.before(first) in friends()["locative"]
        or view.after(last) in friends()["settlement_after"]
        or opens_dateline(view, view.starts[first], view.ends[last - 1])
    )


def place_signs(view: TextView, first: int, last: int) -> float:
    """
    Weigh the words around a name that speak for a place.

    Parameters
    ----------
    view
        The text.
    first, last
        The words of the name, ``last`` exclusive.

    Returns
    -------
    weight
        0 for none; a preposition of place alone gives 2.5.
    """
    weight, lists = 0.0, senses()
    before = view.before(first)
    start, end = view.starts[first], view.ends[last - 1]
    out_of = before == "of" and first > 1 and view.lower[first - 2] == "out"
    if before in lists["strong_before"] or out_of:
        weight += 2.5
    elif before in lists["weak_before"] or before in friends()["locative"]:
        weight += 1.2
    after = view.after(last)
    if after in lists["settlement_after"] or after in friends()["settlement_after"]:
        weight += 2.0
    elif after and after[0].isupper() and after.casefold() in lists["offices"]:
        weight += 1.5
    elif _heads_list(view, last):
        weight += 2.5
    if after_party(view, first):
        weight += 4.0
    if view.text[end : end + 1] == "-" and _BASED.match(view.text, end):
        weight += 2.0
    if opens_dateline(view, start, end):
        weight += 4.0
    return weight


def follows_with_comma(view: TextView, last: int) -> bool:
    """Tell whether a capitalised name stands after a comma: "Hume, Illinois"."""
    return last < len(view.words) and view.gaps[last] == ", " and view.words[last][0].isupper()


def after_party(view: TextView, first: int) -> bool:
    """A party's letter stands before: "Sen. Ann Roe, D-Oakland"."""
    return _PARTY.search(view.text[max(0, view.starts[first] - 5) : view.starts[first]]) is not None


def _heads_list(view: TextView, last: int) -> bool:
    """Names in a row end in a word for what all of them are: "Barrow, Jackson and Madison counties"."""
    for i in range(last, min(len(view.words), last + 8)):
        if view.gaps[i] not in (" ", ", "):
            return False
        if not view.words[i][0].isupper() and view.words[i] not in ("and", "or"):
            return i > last and view.words[i] in _PLURALS
    return False


def is_coin_or_illness(view: TextView, end: int, last: int) -> bool:
    """A sign of currency touches the name ("US$5"), or an illness is called after it ("West Nile virus")."""
    touches = (
        view.text[end : end + 1] == "$" or view.text[max(0, view.starts[last - 1] - 1) : view.starts[last - 1]] == "$"
    )
    return touches or view.after(last) in senses()["illnesses"]


def is_person(view: TextView, first: int, last: int) -> bool:
    """A title stands right before, or a verb of speech right after."""
    i = first
    titled = i > 0 and view.gaps[i] in (" ", ". ", "\u00a0") and view.lower[i - 1].rstrip(".") in friends()["titles"]
    follows = last < len(view.words) and view.gaps[last] in (" ", ", ") and view.words[last] in friends()["speech"]
    return titled or follows


def beside_capital(view: TextView, first: int, last: int) -> bool:
    """A capitalised word touches it: it is part of a longer name that is not known."""
    return touched_left(view, first) or touched_right(view, last)


def touched_left(view: TextView, first: int) -> bool:
    """Tell whether a capitalised word that opens no sentence stands right before word ``first``."""
    if first == 0 or view.gaps[first] not in (" ", "-", "\u00a0") or view.opens[first]:
        return False
    left = view.words[first - 1]
    if not left[0].isupper() or view.lower[first - 1] in friends()["joiners"]:
        return False
    if view.gaps[first] == "-" and after_party(view, first):
        return False
    return not view.opens[first - 1] and view.lower[first - 1] not in friends()["words"]


def touched_right(view: TextView, last: int) -> bool:
    """Tell whether a capitalised word stands right after the words that end before ``last``."""
    if last >= len(view.words) or view.gaps[last] not in (" ", "-", "\u00a0") or view.opens[last]:
        return False
    return view.words[last][0].isupper() and view.lower[last] not in friends()["joiners"]
