"""Which barriers would close an exit for good: the fewest, from which ground hangs together."""

import numpy as np

from wayout.move.ways.solved import Scene, Solved
from wayout.move.worlds.atoms import make_atoms
from wayout.move.worlds.component_graph import ComponentGraph, build_component_graph, goal_parts
from wayout.move.worlds.seals import Closable, fewest_seal


class Sealing:
    """Finds what seals exits; the graph of a scene is kept from one exit to the next."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._scene: Scene | None = None
        self._graph: ComponentGraph | None = None

    def sealed_by(self, solved: Solved) -> tuple[str, ...] | None:
        """
        Find the fewest barriers that close an exit for good, whatever the time.

        Parameters
        ----------
        solved
            A solved target.

        Returns
        -------
        barriers
            Their ids, sorted; none where the ground itself closes the exit, ``None`` where all barriers together do not.
        """
        scene, field = solved.scene, solved.scene.terrain.field
        graph = self._graph_of(scene)
        cells = field.padded(solved.goal.cells)
        cells = cells[np.isfinite(field.cost[cells])]
        if not cells.size:
            return ()
        need = 1 + int(solved.goal.share * (cells.size - 1))
        closable = [Closable(id=p.barrier.id, p_closed=p.barrier.p_closed, group=p.barrier.group) for p in scene.placed]
        seal = fewest_seal(graph, goal_parts(graph, [(cells, need)]), closable)
        return None if seal is None else seal.barriers

    def _graph_of(self, scene: Scene) -> ComponentGraph:
        if self._graph is None or scene is not self._scene:
            field = scene.terrain.field
            closing = [field.padded(p.cells) for p in scene.placed]
            atoms = make_atoms(field.size, closing, np.isfinite(field.cost))
            starts = field.padded(scene.terrain.start)
            self._scene, self._graph = scene, build_component_graph(field, atoms, len(closing), starts)
        return self._graph
