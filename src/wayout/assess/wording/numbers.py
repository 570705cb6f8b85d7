"""Find the probability that stands beside a likelihood term: "likely (30 %)", "a 30 per cent chance"."""

import re
from typing import NamedTuple

_NUMBER = r"(?P<low>\d{1,3}(?:[.,]\d+)?)"
_HIGH = r"(?:\s*(?:-|–|—|to|and)\s*(?P<high>\d{1,3}(?:[.,]\d+)?))?"
_PERCENT = r"\s*-?(?P<percent>%|per\s?cent(?:age)?\b|pct\b)"
_ABOUT = r"(?:about|around|roughly|approximately|approx\.?|some|ca\.?|circa|nearly|between|currently|now|~|≈|at|over|under|p\s*[=≈]|probability(?:\s+of)?|a|an|is|that\s+is|i\.e\.,?|with\s+a\s+(?:probability|likelihood|chance)\s+of|with)"
_AFTER = re.compile(
    rf"\s*[(\[,:–—-]?\s*(?:{_ABOUT}\s+|p\s*[=≈]\s*|~\s*)*{_NUMBER}(?:\s*(?:%|per\s?cent))?{_HIGH}(?:{_PERCENT})?", re.I
)
_CHANCE = re.compile(
    rf"{_NUMBER}(?:\s*(?:%|per\s?cent))?{_HIGH}{_PERCENT}\s+(?:chance|probability|likelihood|odds)\b"
    rf"|\b(?:probability|likelihood|chance)\s+(?:of|is|at|=|:)\s*(?:about |around |roughly |some )?(?P<low2>\d{{1,3}}(?:[.,]\d+)?)"
    r"(?:\s*(?:-|–|to)\s*(?P<high2>\d{1,3}(?:[.,]\d+)?))?\s*(?P<percent2>%|per\s?cent\b)?",
    re.I,
)
_OF_SOMETHING = re.compile(
    r"\s*(?:of\b(?! (?:probability|likelihood))|more\b|less\b|higher\b|lower\b|points?\b|in favou?r|turnout|increase|rise|drop|cut|stake|growth|interest)",
    re.I,
)


class NumberBeside(NamedTuple):
    """A probability or range, 0 to 1, and where it stands in the sentence."""

    low: float
    high: float
    start: int
    end: int


def number_after(sentence: str, end: int) -> NumberBeside | None:
    """
    Read the probability directly after a term that ends at ``end``.

    A share of something ("30 per cent of the land"), a bare count and a number above 100 per cent are no probabilities; a bare
    number is one only as a fraction in brackets or after "p =".

    Parameters
    ----------
    sentence
        The sentence.
    end
        Where the term ends.

    Returns
    -------
    number
        ``None`` if there is none.
    """
    match = _AFTER.match(sentence, end)
    if match is None:
        return None
    bare = match["percent"] is None and "%" not in match[0] and "cent" not in match[0].lower()
    if not bare and _OF_SOMETHING.match(sentence, match.end()):
        return None
    gap = sentence[end : match.start("low")]
    if bare and not ("." in match["low"] and re.search(r"[(\[=≈]|probability", gap)):
        return None
    # "likely (0.5 km away)" is no probability: a bare fraction ends its clause.
    if bare and not re.match(r"\s*[)\],;.]|\s*$", sentence[match.end() :]):
        return None
    # "likely 30 per cent" without a bracket or a comma counts something: "likely 30 per cent fewer".
    if not bare and not re.search(r"[(\[,:–—=-]|probability|likelihood|chance", gap):
        return None
    # Behind a bare comma another thing may be counted: only what closes the clause is the term's.
    if re.fullmatch(r"\s*,\s*", gap) and not re.match(r"\s*[,.;)]|\s*$", sentence[match.end() :]):
        return None
    return _number(match["low"], match["high"], match.span(), percent=not bare)


def chance_in(sentence: str) -> NumberBeside | None:
    """Read "a 30 per cent chance" or "a probability of 0.3", where a sentence has just one."""
    found = list(_CHANCE.finditer(sentence))
    if len(found) != 1:
        return None
    m = found[0]
    if m["low"] is not None:
        return _number(m["low"], m["high"], m.span(), percent=True)
    return _number(m["low2"], m["high2"], m.span(), percent=m["percent2"] is not None)


def _number(low: str, high: str | None, span: tuple[int, int], *, percent: bool) -> NumberBeside | None:
    unit = 100.0 if percent else 1.0
    a = float(low.replace(",", ".")) / unit
    b = float(high.replace(",", ".")) / unit if high else a
    return NumberBeside(a, b, *span) if 0 <= a <= b <= 1 else None
