"""What the computed records say, as the words the brief may show: the only numbers and names that need no quotation."""

import re
from collections.abc import Iterable
from functools import cache

from wayout.geo.floor import FLOOR_KM
from wayout.geo.layers import read_layer
from wayout.model import Barrier, Brief, Exit, Findings
from wayout.publish.figures import horizon, hours, kilometres, points, sentences_file
from wayout.publish.quotes import quotable
from wayout.stats.likelihood import likelihood_table, percent
from wayout.vocab import read_vocab

MAP_BARRIERS = ("border", "river", "unreported")
"""Barriers that come from map layers and priors: their names are computed facts when no report is behind them."""

_CODES = re.compile(r"\b([A-Z]{2})-([A-Z]{2})\b")

SILENCE = "No report speaks of "
"""How the situation begins its statements about ground and borders that no report speaks of."""

BORDER = "the border "
"""How the name of a border begins."""


def facts_by_record(findings: Findings, floor_km: float = FLOOR_KM) -> dict[str, frozenset[str]]:
    """
    List, record by record, the words that a sentence may take from it.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km.

    Returns
    -------
    facts
        Record id to the words: exit and hypothesis ids, barrier ids, ``"branch:<claim>"``, ``"reach"``, document ids,
        ``"documents"``, ``"assessment"``, ``"weighing"``, ``"arrivals"``, ``"floor"``, ``"unknown:<n>"`` and ``"miss:<n>"``.
    """
    facts: dict[str, set[str]] = {}
    directions = set(sentences_file()["direction_words"])
    for exit_ in findings.reach.exits:
        own = facts.setdefault(exit_.id, {percent(exit_.p_reach), *map(quotable, (exit_.name, *exit_.toward))})
        if exit_.travel_time_h_p50 is not None:
            own.add(hours(exit_.travel_time_h_p50))
        for influence in exit_.deciding:
            own |= {percent(influence.p_reach_if_open), percent(influence.p_reach_if_closed)}
    for barrier in findings.situation.barriers:
        words = {quotable(plain_name(barrier.name))} if is_from_map(barrier) else set(barrier.name.split()) & directions
        facts[barrier.id] = {percent(barrier.p_closed)} | words
    for hypothesis in findings.assessment.hypotheses:
        known = (hypothesis.p, hypothesis.p_low, hypothesis.p_high)
        facts.setdefault(hypothesis.id, set()).update(percent(p) for p in known if p is not None)
    for lever in findings.assessment.levers:
        figures = (percent(p) for p in (lever.p_reach_if_open, lever.p_reach_if_closed) if p is not None)
        facts.setdefault(lever.exit, set()).update((*figures, points(lever.expected_change)))
    for branch in findings.assessment.branches:
        worlds = (p for _, p in (*branch.if_true, *branch.if_false))
        facts[f"branch:{branch.claim}"] = {percent(branch.p_true), points(branch.gap), *map(percent, worlds)}
    for n, document in enumerate(findings.documents, start=1):
        facts[document.id] = {document.source.reliability, f"report {n}", f"Report {n}"}
    reach = findings.reach
    facts["reach"] = {f"{reach.n_draws:,}", kilometres(reach.cell_km), horizon(reach.horizon_h)}
    facts["documents"] = {str(len(findings.documents)), letters_of(findings)}
    facts["assessment"] = {quotable(findings.assessment.confidence)}
    facts["weighing"] = _weighing_facts(findings)
    facts["arrivals"] = _arrival_facts(findings)
    facts["floor"] = {kilometres(floor_km)}
    for n, statement in enumerate(findings.situation.unknowns):
        told = quotable(plain_name(statement.rstrip(".")))
        facts[f"unknown:{n}"] = {told, told.removeprefix(SILENCE), told.removeprefix(SILENCE + BORDER)}
    for n, miss in enumerate(findings.misses):
        facts[f"miss:{n}"] = {quotable(miss.what), quotable(miss.why.rstrip("."))}
    return {record: frozenset(words) for record, words in facts.items()}


