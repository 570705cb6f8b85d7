"""Bench of who says what, on PolNeAR's developers' part: all publishers, each of them, and two that no rule was tuned on."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.extract.attribution import find_attributions
from wayout.text.english import open_english

ROLES = ("cue", "source", "content")
UNSEEN = frozenset({"huff-post", "west-journal"})
"""Publishers whose articles were never looked at while the rules were written, in no part of the corpus."""
_TOKEN = re.compile(r"\w+|[^\w\s]")
_FLOORS = {"cue": ".368", "source": ".248", "content": ".561", "overlap": ".546", "link": ".367", "mean": ".392"}
Stretch = tuple[int, int]
Marked = dict[str, list[Stretch]]
"""The pieces of each role of one attribution, as character offsets."""


def measure(corpora: Path) -> list[Score]:
    """Measure cue, source and content; the corpus is local only, see its README for the metric."""
    path = corpora / "text" / "polnear" / "dev.jsonl.gz"
    if not path.exists():
        raise CorpusMissingError(f"no {path}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    by_publisher: dict[str, Counter[tuple[str, str]]] = {}
    for row, parsed in zip(rows, open_english().pipe(r["text"] for r in rows), strict=True):
        by_publisher.setdefault(row["publisher"], Counter()).update(count(row, parsed))
    every: Counter[tuple[str, str]] = sum(by_publisher.values(), Counter())
    unseen: Counter[tuple[str, str]] = sum((c for p, c in by_publisher.items() if p in UNSEEN), Counter())
    scores = [
        *_scores("polnear dev attribution", every, beside=True),
        *_scores("polnear dev attribution, two publishers not looked at", unseen, beside=False),
    ]
    for publisher, counts in sorted(by_publisher.items()):
        note = ", ".join(f"{role} {_f1(counts, role):.3f}" for role in ROLES)
        mean = sum(_f1(counts, role) for role in ROLES) / len(ROLES)
        scores.append(Score(name=f"polnear dev attribution, {publisher}: mean token F1", value=mean, note=note))
    return scores


def count(row: dict[str, Any], parsed: Any) -> Counter[tuple[str, str]]:
    """
    Count what is right in one article.

    Parameters
    ----------
    row
        An article of the corpus: text, attributions.
    parsed
        Its parse.

    Returns
    -------
    counts
        By figure: "right", and "all" (found and marked together).
    """
    counts: Counter[tuple[str, str]] = Counter()
    tokens = [m.span() for m in _TOKEN.finditer(row["text"])]
    found: list[Marked] = [
        {role: [_chars(parsed, piece) for piece in getattr(a, role)] for role in ROLES}
        for a in find_attributions(parsed)
    ]
    gold: list[Marked] = [{role: [tuple(s) for s in g[role]] for role in ROLES} for g in row["attributions"]]
    for role in ROLES:
        ours = _touched(tokens, (s for a in found for s in a[role]))
        theirs = _touched(tokens, (s for a in gold for s in a[role]))
        counts[role, "right"] += len(ours & theirs)
        counts[role, "all"] += len(ours) + len(theirs)
    counts["overlap", "right"] += _pairs(found, gold, lambda a, b: _overlap(a["cue"], b["cue"]))
    counts["link", "right"] += _pairs(found, gold, _linked)
    for figure in ("overlap", "link"):
        counts[figure, "all"] += len(found) + len(gold)
    return counts


def _scores(name: str, counts: Counter[tuple[str, str]], *, beside: bool) -> list[Score]:
    values = {role: _f1(counts, role) for role in (*ROLES, "overlap", "link")}
    values["mean"] = sum(values[role] for role in ROLES) / len(ROLES)
    words = {"mean": "mean token F1", "overlap": "cue overlap F1", "link": "link F1"}
    return [
        Score(
            name=f"{name}: {words.get(figure, f'{figure} token F1')}",
            value=values[figure],
            beside=f"rule floor {_FLOORS[figure]}" if beside else "",
        )
        for figure in ("mean", *ROLES, "overlap", "link")
    ]


def _f1(counts: Counter[tuple[str, str]], figure: str) -> float:
    return 2 * counts[figure, "right"] / max(counts[figure, "all"], 1)


def _chars(parsed: Any, piece: Stretch) -> Stretch:
    return parsed[piece[0]].idx, parsed[piece[1]].idx + len(parsed[piece[1]])


def _touched(tokens: list[Stretch], spans: Iterable[Stretch]) -> set[int]:
    return {i for start, end in spans for i, (a, b) in enumerate(tokens) if a < end and start < b}


def _overlap(ours: list[Stretch], theirs: list[Stretch]) -> bool:
    if not ours and not theirs:
        return True
    return any(a < d and c < b for a, b in ours for c, d in theirs)


def _linked(ours: Marked, theirs: Marked) -> bool:
    return all(_overlap(ours[role], theirs[role]) for role in ROLES)


def _pairs(ours: list[Marked], theirs: list[Marked], same: Callable[[Marked, Marked], bool]) -> int:
    used: set[int] = set()
    for item in ours:
        for j, other in enumerate(theirs):
            if j not in used and same(item, other):
                used.add(j)
                break
    return len(used)
