"""Find bare directions that are used as places: "towards the south", "aim north"; not "South Korea", not "the West"."""

from functools import cache
from typing import Any

from wayout.locate.finding.phrase_spans import direction_words
from wayout.vocab import read_vocab


def bare_directions(parsed: Any) -> list[tuple[int, int]]:
    """
    Find directions that stand for a place.

    Parameters
    ----------
    parsed
        spaCy ``Doc``.

    Returns
    -------
    stretches
        Code points of the phrase, with its article ("the south"), in text order.
    """
    if not len(parsed):
        return []
    from spacy.attrs import LOWER  # type: ignore[import-not-found,import-untyped,unused-ignore]

    wanted = {parsed.vocab.strings[word] for word in _directions()}
    found = []
    for i, lower in enumerate(parsed.to_array([LOWER]).tolist()):
        token = parsed[i] if lower in wanted else None
        if token is None or not _is_place(token):
            continue
        start, end = token.idx, token.idx + len(token.text)
        if token.i and parsed[token.i - 1].lower_ == "the":
            start = parsed[token.i - 1].idx
        if token.i and parsed[token.i - 1].text == "-":
            continue
        found.append((start, end))
    return found


def _is_place(token: Any) -> bool:
    """Apply the rules of ``place_phrases.yaml`` to one direction word."""
    rules = _rules()
    doc = token.doc
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if following is not None and (following.lower_ in rules["not_before"] or following.text in ("-", "\u2013")):
        return False
    if following is not None and following.text[:1].isupper() and not following.is_sent_start and following.is_alpha:
        return False
    before = doc[token.i - 1] if token.i else None
    has_article = before is not None and before.lower_ == "the"
    if has_article:
        before = doc[token.i - 2] if token.i > 1 else None
    if token.text in rules["politics"] and not token.is_sent_start:
        return False
    if following is not None and not has_article and following.pos_ in ("NOUN", "PROPN", "ADJ"):
        return False
    if has_article and following is not None and following.pos_ in ("NOUN", "PROPN"):
        return False
    if token.lower_.endswith(("ward", "wards")):
        return True
    if (
        before is not None
        and before.lower_ in rules["prepositions"]
        and (has_article or before.lower_ not in ("in", "for"))
    ):
        return True
    if has_article:
        return token.dep_ in ("pobj", "attr", "conj", "nsubj", "dobj") and token.pos_ in ("NOUN", "PROPN")
    head = token.head
    if head.lemma_ == "be":
        # "the only exit is west"; "the only way out ... is east", where the parser hangs "way" on "out"
        said = (part for child in head.lefts for part in (child, *child.children))
        return any(part.lemma_.lower() in rules["nouns_before"] for part in said)
    return head.lemma_.lower() in rules["verbs"] | rules["nouns_before"] and token.dep_ in (
        "advmod",
        "npadvmod",
        "dobj",
        "prt",
        "attr",
        "amod",
        "pobj",
        "acomp",
        "oprd",
    )


@cache
def _directions() -> frozenset[str]:
    """List nouns and adverbs of direction; adjectives ("northern") need a noun and are no place alone."""
    return frozenset(w for w in direction_words() if not w.endswith(("ern", "erly")) and " " not in w)


@cache
def _rules() -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in read_vocab("place_phrases.yaml")["directions"].items()}
