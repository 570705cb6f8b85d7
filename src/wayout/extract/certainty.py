"""How surely the author means a word: operators up the dependency tree, on the FactBank scale -3..+3."""

from typing import Any

from wayout.extract.grammar import MAX_CLIMB, ancestors, children, is_verb
from wayout.extract.judging.clause import apply_clause, is_no_longer, scarce
from wayout.extract.judging.forms import is_conditional, is_infinitive, is_question
from wayout.extract.judging.scope import apply_operator, climb
from wayout.extract.judging.stance import ASSERTED, CERTAIN, Judgement, Stance
from wayout.extract.judging.words import certainty_words, operator_of
from wayout.model import Tense

__all__ = ["ASSERTED", "CERTAIN", "Judgement", "certainty_of", "is_no_longer", "judge"]

_NO_EVENT = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "INTJ", "SPACE"})
HEADLINE = 1.4
"""What is left of "UN to send observers": announced."""
ASKED = 2.4
"""What "why did X leave?" takes for granted."""
_WHY = frozenset({"why", "how", "when", "where", "who", "whom", "whose"})


def certainty_of(token: Any) -> float:
    """
    Give the author's commitment to the event a token names, -3 to +3.

    Parameters
    ----------
    token
        A spaCy token of a parsed sentence: the verb, noun or adjective that names the event. A word that names none (the
        "they" of "they left") stands for what its whole clause says, negation included.

    Returns
    -------
    value
        FactBank scale: +3 certainly so, 0 open, -3 certainly not.

    References
    ----------
    Saurí, R., Pustejovsky, J. (2009). FactBank: a corpus annotated with event factuality. LREC 43, 227-268.
    """
    return judge(token).value


def judge(token: Any) -> Judgement:
    """
    Judge the author's stance to the event a token names: value, mood, tense, and the words that decide.

    Parameters
    ----------
    token
        The verb, noun or adjective that names the event.

    Returns
    -------
    judgement
        Each operator is applied from the inside out along the dependency tree, so it acts on its own scope only.
    """
    event = _event(token)
    stance = Stance(_tense(event))
    if event is token:
        apply_clause(stance, event)
        _attributes(stance, event)
    current = event
    for _ in range(MAX_CLIMB):
        head = current.head
        if head.i == current.i:
            _sentence(stance, current)
            break
        above = climb(stance, current, head)
        if above is None:
            break
        current = above
    return stance.judgement()


def _event(token: Any) -> Any:
    """Return the head of the clause around a word that names no event."""
    for _ in range(MAX_CLIMB):
        names_none = token.pos_ in _NO_EVENT or token.dep_ in ("aux", "auxpass", "det")
        if not names_none or token.head.i == token.i:
            return token
        token = token.head
    return token


def _attributes(stance: Stance, token: Any) -> None:
    """Apply adjectives on the event noun itself: "a possible attack", "an alleged plan", "a foiled coup"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return
    words = certainty_words()
    for child in token.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.i > token.i:
            operator = operator_of(child)
            if operator is not None and operator.kind in ("negative_implicative", "ending"):
                apply_operator(stance, operator, child)
        if child.dep_ not in ("amod", "compound"):
            continue
        cap = words.attributes.get(child.lower_, words.untrue.get(child.lower_))
        if cap is not None:
            stance.weaken(cap, child.i, "possibility" if child.lower_ in words.attributes else None)
    few = scarce(token)
    if few is not None and token.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        stance.weaken(words.scarce_value, few.i)


def _sentence(stance: Stance, top: Any) -> None:
    """Apply what the whole sentence is: a condition, a question, an order."""
    if top.dep_ != "ROOT":
        return
    if is_conditional(top):
        stance.open(mood="possibility", conditional=True)
    elif is_infinitive(top):
        stance.weaken(HEADLINE, None, "intent")
        stance.tense = "future"
    elif top.tag_ == "VB" and not children(top, "nsubj", "nsubjpass", "aux", "csubj", "expl"):
        stance.open(mood="intent")
    elif is_question(top) and not _only_reports(top):
        modal = any(t.tag_ == "MD" for t in children(top, "aux"))
        if not modal and any(t.lower_ in _WHY for t in top.sent[:3]):
            # "Why did X leave?" takes for granted that X left.
            stance.weaken(ASKED, None, "question")
        else:
            stance.open(mood="question")


def _only_reports(top: Any) -> bool:
    """Tell whether the question is in what is said, not in the saying."""
    return top.tag_ in ("VBD", "VBZ") and any(c.dep_ == "ccomp" for c in top.children) and not children(top, "aux")


def _tense(token: Any) -> Tense:
    verb = token if is_verb(token) else next((a for a in ancestors(token) if is_verb(a)), token)
    auxiliaries = {t.lower_ for t in children(verb, "aux", "auxpass")}
    if auxiliaries & {"will", "'ll", "shall", "wo"} or (verb.dep_ == "xcomp" and verb.head.lower_ == "going"):
        return "future"
    if verb.tag_ in ("VBD", "VBN") and not auxiliaries & {"is", "are", "'s", "'re", "being"}:
        return "past"
    if auxiliaries & {"was", "were", "had", "did", "has", "have"}:
        return "past"
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp") and is_verb(verb.head) and not auxiliaries - {"to"}:
        return _tense(verb.head)
    return "present"
