"""Find in a document what a suggestion only names: its quote, its deed, who, where and when; or refuse it."""

import re
from collections.abc import Iterator
from functools import cache

from wayout.errors import InputError
from wayout.extract.lexicon import open_lexicon
from wayout.extract.suggesting.prompt import Prompt
from wayout.model import Attribution, Mention, PlaceRole, PlaceUse, Predicate, Reading, Span, TimeValue
from wayout.text.english import parse_text
from wayout.vocab import read_vocab

_SENTENCE_END = re.compile(r"(?:\w{4,}|[)\]\"”’»])[.!?…؟。][\"'”’)\]]*(?=\s|$)")
"""A mark after a short word may be an abbreviation's: joining two sentences errs on the safe side."""
_WORD = re.compile(r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|[^\W_]+", re.IGNORECASE)


class ParagraphWords:
    """
    The words of one paragraph, and what our own resolver made of them.

    Every method raises an ``InputError`` that names the part which the paragraph does not hold.

    Parameters
    ----------
    prompt
        The paragraph that was asked about.
    reading
        What the rules found in its document.
    """

    def __init__(self, prompt: Prompt, reading: Reading) -> None:
        self.document = reading.document
        self.paragraph = reading.document.span(prompt.start, prompt.end)
        inside = [m for m in reading.mentions if m.span.overlaps(self.paragraph)]
        self.actors = [m for m in inside if m.kind in ("actor", "person") and m.ref is not None]
        self.places = [m for m in inside if m.kind == "place"]
        self.times = [t for t in reading.times if t.span.overlaps(self.paragraph)]
        text = reading.document.text
        ends = [m.end() for m in _SENTENCE_END.finditer(text, prompt.start, prompt.end)]
        self._edges = sorted({prompt.start, *ends, prompt.end})

    def quote(self, words: str, char_start: int, char_end: int) -> Span:
        """Find a quote where it is said to be, or else at the one place of the paragraph where it stands."""
        text, first, last = self.document.text, self.paragraph.start, self.paragraph.end
        start, end = first + char_start, first + char_end
        if first <= start < end <= last and text[start:end] == words:
            return self.document.span(start, end)
        start = text.find(words, first, last)
        if start < 0:
            raise InputError("its quote is not in the paragraph")
        if text.find(words, start + 1, last) >= 0:
            raise InputError("its quote stands several times in the paragraph, and its offsets are those of none")
        return self.document.span(start, start + len(words))

    def sentence(self, quote: Span) -> Span:
        """Return the sentence, or sentences, that a quote is taken from."""
        start = max(e for e in self._edges if e <= quote.start)
        end = min(e for e in self._edges if e >= quote.end)
        while self.document.text[start].isspace():
            start += 1
        return self.document.span(start, end)

    def trigger(self, words: str, quote: Span) -> Span:
        """Find the deed inside the quote."""
        for span in self._found(words, quote):
            return span
        raise InputError("its trigger is not in its quote")

    def refuse_other_meaning(self, predicate: Predicate, trigger: Span, sentence: Span) -> None:
        """Refuse a predicate that our lexicon knows the deed's word not to have ("took" is no word for "loses")."""
        known: set[str] = set()
        for token in parse_text(self.document.quote(sentence)):
            start = sentence.start + token.idx
            if start < trigger.end and trigger.start < start + len(token.text):
                for part in ("verb", "noun", "adjective"):
                    entries = open_lexicon().entries.get((part, token.lemma_.lower()), ())
                    known.update(e.predicate for e in entries if e.predicate != "other")
        if known and predicate not in known:
            raise InputError(f"its trigger is a word for {', '.join(sorted(known))}, not for {predicate}")

    def actor(self, words: str, sentence: Span, name: str) -> Mention:
        """Find the actor that words name: a mention of the resolver's, in the sentence or else in the paragraph."""
        found = False
        for span in self._nearest(words, sentence):
            found = True
            mentions = [m for m in self.actors if m.span.overlaps(span)]
            if len({m.ref for m in mentions}) > 1:
                raise InputError(f"its {name} names several actors")
            if mentions:
                return mentions[0]
        raise InputError(f"its {name} is {'nobody we can resolve' if found else 'not in the paragraph'}")

    def thing(self, words: str, sentence: Span) -> Span:
        """Find the words of an object that is no actor, in the sentence itself."""
        for span in self._found(words, sentence):
            return span
        raise InputError("its object is not in its sentence")

    def place(self, role: PlaceRole, words: str, sentence: Span) -> PlaceUse:
        """Find the place phrase that words name; the resolver's whole phrase is taken, not the words."""
        for span in self._nearest(words, sentence):
            for mention in self.places:
                if mention.span.overlaps(span):
                    return PlaceUse(role=role, phrase=self.document.quote(mention.span), span=mention.span)
        raise InputError("a place of it is none that the paragraph names")

    def source(self, words: str, sentence: Span) -> Attribution:
        """Find who is made to say so; words that are no known actor are an unnamed source of the sentence."""
        try:
            mention = self.actor(words, sentence, "source")
        except InputError:
            for span in self._found(words, sentence):
                return Attribution(name=words, actor=None, source_span=span, cue_span=None, named=False)
            raise
        span = mention.span
        name = self.document.quote(span)
        return Attribution(name=name, actor=mention.ref, source_span=span, cue_span=None)  # type: ignore[arg-type]

    def time(self, words: str, sentence: Span) -> TimeValue | None:
        """Find the time that words name; ``None`` where they stand in the paragraph but are no time we can date."""
        found = False
        for span in self._nearest(words, sentence):
            found = True
            for time in self.times:
                if time.span.overlaps(span):
                    return time
        if not found:
            raise InputError("its time is not in the paragraph")
        return None

    def is_open(self, sentence: Span) -> bool:
        """Tell whether a sentence asks, denies, or says that something only may be."""
        words = self.document.quote(sentence)
        return "?" in words or not _open_words().isdisjoint(
            w.casefold().replace("’", "'") for w in _WORD.findall(words)
        )

    def _nearest(self, words: str, sentence: Span) -> Iterator[Span]:
        yield from self._found(words, sentence)
        yield from self._found(words, self.paragraph)

    def _found(self, words: str, span: Span) -> Iterator[Span]:
        """Yield where whole words stand, verbatim, inside a span."""
        text = self.document.text
        start = text.find(words, span.start, span.end)
        while start >= 0:
            end = start + len(words)
            if not _joins(text[start - 1 : start] if start else "", words[0]) and not _joins(
                words[-1], text[end : end + 1]
            ):
                yield self.document.span(start, end)
            start = text.find(words, start + 1, span.end)


def _joins(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()


@cache
def _open_words() -> frozenset[str]:
    return frozenset(read_vocab("language_model.yaml")["open_words"])
