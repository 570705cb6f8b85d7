"""How well track records are learned: on sources of planted reliability, and on labelled articles by outlet (a caution, never a verdict)."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.score import CorpusMissingError, Score
from wayout.fuse.weighing.evidence import Evidence, EvidenceRow
from wayout.fuse.weighing.propositions import Proposition
from wayout.fuse.weighing.resolving import counts_of, resolve_claims
from wayout.fuse.weighing.track_record import estimate_records

SEED = 6
N_WORLDS = 40
N_SOURCES = 25
N_HALVES = 20


def measure(corpora: Path) -> list[Score]:
    """Measure the estimator on simulated sources, then on the outlets of fa_kes."""
    return [*_planted(), *_confirmed_by_others(), *_outlets(corpora)]


def _planted() -> list[Score]:
    """Sources whose reliability is known; each claim is resolved by the truth. Few have many claims, many have few."""
    rng = np.random.default_rng(SEED)
    inside, error, raw, pooled = [], [], [], []
    for _ in range(N_WORLDS):
        p = rng.beta(6, 3, N_SOURCES)
        n = rng.geometric(0.12, N_SOURCES)
        k = rng.binomial(n, p)
        records = estimate_records({f"s{i:02}": (int(k[i]), int(n[i])) for i in range(N_SOURCES)})
        for i, record in enumerate(records.values()):
            inside.append(record.low <= p[i] <= record.high)
            error.append((record.p_right - p[i]) ** 2)
            raw.append((k[i] / n[i] - p[i]) ** 2)
            pooled.append((k.sum() / n.sum() - p[i]) ** 2)
    beside = f"raw share {np.sqrt(np.mean(raw)):.3f}, overall rate {np.sqrt(np.mean(pooled)):.3f}"
    note = f"{N_WORLDS} worlds of {N_SOURCES} sources, p from Beta(6, 3), 1 to some 40 resolved claims each"
    return [
        Score(
            name="planted: rms error of p",
            value=float(np.sqrt(np.mean(error))),
            higher_is_better=False,
            beside=beside,
            note=note,
        ),
        Score(
            name="planted: truth inside the 90 % interval",
            value=float(np.mean(inside)),
            note="should be .90",
            has_floor=False,
        ),
    ]


def _confirmed_by_others() -> list[Score]:
    """The same, but nobody knows the truth: claims are resolved by later reports of other sources, each right as often as it is."""
    rng = np.random.default_rng(SEED + 1)
    inside, ranks = [], []
    for _ in range(N_WORLDS // 4):
        p = rng.beta(6, 3, N_SOURCES)
        rows = []
        for event in range(400):
            truth = rng.random() < 0.5
            for day, s in enumerate(rng.choice(N_SOURCES, size=rng.integers(1, 5), replace=False)):
                says = truth if rng.random() < p[s] else not truth
                rows.append(_row(event, int(s), day, says=bool(says)))
        records = estimate_records(counts_of(resolve_claims(Evidence.of(rows), 1e6)))
        told = [records[f"s{i:02}"] for i in range(N_SOURCES) if f"s{i:02}" in records]
        planted = np.array([p[int(r.source[1:])] for r in told])
        inside += [r.low <= x <= r.high for r, x in zip(told, planted, strict=True)]
        ranks.append(_rank_correlation(np.array([r.p_right for r in told]), planted))
    return [
        Score(
            name="confirmed by others: rank correlation with the planted p",
            value=float(np.mean(ranks)),
            note="resolvers err as often as anybody",
        ),
        Score(
            name="confirmed by others: planted p inside the 90 % interval",
            value=float(np.mean(inside)),
            note="agreement with others is not truth: the record is drawn toward one half, and says so",
            has_floor=False,
        ),
    ]


def _row(event: int, source: int, day: int, *, says: bool) -> EvidenceRow:
    name, words = f"s{source:02}", 2.0 if says else -2.0
    proposition = Proposition("holds", f"town {event}", "group", "reported").key
    known = float(event * 10 + day * 0.5)
    return EvidenceRow(
        f"claim-{event}-{name}", f"doc-{event}-{name}", name, proposition, name, known, known, words, words, 30.0
    )


def _outlets(corpora: Path) -> list[Score]:
    """Learn each outlet's share of label 1 on the earlier half, predict the later; then on random halves."""
    path = corpora / "text" / "fa_kes" / "articles.jsonl.gz"
    if not path.is_file():
        raise CorpusMissingError(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = sorted((json.loads(line) for line in lines), key=lambda a: (a["date"], a["id"]))
    outlets = [str(a["outlet"]) for a in articles]
    labels = np.array([int(a["label"]) for a in articles])
    half = len(labels) // 2
    order = np.arange(len(labels))
    auc, brier, base = _predict(outlets, labels, order[:half], order[half:])
    rng = np.random.default_rng(SEED)
    halves = []
    for _ in range(N_HALVES):
        mixed = rng.permutation(len(labels))
        halves.append(_predict(outlets, labels, mixed[:half], mixed[half:]))
    mean = np.mean(halves, axis=0)
    better = sum(b < o for _, b, o in halves)
    caution = "labels compare casualty numbers with one side's records: a caution, never a verdict on an outlet"
    return [
        Score(
            name="fa_kes by outlet, later half: AUC",
            value=auc,
            beside="overall rate .500",
            note=caution,
            items=len(labels) - half,
            has_floor=False,
        ),
        Score(
            name="fa_kes by outlet, later half: Brier",
            value=brier,
            higher_is_better=False,
            beside=f"overall rate {base:.4f}",
            has_floor=False,
        ),
        Score(
            name="fa_kes by outlet, random halves: AUC",
            value=float(mean[0]),
            beside="overall rate .500",
            note=f"mean of {N_HALVES}",
            has_floor=False,
        ),
        Score(
            name="fa_kes by outlet, random halves: Brier",
            value=float(mean[1]),
            higher_is_better=False,
            beside=f"overall rate {mean[2]:.4f}",
            note=f"better than the overall rate in {better} of {N_HALVES}",
            has_floor=False,
        ),
    ]


def _predict(
    outlets: Sequence[str], labels: NDArray[np.int64], learn: NDArray[np.int64], test: NDArray[np.int64]
) -> tuple[float, float, float]:
    counts = dict.fromkeys(outlets, (0, 0))
    for i in learn.tolist():
        held, n = counts[outlets[i]]
        counts[outlets[i]] = (held + int(labels[i]), n + 1)
    records = estimate_records(counts)
    p = np.array([records[outlets[i]].p_right for i in test.tolist()])
    y = labels[test]
    rate = float(labels[learn].mean())
    return _auc(p, y), float(np.mean((p - y) ** 2)), float(np.mean((rate - y) ** 2))


def _auc(p: NDArray[np.float64], y: NDArray[np.int64]) -> float:
    """Share of pairs of one label each that are in the right order, ties half."""
    ones, zeros = p[y == 1], p[y == 0]
    pairs = ones[:, None] - zeros[None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def _rank_correlation(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    first, second = (np.argsort(np.argsort(x)) for x in (a, b))
    return float(np.corrcoef(first, second)[0, 1])
