"""From one claim to rows of evidence: what it speaks for and against, how surely, of which day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

from wayout.fuse.weighing.evidence import EvidenceRow, day_of
from wayout.fuse.weighing.propositions import Proposition, cell_key, place_key, prior_log_odds
from wayout.model import Actor, ActorId, Claim, Document, Region
from wayout.stats.log_odds import interpolate, log_odds
from wayout.vocab import read_vocab

FOREVER = float("inf")
"""Half-life of what happened: an event does not become less true."""
NO_MOODS = frozenset({"intent", "question"})
OCCURRENCES = frozenset(
    [
        "attacks",
        "strikes",
        "clashes",
        "sweeps",
        "takes",
        "loses",
        "deploys",
        "seals",
        "opens",
        "besieges",
        "withdraws",
        "displaced",
    ]
)
"""Predicates that report something happening at a time, as against a state, a movement to come or words."""
BY_ACTING = frozenset(
    ["present", "shelters", "deploys", "sweeps", "seals", "besieges", "holds", "takes", "attacks", "clashes"]
)
"""Predicates whose truth puts the acting side into the place; a strike from afar does not put the striker there."""
BY_SUFFERING = frozenset({"clashes", "attacks", "strikes", "besieges"})
"""Predicates whose truth puts the armed side acted upon into the place."""
FIGHTING = frozenset({"clashes", "attacks", "strikes"})
PROBABLE = 2.0
"""Certainty from which a fight told counts as one seen."""
FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
"""ACLED sub-event types that say nothing of where the acting side is."""
UNARMED = frozenset({"civilians", "humanitarian_organisation", "international_organisation", "media", "person"})
THERE = frozenset({"at", "border"})
"""Roles of a place where the act itself takes place."""
OPENING: Mapping[str, int] = {"opens": 1, "way_open": 1, "seals": -1, "besieges": -1, "cannot_move": -1}
"""What a claim says of a way: +1 open, -1 closed."""


class Placed(NamedTuple):
    """A place of a claim: its role, its key and its region."""

    role: str
    key: str
    region: Region


class _Say(NamedTuple):
    """What a claim says of one proposition: for (+1) or against (-1), with which half-life's name ("" does not fade)."""

    proposition: Proposition
    sign: int
    kind_of_fading: str


def evidence_rows(
    claim: Claim,
    document: Document,
    origin: str,
    actors: Mapping[ActorId, Actor],
    weight: float = 1.0,
    condition: Claim | None = None,
) -> tuple[EvidenceRow, ...]:
    """
    Say what one claim is evidence for; nothing but the claim and its document counts, so rows can be added one by one.

    Parameters
    ----------
    claim
        A located claim.
    document
        The document that makes it.
    origin
        The mouth behind it (``fuse.echoes.find_origins``).
    actors
        Actors by id, with parents: whose word is a side's own, who carries no arms, who is a person.
    weight
        Weight of the report itself (its Admiralty number, an unnamed mouth); the source's weight comes when believing.
    condition
        The claim that must hold first, where there is one and it is known.

    Returns
    -------
    rows
        First the row of the claim itself (that its words, their condition granted, are true of now), then one per proposition
        it speaks of.
    """
    rules = read_vocab("belief_rules.yaml")
    own = interpolate(claim.certainty, rules["p_by_certainty"])
    holds_first = 1.0
    if claim.condition is not None:
        holds_first = rules["prior"] if condition is None else interpolate(condition.certainty, rules["p_by_certainty"])
    known, spoken = day_of(document.published), spoken_day(claim, document)
    undated = rules["weight_undated"] if document.published is None else 1.0

    def row(say: _Say, p: float) -> EvidenceRow:
        words = say.sign * log_odds(p)
        fading = rules["half_life_days"]
        base = prior_log_odds(say.proposition.kind)
        return EvidenceRow(
            claim=claim.id,
            document=document.id,
            source=document.source.name,
            proposition=say.proposition.key,
            origin=origin,
            known_day=known,
            spoken_day=spoken,
            shift=weight * undated * (words - base * _lift(words, rules)),
            words=weight * undated * words,
            half_life_days=FOREVER if say.kind_of_fading == "" else fading.get(say.kind_of_fading, fading["default"]),
            ends=0.0 if claim.modality == "denied" or claim.denies is not None else 1.0,
        )

    if_it_holds = holds_first * own + (1 - holds_first) * rules["prior"]  # an unmet condition leaves the matter open
    said = dict.fromkeys(_says(claim, places_of(claim), actors))
    # As evidence for what is so now a claim fades whatever it tells; that it happened ("happened") does not.
    first = row(_Say(Proposition("claim", detail=claim.id), 1, claim.predicate), own)
    seen = [_seen_active(first, who, cell) for who, cell in dict.fromkeys(_seen(claim, actors))]
    return (first, *(row(say, if_it_holds) for say in said), *seen)


