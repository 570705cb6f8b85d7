"""Bench of independence: echo links on hand-judged pairs of articles, named sources of event rows, and speed."""

import csv
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.fuse.echoes import find_links, find_origins
from wayout.fuse.origins.mouths import mouth_key
from wayout.model import Document, Source, Step, document_id

PAIRS = Path(__file__).with_name("echo_pairs.csv")
N_WORDS = 400
"""Words of a made-up document in the clocks."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles and our judgement."""

    first: str
    second: str
    same: bool
    part: str
    band: str
    across: bool


def measure(corpora: Path) -> list[Score]:
    """Measure links on the judged pairs, event rows, and the clocks."""
    articles = corpora / "text" / "fa_kes" / "articles.jsonl.gz"
    if not articles.exists():
        raise CorpusMissingError(f"no articles at {articles}")
    documents = read_articles(articles)
    return [*_judged(documents), *_event_rows(corpora / "geo" / "ucdp_dev"), *_clocks()]


def read_pairs() -> list[Pair]:
    """Read the hand-judged pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return [
            Pair(
                row["first"],
                row["second"],
                row["same_origin"] == "1",
                row["part"],
                row["band"],
                row["outlets"] == "across",
            )
            for row in csv.DictReader(lines)
        ]


def read_articles(path: Path) -> dict[str, Document]:
    """Read the articles as documents; articles of the same words are one document under two ids."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["id"]: _document(row["text"], row["outlet"], _day(row)) for row in rows}


def _document(text: str, outlet: str, day: date) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name=outlet),
        url=None,
        byline=None,
        published=datetime(day.year, day.month, day.day, tzinfo=UTC),
        retrieved=None,
        language="en",
        made_by=Step(name="bench", version="1"),
    )


_MONTHS = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = "|".join(_MONTHS)
_DATES = (
    re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH})[a-z]* (?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(rf"\b(?P<m>{_MONTH})[a-z]*\.? (?P<d>\d{{1,2}}),? ?(?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(r"\b(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})"),
)


def _day(row: dict[str, Any]) -> date:
    """Day of publication as the article's head says it; the corpus's own date, often the event's, where it does not."""
    head = " ".join(row["text"].split()[:45])
    for form in _DATES:
        if (m := form.search(head)) is not None:
            month = _MONTHS.get(m["m"][:3].lower()) or int(m["m"])
            try:
                return date(int(m["y"]), month, int(m["d"]))
            except ValueError:
                continue
    return date.fromisoformat(row["date"])


def _judged(documents: dict[str, Document]) -> list[Score]:
    """Count precision and recall of the links on judged pairs; a pair is found where a link or identity joins it."""
    links = find_links(list(documents.values()))
    linked = {(link.first, link.second) for link in links}
    origins = find_origins(list(documents.values()), [], links)
    found = [(p, _is_linked(p, documents, linked)) for p in read_pairs()]
    parts = {
        "all judged pairs": found,
        "a fifth or more of the words shared": [(p, f) for p, f in found if p.band != "05-20"],
        "judged after all was fixed": [(p, f) for p, f in found if p.part == "last"],
    }
    scores = [score for name, pairs in parts.items() for score in _precision_recall(name, pairs)]
    named = {d.id: d for d in documents.values()}
    across = sum(named[a].source.name != named[b].source.name for a, b in linked)
    groups = Counter(origins.group_of(d) for d in named)
    return [
        *scores,
        Score(
            name="echoes: links among the articles",
            value=len(links),
            has_floor=False,
            note=f"{across} across outlets; {len(groups)} groups, the largest of {max(groups.values())}",
        ),
    ]


def _precision_recall(name: str, pairs: Sequence[tuple[Pair, bool]]) -> list[Score]:
    hits = sum(p.same and found for p, found in pairs)
    n_found, n_wanted = sum(found for _, found in pairs), sum(p.same for p, _ in pairs)
    note = f"{hits} of {n_found} found, {n_wanted} wanted, {len(pairs)} judged"
    return [
        Score(name=f"echoes: precision, {name}", value=hits / max(1, n_found), note=note, items=n_found),
        Score(name=f"echoes: recall, {name}", value=hits / max(1, n_wanted), note=note, items=n_wanted),
    ]


def _is_linked(pair: Pair, documents: dict[str, Document], linked: set[tuple[Any, Any]]) -> bool:
    a, b = sorted((documents[pair.first].id, documents[pair.second].id))
    return a == b or (a, b) in linked


def _event_rows(folder: Path) -> list[Score]:
    """Measure how many rows with two or more sources rest on two or more mouths."""
    rows = []
    for path in sorted(folder.glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            rows += [r for r in csv.DictReader(lines) if (r.get("number_of_sources") or "0").isdigit()]
    several = [r for r in rows if int(r.get("number_of_sources") or 0) >= 2]
    if not several:
        return []
    by_string = sum(len(set(_names(r["source_office"]))) >= 2 for r in several)
    by_office = sum(len(_mouths(_names(r["source_office"]))) >= 2 for r in several)
    by_mouth = sum(len(_mouths(_names(r["source_original"]) or _names(r["source_office"]))) >= 2 for r in several)
    note = (
        f"of {len(several)} rows with two sources or more: {by_string / len(several):.3f} name two strings as office, "
        f"{by_office / len(several):.3f} two offices, {by_mouth / len(several):.3f} two original mouths"
    )
    return [
        Score(name="echoes: event rows of two mouths", value=by_mouth / len(several), has_floor=False, note=note),
        Score(name="echoes: event rows of two strings", value=by_string / len(several), has_floor=False, note=note),
    ]


def _names(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,/&]| and ", cell) if part.strip()]


def _mouths(names: Iterable[str]) -> set[str]:
    return {key for name in names if (key := mouth_key(name)) is not None}


def _clocks() -> list[Score]:
    """Clock 10,000 different documents, 10^5 copies in the same words, 5,000 near-copies."""
    rng = random.Random(6)
    words = [f"word{i}" for i in range(20_000)]
    stories = [" ".join(rng.choices(words, k=N_WORDS)) for _ in range(8_000)]
    excerpts = [" ".join(rng.choice(stories).split()[:200] + rng.choices(words, k=200)) for _ in range(2_000)]
    copies = [f"{stories[0]}{'.' * (1 + i % 50)} {'!' * (i // 50)}" for i in range(20_000)]
    near = [f"page {i} of {i * i} {stories[0]} printed {i}" for i in range(5_000)]
    return [
        _clock("speed: links among 10,000 documents of 400 words, processor s", [*stories, *excerpts]),
        _clock("speed: links among 20,000 copies of one report, processor s", copies),
        _clock("speed: links among 5,000 near-copies of one report, processor s", near),
    ]


def _clock(name: str, texts: Sequence[str]) -> Score:
    documents = [_document(text, f"outlet {i % 97}", date(2024, 1, 1 + i % 28)) for i, text in enumerate(texts)]
    start = time.process_time()
    links = find_links(documents)
    origins = find_origins(documents, [], links)
    seconds = time.process_time() - start
    groups = len({origins.group_of(d.id) for d in documents})
    return Score(
        name=name, value=seconds, higher_is_better=False, has_floor=False, note=f"{len(links)} links, {groups} groups"
    )
