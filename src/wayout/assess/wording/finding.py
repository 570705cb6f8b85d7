"""One finding of the linter: where, which rule, which words, what to write instead."""

from dataclasses import dataclass
from typing import Literal

Rule = Literal[
    "word-and-number",
    "likelihood-and-confidence",
    "no-bounds",
    "stacked",
    "off-table",
    "mixed-rows",
]
Level = Literal["fault", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingFinding:
    """
    Words that ICD 203 would not let stand.

    ``start`` and ``end`` are code points of the text, half open; ``line`` and ``column`` count from 1. ``level`` is "info" where the words
    are somebody else's (quoted or reported): they are his, and a quotation is not corrected.
    """

    start: int
    end: int
    line: int
    column: int
    rule: Rule
    level: Level
    words: str
    instead: str
