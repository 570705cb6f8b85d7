"""Bench of certainty: how sure the author is of an event, on four corpora of event factuality."""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.score import CorpusMissingError, Score
from wayout.extract.certainty import certainty_of
from wayout.text.english import open_english

UDS_SAMPLE = 500
"""Targets of UDS-IH2 dev measured (every fifth or so): keeps the bench under a minute."""
_FLOORS = {"UW": ".622 / .622", "MEANTIME": ".576 / .268", "CB": "1.567 / .550", "UDS_IH2": "1.884 / .305"}
_ALWAYS_SURE = {"UW": ".771", "MEANTIME": ".312", "CB": "3.031", "UDS_IH2": "2.298"}


def measure(corpora: Path) -> list[Score]:
    """Measure dev, and the half of train whose sentences nobody read; the corpora are local only, see their README."""
    path = corpora / "text" / "factuality" / "targets.jsonl.gz"
    if not path.exists():
        raise CorpusMissingError(f"no {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    dev = _by_corpus([r for r in rows if r["part"] == "dev"])
    unread = _by_corpus([r for r in rows if r["part"] == "train" and r["corpus"] != "UDS_IH2" and _unread(r["text"])])
    figures = {corpus: _figures(targets) for corpus, targets in dev.items()}
    error, r = (float(np.mean([f[i] for f in figures.values()])) for i in (0, 1))
    scores = [
        Score(name="factuality dev: mean MAE", value=error, higher_is_better=False, beside="rule floor 1.162"),
        Score(name="factuality dev: mean Pearson r", value=r, beside="rule floor .436"),
    ]
    for corpus, targets in dev.items():
        name = f"factuality dev {corpus}{' sample' if corpus == 'UDS_IH2' else ''}"
        scores += _scores(name, figures[corpus], corpus, f"{len(targets)} targets")
    for corpus, targets in unread.items():
        scores += _scores(f"factuality unread train {corpus}", _figures(targets), corpus, f"{len(targets)} targets")
    return scores


def _unread(text: str) -> bool:
    """Tell whether a sentence is in the half that was never looked at while the rules were written."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1


def _by_corpus(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["corpus"]].append(row)
    uds = found.get("UDS_IH2")
    if uds:
        found["UDS_IH2"] = uds[:: max(1, len(uds) // UDS_SAMPLE)]
    return dict(sorted(found.items()))


def _figures(targets: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Return mean absolute error and Pearson r."""
    from spacy.tokens import Doc

    nlp = open_english()
    texts = sorted({row["text"] for row in targets})
    docs = (Doc(nlp.vocab, words=text.split(" ")) for text in texts)
    parsed = dict(zip(texts, nlp.pipe(docs, disable=["ner"]), strict=True))
    ours = np.array([certainty_of(_target(parsed[row["text"]], row["start"])) for row in targets])
    gold = np.array([row["label"] for row in targets])
    return float(np.abs(ours - gold).mean()), float(np.corrcoef(ours, gold)[0, 1])


def _target(parsed: Any, start: int) -> Any:
    return next((token for token in parsed if token.idx + len(token) > start), parsed[-1])


def _scores(name: str, figures: tuple[float, float], corpus: str, note: str) -> list[Score]:
    beside = f"rule floor MAE / r {_FLOORS[corpus]}; always +3: MAE {_ALWAYS_SURE[corpus]} (dev)"
    return [
        Score(name=f"{name}: MAE", value=figures[0], higher_is_better=False, beside=beside, note=note),
        Score(name=f"{name}: Pearson r", value=figures[1], beside=beside, note=note),
    ]
