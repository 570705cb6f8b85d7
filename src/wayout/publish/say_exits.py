"""Sentences about the ways: the headline, one set an exit, and the chain beyond as reported."""

from wayout.model import Exit, OnwardLink, Sentence
from wayout.publish.facts import is_from_map, is_reported
from wayout.publish.telling import Telling
from wayout.publish.words import NOTHING, Words, fill, resting_on, sentence

EVEN = 0.45
"""Below ICD 203's band of even odds the best way is called "the least closed", not "the most open"."""


def headline(telling: Telling) -> Sentence:
    """Say which reported way is the most open and how likely it can be taken; or that no report speaks of any."""
    exits = directions(telling)
    if not exits:
        return sentence("headline", "headline", fill("headline_none", party=telling.party))
    best = next((e for e in exits if is_reported(e)), None)
    if best is None:
        every = fill("every_way", telling.aim)
        return sentence("headline", "headline", fill("headline_prior", every_way=every, area=telling.area))
    words = fill(
        "headline",
        way=telling.way(best),
        toward=telling.toward(best, mid=True),
        rank=fill("most_open" if best.p_reach >= EVEN else "least_closed", "phrases"),
        chance=telling.chance(best.p_reach, best.id),
        party=telling.party,
        act=telling.act(),
        horizon=telling.horizon,
    )
    return sentence("headline", "headline", resting_on(words, best.claims, exit_evidence(telling, best)))


def summary(telling: Telling) -> list[Sentence]:
    """Follow the headline: what decides the best way, and which unreported ways have a higher figure."""
    exits = directions(telling)
    best = next((e for e in exits if is_reported(e)), None)
    if best is None:
        return []
    said = []
    decides = _decides(telling, best)
    if decides is not None:
        said.append(sentence("summary-decides", "lever", decides))
    for n, other in enumerate(e for e in exits if not is_reported(e) and e.p_reach > best.p_reach):
        words = fill(
            "higher_prior",
            way=telling.way(other),
            toward=telling.toward(other, mid=True),
            percent=telling.figure(other.p_reach, other.id),
        )
        said.append(sentence(f"summary-higher-{n + 1}", "exit", words))
    return said


def directions(telling: Telling) -> tuple[Exit, ...]:
    """Take the exits by direction, most open first; where there are none, all exits."""
    exits = telling.findings.reach.exits
    chosen = [e for e in exits if e.kind == "direction"] or list(exits)
    return tuple(sorted(chosen, key=lambda e: (-e.p_reach, e.id)))


def ranked(telling: Telling) -> tuple[Exit, ...]:
    """Rank all exits: directions, borders, provinces; in each those that reports speak of first, most open first."""
    order = {"direction": 0, "border": 1, "province": 2}
    return tuple(
        sorted(telling.findings.reach.exits, key=lambda e: (order[e.kind], not is_reported(e), -e.p_reach, e.id))
    )


def exit_evidence(telling: Telling, exit_: Exit) -> tuple:  # type: ignore[type-arg]
    """Gather the words behind an exit: its own, and those of its claims and deciding barriers."""
    spans = list(exit_.evidence)
    for claim in exit_.claims:
        if claim in telling.book.claims:
            spans += telling.book.claims[claim].evidence
    return tuple(dict.fromkeys(spans))


def exit_sentences(telling: Telling) -> list[Sentence]:
    """Say of each direction and border how likely it can be taken and what decides it; provinces are in the table."""
    said = []
    shown = [e for e in ranked(telling) if e.kind != "province"]
    for n, exit_ in enumerate(shown or ranked(telling), start=1):
        said.append(sentence(f"exit-{n}", "exit", _exit(telling, exit_)))
        decides = _decides(telling, exit_) if exit_.kind == "direction" else None
        if decides is not None:
            said.append(sentence(f"exit-{n}-decides", "exit", decides))
    return said


def _exit(telling: Telling, exit_: Exit) -> Words:
    evidence = exit_evidence(telling, exit_)
    if not is_reported(exit_):
        return fill(
            "exit_prior",
            way=telling.way(exit_),
            toward=telling.toward(exit_),
            percent=telling.figure(exit_.p_reach, exit_.id),
            hours=telling.hours(exit_, prior=True),
        )
    words = fill(
        "exit_reported",
        way=telling.way(exit_),
        toward=telling.toward(exit_),
        chance=telling.chance(exit_.p_reach, exit_.id),
        party=telling.party,
        act=telling.act(),
        horizon=telling.horizon,
        hours=telling.hours(exit_),
    )
    return resting_on(words, exit_.claims, evidence)


def _decides(telling: Telling, exit_: Exit) -> Words | None:
    known = [i for i in exit_.deciding if i.barrier in telling.barriers]
    if not known:
        return None
    influence = known[0]  # MOVE ranks them: what a report speaks of before words about the way as a whole
    barrier = telling.barriers[influence.barrier]
    if barrier.kind == "unreported":
        return None
    if is_from_map(barrier):
        words = fill("decides_prior", way=telling.way(exit_), barrier=telling.barrier(barrier))
        return resting_on(words, exit_.claims, exit_evidence(telling, exit_)) if is_reported(exit_) else words
    return fill(
        "decides",
        way=telling.way(exit_),
        barrier=telling.barrier(barrier, exit_),
        open=telling.figure(influence.p_reach_if_open, exit_.id),
        shut=telling.figure(influence.p_reach_if_closed, exit_.id),
    )


def onward_sentences(telling: Telling) -> list[Sentence]:
    """Tell the chain beyond the first border link by link, as reported, with its words."""
    links = telling.findings.reach.onward
    if not links:
        return [sentence("onward-none", "unknown", fill("onward_none"))]
    said = [sentence(f"onward-{n}", "onward", _link(telling, link)) for n, link in enumerate(links, start=1)]
    return [*said, sentence("onward-note", "caveat", fill("onward_note"))]


def _link(telling: Telling, link: OnwardLink) -> Words:
    ends = [_place(telling, name, link) for name in (link.start, link.end)]
    if ends[0] is None or ends[1] is None:
        words = fill("onward_words", quote=telling.quote(link.evidence[0]))
    else:
        other = fill("alternative", "phrases") if link.alternative else NOTHING
        words = fill("onward_link", start=ends[0], end=ends[1], alternative=other)
    return resting_on(words, link.claims, link.evidence)


def _place(telling: Telling, name: str, link: OnwardLink) -> Words | None:
    where = telling.book.find(name, link.evidence)
    return Words(text=name, names=((name, where),)) if where else None
