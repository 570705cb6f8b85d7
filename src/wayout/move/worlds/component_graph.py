"""The component graph: which ground hangs together, which barriers part it, and so what can be reached in any draw, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.errors import InputError
from wayout.move.travel_time import Field
from wayout.move.worlds.atoms import Atoms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComponentGraph:
    """
    Ground as a small graph of nodes that are reached whole or not at all.

    A node is a connected piece of ground that is always passable, or of ground under the same set of barriers (an atom, open
    while all of them are). Nodes are numbered from the starts outward; ground that no draw reaches has none.

    ``node_of`` (size of the field,) is the node of each flat cell and road node, -1 without one; ``atom`` (n,) the atom of each
    node, -1 for certain ground; barriers of atom a are ``member[member_at[a]:member_at[a + 1]]``; ``beside_at`` (n + 1,) and ``beside`` the nodes each one
    touches; ``starts`` the flat cells the party starts from and ``is_start`` (n,) the nodes that hold them;
    ``field`` is the ground it was built of.
    """

    node_of: NDArray[np.int32]
    atom: NDArray[np.int32]
    member_at: NDArray[np.int32]
    member: NDArray[np.int32]
    n_barriers: int
    beside_at: NDArray[np.int32]
    beside: NDArray[np.int32]
    starts: NDArray[np.intp]
    is_start: NDArray[np.bool_]
    field: Field

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return int(self.atom.size)

    @property
    def n_arcs(self) -> int:
        """Number of pairs of nodes that touch."""
        return int(self.beside.size) // 2

    def barriers_on(self, node: int) -> tuple[int, ...]:
        """Return the barriers on a node's ground; none on certain ground."""
        atom = int(self.atom[node])
        return () if atom < 0 else tuple(self.member[self.member_at[atom] : self.member_at[atom + 1]].tolist())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoalParts:
    """
    Goals as parts that are reached whole: each part is won by any of its nodes and worth its number of cells.

    ``part_at`` and ``node_at`` are ends: parts of goal g are ``part_at[g]:part_at[g + 1]``, nodes of part j
    ``node[node_at[j]:node_at[j + 1]]``; ``weight`` (parts,); ``need`` (goals,) cells must be reached.
    """

    part_at: NDArray[np.int32]
    node_at: NDArray[np.int32]
    node: NDArray[np.int32]
    weight: NDArray[np.int64]
    need: NDArray[np.int64]

    def only(self, goal: int) -> "GoalParts":
        """Return one of the goals."""
        parts = slice(int(self.part_at[goal]), int(self.part_at[goal + 1]))
        nodes = slice(int(self.node_at[parts.start]), int(self.node_at[parts.stop]))
        return GoalParts(
            part_at=self.part_at[goal : goal + 2] - self.part_at[goal],
            node_at=self.node_at[parts.start : parts.stop + 1] - self.node_at[parts.start],
            node=self.node[nodes],
            weight=self.weight[parts],
            need=self.need[goal : goal + 1],
        )


