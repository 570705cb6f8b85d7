"""LOCATE on descriptions with linked reference places: which relations the grammar reads, with the links in the right slots."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.score import CorpusMissingError, Score
from wayout.locate.finding.phrase_spans import widen
from wayout.locate.shaping.grammar import Reading, read_phrase, strip_articles, tidy

FILE = "text/geocode_complex_dev/descriptions.jsonl.gz"
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z\"(])")
_DIR = r"(?:north|south|east|west)(?:[ -]?(?:east|west|central))?(?:ern)?"
_UNIT = r"(?:km|kilomet(?:er|re)s?|mi|miles?|m|met(?:er|re)s?)"
_HEAD = r"(?:the )?(?:(?:city|town|village|centre|center|county|capital|municipality|river|state|island) (?:of )?){0,2}(?:the )?"
"""What may stand between a relation and the name it is to."""


@dataclass(frozen=True, slots=True)
class Cue:
    """How a relation shows before its place: the words, and the methods of the grammar that read it rightly."""

    name: str
    before: re.Pattern[str]
    methods: frozenset[str]
    is_pair: bool = False


def _cue(name: str, words: str, methods: str, is_pair: bool = False) -> Cue:
    return Cue(
        name, re.compile(rf"(?<![\w-])(?:{words})\s+{_HEAD}$", re.IGNORECASE), frozenset(methods.split()), is_pair
    )


CUES = (
    _cue("halfway", "(?:half-?way|midway|half way) between", "halfway", is_pair=True),
    _cue("road", r"(?:road|highway|route|railway|line) (?:from|between|connecting|linking)", "road", is_pair=True),
    _cue("confluence", "(?:confluence|junction) of", "confluence", is_pair=True),
    _cue("border of two", "(?:border|boundary) (?:between|of)", "border", is_pair=True),
    _cue("between", "between", "between between_all", is_pair=True),
    _cue(
        "distance and side",
        rf"\d[\d.,]* ?{_UNIT}(?: \([^)]*\))?(?: (?:to the|due|in the|away|by road))* {_DIR}(?: of| from)",
        "distance",
    ),
    _cue("distance", rf"\d[\d.,]* ?{_UNIT}(?: \([^)]*\))?(?: away)? (?:from|outside|of|off)", "distance"),
    _cue(
        "shore", rf"{_DIR} (?:shore|shores|bank|banks|side|coast|edge|end|tip) of", "bank beside coast coast_part part"
    ),
    _cue("hand", "(?:left|right)[ -]bank of", "bank"),
    _cue(
        "part",
        rf"{_DIR} (?:part|corner|half|region|area|portion|section|outskirts|suburbs?|edge) of",
        "part rural_part",
    ),
    _cue("side", rf"{_DIR} (?:of|from)", "beside part"),
    _cue("compass name", _DIR, "part part_middle apposed"),
    _cue("middle", "(?:central|(?:centre|center|middle|heart) of)", "middle"),
    _cue("upstream, downstream", "(?:up|down)(?:stream|river) (?:of|from)", "stream"),
    _cue("mouth, source", "(?:mouth|source|estuary) of", "river_end"),
    _cue("foot", "(?:foot|base|foothills|slopes?|edge) of", "near"),
    _cue(
        "near", "(?:near|close to|not far from|next to|adjacent to|in the vicinity of|outside|beside|opposite)", "near"
    ),
    _cue("along", "(?:along|on the banks? of|on the shores? of)", "along coast"),
    _cue("outskirts", "(?:outskirts|suburbs?|environs) of", "rural apposed"),
    _cue("coast", "(?:coast|coastline|shore) of", "coast off_coast"),
    _cue("bordered by", "(?:bordered by|bounded by|borders|bordering|border with)", "bounded near border"),
    _cue("across", "across (?:the (?:river|strait|border) )?from", "across near border_across"),
)
"""Written for this bench from what such descriptions say, apart from the grammar's own lists; tried in order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One relation phrase: its cue, the phrase, whether it was cut from its sentence, how it was read, whether rightly."""

    cue: str
    phrase: str
    is_cut: bool
    reading: Reading | None
    is_right: bool
    is_even: bool


def measure(corpora: Path) -> list[Score]:
    """Score reading and cutting, on the half looked at while building (even items) and on the other."""
    outcomes = list(score_phrases(corpora))
    scores = []
    for half, is_even in (("even half", True), ("odd half", False)):
        own = [o for o in outcomes if o.is_even == is_even]
        wrong = Counter(o.cue for o in own if not o.is_right).most_common(3)
        note = f"{len(own)} relations; most missed: {', '.join(f'{cue} {n}' for cue, n in wrong)}"
        scores.append(
            Score(name=f"complex places read, {half}", value=sum(o.is_right for o in own) / len(own), note=note)
        )
        cut = sum(o.is_cut for o in own) / len(own)
        scores.append(
            Score(name=f"complex places cut from the sentence, {half}", value=cut, note=f"{len(own)} relations")
        )
    return scores


def score_phrases(corpora: Path) -> Iterator[Outcome]:
    """Find the relations before linked places, and read each as a phrase."""
    path = corpora / FILE
    if not path.exists():
        raise CorpusMissingError(f"{path} is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            for paragraph in json.loads(line)["paragraphs"]:
                links = sorted((link["start"], link["end"]) for link in paragraph["links"])
                for first, last in _sentences(paragraph["text"]):
                    inside = [(a - first, b - first) for a, b in links if first <= a and b <= last]
                    yield from _of_sentence(paragraph["text"][first:last], inside, number % 2 == 0)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _of_sentence(sentence: str, links: list[tuple[int, int]], is_even: bool) -> Iterator[Outcome]:
    spans = widen(sentence, links, []) if links else []
    previous = 0
    for index, (start, end) in enumerate(links):
        found = _relation(sentence, previous, start, end, links[index + 1 : index + 2])
        previous = end
        if found is None:
            continue
        cue, first, last, names = found
        phrase = sentence[first:last]
        reading = next((r for r in read_phrase(tidy(phrase)) if r.method not in ("exact_name",)), None)
        yield Outcome(
            cue=cue.name,
            phrase=phrase,
            is_cut=any(a <= first + len(phrase.split()[0]) and b >= last for a, b in spans),
            reading=reading,
            is_right=reading is not None and reading.method in cue.methods and _names_fit(reading, names),
            is_even=is_even,
        )


def _relation(
    sentence: str, previous: int, start: int, end: int, following: list[tuple[int, int]]
) -> tuple[Cue, int, int, list[str]] | None:
    before = sentence[previous:start]
    for cue in CUES:
        match = cue.before.search(before)
        if match is None:
            continue
        first, names = previous + match.start(), [sentence[start:end]]
        if not cue.is_pair:
            return cue, first, end, names
        if following and re.fullmatch(rf",? (?:and|to|with) {_HEAD}", sentence[end : following[0][0]]):
            return cue, first, following[0][1], [*names, sentence[slice(*following[0])]]
    return None


def _names_fit(reading: Reading, names: list[str]) -> bool:
    """Tell whether the name slots hold the linked names, each with at most its article and kind of place."""
    slots = [tidy(reading.slots[key]) for key in ("x", "y", "a", "b", "c") if key in reading.slots]
    wanted = [strip_articles(tidy(name))[0] for name in names]
    return len(slots) == len(wanted) and all(
        slot.endswith(name) and re.fullmatch(_HEAD, slot[: len(slot) - len(name)], re.IGNORECASE)
        for slot, name in zip(slots, wanted, strict=True)
    )
