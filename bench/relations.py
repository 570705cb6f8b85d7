"""Relations of re3d: type and both spans, exact or overlapping; sources that were not looked at reported apart."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.extract.actors import open_actors
from wayout.locate.gazetteer import open_gazetteer
from wayout.model.document import Document, Source, Step, document_id
from wayout.model.relation import UNDIRECTED, Relation
from wayout.reading import extract

KINDS = {
    "FightingAgainst": "fights",
    "AlliesOf": "allied_with",
    "InChargeOf": "in_charge_of",
    "IsSynonymOf": "same_as",
    "BelongsTo": "part_of",
    "CoLocated": "located_with",
    "CommWith": "communicates_with",
}
"""The corpus's types that we read; HasAttrOf, Likes, Dislikes and Apart are not ours (57 of 404 rows)."""
LOOKED_AT = "UK Government"
"""The one source whose relations were looked at while the rules were written."""
CONFIRMED = 0.5

Item = tuple[str, tuple[int, int], tuple[int, int]]


def measure(corpora: Path) -> list[Score]:
    """Return exact and overlap F1 over all kinds and per kind, for all sources and for those not looked at."""
    path = corpora / "text" / "re3d" / "documents.jsonl"
    if not path.exists():
        raise CorpusMissingError(f"{path} is not there; the re3d corpus is needed")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    book, gazetteer = open_actors(), open_gazetteer()
    found = []
    for row in rows:
        (reading,) = extract([_document(row["text"])], book, gazetteer, None)
        found.append(reading.relations)
    return scores_of(rows, found)


def scores_of(rows: Sequence[Mapping[str, Any]], found: Sequence[Iterable[Relation]]) -> list[Score]:
    """Compare the relations of every document with its marks."""
    counts: dict[str, Counter[str]] = {}
    for row, relations in zip(rows, found, strict=True):
        for kind, counter in _compare(row, relations).items():
            parts = ["all"] if row["source"] == LOOKED_AT else ["all", "not looked at"]
            for part in parts:
                counts.setdefault(f"{part}|all kinds", Counter()).update(counter)
                counts.setdefault(f"{part}|{kind}", Counter()).update(counter)
    scores = []
    for key in sorted(counts, key=lambda k: (not k.startswith("all"), not k.endswith("all kinds"), k)):
        part, kind = key.split("|")
        where = "" if part == "all" else ", sources not looked at"
        for which in ("exact", "overlap"):
            value, note = _f1(counts[key], which)
            name = f"re3d relations {kind} {which} F1{where}"
            scores.append(Score(name=name, value=value, note=note, items=max(1, counts[key]["asked"])))
    return scores


def _compare(row: Mapping[str, Any], relations: Iterable[Relation]) -> dict[str, Counter[str]]:
    text = row["text"]
    gold: dict[bool, set[Item]] = {True: set(), False: set()}
    for one in row["relations"]:
        kind = KINDS.get(one["type"])
        if kind is not None:
            gold[one["confidence"] >= CONFIRMED].add(_item(text, kind, tuple(one["source"]), tuple(one["target"])))
    required, optional = gold[True], gold[False] - gold[True]
    mine = {_item(text, r.kind, (r.a.start, r.a.end), (r.b.start, r.b.end)) for r in relations}
    counts = {}
    for kind in KINDS.values():
        ours = [i for i in mine if i[0] == kind]
        asked = [g for g in required if g[0] == kind]
        exact = [i for i in ours if i in required or i not in optional]
        overlap = [i for i in ours if _meets(i, required) or not _meets(i, optional)]
        counts[kind] = Counter(
            {
                "exact right": sum(i in required for i in exact),
                "exact made": len(exact),
                "exact found": sum(g in mine for g in asked),
                "overlap right": sum(_meets(i, required) for i in overlap),
                "overlap made": len(overlap),
                "overlap found": sum(_meets(g, mine) for g in asked),
                "asked": len(asked),
            }
        )
    return counts


def _item(text: str, kind: str, one: tuple[int, int], other: tuple[int, int]) -> Item:
    """Make a comparable item: without a leading article; of undirected kinds the earlier words first."""
    a, b = _bare(text, *one), _bare(text, *other)
    return (kind, min(a, b), max(a, b)) if kind in UNDIRECTED else (kind, a, b)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start + 4 if text[start : start + 4].lower() == "the " else start, end)


def _meets(item: Item, others: Iterable[Item]) -> bool:
    return any(
        item[0] == o[0] and (_both(item, o) or (item[0] in UNDIRECTED and _both(item, (o[0], o[2], o[1]))))
        for o in others
    )


def _both(one: Item, other: Item) -> bool:
    return _touch(one[1], other[1]) and _touch(one[2], other[2])


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _f1(counter: Counter[str], which: str) -> tuple[float, str]:
    precision = counter[f"{which} right"] / max(counter[f"{which} made"], 1)
    recall = counter[f"{which} found"] / max(counter["asked"], 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f1, f"P {precision:.3f} R {recall:.3f} of {counter['asked']}"


def _document(text: str) -> Document:
    made: dict[str, Any] = dict.fromkeys(("title", "url", "byline", "published", "retrieved"))
    return Document(
        id=document_id(text), text=text, source=Source(name="re3d"), language="en",
        made_by=Step(name="bench", version="1"), **made,
    )  # fmt: skip
