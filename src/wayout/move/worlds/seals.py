"""Which barriers, closed together, seal an exit: the fewest, and those most likely to be closed together."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.worlds.component_graph import ComponentGraph, GoalParts, reach_in_draws
from wayout.move.worlds.draw_bits import pack_bits, unpack_bits
from wayout.move.worlds.hitting_set import MOST_STEPS, cheapest_hitting_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Closable:
    """A barrier as sealing sees it: its id, how probably it is closed, and the group it stands or falls with."""

    id: str
    p_closed: float
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """
    Barriers that close an exit for good when all of them are closed, none of them needlessly.

    ``barriers`` are ids, sorted; none where the ground itself closes the exit. ``p_closed`` is the probability that all of
    them are closed at once: at most the probability that the exit is sealed, because other barriers may seal it too.
    """

    barriers: tuple[str, ...]
    p_closed: float


def fewest_seal(graph: ComponentGraph, goal: GoalParts, barriers: Sequence[Closable]) -> Seal | None:
    """
    Find the fewest uncertain barriers that seal an exit, at whatever time; exact.

    Barriers that are certainly closed cost nothing (the fewest of them that are needed are listed too), those that are
    certainly open are no help. A barrier in several pieces is one, and where barriers overlap either closes the ground. Of
    equally few barriers those are taken that are most probably closed together, then those first by id (where hundreds of
    barriers make the search too large for that, any of them, always the same).

    Parameters
    ----------
    graph
        The component graph.
    goal
        One exit (:meth:`GoalParts.only`).
    barriers
        The barriers of the graph, in its order.

    Returns
    -------
    seal
        ``None`` where the exit stays open with every barrier closed that can be.

    Raises
    ------
    InputError
        If there are several goals, or the barriers are not those of the graph.

    References
    ----------
    Menger (1927), https://doi.org/10.4064/fm-10-1-96-115; Moreno-Centeno and Karp (2013), https://doi.org/10.1287/opre.1120.1139
    (hitting sets found as they are needed)
    """
    ways = _Ways(graph, goal, barriers)
    return ways.seal(ways.fewest(ways.closable))


def likeliest_seal(graph: ComponentGraph, goal: GoalParts, barriers: Sequence[Closable]) -> Seal | None:
    """
    Find the barriers that seal an exit and are most probably closed together; exact.

    Groups are independent; in a group the least likely barrier brings the likelier ones with it, so they cost nothing more.
    Of the barriers closed then, the fewest are listed.

    Parameters
    ----------
    graph
        The component graph.
    goal
        One exit (:meth:`GoalParts.only`).
    barriers
        The barriers of the graph, in its order.

    Returns
    -------
    seal
        ``None`` where the exit stays open with every barrier closed that can be.

    Raises
    ------
    InputError
        If there are several goals, or the barriers are not those of the graph.
    """
    ways = _Ways(graph, goal, barriers)
    likeliest = ways.likeliest()
    return None if likeliest is None else ways.seal(ways.fewest(likeliest))


class _Ways:
    """
    The ways out of one exit, as the sets of barriers that must be open for each, found as they are needed.

    Barriers are numbered by id here, so that their order changes nothing. A set of barriers is a number: bit i is barrier i.
    """

    def __init__(self, graph: ComponentGraph, goal: GoalParts, barriers: Sequence[Closable]) -> None:
        if goal.need.size != 1:
            raise InputError(f"a seal is of one exit; {goal.need.size} goals were given: take them one by one (only)")
        if len(barriers) != graph.n_barriers:
            raise InputError(f"{len(barriers)} barriers were given for a graph of {graph.n_barriers}")
        if wrong := [b for b in barriers if not 0 <= b.p_closed <= 1]:
            raise InputError(f"barrier {wrong[0].id} has p_closed {wrong[0].p_closed}; it must lie within 0 and 1")
        order = sorted(range(len(barriers)), key=lambda i: (barriers[i].id, i))
        self.graph, self.goal, self.place = graph, goal, np.array(order, dtype=np.intp)
        self.barriers = [barriers[i] for i in order]
        on_ground = set(graph.member.tolist())
        possible = [b.p_closed > 0 and i in on_ground for i, b in zip(order, self.barriers, strict=True)]
        self.closable = sum(1 << i for i, can in enumerate(possible) if can)
        self.known: list[int] = []
        self.most_steps = MOST_STEPS

    def fewest(self, among: int) -> int | None:
        """Return the fewest barriers of some that seal the exit, or ``None`` if all of them do not."""
        many = len(self.barriers) + 1
        cost = [1.0 if b.p_closed == 1 else float(many) for b in self.barriers]
        return self._cheapest(among, [1 << i for i in range(len(self.barriers))], cost)

    def likeliest(self) -> int | None:
        """Return the most probable set of closed barriers that seals the exit, or ``None`` if there is none."""
        things = sorted({(b.group, b.p_closed) for i, b in enumerate(self.barriers) if self.closable >> i & 1})
        covers = [
            sum(1 << i for i, b in enumerate(self.barriers) if b.group == group and b.p_closed >= level)
            for group, level in things
        ]
        return self._cheapest(self.closable, covers, [-math.log(level) for _, level in things])

    def seal(self, chosen: int | None) -> Seal | None:
        """Name the barriers of a set."""
        if chosen is None:
            return None
        names = tuple(b.id for i, b in enumerate(self.barriers) if chosen >> i & 1)
        return Seal(barriers=names, p_closed=self._p_together(chosen))

    def _cheapest(self, among: int, covers: Sequence[int], cost: Sequence[float]) -> int | None:
        """
        Find the cheapest things (each covers some barriers) whose barriers seal the exit; return these barriers.

        Each way known so far must lose a barrier. The cheapest choice that does this either seals the exit, and none is
        cheaper, or leaves a way that was not known.
        """
        if self._reached([among])[0]:
            return None
        while True:
            limited = [s & among for s in self.known if s & among]
            sets = [sum(1 << k for k, cover in enumerate(covers) if cover & s) for s in limited]
            chosen, whole = cheapest_hitting_set(sets, cost, self._worth(covers), self.most_steps)
            self.most_steps = MOST_STEPS if whole else 0  # what grew too large once grows on
            closed = _union(covers, chosen) & among
            if not self._reached([closed])[0]:
                return closed
            while self._reached([closed])[0]:  # ways that share nothing: the best bound for what is to come
                self.known.append(self._way(closed, among))
                closed |= self.known[-1]

    def _worth(self, covers: Sequence[int]) -> Callable[[int], float]:
        return lambda chosen: self._p_together(_union(covers, chosen))

    def _way(self, closed: int, among: int) -> int:
        """
        Find barriers that suffice for a way when all others (of those that can be) are closed, none of them needlessly.

        Barriers are closed one after the other, those first that known ways use, until the next one would seal the exit: it
        is needed. All such steps from one needed barrier to the next are tried at once, a draw each.
        """
        used = [sum(s >> i & 1 for s in self.known) for i in range(len(self.barriers))]
        left = [i for i in range(len(self.barriers)) if among >> i & 1 and not closed >> i & 1]
        left.sort(key=lambda i: (-used[i], i))
        needed = 0
        while left:
            steps = [closed]
            for i in left:
                steps.append(steps[-1] | 1 << i)
            n_more = int(np.flatnonzero(self._reached(steps))[-1])  # closing more never opens a way
            closed = steps[n_more]
            if n_more < len(left):
                needed |= 1 << left[n_more]
            left = left[n_more + 1 :]
        return needed

    def _reached(self, closed: Sequence[int]) -> NDArray[np.bool_]:
        """Tell for some sets of closed barriers whether the exit is reached; all other barriers are open."""
        open_ = np.ones((len(closed), len(self.barriers)), dtype=bool)
        for row, mask in enumerate(closed):
            shut = [i for i in range(len(self.barriers)) if mask >> i & 1]
            open_[row, self.place[shut]] = False
        return unpack_bits(reach_in_draws(self.graph, self.goal, pack_bits(open_)), len(closed))[:, 0]

    def _p_together(self, chosen: int) -> float:
        """Return the probability that all of some barriers are closed: in a group, that the least likely one is."""
        least: dict[str, float] = {}
        for i, b in enumerate(self.barriers):
            if chosen >> i & 1:
                least[b.group] = min(least.get(b.group, 1.0), b.p_closed)
        return math.prod(least[group] for group in sorted(least))


def _union(covers: Sequence[int], chosen: int) -> int:
    barriers = 0
    for k, cover in enumerate(covers):
        if chosen >> k & 1:
            barriers |= cover
    return barriers
