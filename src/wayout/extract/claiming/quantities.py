"""Counted things: "four brigades", "some 2,000 fighters", "dozens of families", "between 300 and 500 people"."""

import re
from typing import Any

from wayout.extract.grammar import children
from wayout.model import Document, Quantity
from wayout.vocab import read_vocab

_DIGITS = re.compile(r"^\d[\d,.]*(?:\d|k|m)?$", re.IGNORECASE)
VAGUE_SHARE = 0.2
"""How far "about 2,000" may be off, as a share: a convention, not a measurement."""


def quantity_of(noun: Any, document: Document) -> Quantity | None:
    """
    Read the number that counts a noun.

    Parameters
    ----------
    noun
        Head token of the counted phrase.
    document
        The document, for the span.

    Returns
    -------
    quantity
        Its unit is the noun's lemma; ``low`` and ``high`` differ where the words are vague; ``None`` if nothing is counted.
    """
    words = read_vocab("numbers.yaml")
    pair = _pair(noun)
    if pair is not None:
        return _make(pair[0], noun, (None, pair[1], pair[2]), document)
    numbers = [c for c in children(noun, "nummod") if number_value(c) is not None and c.i < noun.i]
    if numbers:
        return _counted(numbers, noun, document)
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ in words["vague"]:
        low, high = words["vague"][head.head.lower_]
        return _make(head.head, noun, (None, float(low), float(high)), document)
    inner = next((t for p in children(noun, "prep") if p.lower_ == "of" for t in children(p, "pobj")), None)
    if noun.lower_ in words["vague"] and inner is not None:
        low, high = words["vague"][noun.lower_]
        return _make(noun, inner, (None, float(low), float(high)), document)
    for child in children(noun, "amod", "nummod"):
        if child.lower_ in words["few"]:
            low, high = words["few"][child.lower_]
            return _make(child, noun, (None, float(low), float(high)), document)
    return None


def _pair(noun: Any) -> tuple[Any, float, float] | None:
    """Read "between 300 and 500 families" and "300 to 500 families" from the words before the noun."""
    doc = noun.doc
    for end in range(noun.i - 1, max(noun.i - 3, 2), -1):
        high, join, low = number_value(doc[end]), doc[end - 1].lower_, number_value(doc[end - 2])
        if high is not None and low is not None and join in ("and", "to", "-", "\u2013") and low < high:
            between = end >= 3 and doc[end - 3].lower_ == "between"
            if between or join != "and":
                return doc[end - 3] if between else doc[end - 2], low, high
    return None


def number_value(token: Any) -> float | None:
    """Return the value of a number written in digits or as one word; ``None`` if it is no number."""
    text = token.lower_.rstrip(".")
    if _DIGITS.match(text):
        scale = {"k": 1e3, "m": 1e6}.get(text[-1], 1.0)
        bare = text.rstrip("km").replace(",", "")
        return float(bare) * scale if bare.count(".") <= 1 else None
    value = read_vocab("numbers.yaml")["words"].get(text)
    return None if value is None else float(value)


def _counted(numbers: list[Any], noun: Any, document: Document) -> Quantity:
    last = numbers[-1]
    value = number_value(last) or 0.0
    for part in (c for c in last.children if number_value(c) is not None and c.dep_ in ("compound", "nummod")):
        scale = number_value(part) or 1.0
        value = value * scale if value >= 100 else value + scale
    words = read_vocab("numbers.yaml")
    before = {c.lower_ for c in last.children} | {t.lower_ for t in noun.doc[max(0, last.i - 4) : last.i]}
    lower = next((number_value(c) for c in last.children if c.pos_ == "NUM" and c.dep_ == "quantmod"), None)
    start = min([last, *(t for t in last.subtree)], key=lambda t: t.i)
    if lower is not None and {"between", "to", "and"} & before:
        return _make(start, noun, (None, min(lower, value), max(lower, value)), document)
    low = high = value
    if before & set(words["about"]):
        low, high = value * (1 - VAGUE_SHARE), value * (1 + VAGUE_SHARE)
    if before & {"least", "over", "than", "more"}:
        high = value * (1 + VAGUE_SHARE)
    if before & {"most", "nearly", "almost", "fewer", "less"}:
        low = value * (1 - VAGUE_SHARE)
    return _make(start, noun, (value, low, high), document)


def _make(first: Any, noun: Any, numbers: tuple[float | None, float, float], document: Document) -> Quantity:
    start, end = sorted((first, noun), key=lambda t: t.i)
    span = document.span(start.idx, end.idx + len(end))
    value, low, high = numbers
    return Quantity(text=document.quote(span), span=span, unit=noun.lemma_.lower(), value=value, low=low, high=high)
