"""Turn records into words with their ground: ways, barriers, chances, quotations, statements of other steps."""

from functools import cached_property

from wayout.model import Barrier, Claim, Exit, Findings, Span
from wayout.publish.articles import called, ground, needs_article
from wayout.publish.facts import country_names, facts_by_record, is_from_map, is_reported, plain_name, question_words
from wayout.publish.figures import horizon, hours, sentences_file
from wayout.publish.names import NameBook, mask
from wayout.publish.quotes import quotable, quoted, sentence_round, without_conjunctions
from wayout.publish.wording import OPEN_OR_CLOSED, may_be_woven
from wayout.publish.words import NOTHING, Words, fill, fill_text, join, resting_on
from wayout.stats.likelihood import likelihood_frame, likelihood_term, percent

MOST_TOWARD = 2
"""Countries (else provinces) named beyond an exit, at most: the map and the table show the rest."""


class Telling:
    """
    The words of one run.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km.
    """

    def __init__(self, findings: Findings, floor_km: float) -> None:
        """Index the run once for all sentences."""
        self.findings = findings
        self.floor_km = floor_km
        self.book = NameBook(findings)
        self.facts = facts_by_record(findings, floor_km)
        self.exits = {e.id: e for e in findings.reach.exits}
        self.barriers = {b.id: b for b in findings.situation.barriers}
        self.aim = findings.question.party.aim
        self.party = Words(text=called(findings.question.party.name))
        self.area = Words(text=findings.question.area_text)
        self.horizon = Words(text=horizon(findings.question.within_h))
        self._starters = frozenset(sentences_file()["starters"])

    def way(self, exit_: Exit) -> Words:
        """Name the way through an exit: "the way south", "the way to Libya"."""
        name = self.recorded(exit_.name, exit_.id)
        kind = "way_direction" if exit_.kind == "direction" else "way_place"
        return fill(kind, self.aim, name=name)

    def toward(self, exit_: Exit, *, mid: bool = False) -> Words:
        """Name what lies beyond a direction, by the map: the countries that reports speak of as the next step, if any."""
        if exit_.kind != "direction":
            return NOTHING
        common = set.intersection(*({*e.toward} for e in self.exits.values() if e.kind == "direction"))
        beyond = [n for n in exit_.toward if n != exit_.name and (n not in common or n in country_names())]
        countries = [name for name in beyond if name in country_names()]
        spoken = self._next_steps
        shown = next((kept for kept in ([n for n in countries if n in s] for s in spoken) if kept), countries or beyond)
        if not shown:
            return NOTHING
        names = join([self.recorded(name, exit_.id) for name in shown[:MOST_TOWARD]])
        return fill("toward_mid" if mid else "toward", self.aim, names=names)

    @cached_property
    def _next_steps(self) -> tuple[frozenset[str], ...]:
        """List the countries to name first: reported as the next leg, with a border reported on, named at all."""
        reach = self.findings.reach
        ends = {link.end for link in reach.onward}
        first = frozenset(link.end for link in reach.onward if link.start not in ends)
        borders = frozenset(e.name for e in reach.exits if e.kind == "border" and is_reported(e))
        named = frozenset(n for n in self.book.known if n in country_names() and self.book.find(n, ()))
        return (first, borders, named)

    def act(self) -> Words:
        """Say what the party does with a way: take it, or get in by it."""
        return fill("act", self.aim)

    def hours(self, exit_: Exit, *, prior: bool = False) -> Words:
        """Say the median travel time to an exit, where it is reached at all."""
        if exit_.travel_time_h_p50 is None:
            return NOTHING
        text = hours(exit_.travel_time_h_p50)
        figure = Words(text=text, computed=(text,), records=(exit_.id,))
        return fill("hours_prior" if prior else "hours", "phrases", hours=figure)

    def chance(self, p: float, record: str) -> Words:
        """Open a sentence with the likelihood term and figure of a probability that a record holds."""
        return Words(
            text=likelihood_frame(p),
            computed=(percent(p),),
            records=(record,),
            likelihood=likelihood_term(p),
            p=p,
        )

    def figure(self, p: float, record: str) -> Words:
        """Give a probability of a record as a figure without a word."""
        return Words(text=percent(p), computed=(percent(p),), records=(record,))

    def quote(self, span: Span) -> Words:
        """Quote the words of a span."""
        return Words(text=quoted(self.book.documents[span.document].quote(span)), evidence=(span,))

    def whole_sentence(self, span: Span) -> Span:
        """Widen a clause to the sentence it stands in."""
        return sentence_round(span, self.book.documents[span.document])

    def quote_claim(self, claim: Claim) -> Words:
        """Quote the clause that makes a claim, without a conjunction that only joins it to the next."""
        return resting_on(self.quote(self.clause(claim)), (claim.id,), claim.evidence)

    def quote_sentence(self, claim: Claim) -> Words:
        """Quote the whole sentence that makes a claim, where its clause alone would not say who or what."""
        return resting_on(self.quote(self.whole_sentence(claim.evidence[0])), (claim.id,), claim.evidence)

    def clause(self, claim: Claim) -> Span:
        """Return the span of a claim's clause as it is quoted."""
        span = claim.evidence[0]
        return without_conjunctions(span, self.book.documents[span.document])

    def barrier(self, barrier: Barrier) -> Words:
        """Describe a barrier by its kind, place and holder, each with its words; else by a quotation."""
        phrases = sentences_file()["phrases"]
        if is_from_map(barrier):
            what = self.recorded(plain_name(barrier.name), barrier.id)
            return fill_text(phrases["barrier_kind"][barrier.kind], what=what, at="")
        told, holder = self._split_name(barrier)
        phrase, at = ground(told)
        what_words = self.woven(phrase, barrier.evidence, (barrier.id,))
        if what_words is not None and OPEN_OR_CLOSED.search(what_words.text.lower()):
            what_words = None
        if what_words is None:
            if not barrier.evidence:
                return Words(text=phrases["barrier_prior"])
            words = fill("barrier_words", "phrases", quote=self.quote(barrier.evidence[0]))
        else:
            by = self.woven(holder, barrier.evidence, ()) if holder else None
            held = phrases["barrier_held"].get(barrier.kind) if by is not None else None
            if held is None or by is None:
                words = fill_text(phrases["barrier_kind"][barrier.kind], what=what_words, at=phrases[at])
            else:
                name = fill("the_name", "phrases", name=by) if needs_article(holder) else by
                words = fill_text(held, what=what_words, at=phrases[at], holder=name)
        return resting_on(words, barrier.claims, barrier.evidence)

    def _split_name(self, barrier: Barrier) -> tuple[str, str]:
        holder = next((a.name for a in self.findings.actors if a.id == barrier.held_by), "")
        return barrier.name.removesuffix(f" ({holder})") if holder else barrier.name, holder

    def woven(self, text: str, spans: tuple[Span, ...], records: tuple[str, ...]) -> Words | None:
        """
        Find the ground of every name in a statement that another step wrote.

        Parameters
        ----------
        text
            The statement, without its full stop.
        spans
            The words it rests on.
        records
            Records whose facts it may name.

        Returns
        -------
        words
            The statement with its ground, or ``None`` where a name in it has none: then it must not be said.
        """
        text = self._small_start(quotable(text).rstrip("."))
        facts = tuple(sorted({w for r in records for w in self.facts.get(r, ())}))
        computed = tuple(w for w in facts if w in text)
        covered = [*question_words(self.findings), *computed]
        names: list[tuple[str, tuple[Span, ...]]] = []
        for name in (*self.book.known, *self.book.uncovered(text, tuple(covered))):
            if name not in mask(text, ()) or mask(text, tuple(covered)) == mask(text, (*covered, name)):
                continue
            where = self.book.find(name, spans)
            if where:
                names.append((name, where))
                covered.append(name)
        inside = f"of {text}"  # it will stand inside a sentence, where a capital is no sentence start
        if (
            not text
            or self.book.uncovered(inside, tuple(covered))
            or not may_be_woven(mask(text, tuple(covered)).lower())
        ):
            return None
        used = tuple(r for r in records if r in self.facts)
        return Words(text=text, names=tuple(names), computed=computed, records=used)

    def _small_start(self, text: str) -> str:
        first = text.split(" ", 1)[0]
        return first.lower() + text[len(first) :] if first.lower() in self._starters else text

    def recorded(self, text: str, record: str) -> Words:
        """Say what one of our own records says, word for word ("miss:0", "unknown:0"), on one line."""
        line = quotable(text)
        return Words(text=line, computed=(line,), records=(record,))
