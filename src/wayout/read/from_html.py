"""Web pages: the report's own words by trafilatura, its date by htmldate, and a plain fallback for broken pages."""

import logging
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from typing import Any

from wayout.errors import SourceError
from wayout.model import Document
from wayout.read.as_document import Reading, make_document
from wayout.read.raw_page import RawPage
from wayout.read.strip_tags import strip_tags

_LATEST_DATE = datetime(2100, 1, 1, tzinfo=UTC)
"""Bound for dates on pages without retrieval time: this stage knows no clock, so it cannot say what is "future"."""

_PARSER_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What hostile markup has been seen to draw out of HTML libraries; memory and system errors are not among them."""

_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "fw", "ab"})


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
    paragraphs = _paragraphs(found.body) if found is not None and found.body is not None else []
    extractor = "trafilatura"
    if not any(c.isalpha() for p in paragraphs for c in p):
        paragraphs, extractor = strip_tags(markup), "strip_tags"
    if not paragraphs:
        raise SourceError(f"{raw.name} is a web page without main text; save the report's text as a .txt file")
    return make_document(
        raw,
        Reading(
            paragraphs=paragraphs,
            title=found.title if found is not None else None,
            byline=found.author if found is not None else None,
            published=_day(found.date) if found is not None else None,
            site=found.sitename if found is not None else None,
            url=found.url if found is not None else None,
            parameters=(
                ("extractor", extractor),
                ("trafilatura", _version("trafilatura")),
                ("htmldate", _version("htmldate")),
            ),
        ),
    )


def _extract(raw: RawPage, markup: str) -> Any:
    """Run trafilatura; ``None`` when it finds nothing or breaks on the page."""
    from trafilatura import bare_extraction

    latest = min(raw.retrieved + timedelta(days=1), _LATEST_DATE) if raw.retrieved else _LATEST_DATE
    try:
        return bare_extraction(
            markup,
            url=raw.url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={
                "extensive_search": True,
                "original_date": True,
                "max_date": latest.strftime("%Y-%m-%d"),
            },
        )
    except _PARSER_FAILURES:
        return None


def _paragraphs(body: Any) -> list[str]:
    from trafilatura.xml import xmltotxt

    return [line for line in xmltotxt(body, include_formatting=False).split("\n") if line.strip()]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@cache
def _version(package: str) -> str:
    return version(package)


@cache
def _quieten() -> None:
    """Keep the libraries' own complaints off the terminal: what matters is in our errors."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
