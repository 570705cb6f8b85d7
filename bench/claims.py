"""Bench of EXTRACT's claims half: attribution and certainty, on the developers' corpora."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bench.score import CorpusMissingError, Score
from wayout.extract.attribution import find_attributions
from wayout.extract.certainty import certainty_of
from wayout.text.english import open_english

UDS_SAMPLE = 500
"""Targets of UDS-IH2 dev measured (every fifth or so): keeps the bench under two minutes."""
_TOKEN = re.compile(r"\w+|[^\w\s]")
Stretch = tuple[int, int]


def measure(corpora: Path) -> list[Score]:
    """Measure both; the corpora are local only, see their READMEs for the metrics."""
    text = corpora / "text"
    if not (text / "polnear").exists():
        raise CorpusMissingError(f"no corpora under {text}")
    return [
        *_attribution(_rows(text / "polnear" / "dev.jsonl.gz")),
        *_certainty([r for r in _rows(text / "factuality" / "targets.jsonl.gz") if r["part"] == "dev"]),
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# -- attribution -----------------------------------------------------------------------------------------------------


def _attribution(rows: list[dict[str, Any]]) -> list[Score]:
    counts: Counter[tuple[str, str]] = Counter()
    for row, parsed in zip(rows, open_english().pipe(r["text"] for r in rows), strict=True):
        tokens = [m.span() for m in _TOKEN.finditer(row["text"])]
        found = [
            {role: [_chars(parsed, p) for p in getattr(a, role)] for role in ("cue", "source", "content")}
            for a in find_attributions(parsed)
        ]
        gold = [{r: [tuple(s) for s in g[r]] for r in ("cue", "source", "content")} for g in row["attributions"]]
        for role in ("cue", "source", "content"):
            ours = _touched(tokens, (s for a in found for s in a[role]))
            theirs = _touched(tokens, (s for a in gold for s in a[role]))
            counts[role, "right"] += len(ours & theirs)
            counts[role, "all"] += len(ours) + len(theirs)
        counts["cues", "right"] += _pairs([a["cue"] for a in found], [a["cue"] for a in gold], _overlap)
        counts["links", "right"] += _pairs(found, gold, _linked)
        counts["links", "all"] += len(found) + len(gold)
    counts["cues", "all"] = counts["links", "all"]
    f = {
        role: 2 * counts[role, "right"] / counts[role, "all"] for role in ("cue", "source", "content", "cues", "links")
    }
    mean = (f["cue"] + f["source"] + f["content"]) / 3
    return [
        Score(name="polnear dev attribution: mean token F1", value=mean, beside="rule floor .392"),
        Score(name="polnear dev attribution: cue token F1", value=f["cue"], beside="rule floor .368"),
        Score(name="polnear dev attribution: source token F1", value=f["source"], beside="rule floor .248"),
        Score(name="polnear dev attribution: content token F1", value=f["content"], beside="rule floor .561"),
        Score(name="polnear dev attribution: cue overlap F1", value=f["cues"], beside="rule floor .546"),
        Score(name="polnear dev attribution: link F1", value=f["links"], beside="rule floor .367"),
    ]


def _chars(parsed: Any, piece: Stretch) -> Stretch:
    return parsed[piece[0]].idx, parsed[piece[1]].idx + len(parsed[piece[1]])


def _touched(tokens: list[Stretch], spans: Iterable[Stretch]) -> set[int]:
    return {i for start, end in spans for i, (a, b) in enumerate(tokens) if a < end and start < b}


def _overlap(ours: list[Stretch], theirs: list[Stretch]) -> bool:
    if not ours and not theirs:
        return True
    return any(a < d and c < b for a, b in ours for c, d in theirs)


def _linked(ours: dict[str, list[Stretch]], theirs: dict[str, list[Stretch]]) -> bool:
    return all(_overlap(ours[role], theirs[role]) for role in ("cue", "source", "content"))


def _pairs(ours: list[Any], theirs: list[Any], same: Callable[[Any, Any], bool]) -> int:
    used: set[int] = set()
    for item in ours:
        for j, other in enumerate(theirs):
            if j not in used and same(item, other):
                used.add(j)
                break
    return len(used)


# -- certainty -------------------------------------------------------------------------------------------------------

_FLOORS = {"UW": ".622 / .622", "MEANTIME": ".576 / .268", "CB": "1.567 / .550", "UDS_IH2": "1.884 / .305"}


def _certainty(rows: list[dict[str, Any]]) -> list[Score]:
    from spacy.tokens import Doc

    nlp = open_english()
    by_corpus: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_corpus[row["corpus"]].append(row)
    scores, errors, correlations = [], [], []
    for corpus, targets in sorted(by_corpus.items()):
        sampled = targets[:: max(1, len(targets) // UDS_SAMPLE)] if corpus == "UDS_IH2" else targets
        texts = sorted({row["text"] for row in sampled})
        docs = (Doc(nlp.vocab, words=text.split(" ")) for text in texts)
        parsed = dict(zip(texts, nlp.pipe(docs, disable=["ner"]), strict=True))
        ours = np.array([certainty_of(_target(parsed[row["text"]], row["start"])) for row in sampled])
        gold = np.array([row["label"] for row in sampled])
        errors.append(float(np.abs(ours - gold).mean()))
        correlations.append(float(np.corrcoef(ours, gold)[0, 1]))
        note = f"{len(sampled)} of {len(targets)} targets" if len(sampled) < len(targets) else ""
        name = f"factuality dev {corpus}{' sample' if note else ''}"
        floor = f"rule floor MAE / r {_FLOORS[corpus]}"
        scores.append(Score(name=f"{name}: MAE", value=errors[-1], higher_is_better=False, beside=floor, note=note))
        scores.append(Score(name=f"{name}: Pearson r", value=correlations[-1], beside=floor, note=note))
    mean_error, mean_r = float(np.mean(errors)), float(np.mean(correlations))
    return [
        Score(name="factuality dev: mean MAE", value=mean_error, higher_is_better=False, beside="rule floor 1.162"),
        Score(name="factuality dev: mean Pearson r", value=mean_r, beside="rule floor .436"),
        *scores,
    ]


def _target(parsed: Any, start: int) -> Any:
    return next((token for token in parsed if token.idx + len(token) > start), parsed[-1])
