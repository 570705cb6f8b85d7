"""What would have been said without any skill: zero, the base rate known before, and "as in the window before"."""

from collections.abc import Mapping, Sequence

from wayout.assess.ledger.book import Entry
from wayout.assess.ledger.resolving import option_of
from wayout.model import ForecastQuestion
from wayout.model.forecast import Shares

NO = frozenset({"no", "none", "zero"})


def quiet_option(question: ForecastQuestion) -> str | None:
    """Return the option that says that nothing happens: below the first bound, or "no"; ``None`` where there is none."""
    if question.rule is not None:
        return question.options[0]
    return next((option for option in question.options if option.casefold() in NO), None)


def references(entry: Entry, ledger: Sequence[Entry]) -> Mapping[str, Shares]:
    """
    Make the reference forecasts of a resolved question; from what was known before its window only.

    Parameters
    ----------
    entry
        The question, resolved.
    ledger
        All entries: earlier questions give the base rate where no rule counted earlier windows.

    Returns
    -------
    references
        Shares by name: "zero" (nothing happens), "base rate", "persistence"; only those that can be formed.
    """
    question, resolution = entry.question, entry.resolution
    found: dict[str, Shares] = {}
    if (quiet := quiet_option(question)) is not None:
        found["zero"] = _certain(question, quiet)
    if resolution is not None and resolution.base_shares:
        found["base rate"] = resolution.base_shares
    elif question.rule is None:
        found["base rate"] = _rate_of_earlier(question, ledger)
    if resolution is not None and resolution.count_before is not None:
        found["persistence"] = _certain(question, option_of(question, resolution.count_before))
    return found


def _certain(question: ForecastQuestion, option: str) -> Shares:
    return tuple((o, float(o == option)) for o in question.options)


def _rate_of_earlier(question: ForecastQuestion, ledger: Sequence[Entry]) -> Shares:
    """Shares of the options among questions with the same ones whose window ended before this one began; one added to each count."""
    counts = dict.fromkeys(question.options, 1.0)
    for other in ledger:
        if (
            other.resolution is not None
            and other.question.last_day < question.first_day
            and set(other.question.options) == set(question.options)
        ):
            for option, share in other.resolution.shares:
                counts[option] += share
    total = sum(counts.values())
    return tuple((option, count / total) for option, count in counts.items())
