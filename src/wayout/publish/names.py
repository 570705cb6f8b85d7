"""Find every name and number in a sentence, and the words of the reports that name it."""

import re
from functools import cached_property

from wayout.model import Claim, Document, Findings, Mention, PlaceUse, Span
from wayout.publish.facts import template_words
from wayout.publish.figures import sentences_file
from wayout.publish.quotes import quotable, without_quotes
from wayout.text.names import fold_name

_WORD = re.compile(r"[^\W_]+(?:['’‘\-.][^\W_]+)*")
_PLAIN = re.compile(r"[a-zàáâãäåçèéêëìíîïñòóôõöùúûüýÿ’'‘\-]+")
_SENTENCE_START = re.compile(r"(?:^|[.:]\s+|“)$")
LEAST_NAME = 4
"""Shortest name looked for in small letters too; shorter ones ("IS", "US") are words of the language."""


class NameBook:
    """
    The names of a run and where its reports name them.

    Parameters
    ----------
    findings
        The outcome of a run.
    """

    def __init__(self, findings: Findings) -> None:
        """Keep the findings; the indexes are made when first needed."""
        self.findings = findings
        self.documents: dict[str, Document] = {d.id: d for d in findings.documents}
        self.claims: dict[str, Claim] = {c.id: c for c in findings.claims}

    @cached_property
    def actor_names(self) -> dict[str, frozenset[str]]:
        """Folded names by actor id."""
        return {
            actor.id: frozenset(
                fold_name(n)
                for n in (actor.name, *actor.aliases, *actor.acronyms, *actor.metonyms, *actor.descriptions)
            )
            for actor in self.findings.actors
        }

    @cached_property
    def namings(self) -> tuple[tuple[Span, frozenset[str]], ...]:
        """Every span that names something, with the folded names it stands for."""
        rows: list[tuple[Span, frozenset[str]]] = []
        rows += [(m.span, self._names_of_mention(m)) for m in self.findings.mentions]
        for claim in self.findings.claims:
            rows += [(use.span, place_names(use)) for use in claim.places]
        situation = self.findings.situation
        regions = [p.region for p in situation.presences] + [c.region for c in situation.controls]
        for region in regions:
            names = frozenset(fold_name(place.name) for place in region.places)
            rows += [(span, names) for span in region.evidence]
        return tuple(sorted(rows, key=lambda row: (row[0], sorted(row[1]))))

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Every name of the run as written, longest first: actors, places, exits, what lies beyond them."""
        names: set[str] = set()
        for actor in self.findings.actors:
            names |= {actor.name, *actor.aliases, *actor.acronyms, *actor.metonyms}
        for exit_ in self.findings.reach.exits:
            names |= {exit_.name, *exit_.toward}
        for link in self.findings.reach.onward:
            names |= {link.start, link.end}
        for claim in self.findings.claims:
            for use in claim.places:
                names |= {place.name for place in use.region.places} if use.region else set()
                names |= {use.phrase} if use.phrase != use.phrase.lower() else set()
        names |= {m.text for m in self.findings.mentions if m.kind in ("actor", "person", "place")}
        bare = {n.strip(" \t\n.,:;") for n in names}
        proper = {n for n in bare if _WORD.search(n) and not _PLAIN.fullmatch(n)}
        return tuple(sorted(proper, key=lambda n: (-len(n), n)))

    def _names_of_mention(self, mention: Mention) -> frozenset[str]:
        own = frozenset({fold_name(mention.text)})
        return own | self.actor_names.get(mention.ref or "", frozenset())

    def supports(self, name: str, span: Span) -> bool:
        """
        Tell whether a span names something: literally, or by words in it that were resolved to it.

        Parameters
        ----------
        name
            As the sentence writes it.
        span
            The words cited for it.
        """
        folded, words = fold_name(name), self.documents[span.document].quote(span)
        # A sentence writes the marks inside a name singly (radio ’Voice’), as it does in quotations.
        if is_in(folded, fold_name(words)) or is_in(folded, fold_name(quotable(words))):
            return True
        return any(folded in names for inner, names in self.namings if span.contains(inner))

    def find(self, name: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """
        Find words that name something, first in the given spans, then anywhere in the run.

        Parameters
        ----------
        name
            A name.
        spans
            The sentence's evidence.

        Returns
        -------
        where
            The first span found that names it, or nothing.
        """
        folded = fold_name(name)
        near = [s for s, names in self.namings if folded in names and any(e.contains(s) for e in spans)]
        if near:
            return (near[0],)
        for span in spans:
            if self.supports(name, span):
                return (self._narrowed(name, span),)
        far = [s for s, names in self.namings if folded in names]
        return tuple(far[:1])

    def _narrowed(self, name: str, span: Span) -> Span:
        text = self.documents[span.document].text
        at = text.find(name, span.start, span.end)
        return Span(document=span.document, start=at, end=at + len(name)) if at >= 0 else span

    def known_in(self, text: str, covered: tuple[str, ...] = ()) -> tuple[str, ...]:
        """
        List the known names that a text holds beside the covered words, longest first as :attr:`known` has them.

        A name made only of words that the templates use cannot be told from them and is left to the other checks.
        """
        bare = mask(text, covered) if covered else text
        small, words = bare.lower(), template_words()
        return tuple(
            n
            for n in self.known
            if len(n) >= LEAST_NAME
            and n.lower() in small
            and _occurs(n, bare)
            and not words.issuperset(n.lower().split())
        )

    def uncovered(self, sentence: str, covered: tuple[str, ...]) -> tuple[str, ...]:
        """
        List the names and numbers of a sentence that nothing covers.

        Quotations are left out (the gate compares them with the report). What remains after the covered words are
        taken away must be words of the templates, or plain small words that are neither numbers, directions nor names.

        Parameters
        ----------
        sentence
            Text of a sentence.
        covered
            Names, figures and words of the question that have their ground.

        Returns
        -------
        left
            What is named without ground, in order of appearance.
        """
        file = sentences_file()
        bare = mask(without_quotes(sentence), (*covered, *file["fixed_phrases"]))
        words, numbers = template_words(), {*file["number_words"], *file["direction_words"]}
        left = list(self.known_in(bare))
        for found in _WORD.finditer(bare):
            word = found.group()
            if word.lower() in numbers:
                left.append(word)
            elif _PLAIN.fullmatch(word) or word in words:
                continue
            elif not (word.lower() in words and _SENTENCE_START.search(bare[: found.start()])):
                left.append(word)
        return tuple(dict.fromkeys(left))


def place_names(use: PlaceUse) -> frozenset[str]:
    """List the folded names a place phrase stands for: itself, and the places of its region."""
    names = {fold_name(use.phrase)}
    if use.region is not None:
        names |= {fold_name(place.name) for place in use.region.places}
        names |= {fold_name(part.place.name) for part in use.region.parts if part.place is not None}
    return frozenset(names)


def is_in(folded: str, words: str) -> bool:
    """Tell whether folded words occur in a folded text, whole words only."""
    return bool(folded) and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", words) is not None


def mask(sentence: str, covered: tuple[str, ...]) -> str:
    """Blank out whole-word occurrences of the covered words, longest first, keeping the length."""
    for words in sorted({c for c in covered if c.strip()}, key=lambda c: (-len(c), c)):
        # The first letter may have become a capital at the start of the sentence.
        first = f"(?:{re.escape(words[0])}|{re.escape(words[0].upper())})"
        before, after = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
        pattern = f"{before}{first}{re.escape(words[1:])}{after}"
        sentence = re.sub(pattern, lambda m: " " * len(m.group()), sentence)
    return sentence


def _occurs(name: str, bare: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare, re.IGNORECASE) is not None
