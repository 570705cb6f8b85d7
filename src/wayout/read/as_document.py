"""From what a reader found to the one record every later stage works on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from wayout import __version__
from wayout.errors import SourceError
from wayout.model import Document, Source, Step, document_id
from wayout.read.furniture import drop_furniture
from wayout.read.raw_page import RawPage
from wayout.read.tidy import tidy_text
from wayout.text.language import guess_language
from wayout.text.names import fold_name

MAX_TITLE_CHARACTERS = 300
"""Longer "titles" are mis-tagged text; the longest headlines seen are near 250 characters."""

MAX_PARAGRAPHS = 50_000
"""A long book has some 10,000; more is a table, a log or an attack."""

_TITLE_SEARCH_PARAGRAPHS = 4
"""A page repeats its title, if at all, before or right after kicker, date and byline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader found in one page, before it is tidied."""

    paragraphs: Sequence[str]
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    site: str | None = None
    url: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


def make_document(raw: RawPage, reading: Reading) -> Document:
    """
    Make the document: title first, paragraphs after it, one blank line between any two.

    Parameters
    ----------
    raw
        Where it came from; what its carrier said of title, date and outlet wins over what was read.
    reading
        What was read.

    Returns
    -------
    document
        Its text is final: every span of the project is an offset into it.

    Raises
    ------
    SourceError
        If nothing is left once page furniture is gone.
    """
    title = _title(raw.title) or _title(reading.title)
    refuse_log(raw.name, len(reading.paragraphs))
    paragraphs = drop_furniture(line for block in reading.paragraphs for line in tidy_text(block).split("\n"))
    paragraphs = _without_title(paragraphs, title)
    if not any(c.isalpha() for p in paragraphs for c in p):
        raise SourceError(f"{raw.name} has no main text; give the page of one report, or its text as a file")
    text = "\n\n".join(((title,) if title else ()) + paragraphs)
    url = _web_address(raw.url) or _web_address(reading.url)
    return Document(
        id=document_id(text),
        text=text,
        title=title,
        source=_source(raw, reading, url),
        url=url,
        byline=_byline(reading.byline, url),
        published=raw.published or _midnight(reading.published),
        retrieved=raw.retrieved,
        language=guess_language(text),
        made_by=Step(name="read", version=__version__, parameters=reading.parameters),
    )


def refuse_log(name: str, n_paragraphs: int) -> None:
    """Raise a SourceError if a source has more paragraphs than any report."""
    if n_paragraphs > MAX_PARAGRAPHS:
        raise SourceError(
            f"{name} has {n_paragraphs} paragraphs, over the limit of {MAX_PARAGRAPHS}: it is a table or a log; give single "
            "reports, or many as JSON lines"
        )


def _title(title: str | None) -> str | None:
    line = _one_line(title)
    return line if line and len(line) <= MAX_TITLE_CHARACTERS else None


def _one_line(text: str | None) -> str | None:
    return " ".join(tidy_text(text or "").split()) or None


def _without_title(paragraphs: tuple[str, ...], title: str | None) -> tuple[str, ...]:
    """Drop the paragraph that repeats the title; it stands first anyway."""
    if title is None:
        return paragraphs
    key = fold_name(title)
    for i, paragraph in enumerate(paragraphs[:_TITLE_SEARCH_PARAGRAPHS]):
        if fold_name(paragraph) == key:
            return paragraphs[:i] + paragraphs[i + 1 :]
    return paragraphs


def _web_address(url: str | None) -> str | None:
    line = _one_line(url)
    try:
        parts = urlsplit(line or "")
    except ValueError:
        return None
    return line if parts.scheme in ("http", "https") and parts.hostname else None


def _source(raw: RawPage, reading: Reading, url: str | None) -> Source:
    """Name the publisher: as told, as the page says, the host, or the file; nobody has rated it, so F."""
    parts = urlsplit(url) if url else None
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    name = (
        _one_line(raw.outlet)
        or (_one_line(reading.site) or "").removeprefix("www.")
        or host
        or PurePath(raw.name).name
        or raw.name
    )
    return Source(name=name, reliability="F", url=f"{parts.scheme}://{parts.hostname}" if parts else None)


def _byline(byline: str | None, url: str | None) -> str | None:
    """Keep a byline unless it is only the site's address read as a name."""
    line = _one_line(byline)
    host = (urlsplit(url).hostname or "") if url else ""
    return None if line and fold_name(line) in (fold_name(host), fold_name(host.removeprefix("www."))) else line


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
