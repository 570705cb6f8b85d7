"""Signs in the text that a capitalised word is a place, or is not: locative words, datelines, titles, institutions."""

import re
from typing import Any

from wayout.locate.finding.text_view import TextView, friends

_DATELINE = re.compile(r" ?(?:[-\u2013\u2014]{1,2}[ \n]|\([A-Z]|, [A-Z])")
MAX_ACRONYM = 5
"""Longer words in capitals are names in a headline."""


def has_signs(view: TextView, start: int, end: int) -> bool:
    """A word of place stands right before or after."""
    before = re.search(r"(\w+)(?: the)?[ \u00a0]$", view.text[max(0, start - 30) : start])
    after = re.match(r"[ \u00a0](\w+)", view.text[end : end + 30])
    return (
        (before is not None and before.group(1).casefold() in friends()["locative"])
        or (after is not None and after.group(1) in friends()["settlement_after"])
        or opens_dateline(view, start, end)
    )


def opens_dateline(view: TextView, start: int, end: int) -> bool:
    """Words in capitals open a line or sentence, and a dash, an agency in brackets or a state follows: "CAIRO - ", "JUBA (Reuters)"."""
    before, after = view.text[max(0, start - 2) : start], view.text[end : end + 8]
    opens = start == 0 or before.endswith("\n") or before in (". ", '" ')
    return opens and view.text[start:end].isupper() and _DATELINE.match(after) is not None


def is_acronym(written: str) -> bool:
    """Tell whether a word is short and all in capitals."""
    return written.isupper() and len(written) <= MAX_ACRONYM and written.isascii()


def is_person(view: TextView, start: int, end: int) -> bool:
    """A title stands right before, or a verb of speech right after."""
    before = re.search(r"(\w+)\.? $", view.text[max(0, start - 20) : start])
    after = re.match(r",? (\w+)", view.text[end : end + 20])
    return (before is not None and before.group(1).casefold() in friends()["titles"]) or (
        after is not None and after.group(1) in friends()["speech"]
    )


def beside_capital(view: TextView, start: int, end: int) -> bool:
    """A capitalised word touches it: it is part of a longer name that is not known."""
    before = re.search(r"([^\W\d_][\w'\u2019]*)[ -]$", view.text[max(0, start - 30) : start])
    after = re.match(r"[ -]([^\W\d_][\w'\u2019]*)", view.text[end : end + 30])
    # "D-Oakland", "R-Florence": a party's letter is no part of the name.
    left = before is not None and before.group(1)[0].isupper() and not view.token(start).is_sent_start
    left = left and before is not None and not re.search(r"\b[A-Z]-$", before.group())
    if left and before is not None:
        opening = view.token(start - len(before.group()))
        left = not opening.is_sent_start and before.group(1).casefold() not in friends()["words"]
    return left or (
        after is not None and after.group(1)[0].isupper() and after.group(1).casefold() not in friends()["joiners"]
    )


def names_local_institution(view: TextView, entity: Any, start: int, end: int) -> bool:
    """Tell whether an institution opens with the town it stands in: "Kunduz Hospital", "the Athens Police Department"."""
    opening = next((t for t in entity if t.lower_ != "the"), None)
    after = re.match(r"(?: [A-Z]\w+)? (\w+)", view.text[end : end + 40])
    first = re.match(r" (\w+)", view.text[end : end + 30])
    words = {m.group(1).casefold() for m in (first, after) if m is not None}
    return (
        entity.label_ in ("ORG", "FAC")
        and opening is not None
        and opening.idx == start
        and not words.isdisjoint(friends()["institutions"])
    )


def is_part_of_name(entity: Any, start: int, end: int) -> bool:
    """Tell whether a stretch is only part of a longer name, the article and the genitive aside."""
    parts: list[list[Any]] = [[]]
    for token in entity:
        if token.lower_ in ("and", "or", ",", "/", "to", "near"):
            parts.append([])
        else:
            parts[-1].append(token)
    own = next((part for part in parts if any(start <= t.idx < end for t in part)), [])
    return any((t.idx < start or t.idx >= end) and t.text[:1].isupper() and t.lower_ != "the" for t in own)
