"""READ: are the report's own words kept, is the page's furniture gone, is the date right; and how fast."""

import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.errors import SourceError
from wayout.model import Document
from wayout.read.pages import read_page
from wayout.read.raw_page import RawPage

N_SPEED_ARTICLES = 100


def measure(corpora: Path) -> list[Score]:
    """Measure segments, dates, robustness and speed; metrics as in the corpora's own README files."""
    pages = corpora / "text" / "read_pages"
    reports = corpora / "text" / "reports_syria_iraq" / "reports.jsonl.gz"
    for needed in (pages / "segments.jsonl", pages / "dates.jsonl", reports):
        if not needed.exists():
            raise CorpusMissingError(
                f"{needed} is not there; read_pages and reports_syria_iraq are developers' corpora"
            )
    return [*_segments(pages), *_dates(pages), *_articles(reports)]


def _segments(pages: Path) -> list[Score]:
    """Count a segment as present when it is a substring of the text, white space collapsed; micro average."""
    tp = fp = fn = tn = 0
    for row in _rows(pages / "segments.jsonl"):
        document = _read(pages, row)
        text = _collapse(document.text) if document else ""
        for segment in row["with"]:
            tp, fn = (tp + 1, fn) if _collapse(segment) in text else (tp, fn + 1)
        for segment in row["without"]:
            fp, tn = (fp + 1, tn) if _collapse(segment) in text else (fp, tn + 1)
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    n = f"{tp + fn} to keep, {fp + tn} to drop, 150 pages"
    return [
        Score(
            name="read pages segment F1",
            value=2 * precision * recall / max(1e-9, precision + recall),
            beside="trafilatura 2.3.1 .924",
            note=n,
        ),
        Score(name="read pages segment precision", value=precision, beside="trafilatura 2.3.1 .898"),
        Score(name="read pages segment recall", value=recall, beside="trafilatura 2.3.1 .953"),
    ]


def _dates(pages: Path) -> list[Score]:
    rows = _rows(pages / "dates.jsonl")
    documents = [(row, _read(pages, row)) for row in rows]
    right = sum(
        d is not None and d.published is not None and d.published.date().isoformat() == r["date"] for r, d in documents
    )
    unread = sum(d is None for _, d in documents)
    return [
        Score(
            name="read pages date accuracy",
            value=right / len(rows),
            beside="htmldate 1.11 .910",
            note=f"{len(rows)} pages, {unread} without main text",
        )
    ]


def _articles(reports: Path) -> list[Score]:
    with gzip.open(reports, "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    # Evenly spread, so that each of the feed's collections is in it.
    rows = every[:: max(1, len(every) // N_SPEED_ARTICLES)][:N_SPEED_ARTICLES]
    raws = [RawPage(name=str(r["id"]), content=r["text"].encode()) for r in rows]
    start = time.perf_counter()
    documents = [d for raw in raws if (d := _document(raw)) is not None]
    seconds = time.perf_counter() - start
    n_words = sum(len(d.text.split()) for d in documents)
    given = sum(len(r["text"].split()) for r in rows)
    return [
        Score(
            name="read articles without error",
            value=len(documents) / len(raws),
            note=f"{len(raws)} of {len(every)} reports as text",
        ),
        Score(name="read articles words kept", value=n_words / given, note="the rest is page furniture or lost"),
        Score(name="speed read words per second", value=n_words / seconds, note=f"{n_words} words, one process"),
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(pages: Path, row: dict[str, Any]) -> Document | None:
    content = gzip.decompress((pages / row["file"]).read_bytes())
    return _document(RawPage(name=Path(row["file"]).name, content=content))


def _document(raw: RawPage) -> Document | None:
    try:
        return read_page(raw)
    except SourceError:
        return None


def _collapse(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
