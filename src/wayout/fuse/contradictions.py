"""Claims that cannot both hold are kept side by side, never averaged away."""

from collections.abc import Sequence
from itertools import combinations

from wayout.model import Claim, Contradiction

OPPOSITES = frozenset({("seals", "opens"), ("besieges", "opens"), ("cannot_move", "way_open"), ("holds", "loses")})


def find_contradictions(claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """
    Find pairs of claims that cannot both hold.

    Three kinds: a claim and the denial of it in the same report; the same act by the same side at the same place once
    affirmed and once denied (of political events: by the same sides, both named); and opposite acts (sealed / open, no way / the way, holds / loses) at the same place. Plans, fears and questions contradict nothing.

    Parameters
    ----------
    claims
        Located claims.

    Returns
    -------
    contradictions
        Pairs in the claims' order.
    """
    said = [c for c in claims if c.mood in ("fact", "inference") and c.condition is None and abs(c.certainty) >= 1]
    found = []
    for first, second in combinations(said, 2):
        if second.denies == first.id or first.denies == second.id:
            found.append(Contradiction(first=first.id, second=second.id, why="one affirms what the other denies"))
            continue
        if not _same_place(first, second):
            continue
        if first.predicate == second.predicate and first.certainty * second.certainty < 0:
            if first.subject == second.subject and first.object == second.object and _same_deed(first, second):
                found.append(Contradiction(first=first.id, second=second.id, why="one affirms what the other denies"))
        elif _opposite(first, second) and first.certainty > 0 and second.certainty > 0:
            found.append(Contradiction(first=first.id, second=second.id, why="one says closed, the other open"))
    return tuple(found)


def _same_deed(first: Claim, second: Claim) -> bool:
    """Tell whether two claims of one predicate tell of one act: what no predicate names is many acts, told apart by type and sides."""
    if first.predicate != "other":
        return True
    return (
        first.event_type is not None
        and first.event_type == second.event_type
        and None not in (first.subject, first.object)
    )


def _opposite(first: Claim, second: Claim) -> bool:
    return (first.predicate, second.predicate) in OPPOSITES or (second.predicate, first.predicate) in OPPOSITES


def _same_place(first: Claim, second: Claim) -> bool:
    phrases = {p.phrase.casefold() for p in first.places}
    return bool(phrases & {p.phrase.casefold() for p in second.places}) if phrases or second.places else True
