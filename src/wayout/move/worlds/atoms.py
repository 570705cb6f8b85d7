"""Overlapping barriers as atoms: sets of uncertain cells that lie under the same barriers, so that each is open or closed as one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FREE = -1
"""The atom of a cell on which no barrier lies."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Atoms:
    """
    Which atom each flat index lies in, and which barriers lie on each atom.

    ``of`` (size,) is the atom of each cell and road node, :data:`FREE` where there is none. ``members`` are the barriers on each
    atom, ascending: it is open exactly where all of them are. Atoms are numbered in the order of their members.
    """

    of: NDArray[np.int32]
    members: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        """Return the number of atoms."""
        return len(self.members)

    def open_where(self, closed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """
        Tell which atoms are open in some worlds.

        Parameters
        ----------
        closed
            Whether each barrier is closed, shape (worlds, barriers).

        Returns
        -------
        open_
            Shape (worlds, atoms).
        """
        open_ = np.ones((closed.shape[0], len(self.members)), dtype=bool)
        for atom, barriers in enumerate(self.members):
            for b in barriers:
                open_[:, atom] &= ~closed[:, b]
        return open_

    def cells(self) -> tuple[NDArray[np.intp], ...]:
        """Return the flat indices of each atom, ascending."""
        touched = np.nonzero(self.of >= 0)[0]
        order = touched[np.argsort(self.of[touched], kind="stable")]
        cuts = np.searchsorted(self.of[order], np.arange(1, len(self.members)))
        return tuple(np.split(order, cuts)) if self.members else ()


def make_atoms(size: int, closing: Sequence[NDArray[np.intp]], passable: NDArray[np.bool_]) -> Atoms:
    """
    Split the ground under barriers into atoms.

    Parameters
    ----------
    size
        Number of flat indices (cells of the padded grid, then road nodes).
    closing
        The flat indices that each barrier closes (:meth:`wayout.move.travel_time.Field.padded`).
    passable
        Which indices are open where no barrier is closed, shape (size,); the others belong to no atom.

    Returns
    -------
    atoms
        At most one an index; barriers that lie on nothing passable are members of none.
    """
    of = np.full(size, FREE, dtype=np.int64)
    members: list[tuple[int, ...]] = []
    for barrier, cells in enumerate(closing):
        here = np.unique(cells[passable[cells]])
        before, which = np.unique(of[here], return_inverse=True)
        of[here] = len(members) + which
        members += [(*(members[b] if b >= 0 else ()), barrier) for b in before]
    left = np.unique(of[of >= 0])
    ordered = sorted(left, key=lambda atom: members[atom])
    renamed = np.full(len(members) + 1, FREE, dtype=np.int32)  # the last entry stands for FREE
    renamed[ordered] = np.arange(len(ordered))
    return Atoms(of=renamed[of], members=tuple(members[atom] for atom in ordered))