def _seen_active(first: EvidenceRow, who: ActorId, cell: str) -> EvidenceRow:
    """Make the row of a fight seen: a fitted weight; one origin, for who tells of it twice does not make it last longer."""
    fitted = read_vocab("belief_rules.yaml")["seen_active"]
    proposition = Proposition("active", cell, who).key
    return first._replace(
        proposition=proposition,
        origin="",
        shift=fitted["recency"],
        words=0.0,
        half_life_days=fitted["recency_half_life_days"],
    )


def as_told_first(row: EvidenceRow, day: float) -> EvidenceRow:
    """
    Return the row of a copy with the day on which its act was first told: known since then, and speaking of no later day.

    A copy printed later makes nothing fresher, and "on Tuesday" in it is the first teller's Tuesday.
    """
    return row._replace(known_day=day, spoken_day=day if row.spoken_day > day else row.spoken_day)


def spoken_day(claim: Claim, document: Document) -> float:
    """
    Return the day a claim speaks of, as days since 1970-01-01 UTC; NaN where it gives none.

    A claim of a span of days speaks of the last of them that was past when it was published; "since May" of a state speaks of
    the day of publication, which is NaN here.
    """
    if claim.time is None:
        return float("nan")
    start, end = _day(claim.time.start), _day(claim.time.end)
    known = day_of(document.published)
    if end is None:
        return float("nan") if start is None or claim.predicate not in OCCURRENCES else start
    if start is not None and start <= known < end:
        return float("nan")
    return start if start is not None and start > known else end


