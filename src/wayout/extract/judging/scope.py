"""How far up a sentence the words reach that act on an event: one step of the dependency tree at a time."""

from typing import Any

from wayout.extract.grammar import children, is_passive, is_verb
from wayout.extract.judging.clause import apply_governing, apply_modals, negators, scarce
from wayout.extract.judging.forms import (
    condition_mark,
    finite_above,
    is_definite,
    is_definite_event,
    is_finite,
    is_gerund,
    is_infinitive,
    is_unsure,
    predicative,
)
from wayout.extract.judging.stance import DENIED, Stance
from wayout.extract.judging.words import Operator, certainty_words, clause_operator_of, goes_on, operator_of
from wayout.vocab import read_vocab

COMPLEMENTS = frozenset(
    {"xcomp", "ccomp", "acl", "dobj", "attr", "nsubj", "nsubjpass", "csubj", "csubjpass", "acomp", "oprd", "dative"}
    | {"parataxis", "relcl", "appos", "dep", "advcl", "pcomp", "pobj"}
)
CLAUSES = frozenset({"xcomp", "ccomp", "acl", "pcomp", "csubj", "csubjpass", "relcl", "parataxis", "advcl"})
_COMES_UNDER = frozenset({"come", "be", "put", "place", "fall", "keep", "remain", "bring", "stay"})
_SPOKEN = frozenset({"speech", "claim", "belief", "doubt", "denial", "factive", "finding"})
_TO_COME = frozenset({"will", "'ll", "wo", "would", "shall", "should", "must", "may", "might", "could", "can"})
_TOLD = frozenset({"VBD", "VBZ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PURPOSE = 1.6
"""What a noun is for is meant to happen, no more: "an offensive to retake R"."""
AIM = 1.8
"""What a clause of purpose leaves: "went to R to hold talks" mostly comes about."""
UNCLASSED = 1.8
"""What "to V" leaves under an adjective or a verb of no class that is not told as done: "keen to V", "is ... to V"."""
WHETHER = 0.6
"""What "it is unclear whether" leaves."""
TOO = 1.4
"""What is left of V in "too weak to V"."""
NOUN_DENIED = 1.2
"""What is left of an event noun that is prevented or avoided: less sure than "failed to V"."""
PRESUPPOSED = 2.4
"""What is taken for granted by a word that is itself denied or asked about: "did not know that ..."."""
NOT_YET = 1.2
"""What opens with "until" or "once" beside something still to come."""


def climb(stance: Stance, current: Any, head: Any) -> Any | None:
    """
    Apply what stands directly above a word.

    Parameters
    ----------
    stance
        Changed in place.
    current
        The event, or the word that carried it up so far.
    head
        Its head.

    Returns
    -------
    next
        The word to go on from; None where nothing above reaches the event.
    """
    relation = current.dep_
    condition = condition_mark(current) or (condition_mark(head) if head.lower_ in ("were", "should") else None)
    if condition is not None and relation != "ROOT":
        stance.open(mood="possibility", conditional=True, cue=condition.i)
        return None
    if relation == "conj":
        return _coordinated(stance, current, head)
    if relation == "advcl":
        return _adverbial(stance, current, head)
    if relation in ("relcl", "acl"):
        return _describing(stance, current, head)
    if relation == "prep" or relation == "agent":
        return _phrase(stance, current, head)
    if relation == "advmod" and current.lower_ in certainty_words().adjuncts:
        return None
    if relation in ("pobj", "pcomp"):
        return head
    if relation == "amod":
        return None if current.i > head.i and current.pos_ in ("ADJ", "VERB") else head
    if relation == "compound":
        return _compound(stance, head)
    if relation in ("ccomp", "parataxis") and current.i < head.i and not _reports(head):
        return None
    if relation in ("nsubj", "nsubjpass", "dobj", "dative") and current.pos_ in ("NOUN", "PROPN") and is_verb(head):
        return _argument(stance, current, head)
    if relation in COMPLEMENTS:
        return _complement(stance, current, head)
    return head if relation in ("poss", "nmod") and not is_definite(head) else None


def _coordinated(stance: Stance, current: Any, head: Any) -> Any | None:
    """Go on from the first of a coordination, with its auxiliaries and negation where the forms show that they are shared."""
    if not is_verb(current):
        return head
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "expl") for c in current.children)
    if current.tag_ in _FINITE or (own and current.tag_ != "VB"):
        # A finite verb is no part of an infinitive's scope: "failed to hold R and withdrew".
        return finite_above(head) if not is_finite(head) else head
    if current.tag_ == head.tag_ and not own:
        but = any(c.dep_ == "cc" and c.lower_ == "but" for c in head.children)
        if but and negators(head):
            apply_modals(stance, head)
        else:
            _share(stance, current, head)
    return head


