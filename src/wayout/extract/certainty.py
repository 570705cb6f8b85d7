"""How surely the author means a word: operators up the dependency tree, on the FactBank scale -3..+3."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from wayout.extract.grammar import ancestors, children, is_passive, is_verb
from wayout.model import Modality, Mood, Tense
from wayout.vocab import read_vocab

COMPLEMENTS = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "dobj",
        "pobj",
        "pcomp",
        "attr",
        "nsubj",
        "nsubjpass",
        "csubj",
        "acomp",
        "oprd",
        "advcl",
        "prep",
        "parataxis",
        "relcl",
        "appos",
        "dep",
    }
)
_COMES_UNDER = frozenset({"come", "be", "put", "place", "fall", "keep", "remain", "bring", "stay"})
CERTAIN = 3.0
OPEN = 0.0
ASSERTED = 2.2
"""From this size on a claim counts as asserted (or reported), below as hedged."""
RAISED = 1.5
"""What "I do not think that ..." leaves at least: the negation belongs to the complement (neg-raising)."""
PURPOSE = 0.8
"""What an operation is for is meant to happen, no more."""
NEGATED_SPEECH = 0.5
"""What is left of a complement when the speech verb is negated ("did not say that ...")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A word that changes what the author is committed to: class, highest value left, mood it gives."""

    kind: str
    cap: float
    mood: Mood | None = None
    tense: Tense | None = None
    denied: bool = False


FUTURE_IN_PAST = Operator(kind="modal", cap=1.5, mood="intent", tense="future")
""""Said it would": an announced intention, not a mere possibility."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The author's stance to one event word; ``cues`` are the token indexes that made it."""

    value: float = CERTAIN
    negated: bool = False
    denied: bool = False
    conditional: bool = False
    mood: Mood = "fact"
    tense: Tense = "present"
    cues: tuple[int, ...] = ()

    @property
    def modality(self) -> Modality:
        """Name the stance: denied, conditional, hedged or asserted (attribution may make it "reported")."""
        if self.denied:
            return "denied"
        if self.conditional:
            return "conditional"
        return "asserted" if abs(self.value) >= ASSERTED else "hedged"


@dataclass(frozen=True, slots=True)
class _Tables:
    modals: Mapping[str, Operator]
    adverbs: Mapping[str, Operator]
    complements: Mapping[str, Operator]
    negators: frozenset[str]
    conditional: frozenset[str]
    neg_raising: frozenset[str]
    attributes: frozenset[str]
    verify: frozenset[str]
    adjuncts: frozenset[str]


@cache
def _tables() -> _Tables:
    raw = read_vocab("certainty.yaml")
    complements = {
        lemma: Operator(kind=kind, cap=spec["cap"], mood=spec.get("mood"), denied=bool(spec.get("denied")))
        for kind, spec in raw["complements"].items()
        for lemma in spec["lemmas"]
    }
    return _Tables(
        modals=_flat(raw["modals"], "modal"),
        adverbs=_flat(raw["adverbs"], "adverb"),
        complements=complements,
        negators=frozenset(raw["negators"]),
        conditional=frozenset(raw["conditional_marks"]),
        neg_raising=frozenset(raw["neg_raising"]),
        attributes=frozenset(raw["unverified"]),
        verify=frozenset(raw["verify_verbs"]),
        adjuncts=frozenset(raw["adjuncts"]),
    )


def _flat(items: list[Mapping[str, Any]], kind: str) -> dict[str, Operator]:
    return {
        lemma: Operator(kind=kind, cap=item["cap"], mood=item.get("mood"), tense=item.get("tense"))
        for item in items
        for lemma in item["lemmas"]
    }


