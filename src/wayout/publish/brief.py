"""Compose the brief: the headline judgement first, then the ways, the outlook, the reports, and what is not known."""

from dataclasses import replace

from wayout import __version__
from wayout.geo.floor import FLOOR_KM
from wayout.model import Brief, Findings, Section, Sentence, Step
from wayout.publish.arrivals_told import arrival_sentences
from wayout.publish.articles import called
from wayout.publish.figures import day, horizon, sentences_file
from wayout.publish.say_exits import exit_sentences, headline, onward_sentences, summary
from wayout.publish.say_outlook import branch_sentences, hypothesis_sentences, lever_sentences
from wayout.publish.say_reports import (
    claim_sentences,
    confidence_sentence,
    contradiction_sentences,
    method_sentences,
    unknown_sentences,
)
from wayout.publish.say_weighing import weighing_sentences
from wayout.publish.telling import Telling
from wayout.publish.words import fill, sentence

EVEN_TOP = 0.55
"""Upper end of ICD 203's band of even odds: below it no hypothesis stands out."""


def compose_brief(findings: Findings, floor_km: float = FLOOR_KM) -> Brief:
    """
    Say what a run found, sentence by sentence, each with the words and records it rests on.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km; named among the limits.

    Returns
    -------
    brief
        Headline and sections in reading order; a section with nothing to say is left out, except the unknowns.
    """
    telling = Telling(findings, floor_km)
    question = findings.question
    outlook, levers = hypothesis_sentences(telling), lever_sentences(telling)
    leave = sentences_file()[telling.aim]["leave"]
    sections = (
        _section("summary", "In short", _in_short(telling, outlook, levers)),
        _section("exits", f"{leave} {question.area_text}", exit_sentences(telling)),
        _section("arrivals", "Where those who flee arrive", arrival_sentences(telling)),
        _section("onward", "Beyond, as reported", onward_sentences(telling)),
        _section("outlook", "What the party will do", outlook),
        _section("weighing", "How the reports weigh", weighing_sentences(telling)),
        _section("branches", "If this holds, and if not", branch_sentences(telling)),
        _section("levers", "What would change the answer", levers),
        _section("claims", "What the reports say", claim_sentences(telling)),
        _section("contradictions", "Where reports do not agree", contradiction_sentences(telling)),
        _section("unknowns", "What is not known", unknown_sentences(telling)),
        _section("method", "Method and limits", method_sentences(telling)),
    )
    return Brief(
        title=f"{leave} {question.area_text}: {question.party.name}",
        question=(
            f"Which way {question.party.aim} is left for {called(question.party.name)}, "
            f"{'from' if question.party.aim == 'out' else 'to'} {question.area_text}, "
            f"as of {day(question.at)}, within {horizon(question.within_h)}?"
        ),
        headline=headline(telling),
        sections=tuple(s for s in sections if s.sentences),
        made_by=Step(name="publish.compose_brief", version=__version__, parameters=(("floor_km", f"{floor_km:g}"),)),
    )


def _in_short(telling: Telling, outlook: list[Sentence], levers: list[Sentence]) -> list[Sentence]:
    """Put the answer on one screen: what decides it, what is expected, what would change it, how far to trust it."""
    told = summary(telling)
    # The strongest lever is not repeated where it is what decides the best way.
    decides = {s.evidence for s in told if s.role == "lever"}
    others = [s for s in levers[:1] if s.evidence not in decides]
    no_favourite = [s for s in outlook[:1] if s.p is not None and s.p <= EVEN_TOP]
    start = [sentence("summary-outlook", "caveat", fill("no_favourite")) for _ in no_favourite]
    first = [replace(s, id=f"summary-{s.id}") for s in (*outlook[:2], *others)]
    return [*told, *start, *first, confidence_sentence(telling)]


def _section(identity: str, title: str, sentences: list[Sentence]) -> Section:
    return Section(id=identity, title=title, sentences=tuple(sentences))