def _share(stance: Stance, current: Any, head: Any) -> None:
    """Apply what stands before both coordinated verbs."""
    words = certainty_words()
    for child in head.children:
        if child.i >= head.i or child.i >= current.i:
            break
        operator = words.modals.get(child.lower_) if child.dep_ == "aux" else None
        if operator is not None and not (child.lower_ in ("can", "could", "ca") and negators(head)):
            stance.weaken(operator.cap, child.i, operator.mood)
            stance.tense = operator.tense or stance.tense
    for word in negators(head):
        if word.i < head.i:
            stance.turn(word.i)


def _adverbial(stance: Stance, current: Any, head: Any) -> Any | None:
    words = certainty_words()
    marks = [c for c in current.children if c.dep_ in ("mark", "advmod")]
    if is_infinitive(current):
        if _too(head, current) is not None:
            stance.turn(None, TOO)
            return None
        operator = operator_of(predicative(current, head))
        if operator is not None and not (operator.kind == "implicative" and _undertakes(head)):
            return _complement(stance, current, head)
        stance.weaken(AIM, None, "intent")
        stance.tense = "future"
        return None
    to_come = any(c.dep_ == "aux" and c.lower_ in _TO_COME for c in head.children)
    if to_come and (marks or current.tag_ == "VBG"):
        if any(m.lower_ in words.not_yet for m in marks):
            stance.weaken(NOT_YET, marks[0].i)
        elif not marks and current.i > head.i:
            apply_modals(stance, head, current)
    return None


def _too(head: Any, current: Any) -> Any | None:
    """Return the "too" of "too weak to V": V does not happen."""
    for word in (head, *children(head, "acomp", "attr")):
        found = [c for c in word.children if c.dep_ == "advmod" and c.lower_ == "too" and c.i < current.i]
        if found:
            return found[0]
    return None


def _describing(stance: Stance, current: Any, head: Any) -> Any | None:
    """Go up from a clause that stands at a noun: granted where it describes, in scope where the noun takes it."""
    if head.lower_ == "order" and head.head.lower_ == "in" and is_infinitive(current):
        stance.weaken(AIM, head.i, "intent")
        stance.tense = "future"
        return None
    takes = operator_of(head) is not None
    if takes and current.dep_ == "relcl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in current.children):
        # The parser calls "a risk that X moves" a relative clause; its "that" is no pronoun.
        return _complement(stance, current, head)
    if is_infinitive(current):
        operator = operator_of(head)
        if operator is None or operator.kind in ("speech", "finding", "implicative"):
            stance.weaken(PURPOSE, head.i, "intent")
        else:
            apply_operator(stance, operator, head)
        for word in negators(head):
            stance.turn(word.i)
        return head
    if current.dep_ == "relcl" or current.tag_ in ("VBN", "VBG"):
        if any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
            # "No group that holds R": nobody does.
            stance.turn(head.i)
        return None
    return _complement(stance, current, head)


def _phrase(stance: Stance, current: Any, head: Any) -> Any | None:
    """Go up from a prepositional phrase: only where the word above takes it as its complement."""
    words = certainty_words()
    low = current.lower_
    if low in words.instead or (low == "of" and any(c.lower_ in words.instead for c in current.children)):
        stance.turn(current.i)
        return None
    if low in words.adjuncts or (low == "under" and head.lemma_ not in _COMES_UNDER):
        return None
    if low == "to" and head.lower_ == "due":
        return None
    operator = operator_of(head)
    if operator is not None and low in operator.prepositions:
        return _complement(stance, current, head)
    if is_verb(head):
        if head.lemma_ == "be" and not any(c.dep_ in ("attr", "acomp") for c in head.children):
            return head
        stance.touched = True
        return None if is_definite_event(current) else _complement(stance, current, head)
    if head.pos_ in ("NOUN", "PROPN"):
        return head if low == "of" and not is_definite_event(current) else None
    return head


def _compound(stance: Stance, head: Any) -> Any | None:
    """Go up from "invasion" in "invasion plan": the plan's class acts on it."""
    operator = operator_of(head)
    if operator is not None and operator.kind in ("wish", "possibility", "ability", "commitment", "demand"):
        apply_operator(stance, operator, head)
    for word in negators(head):
        stance.turn(word.i)
    return head


def _reports(head: Any) -> bool:
    """Tell whether a verb takes the clause before it as what is said; else the parser only strung two sentences."""
    operator = operator_of(head)
    return operator is not None and operator.kind in _SPOKEN


