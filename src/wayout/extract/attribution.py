"""Who answers for the words: cue, source and content of reported speech, across the sentence boundary too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from wayout.extract.grammar import agent, ancestors, children, is_passive, is_verb, of_phrase, surface_subject
from wayout.vocab import read_vocab

Piece = tuple[int, int]
"""First and last token (inclusive)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionSpans:
    """
    One attribution as pieces of tokens (first, last inclusive): cue, source (may be empty), content.

    ``kind`` is how it was found: verb, according, colon, deictic, adverb, noun. ``source_head`` is the head token of the
    source, ``None`` where the text names nobody ("reportedly").
    """

    kind: str
    cue: tuple[Piece, ...]
    source: tuple[Piece, ...] = ()
    content: tuple[Piece, ...] = ()
    source_head: int | None = None
    words: frozenset[int] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class _Cues:
    verbs: frozenset[str]
    nouns: frozenset[str]
    infinitive: frozenset[str]
    adverbs: frozenset[str]
    passive: frozenset[str]
    deictic: frozenset[str]
    according: frozenset[str]


@cache
def _cues() -> _Cues:
    raw = read_vocab("attribution.yaml")
    return _Cues(
        verbs=frozenset(raw["verbs"]),
        nouns=frozenset(raw["nouns"]),
        infinitive=frozenset(raw["infinitive_verbs"]),
        adverbs=frozenset(raw["adverbs"]),
        passive=frozenset(raw["passive_verbs"]),
        deictic=frozenset(raw["deictic_verbs"]),
        according=frozenset(raw["according"]),
    )


def find_attributions(parsed: Any) -> tuple[AttributionSpans, ...]:
    """
    Find who says what in a parsed text.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.

    Returns
    -------
    attributions
        In text order; contents may nest (a report about what another said).

    References
    ----------
    Newell, E., Margolin, D., Ruths, D. (2018). An attribution relations corpus for political news. LREC.
    """
    found: list[AttributionSpans] = []
    sentences = list(parsed.sents)
    quoted = quoted_tokens(parsed)
    for number, sentence in enumerate(sentences):
        before = sentences[number - 1] if number else None
        for token in sentence:
            if token.i not in quoted:
                found += _at_token(token, sentence, before)
        colon = _colon(sentence, quoted)
        if colon is not None:
            found.append(colon)
    return tuple(_whole_quotation(a, parsed, quoted) for a in found if a.content)


def _whole_quotation(spans: AttributionSpans, parsed: Any, quoted: frozenset[int]) -> AttributionSpans:
    """Extend a content that is a piece of a quotation to the whole of it, over sentences."""
    if spans.kind not in ("verb", "colon") or not spans.words & quoted:
        return spans
    words = set(spans.words)
    for edge, step in ((max(spans.words & quoted), 1), (min(spans.words & quoted), -1)):
        place = edge
        while place in quoted:
            words.add(place)
            place += step
    return replace(spans, words=frozenset(words), content=_pieces(_trim(words, parsed)))


def quoted_tokens(parsed: Any) -> frozenset[int]:
    """Return the tokens inside quotation marks; an unclosed quotation ends with its paragraph."""
    inside, found = False, set()
    for token in parsed:
        if token.is_space and token.text.count("\n") >= 2:
            inside = False
        elif token.text == "\u201c" or (token.text == '"' and not inside):
            inside = True
        elif token.text in ("\u201d", '"'):
            inside = False
        elif inside:
            found.add(token.i)
    return frozenset(found)


def _colon(sentence: Any, quoted: frozenset[int]) -> AttributionSpans | None:
    """Read "Name: what they say" at the start of a sentence or headline."""
    words = [t for t in sentence if not t.is_space]
    mark = next((n for n, t in enumerate(words[:6]) if t.text == ":"), None)
    if mark is None or mark == 0 or len(words) - mark < 4 or words[0].i in quoted:
        return None
    if any(t.pos_ not in ("PROPN", "ADP", "PUNCT") or t.lower_ in ("by", "on", "at") for t in words[:mark]):
        return None
    if words[mark - 1].ent_type_ not in ("PERSON", "ORG", "NORP", "GPE"):
        return None
    content = {t.i for t in words[mark + 1 :]}
    return _make("colon", [words[mark]], words[mark - 1], content, sentence)


