"""Plain text files: paragraphs, a title where there is one, a date where it is unmistakable."""

import re
from collections.abc import Sequence

from wayout.model import Document
from wayout.read.as_document import Reading, make_document, refuse_log
from wayout.read.dateline import find_dateline
from wayout.read.furniture import drop_furniture, ends_with_stop
from wayout.read.raw_page import RawPage
from wayout.read.tidy import tidy_text
from wayout.read.unwrap import split_paragraphs

MAX_HEADLINE_CHARACTERS = 200
"""A first paragraph above this is a standfirst or body text, not a headline."""

_BYLINE = re.compile(
    r"(?:By|Par|Por|Von)\s((?:[^\W\d_][\w’'.-]*|and|&|,)(?:\s(?:[^\W\d_][\w’'.-]*|and|&)){0,7})", re.UNICODE
)
_MARKDOWN_MARK = re.compile(r"^(?:#{1,6}\s+|>\s+)")


def read_text(raw: RawPage, text: str) -> Document:
    """
    Read a plain text: paragraphs by blank lines, hard-wrapped lines joined, page furniture dropped.

    Parameters
    ----------
    raw
        The file as it came.
    text
        Its decoded characters.

    Returns
    -------
    document
        The first short paragraph without a full stop is the title. ``published`` is filled only by a full date on a line
        of its own, or an agency dateline with a year, at the top.

    Raises
    ------
    SourceError
        If the file holds no words.
    """
    tidied = tidy_text(text)
    if raw.name.lower().removesuffix(".gz").endswith((".md", ".markdown")):
        tidied = "\n".join(_MARKDOWN_MARK.sub("", line) for line in tidied.split("\n"))
    lines = split_paragraphs(tidied)
    refuse_log(raw.name, len(lines))
    paragraphs = drop_furniture(lines)
    published = find_dateline(paragraphs)
    byline = next((m[1] for p in paragraphs[:4] if (m := _BYLINE.fullmatch(p))), None)
    title = None if raw.title else _headline(paragraphs)
    return make_document(
        raw,
        Reading(
            paragraphs=paragraphs, title=title, byline=byline, published=published, parameters=(("extractor", "text"),)
        ),
    )


def _headline(paragraphs: Sequence[str]) -> str | None:
    """Take the first paragraph that is neither date nor byline, if it is short, has no full stop and text follows it."""
    for i, paragraph in enumerate(paragraphs[:3]):
        if find_dateline([paragraph]) or _BYLINE.fullmatch(paragraph):
            continue
        # One word alone is a section ("Syria"), not a headline, except in scripts that do not part words.
        is_phrase = len(paragraph.split()) > 1 or not paragraph.isascii()
        is_short = len(paragraph) <= MAX_HEADLINE_CHARACTERS and is_phrase and any(c.isalpha() for c in paragraph)
        unstopped = not ends_with_stop(paragraph) or paragraph.rstrip("\"'»”’").endswith(("?", "؟", "？"))
        return (
            paragraph
            if is_short and unstopped and not paragraph.endswith((":", ",", ";")) and i + 1 < len(paragraphs)
            else None
        )
    return None