def _day(day: date | None) -> float | None:
    return None if day is None else day_of(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _lift(words: float, rules: Mapping[str, list[list[float]]]) -> float:
    """Share of the prior that words undo: open words (0) change nothing, from "possible" on they speak for themselves."""
    possible = log_odds(interpolate(1.0, rules["p_by_certainty"]))
    return min(1.0, max(0.0, words / possible))


def _says(claim: Claim, places: Sequence[Placed], actors: Mapping[ActorId, Actor]) -> Iterator[_Say]:
    if claim.mood in NO_MOODS or (claim.modality == "conditional" and claim.condition is None):
        return
    if claim.predicate in OCCURRENCES and claim.mood != "possibility" and claim.tense != "future":
        yield _Say(_happened(claim, places), 1, "")
    if claim.tense == "future":
        return
    yield from _of_presence(claim, places, actors)
    yield from _of_control(claim, places, actors)
    sign = OPENING.get(claim.predicate, 0)
    if sign and claim.mood != "possibility":
        for place in places:
            if place.role in THERE:
                yield _Say(Proposition("open", place.key), sign, claim.predicate)


def happened(claim: Claim) -> Proposition:
    """Name the occurrence a claim tells of: what was done by whom to whom, where and on which day."""
    return _happened(claim, places_of(claim))


def _happened(claim: Claim, places: Sequence[Placed]) -> Proposition:
    place = next((p.key for p in places if p.role in THERE), "")
    day = claim.time.start.isoformat() if claim.time is not None and claim.time.start is not None else ""
    return Proposition("happened", place, claim.subject or "", f"{claim.predicate}>{claim.object or ''}>{day}")


def places_of(claim: Claim) -> tuple[Placed, ...]:
    """List the located places of a claim, in its order, with their keys."""
    return tuple(
        Placed(p.role, place_key(p.region, claim.document), p.region) for p in claim.places if p.region is not None
    )


def regions_of(claim: Claim) -> tuple[Region, ...]:
    """Regions where the act takes place; what is only headed for, left or passed is not presence there."""
    return tuple(p.region for p in claim.places if p.region is not None and p.role in THERE)


def region_at(claim: Claim, place: str) -> Region:
    """Return the region of a claim that a proposition's place means."""
    return next(p.region for p in places_of(claim) if p.key == place)


def _of_presence(claim: Claim, places: Sequence[Placed], actors: Mapping[ActorId, Actor]) -> Iterator[_Say]:
    """Who is there if the claim is true; named persons are left out (do no harm)."""
    there: list[ActorId | None] = []
    if claim.predicate == "deploys":
        there.append(claim.object or claim.subject)
    elif claim.predicate in BY_ACTING and not (claim.predicate == "attacks" and claim.sub_event_type in FROM_AFAR):
        there.append(claim.subject)
    if claim.predicate in BY_SUFFERING and claim.object is not None and _kind(claim.object, actors) not in UNARMED:
        there.append(claim.object)
    fought = claim.predicate in FIGHTING
    if fought and claim.certainty <= 0:
        return  # that nobody fought does not say that nobody is there
    for who in there:
        if who is not None and _kind(who, actors) != "person":
            for place in places:
                if place.role in THERE:
                    fading = "fights" if fought else claim.predicate
                    yield _Say(Proposition("present", place.key, who), 1, fading)
    if claim.predicate == "withdraws" and claim.subject is not None and _kind(claim.subject, actors) != "person":
        for place in places:
            if place.role == "from":
                yield _Say(Proposition("present", place.key, claim.subject), -1, "present")


def _seen(claim: Claim, actors: Mapping[ActorId, Actor]) -> Iterator[tuple[ActorId, str]]:
    """Armed sides seen in deadly fighting that is told as a fact, each with the half-degree cell."""
    told = claim.mood in ("fact", "inference") and claim.tense != "future" and claim.condition is None
    if claim.predicate not in FIGHTING or not told or claim.certainty < PROBABLE or claim.modality == "conditional":
        return
    for region in regions_of(claim):
        cell = cell_key(region)
        for who in (claim.subject, claim.object):
            if cell is not None and who is not None and _kind(who, actors) not in UNARMED:
                yield who, cell


def _of_control(claim: Claim, places: Sequence[Placed], actors: Mapping[ActorId, Actor]) -> Iterator[_Say]:
    """Who holds a place, or no longer does; a side's own words are one layer, others' another."""
    if claim.subject is None or claim.predicate not in ("holds", "takes", "loses", "withdraws"):
        return
    losing = claim.predicate in ("loses", "withdraws")
    layer = layer_of(claim, claim.subject, actors)
    for place in places:
        if place.role not in THERE and not (losing and place.role == "from"):
            continue
        yield _Say(Proposition("holds", place.key, claim.subject, layer), -1 if losing else 1, "holds")
        if claim.object is not None and claim.predicate == "takes" and claim.certainty > 0:
            yield _Say(Proposition("holds", place.key, claim.object, layer), -1, "holds")


def layer_of(claim: Claim, holder: ActorId, actors: Mapping[ActorId, Actor]) -> str:
    """Return "claimed" where the holder or its own side says so, else "reported"; "assessed" is for people to make."""
    mouth = claim.attributed_to.actor if claim.attributed_to is not None else None
    return "claimed" if mouth is not None and side_of(mouth, actors) == side_of(holder, actors) else "reported"


def side_of(actor: ActorId | str, actors: Mapping[ActorId, Actor]) -> str:
    """Return the id of the actor's last known parent: a state and its forces and militias are one side."""
    return lineage(actor, actors)[-1]


def lineage(actor: ActorId | str, actors: Mapping[ActorId, Actor]) -> tuple[str, ...]:
    """Return an actor and its parents, nearest first."""
    line = [str(actor)]
    while (known := actors.get(ActorId(line[-1]))) is not None and known.parent is not None:
        if known.parent in line:
            return (*line, min(line))
        line.append(known.parent)
    return tuple(line)


def sides_of(actors: Mapping[ActorId, Actor]) -> Callable[[str, str], bool]:
    """Return the test whether two actors are on one side: of one parent, or one known to fight beside the other."""

    @cache
    def friends(actor: str) -> frozenset[str]:
        line = lineage(actor, actors)
        beside = (ally for member in line if member in actors for ally in actors[ActorId(member)].allies)
        return frozenset((*line, *beside))

    def same_side(first: str, second: str) -> bool:
        if side_of(first, actors) == side_of(second, actors):
            return True
        ours, theirs = friends(first), friends(second)
        return not ours.isdisjoint(lineage(second, actors)) or not theirs.isdisjoint(lineage(first, actors))

    return same_side


def _kind(actor: ActorId, actors: Mapping[ActorId, Actor]) -> str:
    known = actors.get(actor)
    return known.kind if known is not None else "unknown"
