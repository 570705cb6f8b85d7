"""One question ready to be judged again and again: ways, pulls and stated numbers, as plain arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wayout.assess.judging.stated import Stated
from wayout.assess.judging.weighing import Counted, Pull, count, weigh

TIE = 9
"""Decimals to which probabilities are compared: what differs beyond them is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How open each way is (by exit id), what the reports say, and the stated numbers."""

    p_reach: Mapping[str, float]
    pulls: tuple[Pull, ...]
    stated: Stated

    def counted(self) -> tuple[Counted, ...]:
        """Say what each pull counts."""
        return count(self.pulls, self.stated)

    def p(self) -> dict[str, float]:
        """Give the probability of every course."""
        return weigh(self.p_reach, self.counted(), self.stated)

    def prior(self) -> dict[str, float]:
        """Give the probability of every course before the reports of what the party does or suffers."""
        return weigh(self.p_reach, (), self.stated)

    def without(self, origins: frozenset[str]) -> "Case":
        """Leave out what some origins say."""
        return replace(self, pulls=tuple(p for p in self.pulls if p.origin not in origins))

    def discounted(self, claim: str, weight_left: float) -> "Case":
        """Let only a share of one claim's weight count."""
        pulls = (replace(p, strength=p.strength * weight_left) if p.claim == claim else p for p in self.pulls)
        return replace(self, pulls=tuple(pulls))


def leader(p: Mapping[str, float]) -> str:
    """
    Name the most probable course; of equals the first by key, so that no order of the input decides.

    Examples
    --------
    >>> leader({"stays": 0.6, "south": 0.4})
    'stays'
    """
    return min(p, key=lambda course: (-round(p[course], TIE), course))
