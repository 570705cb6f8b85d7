"""States that exclude each other: what later evidence leaves of earlier evidence, and how rivals share a probability."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wayout.fuse.weighing.propositions import parse_proposition


@dataclass(frozen=True)
class States:
    """
    Which rows and propositions compete, and for what.

    ``thing`` and ``side`` are codes by proposition (-1 where nothing competes): the place or way, and the rank of the holder's side
    among the sides of that thing. ``row_thing``, ``row_side`` and ``affirms`` are the same by row.
    """

    thing: NDArray[np.int64]
    side: NDArray[np.int64]
    row_thing: NDArray[np.int64]
    row_side: NDArray[np.int64]
    affirms: NDArray[np.bool_]
    is_exclusive: NDArray[np.bool_]
    heard: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        propositions: Sequence[str],
        row_proposition: NDArray[np.int64],
        shift: NDArray[np.float64],
        same_side: Callable[[str, str], bool],
        heard: NDArray[np.bool_],
    ) -> "States":
        """
        Read from the propositions' keys which of them are states of one thing, and who there is on one side.

        Only who was ``heard`` of (some row counted) ties sides together or is anybody's rival: a holder that later reports name changes
        nothing before.
        """
        things: dict[str, list[tuple[int, str]]] = {}
        by_thing, by_side = (np.full(len(propositions), -1, dtype=np.int64) for _ in range(2))
        exclusive = np.zeros(len(propositions), dtype=bool)
        for n, key in enumerate(propositions):
            read = parse_proposition(key)
            if read.state is not None:
                things.setdefault(read.state, []).append((n, read.actor))
                exclusive[n] = read.kind == "holds"
        for code, holders in enumerate(things.values()):
            members = [n for n, _ in holders]
            by_thing[members] = code
            by_side[members] = _sides([(actor, bool(heard[n])) for n, actor in holders], same_side)
        return cls(
            thing=by_thing,
            side=by_side,
            row_thing=by_thing[row_proposition],
            row_side=by_side[row_proposition],
            affirms=shift > 0,
            is_exclusive=exclusive,
            heard=heard,
        )

    def share(self, odds: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        Give each proposition its probability; rivals for one thing share it with "nobody known", whose odds are 1.

        ``p = e^o / (1 + e^o + sum over other sides of e^(strongest o of the side))``; without rivals the usual logistic.
        """
        strength = np.exp(np.clip(odds, -30.0, 30.0))
        rivals = np.zeros_like(strength)
        chosen = np.flatnonzero(self.is_exclusive)
        if len(chosen):
            width = int(self.side.max()) + 1
            slot = self.thing[chosen] * width + self.side[chosen]
            best = np.zeros((int(self.thing.max()) + 1) * width)
            np.maximum.at(best, slot, np.where(self.heard, strength, 0.0)[chosen])
            by_side = best.reshape(-1, width)
            for one in range(width):  # summed over the others, not subtracted from the whole: exact
                mine = chosen[self.side[chosen] == one]
                rivals[mine] = np.delete(by_side, one, axis=1).sum(axis=1)[self.thing[mine]]
        shared: NDArray[np.float64] = strength / (1.0 + strength + rivals)
        return shared


def _sides(holders: Sequence[tuple[str, bool]], same_side: Callable[[str, str], bool]) -> list[int]:
    """Number the sides among the holders of one thing; who fights beside one of a side belongs to it, if both were heard of."""
    side = list(range(len(holders)))
    for second, (later, heard) in enumerate(holders):
        for first, (earlier, before) in enumerate(holders[:second]):
            if heard and before and side[first] != side[second] and same_side(earlier, later):
                kept, lost = sorted((side[first], side[second]))
                side = [kept if s == lost else s for s in side]
    ranks = {s: rank for rank, s in enumerate(dict.fromkeys(side))}
    return [ranks[s] for s in side]


def still_standing(states: States, day: NDArray[np.float64], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return what later evidence for another state leaves of each row: a factor in [0, 1].

    A row about a state is overtaken by rows of a strictly later day that say another state: another side holds the place, or this
    one lost it; the way is closed, not open. Each says so with ``q = 2 / (1 + e^-|words|) - 1`` (0 for open words, near 1 for sure ones
    from a good source), and the strongest counts: ``standing = 1 - max q``. So copies change nothing, and a takeover, which is an
    event, ends what was before it however long ago it was.

    Parameters
    ----------
    states
        Who competes with whom.
    day
        Day spoken of by row; NaN rows neither overtake nor are overtaken.
    words
        Log-odds of the words times the source's weight, 0 for rows that do not count; fading plays no part.

    Returns
    -------
    standing
        By row; 1 where nothing later contradicts.
    """
    standing = np.ones(len(day))
    rows = np.flatnonzero((states.row_thing >= 0) & ~np.isnan(day))
    if not len(rows):
        return standing
    order = rows[np.lexsort((-day[rows], states.row_thing[rows]))]
    thing, side, affirms = states.row_thing[order], states.row_side[order], states.affirms[order]
    sure = 2.0 / (1.0 + np.exp(-np.abs(words[order]))) - 1.0
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (thing[1:] != thing[:-1]) | (day[order][1:] != day[order][:-1])
    first_of_day = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    left = np.ones(len(order))
    for one in range(int(side.max()) + 1):
        mine = side == one
        for_it, against_it = mine & affirms, mine & ~affirms
        left[for_it] = 1.0 - _strongest_later(np.where(affirms != mine, sure, 0.0), thing, first_of_day)[for_it]
        left[against_it] = 1.0 - _strongest_later(np.where(for_it, sure, 0.0), thing, first_of_day)[against_it]
    standing[order] = left
    return standing


def _strongest_later(
    sure: NDArray[np.float64], thing: NDArray[np.int64], first_of_day: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the largest value among strictly later rows of the same thing; rows are sorted by thing, newest first."""
    values, rank = np.unique(sure, return_inverse=True)
    # Ranks, not values, carry the thing's number, so that each begins anew and no last digit depends on how many others there are.
    running = values[np.maximum.accumulate(rank + len(values) * thing) - len(values) * thing]
    before = first_of_day - 1
    same = (before >= 0) & (thing[np.maximum(before, 0)] == thing)
    return np.where(same, running[np.maximum(before, 0)], 0.0)
