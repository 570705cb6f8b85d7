"""The cheapest things that touch every one of some sets: exact branch and bound, with HiGHS where that grows too large."""

from collections.abc import Callable, Sequence

import numpy as np

from wayout.errors import BackendError

MOST_STEPS = 10_000
"""Branches (some tenths of a second) after which the integer solver takes over: it is slower on small cases and breaks no ties."""
SAME_COST = 1e-9


def cheapest_hitting_set(
    sets: Sequence[int],
    cost: Sequence[float],
    worth: Callable[[int], float] = lambda _: 0.0,
    most_steps: int = MOST_STEPS,
) -> tuple[int, bool]:
    """
    Find the cheapest choice of things that touches each set.

    Parameters
    ----------
    sets
        Sets of things, none empty: bit i stands for thing i.
    cost
        Cost of each thing, at least 0.
    worth
        Of equally cheap choices the one worth most is taken; never more for a choice than for a part of it. Of equally
        worthy ones the first found is, trying things by cost and then by number.
    most_steps
        Branches after which the integer solver takes over.

    Returns
    -------
    choice, whole
        Bits of the things chosen; whether the branches came to their end, so that ties are broken by worth.

    References
    ----------
    Karp (1972), https://doi.org/10.1007/978-1-4684-2001-2_9

    Examples
    --------
    >>> cheapest_hitting_set([0b011, 0b110], [1, 1, 1])
    (2, True)
    """
    minimal = [s for s in dict.fromkeys(sets) if not any(t != s and t & s == t for t in sets)]
    minimal.sort(key=lambda s: (s.bit_count(), s))
    if not minimal:
        return 0, True
    search = _Search(minimal, cost, worth, most_steps)
    return (search.best, True) if search.run() else (_by_integer_program(minimal, cost), False)


class _Search:
    """Depth first over the smallest set not yet touched, bounded by sets that share nothing."""

    def __init__(self, sets: list[int], cost: Sequence[float], worth: Callable[[int], float], most_steps: int) -> None:
        self.sets, self.cost, self.worth, self.most_steps = sets, cost, worth, most_steps
        self.best, self.best_cost, self.best_worth = 0, float("inf"), -float("inf")
        self.steps = 0

    def run(self) -> bool:
        """Search; return whether the search came to its end."""
        self._branch(self.sets, 0, 0, 0.0)
        return self.steps <= self.most_steps

    def _branch(self, sets: list[int], chosen: int, barred: int, spent: float) -> None:
        self.steps += 1
        if self.steps > self.most_steps:
            return
        least = spent + self._bound(sets, barred)
        if least > self.best_cost + SAME_COST:
            return
        cheaper = least < self.best_cost - SAME_COST
        if not cheaper and self.worth(chosen) <= self.best_worth:
            return
        if not sets:
            self.best, self.best_cost, self.best_worth = chosen, spent, self.worth(chosen)
            return
        open_ = min((s & ~barred for s in sets), key=lambda s: (s.bit_count(), s))
        for thing in sorted(_bits(open_), key=lambda i: (self.cost[i], i)):
            bit = 1 << thing
            self._branch([s for s in sets if not s & bit], chosen | bit, barred, spent + self.cost[thing])
            barred |= bit  # later branches do without it

    def _bound(self, sets: list[int], barred: int) -> float:
        """Return a cost that no choice beats: sets that share nothing each need a thing of their own."""
        used, bound = 0, 0.0
        for s in sets:
            open_ = s & ~barred
            if not open_:
                return float("inf")
            if not open_ & used:
                used |= open_
                bound += min(self.cost[i] for i in _bits(open_))
        return bound


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def _by_integer_program(sets: Sequence[int], cost: Sequence[float]) -> int:
    from scipy.optimize import Bounds, LinearConstraint, milp

    table = np.array([[s >> i & 1 for i in range(len(cost))] for s in sets], dtype=np.float64)
    done = milp(
        np.asarray(cost, dtype=np.float64),
        constraints=LinearConstraint(table, lb=1.0),
        integrality=np.ones(len(cost), dtype=np.int8),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if done.x is None:
        raise BackendError(f"the integer solver gave up on {len(sets)} sets of {len(cost)} things: {done.message}")
    return sum(1 << int(i) for i in np.flatnonzero(np.asarray(done.x) > 0.5))
