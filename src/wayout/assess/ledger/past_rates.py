"""Forecast a question from how earlier ones came out: a rate by kind of question, each drawn towards the one around it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from wayout.assess.ledger.imported import WHICH_CONDITION
from wayout.model import Forecast, ForecastQuestion, Resolution
from wayout.model.forecast import Shares, record_hash
from wayout.vocab import read_vocab

MODEL = "past rates 1"
_YES_NO = {frozenset({"yes", "no"})}
_NAMES = re.compile(
    r"'[^']*'|\"[^\"]*\"|“[^”]*”|\d[\d.,/-]*|(?<=\s)[A-Z]\w*(?:[\s'’-]+(?:(?:of|the|and|al|de)\s+)?[A-Z]\w*)*"
)


def forecast_from_past(
    questions: Sequence[ForecastQuestion], resolutions: Mapping[str, Resolution], *, by: str, now: datetime
) -> tuple[Forecast, ...]:
    r"""
    Forecast every question from the outcomes of questions whose window had ended before its own began.

    .. math:: p_c = (k_c + s\, p_{c'}) / (n_c + s)

    for the classes c of a question from wide (all yes-or-no questions) to narrow, c' the class around c. What is counted is change: where
    "yes" means that all stays as it is, P(yes) = 1 - p. Questions with other options get the shares of each option's position
    among earlier ones with as many options, drawn towards equal shares; of two conditions the first is an event like others.

    Parameters
    ----------
    questions
        In any order.
    resolutions
        By question; those of questions that ended too late, or voided ones, are not looked at.
    by
        Who forecasts.
    now
        Forecasts of windows that begin later than this are as of now.

    Returns
    -------
    forecasts
        One a question, in order; as of the window's first instant.
    """
    counted = [
        (q.last_day, q, resolutions[q.id]) for q in questions if q.id in resolutions and not resolutions[q.id].voided
    ]
    counted.sort(key=lambda item: (item[0], item[1].id))
    tally = _Tally()
    found: dict[str, Forecast] = {}
    waiting = iter([*counted, None])
    following = next(waiting)
    for question in sorted(questions, key=lambda q: (q.first_day, q.id)):
        while following is not None and following[0] < question.first_day:
            tally.learn(following[1], following[2])
            following = next(waiting)
        said = {"question": question.id, "n_past": tally.n, "rules": _rules_hash()}
        found[question.id] = Forecast(
            question=question.id,
            probabilities=tally.forecast(question),
            as_of=min(question.opens_at, now),
            by=by,
            model=MODEL,
            inputs_sha256=record_hash(said),
            why=f"rates among {tally.n} questions that had ended before",
        )
    return tuple(found[q.id] for q in questions)


class _Tally:
    """Outcomes so far, by class."""

    def __init__(self) -> None:
        self.n = 0
        self._counts: dict[tuple[str, ...], list[float]] = {}

    def learn(self, question: ForecastQuestion, resolution: Resolution) -> None:
        """Count an outcome in every class of its question."""
        self.n += 1
        shares = dict(resolution.shares)
        counts = _change(question, shares)
        for path in _paths(question):
            kept = self._counts.setdefault(path, [0.0] * len(counts))
            for i, share in enumerate(counts):
                kept[i] += share

    def forecast(self, question: ForecastQuestion) -> Shares:
        """Draw each class towards the one around it."""
        rules = read_vocab("forecast_rules.yaml")
        k = len(question.options)
        p = [1 / k] * k
        strength = float(rules["prior"]["strength"])
        if _is_yes_no(question) or (k == 2 and _is_condition(question)):
            event = float(rules["prior"]["p_event"])
            p = [event, 1 - event]
        for path in _paths(question):
            counts = self._counts.get(path, [0.0] * k)
            total = sum(counts) + strength
            p = [(c + strength * q) / total for c, q in zip(counts, p, strict=True)]
            strength = float(rules["class_strength"])
        if not _is_yes_no(question):
            return tuple(zip(question.options, p, strict=True))
        yes = p[1] if _keeps(question.statement) else p[0]
        return tuple((o, yes if o.casefold() == "yes" else 1 - yes) for o in question.options)


def _change(question: ForecastQuestion, shares: Mapping[str, float]) -> list[float]:
    """Shares as they are counted: change and no change of a yes-or-no question, by position for the rest."""
    if not _is_yes_no(question):
        return [shares[o] for o in question.options]
    yes = next(share for o, share in shares.items() if o.casefold() == "yes")
    return [1 - yes, yes] if _keeps(question.statement) else [yes, 1 - yes]


def _paths(question: ForecastQuestion) -> list[tuple[str, ...]]:
    """Name the classes of a question, the widest first."""
    if not _is_yes_no(question):
        return [(f"{len(question.options)} options", "condition" if _is_condition(question) else "")]
    kind = "contest" if _pattern("contest").search(question.statement) else "other"
    wide = ("yes or no",)
    return [
        wide,
        (*wide, kind),
        (*wide, kind, question.settled_by),
        (*wide, kind, question.settled_by, _template(question)),
    ]


def _template(question: ForecastQuestion) -> str:
    """The statement without its names, quotations and numbers: questions made from one form are alike then."""
    return _NAMES.sub("_", question.statement)


def _is_yes_no(question: ForecastQuestion) -> bool:
    return frozenset(o.casefold() for o in question.options) in _YES_NO


def _is_condition(question: ForecastQuestion) -> bool:
    return question.statement.startswith(WHICH_CONDITION)


def _keeps(statement: str) -> bool:
    return bool(_pattern("status_quo").search(statement))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_vocab("forecast_rules.yaml")[name], re.I)


@cache
def _rules_hash() -> str:
    return record_hash(dict(read_vocab("forecast_rules.yaml")))
