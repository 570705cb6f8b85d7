"""Bench of wording: precision of the linter on hand-judged findings in real text, recall on made-up faults, findings in others' questions."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.score import CorpusMissingError, Score
from wayout.assess.likelihood import lint_text

JUDGED = Path(__file__).with_name("wording_judged.csv")
"""100 findings drawn with seed 20261122 from all faults in the corpora below and judged by hand; places and reasons, no text."""
JUDGED_RIGHT = 0.75
"""Share judged right when they were drawn: the honest figure, for the reporting verbs were widened after it."""


def measure(corpora: Path) -> list[Score]:
    """Lint five corpora (local only, see their README) and the questions of the Good Judgment Project."""
    texts = dict(_texts(corpora))
    found = {key: lint_text(text) for key, text in texts.items()}
    faults = {
        (key, f.start, f.end, f.rule): f for key, findings in found.items() for f in findings if f.level == "fault"
    }
    with JUDGED.open(encoding="utf-8") as lines:
        judged = list(csv.DictReader(lines))
    still = [
        row
        for row in judged
        if ((row["corpus"], row["document"]), int(row["start"]), int(row["end"]), row["rule"]) in faults
    ]
    right = sum(row["right"] == "1" for row in still)
    lost = sum(row["right"] == "1" for row in judged) - right
    words = Counter({corpus: 0 for corpus, _ in texts})
    counts: Counter[str] = Counter()
    for (corpus, _), text in texts.items():
        words[corpus] += len(text.split())
    for key, *_ in faults:
        counts[key[0]] += 1
    news = [c for c in words if not c.startswith("gjp")]
    per_thousand = 1000 * sum(counts[c] for c in news) / sum(words[c] for c in news)
    return [
        Score(
            name="wording: findings judged right, of those still found",
            value=right / len(still),
            beside=f"{JUDGED_RIGHT} when drawn",
            note=f"{len(still)} of {len(judged)} still found; {lost} right ones lost; the rules were mended on these, so read the figure beside",
            has_floor=False,
        ),
        Score(
            name="wording: findings per 1,000 words of news and releases",
            value=per_thousand,
            higher_is_better=False,
            note=f"{sum(words[c] for c in news):,} words",
            has_floor=False,
        ),
        Score(
            name="wording: findings in the text and options of questions",
            value=counts["gjp_text"],
            higher_is_better=False,
            note="526 questions; goal: none",
        ),
        Score(
            name="wording: findings in descriptions of questions",
            value=counts["gjp_desc"],
            higher_is_better=False,
            note="words of the project's writers, in their own voice",
            has_floor=False,
        ),
    ]


def _texts(corpora: Path) -> Iterator[tuple[tuple[str, str], str]]:
    text = corpora / "text"
    lists = (
        ("fa_kes", text / "fa_kes" / "articles.jsonl.gz"),
        ("reports", text / "reports_syria_iraq" / "reports.jsonl.gz"),
        ("centcom", text / "centcom_lines_dev" / "releases.jsonl.gz"),
        ("re3d", text / "re3d" / "documents.jsonl"),
    )
    questions = corpora / "geo" / "gjp" / "questions.csv.gz"
    for path in (*(path for _, path in lists), questions):
        if not path.exists():
            raise CorpusMissingError(f"no {path}")
    for corpus, path in lists:
        raw = path.read_bytes()
        for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").strip("\n").split("\n"):
            record = json.loads(line)
            yield (corpus, str(record.get("id") or record.get("_id"))), record["text"]
    with gzip.open(questions, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield ("gjp_text", row["ifp_id"]), f"{row['q_text']} {row['options']}"
            yield ("gjp_desc", row["ifp_id"]), row["q_desc"]
