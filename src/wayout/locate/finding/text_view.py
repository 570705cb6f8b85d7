"""What the rules for place names look at: a text as parallel lists of words, tags and entities."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wayout.locate.cover import Cover
from wayout.text.names import fold_name

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW", "LANGUAGE"})
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['\u2018\u2019\u02bb\u02bc`\u00b4][^\W\d_]+)*\.?")
_APOSTROPHES = "'\u2019"


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch that the tagger labels: code points ``start`` to ``end``, words ``first`` to ``last`` (exclusive)."""

    start: int
    end: int
    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TextView:
    """
    A text as the rules look at it: one entry a word in every list.

    ``starts``/``ends`` are code points, possessive endings and full stops left out (initials keep theirs); ``keys`` the folded
    words; ``capital`` whether a word opens with a capital or its script has none; ``gaps`` what stands between a word and the one
    before; ``uncapitalised`` the words that the text writes small; ``tags`` the part of speech ("" without a parse); ``tokens`` the parser's token; ``entities`` by word, or ``None``.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    keys: list[str]
    lower: list[str]
    capital: list[bool]
    gaps: list[str]
    opens: list[bool]
    tags: list[str]
    tokens: list[int]
    entities: list[Entity | None]
    spans: list[Entity]
    taken: Cover
    parsed: Any
    uncapitalised: frozenset[str]

    def at(self, position: int) -> int:
        """Return the word that begins at a code point, or the next one."""
        return bisect_left(self.starts, position)

    def before(self, i: int) -> str:
        """Return the word one blank before word ``i``, an article stepped over, in small letters; "" if there is none."""
        if i > 0 and self.gaps[i] in (" ", "\u00a0") and self.lower[i - 1] == "the":
            i -= 1
        return self.lower[i - 1] if i > 0 and self.gaps[i] in (" ", "\u00a0", "\n") else ""

    def after(self, last: int) -> str:
        """Return the word one blank (or a possessive and a blank) after the words that end before ``last``; "" if none."""
        if last < len(self.words) and self.gaps[last] in (" ", "\u00a0", "\n"):
            return self.words[last]
        return ""


def look_at(text: str, parsed: Any, taken: Sequence[tuple[int, int]]) -> TextView:
    """
    Lay a text out for the rules.

    Parameters
    ----------
    text
        The document's text.
    parsed
        Its spaCy ``Doc``, or ``None``: tags and entities are then empty.
    taken
        Stretches that are no places.

    Returns
    -------
    view
        One pass over text and parse.
    """
    starts, ends, words, gaps = list[int](), list[int](), list[str](), list[str]()
    last = 0
    for found in _WORD.finditer(text):
        word, start = _bare(found.group()), found.start()
        starts.append(start)
        words.append(word)
        gap = text[last:start]
        # a run of blanks is a line end of a page set in columns
        gaps.append(gap if len(gap) < 2 or gap.strip(" ") else " " if len(gap) == 2 else "\n")
        last = start + len(word)
        ends.append(last)
    tokens, tags, opens = _parser_columns(parsed, starts)
    if parsed is None:
        opens = [not gap or gap[0] in ".!?\n" or "\n\n" in gap or gap[:2] in (". ", '."') for gap in gaps]
    lower = [word.casefold() for word in words]
    spans = _entities(parsed, starts)
    by_word: list[Entity | None] = [None] * len(words)
    for entity in spans:
        for i in range(entity.first, entity.last):
            by_word[i] = entity
    return TextView(
        text=text,
        starts=starts,
        ends=ends,
        words=words,
        keys=[
            small if word.isascii() and word.isalpha() else fold_name(word)
            for word, small in zip(words, lower, strict=True)
        ],
        lower=lower,
        capital=[word[0].isupper() or not word[0].islower() for word in words],
        gaps=gaps,
        opens=opens,
        tags=tags,
        tokens=tokens,
        entities=by_word,
        spans=spans,
        taken=Cover(len(text), taken),
        parsed=parsed,
        uncapitalised=frozenset(word for word in set(words) if word[0].islower()),
    )


def _bare(word: str) -> str:
    """Take the genitive and the stop of a sentence off; initials and short words in capitals ("Va.") keep their stops."""
    if word[-1] == "." and (len(word) > 3 or not word[0].isupper()) and word.count(".") == 1:
        word = word[:-1]
    if len(word) > 2 and word[-2] in _APOSTROPHES and word[-1] in "sS":
        word = word[:-2]
    return word


def _parser_columns(parsed: Any, starts: list[int]) -> tuple[list[int], list[str], list[bool]]:
    """Read token number, part of speech and whether a sentence opens there, for the word at each start."""
    n = len(starts)
    if parsed is None or not len(parsed):
        return [0] * n, [""] * n, [False] * n
    from spacy.attrs import IDX, POS, SENT_START  # type: ignore[import-not-found,import-untyped,unused-ignore]

    table = parsed.to_array([IDX, POS, SENT_START]).astype("int64")
    at = table[:, 0].tolist()
    tokens = [max(0, bisect_right(at, start) - 1) for start in starts]
    names = {value: parsed.vocab.strings[value] if value else "" for value in set(table[:, 1].tolist())}
    column, sentence = table[:, 1].tolist(), table[:, 2].tolist()
    return tokens, [names[column[t]] for t in tokens], [sentence[t] == 1 for t in tokens]


def _entities(parsed: Any, starts: list[int]) -> list[Entity]:
    if parsed is None:
        return []
    found = []
    for entity in parsed.ents:
        start, end = entity.start_char, entity.end_char
        # the first word may begin before the entity where the tokeniser cuts inside it
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first < last:
            found.append(Entity(start, end, entity.label_, first, last))
    return found
