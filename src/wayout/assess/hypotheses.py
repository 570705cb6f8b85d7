"""What the party will do: leaves by each exit, stays and disperses, or something else, weighed by likelihood ratios."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wayout import __version__
from wayout.geo.directions import angle_between, bearing_to
from wayout.model import Actor, ActorId, Claim, Exit, Hypothesis, Question, Reach, Situation, Step, Weight, content_id
from wayout.stats.likelihood import likelihood_term
from wayout.vocab import read_vocab

MADE_BY = Step(name="assess.hypotheses", version=__version__)
PRESSURE = frozenset({"attacks", "strikes", "clashes", "sweeps"})
NEAR_DEG = 3.0
"""A place named as a goal speaks for an exit only if it lies within some 300 km; what lies farther is an onward leg."""


@dataclass(frozen=True, slots=True)
class _Pull:
    """One claim's pull: on leaving at all (``exit`` None) or on one exit, as a log likelihood ratio."""

    claim: Claim
    origin: int
    kind: str
    exit: str | None
    log_ratio: float
    why: str


def weigh_hypotheses(
    claims: Sequence[Claim],
    situation: Situation,
    reach: Reach,
    question: Question,
    actors: Mapping[ActorId, Actor],
) -> tuple[Hypothesis, ...]:
    """
    Weigh what the party will do within the horizon.

    Prior odds of leaving are multiplied by the likelihood ratio of each kind of report, once per independent origin;
    the directions share "leaves" in proportion to P(reach) times their own ratios. Nobody leaves by a way more often than
    it can be gone: P(leaves by exit) <= P(reach exit), the rest stays.

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

    Returns
    -------
    hypotheses
        Probabilities sum to 1; most likely first; "stays" and "something else" are always among them.

    References
    ----------
    docs/methods/hypotheses.md; Good (1985) Weight of evidence; ICD 203.
    """
    rules = read_vocab("hypothesis_weights.yaml")
    exits = [e for e in reach.exits if e.kind == "direction"]
    pulls = _strongest(_pulls(claims, situation, exits, question, actors, rules))
    prior = rules["prior"][question.party.kind]
    p_leaves = _posterior(prior["leaves"], [p.log_ratio for p in pulls if p.exit is None])
    p_else = prior["something_else"]
    shares = _shares(exits, pulls, math.log(rules["cap"]))
    verb, stay = _wording(question)
    found: list[tuple[str, float, float, str | None, list[_Pull]]] = []
    for exit_ in exits:
        p = min((1 - p_else) * p_leaves * shares[exit_.id], exit_.p_reach)
        statement = f"{question.party.name} {verb} {exit_.name}"
        found.append(
            (
                statement,
                p,
                prior["leaves"] / max(1, len(exits)),
                exit_.id,
                [q for q in pulls if q.exit in (None, exit_.id)],
            )
        )
    rest = 1 - p_else - sum(item[1] for item in found)
    found.append(
        (
            f"{question.party.name} {stay}",
            rest,
            1 - prior["leaves"] - p_else,
            None,
            [q for q in pulls if q.exit is None],
        )
    )
    found.append(("Something else happens", p_else, p_else, None, []))
    hypotheses = [_hypothesis(*item) for item in found]
    return tuple(sorted(hypotheses, key=lambda h: (-round(h.p, 9), h.id)))


def _wording(question: Question) -> tuple[str, str]:
    if question.party.aim == "in":
        return f"gets into {question.area_text} from the", "does not get in"
    if question.party.kind == "civilians":
        return f"leave {question.area_text} to the", "stay where they are"
    return f"leaves {question.area_text} to the", "stays and disperses there"


def _hypothesis(statement: str, p: float, prior: float, exit_: str | None, pulls: Sequence[_Pull]) -> Hypothesis:
    return Hypothesis(
        id=content_id("hypothesis", statement),
        statement=statement,
        p=min(max(p, 0.0), 1.0),
        p_prior=prior,
        likelihood=likelihood_term(p),
        exit=exit_,
        weights=tuple(Weight(claim=q.claim.id, likelihood_ratio=math.exp(q.log_ratio), why=q.why) for q in pulls),
        evidence=tuple(dict.fromkeys(span for q in pulls for span in q.claim.evidence)),
        made_by=MADE_BY,
    )


