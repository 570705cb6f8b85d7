"""Take page furniture out of paragraphs: skip links, share boxes, consent notices, lists of other stories."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from wayout.vocab import read_vocab

MAX_LINE_CHARACTERS = 500
"""Longer paragraphs are prose and are only looked at from their ends."""

MAX_HEADLINE_CHARACTERS = 160
"""A line of a list of other stories is a headline; the 99th percentile of headline lengths is about 130 characters."""

_OUTER = " \t\"'«»“”‘’·•|*–—-→←↑↓»›‹<>▲▼►◄✕×…+#[]"
_STOPS = ".!?…。！？؟۔։।"
_CLOSERS = "\"'»”’)]"
_CRUMB_SEPARATOR = re.compile(r"\s*[>›»/|→]\s*")
_ARROWS = frozenset(">›»→")
_EDGE_CHARACTERS = 300
"""Only so much of a paragraph's ends is searched, so that a paragraph of megabytes costs no more than a short one."""


_MAX_GLUED = 20
"""Pieces of furniture that hang on one end; real pages have one or two."""

_MAX_ROUNDS = 5
"""What lies under furniture may be furniture again; after so many layers the source is made to be slow."""


@dataclass(frozen=True, slots=True)
class _Furniture:
    whole: frozenset[str]
    headings: frozenset[str]
    lead_words: frozenset[str]
    lead_in: re.Pattern[str]
    pattern: re.Pattern[str]
    at_end: re.Pattern[str]
    glued: re.Pattern[str]
    at_start: re.Pattern[str]
    crumbs: frozenset[str]


