"""Web pages: the report's own words by trafilatura, its date by htmldate, and a plain fallback for broken pages."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import Any

from wayout.errors import SourceError
from wayout.model import Document
from wayout.read.as_document import Reading, make_document
from wayout.read.headline import clean_headline
from wayout.read.page_date import whole_date
from wayout.read.raw_page import RawPage
from wayout.read.standfirst import find_standfirst
from wayout.read.strip_tags import strip_tags

_LATEST_DATE = datetime(2100, 1, 1, tzinfo=UTC)
"""Bound for dates on pages without retrieval time: this stage knows no clock, so it cannot say what is "future"."""

MAX_TAGS = 300_000
"""The largest news page seen has some 20,000; from here on trees take minutes, the plain reading seconds."""

_PARSER_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What hostile markup has been seen to draw out of HTML libraries; memory and system errors are not among them."""


def read_html(raw: RawPage, markup: str) -> Document:
    """
    Read a web page: main text with headings and tables, without comments, navigation and furniture.

    Parameters
    ----------
    raw
        The page as it came.
    markup
        Its decoded HTML.

    Returns
    -------
    document
        ``made_by`` names the extractor and its version, since spans refer to its output.

    Raises
    ------
    SourceError
        If the page has no main text.

    References
    ----------
    Barbaresi (2021), Trafilatura: a web scraping library and command-line tool for text discovery and extraction, ACL
    demo, pp. 122-131. Barbaresi (2020), htmldate: a Python package to extract publication dates from web pages, JOSS
    5(51), 2439.
    """
    _quieten()
    found = _extract(raw, markup)
    paragraphs, extractor = _paragraphs(found), "trafilatura"
    if not paragraphs:
        paragraphs, extractor = strip_tags(markup), "strip_tags"
    if not paragraphs:
        raise SourceError(f"{raw.name} is a web page without main text; save the report's text as a .txt file")
    versions = tuple((name, version(name)) for name in ("trafilatura", "htmldate"))
    about = found.about
    return make_document(
        raw,
        Reading(
            paragraphs=paragraphs,
            title=clean_headline(about.title, paragraphs, about.sitename, raw.url or about.url)
            if about is not None
            else None,
            byline=about.author if about is not None else None,
            published=whole_date(about.date, markup) if about is not None else None,
            site=about.sitename if about is not None else None,
            url=about.url if about is not None else None,
            parameters=(("extractor", extractor), *versions),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What trafilatura made of a page; each part may be missing."""

    tree: Any = None
    about: Any = None
    body: Any = None


def _extract(raw: RawPage, markup: str) -> _Found:
    from trafilatura import bare_extraction, load_html
    from trafilatura.metadata import extract_metadata

    latest = min(raw.retrieved + timedelta(days=1), _LATEST_DATE) if raw.retrieved else _LATEST_DATE
    dates = {"extensive_search": True, "original_date": True, "max_date": latest.strftime("%Y-%m-%d")}
    tree: Any = None
    about: Any = None
    if markup.count("<") > MAX_TAGS:
        return _Found()
    try:
        tree = load_html(markup)
        if tree is None:
            return _Found()
        about = bare_extraction(
            tree,
            url=raw.url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dates,
        )
        if about is not None:
            return _Found(tree, about, about.body)
        # Too little text for trafilatura; title and date are known all the same.
        return _Found(tree, extract_metadata(tree, raw.url, dates))
    except _PARSER_FAILURES:
        return _Found(tree, about)


def _paragraphs(found: _Found) -> list[str]:
    if found.body is None:
        return []
    from trafilatura.xml import xmltotxt

    text = xmltotxt(found.body, include_formatting=False)
    if not any(c.isalpha() for c in text):
        return []
    standfirst = find_standfirst(found.tree, found.about.description, text)
    return [*([standfirst] if standfirst else []), *(line for line in text.split("\n") if line.strip())]


@cache
def _quieten() -> None:
    """Keep the libraries' own complaints off the terminal: what matters is in our errors."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
