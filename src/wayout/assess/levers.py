"""What would change the answer: the news, of a report or of a barrier, that would move the leading exits most."""

from collections.abc import Iterator, Mapping

from wayout.model import Barrier, BarrierInfluence, Exit, Lever, Reach, ReportInfluence, Situation
from wayout.model.assessment import LEAST_CHANGE

LEADING = 3
"""How many of the most open exits count as "the answer"."""
ABOUT_THE_WAY = frozenset({"stated_open", "stated_closed"})
"""Words about the way as a whole restate the question; what could be found out is what stands in it."""
MOST = 6
"""Levers kept, at most: a list to act on, not an inventory."""
MOST_UNREPORTED = 2
"""... of them barriers of which no report speaks: where nothing near is reported there are many small ones far off."""


def find_levers(situation: Situation, reach: Reach) -> tuple[Lever, ...]:
    """
    Rank news by how much it would move the leading exits.

    A report is settled with all the barriers it stands behind: ``expected_change`` is its value of information. A barrier
    behind which there is no such report is settled alone: ``swing = importance * 4 p (1 - p)``, the Birnbaum importance for
    the exit times the doubt left (1 at p = 0.5, 0 when it is settled). Both are on one scale, because for a single
    barrier the value of information is ``importance * 2 p (1 - p)``, half its swing.

    Parameters
    ----------
    situation
        The barriers with their probabilities and claims.
    reach
        Exits with the reports and barriers that decide them, most open exit first.

    Returns
    -------
    levers
        One per barrier (its strongest exit): first those a report speaks of, which a further report can settle, then
        what is not reported at all; largest swing first in each. None moves its exit by less than ``LEAST_CHANGE`` on average.

    References
    ----------
    Birnbaum (1969) On the importance of different components in a multicomponent system.
    Howard (1966) Information value theory, https://doi.org/10.1109/TSSC.1966.300074
    """
    barriers = {b.id: b for b in situation.barriers}
    ways = [e for e in reach.exits if e.kind in ("direction", "border")]
    leading = [e for e in ways if e.reported][:LEADING] or ways[:LEADING]
    offered = [lever for exit_ in leading for lever in (*_of_reports(exit_, barriers), *_of_barriers(exit_, barriers))]
    # A report moves what its barriers move; of two equally strong the one that settles fewer barriers says more plainly what to ask.
    offered.sort(key=lambda lever: (-round(lever.swing, 6), len(lever.others), lever.barrier, lever.exit))
    kept: list[Lever] = []
    covered: set[str] = set()
    for lever in offered:
        if lever.expected_change >= LEAST_CHANGE and covered.isdisjoint((lever.barrier, *lever.others)):
            kept.append(lever)
            covered |= {lever.barrier, *lever.others}
    told = [lever for lever in kept if not barriers[lever.barrier].is_prior]
    silent = [lever for lever in kept if barriers[lever.barrier].is_prior]
    return tuple([*told, *silent[:MOST_UNREPORTED]][:MOST])


def _of_reports(exit_: Exit, barriers: Mapping[str, Barrier]) -> Iterator[Lever]:
    """Make a lever of each set of barriers that reports stand behind, with all these reports."""
    rank = {influence.barrier: n for n, influence in enumerate(exit_.deciding)}
    together: dict[tuple[str, ...], list[ReportInfluence]] = {}
    for report in exit_.reports:
        together.setdefault(tuple(sorted(report.barriers)), []).append(report)
    for members, reports in together.items():
        about = [b for b in members if barriers[b].kind not in ABOUT_THE_WAY]
        # What else the report closes elsewhere does not belong to this exit's question.
        asked = sorted(rank.keys() & about, key=rank.__getitem__) or sorted(about)
        if not asked:
            continue
        worth = max(reports, key=lambda r: (r.value_of_information, r.claim))
        # p_reach_if_right is with the barriers as the report says: closed, for all but words about the way.
        yield _lever(
            exit_,
            [barriers[b] for b in asked],
            worth.value_of_information,
            (worth.p_reach_if_wrong, worth.p_reach_if_right),
        )


def _of_barriers(exit_: Exit, barriers: Mapping[str, Barrier]) -> Iterator[Lever]:
    for influence in exit_.deciding:
        barrier = barriers[influence.barrier]
        if barrier.kind not in ABOUT_THE_WAY:
            yield _lever(
                exit_, [barrier], _change(influence, barrier), (influence.p_reach_if_open, influence.p_reach_if_closed)
            )


def _change(influence: BarrierInfluence, barrier: Barrier) -> float:
    return abs(influence.importance) * 2 * barrier.p_closed * (1 - barrier.p_closed)


def _lever(exit_: Exit, asked: list[Barrier], change: float, p: tuple[float, float]) -> Lever:
    p_open, p_closed = p
    what = " and ".join(b.name for b in asked)
    way = f"the way {exit_.name}" if exit_.kind == "direction" else f"the way to {exit_.name}"
    verb = "is" if len(asked) == 1 else "are"
    return Lever(
        barrier=asked[0].id,
        exit=exit_.id,
        claims=tuple(dict.fromkeys(c for b in asked for c in b.claims)),
        others=tuple(b.id for b in asked[1:]),
        swing=min(1.0, 2 * change),
        expected_change=min(1.0, change),
        p_reach_if_open=p_open,
        p_reach_if_closed=p_closed,
        statement=(
            f"A report that settles whether {what} {verb} closed would move {way} "
            f"to {p_open:.0%} (open) or {p_closed:.0%} (closed); expected change {change:.0%}"
        ),
        evidence=tuple(dict.fromkeys(span for b in asked for span in b.evidence)),
    )
