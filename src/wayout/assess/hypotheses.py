"""What the party will do: leaves by each exit, stays and disperses, or something else, weighed by likelihood ratios."""

from collections.abc import Mapping, Sequence

from wayout import __version__
from wayout.assess.judging.case import Case
from wayout.assess.judging.courses import hypothesis_id, statements
from wayout.assess.judging.diagnosticity import by_claim, logs_of, ratios_of
from wayout.assess.judging.pulls import Follows, find_pulls
from wayout.assess.judging.sensitivity import Shift, range_of, shifts
from wayout.assess.judging.stated import stated_for
from wayout.assess.judging.weighing import ELSE, NAMED, STAYS, Counted
from wayout.model import Actor, ActorId, Claim, Hypothesis, Question, Reach, Situation, Step, Weight
from wayout.stats.likelihood import likelihood_term

MADE_BY = Step(name="assess.hypotheses", version=__version__)
TELLS_NOTHING = 1e-9
"""A ratio this close to 1 is 1."""


def weigh_hypotheses(
    claims: Sequence[Claim],
    situation: Situation,
    reach: Reach,
    question: Question,
    actors: Mapping[ActorId, Actor],
    follows: Follows | None = None,
) -> tuple[Hypothesis, ...]:
    """
    Weigh what the party will do within the horizon.

    The prior is multiplied by the likelihood of every report that bears on the hypotheses, as far as it is to be believed and as
    far as it is independent of the others; the directions share "leaves" in proportion to P(reach) times the ratios of the
    reports that name them. Nobody leaves by a way more often than it can be gone: P(leaves by exit) <= P(reach exit).

    Parameters
    ----------
    claims
        Located claims.
    situation
        Gives the probability of each claim and its origin.
    reach
        Gives P(reach) of each exit; only directions become hypotheses, so that they exclude each other.
    question
        Whose question it is.
    actors
        Actors by id, with parents.
    follows
        What consequences are worth once their conditions hold, where that is known.

    Returns
    -------
    hypotheses
        Probabilities sum to 1; most likely first; "stays" and "something else" are always among them.

    References
    ----------
    docs/methods/hypotheses.md; Good (1985) Weight of evidence; ICD 203.
    """
    case = make_case(claims, situation, reach, question, actors, follows)
    return tell_hypotheses(case, claims, reach, question)


def make_case(
    claims: Sequence[Claim],
    situation: Situation,
    reach: Reach,
    question: Question,
    actors: Mapping[ActorId, Actor],
    follows: Follows | None = None,
) -> Case:
    """
    Make a question ready for the arithmetic; arguments as for :func:`weigh_hypotheses`.

    Returns
    -------
    case
        Ways by direction, pulls of the claims, stated numbers for the party.
    """
    exits = [e for e in reach.exits if e.kind == "direction"]
    return Case(
        p_reach={e.id: e.p_reach for e in exits},
        pulls=find_pulls(claims, situation, exits, question, actors, follows),
        stated=stated_for(question.party.kind),
    )


def tell_hypotheses(case: Case, claims: Sequence[Claim], reach: Reach, question: Question) -> tuple[Hypothesis, ...]:
    """
    Turn a case into hypotheses with their weights and ranges.

    Parameters
    ----------
    case
        The question ready for the arithmetic.
    claims
        Its claims, for the words they rest on.
    reach
        Names of the exits.
    question
        Names of party and area.

    Returns
    -------
    hypotheses
        Most likely first.
    """
    p, prior, moved = case.p(), case.prior(), shifts(case)
    claims_by_id = {c.id: c for c in claims}
    mine = by_claim(case)
    ratios = {i: ratios_of(logs_of(parts, list(p)), prior) for i, parts in mine.items()}
    found = []
    for course, statement in statements(reach, question).items():
        weights = tuple(
            Weight(claim=c, likelihood_ratio=ratios[c][course], why=_why(mine[c], course))
            for c in mine
            if abs(ratios[c][course] - 1) > TELLS_NOTHING
        )
        low, high = _range(case, moved, course)
        found.append(
            Hypothesis(
                id=hypothesis_id(statement),
                statement=statement,
                p=min(max(p[course], 0.0), 1.0),
                p_prior=min(max(prior[course], 0.0), 1.0),
                p_low=low,
                p_high=high,
                likelihood=likelihood_term(p[course]),
                exit=None if course in (STAYS, ELSE) else course,
                weights=weights,
                evidence=tuple(dict.fromkeys(s for w in weights for s in claims_by_id[w.claim].evidence)),
                made_by=MADE_BY,
            )
        )
    return tuple(sorted(found, key=lambda h: (-round(h.p, 9), h.id)))


def _range(case: Case, moved: tuple[Shift, ...], course: str) -> tuple[float, float]:
    low, high = range_of(case, moved, course)
    return max(0.0, low), min(1.0, high)


def _why(parts: Sequence[Counted], course: str) -> str:
    """Say which kind of report a claim is, how far it is believed and how much of it counts."""
    shown = [c for c in parts if c.pull.exit in (None, course)]
    kinds = " and ".join(dict.fromkeys(c.pull.kind.replace("_", " ") if c.pull.kind != NAMED else NAMED for c in shown))
    first = (shown or list(parts))[0]
    return f"{kinds or 'names another way'} (strength {first.pull.strength:.2f}, counts {first.share:.2f})"
