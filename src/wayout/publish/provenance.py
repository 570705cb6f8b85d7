"""The gate: no sentence is published that names an actor, place or number without the words or the record behind it."""

from wayout.errors import ProvenanceError, SpanError
from wayout.model import Brief, Findings, Sentence, Span
from wayout.publish.facts import facts_by_record, floor_of, is_reported, probabilities_by_record, question_words
from wayout.publish.names import NameBook, mask
from wayout.publish.quotes import is_quote_of, quotes_in, without_quotes, words_of
from wayout.publish.wording import CAN, OPEN_OR_CLOSED, WILL, likelihood_in, refused_in
from wayout.stats.likelihood import likelihood_term, percent

NEEDS_WORDS = frozenset({"claim", "onward", "branch", "contradiction"})
"""Roles of sentences that pass on what a report says."""


def check_brief(brief: Brief, findings: Findings) -> None:
    """
    Refuse a brief with any sentence whose names, numbers, quotations or likelihood have no ground.

    The names and numbers are found again in the text itself, not only in what the sentence declares: what is neither in
    the cited words, nor in a cited record, nor in the question, nor in the fixed templates fails.

    Parameters
    ----------
    brief
        What is to be published.
    findings
        The run it was made from.

    Raises
    ------
    ProvenanceError
        At the first sentence that fails; says which and why.
    """
    gate = _Gate(brief, findings)
    seen: set[str] = set()
    for sentence in (brief.headline, *(s for section in brief.sections for s in section.sentences)):
        if sentence.id in seen:
            raise ProvenanceError(f"two sentences of the brief have the id {sentence.id!r}; ids must be unique")
        seen.add(sentence.id)
        gate.check(sentence)
    gate.check_title(brief)


class _Gate:
    """The checks, with the indexes they share."""

    def __init__(self, brief: Brief, findings: Findings) -> None:
        self._book = NameBook(findings)
        self._facts = facts_by_record(findings, floor_of(brief))
        self._p = probabilities_by_record(findings)
        self._exits = {e.id: e for e in findings.reach.exits}
        self._question = question_words(findings)

    def check(self, sentence: Sentence) -> None:
        """Run every check on one sentence."""
        self._check_spans(sentence)
        self._check_quotes(sentence)
        self._check_names(sentence)
        self._check_computed(sentence)
        self._check_likelihood(sentence)
        self._check_role(sentence)
        self._check_wording(sentence)
        covered = (*(n for n, _ in sentence.names), *sentence.computed, *self._question)
        left = self._book.uncovered(sentence.text, covered)
        if left:
            _fail(sentence, f"names {', '.join(map(repr, left))}, which no cited words and no record hold")

    def check_title(self, brief: Brief) -> None:
        """Hold the title and the section titles to the question's own words."""
        for title in (brief.title, *(s.title for s in brief.sections)):
            left = self._book.known_in(title, self._question)
            if left:
                raise ProvenanceError(f"title {title!r} names {left[0]!r}, which the question does not")

    def _own_words(self, sentence: Sentence) -> str:
        """Return what the brief itself says: without quotations, names, what records hold, and the question's words."""
        taken = (*(n for n, _ in sentence.names), *sentence.computed, *self._question)
        return mask(without_quotes(sentence.text), taken).lower()

    def _words(self, sentence: Sentence, span: Span) -> str:
        try:
            return words_of(span, self._book.documents)
        except (SpanError, ProvenanceError) as error:
            raise ProvenanceError(f"sentence {sentence.id} ({sentence.text!r}): {error}") from error

    def _check_spans(self, sentence: Sentence) -> None:
        for span in (*sentence.evidence, *(s for _, spans in sentence.names for s in spans)):
            self._words(sentence, span)
        missing = [c for c in sentence.claims if c not in self._book.claims]
        if missing:
            _fail(sentence, f"cites claim {missing[0]}, which this run does not have")

    def _check_quotes(self, sentence: Sentence) -> None:
        if sentence.text.count("“") != sentence.text.count("”"):
            _fail(sentence, "has a quotation mark without its partner")
        for quote in quotes_in(sentence.text):
            if not any(is_quote_of(quote, self._words(sentence, span)) for span in sentence.evidence):
                _fail(sentence, f"quotes “{quote}”, which is not the text of any span it cites")

    def _check_names(self, sentence: Sentence) -> None:
        for name, spans in sentence.names:
            if not spans:
                _fail(sentence, f"names {name!r} without any words for it")
            for span in spans:
                if not self._book.supports(name, span):
                    _fail(sentence, f"names {name!r}, but the cited words {self._words(sentence, span)!r} do not")

    def _check_computed(self, sentence: Sentence) -> None:
        unknown = [r for r in sentence.records if r not in self._facts]
        if unknown:
            _fail(sentence, f"cites record {unknown[0]!r}, which this run does not have")
        known = {word for record in sentence.records for word in self._facts[record]}
        for word in sentence.computed:
            if word not in known:
                _fail(sentence, f"gives {word!r} as computed, but none of its records says so")

    def _check_likelihood(self, sentence: Sentence) -> None:
        bare = self._own_words(sentence)
        said = likelihood_in(bare)
        if sentence.likelihood is None:
            if said:
                _fail(sentence, f"says {said[0]!r} without a probability behind it")
            return
        if sentence.p is None or likelihood_term(sentence.p) != sentence.likelihood:
            _fail(sentence, f"declares {sentence.likelihood!r} for p = {sentence.p}")
        if said != [sentence.likelihood]:
            _fail(sentence, f"says {said} where p = {sentence.p} is {sentence.likelihood!r}")
        if percent(sentence.p or 0) not in sentence.text:
            _fail(sentence, f"does not give the figure {percent(sentence.p or 0)} behind its likelihood word")
        if not any(sentence.p in self._p.get(record, ()) for record in sentence.records):
            _fail(sentence, f"rests on p = {sentence.p}, which none of its records has")
        if "confidence" in bare:
            _fail(sentence, "mixes likelihood and confidence")

    def _check_role(self, sentence: Sentence) -> None:
        if sentence.role in NEEDS_WORDS and not sentence.evidence:
            _fail(sentence, f"is of the role {sentence.role!r} and cites no words")
        if sentence.role not in ("exit", "headline"):
            return
        exits = [self._exits[r] for r in sentence.records if r in self._exits]
        bare = self._own_words(sentence)
        for exit_ in exits:
            if is_reported(exit_) and not sentence.evidence:
                _fail(sentence, f"speaks of the exit {exit_.name!r} as reported and cites no words")
            if not is_reported(exit_) and sentence.role == "exit" and OPEN_OR_CLOSED.search(bare):
                _fail(sentence, f"calls the exit {exit_.name!r} open or closed, though no report speaks of it")

    def _check_wording(self, sentence: Sentence) -> None:
        bare = self._own_words(sentence)
        refused = refused_in(bare)
        if refused is not None:
            _fail(sentence, f"says {refused!r}")
        if sentence.role != "method" and CAN.search(bare) and WILL.search(bare):
            _fail(sentence, "mixes what can happen with what will")


def _fail(sentence: Sentence, why: str) -> None:
    raise ProvenanceError(f"sentence {sentence.id} ({sentence.text!r}) {why}; nothing was published")
