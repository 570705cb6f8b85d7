"""Bench of political events: PLOVER gold standard records and the unit sentences of PETRARCH."""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.petrarch import measure_petrarch
from bench.score import CorpusMissingError, Score
from bench.state_codes import codes_in
from wayout.extract.actors import find_actors, open_actors
from wayout.extract.lexicon import open_lexicon
from wayout.extract.plover.event_types import PloverEvent, find_plover_events
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.toponyms import find_places
from wayout.model import Document, Source, Step, document_id
from wayout.text.english import open_english
from wayout.vocab import read_vocab

_MARK = re.compile(r"\((?P<roles>(?:SRC|TAR|EVT|LOC)(?:/(?:SRC|TAR|EVT|LOC))*):\s*")
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """One gold record: the plain text, its spans by role, type, codes by role, and whether its half was read."""

    text: str
    spans: dict[str, list[Stretch]]
    event: str
    codes: frozenset[tuple[str, str]]
    seen: bool


def measure(corpora: Path) -> list[Score]:
    """Measure both corpora; they are local only, see their READMEs for the metrics."""
    text = corpora / "text"
    if not (text / "plover_gsr").exists():
        raise CorpusMissingError(f"no corpora under {text}")
    rows = [json.loads(line) for line in (text / "plover_gsr" / "records.jsonl").open(encoding="utf-8")]
    return [*_events(rows), *measure_records(read_records(rows)), *measure_petrarch(text / "petrarch_unit")]


def is_seen(identity: str) -> bool:
    """Tell whether a sentence is of the half whose errors were read; the other half only ever gives figures."""
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 2 == 0


def read_records(rows: Iterable[dict[str, Any]]) -> list[Record]:
    """Read the gold records that carry mark-up."""
    found = []
    for row in rows:
        markup = (row.get("textInfo") or {}).get("markup") if isinstance(row.get("textInfo"), dict) else None
        if not markup:
            continue
        text, spans = unmark(" ".join(markup.split()))
        codes = {(role, code) for role in ("source", "target") for code in _codes(row.get(role))}
        if not row.get("target"):
            codes |= {("target", code) for code in _codes(row.get("source")) if "SRC/TAR" in markup}
        found.append(Record(text, spans, row["event"], frozenset(codes), is_seen(row["id"])))
    return found


def _codes(given: Any) -> list[str]:
    return [a["code"] for a in given if isinstance(a, dict) and a.get("code")] if isinstance(given, list) else []


def unmark(markup: str) -> tuple[str, dict[str, list[Stretch]]]:
    """Take the inline marks out of a text; brackets of the text itself stay."""
    spans: dict[str, list[Stretch]] = {"SRC": [], "TAR": [], "EVT": [], "LOC": []}
    plain, open_marks, place = [], [], 0
    length = 0
    while place < len(markup):
        mark = _MARK.match(markup, place)
        char = markup[place]
        if mark:
            open_marks.append((mark.group("roles").split("/"), length))
            place = mark.end()
            continue
        if char == "(":
            open_marks.append(([], length))
        if char == ")" and open_marks:
            roles, start = open_marks.pop()
            for role in roles:
                spans[role].append((start, length))
            if roles:
                place += 1
                continue
        plain.append(char)
        length += 1
        place += 1
    return "".join(plain), spans


def read_with_events(records: Sequence[Record]) -> list[tuple[Any, tuple[PloverEvent, ...]]]:
    """Run the chain's own actors, places and events over the records."""
    book, gazetteer = open_actors(), open_gazetteer()
    found = []
    for record, parsed in zip(records, open_english().pipe(r.text for r in records), strict=True):
        document = Document(
            id=document_id(record.text),
            text=record.text,
            title=None,
            source=Source(name="bench"),
            url=None,
            byline=None,
            published=datetime(2000, 1, 1, tzinfo=UTC),
            retrieved=None,
            language="en",
            made_by=Step(name="bench", version="1"),
        )
        actors = find_actors(document, parsed, book)
        places = find_places(document, parsed, gazetteer, [m.span for m in actors])
        found.append((parsed, find_plover_events(parsed, [*actors, *places])))
    return found


def main_event(events: Sequence[PloverEvent]) -> PloverEvent | None:
    """Return what a sentence is about: the event under the fewest clauses, the first of several."""
    return min(events, key=lambda e: (e.depth, e.trigger.i), default=None)


