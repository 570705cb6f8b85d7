"""The linter's rules, each on one sentence; mixed rows alone need the whole text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from wayout.assess.wording.expressions import Expression, lower, wording_rules
from wayout.assess.wording.finding import Rule
from wayout.assess.wording.numbers import NumberBeside, chance_in, number_after
from wayout.errors import NotFoundError
from wayout.stats.likelihood import LikelihoodTerm, agrees, likelihood_term, read_term

_BETWEEN = re.compile(r"[\s,(-]*(?:be|have been|a|an|very|well|also|quite|highly)?[\s,(-]*")
_NEGATED = re.compile(r"(?:\bnot|n't|\bno|\bnever|\bneither)\s+(?:\w+\s+)?$")


class Drafted(NamedTuple):
    """A finding before it is known where it stands in the text: bounds in the sentence."""

    start: int
    end: int
    rule: Rule
    instead: str


def wrong_numbers(sentence: str, found: Sequence[Expression]) -> Iterator[Drafted]:
    """Compare each term with the number beside it; a term outside the table has no interval to be compared with."""
    terms = [e for e in found if e.kind in ("first", "second")]
    for n, term in enumerate(terms):
        row = _row(term.words)
        if row is None or _NEGATED.search(lower(sentence)[: term.start]):
            continue
        number = number_after(sentence, term.end)
        # "It is likely, a 30 per cent chance" and "a 30 per cent chance, so unlikely": one term, one number.
        if number is None and len(terms) == 1:
            number = chance_in(sentence)
            if number is not None and not _bound(sentence, term, number):
                number = None
        if number is not None and not agrees(row.term, number.low, number.high):
            yield Drafted(
                min(term.start, number.start) if n == 0 else term.start,
                max(term.end, number.end),
                "word-and-number",
                _right_word(row, number),
            )


def _bound(sentence: str, term: Expression, number: NumberBeside) -> bool:
    """A number belongs to a term in the same clause: no semicolon, "but", "while", "and" or full stop between them."""
    between = lower(sentence)[min(term.end, number.end) : max(term.start, number.start)]
    return not re.search(r"[;:]|\b(but|while|and|whereas|although|because|if|when|after|whether|which)\b", between)


def _right_word(row: LikelihoodTerm, number: NumberBeside) -> str:
    bounds = f"{row.term!r} is {row.low:.0%} to {row.high:.0%}"
    first, last = likelihood_term(number.low), likelihood_term(number.high)
    if first == last:
        return f"{bounds}; write {first!r} for {number.low:.0%}" + (
            f" to {number.high:.0%}" if number.high > number.low else ""
        )
    return f"{bounds}; {number.low:.0%} to {number.high:.0%} reaches from {first!r} to {last!r}: write both, or the number alone"


def likelihood_with_confidence(found: Sequence[Expression]) -> Iterator[Drafted]:
    """A sentence with a degree of likelihood and a level of confidence: readers take one for the other."""
    sure = next((e for e in found if e.kind == "confidence"), None)
    likely = next((e for e in found if e.kind in ("first", "second", "off_table")), None)
    if sure and likely:
        start, end = min(sure.start, likely.start), max(sure.end, likely.end)
        instead = "two sentences: one says how likely it is, the other how good the evidence is"
        yield Drafted(start, end, "likelihood-and-confidence", instead)


def stacked(sentence: str, found: Sequence[Expression]) -> Iterator[Drafted]:
    """Two expressions on one another: "may possibly", "very likely probable"."""
    likely = [e for e in found if e.kind != "confidence"]
    small = lower(sentence)
    for first, second in pairwise(likely):
        if _BETWEEN.fullmatch(small, first.end, second.start) and second.start > first.end:
            terms = [e.words for e in (first, second) if e.kind in ("first", "second")]
            instead = f"one term only: {terms[0]!r}, with its number" if terms else wording_rules()["instead"]
            yield Drafted(first.start, second.end, "stacked", instead)


def off_table(found: Sequence[Expression]) -> Iterator[Drafted]:
    """Terms that ICD 203 does not have."""
    for e in found:
        if e.kind == "off_table":
            yield Drafted(e.start, e.end, "off-table", wording_rules()["off_table"][e.words])


def without_bounds(found: Sequence[Expression]) -> Iterator[Drafted]:
    """Words that say that something can be, and not how likely it is."""
    for e in found:
        if e.kind == "unbounded":
            yield Drafted(e.start, e.end, "no-bounds", wording_rules()["instead"])


def first_row_term(words: str) -> str:
    """Translate a term of the second row; "" where it has no row of its own."""
    row = _row(words)
    return row.term if row else ""


def _row(words: str) -> LikelihoodTerm | None:
    small = " ".join(words.split())
    small = {"even chance": "roughly even chance"}.get(small, small)
    try:
        return read_term("remote" if small.startswith("remote") else small)
    except NotFoundError:
        return None
