"""Read a probability as a person says it: 0.3, 30%, "very unlikely", yes=0.3."""

import math
from collections.abc import Sequence

from wayout.errors import InputError, NotFoundError
from wayout.model import ForecastQuestion
from wayout.model.forecast import Shares
from wayout.stats.likelihood import read_term


def read_probability(said: str) -> float:
    """
    Read a probability: a number from 0 to 1, a percentage, or a term of ICD 203, which stands for its middle.

    Raises
    ------
    InputError
        If it is none of them.

    Examples
    --------
    >>> read_probability("30%"), read_probability("0.3"), read_probability("likely")
    (0.3, 0.3, 0.675)
    """
    text = said.strip()
    try:
        p = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        try:
            return round(read_term(text).midpoint, 6)
        except NotFoundError as error:
            raise InputError(f"{said!r} is no probability; write 0.3, 30% or a term of ICD 203 ({error})") from error
    if not math.isfinite(p) or not 0 <= p <= 1:
        raise InputError(f"{said!r} is no probability; write 0.3 or 30%")
    return round(p, 6)


def read_shares(said: Sequence[str], question: ForecastQuestion) -> Shares:
    """
    Read what was said of each option.

    Parameters
    ----------
    said
        ``OPTION=PROBABILITY`` each; a bare probability is that of the last option of two ("yes"). One option may be left out: it gets
        what is left.
    question
        Whose options they are; case does not matter.

    Returns
    -------
    shares
        In the order of the options.

    Raises
    ------
    InputError
        If an option is not known, is said twice or missing, or the sum is not one.
    """
    options = {o.casefold(): o for o in question.options}
    given: dict[str, float] = {}
    for one in said:
        name, sign, p = one.rpartition("=")
        if not sign and len(question.options) != 2:
            raise InputError(f"{one!r} names no option; write OPTION={one} with one of {', '.join(question.options)}")
        option = options.get(name.strip().casefold()) if sign else _event(question)
        if option is None:
            raise InputError(f"{name!r} is no option of {question.name!r}; there are {', '.join(question.options)}")
        if option in given:
            raise InputError(f"option {option!r} is given twice")
        given[option] = read_probability(p)
    missing = [o for o in question.options if o not in given]
    if len(missing) == 1:
        given[missing[0]] = round(max(0.0, 1 - sum(given.values())), 6)
    elif missing:
        raise InputError(f"nothing is said of {', '.join(missing)}; give a probability for all options but one")
    return tuple((o, given[o]) for o in question.options)


def _event(question: ForecastQuestion) -> str:
    """The option a bare number is of: "yes" where there is one, else the last."""
    return next((o for o in question.options if o.casefold() == "yes"), question.options[-1])