def _argument(stance: Stance, current: Any, head: Any) -> Any | None:
    """Go up from an event noun that is subject or object of a verb."""
    operator = operator_of(head)
    definite = is_definite(current)
    few = scarce(current)
    if few is not None:
        stance.weaken(certainty_words().scarce_value, few.i)
    if current.dep_ == "nsubj":
        if head.lemma_ == "be" and predicative(current, head) is not head:
            word = predicative(current, head)
            if operator_of(word) is not None and not any(c.dep_ in ("xcomp", "ccomp") for c in word.children):
                return _complement(stance, current, head)
        elif operator is not None and operator.kind == "implicative" and not definite:
            return _complement(stance, current, head)
        stance.touched = True
        return None if definite else _complement(stance, current, head)
    if operator is not None and (current.dep_ != "nsubjpass" or is_passive(head)):
        if definite and operator.kind in ("speech", "factive", "opposition", "warning"):
            return None
        if operator.kind in ("opposition", "denial") and operator_of(current) is not None:
            return None
        if operator.kind == "implicative" and head.lemma_ not in certainty_words().light:
            stance.touched = True
        return _complement(stance, current, head)
    # An ordinary verb only touches it: "did not back the attack" grants the attack.
    stance.touched = True
    return None if definite else _complement(stance, current, head)


def _complement(stance: Stance, current: Any, head: Any) -> Any | None:
    """Apply the class of the word that takes ``current``, then what stands in that word's own clause."""
    word = predicative(current, head)
    operator = operator_of(word) if current.dep_ != "ccomp" else clause_operator_of(word)
    if current.dep_ in CLAUSES and any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in current.children):
        stance.weaken(WHETHER, head.i, "possibility")
    if current.dep_ == "ccomp" and head.lemma_ in ("ask", "inquire", "wonder"):
        stance.open(mood="question", cue=head.i)
        return None
    if current.dep_ == "xcomp" and is_infinitive(current):
        degree = _too(head, current)
        if degree is not None:
            stance.turn(degree.i, TOO)
            return None
        _infinitive(stance, head, word)
    if operator is not None and (word is not head or _takes(operator, current, head)):
        noun = current.dep_ not in CLAUSES and not is_gerund(current)
        apply_operator(stance, operator, word, NOUN_DENIED if noun else DENIED)
        if current.dep_ == "prep":
            stance.weaken(operator.phrase_cap)
        if operator.kind == "factive" and current.dep_ in CLAUSES:
            apply_governing(stance, head, current, word)
            if is_unsure(head, current):
                stance.weaken(PRESUPPOSED)
            return None
    elif operator is not None and current.dep_ not in CLAUSES and is_verb(head) and head.lemma_ != "be":
        apply_modals(stance, head, current)
        return None
    apply_governing(stance, head, current, word)
    if operator is not None and operator.kind in _SPOKEN and current.dep_ == "ccomp":
        stance.touched = True
    return head


def _undertakes(head: Any) -> bool:
    """Tell whether a verb's object is what people undertake for an aim: "began the last phase of an operation to"."""
    return any(noun.lemma_.lower() in read_vocab("certainty.yaml")["undertakings"] for noun in children(head, "dobj"))


def _infinitive(stance: Stance, head: Any, word: Any) -> None:
    """Weaken what stands as an infinitive under a verb that is otherwise none of ours: "is to V", "is going to V"."""
    if word is not head and word.pos_ != "ADJ":
        return
    key = "going" if head.lower_ == "going" else head.lemma_.lower()
    operator = certainty_words().infinitives.get(key) if word is head else None
    if operator is not None:
        stance.weaken(operator.cap, head.i, operator.mood)
        stance.tense = operator.tense or stance.tense
    elif goes_on(word):
        stance.weaken(AIM, head.i, "intent")
        stance.tense = "future"
    elif operator_of(word) is None and word.tag_ not in _TOLD:
        stance.weaken(UNCLASSED)


def apply_operator(stance: Stance, operator: Operator, word: Any, left: float = DENIED) -> None:
    """Let the class of a word act on its complement."""
    if operator.turns and operator.cap > 0:
        stance.turn(word.i, left)
        return
    stance.weaken(operator.cap, word.i, operator.mood)
    stance.denied = stance.denied or operator.denied
    if operator.kind in ("wish", "commitment", "demand"):
        stance.tense = "future"


def _takes(operator: Operator, current: Any, head: Any) -> bool:
    """Tell whether the operator governs this child: a clause always, a noun only from the classes that can."""
    relation = current.dep_
    clausal = relation in CLAUSES
    if relation in ("dobj", "nsubjpass") and head.lemma_ in certainty_words().no_object:
        return False
    if operator.kind in ("wish", "demand", "commitment"):
        return (clausal and (relation != "ccomp" or _bare(current))) or relation in ("dobj", "nsubjpass", "prep")
    if relation in ("nsubj", "nsubjpass", "csubj"):
        return relation == "nsubjpass" and is_passive(head)
    if operator.kind == "factive" and relation == "xcomp" and is_infinitive(current):
        return False
    return clausal or relation in ("dobj", "advcl", "acomp", "attr", "oprd", "prep")


def _bare(verb: Any) -> bool:
    """Tell whether a clause is an infinitive, or has none of the marks of a finite one: "urged the army to leave"."""
    return bool(verb.tag_ == "VB")