def certainty_of(token: Any) -> float:
    """
    Give the author's commitment to the event a token names, -3 to +3.

    Parameters
    ----------
    token
        A spaCy token of a parsed sentence: the verb, noun or adjective that names the event.

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
    stance = Judgement(tense=_tense(token))
    stance = _own_clause(stance, token)
    stance = _attributes(stance, token)
    current = token
    for head in ancestors(token):
        stance, climbing = _climb(stance, current, head)
        if not climbing:
            break
        current = head
    return _sentence(stance, current)


def _climb(stance: Judgement, current: Any, head: Any) -> tuple[Judgement, bool]:
    """Apply what stands above ``current``; return whether the scope goes on upward."""
    relation = current.dep_
    if relation == "conj":
        shared = is_verb(current) and not children(current, "nsubj", "nsubjpass", "aux")
        return (_own_clause(stance, head, shared=True) if shared else stance), True
    if relation == "advcl":
        return _adverbial(stance, current, head)
    that = relation == "relcl" and any(m.lower_ == "that" for m in children(current, "mark"))
    if that:
        # The parser calls "a risk that X moves" a relative clause; its "that" is no pronoun.
        return _own_clause_above(_complement(stance, current, head), current, head), True
    if relation == "relcl" or (relation == "acl" and current.tag_ in ("VBN", "VBG")):
        return stance, False
    if relation == "amod" and current.i > head.i and current.pos_ in ("ADJ", "VERB"):
        return stance, False
    if relation in ("prep", "advmod") and current.lower_ in _tables().adjuncts:
        return stance, False
    if relation == "prep" and current.lower_ == "under" and head.lemma_ not in _COMES_UNDER:
        return stance, False
    if relation in ("ccomp", "parataxis") and current.i < head.i and not _reports(head):
        return stance, False
    if _only_touched(current, head):
        return _own_clause(stance, head, negation=False), False
    if relation in COMPLEMENTS:
        stance = _complement(stance, current, head)
        if _granted(current, head):
            return stance, False
        return _own_clause_above(stance, current, head), True
    return stance, relation in ("amod", "compound", "poss", "prep", "agent", "nmod")


def _only_touched(current: Any, head: Any) -> bool:
    """Tell whether an event noun is only an argument of an ordinary verb: "did not back the attack" grants the attack."""
    if current.pos_ not in ("NOUN", "PROPN") or head.pos_ != "VERB":
        return False
    if current.dep_ not in ("dobj", "nsubj", "nsubjpass", "pobj"):
        return False
    return head.lemma_.lower() not in _tables().complements


def _granted(current: Any, head: Any) -> bool:
    """Tell whether the clause is taken for granted ("know that ..."): nothing above reaches it."""
    operator = _tables().complements.get(head.lemma_.lower())
    return operator is not None and operator.kind == "factive" and current.dep_ in ("ccomp", "acl", "pcomp")


def _reports(head: Any) -> bool:
    """Tell whether a verb takes the clause before it as what is said; else the parser only strung two sentences."""
    operator = _tables().complements.get(head.lemma_.lower())
    return operator is not None and operator.kind in ("speech", "claim", "belief", "doubt", "denial", "factive")


def _adverbial(stance: Judgement, current: Any, head: Any) -> tuple[Judgement, bool]:
    if _is_conditional(current):
        cues = (*stance.cues, *(m.i for m in children(current, "mark", "advmod") if _is_if(m)))
        return replace(stance, value=_cap(stance.value, OPEN), conditional=True, mood="possibility", cues=cues), False
    if current.tag_ == "VB" and any(t.lower_ == "to" for t in children(current, "aux")):
        return replace(stance, value=_cap(stance.value, 0.8), mood="intent", tense="future"), False
    return stance, False


def _is_conditional(verb: Any) -> bool:
    if any(_is_if(m) for m in children(verb, "mark", "advmod")):
        return True
    inverted = [t for t in children(verb, "aux") if t.lower_ in ("should", "had", "were")]
    subject = children(verb, "nsubj", "nsubjpass")
    return bool(inverted and subject and inverted[0].i < subject[0].i and verb.dep_ == "advcl")


def _is_if(mark: Any) -> bool:
    return mark.lower_ in _tables().conditional


def _own_clause(stance: Judgement, token: Any, *, shared: bool = False, negation: bool = True) -> Judgement:
    """Apply modals, adverbs and negation of the clause whose head is ``token``."""
    tables = _tables()
    value, mood, tense, negated = stance.value, stance.mood, stance.tense, stance.negated
    cues = list(stance.cues)
    for child in token.children:
        if shared and child.i > token.i:
            continue
        operator = None
        if child.dep_ == "aux":
            operator = tables.modals.get(child.lemma_.lower()) or tables.modals.get(child.lower_)
        elif child.dep_ in ("advmod", "npadvmod", "amod") and child.lower_ in tables.adverbs:
            operator = tables.adverbs[child.lower_]
        if operator is not None:
            if child.lemma_ == "would" and token.dep_ == "ccomp" and token.head.tag_ in ("VBD", "VBN"):
                operator = FUTURE_IN_PAST
            certain = child.lower_ in ("can", "could", "ca") and _negators(token)
            value = value if certain else _cap(value, operator.cap)
            mood = operator.mood if operator.mood not in (None, "fact") else mood
            tense = operator.tense or tense
            cues.append(child.i)
    for negator in _negators(token) if negation else ():
        value, negated = _negate(value), not negated
        cues.append(negator.i)
    stance = replace(stance, value=value, mood=mood or "fact", tense=tense, negated=negated, cues=tuple(cues))
    return _obligation(stance, token)


def _obligation(stance: Judgement, token: Any) -> Judgement:
    """Read "have to V" as an obligation on V."""
    if token.dep_ == "xcomp" and token.head.lemma_ in ("have", "need") and token.tag_ == "VB":
        return replace(
            stance,
            value=_cap(stance.value, _tables().modals["must"].cap),
            mood="obligation",
            cues=(*stance.cues, token.head.i),
        )
    return stance


def _negate(value: float) -> float:
    """Turn a commitment round; "may not" stays weak, "cannot" does not."""
    return -value


def _negators(token: Any) -> list[Any]:
    """Return the negations that act on a token: its own, and "no" on its subject, object or itself."""
    words = _tables().negators
    found = [
        c
        for c in token.children
        if (c.dep_ in ("neg", "advmod", "preconj", "det", "cc") and c.lower_ in words - {"nor", "neither"})
        or is_no_longer(c)
    ]
    found = [
        c
        for c in found
        if c.i + 1 >= len(c.doc) or c.nbor(1).lower_ not in ("just", "only", "merely", "simply", "solely")
    ]
    for argument in children(token, "nsubj", "nsubjpass", "dobj", "attr"):
        if argument.lower_ in ("nobody", "none", "nothing", "nowhere"):
            found.append(argument)
        found += [c for c in argument.children if c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither")]
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        found.append(token.head)
    if token.dep_ == "pobj" and token.head.lower_ == "without":
        found.append(token.head)
    return found[:1] if len(found) == 1 else found[:1] if found else []


def is_no_longer(word: Any) -> bool:
    """Tell whether a word is the "longer" of "no longer"."""
    return bool(word.lower_ == "longer" and word.i > 0 and word.nbor(-1).lower_ == "no")


def _attributes(stance: Judgement, token: Any) -> Judgement:
    """Apply adjectives on the event noun itself: "a possible attack", "an alleged plan"."""
    weak = [c for c in token.children if c.dep_ == "amod" and c.lower_ in _tables().attributes]
    if not weak:
        return stance
    return replace(stance, value=_cap(stance.value, 1.0), mood="possibility", cues=(*stance.cues, weak[0].i))


def _complement(stance: Judgement, current: Any, head: Any) -> Judgement:
    """Apply the class of the word that takes ``current`` as its complement."""
    if head.lower_ == "to" or head.pos_ == "ADP":
        return stance
    word = _predicative(current, head)
    operator = _tables().complements.get(word.lemma_.lower())
    if operator is None and _is_purpose(current, head):
        return replace(stance, value=_cap(stance.value, PURPOSE), mood="intent", cues=(*stance.cues, head.i))
    if operator is None or not (word is not head or _takes(operator, current, head)):
        return stance
    mood = operator.mood or stance.mood
    cues = (*stance.cues, word.i)
    if operator.kind == "negative_implicative":
        return replace(stance, value=-stance.value, negated=not stance.negated, cues=cues)
    if operator.kind in ("doubt", "denial"):
        value = -_cap(stance.value, abs(operator.cap))
        return replace(
            stance, value=value, denied=stance.denied or operator.denied, negated=not stance.negated, cues=cues
        )
    return replace(stance, value=_cap(stance.value, operator.cap), mood=mood, cues=cues)


def _is_purpose(current: Any, head: Any) -> bool:
    """Tell whether an infinitive is what a deed is for: "an offensive to retake R"."""
    to = any(t.lower_ == "to" for t in children(current, "aux"))
    return bool(current.dep_ in ("acl", "relcl") and current.tag_ == "VB" and to and head.lemma_.lower() in _deeds())


@cache
def _deeds() -> frozenset[str]:
    return frozenset(read_vocab("certainty.yaml")["deeds"])


def _predicative(current: Any, head: Any) -> Any:
    """Return the adjective or noun of "it is possible / a fact that ..." for the clause, else the head itself."""
    if head.lemma_ != "be" or current.dep_ not in ("xcomp", "ccomp", "csubj", "advcl", "nsubj"):
        return head
    aim = next((c for c in children(head, "nsubj") if current.dep_ == "xcomp" and _is_wish(c)), None)
    return aim or next((c for c in children(head, "acomp", "attr") if c.i != current.i), head)


def _is_wish(noun: Any) -> bool:
    operator = _tables().complements.get(noun.lemma_.lower())
    return operator is not None and operator.kind == "wish"


def _takes(operator: Operator, current: Any, head: Any) -> bool:
    """Tell whether the operator governs this child: a clause always, a noun only from the classes that can."""
    relation = current.dep_
    clausal = relation in ("xcomp", "ccomp", "acl", "pcomp", "csubj", "relcl")
    infinitive = any(t.lower_ == "to" for t in children(current, "aux"))
    if operator.kind in ("wish", "demand"):
        return (clausal and relation != "ccomp") or (
            relation in ("ccomp", "dobj", "pobj", "prep")
            and (relation != "prep" or current.lower_ in ("of", "for", "against", "to"))
            and (is_verb(head) or relation == "prep")
        )
    if relation in ("nsubj", "nsubjpass", "csubj"):
        return relation == "nsubjpass" and is_passive(head)
    if operator.kind == "factive" and infinitive and relation == "xcomp" and head.lemma_ not in ("find", "prove"):
        return False
    if operator.kind in ("doubt", "denial") and relation == "prep":
        return bool(current.lower_ == "of")
    if operator.kind == "claim" and relation == "prep" and current.lower_ == "of":
        return True
    if operator.kind == "possibility" and relation == "prep":
        return bool(current.lower_ in ("of", "that", "from"))
    return clausal or relation in ("dobj", "advcl", "acomp", "attr") or (relation == "prep" and not is_verb(head))


def _own_clause_above(stance: Judgement, current: Any, head: Any) -> Judgement:
    """Let modals and negation of the governing clause act on the complement, as far as its class lets them."""
    tables = _tables()
    head_word = _predicative(current, head)
    operator = tables.complements.get(head_word.lemma_.lower())
    governs = current.dep_ in (
        "xcomp",
        "ccomp",
        "acl",
        "acomp",
        "attr",
        "dobj",
        "pobj",
        "prep",
        "nsubj",
        "nsubjpass",
        "advcl",
        "pcomp",
    )
    if not governs or head.pos_ == "ADP" or head.dep_ == "pobj":
        return stance
    if operator is not None and operator.kind == "factive" and current.dep_ in ("ccomp", "acl"):
        return stance
    before = stance
    stance = _own_clause(stance, head)
    if (
        stance.negated != before.negated
        and operator is not None
        and operator.kind in ("speech", "claim", "belief", "wish", "demand", "possibility")
    ):
        weak = stance.value if abs(stance.value) > RAISED else -RAISED
        value = min(abs(weak), NEGATED_SPEECH) if head.lemma_ not in tables.neg_raising else weak
        negated = before.negated if head.lemma_ not in tables.neg_raising else stance.negated
        return replace(stance, value=value, negated=negated)
    return stance


def _sentence(stance: Judgement, top: Any) -> Judgement:
    """Apply what the whole sentence is: a question, or an order."""
    if top.dep_ == "ROOT" and _is_conditional(top):
        return replace(stance, value=_cap(stance.value, OPEN), conditional=True, mood="possibility")
    if top.dep_ == "ROOT" and top.tag_ == "VB" and any(t.lower_ == "to" for t in children(top, "aux")):
        return replace(stance, value=_cap(stance.value, 0.5), mood="intent", tense="future")
    if top.dep_ == "ROOT" and top.tag_ == "VB" and not children(top, "nsubj", "nsubjpass", "aux", "csubj", "expl"):
        return replace(stance, value=_cap(stance.value, OPEN), mood="intent")
    if top.dep_ == "ROOT" and top.sent.text.rstrip(" \"'\u201d\n").endswith("?"):
        return replace(stance, value=_cap(stance.value, OPEN), mood="question")
    return stance


def _cap(value: float, cap: float) -> float:
    """Weaken a commitment to at most ``cap`` in size, keeping its sign."""
    if cap == 0:
        return 0.0
    if cap < 0:
        return -min(abs(value), -cap)
    return max(-cap, min(cap, value))


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
