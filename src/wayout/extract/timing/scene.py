"""What a time expression is read against: the text, the day of writing, and the time spoken of last."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayout.extract.timing.rules import TimeWords, either

REACH = 1200
"""Characters a day or a quarter stays the one spoken of: about a screen of text; a convention."""
CERTAINLY_PAST = -2
"""The direction of "since" and "ended"; a past tense alone is -1."""
_CLIMB = 12
"""Steps up the tree to the verb that governs an expression."""
_MODALS = frozenset({"will", "'ll", "\u2019ll", "shall", "wo", "would"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """
    A time expression: characters, TIMEX3 type and value, and a part ("early").

    ``value`` may be ``"PRESENT_REF"`` and the like; ``last`` is the second end of a range. Where ``part`` is an ISO day,
    ``part`` and ``last`` are the first and last day that a duration or a feast covers.
    """

    start: int
    end: int
    kind: str
    value: str
    part: str | None = None
    last: str | None = None


class Scene:
    """The words of a text around its time expressions, and what has been spoken of so far."""

    def __init__(self, parsed: Any, reference: date | None, words: TimeWords) -> None:
        self.parsed = parsed
        self.text: str = parsed.text
        self.reference = reference
        self.words = words
        self.day_spoken: tuple[int, date] | None = None
        self.quarter_spoken: tuple[int, str] | None = None
        self.months = re.compile(either(words.months), re.IGNORECASE)
        self._month_first: bool | None = None
        self._tenses: dict[int, int] = {}

    def make(
        self, match: re.Match[str], value: str, kind: str = "DATE", *, part: str | None = None, last: str | None = None
    ) -> Timex:
        """Make the expression of a whole match."""
        return Timex(start=match.start(), end=match.end(), kind=kind, value=value, part=part, last=last)

    def remember(self, timex: Timex, rule: str) -> None:
        """Keep the day or quarter an expression speaks of for those after it."""
        if timex.kind not in ("DATE", "TIME"):
            return
        if _ISO_DAY.match(timex.value) and timex.last is None:
            self.day_spoken = (timex.end, date.fromisoformat(timex.value[:10]))
        elif (
            "-Q" in timex.value
            and rule in ("quarter", "thequarter")
            and "ago" not in (words := self.text[timex.start : timex.end])
            and "earlier" not in words
        ):
            self.quarter_spoken = (timex.end, timex.value)

    def anchor(self, match: re.Match[str], *, same_sentence: bool = False) -> date | None:
        """Return the day spoken of shortly before, else the day of writing."""
        if self.day_spoken is not None and match.start() - self.day_spoken[0] < REACH:
            between = self.text[self.day_spoken[0] : match.start()]
            if not same_sentence or not re.search(r"[.!?]\s|\n", between):
                return self.day_spoken[1]
        return self.reference

    def quarter(self, match: re.Match[str]) -> str | None:
        """Return the quarter spoken of shortly before."""
        if self.quarter_spoken is not None and match.start() - self.quarter_spoken[0] < REACH:
            return self.quarter_spoken[1]
        return None

    # -- words around ------------------------------------------------------------------------------------------------

    def span(self, match: re.Match[str]) -> Any:
        """Return the tokens a match touches."""
        return self.parsed.char_span(match.start(), match.end(), alignment_mode="expand")

    def word_before(self, match: re.Match[str]) -> str:
        """Return the word before a match, lower case, on the same line."""
        found = re.search(r"([^\s]+)[ ]*$", self.text[max(0, match.start() - 30) : match.start()])
        return found.group(1).lower() if found else ""

    def word_after(self, match: re.Match[str]) -> str:
        """Return the word after a match, lower case, "" behind a mark or a line's end."""
        found = re.match(r"[ ]([\w'\u2019-]+)", self.text[match.end() : match.end() + 30])
        return found.group(1).lower() if found else ""

    def direction(self, match: re.Match[str]) -> int:
        """Tell whether the clause looks back (-1; -2 by its own word), ahead (1) or does not say (0)."""
        before = self.word_before(match)
        if before in self.words.raw["behind"]:
            return CERTAINLY_PAST
        if before in self.words.raw["ahead"]:
            return 1
        token = self.span(match).root
        if token.i not in self._tenses:
            self._tenses[token.i] = self._tense_above(token)
        return self._tenses[token.i]

    def _tense_above(self, token: Any) -> int:
        """Climb to the verb that governs a token; a verb is asked once, however many words hang on it."""
        for _ in range(_CLIMB):
            if token.pos_ in ("VERB", "AUX") or token.head.i == token.i:
                break
            token = token.head
        if token.i not in self._tenses:
            self._tenses[token.i] = _tense(token, self.words.raw["plans"])
        return self._tenses[token.i]

    def month_first(self) -> bool:
        """Tell by the text's own dates whether it writes the month before the day; day first where it does not show."""
        if self._month_first is None:
            votes = 0
            for found in re.finditer(r"(?<!\d)(\d\d?)[/.](\d\d?)[/.]\d{2,4}", self.text):
                votes += (int(found[2]) > 12) - (int(found[1]) > 12)
            self._month_first = votes > 0
        return self._month_first


def _tense(token: Any, plans: list[str]) -> int:
    """Climb to the verb that governs a token and return its direction."""
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
            words = {c.lower_ for c in helpers}
            if words & _MODALS:
                return 1
            if token.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers):
                return -1
            if "to" in words or (token.tag_ == "VBG" and "going" in token.lower_):
                governor = token.head
                if governor.i == token.i:
                    return 1
                if governor.lemma_.lower() in plans:
                    return (
                        0
                        if any(c.tag_ == "VBD" for c in governor.children if c.dep_ in ("aux", "auxpass", "cop"))
                        else 1
                    )
                if governor.tag_ in ("VBZ", "VBP") and governor.lemma_ == "be":
                    return 1
                return 1 if _tense(governor, []) > 0 else 0
            if token.tag_ in ("VBZ", "VBP"):
                return 0
            if token.tag_ == "VBN" and not words:
                return -1
        if token.head.i == token.i:
            return 0
        token = token.head
    return 0
