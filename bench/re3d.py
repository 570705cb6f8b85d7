"""The corpus re3d: its texts, its marks, and how found items are held against them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bench.score import CorpusMissingError
from wayout.extract.actors import ActorBook, find_actors, open_actors
from wayout.extract.entities import find_entities
from wayout.extract.tagging.tagger import Tagger
from wayout.extract.tagging.times import time_spans
from wayout.extract.tagging.training import Fit, Marked, train_tagger
from wayout.extract.tagging.view import view_entities
from wayout.extraction import extract_parsed
from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.model import Entity, Mention, TimeValue
from wayout.model.document import Document, Source, Step, document_id
from wayout.text.english import parse_text

CONFIRMED = 0.5
"""Rows below this confidence are proposals people did not confirm: optional, neither asked for nor counted wrong."""
SOURCES = {
    "Australian Department of Foreign Affairs": "AU",
    "Delegation of the European Union to Syria": "EU",
    "UK Government": "UK",
    "Wikipedia": "WP",
}
Item = tuple[int, int, str]


class Text(NamedTuple):
    """One document of the corpus, parsed, with what the rules find in it."""

    row: Mapping[str, Any]
    source: str
    document: Document
    parsed: Any
    actors: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeValue, ...]


def read_re3d(corpora: Path) -> list[Text]:
    """Read, parse and search the corpus; once a run."""
    path = corpora / "text" / "re3d" / "documents.jsonl"
    if not path.exists():
        raise CorpusMissingError(f"{path} is not there; the re3d corpus is needed")
    return _read(path)


@cache
def _read(path: Path) -> list[Text]:
    book, gazetteer = open_actors(), open_gazetteer()
    return [_text(json.loads(line), book, gazetteer) for line in path.read_text(encoding="utf-8").splitlines()]


def _text(row: Mapping[str, Any], book: ActorBook, gazetteer: Gazetteer) -> Text:
    document = make_document(row["text"])
    parsed = parse_text(document.text)
    reading = extract_parsed(document, parsed, book, gazetteer, None)
    actors = find_actors(document, parsed, book)
    return Text(row, SOURCES[row["source"]], document, parsed, actors, reading.mentions, reading.times)


def make_document(text: str) -> Document:
    """Make an undated document."""
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


def marked(text: Text) -> Marked:
    """Return a text with its confirmed marks, to learn from."""
    view = view_entities(text.parsed, text.mentions, time_spans(text.document.text, text.parsed, text.times))
    return Marked(view, [i for i in gold(text.row)[0] if i[2] != "Temporal"])


def entities_unseen(texts: Sequence[Text], fit: Fit) -> list[tuple[Entity, ...]]:
    """Find the entities of each text with a tagger that learned from the other sources alone."""
    learned: dict[str, Tagger] = {
        source: train_tagger([marked(t) for t in texts if t.source != source], fit) for source in SOURCES.values()
    }
    return [find_entities(t.document, t.parsed, t.mentions, t.times, learned[t.source]) for t in texts]


def gold(row: Mapping[str, Any]) -> tuple[set[Item], set[Item]]:
    """Return required and optional items, without a leading article."""
    found = {True: set(), False: set()}  # type: dict[bool, set[Item]]
    for entity in row["entities"]:
        item = bare(row["text"], entity["start"], entity["end"], entity["type"])
        found[entity["confidence"] >= CONFIRMED].add(item)
    return found[True], found[False] - found[True]


def bare(text: str, start: int, end: int, kind: str) -> Item:
    """Return an item without its leading "the"."""
    return (start + 4 if text[start : start + 4].lower() == "the " else start, end, kind)


def compare(found: Iterable[Item], row: Mapping[str, Any], kind: str) -> Counter[str]:
    """Count matches by the corpus's metric: optional rows are neither asked for nor held against a prediction."""
    required, optional = ({i for i in items if i[2] == kind} for items in gold(row))
    mine = sorted({i for i in found if i[2] == kind})
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


def f1(counter: Counter[str], which: str) -> tuple[float, str]:
    """Return F1 of "exact" or "overlap" matches, and precision and recall in words."""
    precision = counter[f"{which} right"] / max(counter[f"{which} made"], 1)
    recall = counter[f"{which} found"] / max(counter["asked"], 1)
    value = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return value, f"P {precision:.3f} R {recall:.3f} of {counter['asked']}"