def drop_furniture(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """
    Drop page furniture; everything else stays as it is and in order.

    A phrase counts only as a whole paragraph, or as a fragment that stands alone at the very end (after a full stop)
    or start of one, so that a sentence which uses the same words stays.

    Parameters
    ----------
    paragraphs
        Tidied lines.

    Returns
    -------
    kept
        The paragraphs of the report, without empty ones; idempotent.

    Examples
    --------
    >>> drop_furniture(["Skip to content", "The bridge is closed.Back to top", "They read more books now."])
    ('The bridge is closed.', 'They read more books now.')
    """
    known = _furniture()
    before = tuple(paragraphs)
    for _ in range(_MAX_ROUNDS):
        kept = _without_lists([t for p in before if (t := _trimmed(p, known)) and not _is_furniture(t, known)], known)
        if kept == before:
            break
        before = kept
    return before


def ends_with_stop(line: str) -> bool:
    """Tell whether a line ends like a sentence: a full stop of any script, quotes and brackets apart."""
    bare = line.rstrip(_CLOSERS + " ")
    return bool(bare) and bare[-1] in _STOPS


def _fold(line: str) -> str:
    return " ".join(line.casefold().replace("’", "'").split()).strip(_OUTER + ".:,;!")


def _is_furniture(paragraph: str, known: _Furniture) -> bool:
    if len(paragraph) > MAX_LINE_CHARACTERS:
        return False
    if not any(c.isalnum() for c in paragraph):
        return True
    folded = _fold(paragraph)
    if folded in known.whole or known.pattern.fullmatch(folded):
        return True
    if paragraph.endswith(":") and folded in known.lead_words:
        return True
    # Headlines may end in "?" or "!", hardly in a full stop.
    is_headline = len(paragraph) <= 2 * MAX_HEADLINE_CHARACTERS and not paragraph.rstrip(_CLOSERS).endswith(
        (".", "。", "؟.")
    )
    if is_headline and known.lead_in.match(folded):
        return True
    return _is_crumbs(paragraph, known)


def _is_crumbs(paragraph: str, known: _Furniture) -> bool:
    parts = _CRUMB_SEPARATOR.split(paragraph)
    return (
        len(parts) >= (2 if _ARROWS & set(paragraph) else 3)
        and len(paragraph) <= MAX_HEADLINE_CHARACTERS
        and not ends_with_stop(paragraph)
        and _fold(parts[0]) in known.crumbs
    )


def _trimmed(paragraph: str, known: _Furniture) -> str:
    """Cut furniture glued to the ends of a paragraph, however many pieces hang there."""
    for _ in range(_MAX_GLUED):
        head, tail = paragraph[:-_EDGE_CHARACTERS], paragraph[-_EDGE_CHARACTERS:]
        cut = head + known.glued.sub("", known.at_end.sub(r"\1", tail))
        head, tail = cut[:_EDGE_CHARACTERS], cut[_EDGE_CHARACTERS:]
        cut = (known.at_start.sub("", head) + tail).strip()
        if cut == paragraph:
            break
        paragraph = cut
    return paragraph


def _without_lists(paragraphs: Sequence[str], known: _Furniture) -> tuple[str, ...]:
    """Drop each heading over a list of other stories with the headlines below it."""
    kept: list[str] = []
    i = 0
    while i < len(paragraphs):
        if _fold(paragraphs[i]) not in known.headings:
            kept.append(paragraphs[i])
            i += 1
            continue
        end = i + 1
        while end < len(paragraphs) and _is_headline(paragraphs[end]):
            end += 1
        # The last short line before running text may be that text's own heading: keep it rather than lose it.
        i = end if end == len(paragraphs) or end == i + 1 else end - 1
    return tuple(kept)


def _is_headline(line: str) -> bool:
    return len(line) <= MAX_HEADLINE_CHARACTERS and not ends_with_stop(line)


@cache
def _furniture() -> _Furniture:
    words = read_vocab("furniture.yaml")
    edge = [_fold(p) for p in words["edge_phrases"]]
    tops = [_fold(p) for p in words["top_phrases"]]
    end = tops + [_fold(p) for p in words["end_phrases"]]
    outer, stops, closers = (re.escape(c) for c in (_OUTER, _STOPS, _CLOSERS))
    return _Furniture(
        whole=frozenset(edge + end + [_fold(p) for p in words["line_phrases"]])
        - {_fold(p) for p in words["list_headings"]},
        headings=frozenset(_fold(p) for p in words["list_headings"]),
        lead_words=frozenset(_fold(p) for p in words["lead_ins"]),
        lead_in=re.compile(rf"(?:{_loose(_fold(p) for p in words['lead_ins'])})\s?(?:[:|>»›]|\s[-–—]\s)"),
        pattern=re.compile("|".join(f"(?:{p})" for p in words["line_patterns"])),
        at_end=re.compile(
            rf"([{stops}][{closers}]*)\W{{0,20}}(?:(?:{_loose(edge + end)})[\s{outer}.]{{0,20}}){{1,6}}$", re.IGNORECASE
        ),
        glued=re.compile(rf"(?<=\w)\s?(?:{_loose(edge + tops, capital=True)})\W{{0,20}}$"),
        # What follows must begin anew: "skip to content blocks of ..." in small letters is a sentence.
        at_start=re.compile(rf"^[{outer}]{{0,20}}(?i:{_loose(edge)})[\s{outer}:.]{{0,20}}+(?![a-zß-öø-ÿа-яёіїєґ])"),
        crumbs=frozenset(_fold(p) for p in words["crumb_starts"]),
    )


def _loose(phrases: Iterable[str], *, capital: bool = False) -> str:
    """
    Make one alternation of phrases, longest first, with any blanks between their words.

    With ``capital``, only the first letter is bound, to its capital; phrases of scripts without capitals are left out.
    """
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    if capital:
        cased = (p for p in ordered if p[0].upper() != p[0])
        return "|".join(rf"{p[0].upper()}(?i:{_loose([p[1:]])})" for p in cased)
    return "|".join(r"\s+".join(re.escape(w).replace("'", "['’]") for w in p.split()) for p in ordered)
