"""The stated numbers: priors, and how often each kind of report is written under each course of events."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wayout.errors import InputError
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """P(such a report is written | leaves, stays, else); ``reacts_to`` names the family of reports that react to one situation."""

    leaves: float
    stays: float
    other: float
    reacts_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """
    The stated numbers for one kind of party.

    ``leaves`` and ``other`` are prior probabilities (the rest is "stays"); ``toward`` is the likelihood ratio of a report that
    names a way; ``dependence`` the correlation of reports of one family by different origins, 0 to 1.
    """

    leaves: float
    other: float
    rows: Mapping[str, ReportRow]
    toward: float
    dependence: float


def stated_for(party_kind: str) -> Stated:
    """
    Read the stated numbers for a kind of party.

    Parameters
    ----------
    party_kind
        A party kind of :mod:`wayout.model.party`.

    Returns
    -------
    stated
        From ``vocab/hypothesis_weights.yaml``.
    """
    file = read_vocab("hypothesis_weights.yaml")
    prior = file["prior"][party_kind]
    rows = {
        kind: ReportRow(leaves=row["leaves"], stays=row["stays"], other=row["else"], reacts_to=row["reacts_to"])
        for kind, row in file["reports"].items()
    }
    return Stated(
        leaves=prior["leaves"],
        other=prior["else"],
        rows=rows,
        toward=file["toward"],
        dependence=file["dependence"],
    )


def scaled(stated: Stated, name: str, factor: float) -> Stated:
    """
    Multiply one stated number: a log likelihood ratio, the prior odds, or the dependence.

    Parameters
    ----------
    stated
        The numbers.
    name
        A kind of report or ``"toward"`` (its log ratios are multiplied), ``"prior"`` (the odds of leaving), ``"else"`` (the odds
        of something else) or ``"dependence"``.
    factor
        What it is multiplied by, above 0.

    Returns
    -------
    stated
        The other numbers are as they were.

    Raises
    ------
    InputError
        If there is no number of that name.
    """
    if name in stated.rows:
        return replace(stated, rows={**stated.rows, name: _scaled_row(stated.rows[name], factor)})
    if name == "toward":
        return replace(stated, toward=stated.toward**factor)
    if name == "dependence":
        return replace(stated, dependence=min(1.0, stated.dependence * factor))
    if name == "else":
        return replace(stated, other=_odds(stated.other, factor))
    if name == "prior":
        # The odds of leaving against staying; "something else" keeps its share.
        certain = 1 - stated.other
        return replace(stated, leaves=certain * _odds(stated.leaves / certain, factor))
    raise InputError(f"no stated number is called {name!r}; give a kind of report, toward, prior, else or dependence")


def _odds(p: float, factor: float) -> float:
    return factor * p / (1 - p + factor * p)


def _scaled_row(row: ReportRow, factor: float) -> ReportRow:
    """Move every likelihood of a row away from, or towards, the middle of leaving and staying, in logarithms."""
    middle = math.sqrt(row.leaves * row.stays)
    leaves, stays, other = (middle * (x / middle) ** factor for x in (row.leaves, row.stays, row.other))
    return replace(row, leaves=leaves, stays=stays, other=other)
