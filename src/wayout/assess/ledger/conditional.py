"""Questions that hang on a condition: void the branch that did not come true, and put P(a) together from its branches."""

from collections.abc import Iterator, Sequence
from datetime import date

from wayout.assess.ledger.book import Entry, Ledger
from wayout.assess.ledger.references import quiet_option
from wayout.model import Resolution
from wayout.model.forecast_record import Recomposed

SLACK = 1e-6


def voiding(entry: Entry, ledger: Ledger) -> Resolution | None:
    """
    Void a branch whose condition did not come true.

    Parameters
    ----------
    entry
        Any question.
    ledger
        Holds the condition's question.

    Returns
    -------
    resolution
        A voided one; ``None`` where the question has no condition, or it came true, or is still open.
    """
    condition = entry.question.condition
    if condition is None:
        return None
    head = ledger.entries.get(condition.question)
    if head is None or head.resolution is None:
        return None
    if head.resolution.voided:
        return _void(entry, "its condition was voided", head.resolution.covers_until)
    if dict(head.resolution.shares).get(condition.option, 0.0) >= 1 - SLACK:
        return None
    return _void(entry, f"its condition did not come true ({condition.option})", head.resolution.covers_until)


def waits_for_condition(entry: Entry, ledger: Ledger) -> bool:
    """Tell whether a question cannot be settled because its condition is open."""
    condition = entry.question.condition
    head = ledger.entries.get(condition.question) if condition else None
    return condition is not None and (head is None or head.resolution is None)


def _void(entry: Entry, why: str, covers_until: date | None) -> Resolution:
    return Resolution(question=entry.question.id, shares=(), dataset="", covers_until=covers_until, why=why)


def recompose(ledger: Ledger) -> Iterator[Recomposed]:
    r"""
    Put P(option) together where an author gave the condition and every branch of it.

    .. math:: P(a) = \sum_c P(c) P(a | c)

    Yields
    ------
    recomposed
        One per condition, author, method and option of the branches (of yes and no: yes); with the outcome where the branch that held is resolved.
    """
    branches: dict[str, list[Entry]] = {}
    for entry in ledger.entries.values():
        if entry.question.condition is not None:
            branches.setdefault(entry.question.condition.question, []).append(entry)
    for condition, members in branches.items():
        head = ledger.entries.get(condition)
        if head is None:
            continue
        for made in head.counted():
            key = (made.forecast.by, made.forecast.model, made.standing)
            p_condition = dict(made.forecast.probabilities)
            said = {
                e.question.condition.option: (e, dict(m.forecast.probabilities))
                for e in members
                for m in e.counted()
                if e.question.condition is not None and (m.forecast.by, m.forecast.model, m.standing) == key
            }
            options = members[0].question.options
            # A condition's options without a branch of their own leave P(a) open.
            if set(said) != set(p_condition) or any(e.question.options != options for e, _ in said.values()):
                continue
            quiet = quiet_option(members[0].question) if len(options) == 2 else None
            for option in (o for o in options if o != quiet):
                parts = tuple((c, p_condition[c], said[c][1][option]) for c in p_condition)
                yield Recomposed(
                    statement=members[0].question.statement,
                    option=option,
                    p=min(1.0, sum(p * given for _, p, given in parts)),
                    parts=parts,
                    by=made.forecast.by,
                    model=made.forecast.model,
                    outcome=_outcome(members),
                )


def _outcome(members: Sequence[Entry]) -> str:
    for entry in members:
        if entry.resolution is not None and not entry.resolution.voided:
            return max(entry.resolution.shares, key=lambda s: s[1])[0]
    return ""
