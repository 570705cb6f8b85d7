"""The choices of one ensemble, in one record."""

from dataclasses import dataclass, field
from typing import Literal

from wayout.errors import InputError
from wayout.move.worlds.training import TrainingOptions

Method = Literal["all", "draws", "gateways"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnsembleOptions:
    """
    Choices of :func:`wayout.move.ensemble.run_ensemble`.

    Attributes
    ----------
    seed
        Seed of draws and training.
    max_states
        Most combinations to solve all of.
    n_draws
        Draws where each is solved in full.
    n_graph_draws
        Draws where the graph answers (a thousandth of the price).
    n_fresh
        Fresh draws solved exactly to check the graph and correct it.
    enough_exact
        Share of fresh (draw, goal) pairs that must be exact; the graph learns from fresh draws that fall short, and is checked anew.
    most_rounds
        Checks at most; the last one counts, whatever it says.
    method
        ``None`` chooses by estimated cost.
    n_threads
        Threads; results do not depend on it.
    training
        How long to learn.
    """

    seed: int = 1
    max_states: int = 1024
    n_draws: int = 1000
    n_graph_draws: int = 20_000
    n_fresh: int = 100
    enough_exact: float = 0.995
    most_rounds: int = 4
    method: Method | None = None
    n_threads: int = 1
    training: TrainingOptions = field(default_factory=TrainingOptions)

    def __post_init__(self) -> None:
        """Refuse choices that make no sense."""
        if min(self.max_states, self.n_draws, self.n_graph_draws, self.n_fresh, self.most_rounds, self.n_threads) < 1:
            raise InputError(
                f"max_states {self.max_states}, n_draws {self.n_draws}, n_graph_draws {self.n_graph_draws}, n_fresh {self.n_fresh}, "
                f"most_rounds {self.most_rounds} and n_threads {self.n_threads} must all be at least 1"
            )
