"""Take the tagger's longer place name where the gazetteer knows only part of it: "King William's County"."""

from functools import cache

from wayout.locate.finding.bodies import is_part_of_name
from wayout.locate.finding.proposals import Proposal, end_of, key_of
from wayout.locate.finding.text_view import PLACE_LABELS, TextView
from wayout.locate.finding.word_lists import directions, friends, senses
from wayout.locate.gazetteer import Gazetteer


def whole_name(view: TextView, proposal: Proposal, gazetteer: Gazetteer) -> tuple[int, int]:
    """
    Give the stretch of the whole name that a known name is part of.

    Parameters
    ----------
    view
        The text.
    proposal
        The known name.
    gazetteer
        A rest that is itself a name ("Juba Yei road") makes no longer one.

    Returns
    -------
    stretch
        Code points; the known name's own where there is no longer one.
    """
    own = (proposal.start, proposal.end)
    entity = view.entities[proposal.first]
    if entity is None or entity.label not in PLACE_LABELS or proposal.meant:
        return own
    first, last = entity.first, entity.last
    while first < last and view.lower[first] == "the":
        first += 1
    if first > proposal.first or last < proposal.last or (first, last) == (proposal.first, proposal.last):
        return own
    if not is_part_of_name(view, entity, proposal.first, proposal.last) or view.lower[first] in directions():
        return own
    inside = range(first, last)
    if any(
        (not view.capital[i] and view.lower[i] not in friends()["joiners"]) or view.lower[i] in ("and", "or")
        for i in inside
    ):
        return own
    start, end = view.starts[first], end_of(view, last)
    if any(mark in view.text[start:end] for mark in ",/;()\n"):
        return own
    if view.lower[last - 1].rstrip(".") in _no_ends() or not view.capital[last - 1]:
        return own
    if view.lower[last - 1] in senses()["buildings"] and proposal.first == first:
        return own  # the airport of a known town; the known part of "Tishrin Dam" may be a village called Dam
    if view.lower[first] in ("city", "town", "village", "state", "county", "port"):
        return own
    rests = ((first, proposal.first), (proposal.last, last))
    if any(b > a and view.words[a][0].isupper() and gazetteer.exact(key_of(view, a, b)) for a, b in rests):
        return own
    return own if view.taken.meets(start, end) else (start, end)


@cache
def _no_ends() -> frozenset[str]:
    """Words that end the name of something that is no place, or of a road in it."""
    lists = senses()
    return lists["bodies"] | lists["offices"] | lists["roads"]
