"""Give a claim its source: the innermost attribution whose content holds its words."""

from collections.abc import Sequence
from typing import Any

from wayout.extract.attribution_spans import AttributionSpans, Piece
from wayout.extract.drafts import Draft
from wayout.extract.grammar import ancestors
from wayout.extract.mention_index import MentionIndex
from wayout.model import Attribution, Document, Span
from wayout.vocab import read_vocab

SPOKEN = frozenset({"verb", "colon", "according", "deictic", "adverb", "noun"})
"""Kinds of attribution that name a source; an intention ("X wants to") says nothing about who told it."""


def attribution_of(
    draft: Draft, attributions: Sequence[AttributionSpans], document: Document, index: MentionIndex, book: Any
) -> Attribution | None:
    """
    Find who is made to answer for a claim.

    Parameters
    ----------
    draft
        The claim in the making.
    attributions
        All attributions of the text.
    document
        For the quotes.
    index
        To resolve the source to an actor.
    book
        The actor knowledge, for its name.

    Returns
    -------
    attribution
        The innermost source; outer ones are named after it ("residents, via Reuters"). ``None`` where the document speaks.
    """
    every = [a for outer in attributions for a in outer.with_inner()]
    holding = [a for a in every if a.kind in SPOKEN and a.holds(draft.token.i) and _tells(a, draft)]
    if _aside(draft.token):
        holding = [a for a in holding if a.kind != "deictic"]
    if not holding:
        return None
    holding.sort(key=lambda a: (a.kind == "deictic", a.n_words))
    names = [_name(a, document, index, book) for a in holding]
    unnamed = read_vocab("attribution.yaml")["unnamed_reports"]
    if len(names) > 1 and names[0][0] == unnamed:
        holding, names = holding[1:], names[1:]
    inner, (name, actor) = holding[0], names[0]
    for outer, _ in names[1:]:
        if outer not in name:
            name = f"{name}, via {outer}"
    return Attribution(
        name=name,
        actor=actor,  # type: ignore[arg-type]
        source_span=_span(inner.source, document, draft),
        cue_span=_span(inner.cue, document, draft),
    )


def _aside(token: Any) -> bool:
    """Tell whether a word stands in a describing clause, which "X noted this" does not reach."""
    chain = [token, *ancestors(token)]
    return any(t.dep_ in ("relcl", "acl") and t.tag_ != "VBZ" and t.head.pos_ == "PROPN" for t in chain) or (
        token.dep_ == "amod" and token.i > token.head.i
    )


def _tells(attribution: AttributionSpans, draft: Draft) -> bool:
    """Leave out what is no telling: the claim's own trigger as cue, perception and feeling with a bare noun."""
    return not any(first <= draft.token.i <= last for first, last in attribution.cue)


def _name(attribution: AttributionSpans, document: Document, index: MentionIndex, book: Any) -> tuple[str, str | None]:
    if attribution.source_head is None:
        return read_vocab("attribution.yaml")["unnamed_reports"], None
    token = index.parsed[attribution.source_head]
    mention = index.actor_at(token)
    first, last = attribution.source[0][0], attribution.source[-1][1]
    doc = index.parsed
    words = document.text[doc[first].idx : doc[last].idx + len(doc[last])]
    if mention is not None and token.pos_ == "PRON" and mention.ref is not None:
        actor = book.actor(mention.ref)
        words = actor.name if actor is not None else words
    return " ".join(words.split()), mention.ref if mention is not None else None


def _span(pieces: Sequence[Piece], document: Document, draft: Draft) -> Span | None:
    if not pieces:
        return None
    doc = draft.token.doc
    return document.span(doc[pieces[0][0]].idx, doc[pieces[-1][1]].idx + len(doc[pieces[-1][1]]))
