"""What the tagger of entities sees of a text: plain numbers and strings a token, taken from the parse once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from wayout.model.mention import Mention

MAX_SENTENCE = 200
"""Tokens; a longer sentence (a list without a full stop) is cut."""
_PLACE_FLAGS = {"name": "l", "statistical": "m", "phrase": "n"}
_OTHER_ROUTES = {"description": "d", "coreference": "d", "metonym": "t"}
NO_FLAG = "-"
TIME_FLAG = "x"


class Seen(NamedTuple):
    """A token: vocabulary numbers of spaCy, and ``flag``: the mention it begins or continues ("Ba", "Il", "-")."""

    lower: int
    lemma: int
    pos: int
    tag: int
    dep: int
    shape: int
    iob: int
    label: int
    flag: str
    vote: str


@dataclass(frozen=True, slots=True)
class EntityView:
    """A text as tokens: what each is, the token it hangs on, its characters, and where sentences end."""

    tokens: Sequence[Seen]
    heads: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    sentence_ends: Sequence[int]
    strings: Any


def view_entities(parsed: Any, mentions: Sequence[Mention], times: Sequence[tuple[int, int]]) -> EntityView:
    """
    Look at a parsed text and what was found in it.

    Parameters
    ----------
    parsed
        The spaCy ``Doc``.
    mentions
        Actors, persons and places of the text.
    times
        Characters of its time expressions.

    Returns
    -------
    view
        A token each.
    """
    from spacy.attrs import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        DEP,
        ENT_IOB,
        ENT_TYPE,
        HEAD,
        IDX,
        LEMMA,
        LENGTH,
        LOWER,
        POS,
        SENT_START,
        SHAPE,
        TAG,
    )

    columns = [LOWER, LEMMA, POS, TAG, DEP, SHAPE, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, SENT_START]
    rows = parsed.to_array(columns)
    lower, lemma, pos, tag, dep, shape, iob, label = (rows[:, i].tolist() for i in range(8))
    starts, lengths = rows[:, 9].tolist(), rows[:, 10].tolist()
    steps = rows[:, 8].astype("int64").tolist()
    ends = [s + n for s, n in zip(starts, lengths, strict=True)]
    found = [(s, e, TIME_FLAG) for s, e in times] + [(m.span.start, m.span.end, _letter(m)) for m in mentions]
    flags = _flags(starts, ends, sorted(found))
    votes = _votes(lower, label, parsed.vocab.strings)
    tokens = [Seen(*t) for t in zip(lower, lemma, pos, tag, dep, shape, iob, label, flags, votes, strict=True)]
    heads = [i + step for i, step in enumerate(steps)]
    begins = [i for i, s in enumerate(rows[:, 11].astype("int64").tolist()) if s == 1 and i]
    return EntityView(tokens, heads, starts, ends, _cut([*begins, len(tokens)]), parsed.vocab.strings)


def _cut(ends: Sequence[int]) -> list[int]:
    """Cut sentences that are too long."""
    cut: list[int] = []
    begin = 0
    for end in ends:
        cut += [*range(begin + MAX_SENTENCE, end, MAX_SENTENCE), end] if end > begin else []
        begin = end
    return cut


def _flags(starts: Sequence[int], ends: Sequence[int], found: Sequence[tuple[int, int, str]]) -> list[str]:
    """Mark the tokens of what was found: B or I, then a letter for what and how."""
    flags = [NO_FLAG] * len(starts)
    i = 0
    for start, end, letter in found:
        while i < len(starts) and ends[i] <= start:
            i += 1
        j, mark = i, "B"
        while letter and j < len(starts) and starts[j] < end:
            if flags[j] == NO_FLAG:
                flags[j] = mark + letter
                mark = "I"
            j += 1
    return flags


def _letter(mention: Mention) -> str:
    if mention.kind == "place":
        return _PLACE_FLAGS.get(mention.route, "l")
    unknown = mention.ref is not None and mention.ref.startswith("unknown:")
    if mention.kind == "person":
        return "q" if unknown else "p"
    if mention.kind == "actor":
        return _OTHER_ROUTES.get(mention.route, "u" if unknown else "a")
    return ""


def _votes(lower: Sequence[int], label: Sequence[int], strings: Any) -> list[str]:
    """Tell for each word which label of names the statistical model gives it most often in this text."""
    counts: dict[int, Counter[int]] = {}
    for word, name in zip(lower, label, strict=True):
        if name:
            counts.setdefault(word, Counter())[name] += 1
    best = {w: strings[min(c, key=lambda n: (-c[n], n))] for w, c in counts.items()}
    return [best.get(w, "") for w in lower]
