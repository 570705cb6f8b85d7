"""Measure LOCATE on news: names in text (spans), and how near the places chosen for them are."""

import math
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from bench.distance import km_between
from bench.score import CorpusMissingError, Score
from bench.toponym_points import gold_spans, resolve, rows

FARTHEST_KM = 20039.0
"""Half the circumference, the constant of the AUC of Jurgens et al. 2015."""
GEOPARSING = ("geovirus", "lgl", "tr_news", "geowebnews")
FLOORS = {
    "geovirus": "spaCy + most populous: F1 .860, Acc@161 .331 of placed, .168 of all",
    "lgl": "spaCy + most populous: F1 .625, Acc@161 .406, .155; Mordecai3 Acc@161 .827",
    "tr_news": "spaCy + most populous: F1 .728, Acc@161 .396, .188; Mordecai3 .873",
    "geowebnews": "spaCy + most populous: F1 .661, Acc@161 .440, .151; Mordecai3 .941",
}
MAX_TEXTS = 80
"""Texts a corpus that are parsed, every n-th in file order, so that the whole bench stays under a minute."""
_ITSELF = frozenset({"literal", "metonym", "feature"})
COUNTED = {
    # Links to articles about places: hardly any adjectives or buildings among what is marked.
    "geovirus": _ITSELF | {"part"},
    # Marked: adjectives, people and names inside names of bodies, roads down to streets. Hardly ever marked: "Northeast Georgia" as
    # a whole ("Georgia" alone is), and the whole name of a building.
    "lgl": _ITSELF | {"road", "adjective", "people", "embedded"},
    # The same, with buildings and parts whole; people hardly ever.
    "tr_news": _ITSELF | {"part", "road", "building", "adjective", "embedded"},
    # Literal and associative toponyms alike; people and languages are optional in the file itself.
    "geowebnews": _ITSELF | {"part", "road", "building", "adjective", "embedded", "union"},
}
"""
Which senses of :func:`wayout.locate.toponyms.find_toponyms` each corpus marks as toponyms.

Chosen by the share of our spans of each sense that the corpus marks, counted on the documents of even number. The corpora's papers and
guidelines were not at hand; the names of the senses follow the taxonomy of Gritta et al. 2020 as it is generally known.
"""


def measure(corpora: Path) -> list[Score]:
    """Measure spans and points from raw text, and points on gold spans."""
    folder = corpora / "text" / "geoparsing"
    if not folder.exists():
        raise CorpusMissingError(f"no geoparsing corpora at {folder}")
    scores = []
    for name in GEOPARSING:
        path = folder / f"{name}.jsonl.gz"
        scores += [*geoparsing(path, name), *without_parse(path, name), *gold_spans(path, name)]
    return [*scores, *speed(folder)]


def sample(path: Path) -> list[dict[str, Any]]:
    texts = list(rows(path))
    step = max(1, math.ceil(len(texts) / MAX_TEXTS))
    return texts[::step]


def counted(toponyms: Iterable[Any], senses: Collection[str]) -> set[tuple[int, int]]:
    """Return the spans of some senses; of nested ones the outermost."""
    spans = {(t.start, t.end) for t in toponyms if t.sense in senses}
    return {(a, b) for a, b in spans if not any((c, d) != (a, b) and c <= a and b <= d for c, d in spans)}


def hits(row: dict[str, Any], spans: set[tuple[int, int]]) -> tuple[int, int, int]:
    """Count exact spans found, false and missed; spans that meet what the corpus calls optional count for nothing."""
    gold = {(t["start"], t["end"]) for t in row["toponyms"] if not t["optional"]}
    optional = [(t["start"], t["end"]) for t in row["toponyms"] if t["optional"]]
    kept = {s for s in spans if s in gold or not any(a < s[1] and s[0] < b for a, b in optional)}
    return len(kept & gold), len(kept - gold), len(gold - kept)


def f1(counts: Iterable[tuple[int, int, int]]) -> tuple[float, str]:
    """Micro F1 of (found, false, missed) a text, and a note of precision and recall."""
    tp, fp, fn = (sum(column) for column in zip(*counts, strict=True))
    return 2 * tp / max(1, 2 * tp + fp + fn), f"P {tp / max(1, tp + fp):.3f} R {tp / max(1, tp + fn):.3f}"


