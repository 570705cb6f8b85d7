"""Find place names in running text: the gazetteer proposes, grammar and the tagger dispose."""

from dataclasses import dataclass, field

from wayout.locate.finding.bodies import body_before, body_follows, is_part_of_name, names_local_institution
from wayout.locate.finding.name_signs import (
    after_party,
    has_signs,
    is_acronym,
    is_coin_or_illness,
    is_person,
    opens_dateline,
)
from wayout.locate.finding.people import people_by_label, people_of
from wayout.locate.finding.proposals import Proposal, key_of, propose
from wayout.locate.finding.single_towns import LARGE_TOWN, NEEDED, TOWN, beside_accepted, foreign_homes, weigh_towns
from wayout.locate.finding.text_view import OTHER_LABELS, PLACE_LABELS, TextView
from wayout.locate.finding.unknown_names import beside_known, repeated, respelt, statistical
from wayout.locate.finding.whole_names import whole_name
from wayout.locate.finding.word_lists import friends, senses
from wayout.locate.gazetteer import Gazetteer
from wayout.locate.looking_up.spelling import without_articles

WIDE_KINDS = frozenset({"country", "continent", "region", "sea", "admin1"})


@dataclass(frozen=True, slots=True)
class Name:
    """
    A place name in the text.

    Code points ``start`` to ``end``; ``known`` to the gazetteer; ``meant`` is what to look up where it differs ("Calif.").
    """

    start: int
    end: int
    known: bool
    meant: str | None = None


@dataclass(slots=True)
class Names:
    """The names of a text: places themselves, names inside the name of a body, and what else the gazetteer knew."""

    literal: list[Name] = field(default_factory=list)
    embedded: list[Proposal] = field(default_factory=list)
    refused: list[Proposal] = field(default_factory=list)


def read_names(view: TextView, gazetteer: Gazetteer) -> Names:
    """
    Sort the names of a text by what they do in it.

    Parameters
    ----------
    view
        The text.
    gazetteer
        The gazetteer.

    Returns
    -------
    names
        ``literal`` in text order, never overlapping.
    """
    proposals = propose(view, gazetteer)
    theatre = _countries_named(view, proposals)
    people = people_of(view, gazetteer)
    result, uncertain, accepted = Names(), list[Proposal](), list[Proposal]()
    for proposal in proposals:
        verdict = _verdict(view, proposal, theatre, people.surnames)
        if verdict == "weigh":
            uncertain.append(proposal)
        elif verdict == "literal":
            accepted.append(proposal)
        else:
            (result.embedded if verdict == "embedded" else result.refused).append(proposal)
    wide = frozenset(p.first for p in accepted if p.kinds & WIDE_KINDS)
    weights = weigh_towns(view, uncertain, theatre, people, wide)
    sure = {i for p in accepted for i in (p.first, p.last - 1)}
    sure |= {p.first for p, weight in zip(uncertain, weights, strict=True) if weight > NEEDED}
    weights = beside_accepted(view, uncertain, weights, sure)
    for proposal, weight in zip(uncertain, weights, strict=True):
        (accepted if weight > NEEDED else result.refused).append(proposal)
    names: list[Name] = []
    for proposal in sorted(accepted, key=lambda p: p.start):
        if names and proposal.start < names[-1].end:
            continue
        start, end = whole_name(view, proposal, gazetteer)
        same = (start, end) == (proposal.start, proposal.end)
        names.append(Name(start, end, same or _is_known(view, gazetteer, start, end), proposal.meant if same else None))
    for name in names:
        view.taken.add(name.start, name.end)
    names += [Name(a, b, True) for a, b in respelt(view, gazetteer, theatre)]
    names += [Name(a, b, False) for a, b in statistical(view, people.surnames | people.given | people_by_label(view))]
    names += [Name(a, b, False) for a, b in beside_known(view, [(n.start, n.end) for n in names])]
    names += [Name(a, b, known) for a, b, known in repeated(view, [(n.start, n.end, n.known) for n in names])]
    result.literal = sorted(names, key=lambda n: n.start)
    return result


def _is_known(view: TextView, gazetteer: Gazetteer, start: int, end: int) -> bool:
    return bool(gazetteer.exact(key_of(view, view.at(start), view.at(end))))


def _is_compass(view: TextView, proposal: Proposal) -> bool:
    """Tell whether a name is nothing but points of the compass: "North West", "Far North"."""
    lists = senses()
    return all(
        view.lower[i] in lists["compass"] or view.lower[i] == "far" for i in range(proposal.first, proposal.last)
    )


def _countries_named(view: TextView, proposals: list[Proposal]) -> frozenset[str]:
    """Collect the countries that the text is about: named themselves, or by a division, or by a large town."""
    found = set()
    for proposal in proposals:
        places = proposal.places
        if _is_compass(view, proposal):
            continue
        best = max(places, key=lambda p: (p.kind == "country", p.population or 0, str(p.id)))
        if best.country and (best.kind == "country" or (best.population or 0) >= LARGE_TOWN):
            found.add(best.country)
        found |= {p.country for p in places if p.kind in ("region", "admin1") and p.country and len(places) < 4}
    return frozenset(found)


def _verdict(view: TextView, proposal: Proposal, theatre: frozenset[str], surname_words: frozenset[str]) -> str:
    """Decide what a known name is here: "literal", "embedded", "weigh" (a town of one word), or "no"."""
    first, last, kinds, places = proposal.first, proposal.last, proposal.kinds, proposal.places
    written = view.text[proposal.start : proposal.end]
    key = key_of(view, first, last)
    if key in friends()["demonyms"]:
        return "no"
    if proposal.meant:
        return "literal"
    is_single, is_country = last - first == 1 and "-" not in written, bool(kinds & {"country", "continent"})
    if is_coin_or_illness(view, proposal.end, last):
        return "no"
    if _is_compass(view, proposal) and not any(p.country in theatre for p in places):
        return "no"
    if opens_dateline(view, proposal.start, proposal.end) and any(
        (p.population or 0) >= TOWN or p.country in theatre for p in places
    ):
        return "literal"
    if is_acronym(written) and "." not in written and key not in friends()["acronyms"]:
        return "no"
    entity = view.entities[first] or view.entities[last - 1]
    label = entity.label if entity is not None else ""
    if after_party(view, first):
        return "literal"
    if entity is not None and label in OTHER_LABELS and is_part_of_name(view, entity, first, last):
        if names_local_institution(view, entity, first, last) and key not in friends()["words"]:
            return "literal"
        return "no" if label == "PERSON" and not body_follows(view, last) else "embedded"
    if is_single and view.words[first] in surname_words and not (is_country or has_signs(view, first, last)):
        return "no"
    if is_country:
        return (
            "no"
            if key in friends()["months"] or (len(key) <= 3 and not written.isupper() and " " not in key)
            else "literal"
        )
    if without_articles(key) in friends()["words"] - friends()["prefixes"] or (is_single and key in friends()["words"]):
        return "no"
    if body_before(view, first) or (label not in PLACE_LABELS and body_follows(view, last)):
        return "embedded"
    if is_single and not kinds & WIDE_KINDS:
        return "weigh"
    if is_single and (is_person(view, first, last) or key in friends()["persons"]):
        return "weigh"
    if label != "PERSON" or kinds & WIDE_KINDS or has_signs(view, first, last):
        return "literal"
    return "literal" if foreign_homes(places, theatre) and not is_person(view, first, last) else "no"
