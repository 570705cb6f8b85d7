"""The exact probability that an exit is reached at all: a decision diagram over groups of barriers, built once for any probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.worlds.component_graph import ComponentGraph, GoalParts

MOST_SITUATIONS = 20_000
"""Situations kept after a group; diagrams that grow wider are given up, and draws answer."""
MOST_MARKS = 150e6
"""... or that would take so many marks of nodes altogether (some three seconds)."""
NODES_NUMBERED = 16_000
"""Nodes that a situation's marks of 16 bits tell apart."""

WON = -2
GONE, PENDING, TOUCHED = -1, -2, -3
"""Marks of :mod:`wayout.move.worlds.frontier`, which is imported late."""

Choices = Sequence[Sequence[Sequence[int]]]
"""For each group of barriers and each of its states the barriers closed in it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReachDiagram:
    """
    Whether an exit is reached, as a diagram that decides one group of barriers after the other.

    ``groups`` are the groups that can matter, in the order decided; ``children[k]`` (situations, states) leads from each situation
    before group k to the one after it: an index, -1 (never reached) or -2 (reached). ``sizes`` are the numbers of states of
    all groups. Probabilities come in only when it is asked, so that other ones cost microseconds.
    """

    groups: tuple[int, ...]
    children: tuple[NDArray[np.int32], ...]
    sizes: tuple[int, ...]
    always: bool = False

    @property
    def n_situations(self) -> int:
        """Number of situations in which something is still to be decided."""
        return sum(len(c) for c in self.children)

    def p_reached(self, weights: Sequence[NDArray[np.float64]]) -> float:
        """
        Compute the probability that the exit is reached, however long it takes; exact.

        Parameters
        ----------
        weights
            Probability of each state of each group.

        Returns
        -------
        p
            Within 0 and 1.
        """
        return self._values(weights)[0][0] if self.children else float(self.always)

    def p_given(self, weights: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], ...]:
        """
        Compute the probability that the exit is reached given each state of each group, the others as they are; exact.

        Differences of these are Birnbaum's importance; states of no weight are answered too.

        Parameters
        ----------
        weights
            Probability of each state of each group.

        Returns
        -------
        p_given
            For each group one probability a state.

        References
        ----------
        Birnbaum (1969), On the importance of different components in a multicomponent system
        """
        given = [np.full(size, self.p_reached(weights)) for size in self.sizes]
        values = self._values(weights)
        mass, won = np.ones(1), 0.0
        for k, (group, child) in enumerate(zip(self.groups, self.children, strict=True)):
            reached = _look_up(child, values[k + 1])
            given[group] = np.clip(won + mass @ reached, 0.0, 1.0)
            flow = mass[:, None] * weights[group]
            won += float(flow[child == WON].sum())
            mass = np.zeros(values[k + 1].size)
            np.add.at(mass, child[child >= 0], flow[child >= 0])
        return tuple(given)

    def _values(self, weights: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
        """Return the probability of reaching the exit from each situation before each group."""
        if [w.size for w in weights] != list(self.sizes):
            raise InputError(
                f"weights of {[w.size for w in weights]} states were given for groups of {list(self.sizes)} states"
            )
        values = [np.empty(0)]
        for group, child in zip(self.groups[::-1], self.children[::-1], strict=True):
            values.append(np.clip(_look_up(child, values[-1]) @ weights[group], 0.0, 1.0))
        return values[::-1]


def build_reach_diagram(
    graph: ComponentGraph, goal: GoalParts, choices: Choices, most_situations: int = MOST_SITUATIONS
) -> ReachDiagram | None:
    """
    Build the diagram of one exit.

    Groups are decided from the starts outward. What matters of the groups decided so far is which undecided ground is beside ground
    that is reached and which open pieces hang together; situations alike in this are one. On ground that lies flat
    these stay few: hundreds for some forty barriers.

    Parameters
    ----------
    graph
        The component graph.
    goal
        One exit (:meth:`GoalParts.only`).
    choices
        The barriers closed in each state of each group; a barrier in no group is always open.
    most_situations
        Most situations to keep after a group.

    Returns
    -------
    diagram
        ``None`` where more situations would have to be kept, or the graph has over :data:`NODES_NUMBERED` nodes.

    Raises
    ------
    InputError
        If there are several goals, or a group names a barrier that the graph has not.

    References
    ----------
    Hardy, Lucet and Limnios (2007), https://doi.org/10.1109/TR.2007.898572 (network reliability by decision diagrams)
    """
    from wayout.move.worlds.frontier import decide_group

    sizes = tuple(len(c) for c in choices)
    weight, need = _worth(graph, goal, choices)
    if graph.n_nodes > NODES_NUMBERED:
        return None
    shut = _shut_nodes(graph, choices)
    certain = ~np.logical_or.reduce([s.any(axis=0) for s in shut] or [np.zeros(graph.n_nodes, dtype=bool)])
    row = np.where(graph.is_start, TOUCHED, PENDING).astype(np.int16)[None, :]
    nothing = np.zeros((1, graph.n_nodes), dtype=bool)
    rows, child = decide_group(row, nothing, certain, graph.beside_at, graph.beside, weight, need)
    if len(rows) == 0:
        return ReachDiagram(groups=(), children=(), sizes=sizes, always=bool(child[0, 0] == WON))
    kept = np.flatnonzero(rows[0] != GONE)  # the rest plays no part, whatever is closed
    beside_at, beside = _among(graph, kept)
    rows, weight = np.ascontiguousarray(rows[:, kept]), weight[kept]
    outward = sorted(range(len(shut)), key=lambda g: (int(np.argmax(shut[g].any(axis=0))), g))
    shut = [s[:, kept] for s in shut]
    touching = [s.any(axis=0) for s in shut]
    groups = tuple(g for g in outward if touching[g].any())
    last = np.full(kept.size, -1)
    for k, g in enumerate(groups):
        last[touching[g]] = k
    children, marks = [], 0
    for k, g in enumerate(groups):
        marks += len(rows) * len(shut[g]) * kept.size
        if marks > MOST_MARKS:
            return None
        after, child = decide_group(rows, shut[g], last == k, beside_at, beside, weight, need)
        rows, which = _merge(after)
        if len(rows) > most_situations:
            return None
        children.append(np.where(child >= 0, np.append(which, 0)[np.maximum(child, 0)], child).astype(np.int32))
    return ReachDiagram(groups=groups, children=tuple(children), sizes=sizes)


def _among(graph: ComponentGraph, kept: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return ends and neighbours of some nodes among themselves, numbered anew."""
    number = np.full(graph.n_nodes, -1, dtype=np.int32)
    number[kept] = np.arange(kept.size, dtype=np.int32)
    beside = [number[graph.beside[graph.beside_at[v] : graph.beside_at[v + 1]]] for v in kept]
    beside = [b[b >= 0] for b in beside]
    return np.cumsum([0, *(b.size for b in beside)]).astype(np.int32), np.concatenate(beside)


