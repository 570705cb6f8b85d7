"""Entities of re3d against the analysts' marks: by rule, and by taggers that never saw the source; and their speed."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.re3d import Item, Text, bare, compare, entities_unseen, f1, read_re3d
from bench.score import Score
from wayout.extract.actors import find_actors, open_actors
from wayout.extract.entities import find_entities
from wayout.extract.tagging.training import Fit
from wayout.model import Entity

FLOOR = {
    "Organisation": (0.259, 0.477),
    "Person": (0.260, 0.566),
    "Location": (0.567, 0.666),
    "Temporal": (0.804, 0.917),
}
"""Exact and overlap F1 of en_core_web_sm alone, as the corpus's README gives them."""
OTHERS = ("Nationality", "Quantity", "DocumentReference", "Weapon", "Money", "MilitaryPlatform")
RULE_TYPES = {"actor": "Organisation", "person": "Person"}
REPEATS = 20
FEW_ITEMS = 100
"""Of fewer items a floor would hold one or two of them, not the method."""
Counts = dict[str, Counter[str]]


def measure(corpora: Path) -> list[Score]:
    """
    Return exact and overlap F1 of the types, by rule and by the tagger, and words a second.

    The tagger's figures are those of four taggers, each asked only about the one source it did not learn from: the shipped
    one learned from all of them.
    """
    texts = read_re3d(corpora)
    by_rule = count(texts, [_by_rule(t) for t in texts])
    scores = [
        Score(name=f"re3d {kind} {which} F1", value=value, beside=f"spaCy sm {FLOOR[kind][n]}", note=note)
        for kind in RULE_TYPES.values()
        for n, which in enumerate(("exact", "overlap"))
        for value, note in [f1(by_rule[kind], which)]
    ]
    found = [_items(t, e) for t, e in zip(texts, entities_unseen(texts, Fit()), strict=True)]
    for slice_ in ("all", *sorted({t.source for t in texts})):
        rows = [(t, f) for t, f in zip(texts, found, strict=True) if slice_ in ("all", t.source)]
        counts = count([t for t, _ in rows], [f for _, f in rows])
        scores += _unseen_scores(counts, slice_)
    return [*scores, *_speeds(texts)]


def _unseen_scores(counts: Mapping[str, Counter[str]], slice_: str) -> list[Score]:
    scores = []
    for kind in (*FLOOR, *OTHERS):
        for n, which in enumerate(("exact", "overlap")):
            if slice_ == "all" or (kind in FLOOR and which == "exact"):
                value, note = f1(counts[kind], which)
                beside = f"spaCy sm {FLOOR[kind][n]}" if kind in FLOOR and slice_ == "all" else ""
                name = f"re3d entities {kind} {which} F1, unseen source"
                name += "" if slice_ == "all" else f" {slice_}"
                is_large = slice_ == "all" and counts[kind]["asked"] >= FEW_ITEMS
                scores.append(Score(name=name, value=value, beside=beside, note=note, has_floor=is_large))
    return scores


def count(texts: Sequence[Text], found: Sequence[Iterable[Item]]) -> Counts:
    """Add up matches over texts, by type."""
    counts: Counts = {kind: Counter() for kind in (*FLOOR, *OTHERS)}
    for text, items in zip(texts, found, strict=True):
        for kind, counter in counts.items():
            counter.update(compare(items, text.row, kind))
    return counts


def _by_rule(text: Text) -> list[Item]:
    """Take what find_actors finds, without the tagger."""
    spans = [(m.span, RULE_TYPES[m.kind]) for m in text.actors]
    return [bare(text.document.text, span.start, span.end, kind) for span, kind in spans]


def _items(text: Text, entities: Iterable[Entity]) -> list[Item]:
    return [bare(text.document.text, e.span.start, e.span.end, e.type) for e in entities]


def _speeds(texts: Sequence[Text]) -> list[Score]:
    book = open_actors()
    n_words = REPEATS * sum(len(t.document.text.split()) for t in texts)
    began = time.perf_counter()
    for _ in range(REPEATS):
        for text in texts:
            find_actors(text.document, text.parsed, book)
    actors = n_words / (time.perf_counter() - began)
    began = time.perf_counter()
    for _ in range(REPEATS):
        for text in texts:
            find_entities(text.document, text.parsed, text.mentions, text.times)
    entities = n_words / (time.perf_counter() - began)
    note = f"{n_words} words"
    return [
        Score(name="speed find_actors without the parse, words/s", value=actors, note=note),
        Score(name="speed find_entities without the parse, words/s", value=entities, note=note),
    ]