def _posterior(prior: float, log_ratios: Iterable[float]) -> float:
    odds = math.log(prior / (1 - prior)) + sum(log_ratios)
    return 1 / (1 + math.exp(-odds))


def _shares(exits: Sequence[Exit], pulls: Sequence[_Pull], cap: float) -> dict[str, float]:
    weights = {}
    for exit_ in exits:
        pull = sum(p.log_ratio for p in pulls if p.exit == exit_.id)
        weights[exit_.id] = exit_.p_reach * math.exp(max(-cap, min(cap, pull)))
    total = sum(weights.values())
    return {i: (w / total if total > 0 else 0.0) for i, w in weights.items()}


def _strongest(pulls: Iterable[_Pull]) -> list[_Pull]:
    """Of each kind and exit, one pull per independent origin: the strongest; in the claims' order."""
    best: dict[tuple[int, str, str | None], _Pull] = {}
    for pull in pulls:
        key = (pull.origin, pull.kind, pull.exit)
        if key not in best or abs(pull.log_ratio) > abs(best[key].log_ratio):
            best[key] = pull
    return list(best.values())


def _pulls(
    claims: Sequence[Claim],
    situation: Situation,
    exits: Sequence[Exit],
    question: Question,
    actors: Mapping[ActorId, Actor],
    rules: Mapping[str, Mapping[str, float]],
) -> Iterable[_Pull]:
    belief = {b.claim: b for b in situation.beliefs}
    own = _lineage(question.party.actor, actors)
    for claim in claims:
        kind = _kind(claim, own, actors, question)
        if kind is None or claim.id not in belief:
            continue
        p, origin = belief[claim.id].p_true, belief[claim.id].origin
        # A hedged report is weak evidence for, never evidence against; only a denial pulls back.
        strength = 2 * p - 1 if claim.polarity < 0 or claim.certainty < 0 else max(0.0, 2 * p - 1)
        ratio = math.log(rules["leaving"][kind]) * strength
        yield _Pull(claim, origin, kind, None, ratio, f"{kind} (p {p:.2f})")
        if kind in ("moves", "moves_obliged", "withdraws", "displaced"):
            for exit_ in _exits_named(claim, exits, question):
                toward = math.log(float(rules["toward"])) * strength  # type: ignore[arg-type]
                yield _Pull(claim, origin, "toward", exit_.id, toward, f"names the {exit_.name} (p {p:.2f})")


def _kind(claim: Claim, own: frozenset[ActorId], actors: Mapping[ActorId, Actor], question: Question) -> str | None:
    if claim.mood == "question":
        return None
    acts = bool(_lineage(claim.subject, actors) & own)
    suffers = bool(_lineage(claim.object, actors) & own)
    if acts and claim.predicate in ("moves", "passes"):
        return "moves_obliged" if claim.mood == "obligation" else "moves"
    if acts and claim.predicate == "withdraws":
        return "withdraws"
    if claim.predicate == "displaced" and (acts or suffers or question.party.kind == "civilians"):
        return "displaced"
    if claim.predicate in PRESSURE and suffers:
        return "threatened" if claim.mood == "possibility" or claim.tense == "future" else "pressed"
    if claim.predicate == "pursues" and suffers:
        return "hunted"
    if claim.predicate == "besieges" and (suffers or question.party.kind != "armed_group"):
        return "besieged"
    return None


def _exits_named(claim: Claim, exits: Sequence[Exit], question: Question) -> Iterable[Exit]:
    """Exits that a claim of movement names: by bearing, or by the direction of the place it names."""
    for place in claim.places:
        region = place.region
        if region is None or place.role not in ("to", "via", "border"):
            continue
        area = question.area.geometry
        if region.bearing_deg is not None:
            bearing = region.bearing_deg
        elif region.geometry.distance(area) > NEAR_DEG or region.geometry.contains(area):
            continue
        else:
            bearing = bearing_to(area, region.geometry)
        angles = [(angle_between(bearing, e.bearing_deg), e.id, e) for e in exits if e.bearing_deg is not None]
        if angles:
            yield min(angles)[2]


def _lineage(actor: ActorId | None, actors: Mapping[ActorId, Actor]) -> frozenset[ActorId]:
    line: set[ActorId] = set()
    while actor is not None and actor not in line:
        line.add(actor)
        known = actors.get(actor)
        actor = known.parent if known else None
    return frozenset(line)
