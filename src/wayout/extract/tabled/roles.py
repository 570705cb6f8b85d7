"""Which of ACLED's two actors did it: told from the codebook and the kinds of the actors, never guessed from their order alone."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wayout.extract.tabled.sides import Side
from wayout.text.event_rows import Field


class Roles(NamedTuple):
    """Who acts, on whom; whether the order alone says so; ``None`` as doer and ``untold`` where it cannot be told."""

    doer: Side | None
    target: Side | None
    by_order: bool = False
    untold: bool = False


def roles_of(
    who: str, sides: tuple[Side | None, Side | None], fields: Mapping[str, Field], told: Mapping[str, Any]
) -> Roles:
    """
    Decide who acts.

    Parameters
    ----------
    who
        The rule of the sub-event type (``vocab/event_tables.yaml``).
    sides
        Actor 1 and actor 2.
    fields
        The row's fields: ``inter1`` and ``inter2`` tell the kinds of the actors.
    told
        The format's entry of the vocabulary.

    Returns
    -------
    roles
        Of a change of hands the doer is who takes the ground; ``untold`` where the kinds do not decide it.
    """
    first, second = sides
    kinds = tuple(fields[name].value.casefold() if name in fields else "" for name in ("inter1", "inter2"))
    if who == "armed" and second is not None:
        armed = tuple(kind in told["armed_inter"] for kind in kinds)
        if armed == (False, True):
            return Roles(second, first)
        return Roles(first, second, by_order=armed[0] == armed[1])
    if who in ("government", "non_state"):
        return _winner(who, sides, kinds, told)
    if who == "alone" and second is not None:
        return Roles(first, second, untold=True)
    return Roles(first, second)


def _winner(who: str, sides: tuple[Side | None, Side | None], kinds: tuple[str, ...], told: Mapping[str, Any]) -> Roles:
    """Tell who takes the ground: the only side of the kind the sub-event type names."""
    first, second = sides
    state = tuple(kind in told["state_inter"] for kind in kinds)
    non_state = tuple(kind in told["non_state_inter"] for kind in kinds)
    if who == "government":
        wins = state if any(state) else tuple(bool(k) and not n for k, n in zip(kinds, non_state, strict=True))
    else:
        wins = non_state if any(state) else (False, False)
        if any(state) and not any(non_state):  # a foreign state takes ground from the government
            wins = tuple(bool(k) and not s for k, s in zip(kinds, state, strict=True))
    if second is None:
        return Roles(first, None, untold=not (wins[0] or not kinds[0]))
    if wins == (True, False):
        return Roles(first, second)
    if wins == (False, True):
        return Roles(second, first)
    return Roles(first, second, untold=True)