def _at_token(token: Any, sentence: Any, before: Any | None) -> Iterator[AttributionSpans]:
    cues = _cues()
    lemma = token.lemma_.lower()
    if is_verb(token) and lemma in cues.verbs:
        spans = _verb_cue(token, sentence, before)
        if spans is not None:
            yield spans
    elif is_verb(token) and lemma in cues.infinitive:
        spans = _infinitive_cue(token)
        if spans is not None:
            yield spans
    elif token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        yield from _according(token, sentence)
    elif token.lower_ in cues.adverbs and token.dep_ in ("advmod", "amod"):
        clause = token.head if is_verb(token.head) else next((a for a in ancestors(token) if is_verb(a)), token.head)
        yield _make("adverb", [token], None, _subtree(clause, {token.i}), sentence)
    elif token.pos_ == "NOUN" and lemma in cues.nouns:
        contents = [c for c in children(token, "acl", "ccomp") if c.tag_ != "VBN"]
        if contents:
            owner = next(iter(children(token, "poss")), None) or of_phrase(token, "of", "by", "from")
            yield _make("noun", [token], owner, _subtree(contents[0], set()), sentence)


def _verb_cue(verb: Any, sentence: Any, before: Any | None) -> AttributionSpans | None:
    cues = _cues()
    if verb.dep_ in ("amod", "aux", "auxpass"):
        return None
    source = agent(verb) if is_passive(verb) else surface_subject(verb)
    if verb.lemma_ == "think" and (source is None or source.tag_ not in ("NNS", "NNP", "NNPS")):
        # "I think", "everybody thinks" tell no news; "observers think" does.
        return None
    deictic = _deictic(verb)
    if deictic is not None and before is not None and verb.lemma_ in cues.deictic and source is not None:
        if deictic.i == getattr(source, "i", -1):
            return None
        return _make("deictic", _cue_words(verb), source, {t.i for t in before if not t.is_space}, sentence)
    if is_passive(verb) and verb.lemma_ in cues.passive and children(verb, "xcomp", "ccomp"):
        content = _subtree(children(verb, "xcomp", "ccomp")[0], set())
        subject = surface_subject(verb)
        if subject is not None and subject.lower_ != "it":
            content |= {t.i for t in subject.subtree}
        return _make("verb", _cue_words(verb), source, content, sentence)
    kind, content = _content(verb, sentence)
    if not content or (is_passive(verb) and source is None and kind == "verb" and not _as(verb)):
        return None
    if source is not None and source.i in content:
        source = None
    return _make(kind, _cue_words(verb), source, content, sentence)


def _as(verb: Any) -> bool:
    return any(m.lower_ == "as" for m in children(verb, "mark", "advmod", "prep"))


