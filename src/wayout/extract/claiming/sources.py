"""Give a claim its source: the innermost attribution whose content holds its words, and who passed it on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.attributing.spans import AttributionSpans, Piece
from wayout.extract.claiming.anonymity import is_named
from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import ancestors, children
from wayout.extract.mention_index import MentionIndex
from wayout.model import Attribution, Document, Span
from wayout.vocab import read_vocab

SPOKEN = frozenset({"verb", "colon", "according", "deictic", "adverb", "noun", "quotation"})
"""Kinds of attribution that name a source; an intention ("X wants to") says nothing about who told it."""
_UNSOURCED = frozenset({"adverb", "noun", "quotation"})
"""Kinds that may name nobody: they yield to any attribution that does."""
MAX_PASSED_ON = 4
"""Sources that one claim may have gone through."""
_PERSONAL = frozenset({"he", "she", "they"})
MAX_BACK = 6
"""Attributions back that "he" may mean the speaker of."""


class SourceFinder:
    """Finds who is made to answer for the claims of one document."""

    def __init__(
        self, attributions: Sequence[AttributionSpans], document: Document, index: MentionIndex, book: Any
    ) -> None:
        """
        Sort the attributions by the sentences their contents touch.

        Parameters
        ----------
        attributions
            The outermost attributions of the text.
        document
            For the quotes.
        index
            To resolve a source to an actor.
        book
            The actor knowledge, for the name behind a pronoun.
        """
        self._document, self._index, self._book = document, index, book
        self._doc = index.parsed
        every = sorted((a for outer in attributions for a in outer.with_inner()), key=lambda a: a.cue_head)
        self._speakers = _speakers(every, self._doc)
        self._denials = [a for a in every if a.kind == "denial" and a.source_head is not None]
        self._by_sentence: dict[int, list[AttributionSpans]] = defaultdict(list)
        for spans in every:
            for start in _sentences(spans.content, self._doc) if spans.kind in SPOKEN else ():
                self._by_sentence[start].append(spans)

    def source_of(self, draft: Draft) -> Attribution | None:
        """
        Find who is made to answer for a claim.

        Parameters
        ----------
        draft
            The claim in the making.

        Returns
        -------
        attribution
            The innermost source, with the outer ones in ``via``; ``None`` where the document speaks.
        """
        here = self._by_sentence.get(draft.token.sent.start, ())
        holding = [a for a in here if a.holds(draft.token.i) and not _is_cue(a, draft)]
        if _aside(draft.token):
            holding = [a for a in holding if a.kind != "deictic"]
        if any(a.source_head is not None for a in holding):
            holding = [a for a in holding if a.kind not in _UNSOURCED or a.source_head is not None]
        holding.sort(key=lambda a: (a.kind == "deictic", a.n_words))
        return self._chain(holding[:MAX_PASSED_ON])

    def denials(self) -> Iterator[tuple[AttributionSpans, Attribution]]:
        """Yield the denials of somebody's words, with who denies."""
        for spans in self._denials:
            yield spans, self._attribution(spans)

    def characters(self, pieces: Sequence[Piece]) -> tuple[int, int]:
        """Return the offsets from the first to the last character of pieces."""
        first, last = self._doc[pieces[0][0]], self._doc[pieces[-1][1]]
        return first.idx, last.idx + len(last)

    def _chain(self, holding: Sequence[AttributionSpans]) -> Attribution | None:
        found: Attribution | None = None
        for one in (one for spans in reversed(holding) for one in (self._attribution(spans), *self._cited(spans))):
            if found is None or (one.actor is None and one.name != found.name) or one.actor != found.actor:
                found = replace(one, via=found)
            else:
                found = replace(one, via=found.via)
        return found

    def _cited(self, spans: AttributionSpans) -> Iterator[Attribution]:
        """Yield whom a source itself cites: "R said, citing two officials"."""
        for verb in children(self._doc[spans.cue_head], "advcl", "prep", "acl") if spans.kind == "verb" else ():
            if verb.lower_ in ("citing", "quoting"):
                for noun in children(verb, "dobj", "pobj"):
                    first, last = noun.left_edge.i, noun.right_edge.i
                    if last - first < MAX_TITLE:
                        cited = AttributionSpans(
                            kind="according", cue=((verb.i, verb.i),), source=((first, last),), cue_head=verb.i,
                            source_head=noun.i,
                        )  # fmt: skip
                        yield self._attribution(cited)

    def _attribution(self, spans: AttributionSpans) -> Attribution:
        cue = self._span(spans.cue)
        if spans.source_head is None:
            words = read_vocab("attribution.yaml")
            name = words["unnamed_speaker" if spans.kind == "quotation" else "unnamed_reports"]
            return Attribution(name=name, actor=None, source_span=None, cue_span=cue, named=False)
        head = self._doc[spans.source_head]
        mention = self._index.actor_at(head)
        pieces = spans.source or ((head.i, head.i),)
        if mention is None and head.lower_ in _PERSONAL and spans.cue_head in self._speakers:
            said_before = self._speakers[spans.cue_head]
            head = self._doc[said_before.source_head]
            pieces = said_before.source or ((head.i, head.i),)
            mention = self._index.actor_at(head)
        if pieces and not any(a <= head.i <= b for a, b in pieces):
            # "the army, which said ...": the pronoun is the source's word, the army its name.
            pieces = ((head.left_edge.i if head.i - head.left_edge.i < MAX_TITLE else head.i, head.i),)
        if pieces and pieces[-1][1] > pieces[-1][0] and self._doc[pieces[-1][1]].text == ",":
            pieces = (*pieces[:-1], (pieces[-1][0], pieces[-1][1] - 1))
        name = _bare(" ".join(self._words(pieces).split()))
        if mention is not None and head.pos_ == "PRON" and mention.ref is not None:
            actor = self._book.actor(mention.ref)
            name = actor.name if actor is not None else name
        return Attribution(
            name=name,
            actor=mention.ref if mention is not None else None,  # type: ignore[arg-type]
            source_span=self._span(pieces),
            cue_span=cue,
            named=is_named(head, known=mention is not None),
        )

    def _words(self, pieces: Sequence[Piece]) -> str:
        first, last = self.characters(pieces)
        return self._document.text[first:last]

    def _span(self, pieces: Sequence[Piece]) -> Span | None:
        if not pieces:
            return None
        return self._document.span(*self.characters(pieces))