def build_component_graph(
    field: Field,
    atoms: Atoms,
    n_barriers: int,
    starts: NDArray[np.intp],
) -> ComponentGraph:
    """
    Build the component graph of a field under uncertain barriers.

    Two cells hang together side to side (the corner rule of the moves makes this the same as any of the 8 or 16 moves), a road
    node with its cell where it is joined to it, and with the nodes its roads lead to.

    Parameters
    ----------
    field
        The prepared ground with every barrier open.
    atoms
        Ground under the same barriers (:func:`wayout.move.worlds.atoms.make_atoms`), of the same field.
    n_barriers
        Number of barriers.
    starts
        Flat cells (and road nodes) the party starts from.

    Returns
    -------
    graph
        Takes 8 bytes a cell while it is built, 4 when done.

    Raises
    ------
    InputError
        If an array does not fit the field, a barrier is not among ``n_barriers``, or there is no start.

    References
    ----------
    Tarjan (1975), https://doi.org/10.1145/321879.321884 (union-find)
    """
    from wayout.move.worlds.labels import find_contacts, label_pieces

    _check(field, atoms, n_barriers, starts)
    grid, roads = (field.stride, field.n_cells), field.links.pairs
    piece, n_pieces = label_pieces(field.cost, atoms.of, grid, roads)
    pairs = find_contacts(piece, grid, roads)
    keys = np.unique(pairs[:, 0] * n_pieces + pairs[:, 1])
    arcs = np.stack([keys // max(n_pieces, 1), keys % max(n_pieces, 1)], axis=1)
    at = np.unique(np.asarray(starts, dtype=np.intp))
    held = np.unique(piece[at])
    order = _outward(arcs, held[held >= 0])
    number = np.full(n_pieces + 1, -1, dtype=np.int32)  # the last entry serves piece -1
    number[order] = np.arange(order.size, dtype=np.int32)
    node_of = number[piece]
    atom_of_piece = np.full(n_pieces + 1, -1, dtype=np.int32)
    atom_of_piece[piece] = atoms.of
    ends = number[arcs[number[arcs[:, 0]] >= 0]]
    beside_at, beside = _neighbours(ends, order.size)
    is_start = np.zeros(order.size, dtype=bool)
    is_start[number[held[held >= 0]]] = True
    return ComponentGraph(
        node_of=node_of,
        atom=atom_of_piece[order],
        member_at=np.cumsum([0, *(len(m) for m in atoms.members)]).astype(np.int32),
        member=np.array([b for m in atoms.members for b in m], dtype=np.int32),
        n_barriers=n_barriers,
        beside_at=beside_at,
        beside=beside,
        starts=at,
        is_start=is_start,
        field=field,
    )


def goal_parts(graph: ComponentGraph, goals: Sequence[tuple[NDArray[np.intp], int]]) -> GoalParts:
    """
    Weigh the nodes of a graph by the cells of each goal in them.

    Parameters
    ----------
    graph
        The component graph.
    goals
        For each goal its flat cells and how many of them must be reached (at least 1). A goal without cells is never reached.

    Returns
    -------
    parts
        Ready for :func:`reach_in_draws`. A cell of the goal that is a start counts as reached, whatever lies on it: the party is there.
    """
    parts = [_parts(graph, cells, need) for cells, need in goals]
    nodes = [part for goal, _ in parts for part in goal]
    return GoalParts(
        part_at=np.cumsum([0, *(len(goal) for goal, _ in parts)]).astype(np.int32),
        node_at=np.cumsum([0, *(len(part) for part in nodes)]).astype(np.int32),
        node=np.array([node for part in nodes for node in part], dtype=np.int32),
        weight=np.array([weight for goal, _ in parts for weight in goal.values()], dtype=np.int64),
        need=np.array([need for _, need in parts], dtype=np.int64),
    )


def _parts(graph: ComponentGraph, indices: NDArray[np.intp], need: int) -> tuple[dict[tuple[int, ...], int], int]:
    """Count a goal's cells by the nodes that reach them, and how many are needed beside those that are starts."""
    if need < 1:
        raise InputError(f"a goal needs {need} of its cells; it must need at least 1")
    cells, of = np.unique(graph.field.beneath(indices), return_inverse=True)
    of = of.ravel()
    there = np.bincount(of, weights=np.isin(indices, graph.starts), minlength=cells.size) > 0
    node = graph.node_of[indices]
    useful = (node >= 0) & ~there[of]
    pairs = np.unique(np.column_stack([of[useful], node[useful]]), axis=0)
    parts: dict[tuple[int, ...], int] = {}
    single = np.bincount(pairs[:, 0], minlength=cells.size)[pairs[:, 0]] == 1
    for value, count in zip(*np.unique(pairs[single, 1], return_counts=True), strict=True):
        parts[(int(value),)] = int(count)
    reached_by: dict[int, list[int]] = {}
    for cell, value in pairs[~single].tolist():  # a bridge over ground of its own, or under another barrier
        reached_by.setdefault(cell, []).append(value)
    for several in reached_by.values():
        parts[tuple(several)] = parts.get(tuple(several), 0) + 1
    return parts, need - int(there.sum())


def reach_in_draws(graph: ComponentGraph, parts: GoalParts, barrier_open: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """
    Find in which draws each goal is reached at all, 64 draws a machine word; exact.

    Parameters
    ----------
    graph
        The component graph.
    parts
        The goals.
    barrier_open
        Shape (barriers, words): whether each barrier is open (:func:`wayout.move.worlds.draw_bits.pack_bits`).

    Returns
    -------
    reached
        Shape (goals, words). Bits beyond the last draw mean nothing.

    Raises
    ------
    InputError
        If the bits are not those of the graph's barriers.
    """
    from wayout.move.worlds.bit_waves import reach_goals

    if barrier_open.ndim != 2 or barrier_open.shape[0] != graph.n_barriers:
        raise InputError(
            f"draws have shape {barrier_open.shape}; give (barriers, words) for {graph.n_barriers} barriers"
        )
    found: NDArray[np.uint64] = reach_goals(
        np.ascontiguousarray(barrier_open, dtype=np.uint64),
        (graph.atom, graph.member_at, graph.member, graph.beside_at, graph.beside, graph.is_start),
        (parts.part_at, parts.node_at, parts.node, parts.weight, parts.need),
    )
    return found


def _check(field: Field, atoms: Atoms, n_barriers: int, starts: NDArray[np.intp]) -> None:
    if atoms.of.shape != field.cost.shape:
        raise InputError(f"atoms have shape {atoms.of.shape}, the field {field.cost.shape}; make both from one ground")
    highest = max((m[-1] for m in atoms.members), default=-1)
    if highest >= n_barriers:
        raise InputError(f"an atom lies under barrier {highest}; there are {n_barriers} barriers, counted from 0")
    if np.size(starts) == 0:
        raise InputError("there is no start; give at least one cell to start from")


def _outward(arcs: NDArray[np.int64], starts: NDArray[np.int32]) -> NDArray[np.int64]:
    """List the pieces that some draw reaches, breadth first: waves over them settle in few sweeps."""
    beside: dict[int, list[int]] = {}
    for a, b in arcs.tolist():
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    order = starts.tolist()
    seen = set(order)
    for piece in order:
        for other in sorted(beside.get(piece, ())):
            if other not in seen:
                seen.add(other)
                order.append(other)
    return np.array(order, dtype=np.int64)


def _neighbours(ends: NDArray[np.int32], n: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Turn arcs into ends and neighbours of each node."""
    here = np.concatenate([ends[:, 0], ends[:, 1]])
    there = np.concatenate([ends[:, 1], ends[:, 0]])
    order = np.lexsort((there, here))
    counts = np.bincount(here, minlength=n)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), there[order].astype(np.int32)
