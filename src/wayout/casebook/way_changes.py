"""What changed on a party's ways between two days: barriers and exits before and after, and the reports behind a barrier's change."""

from collections.abc import Iterable
from dataclasses import dataclass

from wayout.casebook.changes import LEAST_CHANGE, LEAST_SHARE, MOST_NAMED, Culprit
from wayout.fuse.situation import fuse_claims
from wayout.model import Barrier, Claim, ClaimId, DocumentId, Exit, Findings

MOST_TRIED = 12
"""Origins left out in turn, those with most claims on what changed first: FUSE runs once for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayChange:
    """
    A barrier's probability of being closed, or an exit's of being reached, before and after.

    ``None``: there was no such barrier or way. ``culprits`` of exits are empty: they change by their barriers.
    """

    kind: str
    id: str
    name: str
    p_before: float | None
    p_after: float | None
    culprits: tuple[Culprit, ...] = ()


def find_way_changes(first: Findings, second: Findings) -> tuple[WayChange, ...]:
    """
    Compare what was found on one question at two times.

    Parameters
    ----------
    first, second
        Findings on the same party and area, as of an earlier and a later time.

    Returns
    -------
    changes
        Barriers, then exits, that moved by :data:`~wayout.casebook.changes.LEAST_CHANGE` or more, came or went; most first.
    """
    barriers = (
        [(b.id, b.name, b.p_closed) for b in first.situation.barriers],
        [(b.id, b.name, b.p_closed) for b in second.situation.barriers],
    )
    exits = [_way(e) for e in first.reach.exits], [_way(e) for e in second.reach.exits]
    blame = _Blame(first, second)
    changed = _changes("barrier", *barriers)
    named = tuple(_with(change, blame.culprits(change)) for change in changed)
    return (*named, *_changes("way", *exits))


def _way(exit_: Exit) -> tuple[str, str, float]:
    return f"{exit_.kind}:{exit_.name}", exit_.name, exit_.p_reach


def _with(change: WayChange, culprits: tuple[Culprit, ...]) -> WayChange:
    from dataclasses import replace

    return replace(change, culprits=culprits)


def _changes(
    kind: str, first: Iterable[tuple[str, str, float]], second: Iterable[tuple[str, str, float]]
) -> list[WayChange]:
    before, after = ({i: (name, p) for i, name, p in items} for items in (first, second))
    found = []
    for key in sorted(before.keys() | after.keys()):
        a, b = before.get(key, (None, None))[1], after.get(key, (None, None))[1]
        name = (after.get(key) or before[key])[0]
        if a is None or b is None or abs(a - b) >= LEAST_CHANGE:
            found.append(WayChange(kind=kind, id=key, name=name, p_before=a, p_after=b))
    return sorted(found, key=lambda c: (-abs((c.p_after or 0.0) - (c.p_before or 0.0)), c.id))


class _Blame:
    """Leaves out the new reports of one origin after the other, and fuses again."""

    def __init__(self, first: Findings, second: Findings) -> None:
        known = {d.id for d in first.documents}
        self._second = second
        self._claims = {c.id: c for c in second.claims}
        self._origin = {b.claim: b.origin for b in second.situation.beliefs}
        self._new = {c.id for c in second.claims if c.document not in known and c.id in self._origin}
        self._barriers = {b.id: b for b in second.situation.barriers}
        self._without: dict[str, dict[str, Barrier]] = {}

    def culprits(self, change: WayChange) -> tuple[Culprit, ...]:
        """Name the new reports whose origin, left out, undoes most of a barrier's change."""
        barrier = self._barriers.get(change.id)
        if barrier is None or change.p_after is None:
            return ()
        told: dict[str, list[ClaimId]] = {}
        for claim in barrier.claims:
            if claim in self._new:
                told.setdefault(self._origin[claim], []).append(claim)
        base = change.p_before if change.p_before is not None else 0.0
        found = []
        for origin, claims in sorted(told.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_TRIED]:
            left = self._left_out(origin).get(change.id)
            p = base if left is None else left.p_closed
            if (change.p_after - p) / ((change.p_after - base) or 1.0) >= LEAST_SHARE:
                found.append((p, claims[0]))
        found.sort(key=lambda item: (-abs(change.p_after - item[0]) if change.p_after is not None else 0.0, item[1]))
        return tuple(
            Culprit(claim=claim, document=DocumentId(self._claims[claim].document), p_without=p)
            for p, claim in found[:MOST_NAMED]
        )

    def _left_out(self, origin: str) -> dict[str, Barrier]:
        """Fuse without the new claims of an origin."""
        if origin not in self._without:
            second = self._second
            world: list[Claim] = [c for c in second.claims if not (c.id in self._new and self._origin[c.id] == origin)]
            actors = {a.id: a for a in second.actors}
            situation = fuse_claims(world, second.documents, second.question, actors)
            self._without[origin] = {b.id: b for b in situation.barriers}
        return self._without[origin]