MAX_TITLE = 12
"""Words before a name that are part of it."""


def _sentences(pieces: Iterable[Piece], doc: Any) -> set[int]:
    """Return the first tokens of the sentences that pieces touch."""
    starts = set()
    for first, last in pieces:
        i = first
        while i <= last:
            sentence = doc[i].sent
            starts.add(sentence.start)
            i = sentence.end
    return starts


def _speakers(every: Sequence[AttributionSpans], doc: Any) -> dict[int, AttributionSpans]:
    """Find, for each "he said", the speaker named last before it."""
    found: dict[int, AttributionSpans] = {}
    past: list[AttributionSpans] = []
    for spans in every:
        if spans.source_head is None or spans.kind not in SPOKEN:
            continue
        head = doc[spans.source_head]
        if head.lower_ not in _PERSONAL:
            if head.pos_ != "PRON":
                past.append(spans)
            continue
        plural = head.lower_ == "they"
        for other in past[: -MAX_BACK - 1 : -1]:
            token = doc[other.source_head]
            if (token.tag_ in ("NNS", "NNPS")) == plural and _is_person(token):
                found[spans.cue_head] = other
                break
    return found


def _is_person(token: Any) -> bool:
    return token.ent_type_ == "PERSON" or (token.pos_ == "NOUN" and token.lemma_.lower() in _people())


def _people() -> frozenset[str]:
    return frozenset(read_vocab("attribution.yaml")["people"])


def _aside(token: Any) -> bool:
    """Tell whether a word stands in a describing clause, which "X noted this" does not reach."""
    chain = [token, *ancestors(token)]
    return any(t.dep_ in ("relcl", "acl") and t.tag_ != "VBZ" and t.head.pos_ == "PROPN" for t in chain) or (
        token.dep_ == "amod" and token.i > token.head.i
    )


def _is_cue(attribution: AttributionSpans, draft: Draft) -> bool:
    """Tell whether the claim's own trigger is the cue."""
    return any(first <= draft.token.i <= last for first, last in attribution.cue)


def _bare(name: str) -> str:
    """Take the possessive off a name: "the army's claim"."""
    for ending in ("'s", "\u2019s", "'", "\u2019"):
        if name.endswith(ending):
            return name.removesuffix(ending).rstrip()
    return name