def _worth(graph: ComponentGraph, goal: GoalParts, choices: Choices) -> tuple[NDArray[np.int64], int]:
    """Return the worth of each node to the goal, and what is needed."""
    if goal.need.size != 1:
        raise InputError(f"a diagram is of one exit; {goal.need.size} goals were given: take them one by one (only)")
    named = [b for states in choices for closed in states for b in closed]
    if named and not (min(named) >= 0 and max(named) < graph.n_barriers):
        raise InputError(f"a group names barrier {max(named)}; the graph has {graph.n_barriers}, counted from 0")
    weight = np.zeros(graph.n_nodes, dtype=np.int64)
    np.add.at(weight, goal.node, goal.weight)
    return weight, int(goal.need[0])


def _shut_nodes(graph: ComponentGraph, choices: Choices) -> list[NDArray[np.bool_]]:
    """Return for each group which nodes each of its states closes, shape (states, nodes)."""
    on_node = np.zeros((graph.n_barriers, graph.n_nodes), dtype=bool)
    for v in range(graph.n_nodes):
        on_node[list(graph.barriers_on(v)), v] = True
    return [
        np.array([on_node[list(closed)].any(axis=0) for closed in states]).reshape(len(states), graph.n_nodes)
        for states in choices
    ]


def _merge(rows: NDArray[np.int16]) -> tuple[NDArray[np.int16], NDArray[np.intp]]:
    """Return the different rows, and for each row which of them it is."""
    if len(rows) == 0:
        return rows, np.empty(0, dtype=np.intp)
    whole = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))[:, 0]
    _, first, which = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first], which


def _look_up(child: NDArray[np.int32], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value of each child: 0 failed, 1 won."""
    padded = np.concatenate([values, [1.0, 0.0]])  # -2 and -1 count from the end
    return padded[child]