def measure_records(records: Sequence[Record]) -> list[Score]:
    """Score the main event of each record, on both halves."""
    counts: Counter[tuple[str, str]] = Counter()
    for record, (_, events) in zip(records, read_with_events(records), strict=True):
        half = "read half" if record.seen else "unread half"
        for key, amount in score_record(record, main_event(events)).items():
            counts[half, key] += amount
    return [score for half in ("read half", "unread half") for score in _scores(half, counts)]


def score_record(record: Record, event: PloverEvent | None) -> Counter[str]:
    """Count what is right of one record."""
    counts: Counter[str] = Counter(records=1)
    ours: dict[str, list[Stretch]] = {"SRC": [], "TAR": []}
    if event is not None:
        ours = {
            "SRC": [(p.start, p.end) for p in event.actors],
            "TAR": [(p.start, p.end) for p in event.recipients],
        }
    counts["type"] = int(event is not None and event.type == record.event)
    right = {}
    for role, name in (("SRC", "actor"), ("TAR", "recipient")):
        gold = record.spans[role]
        hit_gold = sum(any(_meet(g, o) for o in ours[role]) for g in gold)
        hit_ours = sum(any(_meet(g, o) for g in gold) for o in ours[role])
        counts[f"{name} gold"] += len(gold)
        counts[f"{name} ours"] += len(ours[role])
        counts[f"{name} hit gold"] += hit_gold
        counts[f"{name} hit ours"] += hit_ours
        right[role] = bool(hit_gold) or not gold
        right[role + " all"] = hit_gold == len(gold) and hit_ours == len(ours[role])
        counts[f"{name} found"] += int(right[role])
    counts["right"] = int(bool(counts["type"]) and right["SRC"] and right["TAR"])
    counts["all right"] = int(bool(counts["type"]) and right["SRC all"] and right["TAR all"])
    codes = {
        (side, code)
        for side, role in (("source", "SRC"), ("target", "TAR"))
        for start, end in ours[role]
        for code in codes_in(record.text[start:end])
    }
    counts["codes right"] = len(codes & record.codes)
    counts["codes all"] = len(codes) + len(record.codes)
    return counts


def _meet(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _scores(half: str, counts: Counter[tuple[str, str]]) -> list[Score]:
    def share(part: str, whole: str) -> float:
        return counts[half, part] / max(1, counts[half, whole])

    note = f"{half}: {counts[half, 'records']} records"
    found = [
        Score(
            name=f"plover_gsr: event type, {half}", value=share("type", "records"), beside="majority .124", note=note
        ),
        Score(name=f"plover_gsr: type, actor and recipient right, {half}", value=share("right", "records"), note=note),
        Score(name=f"plover_gsr: type and every party right, {half}", value=share("all right", "records"), note=note),
        Score(name=f"plover_gsr: actor code F1, {half}", value=2 * share("codes right", "codes all"), note=note),
    ]
    for role in ("actor", "recipient"):
        recall, precision = share(f"{role} hit gold", f"{role} gold"), share(f"{role} hit ours", f"{role} ours")
        f1 = 2 * recall * precision / max(1e-9, recall + precision)
        found.append(Score(name=f"plover_gsr: {role} span F1, {half}", value=f1, note=note))
    return found


def _events(rows: list[dict[str, Any]]) -> list[Score]:
    """Compare the class of the first trigger word; many PLOVER classes (protest, demand) are none of our predicates."""
    predicates = read_vocab("predicates.yaml")["predicates"]
    lexicon = open_lexicon()
    older = {"ASSAULT": {"ASSAULT", "FIGHT"}, "FIGHT": {"ASSAULT", "FIGHT"}}
    right = covered = inside = 0
    ours = {spec["plover"] for spec in predicates.values()}
    for row, parsed in zip(rows, open_english().pipe(r["text"] for r in rows), strict=True):
        classes = [
            predicates[entries[0].predicate]["plover"]
            for token in parsed
            if (entries := lexicon.entries.get((_part(token), token.lemma_.lower())))
        ]
        answers = older.get(classes[0], {classes[0]}) if classes and classes[0] else set()
        right += row["event"] in answers
        known = row["event"] in ours or row["event"] == "FIGHT"
        inside += known
        covered += known and row["event"] in answers
    return [
        Score(
            name="plover_gsr: event accuracy, first trigger word",
            value=right / len(rows),
            beside="majority .124",
            note="only classes of our predicates can be right",
        ),
        Score(
            name="plover_gsr: the same on our classes", value=covered / inside, note=f"{inside} of {len(rows)} records"
        ),
    ]


def _part(token: Any) -> str:
    return {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}.get(token.pos_, "")


def _open_lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
