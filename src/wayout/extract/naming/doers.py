"""Take the nation before a deed for its forces: "Russian airstrikes", "the Turkish offensive", "an Israeli blockade"."""

from collections.abc import Sequence
from typing import Any

from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import children, conjuncts
from wayout.extract.lexicon import Lexicon, open_lexicon
from wayout.model import Document, Mention, Predicate

_ARMED: frozenset[Predicate] = frozenset({"strikes", "attacks", "sweeps", "besieges", "withdraws", "deploys"})


def name_doers(document: Document, drafts: Sequence[Draft], mentions: Sequence[Mention], book: Any) -> None:
    """
    Name who strikes in "Russian airstrikes killed ...": the armed forces of the nation before the noun.

    Parameters
    ----------
    document
        The document.
    drafts
        Claims in the making; changed in place where nobody is named.
    mentions
        The actors of the document: "regime airstrikes" are those of the one whom it calls a regime.
    book
        The actor knowledge: what "<nation> forces" means; two meanings name nobody.
    """
    lexicon = open_lexicon()
    resolve: Any = getattr(book, "resolve", None)
    for draft in drafts:
        if draft.subject is not None or draft.predicate not in _ARMED or draft.token.pos_ != "NOUN":
            continue
        for word in _nations(draft.token, lexicon) if callable(resolve) else ():
            found = resolve(f"{word.text} forces")
            if len(found) == 1 and found[0].kind == "state_force":
                _set(document, draft, word, found[0].id)
                break
        for word in children(draft.token, "compound", "amod", "nmod") if draft.subject is None else ():
            ref = _called(word.lower_, mentions) if word.lower_ in lexicon.words["called"] else None
            if ref is not None:
                _set(document, draft, word, ref)
                break


def _set(document: Document, draft: Draft, word: Any, ref: str) -> None:
    span = document.span(word.idx, word.idx + len(word))
    draft.subject = Mention(span=span, text=document.quote(span), kind="actor", ref=ref, route="demonym")
    draft.subject_token = word


def _called(word: str, mentions: Sequence[Mention]) -> str | None:
    """Return the one actor whose mentions bear a word: "regime" where the text says "the Syrian regime"."""
    refs = {m.ref for m in mentions if m.kind == "actor" and m.ref and word in m.text.casefold().split()}
    return refs.pop() if len(refs) == 1 else None


def _nations(noun: Any, lexicon: Lexicon) -> list[Any]:
    """Return the adjectives of nations before an event noun, also before one that it is coordinated with."""
    found = []
    for part in (noun, *(c for c in conjuncts(noun) if c.i < noun.i)):
        for child in children(part, "amod", "compound", "nmod"):
            plain = child.text in lexicon.words["adjectival_names"]
            if plain or (child.ent_type_ == "NORP" and child.text[:1].isupper() and child.pos_ in ("ADJ", "PROPN")):
                found.append(child)
    return found
