"""Turn records into words with their ground: ways, barriers, chances, quotations, statements of other steps."""

from wayout.model import Barrier, Claim, Exit, Findings, Span
from wayout.publish.facts import country_names, facts_by_record, is_from_map, plain_name, question_words
from wayout.publish.figures import horizon, hours, sentences_file
from wayout.publish.names import NameBook, mask
from wayout.publish.quotes import quotable, quoted
from wayout.publish.wording import OPEN_OR_CLOSED, may_be_woven
from wayout.publish.words import NOTHING, Words, fill, fill_text, join, resting_on
from wayout.stats.likelihood import likelihood_frame, likelihood_term, percent

MOST_TOWARD = 3
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
        """Name what lies beyond an exit, by the map; nothing for a border or province that names itself."""
        beyond = [name for name in exit_.toward if name != exit_.name]
        beyond = ([name for name in beyond if name in country_names()] or beyond)[:MOST_TOWARD]
        if not beyond or exit_.kind != "direction":
            return NOTHING
        names = join([self.recorded(name, exit_.id) for name in beyond])
        return fill("toward_mid" if mid else "toward", self.aim, names=names)

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

    def quote_claim(self, claim: Claim) -> Words:
        """Quote the clause that makes a claim."""
        return resting_on(self.quote(claim.evidence[0]), (claim.id,), claim.evidence)

    def barrier(self, barrier: Barrier, exit_: Exit | None = None, own: str = "barrier_self") -> Words:
        """Describe a barrier by its kind, place and holder, each with its words; else by a quotation."""
        phrases = sentences_file()["phrases"]
        if exit_ is not None and barrier.name == f"the way {exit_.name}":
            return resting_on(fill(own, "phrases"), barrier.claims, barrier.evidence)
        if is_from_map(barrier):
            what = self.recorded(plain_name(barrier.name), barrier.id)
            return fill_text(phrases["barrier_kind"][barrier.kind], what=what, at="")
        what_text, holder = self._split_name(barrier)
        what_words = self.woven(what_text, barrier.evidence, (barrier.id,))
        by = self.woven(holder, barrier.evidence, ()) if holder else NOTHING
        if what_words is not None and OPEN_OR_CLOSED.search(what_words.text.lower()):
            what_words = None
        if what_words is None:
            told = self.quote(barrier.evidence[0]) if barrier.evidence else Words(text=phrases["barrier_prior"])
            words = fill("barrier_words", "phrases", quote=told) if barrier.evidence else told
        else:
            at = phrases["barrier_on" if what_text.startswith("the way") else "barrier_at"]
            words = fill_text(phrases["barrier_kind"][barrier.kind], what=what_words, at=at)
            if by is not None and by.text:
                words = join_with(words, fill("barrier_by", "phrases", holder=by))
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
        if (
            not text
            or self.book.uncovered(text, tuple(covered))
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


def called(party: str) -> str:
    """
    Put an article before a party that is called by a common noun.

    Examples
    --------
    >>> called("aid convoy"), called("the families"), called("Islamic State")
    ('the aid convoy', 'the families', 'Islamic State')
    """
    common = party == party.lower() and not party.startswith(("the ", "a ", "an "))
    return f"the {party}" if common else party


def join_with(first: Words, second: Words) -> Words:
    """Put two pieces side by side."""
    return fill_text("{first}{second}", first=first, second=second)
