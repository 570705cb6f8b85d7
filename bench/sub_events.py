"""Sub-event types of short news snippets (CASE 2021 task 2): half looked at while the rules were mended, half not."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.score import CorpusMissingError, Score
from wayout.extract.acled.sub_events import sides_by_token, sub_event_of
from wayout.extract.actors import ActorBook, find_actors, open_actors
from wayout.model.document import Document, Source, Step, document_id
from wayout.text.english import open_english

LABELS = {
    "DISR_WEAP": "Disrupted weapons use",
    "ARMED_CLASH": "Armed clash",
    "PEACE_PROTEST": "Peaceful protest",
    "VIOL_DEMONSTR": "Violent demonstration",
    "GRENADE": "Grenade",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "MAN_MADE_DISASTER": "Man-made disaster",
    "AIR_STRIKE": "Air/drone strike",
    "ARREST": "Arrests",
    "GOV_REGAINS_TERIT": "Government regains territory",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "NATURAL_DISASTER": "Natural disaster",
    "AGREEMENT": "Agreement",
    "CHEM_WEAP": "Chemical weapon",
    "SUIC_BOMB": "Suicide bomb",
    "DIPLO": "Diplomatic event",
    "ORG_CRIME": "Organised crime",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "SEX_VIOL": "Sexual violence",
    "ATTRIB": "Attribution of responsibility",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "ATTACK": "Attack",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "MOB_VIOL": "Mob violence",
    "OTHER": "Other",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
}
"""The corpus's labels in ACLED's wording."""
TERRITORY = ("Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory")

Pair = tuple[str, str | None]


def measure(corpora: Path) -> list[Score]:
    """Return weighted and macro F1, accuracy and the recall of the territory classes; the looked-at and the unseen half apart."""
    path = corpora / "text" / "case2021_task2" / "snippets.jsonl"
    if not path.exists():
        raise CorpusMissingError(f"{path} is not there; the CASE 2021 snippets are needed")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    book = open_actors()
    parsed = open_english().pipe(row["text"] for row in rows)
    pairs = {r["id"]: (LABELS[r["label"]], classify(doc, book)) for r, doc in zip(rows, parsed, strict=True)}
    every = list(pairs.values())
    seen = [p for i, p in pairs.items() if is_seen(i)]
    unseen = [p for i, p in pairs.items() if not is_seen(i)]
    theatre = [pairs[row["id"]] for row in rows if row["theatre"]]
    name = "case2021 task 2"
    return [
        Score(name=f"{name}: weighted F1", value=weighted_f1(every), beside="floor .442; best published .771", note=f"{len(every)} snippets"),
        Score(name=f"{name}: weighted F1, half looked at", value=weighted_f1(seen), note=f"{len(seen)} snippets"),
        Score(name=f"{name}: weighted F1, half not looked at", value=weighted_f1(unseen), note=f"{len(unseen)} snippets"),
        Score(name=f"{name}: macro F1", value=macro_f1(every)),
        Score(name=f"{name}: accuracy", value=sum(g == p for g, p in every) / len(every)),
        Score(name=f"{name}: weighted F1 on the theatre", value=weighted_f1(theatre), beside="floor .414", note=f"{len(theatre)} snippets"),
        Score(name=f"{name}: recall of the territory classes", value=_recall(every), beside="floor .341"),
        Score(name=f"{name}: recall of the territory classes, half not looked at", value=_recall(unseen)),
    ]  # fmt: skip


def is_seen(row_id: str) -> bool:
    """Tell whether errors on a snippet were looked at while the rules were mended."""
    return int(row_id.rsplit(":", 1)[1]) % 4 == 1


def classify(parsed: Any, book: ActorBook) -> str | None:
    """Return the type of a parsed snippet."""
    mentions = find_actors(_document(parsed.text), parsed, book)
    known = [
        (m.span.start, m.span.end, book.by_id(m.ref).kind)
        for m in mentions
        if m.ref is not None and not m.ref.startswith("unknown:") and m.route not in ("metonym", "coreference")
    ]
    found = sub_event_of(parsed, sides_by_token(parsed, known))
    return found.type if found else None


def f1_by_class(pairs: Sequence[Pair]) -> dict[str, tuple[float, int]]:
    """Return F1 and gold count of each class that is in the gold."""
    gold, mine = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    return {c: (2 * right[c] / (n + mine[c]), n) for c, n in gold.items()}


def weighted_f1(pairs: Sequence[Pair]) -> float:
    """Return F1 of each class weighted by its gold count."""
    return sum(f * n for f, n in f1_by_class(pairs).values()) / len(pairs)


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the plain mean of the classes' F1."""
    scores = f1_by_class(pairs)
    return sum(f for f, _ in scores.values()) / len(scores)


def _recall(pairs: Sequence[Pair]) -> float:
    asked = [(g, p) for g, p in pairs if g in TERRITORY]
    return sum(g == p for g, p in asked) / max(len(asked), 1)


def _document(text: str) -> Document:
    made: dict[str, Any] = dict.fromkeys(("title", "url", "byline", "published", "retrieved"))
    return Document(
        id=document_id(text), text=text, source=Source(name="case2021"), language="en",
        made_by=Step(name="bench", version="1"), **made,
    )  # fmt: skip