def _weighing_facts(findings: Findings) -> set[str]:
    """List the counts and figures of how the reports were weighed."""
    judged = findings.assessment
    telling = sum(d.spread_alone > 0 for d in judged.diagnosticity)
    facts = {str(n) for n in (len(findings.claims), telling, len(findings.claims) - telling)}
    facts |= {str(len(judged.branches)), str(judged.n_switches - len(judged.branches))}
    facts |= {str(n) for n in range(len(judged.sensitivity))}
    if judged.prior_leaves is not None:
        facts.add(percent(judged.prior_leaves))
    if judged.flip is not None:
        facts |= {str(judged.flip.n_origins), str(judged.flip.n_excluded)}
        for step in (judged.flip.removal, judged.flip.discount):
            facts |= set() if step is None else {percent(step.p_leader), percent(step.weight_left)}
            facts |= {str(n) for n in range(len(step.claims))} if step is not None else set()
    return facts


def _arrival_facts(findings: Findings) -> set[str]:
    found = findings.arrivals
    if found is None:
        return set()
    facts = {percent(found.coverage), percent(found.p_none)}
    for arrival in found.arrivals:
        facts |= {quotable(arrival.name), *map(percent, (arrival.share, arrival.share_low, arrival.share_high))}
    return facts


def is_reported(exit_: Exit) -> bool:
    """Tell whether a report speaks of a way: it is flagged so and has words or claims behind it."""
    return exit_.reported and bool(exit_.evidence or exit_.claims)


def plain_name(name: str) -> str:
    """
    Make the name of a prior readable: country codes as names, without the remark that no report speaks of it.

    Examples
    --------
    >>> plain_name("the border SD-SS where no report speaks of it")
    'the border Sudan-South Sudan'
    """
    name = name.removesuffix(" where no report speaks of it").replace("unreported ground", "the ground")
    return _CODES.sub(lambda m: f"{_country(m.group(1))}-{_country(m.group(2))}", name)


def country_names() -> frozenset[str]:
    """List the names of the world's countries as the map layer has them."""
    return frozenset(str(f.properties["name"]) for f in read_layer("countries"))


def _country(code: str) -> str:
    return next((str(c["name"]) for c in read_vocab("countries.yaml")["countries"] if c["iso2"] == code), code)


def is_from_map(barrier: Barrier) -> bool:
    """Tell whether a barrier comes from a map layer or a prior, with no report behind it."""
    return not barrier.evidence and (barrier.is_prior or barrier.kind in MAP_BARRIERS)


def letters_of(findings: Findings) -> str:
    """List the reliability letters of the sources, best first, each once."""
    return ", ".join(sorted({document.source.reliability for document in findings.documents}))


def question_words(findings: Findings) -> tuple[str, ...]:
    """List the user's own words, which a sentence may always use: party, area, horizon."""
    question = findings.question
    return (question.party.name, question.area_text, horizon(question.within_h))


def floor_of(brief: Brief) -> float:
    """Read the floor (km) a brief was made with."""
    return float(dict(brief.made_by.parameters).get("floor_km", FLOOR_KM))


def probabilities_by_record(findings: Findings) -> dict[str, tuple[float, ...]]:
    """List the probabilities that a likelihood word may rest on, by record."""
    known: dict[str, tuple[float, ...]] = {e.id: (e.p_reach,) for e in findings.reach.exits}
    for hypothesis in findings.assessment.hypotheses:
        known[hypothesis.id] = (*known.get(hypothesis.id, ()), hypothesis.p)
    for branch in findings.assessment.branches:
        known[f"branch:{branch.claim}"] = (branch.p_true, *(p for _, p in (*branch.if_true, *branch.if_false)))
    flip = findings.assessment.flip
    if flip is not None and flip.removal is not None:
        known["weighing"] = (flip.removal.p_leader,)
    return known


@cache
def template_words() -> frozenset[str]:
    """List the words of every template and fixed phrase, as written and in small letters."""
    file = sentences_file()
    found: set[str] = set()
    frames = (row.frame for row in likelihood_table())
    for text in (*_texts(file), *frames):
        for word in text.replace("{", " {").replace("}", "} ").split():
            if "{" not in word:
                bare = word.strip(".,:;()“”")
                found |= {bare, bare.lower()}
    return frozenset(found - {""})


def _texts(file: dict[str, object]) -> Iterable[str]:
    """Walk the template parts of the vocabulary file."""
    stack: list[object] = [file[key] for key in ("out", "in", "sentences", "phrases", "certainty", "moods")]
    stack += [file["conditional"], file["confidence_levels"]]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            stack += list(node.values())
        elif isinstance(node, list):
            stack += node
