"""What a word's form shows: an infinitive, a condition, a question, a noun that is known already."""

from typing import Any

from wayout.extract.grammar import ancestors, children, is_verb
from wayout.extract.judging.clause import negators
from wayout.extract.judging.words import certainty_words, operator_of

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PHRASED = frozenset({"advcl", "ccomp", "acl", "relcl", "pcomp", "xcomp"})
_INVERTED = frozenset({"should", "had", "were"})


def is_conditional(verb: Any) -> bool:
    """Tell whether a clause is a condition: by its mark, or by its inverted verb ("should X happen")."""
    return condition_mark(verb) is not None


def condition_mark(verb: Any) -> Any | None:
    """
    Return the word that makes a clause a condition.

    Parameters
    ----------
    verb
        The head of the clause.

    Returns
    -------
    mark
        "if", the first word of "as long as" or "provided that", the "should" of "should X happen", or None.
    """
    words = certainty_words()
    inverted = subject = None
    for child in verb.children:
        if child.dep_ in ("mark", "advmod", "prep") and child.lower_ in words.conditional and child.i < verb.i:
            return child
        if child.dep_ in ("aux", "auxpass") and child.lower_ in _INVERTED and inverted is None:
            inverted = child
        elif child.dep_ in ("nsubj", "nsubjpass") and subject is None:
            subject = child.i
    if verb.lower_ in _INVERTED and subject is not None and verb.i < subject:
        inverted = verb
    if inverted is not None and subject is not None and inverted.i < subject:
        if verb.dep_ == "advcl" and not _cut(inverted, verb):
            return inverted
        opens = inverted.is_sent_start and inverted.i + 1 < len(verb.doc) and not _cut(inverted, verb)
        return inverted if opens and not ends_asking(verb) else None
    return _phrase_mark(verb) if verb.dep_ in _PHRASED else None


def _phrase_mark(verb: Any) -> Any | None:
    """Return the first word of "as long as", "provided that" ... where it stands directly before a clause."""
    left, doc = verb.left_edge.i, verb.doc
    for start in range(max(verb.sent.start, left - 3), left + 1):
        for phrase in certainty_words().condition_phrases.get(doc[start].lower_, ()):
            end = start + len(phrase)
            if left <= end <= verb.i and tuple(t.lower_ for t in doc[start:end]) == phrase:
                return None if _cut(doc[end - 1], verb) else doc[start]
    return None


def _cut(first: Any, last: Any) -> bool:
    """Tell whether a comma stands between two words: the parser ran two clauses together."""
    return any(t.text == "," for t in first.doc[first.i : last.i])


def is_infinitive(verb: Any) -> bool:
    """Tell whether a verb stands with "to"."""
    return bool(verb.tag_ == "VB") and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_question(top: Any) -> bool:
    """Tell whether a word is the head of a sentence that ends in a question mark."""
    return top.dep_ == "ROOT" and ends_asking(top)


def ends_asking(token: Any) -> bool:
    """Tell whether the sentence around a word ends in a question mark."""
    sentence = token.sent
    for i in range(sentence.end - 1, max(sentence.start - 1, sentence.end - 5), -1):
        text = token.doc[i].text
        if text == "?":
            return True
        if text.strip(" \"'”’`\n"):
            return False
    return False


def is_definite(noun: Any) -> bool:
    """Tell whether a noun is spoken of as known: "the attack", "their offer", "the army's advance"."""
    words = certainty_words()
    return any((c.dep_ in ("det", "poss") and (c.lower_ in words.definite or c.dep_ == "poss")) for c in noun.children)


def is_definite_event(preposition: Any) -> bool:
    """Tell whether the noun behind a preposition is one that is known already: "any of the attacks"."""
    return any(is_definite(noun) for noun in children(preposition, "pobj"))


def is_gerund(preposition: Any) -> bool:
    """Tell whether a gerund stands behind a preposition: "by shelling", "in making"."""
    return any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in preposition.children)


def is_finite(verb: Any) -> bool:
    """Tell whether a verb or one of its auxiliaries has a finite form."""
    return verb.tag_ in _FINITE or any(c.tag_ in _FINITE and c.dep_ in ("aux", "auxpass") for c in verb.children)


def finite_above(verb: Any) -> Any:
    """Return the nearest finite verb above a verb, else the verb itself."""
    return next((a for a in ancestors(verb) if is_verb(a) and is_finite(a)), verb)


def predicative(current: Any, head: Any) -> Any:
    """
    Return the word that takes a clause as its complement.

    Parameters
    ----------
    current
        The clause's verb, or an event noun.
    head
        What the parser hangs it on.

    Returns
    -------
    word
        The adjective or noun of "it is possible / a fact that ...", else the head itself.
    """
    if head.lemma_ != "be" or current.dep_ not in ("xcomp", "ccomp", "csubj", "advcl", "nsubj"):
        return head
    if current.dep_ == "xcomp":
        for noun in children(head, "nsubj"):
            operator = operator_of(noun)
            if operator is not None and operator.kind in ("wish", "commitment", "demand"):
                return noun
    return next((c for c in children(head, "acomp", "attr") if c.i != current.i), head)


def is_unsure(head: Any, current: Any) -> bool:
    """Tell whether the word that takes a clause for granted is itself denied, supposed or open."""
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in head.children)
    return modal or bool(negators(head, current)) or is_conditional(head) or is_question(head)
