"""Bench of EXTRACT's claims half: attribution and certainty, on the developers' corpora."""

import gzip
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from bench.score import CorpusMissingError, Score
from wayout.extract.certainty import certainty_of
from wayout.text.english import open_english

UDS_SAMPLE = 500
"""Targets of UDS-IH2 dev measured (every fifth or so): keeps the bench under two minutes."""


def measure(corpora: Path) -> list[Score]:
    """Measure both; the corpora are local only, see their READMEs for the metrics."""
    text = corpora / "text"
    if not (text / "factuality").exists():
        raise CorpusMissingError(f"no corpora under {text}")
    return [
        *_certainty([r for r in _rows(text / "factuality" / "targets.jsonl.gz") if r["part"] == "dev"]),
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


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
