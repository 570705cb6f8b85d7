"""Likelihood words from probabilities, by the table of ICD 203 (``vocab/icd203.yaml``)."""

from dataclasses import dataclass
from functools import cache

from wayout.errors import InputError, NotFoundError
from wayout.vocab import read_vocab

LEAST_SHOWN = 0.01
"""ICD 203's table ends at 1 and 99 per cent; figures beyond are shown as "under 1%" and "over 99%"."""

SAME = 1e-9
"""Two probabilities nearer than this are one: 0.55 written as 55 per cent."""
BOUND_DECIMALS = 9
"""A probability this close to a bound is on it: 1 - 0.8 is 0.2, whatever its last bits say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodTerm:
    """One row of the table: the term, its bounds, the words that open a sentence with it, and the directive's second row."""

    term: str
    low: float
    high: float
    frame: str
    second: tuple[str, ...] = ()

    @property
    def midpoint(self) -> float:
        """The middle of the interval: what a bare term is taken for where one number is needed."""
        return (self.low + self.high) / 2


@cache
def likelihood_table() -> tuple[LikelihoodTerm, ...]:
    """
    Read the table, least likely term first.

    Returns
    -------
    terms
        Seven rows whose bounds touch and cover 0 to 1.
    """
    rows = read_vocab("icd203.yaml")["terms"]
    return tuple(LikelihoodTerm(**{**row, "second": tuple(row["second"])}) for row in rows)


def likelihood_term(p: float) -> str:
    """
    Name a probability by the ICD 203 term.

    A probability on a bound takes the less certain term, so the scale is symmetric; below 0.01 and above 0.99 the
    outermost terms go on.

    Parameters
    ----------
    p
        Probability, 0 to 1.

    Returns
    -------
    term
        For example ``"likely"``.

    Raises
    ------
    InputError
        If ``p`` is not a number from 0 to 1.

    References
    ----------
    Office of the Director of National Intelligence, ICD 203 Analytic Standards, D.6.e.2.a, 2015.

    Examples
    --------
    >>> likelihood_term(0.67), likelihood_term(0.8), likelihood_term(0.002)
    ('likely', 'likely', 'almost no chance')
    """
    return _row(p).term


def read_term(words: str) -> LikelihoodTerm:
    """
    Find the row of a term, of either row of the directive: from words to numbers.

    Parameters
    ----------
    words
        For example ``"very likely"``, ``"Almost certainly"``, ``"probably"``; case and white space do not matter.

    Returns
    -------
    row
        Its interval (``low``, ``high``), ``midpoint`` and our term for it.

    Raises
    ------
    NotFoundError
        If the directive has no such term.

    Examples
    --------
    >>> row = read_term("highly probable")
    >>> row.term, row.low, row.high, round(row.midpoint, 3)
    ('very likely', 0.8, 0.95, 0.875)
    """
    wanted = " ".join(words.casefold().split())
    bare = wanted.removesuffix("ly") if wanted.endswith("certainly") else wanted
    for row in likelihood_table():
        if bare.removeprefix("a ") in (row.term, *row.second):
            return row
    terms = ", ".join(row.term for row in likelihood_table())
    raise NotFoundError(f"{words!r} is no term of ICD 203; write one of: {terms}")


def agrees(words: str, low: float, high: float | None = None) -> bool:
    """
    Tell whether a term fits the number, or the whole of the range, that stands beside it.

    Both bounds belong to a term here: of "likely (80%)" and "very likely (80%)" neither is wrong.

    Parameters
    ----------
    words
        A term of either row.
    low, high
        Probability, 0 to 1; ``high`` where the text gives a range.

    Raises
    ------
    NotFoundError
        If the directive has no such term.

    Examples
    --------
    >>> agrees("likely", 0.3), agrees("likely", 0.55, 0.8), agrees("probably", 0.7)
    (False, True, True)
    """
    row = read_term(words)
    upper = low if high is None else high
    return row.low - SAME <= low <= upper <= row.high + SAME


def likelihood_frame(p: float) -> str:
    """
    Make the opening of a sentence about a probability, lower case, ending in "that".

    Parameters
    ----------
    p
        Probability, 0 to 1.

    Returns
    -------
    opening
        The term and the figure, to be followed by a clause.

    Raises
    ------
    InputError
        If ``p`` is not a number from 0 to 1.

    Examples
    --------
    >>> likelihood_frame(0.5)
    'there is a roughly even chance (50%) that'
    """
    return _row(p).frame.format(percent=percent(p))


def percent(p: float) -> str:
    """
    Write a probability in whole per cent, never as 0 or 100.

    Parameters
    ----------
    p
        Probability, 0 to 1.

    Returns
    -------
    figure
        ``"67%"``, ``"under 1%"`` or ``"over 99%"``. A figure never crosses a bound of its term: it is cut towards the
        term's inside where rounding would leave it.

    Raises
    ------
    InputError
        If ``p`` is not a number from 0 to 1.

    Examples
    --------
    >>> percent(0.674), percent(0.0), percent(0.5501)
    ('67%', 'under 1%', '56%')
    """
    row = _row(p)
    if p < LEAST_SHOWN:
        return "under 1%"
    if p > 1 - LEAST_SHOWN:
        return "over 99%"
    whole = round(p * 100)
    if _row(whole / 100).term != row.term:
        whole += 1 if whole / 100 < p else -1
    return f"{whole}%"


def _row(p: float) -> LikelihoodTerm:
    if not 0 <= p <= 1:
        raise InputError(f"probability {p!r} is outside 0 to 1; pass a probability, not a percentage")
    p = round(p, BOUND_DECIMALS)
    for row in likelihood_table():
        # Below one half a bound belongs to the term above it, from one half on to the term below it: the less certain.
        if p < row.high or (p == row.high and row.high > 0.5):
            return row
    return likelihood_table()[-1]


def likelihood_words() -> tuple[str, ...]:
    """
    List every expression that speaks of likelihood, ours and the refused ones, longest first.

    Returns
    -------
    words
        Lower-case expressions.
    """
    refused: list[str] = read_vocab("icd203.yaml")["refused"]
    return tuple(sorted({t.term for t in likelihood_table()} | set(refused), key=lambda w: (-len(w), w)))
