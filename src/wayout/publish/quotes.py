"""Quote outside text safely: hidden direction marks made visible, quotation marks nested, length kept in bounds."""

import re
import unicodedata

from wayout.errors import ProvenanceError
from wayout.model.document import Document, Span

QUOTE_LIMIT = 320
"""Longest quote inside a sentence, characters; the source text itself is always shown in full."""
_BIDI = dict.fromkeys([0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
_INNER_MARKS = str.maketrans({"“": "‘", "”": "’", "„": "‘", "«": "‘", "»": "’", '"': "’"})
_SENTENCE_END = re.compile(r"[.!?][”’\"\')]*\s+|\n\s*")
_JOINS_BEFORE = re.compile(r"(?:that|and|but)\s+", re.IGNORECASE)
_JOINS_AFTER = re.compile(r"[,;]?\s+(?:and|but|or|that|as|while)\s*$|[,;]\s*$")
_QUOTED = re.compile("“([^“”]*)”")


def visible(text: str) -> str:
    r"""
    Replace characters that change how text is shown, one for one, so that offsets stay right.

    Direction overrides and isolates, control characters (but line feed and tab) and lone surrogates become U+FFFD.

    Parameters
    ----------
    text
        Text from outside.

    Returns
    -------
    shown
        As many code points as ``text``.

    Examples
    --------
    >>> visible("a\u202eb") == "a\ufffdb"
    True
    """
    text = text.translate(_BIDI)
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else "\ufffd" for c in text)


def quotable(words: str) -> str:
    """
    Make words fit between quotation marks: one line, inner marks single.

    Parameters
    ----------
    words
        A slice of a document.

    Returns
    -------
    line
        The form in which sentences quote and in which the gate compares.
    """
    return " ".join(visible(words).translate(_INNER_MARKS).split())


def quoted(words: str) -> str:
    """
    Put words between quotation marks, cut at a word where longer than :data:`QUOTE_LIMIT`.

    Parameters
    ----------
    words
        A slice of a document.

    Returns
    -------
    quote
        For example ``"“the road is shut”"``.
    """
    line = quotable(words)
    if len(line) > QUOTE_LIMIT:
        line = line[:QUOTE_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"“{line.rstrip('.')}”"


def quotes_in(sentence: str) -> tuple[str, ...]:
    """List what stands between quotation marks in a sentence."""
    return tuple(_QUOTED.findall(sentence))


def without_quotes(sentence: str) -> str:
    """Blank out what stands between quotation marks, keeping the length."""
    return _QUOTED.sub(lambda match: " " * len(match.group()), sentence)


def is_quote_of(quote: str, words: str) -> bool:
    """
    Tell whether a quote is the given words, or their beginning where it ends in an ellipsis.

    Parameters
    ----------
    quote
        What stands between the quotation marks.
    words
        The slice it claims to be.
    """
    line = quotable(words)
    if quote.endswith(" …"):
        return len(quote) > len(" …") and line.startswith(quote.removesuffix(" …"))
    return bool(quote) and quote.rstrip(".") == line.rstrip(".")


def sentence_round(span: Span, document: Document) -> Span:
    """
    Widen a span to the sentence it stands in; a clause of a very long sentence stays as it is.

    Parameters
    ----------
    span
        A clause.
    document
        Its document.

    Returns
    -------
    sentence
        From the last full stop or line break before it to the next, the full stop left out.
    """
    text = document.text
    before = [m.end() for m in _SENTENCE_END.finditer(text, max(0, span.start - QUOTE_LIMIT), span.start)]
    start = before[-1] if before else max(0, span.start - QUOTE_LIMIT)
    after = _SENTENCE_END.search(text, span.end)
    end = after.start() if after else len(text.rstrip(" .\n"))
    if not start <= span.start < span.end <= end or end - start > QUOTE_LIMIT:
        return span
    return Span(document=span.document, start=start, end=end)


def without_conjunctions(span: Span, document: Document) -> Span:
    """
    Leave out a conjunction that only joins a clause to what stands before or after it.

    Parameters
    ----------
    span
        A clause.
    document
        Its document.
    """
    words = document.quote(span)
    start, end = _JOINS_BEFORE.match(words), _JOINS_AFTER.search(words)
    first, last = (start.end() if start else 0), (end.start() if end else len(words))
    if first >= last:
        return span
    return Span(document=span.document, start=span.start + first, end=span.start + last)


def words_of(span: Span, documents: dict[str, Document]) -> str:
    """
    Slice a span.

    Parameters
    ----------
    span
        Where the words are.
    documents
        Documents by id.

    Returns
    -------
    words
        The exact slice.

    Raises
    ------
    ProvenanceError
        If the document is not among those of the run.
    SpanError
        If the span ends past the document.
    """
    document = documents.get(span.document)
    if document is None:
        raise ProvenanceError(f"span {span.start}:{span.end} cites document {span.document}, which is not in this run")
    return document.quote(span)