def _content(verb: Any, sentence: Any) -> tuple[str, set[int]]:
    """Return the tokens that are reported: the clause complement, the host of a parenthesis, or a quotation."""
    for clause in children(verb, "ccomp", "parataxis"):
        if clause.i != verb.i:
            return "verb", _subtree(clause, set())
    if verb.dep_ in ("parataxis", "ccomp") and verb.head.i != verb.i and is_verb(verb.head) and _inverted(verb):
        return "verb", {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
    if verb.dep_ == "advcl" and _as(verb):
        return "verb", {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
    if _trailing(verb):
        return "verb", {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
    quoted = _quotation(verb, sentence)
    if quoted:
        return "verb", quoted
    for clause in children(verb, "xcomp"):
        if clause.tag_ == "VBG" and verb.lemma_ in ("deny", "admit", "acknowledge", "report"):
            return "verb", _subtree(clause, set())
        if clause.tag_ in ("VB", "VBG", "VBN"):
            return "intent", _subtree(clause, set())
    for preposition in children(verb, "prep"):
        if children(preposition, "pcomp"):
            return "verb", _subtree(preposition, set())
    noun = children(verb, "dobj", "prep", "pobj")
    if noun and verb.lemma_ not in (
        "add",
        "find",
        "show",
        "see",
        "hear",
        "read",
        "write",
        "tell",
        "note",
        "learn",
        "call",
    ):
        return "thing", _subtree(noun[0], set())
    return "none", set()


def _inverted(verb: Any) -> bool:
    """Tell whether a cue stands in or after what it reports: "R fell, X said"."""
    inside = verb.dep_ == "ccomp" and (verb.head.lemma_ in _cues().verbs or verb.i < verb.head.i)
    return not inside and not children(verb, "mark", "dobj")


def _trailing(verb: Any) -> bool:
    """Tell whether the parser strung "..., X reported" to the clauses before it as one more deed."""
    subjects = children(verb, "nsubj")
    if verb.dep_ != "conj" or not is_verb(verb.head) or not subjects or children(verb, "dobj", "ccomp", "xcomp", "prt"):
        return False
    first = min(t.i for t in subjects[0].subtree)
    joined = any(c.i < verb.i for c in children(verb.head, "cc") if c.i > first - 3)
    return bool(verb.doc[first - 1].text == "," and not joined)


def _quotation(verb: Any, sentence: Any) -> set[int]:
    inside = quoted_tokens(sentence.doc[sentence.start : sentence.end].as_doc())
    words = {i + sentence.start for i in inside} - {verb.i}
    return words if len(words) > 1 else set()


def _infinitive_cue(verb: Any) -> AttributionSpans | None:
    clauses = [c for c in children(verb, "xcomp", "ccomp") if c.tag_ in ("VB", "VBG", "VBD", "VBZ", "VBP")]
    source = surface_subject(verb)
    if not clauses or source is None:
        return None
    return _make("intent", _cue_words(verb), source, _subtree(clauses[0], set()), verb.sent)


def _according(token: Any, sentence: Any) -> Iterator[AttributionSpans]:
    to = token.nbor(1)
    nouns = [t for t in to.children if t.dep_ == "pobj"] or [t for t in token.children if t.dep_ == "pobj"]
    if not nouns:
        return
    own = {t.i for t in nouns[0].subtree} | {token.i, to.i}
    host = next((a for a in ancestors(token) if is_verb(a)), None)
    words = {t.i for t in (host.subtree if host is not None else sentence)} - own
    yield _make("according", [token, to], nouns[0], words, sentence)


def _deictic(verb: Any) -> Any | None:
    """Return a "this / that / it / so" that points to the sentence before."""
    if children(verb, "ccomp"):
        return None
    for child in children(verb, "dobj", "nsubjpass"):
        if child.lower_ in ("this", "that", "it", "these") and not list(child.children):
            return child
    return None


def _cue_words(verb: Any) -> list[Any]:
    extra = [c for c in children(verb, "aux", "auxpass", "neg", "prt") if abs(c.i - verb.i) <= 4]
    return sorted([verb, *extra], key=lambda t: t.i)


def _subtree(token: Any, without: set[int]) -> set[int]:
    return {t.i for t in token.subtree if t.i not in without}


def _make(kind: str, cue: Sequence[Any], source: Any | None, content: set[int], sentence: Any) -> AttributionSpans:
    cue_words = {t.i for t in cue}
    source_words = _source_words(source) if source is not None else set()
    words = content - cue_words - source_words
    return AttributionSpans(
        kind=kind,
        cue=_pieces(cue_words),
        source=_pieces(source_words - cue_words),
        content=_pieces(_trim(words, sentence.doc)),
        source_head=None if source is None else source.i,
        words=frozenset(words),
    )


def _source_words(source: Any) -> set[int]:
    """Return the tokens of a source: its phrase with what describes it, not a following relative clause."""
    words = {source.i}
    queue = [source]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in ("relcl", "punct", "parataxis", "advcl", "cc") and child.lower_ != "and":
                continue
            words.add(child.i)
            queue.append(child)
    low = high = source.i
    while low - 1 in words:
        low -= 1
    while high + 1 in words:
        high += 1
    return set(range(low, high + 1))


def _trim(words: set[int], doc: Any) -> set[int]:
    ordered = sorted(words)
    while ordered and (doc[ordered[0]].is_space or doc[ordered[0]].text in (",", ";", ":", ".")):
        ordered.pop(0)
    while ordered and (doc[ordered[-1]].is_space or doc[ordered[-1]].text in (",", ";", ":", ".")):
        ordered.pop()
    return set(ordered)


def _pieces(words: set[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for i in sorted(words):
        if pieces and pieces[-1][1] == i - 1:
            pieces[-1] = (pieces[-1][0], i)
        else:
            pieces.append((i, i))
    return tuple(pieces)
