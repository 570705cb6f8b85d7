"""Sentences about the ways: the headline, one set an exit, and the chain beyond as reported."""

from wayout.model import Barrier, Exit, OnwardLink, Sentence
from wayout.publish.facts import is_from_map, is_reported
from wayout.publish.quotes import quotable
from wayout.publish.telling import Telling
from wayout.publish.words import Words, fill, join, resting_on, sentence

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
    silent = [e for e in exits if not is_reported(e)]
    for n, other in enumerate(e for e in silent if e.p_reach > best.p_reach):
        words = fill(
            "higher_prior",
            way=telling.way(other),
            toward=telling.toward(other, mid=True),
            percent=telling.figure(other.p_reach, other.id),
        )
        said.append(sentence(f"summary-higher-{n + 1}", "exit", words))
    quiet = [e for e in silent if e.p_reach <= best.p_reach]
    if quiet:
        ways = [
            fill("quiet_way", "phrases", way=telling.way(e), percent=telling.figure(e.p_reach, e.id)) for e in quiet
        ]
        said.append(sentence("summary-quiet", "unknown", fill("quiet_ways", ways=join(ways, "or"))))
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
            "exit_prior" if exit_.kind == "direction" else "exit_prior_place",
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
    way = telling.way(exit_)
    open_, shut = (telling.figure(p, exit_.id) for p in (influence.p_reach_if_open, influence.p_reach_if_closed))
    if states(barrier, exit_):
        words = fill(f"decides_{barrier.kind}", way=way, open=open_, shut=shut)
        return resting_on(words, barrier.claims, barrier.evidence)
    return fill("decides", way=way, barrier=telling.barrier(barrier), open=open_, shut=shut, party=telling.party)


def states(barrier: Barrier, exit_: Exit) -> bool:
    """Tell whether a barrier is what a report states of this very way as a whole: that it is open, or closed."""
    return barrier.kind in ("stated_open", "stated_closed") and barrier.name == f"the way {exit_.name}"


def onward_sentences(telling: Telling) -> list[Sentence]:
    """Tell the chain beyond the first border step by step, as reported, with its words."""
    links = telling.findings.reach.onward
    if not links:
        return [sentence("onward-none", "unknown", fill("onward_none"))]
    steps: dict[tuple[str, ...], list[OnwardLink]] = {}
    for start in dict.fromkeys(link.start for link in links):
        mine = [link for link in links if link.start == start]
        # Starts with the same ends are one step: "from A or B to C".
        steps.setdefault(tuple(dict.fromkeys(link.end for link in mine)), []).extend(mine)
    told = (words for step in steps.values() for words in _step(telling, step))
    said = [sentence(f"onward-{n}", "onward", words) for n, words in enumerate(told, start=1)]
    return [*said, sentence("onward-note", "caveat", fill("onward_note"))]


def _step(telling: Telling, links: list[OnwardLink]) -> list[Words]:
    """Say one step; where a name in it has no words, quote the report instead."""
    starts = {link.start: _place(telling, link.start, link) for link in links}
    ends = {link.end: _place(telling, link.end, link) for link in links}
    named = [[words for words in side.values() if words is not None] for side in (starts, ends)]
    if len(named[0]) + len(named[1]) < len(starts) + len(ends):
        quotes = dict.fromkeys(link.evidence[0] for link in links)
        told = [fill("onward_words", quote=telling.quote(span)) for span in quotes]
    else:
        told = [fill("onward_link", start=join(named[0], "or"), end=join(named[1], "or"))]
    claims = tuple(c for link in links for c in link.claims)
    evidence = tuple(span for link in links for span in link.evidence)
    return [resting_on(words, claims, evidence) for words in told]


def _place(telling: Telling, name: str, link: OnwardLink) -> Words | None:
    """Name a place of a chain, where words name it and it holds no mark that would start or end a quotation."""
    where = telling.book.find(name, link.evidence)
    return Words(text=name, names=((name, where),)) if where and quotable(name) == name else None
