"""The answer as a notebook holds it: exits, probabilities within any time, another world for the asking, and its own picture."""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from wayout.errors import InputError, NotFoundError
from wayout.model import Barrier, Exit, Reach
from wayout.publish.ways.told import Change, ToldWays, told_exits
from wayout.ways_out.answering import Prepared, answer
from wayout.ways_out.properties import name_key


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ways:
    """
    Which ways are open, with what probability and in what time; a notebook shows it as a map with its table.

    ``told`` holds the answer with all it was asked from; ``prepared`` the question, which :meth:`what_if` asks again.
    """

    told: ToldWays
    prepared: Prepared

    @property
    def exits(self) -> tuple[Exit, ...]:
        """Exits, the most probable first."""
        return told_exits(self.told)

    @property
    def reach(self) -> Reach:
        """The record of MOVE, with the probability surface."""
        return self.told.reach

    @property
    def barriers(self) -> tuple[Barrier, ...]:
        """The barriers that count, with their probabilities."""
        return self.told.barriers

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know: barriers that play no part, what was mended."""
        return self.told.warnings

    def exit(self, name: str) -> Exit:
        """
        Find an exit by its name.

        Raises
        ------
        NotFoundError
            If there is none of that name; lists those there are.
        """
        found: Exit = _named({e.name: e for e in self.exits}, name, "exit")
        return found

    def p_within(self, exit_name: str, hours: float) -> float:
        """
        Tell the probability that an exit is reached within some clock hours.

        Parameters
        ----------
        exit_name
            The exit.
        hours
            Clock hours from setting out, not above the time that was asked about.

        Returns
        -------
        p
            0 to 1.

        Raises
        ------
        NotFoundError
            If there is no such exit.
        InputError
            If the hours are negative or above the time asked about.
        """
        horizon = self.told.question.within_h
        if not 0 <= hours <= horizon:
            raise InputError(f"hours is {hours!r}; give hours between 0 and {horizon:g}, the time that was asked about")
        exit_ = self.exit(exit_name)
        at = bisect.bisect_right([h for h, _ in exit_.reach_curve], hours)
        return exit_.reach_curve[at - 1][1] if at else 0.0

    def p_if(self, exit_name: str, barrier: str, p_closed: float) -> float:
        """
        Tell P(reached in time) with another probability of one barrier, at once: for a slider.

        For a barrier that stands and falls alone P is a straight line in its probability, and both ends are known from its
        importance. Exact where all combinations were solved; a barrier whose importance is below 0.02 moves nothing here.

        Parameters
        ----------
        exit_name
            The exit.
        barrier
            A barrier that counts and shares its group with no other.
        p_closed
            The probability to ask about.

        Returns
        -------
        p
            0 to 1.

        Raises
        ------
        NotFoundError
            If there is no such exit or barrier.
        InputError
            If the barrier shares its group (ask :meth:`what_if`), or the probability does not lie between 0 and 1.

        References
        ----------
        Birnbaum (1969), On the importance of different components in a multicomponent system (the pivotal decomposition)
        """
        exit_ = self.exit(exit_name)
        found: Barrier = _named({b.name: b for b in self.barriers}, barrier, "barrier")
        p = _checked_p(found.name, p_closed)
        if sum(b.group == found.group for b in self.barriers) > 1:
            raise InputError(
                f"'{found.name}' stands and falls with others of the group '{found.group}'; ask what_if for it"
            )
        influence = next((d for d in exit_.deciding if d.barrier == found.id), None)
        if influence is None:
            return exit_.p_reach
        return min(max(exit_.p_reach + (found.p_closed - p) * influence.importance, 0.0), 1.0)

    def what_if(self, probabilities: Mapping[str, float]) -> "Ways":
        """
        Ask again with other probabilities of some barriers.

        Parameters
        ----------
        probabilities
            Barrier name to the new probability that it is closed.

        Returns
        -------
        ways
            The other answer; its ``told.before`` is this one's reach, and table and page show both.

        Raises
        ------
        NotFoundError
            If there is no barrier of that name; lists those there are.
        InputError
            If a probability does not lie between 0 and 1.
        """
        if not probabilities:
            raise InputError("no barrier is named; give names with probabilities, such as {'the bridge': 0.2}")
        known = {b.name: b for b in self.prepared.given.barriers}
        now = {b.name: b for b in self.told.barriers}
        moved: dict[str, float] = {}
        for name, p in probabilities.items():
            barrier = _named(known, name, "barrier")
            moved[barrier.name] = _checked_p(barrier.name, p)
        barriers = tuple(
            replace(b, p_closed=moved.get(b.name, now.get(b.name, b).p_closed)) for b in self.prepared.given.barriers
        )
        changes = tuple(
            Change(barrier=name, p_before=now.get(name, known[name]).p_closed, p_after=p) for name, p in moved.items()
        )
        told = answer(self.prepared, barriers)
        return Ways(told=replace(told, before=self.told.reach, changes=changes), prepared=self.prepared)

    def to_geojson(self) -> dict[str, Any]:
        """
        Make a GeoJSON feature collection: sources, exits, routes, corridors, barriers, and how it was made.

        Returns
        -------
        collection
            Described by ``docs/reference/move.geojson.schema.json``; derived positions are no finer than the 5 km floor.
        """
        from wayout.publish.ways.geojson import ways_geojson

        return ways_geojson(self.told)

    def to_html(self) -> str:
        """Make the page: one file that works from disk without a network."""
        from wayout.publish.ways.page import ways_page

        return ways_page(self.told)

    def _repr_html_(self) -> str:
        """Draw map and table for a notebook: self-contained, escaped, for light and dark."""
        from wayout.publish.ways.widget import ways_widget

        return ways_widget(self.told)

    def __repr__(self) -> str:
        """Write the table as plain text."""
        from wayout.publish.ways.table import ways_plain

        return ways_plain(self.told)


def _checked_p(name: str, p: float) -> float:
    if isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1:
        raise InputError(f"the probability of '{name}' is {p!r:.60}; give a number between 0 (open) and 1 (closed)")
    return float(p)


def _named(known: Mapping[str, Any], name: str, what: str) -> Any:
    """Find something by name, in whatever case it is written."""
    if name in known:
        return known[name]
    by_key = {name_key(n): n for n in known}
    if isinstance(name, str) and name_key(name) in by_key:
        return known[by_key[name_key(name)]]
    near = get_close_matches(name_key(str(name)), by_key, n=1)
    hint = f"; is '{by_key[near[0]]}' meant?" if near else ""
    listed = ", ".join(f"'{n}'" for n in list(known)[:20]) or f"none: no {what} was given"
    raise NotFoundError(f"there is no {what} {str(name)!r:.80}; the {what}s are {listed}{hint}")
