"""Which barriers would close an exit for good: the fewest, from which ground hangs together."""

from collections.abc import Sequence

from wayout.model import Barrier
from wayout.move.ways.solved import Solved
from wayout.move.worlds.component_graph import goal_parts
from wayout.move.worlds.seals import Closable, fewest_seal


def sealed_by(solved: Solved, barriers: Sequence[Barrier]) -> tuple[str, ...] | None:
    """
    Find the fewest barriers that close an exit for good, whatever the time.

    Parameters
    ----------
    solved
        A solved target.
    barriers
        The barriers with the probabilities to count with, in the order placed.

    Returns
    -------
    barriers
        Their ids, sorted; none where the ground itself closes the exit, ``None`` where all barriers together do not.
    """
    pieces, goal = solved.scene.pieces, solved.scene.ensemble.problem.goals[solved.column]
    if not goal.cells.size:
        return ()
    closable = [Closable(id=b.id, p_closed=b.p_closed, group=b.group) for b in barriers]
    seal = fewest_seal(pieces, goal_parts(pieces, [(goal.cells, goal.rank + 1)]), closable)
    return None if seal is None else seal.barriers
