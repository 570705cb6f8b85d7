"""The stage's entry: raw pages in, documents out; one bad page never loses the rest."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from wayout.errors import SourceError
from wayout.model import Document, Miss
from wayout.read.decode import decode_page
from wayout.read.event_header import begins_event_table
from wayout.read.event_table import read_event_table
from wayout.read.from_html import read_html
from wayout.read.from_jsonl import split_records
from wayout.read.from_text import read_text
from wayout.read.gunzip import GZIP_START, gunzip
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage

MAX_RECORDS_BYTES = 1_000_000_000
"""Largest JSON lines source held at once, unpacked; larger ones come line by line from ``cli.gather``."""

RECORD_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")

_LOOK_CHARACTERS = 20_000
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style|article|main|section|div|h1|p|table)[\s>/])",
    re.I | re.DOTALL,
)
_MARKUP = re.compile(r"</(?:p|div|a|b|i|strong|em|span|li|ul|h[1-6]|td|body|html)>|<br\s?/?>", re.I)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:rdf)[\s>]", re.I | re.DOTALL
)


def read_page(raw: RawPage) -> Document:
    """
    Read one page, whatever it is: HTML, plain text, one JSON record; gzipped or not.

    Parameters
    ----------
    raw
        At most 10 MB, before and after unpacking.

    Returns
    -------
    document
        With non-empty text; the same bytes give the same document.

    Raises
    ------
    SourceError
        If it is empty, too large, not text, a feed, a table of many records, or has no main text.
    """
    return _read_single(_unpacked(raw))


def read_pages(raws: Iterable[RawPage | Miss]) -> tuple[tuple[Document, ...], tuple[Miss, ...]]:
    """
    Read many pages; what cannot be read is told, not raised.

    Parameters
    ----------
    raws
        Pages, in order; a JSON lines page gives as many documents as it has records, a table of events as it has rows. Misses are passed on, so that
        what ``gather`` yields can be given as it is.

    Returns
    -------
    documents, misses
        In the order of the pages. A text that was read before under another name is a miss: it is the same report, and
        counts once.
    """
    documents: dict[str, Document] = {}
    first_names: dict[str, str] = {}
    misses: list[Miss] = []
    for name, raw in (page for r in raws for page in _expanded(r)):
        if isinstance(raw, Miss):
            misses.append(raw)
            continue
        try:
            document = raw if isinstance(raw, Document) else _read_single(raw)
        except SourceError as error:
            misses.append(Miss(what=name, why=str(error).removeprefix(f"{name} ")))
            continue
        if document.id in documents:
            misses.append(Miss(what=name, why=f"the same text as {first_names[document.id]}; it counts once"))
            continue
        documents[document.id] = document
        first_names[document.id] = name
    return tuple(documents.values()), tuple(misses)


def _expanded(raw: RawPage | Miss) -> Iterator[tuple[str, RawPage | Document | Miss]]:
    """Turn a JSON lines page into its records, a table of events into its rows; anything else stays one page. Each has a name."""
    if isinstance(raw, Miss):
        yield raw.what, raw
        return
    try:
        page = _unpacked(raw)
    except SourceError as error:
        yield raw.name, Miss(what=raw.name, why=str(error).removeprefix(f"{raw.name} "))
        return
    if begins_event_table(page.content):
        yield from read_event_table(page)
    elif _is_records(page):
        records = split_records(page.content.split(b"\n"), page.name, page.retrieved)
        yield from ((r.what if isinstance(r, Miss) else r.name, r) for r in records)
    else:
        yield page.name, page


def _unpacked(raw: RawPage) -> RawPage:
    if not raw.content.startswith(GZIP_START):
        return raw
    limit = MAX_RECORDS_BYTES if raw.name.lower().endswith(RECORD_ENDINGS) else MAX_PAGE_BYTES
    return replace(raw, content=gunzip(raw.content, raw.name, limit))


def _is_records(page: RawPage) -> bool:
    if page.name.lower().endswith(RECORD_ENDINGS):
        return True
    first = page.content[:MAX_PAGE_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        record = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and isinstance(record.get("text"), str)


def _read_single(raw: RawPage) -> Document:
    if len(raw.content) > MAX_PAGE_BYTES:
        raise SourceError(
            f"{raw.name} has {len(raw.content) / 1e6:.1f} MB, over the limit of {MAX_PAGE_BYTES // 1_000_000} MB; "
            "give the page of one report, or many reports as JSON lines"
        )
    if begins_event_table(raw.content):
        raise SourceError(f"{raw.name} is a table of events, one report a row; read it with read_pages")
    if not raw.content.strip():
        raise SourceError(f"{raw.name} is empty; give a page or text with words in it")
    if _is_records(raw) and raw.content.strip().count(b"\n") == 0:
        for page in split_records([raw.content], raw.name, raw.retrieved):
            if isinstance(page, Miss):
                raise SourceError(f"{page.what}: {page.why}")
            raw = page
    text, _ = decode_page(raw.content, raw.name, raw.charset)
    if _FEED.match(text):
        raise SourceError(f"{raw.name} is a feed, not a report; give the pages it links to")
    if text.lstrip()[:1] in ("{", "[") and _is_json(text):
        raise SourceError(f'{raw.name} is JSON, not a report; give JSON lines (.jsonl), each an object with "text"')
    if _is_html(raw.name, text):
        return read_html(raw, text)
    return read_text(raw, text)


def _is_html(name: str, text: str) -> bool:
    if _PAGE_START.match(text) or (name.lower().endswith(PAGE_ENDINGS) and "<" in text):
        return True
    return len(_MARKUP.findall(text[:_LOOK_CHARACTERS])) >= 3


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True
