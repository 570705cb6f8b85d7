"""Score the unit sentences of PETRARCH: event class, source and target, with the suite's own dictionaries as actor knowledge."""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bench.score import Score
from wayout.extract.plover.event_types import PloverEvent, find_plover_events
from wayout.model import DocumentId, Mention, Span
from wayout.text.english import open_english
from wayout.vocab import read_vocab

MAIN_CLAUSE = 0.4
"""Depth of what is coordinated with a main verb or told by it."""
_ACTOR = re.compile(r"^(?P<name>[^\[#]+?)\s*(?:\[(?P<code>[^\]]*)\])?\s*(?:#.*)?$")
_DATED = re.compile(r"(?P<code>\S*)\s*(?P<dates>[<>]?\s*\d[\d\s<>-]*)?$")


def measure_petrarch(folder: Path) -> list[Score]:
    """Measure on both halves; the codes of the suite mix WEIS and CAMEO, so either scheme's class is right."""
    names, agents = read_actor_file(folder / "validate_actors.txt"), read_agent_file(folder / "validate_agents.txt")
    with gzip.open(folder / "sentences.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [r for r in rows if r["valid"]]
    discards = read_discards(folder / "validate_discards.txt")
    counts: Counter[tuple[str, str]] = Counter()
    texts = [" ".join(r["text"].split()) for r in rows]
    for row, parsed in zip(rows, open_english().pipe(texts), strict=True):
        half = "read half" if int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0 else "unread half"
        mentions = find_names(parsed.text, names, agents, row["date"])
        discarded = any(phrase in parsed.text.upper() for phrase in discards)
        events = () if discarded else find_plover_events(parsed, mentions)
        for key, amount in score_sentence(row, events).items():
            counts[half, key] += amount
    return [score for half in ("read half", "unread half") for score in _scores(half, counts)]


def score_sentence(row: dict[str, Any], events: Sequence[PloverEvent]) -> Counter[str]:
    """Count triples (class, source, target) that agree, and pairs of source and target whatever the class."""
    ours = Counter(t for e in main_events(events) for t in triples(e))
    gold = [
        (frozenset(classes_of(e["event"])), e["source"], e["target"])
        for e in row["events"]
        if e["source"] and e["target"] and e["source"][:3] != "---"
    ]
    scored = [g for g in gold if g[0]]
    left, right = Counter(ours), 0
    for classes, source, target in scored:
        hit = next((t for t in left if left[t] and t[0] & classes and t[1:] == (source, target)), None)
        if hit is not None:
            left[hit] -= 1
            right += 1
    pairs_gold = {g[1:] for g in gold}
    pairs_ours = {t[1:] for t in ours}
    first = {g[1:] for g in scored}
    return Counter(
        {
            "sentences": 1,
            "right": right,
            "gold": len(scored),
            "ours": sum(n for t, n in ours.items() if t[1:] in first or not gold or scored),
            "pairs right": len(pairs_gold & pairs_ours),
            "pairs": len(pairs_gold) + len(pairs_ours),
            "passed": int(right == len(scored) and sum(left.values()) == 0 and len(scored) == len(gold)),
            "scored": int(len(scored) == len(gold)),
        }
    )


def main_events(events: Sequence[PloverEvent]) -> list[PloverEvent]:
    """Return the events of main clauses, which are all the suite codes; where there is none, the least deep."""
    least = min((e.depth for e in events), default=0.0)
    return [e for e in events if e.depth <= max(least, MAIN_CLAUSE)]


def classes_of(code: str) -> set[str]:
    """Return the PLOVER types a code of the suite may stand for, by CAMEO or by WEIS."""
    schemes = read_vocab("event_codes.yaml")
    found: set[str] = set()
    for scheme in ("cameo", "weis"):
        table = schemes[scheme]
        key = next((code[:n] for n in (4, 3, 2) if code[:n] in table), None)
        found.update(table[key] if key else ())
    return found


def triples(event: PloverEvent) -> set[tuple[frozenset[str], str, str]]:
    """
    Return an event as (types, source, target) for every pair of actor and recipient known by a code.

    The suite codes what is announced as done: the type of the deed is an answer too. Visits and meetings it codes from
    both sides.
    """
    sources = _codes(event.actors)
    targets = _codes(event.recipients)
    kinds = frozenset({event.type, *([event.deed] if event.deed else [])})
    pairs = {(a, b) for a in sources for b in targets if a != b}
    if "CONSULT" in kinds:
        pairs |= {(b, a) for a, b in pairs}
    return {(kinds, a, b) for a, b in pairs}


def _codes(parties: Any) -> list[str]:
    found = [code for p in parties if p.mention is not None for code in p.mention.ref.split("/")]
    return list(dict.fromkeys(found))


def read_actor_file(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Read names with their codes and dates."""
    found: dict[str, list[tuple[str, str]]] = {}
    block: list[str] = []
    codes: list[tuple[str, str]] = []

    def close() -> None:
        for name in block:
            found[name] = list(codes)

    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.split("#")[0].rstrip()
        if not line.strip() or line.strip().startswith("<!") or line.strip().startswith("-->"):
            continue
        dated = re.match(r"^\s+\[(.*)\]", line)
        if dated:
            codes.append(_dates(dated.group(1)))
            continue
        match = _ACTOR.match(line)
        if match is None:
            continue
        name = match.group("name").strip()
        if not name.startswith("+"):
            close()
            block, codes = [], []
        block.append(_plain(name.lstrip("+")))
        if match.group("code"):
            codes.append(_dates(match.group("code")))
    close()
    return {name: codes for name, codes in found.items() if codes}


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _dates(code: str) -> tuple[str, str]:
    parts = code.strip().split(None, 1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def read_discards(path: Path) -> list[str]:
    """Read the phrases whose sentences the suite leaves out."""
    lines = (
        line.split("#")[0].split(";")[0].strip().lstrip("+") for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [
        _plain(line).upper()
        for line in lines
        if line and not line.startswith("Story") and not line.startswith("without")
    ]


def read_agent_file(path: Path) -> dict[str, str]:
    """Read agent words with their code pattern (~ stands for the state)."""
    found: dict[str, str] = {}
    for raw in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"^([A-Z'!_\- ]+?)\s*(\{[^}]*\})?\s*\[\s*([^\]]+?)\s*\]", raw)
        if match is None:
            continue
        word, plural, code = match.groups()
        for choice in _substituted(word):
            plain = _plain(choice)
            found[plain] = code
            found[_plural(plain)] = code
        if plural and plural.strip("{}"):
            found[_plain(plural.strip("{}"))] = code
    return found


def _substituted(word: str) -> list[str]:
    lists = {
        "!PERSON!": ("MAN", "MEN", "WOMAN", "WOMEN", "PERSON"),
        "!MINST!": ("MINISTER", "MINISTERS", "MINISTRY", "MINISTRIES"),
    }
    for mark, words in lists.items():
        if mark in word:
            return [word.replace(mark, w) for w in words]
    return [word]


def _plural(word: str) -> str:
    return f"{word[:-1]}IES" if word.endswith("Y") else f"{word}S"


@cache
def _day(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > 30 else "20") + digits
    return int(digits) if digits else 0


def _code_on(codes: list[tuple[str, str]], date: str) -> str | None:
    today, default, chosen = int(date), None, None
    for code, dates in codes:
        if not dates:
            default = code
        elif "-" in dates:
            first, last = dates.split("-", 1)
            chosen = chosen or (code if _day(first) <= today <= _day(last) else None)
        elif ("<" in dates and today < _day(dates)) or (">" in dates and today > _day(dates)):
            chosen = chosen or code
    return chosen or default


def find_names(text: str, names: dict[str, list[tuple[str, str]]], agents: dict[str, str], date: str) -> list[Mention]:
    """Match the dictionaries in a text: names, and agent words beside a name ("Gondor police") joined to one mention."""
    upper = text.upper()
    found: list[tuple[int, int, str]] = []
    taken = [False] * (len(text) + 1)
    for name, codes in sorted(names.items(), key=lambda item: -len(item[0])):
        code = _code_on(codes, date)
        for match in re.finditer(rf"(?<![A-Z]){re.escape(name)}", upper):
            if code and not any(taken[match.start() : match.end()]):
                end = match.end()
                while end < len(upper) and upper[end].isalpha():
                    end += 1
                taken[match.start() : end] = [True] * (end - match.start())
                found.append((match.start(), end, code))
    spotted: list[tuple[int, int, str]] = []
    for word, code in sorted(agents.items(), key=lambda item: -len(item[0])):
        for match in re.finditer(rf"(?<![A-Z]){re.escape(word)}(?![A-Z])", upper):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                spotted.append((match.start(), match.end(), code))
    return [_mention(start, end, text, code) for start, end, code in _joined(found, spotted, upper)]


def _joined(
    names: list[tuple[int, int, str]], agents: list[tuple[int, int, str]], upper: str
) -> list[tuple[int, int, str]]:
    """Join an agent with the name before it, or after it by "of / in / from"."""
    result = sorted(names)
    for start, end, code in sorted(agents, reverse=True):
        for n, (a, b, state) in enumerate(result):
            gap = upper[b:start] if b <= start else upper[end:a]
            former = re.search(r"FORMER ", upper[max(0, start - 8) : start]) is not None
            before = b <= start and re.fullmatch(r"(?:'S|'|,)?(?: [A-Z]+){0,2} ", gap)
            after = a >= end and re.fullmatch(r" (?:(?:OF|IN|FROM) (?:THE )?(?:FORMER )?)?", gap)
            if before or after:
                suffix = "ELI" if former or "FORMER" in gap else code
                own = suffix.replace("~", "")
                joined = (
                    state if state.endswith(own) else suffix.replace("~", state) if "~" in suffix else state + suffix
                )
                result[n] = (min(a, start), max(b, end), joined)
                break
    return _merged(result, upper)


def _merged(names: list[tuple[int, int, str]], upper: str) -> list[tuple[int, int, str]]:
    """Merge a title with the name right after it ("Bree President Romendacil"): the longer code holds."""
    merged: list[tuple[int, int, str]] = []
    for start, end, code in sorted(names):
        if merged and upper[merged[-1][1] : start] == " " and merged[-1][2].startswith(code):
            merged[-1] = (merged[-1][0], end, merged[-1][2])
        else:
            merged.append((start, end, code))
    return merged


def _mention(start: int, end: int, text: str, code: str) -> Mention:
    span = Span(document=DocumentId("bench"), start=start, end=end)
    return Mention(span=span, text=text[start:end], kind="actor", ref=code, route="name")


def _scores(half: str, counts: Counter[tuple[str, str]]) -> list[Score]:
    def f1(right: str, both: float) -> float:
        return 2 * counts[half, right] / max(1.0, both)

    note = f"{half}: {counts[half, 'sentences']} sentences; classes by CAMEO or WEIS"
    return [
        Score(
            name=f"petrarch_unit: class, source and target F1, {half}",
            value=f1("right", counts[half, "gold"] + counts[half, "ours"]),
            beside="suite's own codes: all must pass; predicting nothing 0",
            note=note,
        ),
        Score(
            name=f"petrarch_unit: source and target F1, {half}",
            value=f1("pairs right", counts[half, "pairs"]),
            note=note,
        ),
        Score(
            name=f"petrarch_unit: recall of class, source and target, {half}",
            value=counts[half, "right"] / max(1, counts[half, "gold"]),
            note=note,
        ),
        Score(
            name=f"petrarch_unit: sentences passed, {half}",
            value=counts[half, "passed"] / max(1, counts[half, "scored"]),
            beside="predicting nothing .095",
            note=note,
        ),
    ]
