"""The words a claim rests on, in colour: the deed, who, whom, where, when, the hedge and the source."""

from collections.abc import Iterable, Iterator

from rich.text import Text
from rich.theme import Theme

from wayout.cli.terminal_text import is_right_to_left, isolated, safe
from wayout.model import Claim, Document, Span

THEME = Theme(
    {
        "deed": "bold yellow",
        "who": "green",
        "whom": "magenta",
        "where": "cyan",
        "when": "blue",
        "hedge": "italic red",
        "source": "underline",
    }
)
LEGEND = (
    ("deed", "deed"),
    ("who", "who"),
    ("whom", "whom"),
    ("where", "where"),
    ("when", "when"),
    ("hedge", "hedge"),
    ("source", "source"),
)
CERTAINTY_STYLE = {"certain": "bold", "probable": "none", "possible": "hedge", "open": "hedge"}
Role = tuple[Span, str]


def paint_clause(claim: Claim, document: Document) -> Text:
    """
    Write the clause of a claim with its words in colour.

    Parameters
    ----------
    claim
        A claim.
    document
        The document it is made in.

    Returns
    -------
    line
        The clause in quotation marks; words of the claim that stand outside it follow after dots.
    """
    roles = list(word_roles(claim, document))
    line = paint_words(document, claim.evidence[0], roles)
    for span in claim.evidence[1:]:
        line.append(" … ", style="dim")
        line.append_text(paint_words(document, span, roles))
    return line


def word_roles(claim: Claim, document: Document) -> Iterator[Role]:
    """
    Tell the role of each word of a claim; where two overlap, the later wins.

    Parameters
    ----------
    claim
        A claim; its ``words`` begin with the trigger and end with what sets the certainty.
    document
        Its document.

    Yields
    ------
    role
        A span and the name of a style of :data:`THEME`.
    """
    source = claim.attributed_to
    if source is not None:
        yield from ((s, "source") for s in (source.source_span, source.cue_span) if s is not None)
    if claim.time is not None:
        yield claim.time.span, "when"
    named = False
    for number, span in enumerate(claim.words):
        style = _party(span, claim, document)
        if style is None and any(span == p.span for p in claim.places):
            style = "where"
        named = named or style is not None
        yield span, style or ("hedge" if named and number else "deed")
    yield from ((place.span, "where") for place in claim.places)


def _party(span: Span, claim: Claim, document: Document) -> str | None:
    words = document.quote(span)
    if claim.subject_text and words in claim.subject_text and words != claim.object_text:
        return "who"
    return "whom" if claim.object_text and words in claim.object_text else None


def paint_words(document: Document, span: Span, roles: Iterable[Role]) -> Text:
    """
    Write a span of a document in quotation marks, the given words in colour.

    Parameters
    ----------
    document
        The document.
    span
        What is quoted.
    roles
        Words and their styles; those outside the span are left out.

    Returns
    -------
    line
        Free of characters that would steer a terminal.
    """
    quote = document.quote(span)
    line = Text("“", style="dim")
    lead = 1 + is_right_to_left(quote)
    line.append(isolated(safe(quote)), style="default not dim")
    for word, style in roles:
        if word.document == span.document and word.overlaps(span):
            start, end = max(word.start, span.start) - span.start, min(word.end, span.end) - span.start
            line.stylize(style, lead + start, lead + end)
    line.append("”")
    return line