def geoparsing(path: Path, corpus: str) -> Iterable[Score]:
    """Exact-span F1 of what the corpus counts as toponyms and of places themselves, and how near the chosen places are."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.toponyms import find_toponyms
    from wayout.text.english import parse_texts

    gazetteer, texts = open_gazetteer(), sample(path)
    whole, itself, errors, n_gold = [], [], list[float](), 0
    for row, parsed in zip(texts, parse_texts([row["text"] for row in texts]), strict=True):
        toponyms = find_toponyms(row["text"], parsed, gazetteer)
        spans = counted(toponyms, COUNTED[corpus])
        whole.append(hits(row, spans))
        itself.append(hits(row, counted(toponyms, ("literal", "metonym"))))
        answers = resolve(row, [{"start": a, "end": b} for a, b in sorted(spans)])
        chosen = {(answer.start, answer.end): answer.place for answer in answers}
        placed = [t for t in row["toponyms"] if not t["optional"] and t["lat"] is not None]
        n_gold += len(placed)
        for t in placed:
            place = chosen.get((t["start"], t["end"]))
            if place is not None:
                errors.append(km_between(place.lon, place.lat, t["lon"], t["lat"]))
    value, note = f1(whole)
    near = sum(e <= 161 for e in errors)
    yield Score(
        name=f"locate {corpus} span F1",
        value=value,
        beside=FLOORS[corpus],
        note=f"{n_gold} toponyms, {len(errors)} placed, {note}",
    )
    value, note = f1(itself)
    yield Score(name=f"locate {corpus} span F1, places themselves alone", value=value, note=note)
    yield Score(name=f"locate {corpus} Acc@161 of placed", value=near / max(1, len(errors)))
    yield Score(name=f"locate {corpus} Acc@161 of all", value=near / max(1, n_gold))
    yield Score(name=f"locate {corpus} Acc@25 of all", value=sum(e <= 25 for e in errors) / max(1, n_gold))
    auc = sum(math.log1p(e) / math.log1p(FARTHEST_KM) for e in errors) / max(1, len(errors))
    yield Score(name=f"locate {corpus} AUC of placed", value=auc, higher_is_better=False)


def without_parse(path: Path, corpus: str) -> Iterable[Score]:
    """Exact-span F1 on all texts with no parser: capitals, gazetteer and the words around decide."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.toponyms import find_toponyms

    gazetteer = open_gazetteer()
    counts = [hits(row, counted(find_toponyms(row["text"], None, gazetteer), COUNTED[corpus])) for row in rows(path)]
    value, note = f1(counts)
    yield Score(name=f"locate {corpus} span F1 without a parse", value=value, note=f"{len(counts)} texts, {note}")


def speed(folder: Path) -> Iterable[Score]:
    """Documents a second of one core's time, names found and resolved: parsed before, without a parse, and with the parse."""
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.toponyms import find_toponyms
    from wayout.text.english import parse_texts

    gazetteer = open_gazetteer()
    texts = [row for name in GEOPARSING for row in sample(folder / f"{name}.jsonl.gz")]

    def run(some: list[dict[str, Any]], parses: Iterable[Any]) -> float:
        started = time.process_time()
        for row, parsed in zip(some, parses, strict=True):
            found = counted(find_toponyms(row["text"], parsed, gazetteer), COUNTED["geowebnews"])
            resolve(row, [{"start": a, "end": b} for a, b in sorted(found)])
        return len(some) / (time.process_time() - started)

    # other texts warm the word lists up; no text is measured twice, its look-ups would be remembered
    warm, before, without, whole = (texts[i::4] for i in range(4))
    run(warm, [None] * len(warm))
    n_characters = sum(len(row["text"]) for row in texts) // len(texts)
    note = f"{len(before)} texts of {n_characters} characters, processor seconds of one core"
    parsed = list(parse_texts([row["text"] for row in before]))
    yield Score(name="speed locate documents a second, parse excluded", value=run(before, parsed), note=note)
    yield Score(
        name="speed locate documents a second, without a parse", value=run(without, [None] * len(without)), note=note
    )
    value = run(whole, parse_texts([row["text"] for row in whole]))
    yield Score(name="speed locate documents a second, with parse", value=value, note=note)
