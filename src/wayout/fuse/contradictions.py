"""Claims that cannot both hold are kept side by side, never averaged away."""

from collections.abc import Callable, Sequence

from wayout.fuse.weighing.clashing import Clash, Told, dates, denials, figures, holders, open_and_closed, place_names
from wayout.fuse.weighing.heard import Voices
from wayout.model import Claim, Contradiction


def find_contradictions(
    claims: Sequence[Claim], belief: Voices, same_side: Callable[[str, str], bool] = str.__eq__
) -> tuple[Contradiction, ...]:
    """
    Find pairs of claims that cannot both hold, with the mouths behind both.

    Five rules: a claim and the denial of it, or one deed at one place affirmed and denied (of political events: by the same sides,
    both named); a way open and closed at one time; two holders of one place at one time who are not on one side, or one who holds
    and has lost it; numbers, and days, given for one deed whose ranges do not meet. Where one mouth says both it is a source
    against itself. Plans, fears and questions contradict nothing, and a later change does not contradict what was before.

    Parameters
    ----------
    claims
        Located claims, in the order of the reports.
    belief
        The mouth behind each claim and the day it speaks of.
    same_side
        Tells whether two actors are on one side.

    Returns
    -------
    contradictions
        Pairs in the claims' order; each claim of the smaller side is shown against the nearest of the other.
    """
    said = [c for c in claims if c.mood in ("fact", "inference") and c.condition is None and abs(c.certainty) >= 1]
    told = [Told(c, belief.day_of(c.id), belief.group_of(c.id), place_names(c)) for c in said]
    place = {c.id: n for n, c in enumerate(claims)}
    found: dict[tuple[int, int], Contradiction] = {}
    rules = (denials(told), open_and_closed(told), holders(told, same_side), figures(told), dates(told))
    for rule in rules:
        for clash in rule:
            first, second = sorted((place[clash.first.claim.id], place[clash.second.claim.id]))
            if first != second:
                found.setdefault((first, second), _contradiction(clash, swapped=first != place[clash.first.claim.id]))
    return tuple(found[pair] for pair in sorted(found))


def _contradiction(clash: Clash, *, swapped: bool) -> Contradiction:
    first, second = (clash.second, clash.first) if swapped else (clash.first, clash.second)
    itself = first.origin == second.origin
    return Contradiction(
        first=first.claim.id,
        second=second.claim.id,
        why=clash.why,
        kind="itself" if itself else clash.kind,
        origins=(first.origin, second.origin),
    )
