"""What the page template is given: plain records of text, numbers and links, with nothing left to decide in the template."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from wayout.model import Brief, Document, Findings, Sentence, Span
from wayout.publish.figures import day
from wayout.publish.marks import Piece, cut
from wayout.publish.quotes import quotable, visible
from wayout.stats.likelihood import percent

_QUOTE = re.compile("(“[^“”]*”)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A cited passage: its number on the page, its words, where it is from, and the sentences that cite it."""

    number: int
    quote: str
    source: str
    cited_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence as shown: its pieces (kind and text), its passages, and its likelihood."""

    id: str
    role: str
    pieces: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    namings: tuple[Passage, ...]
    likelihood: str | None
    p: float | None
    claim: str | None = None

    @property
    def percent(self) -> str | None:
        """The figure behind the likelihood word."""
        return None if self.p is None else percent(self.p)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A titled group of sentences as shown."""

    id: str
    title: str
    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A document as shown: its text cut at passages, and the passages."""

    number: int
    title: str
    source: str
    reliability: str
    byline: str | None
    published: str
    retrieved: str
    link: str | None
    address: str | None
    language: str | None
    pieces: tuple[Piece, ...]
    passages: tuple[Passage, ...]


class Passages:
    """
    Number every passage that a sentence cites, in reading order of the documents.

    Parameters
    ----------
    brief
        The brief.
    findings
        Its run.
    """

    def __init__(self, brief: Brief, findings: Findings) -> None:
        """Collect and number the passages."""
        self._documents = {d.id: d for d in findings.documents}
        self._namings = {m.span for m in findings.mentions} | {u.span for c in findings.claims for u in c.places}
        order = {d.id: n for n, d in enumerate(findings.documents)}
        sentences = (brief.headline, *(s for section in brief.sections for s in section.sentences))
        cited: dict[Span, list[tuple[str, str]]] = {}
        for sentence in sentences:
            for span in cited_spans(sentence):
                cited.setdefault(span, []).append((f"s-{sentence.id}", sentence.id.replace("-", " ")))
        ranked = sorted(cited, key=lambda s: (order[s.document], s.start, -s.end))
        self.numbers = {span: n for n, span in enumerate(ranked, start=1)}
        self._passages = {
            span: Passage(
                number=n,
                quote=quotable(self._documents[span.document].quote(span)),
                source=visible(self._documents[span.document].source.name),
                cited_by=tuple(cited[span]),
            )
            for span, n in self.numbers.items()
        }

    def of(self, spans: tuple[Span, ...]) -> tuple[Passage, ...]:
        """List the passages of spans, by number, each once."""
        found = {self._passages[s].number: self._passages[s] for s in spans if s in self._passages}
        return tuple(found[n] for n in sorted(found))

    def said(self, sentence: Sentence) -> Said:
        """Make a sentence ready to show: the clauses it rests on, and apart from them the words that only name."""
        cited = cited_spans(sentence)
        return Said(
            id=f"s-{sentence.id}",
            role=sentence.role,
            pieces=pieces_of(sentence),
            passages=self.of(tuple(s for s in cited if s not in self._namings or len(cited) == 1)),
            namings=self.of(tuple(s for s in cited if s in self._namings and len(cited) > 1)),
            likelihood=sentence.likelihood,
            p=sentence.p,
            claim=sentence.claims[0] if sentence.claims else None,
        )

    def source_text(self, document: Document, number: int) -> SourceText:
        """Make a document ready to show, its cited passages marked."""
        mine = {span: n for span, n in self.numbers.items() if span.document == document.id}
        return SourceText(
            number=number,
            title=visible(document.title or "Untitled"),
            source=visible(document.source.name),
            reliability=document.source.reliability,
            byline=None if document.byline is None else visible(document.byline),
            published=day(document.published),
            retrieved=day(document.retrieved),
            link=safe_link(document.url),
            address=None if document.url is None else visible(document.url),
            language=document.language if document.language and document.language.isalpha() else None,
            pieces=cut(visible(document.text), mine),
            passages=self.of(tuple(mine)),
        )


def cited_spans(sentence: Sentence) -> tuple[Span, ...]:
    """List the spans a sentence rests on, without those that lie inside another of them."""
    spans = dict.fromkeys((*sentence.evidence, *(s for _, named in sentence.names for s in named)))
    return tuple(s for s in spans if not any(other.contains(s) and other != s for other in spans))


def pieces_of(sentence: Sentence) -> tuple[tuple[str, str], ...]:
    """Cut a sentence into plain text, quotations and the likelihood term with its figure."""
    pieces: list[tuple[str, str]] = []
    term = ""
    if sentence.likelihood is not None and sentence.p is not None:
        term = f"{sentence.likelihood} ({percent(sentence.p)})"
    for part in _QUOTE.split(sentence.text):
        if part.startswith("“"):
            pieces.append(("quote", visible(part)))
        elif term and term in part:
            before, _, after = part.partition(term)
            pieces += [("plain", visible(before)), ("term", term), ("plain", visible(after))]
        else:
            pieces.append(("plain", visible(part)))
    return tuple(piece for piece in pieces if piece[1])


def safe_link(url: str | None) -> str | None:
    """
    Let only web addresses be links.

    Examples
    --------
    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if url is None or not url.isprintable() or visible(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
