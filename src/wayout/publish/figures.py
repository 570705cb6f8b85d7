"""Write numbers the way the brief shows them: one function a kind, so that the gate can make the same words again."""

from datetime import date, datetime
from typing import Any

from wayout.model import Claim
from wayout.vocab import read_vocab

DAYS_FROM_H = 72.0
"""From three days on, a travel time is also given in days."""


def sentences_file() -> Any:
    """Read ``vocab/brief_sentences.yaml``: the templates and fixed vocabulary of the brief."""
    return read_vocab("brief_sentences.yaml")


def hours(value_h: float) -> str:
    """
    Write a travel time with two significant digits, as an estimate deserves.

    Parameters
    ----------
    value_h
        Travel time, h.

    Returns
    -------
    words
        For example ``"about 34 hours"`` or ``"about 130 hours (5 days)"``.

    Examples
    --------
    >>> hours(0.4), hours(34.2), hours(131)
    ('under an hour', 'about 34 hours', 'about 130 hours (5 days)')
    """
    if value_h < 1:
        return "under an hour"
    rounded = round(value_h) if value_h < 100 else int(round(value_h, -1))
    noun = "hour" if rounded == 1 else "hours"
    days = f" ({round(value_h / 24)} days)" if value_h >= DAYS_FROM_H else ""
    return f"about {rounded} {noun}{days}"


def horizon(value_h: float) -> str:
    """
    Write the horizon of the question.

    Parameters
    ----------
    value_h
        Time the party has, h.

    Returns
    -------
    words
        Whole days where it is a whole number of at least two days, else hours.

    Examples
    --------
    >>> horizon(336), horizon(36), horizon(24)
    ('14 days', '36 hours', '24 hours')
    """
    if value_h >= 48 and value_h % 24 == 0:
        return f"{value_h / 24:.0f} days"
    return f"{value_h:g} hours"


def points(change: float) -> str:
    """
    Write a change of a probability in percentage points.

    Examples
    --------
    >>> points(0.243), points(0.012), points(0.003)
    ('24 points', '1 point', 'under 1 point')
    """
    if change < 0.005:
        return "under 1 point"
    whole = round(change * 100)
    return f"{whole} point{'' if whole == 1 else 's'}"


def kilometres(value_km: float) -> str:
    """Write a length in km, without needless digits."""
    return f"{value_km:.3g} km"


def day(value: date | datetime | None) -> str:
    """
    Write a day in full English, or say that it is not known.

    Examples
    --------
    >>> day(date(2024, 10, 2)), day(None)
    ('2 October 2024', 'date not known')
    """
    if value is None:
        return "date not known"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Written out here, not by the locale: the same bytes on every machine."""


def listed(names: tuple[str, ...] | list[str], last: str = "and") -> str:
    """
    Join names as prose does.

    Examples
    --------
    >>> listed(("a", "b", "c")), listed(["a"]), listed(("a", "b"), "or")
    ('a, b and c', 'a', 'a or b')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def certainty_words(claim: Claim) -> str:
    """
    Say an author's commitment to a claim in words that are not likelihood words.

    Parameters
    ----------
    claim
        Its certainty on FactBank's scale, -3 to +3, its mood, and whether it hangs on a condition.

    Returns
    -------
    words
        For example ``"stated with a hedge, on a condition"`` or ``"put as a necessity"``.
    """
    file = sentences_file()
    words: str = file["certainty"][max(-3, min(3, round(claim.certainty)))]
    if claim.certainty > 0:
        words = file["moods"].get(claim.mood, words)
    on_condition = claim.modality == "conditional" or claim.condition is not None
    return f"{words}, {file['conditional']}" if on_condition else words
