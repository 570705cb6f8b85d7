"""Weigh whether a word that only a town, river or lake is called names it here: signs of place against signs of a person."""

from collections import defaultdict
from collections.abc import Sequence

from wayout.locate.finding.name_signs import is_person, place_signs, touched_left, touched_right
from wayout.locate.finding.people import People
from wayout.locate.finding.proposals import Proposal
from wayout.locate.finding.text_view import PLACE_LABELS, TextView
from wayout.locate.finding.word_lists import friends, senses
from wayout.model import Place

LARGE_TOWN = 100_000
"""Inhabitants above which a capitalised single word is taken for the town without further signs."""
TOWN = 20_000
"""Inhabitants above which a town of the theatre is believed against the tagger, which says "person"."""
NEEDED = 0.0
"""Weight above which the word is taken for the town."""
_BASE = -1.0
_BY_LABEL = {"PERSON": -1.5, "": 0.0, "GPE": 2.5, "LOC": 2.5, "FAC": 2.0}
_OTHER_LABEL = -0.8
_SURNAME, _TITLED, _TOUCHED, _FIRST_NAME, _NO_NOUN, _WRITTEN_SMALL = -4.0, -4.0, -3.5, -2.0, -1.5, -3.0
_GIVEN, _IN_DIVISION = -3.0, 2.5
_IN_LIST = 1.5
"""What standing in a row with an accepted name adds: "Gao and Ansongo"."""
_CLEAR = 2.0
"""Weight of words of place from which a name that is a first name too is doubted less."""
_ECHO = 0.6
"""Share of the mean weight of the same word elsewhere in the text: a word has one meaning a text, mostly."""
_ECHO_LIMIT = 2.5


def weigh_towns(
    view: TextView, proposals: Sequence[Proposal], theatre: frozenset[str], people: People, wide: frozenset[int]
) -> list[float]:
    """
    Weigh one-word names of towns, all of a text together.

    Parameters
    ----------
    view
        The text.
    proposals
        Names of one word.
    theatre
        Countries spoken of.
    people
        Words that name people of the text.
    wide
        Words that a country or division opens with: "Hume, Illinois".

    Returns
    -------
    weights
        One each; above :data:`NEEDED` it is the town.
    """
    alone = [_weight(view, p, theatre, people, wide) for p in proposals]
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for proposal, weight in zip(proposals, alone, strict=True):
        word = view.words[proposal.first]
        sums[word] += weight
        counts[word] += 1
    weights = []
    for proposal, weight in zip(proposals, alone, strict=True):
        word = view.words[proposal.first]
        others = counts[word] - 1
        echo = (sums[word] - weight) / others if others else 0.0
        weights.append(weight + _ECHO * max(-_ECHO_LIMIT, min(_ECHO_LIMIT, echo)))
    return weights


def beside_accepted(
    view: TextView, proposals: Sequence[Proposal], weights: list[float], accepted: set[int]
) -> list[float]:
    """
    Raise the weights of names that stand in a row with an accepted one: "Gao and Ansongo", "Gao, Menaka".

    Parameters
    ----------
    view
        The text.
    proposals, weights
        Names and their weights.
    accepted
        Words that an accepted name begins or ends with.

    Returns
    -------
    weights
        One each.
    """
    raised = list(weights)
    for i, proposal in enumerate(proposals):
        if weights[i] <= NEEDED < weights[i] + _IN_LIST and _in_row(view, proposal, accepted):
            raised[i] += _IN_LIST
    return raised


def _in_row(view: TextView, proposal: Proposal, accepted: set[int]) -> bool:
    first, last = proposal.first, proposal.last
    left = first - 1
    if left > 0 and view.lower[left] == "and" and view.gaps[first] == " " and view.gaps[left] in (" ", ", "):
        left -= 1
    elif first and view.gaps[first] != ", ":
        left = -1
    right = last
    if right + 1 < len(view.words) and view.lower[right] == "and" and view.gaps[right] in (" ", ", "):
        right += 1
    elif right < len(view.words) and view.gaps[right] != ", ":
        right = -1
    return left in accepted or right in accepted


def _weight(view: TextView, proposal: Proposal, theatre: frozenset[str], people: People, wide: frozenset[int]) -> float:
    first, last = proposal.first, proposal.last
    entity = view.entities[first]
    label = entity.label if entity is not None else ""
    signs = place_signs(view, first, last)
    weight = _BASE + _BY_LABEL.get(label, _OTHER_LABEL) + signs
    weight += _size(proposal.places, theatre)
    if label == "PERSON" and foreign_homes(proposal.places, theatre):
        weight += 1.5  # the small model takes most foreign names for persons
    if view.words[first] in people.surnames:
        weight += _SURNAME
    elif view.words[first] in people.given:
        weight += _GIVEN / (2 if foreign_homes(proposal.places, theatre) else 1)
    if last in wide and last < len(view.words) and view.gaps[last] in (", ", ",\u00a0"):
        weight += _IN_DIVISION
    if view.lower[first] in view.uncapitalised:
        weight += _WRITTEN_SMALL
    if is_person(view, first, last):
        weight += _TITLED
    if touched_left(view, first):
        weight += _TOUCHED if label not in PLACE_LABELS else -1.0
    after = view.after(last)
    if touched_right(view, last) and (after.casefold() not in senses()["offices"]):
        weight += _TOUCHED if label not in PLACE_LABELS else -1.0
    if view.keys[first] in friends()["persons"]:
        weight += _FIRST_NAME / (2 if signs >= _CLEAR else 1)
    if view.tags[first] not in ("PROPN", "NOUN", "X", ""):
        weight += _NO_NOUN
    if view.opens[first]:
        weight -= 0.5
    if view.text[proposal.end : proposal.end + 1] == "-" and view.text[proposal.end + 1 : proposal.end + 2].islower():
        weight -= 0.5
    return weight


def _size(places: tuple[Place, ...], theatre: frozenset[str]) -> float:
    large = any((p.population or 0) >= LARGE_TOWN for p in places)
    homes = {p.country for p in places if p.country in theatre}
    near = any(p.country is None for p in places) or bool(homes)
    weight = 1.3 * large + (0.6 if homes & friends()["surname_countries"] else 1.9) * near
    if any((p.population or 0) >= TOWN for p in places if p.country in homes):
        weight += 0.5
    return weight


def foreign_homes(places: tuple[Place, ...], theatre: frozenset[str]) -> set[str]:
    """List the countries spoken of that have such a town; none if one of them gives towns English surnames."""
    homes = {p.country for p in places if p.country in theatre}
    return set() if homes & friends()["surname_countries"] else {home for home in homes if home}
