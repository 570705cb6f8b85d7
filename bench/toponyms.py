"""Measure LOCATE on news: names in text (spans), and how near the places chosen for them are."""

import math
from collections.abc import Iterable
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


def measure(corpora: Path) -> list[Score]:
    """Measure spans and points from raw text, and points on gold spans."""
    folder = corpora / "text" / "geoparsing"
    if not folder.exists():
        raise CorpusMissingError(f"no geoparsing corpora at {folder}")
    scores = []
    for name in GEOPARSING:
        path = folder / f"{name}.jsonl.gz"
        scores += [*geoparsing(path, name), *gold_spans(path, name)]
    return scores


def sample(path: Path) -> list[dict[str, Any]]:
    texts = list(rows(path))
    step = max(1, math.ceil(len(texts) / MAX_TEXTS))
    return texts[::step]


def geoparsing(path: Path, corpus: str) -> Iterable[Score]:
    """Exact-span F1 of names, and how near the chosen places are."""
    from wayout.locate.finding.name_matches import match_names
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.text.english import parse_text

    gazetteer = open_gazetteer()
    tp = fp = fn = n_gold = 0
    errors: list[float] = []
    for row in sample(path):
        gold = {(t["start"], t["end"]): t for t in row["toponyms"] if not t["optional"]}
        ignored = [(t["start"], t["end"]) for t in row["toponyms"] if t["optional"]]
        names = [(n.start, n.end) for n in match_names(row["text"], parse_text(row["text"]), gazetteer, ())]
        kept = [s for s in names if s in gold or not any(a < s[1] and s[0] < b for a, b in ignored)]
        answers = resolve(row, [{"start": a, "end": b} for a, b in names])
        chosen = {(answer.start, answer.end): answer.place for answer in answers}
        tp += sum(s in gold for s in kept)
        fp += sum(s not in gold for s in kept)
        fn += sum(s not in set(kept) for s in gold)
        placed = [t for t in gold.values() if t["lat"] is not None]
        n_gold += len(placed)
        for t in placed:
            place = chosen.get((t["start"], t["end"]))
            if (t["start"], t["end"]) in set(kept) and place is not None:
                errors.append(km_between(place.lon, place.lat, t["lon"], t["lat"]))
    near = sum(e <= 161 for e in errors)
    note = f"{n_gold} toponyms, {len(errors)} placed"
    yield Score(
        name=f"locate {corpus} span F1", value=2 * tp / max(1, 2 * tp + fp + fn), beside=FLOORS[corpus], note=note
    )
    yield Score(name=f"locate {corpus} Acc@161 of placed", value=near / max(1, len(errors)))
    yield Score(name=f"locate {corpus} Acc@161 of all", value=near / max(1, n_gold))
    yield Score(name=f"locate {corpus} Acc@25 of all", value=sum(e <= 25 for e in errors) / max(1, n_gold))
    auc = sum(math.log1p(e) / math.log1p(FARTHEST_KM) for e in errors) / max(1, len(errors))
    yield Score(name=f"locate {corpus} AUC of placed", value=auc, higher_is_better=False)
