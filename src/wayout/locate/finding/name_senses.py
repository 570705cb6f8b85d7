"""What place names do besides naming the place: adjectives, people, parts of the names of bodies, governments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wayout.locate.finding.bodies import body_before, body_follows
from wayout.locate.finding.proposals import Proposal, key_of
from wayout.locate.finding.text_view import TextView
from wayout.locate.finding.word_lists import adjectives, directions, friends, people, seats, senses, unions
from wayout.text.names import fold_name

Sense = Literal["literal", "metonym", "part", "feature", "building", "road", "adjective", "people", "embedded", "union"]
LARGE = 100_000
"""Inhabitants from which a town is recognised inside the name of a body."""
_LOCAL = frozenset(
    {"city", "county", "police", "council", "sheriff", "fire", "town", "township", "borough", "volunteer", "unified"}
)
"""Right after the name of a town, these say that the body is the town's own."""
_ANCESTRY = frozenset(
    {"african", "native", "anglo", "asian", "mexican", "cuban", "arab", "italian", "irish", "japanese", "chinese"}
)
"""What before "American" tells of descent, not of two countries."""
_TOPS = frozenset({"country", "admin1", "continent"})


@dataclass(frozen=True, slots=True)
class Sensed:
    """Code points ``start`` to ``end``, the sense, and the place to look up."""

    start: int
    end: int
    sense: Sense
    meant: str


def described(view: TextView) -> Iterator[Sensed]:
    """Yield adjectives ("Malian troops"), people ("Malians") and unions of states ("the EU")."""
    i, n, openers = 0, len(view.words), _openers()
    while i < n:
        step = 1
        if view.keys[i] in openers and view.words[i][0].isupper():
            for length in (3, 2, 1):
                last = i + length
                if last > n or any(
                    view.gaps[j] not in (" ", "-") or not view.words[j][0].isupper() for j in range(i + 1, last)
                ):
                    continue
                found = _described(view, i, last)
                if found is not None:
                    yield found
                    step = length
                    break
        i += step


@cache
def _openers() -> frozenset[str]:
    """First words of adjectives, people and unions."""
    names = (*adjectives(), *people(), *(fold_name(name) for name in (*unions(), *seats())))
    return frozenset(name.split()[0] for name in names)


def _described(view: TextView, first: int, last: int) -> Sensed | None:
    start, end = view.starts[first], view.ends[last - 1]
    if view.taken.meets(start, end):
        return None
    key = key_of(view, first, last)
    written = view.text[start:end]
    if (area := unions().get(written)) is not None:
        return Sensed(start, end, "union", area)
    if (town := seats().get(written)) is not None:
        return Sensed(start, end, "building", town)
    if (place := people().get(key)) is not None:
        return Sensed(start, end, "people", place)
    if (place := adjectives().get(key)) is None:
        return None
    if view.before(first) in senses()["language_before"] and not _noun_follows(view, last):
        return None
    if view.after(last).casefold() in senses()["language_after"]:
        return None
    entity = view.entities[first]
    if entity is not None and entity.label == "LANGUAGE":
        return None
    if view.lower[first] in _ANCESTRY and view.lower[last : last + 1] in (["american"], ["americans"]):
        return None
    if (
        view.lower[first].startswith("american")
        and first
        and view.gaps[first] in ("-", " ")
        and view.lower[first - 1] in _ANCESTRY
    ):
        return None
    person = entity is not None and entity.label == "PERSON"
    alone = not _noun_follows(view, last) and view.tags[first] not in ("ADJ", "")
    if person and alone:
        return None
    return Sensed(start, end, "people" if alone and view.before(first) != "is" else "adjective", place)


def _noun_follows(view: TextView, last: int) -> bool:
    if last >= len(view.words) or view.gaps[last] not in (" ", "-", "\u00a0", "/", "\u2013", "\n"):
        return False
    return view.tags[last] in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "CCONJ", "")


def embedded(view: TextView, proposals: Sequence[Proposal], literal: frozenset[str]) -> Iterator[Sensed]:
    """
    Yield the places whose names open or end the name of a body.

    Parameters
    ----------
    view
        The text.
    proposals
        Known names inside longer ones.
    literal
        Names that are places elsewhere in the text.

    Yields
    ------
    sensed
        Countries and divisions; towns that are large, or named by themselves elsewhere, or followed by "City Council" or the like.
    """
    for proposal in proposals:
        written = view.text[proposal.start : proposal.end]
        key = key_of(view, proposal.first, proposal.last)
        ordinary = key in friends()["words"] or key in directions() or (len(key) < 4 and "." not in written)
        single = proposal.last - proposal.first == 1
        if (ordinary and key not in friends()["acronyms"]) or (
            single and view.lower[proposal.first] in view.uncapitalised
        ):
            continue
        if view.taken.meets(proposal.start, proposal.end) or _is_persons(view, proposal, written in literal):
            continue
        follows = body_follows(view, proposal.last)
        named = follows or body_before(view, proposal.first)
        local = view.after(proposal.last).casefold() in _LOCAL
        large = any((p.population or 0) >= LARGE for p in proposal.places)
        wide = bool(proposal.kinds & _TOPS)
        division = " " in key and "admin2" in proposal.kinds
        if wide or (written in literal) or (large and named) or (named and local) or division:
            yield Sensed(proposal.start, proposal.end, "embedded", proposal.meant or written)


def _is_persons(view: TextView, proposal: Proposal, echoed: bool) -> bool:
    entity = view.entities[proposal.first]
    named = entity is not None and entity.label == "PERSON" and not body_follows(view, proposal.last)
    return named or (view.keys[proposal.first] in friends()["persons"] and not echoed)


def is_metonym(view: TextView, start: int, end: int) -> bool:
    """
    Tell whether a name stands for its government: the subject of a verb that only people do, or a party to dealings.

    Parameters
    ----------
    view
        The text, parsed.
    start, end
        Code points of the name of a country, division or capital.

    Returns
    -------
    acts
        ``False`` without a parse.
    """
    if view.parsed is None:
        return False
    first, last, lists = view.at(start), view.at(end), senses()
    token = view.parsed[view.tokens[last - 1]]
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in lists["acts"]:
        return True
    if first and view.before(first) in lists["dealings_prepositions"]:
        noun = view.lower[first - 2] if first > 1 else ""
        return noun in lists["dealings"]
    return (
        last < len(view.words)
        and view.gaps[last] in ("'s ", "\u2019s ")
        and view.lower[last] in ("government", "army", "president", "parliament")
    )
