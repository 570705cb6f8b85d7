"""Organisations and persons found, against the analysts' marks of re3d; and the speed of finding them."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.extract.actors import ActorBook, find_actors, open_actors
from wayout.model.document import Document, Source, Step, document_id
from wayout.text.english import parse_text

FLOOR = {"Organisation": (0.259, 0.477), "Person": (0.260, 0.566)}
"""Exact and overlap F1 of en_core_web_sm alone, as the corpus's README gives them."""
TYPES = {"actor": "Organisation", "person": "Person"}
CONFIRMED = 0.5
"""Rows below this confidence are proposals people did not confirm: optional, neither asked for nor counted wrong."""
REPEATS = 20

Item = tuple[int, int, str]


def measure(corpora: Path) -> list[Score]:
    """Return exact and overlap F1 of both types, and words a second without the parse."""
    path = corpora / "text" / "re3d" / "documents.jsonl"
    if not path.exists():
        raise CorpusMissingError(f"{path} is not there; the re3d corpus is needed")
    book = open_actors()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    counts: dict[str, Counter[str]] = {t: Counter() for t in TYPES.values()}
    for row in rows:
        found = find_items(_document(row["text"]), book)
        for kind, counter in counts.items():
            counter.update(compare(found, row, kind))
    scores = []
    for kind, counter in counts.items():
        floor = FLOOR[kind]
        for which, beside in zip(("exact", "overlap"), floor, strict=True):
            value, note = _f1(counter, which)
            scores.append(Score(name=f"re3d {kind} {which} F1", value=value, beside=f"spaCy sm {beside}", note=note))
    return [*scores, _speed([r["text"] for r in rows], book)]


def find_items(document: Document, book: ActorBook) -> list[Item]:
    """Return (start, end, type) of every mention, without a leading article."""
    mentions = find_actors(document, parse_text(document.text), book)
    return sorted({_bare(document.text, m.span.start, m.span.end, TYPES[m.kind]) for m in mentions})


def compare(found: Iterable[Item], row: Mapping[str, Any], kind: str) -> Counter[str]:
    """Count matches by the corpus's metric: optional rows are neither asked for nor held against a prediction."""
    gold = {True: set(), False: set()}  # type: dict[bool, set[Item]]
    for entity in row["entities"]:
        if entity["type"] == kind:
            gold[entity["confidence"] >= CONFIRMED].add(_bare(row["text"], entity["start"], entity["end"], kind))
    required, optional = gold[True], gold[False] - gold[True]
    mine = [i for i in found if i[2] == kind]
    exact = [i for i in mine if i in required or i not in optional]
    overlap = [i for i in mine if _meets(i, required) or not _meets(i, optional)]
    return Counter(
        {
            "exact right": sum(i in required for i in exact),
            "exact made": len(exact),
            "exact found": sum(g in set(mine) for g in required),
            "overlap right": sum(_meets(i, required) for i in overlap),
            "overlap made": len(overlap),
            "overlap found": sum(_meets(g, mine) for g in required),
            "asked": len(required),
        }
    )


def _meets(item: Item, others: Iterable[Item]) -> bool:
    return any(item[0] < o[1] and o[0] < item[1] for o in others)


def _bare(text: str, start: int, end: int, kind: str) -> Item:
    return (start + 4 if text[start : start + 4].lower() == "the " else start, end, kind)


def _f1(counter: Counter[str], which: str) -> tuple[float, str]:
    precision = counter[f"{which} right"] / max(counter[f"{which} made"], 1)
    recall = counter[f"{which} found"] / max(counter["asked"], 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, f"P {precision:.3f} R {recall:.3f} of {counter['asked']}"


def _speed(texts: Sequence[str], book: ActorBook) -> Score:
    documents = [_document(t) for t in texts]
    parsed = [parse_text(d.text) for d in documents]
    began = time.perf_counter()
    for _ in range(REPEATS):
        for document, doc in zip(documents, parsed, strict=True):
            find_actors(document, doc, book)
    seconds = time.perf_counter() - began
    n_words = REPEATS * sum(len(t.split()) for t in texts)
    return Score(name="speed find_actors without the parse, words/s", value=n_words / seconds, note=f"{n_words} words")


def _document(text: str) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=Source(name="re3d"),
        url=None,
        byline=None,
        published=None,
        retrieved=None,
        language="en",
        made_by=Step(name="bench", version="1"),
    )
