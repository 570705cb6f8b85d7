"""Link claims: what must hold first (if, should, unless), and what is given as the reason (because, thus, so)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.certainty import Judgement
from wayout.extract.drafts import Draft
from wayout.extract.grammar import ancestors, children, is_verb
from wayout.vocab import read_vocab

_IF = frozenset({"if", "unless", "provided", "providing", "assuming", "supposing"})
_REASON_MARKS = frozenset({"because", "as", "since"})
_REASON_HEADS = frozenset({"due", "because", "owing", "thanks", "result", "consequence"})
_OPENERS = frozenset({"thus", "therefore", "hence", "consequently", "accordingly", "so"})
_GROUNDS = frozenset(
    {"seals", "attacks", "sweeps", "besieges", "cannot_move", "holds", "present", "clashes", "takes", "withdraws"}
)
MAX_BACK = 3
"""Sentences back that "If confirmed" may point to."""


def link_conditions(drafts: list[Draft], parsed: Any) -> list[Draft]:
    """
    Fill ``condition`` and ``because`` of the claims of one text.

    Parameters
    ----------
    drafts
        All claims so far, in text order.
    parsed
        The parse.

    Returns
    -------
    drafts
        The same, with added ``other`` claims for conditions that have no predicate of ours.
    """
    added: list[Draft] = []
    for token in parsed:
        if (token.lower_ in _IF and token.dep_ in ("mark", "advmod", "prep")) or _inverted(token):
            added += _condition(token, drafts)
        elif token.lower_ in _REASON_MARKS and token.dep_ == "mark":
            if token.lower_ != "since" or not children(token.head.head, "aux"):
                _reason(token.head, drafts)
        elif token.lower_ in _REASON_HEADS and token.dep_ in ("prep", "amod", "acomp", "advmod", "pcomp"):
            _reason(token, drafts)
    for sentence in parsed.sents:
        added += _should(sentence, drafts)
        _consequence(sentence, drafts, parsed)
    return sorted([*drafts, *added], key=lambda d: (d.token.i, d.predicate))


def _inverted(token: Any) -> bool:
    """Tell whether a token opens "should it be confirmed, ..."."""
    if token.lower_ not in ("should", "were", "had") or token.dep_ not in ("aux", "auxpass", "ROOT", "advcl"):
        return False
    verb = token.head if token.dep_ in ("aux", "auxpass") else token
    subject = children(verb, "nsubj", "nsubjpass")
    opens = token.is_sent_start or token.nbor(-1).text == ","
    return bool(verb.dep_ == "advcl" and subject and token.i < subject[0].i and opens)


def _condition(mark: Any, drafts: list[Draft]) -> list[Draft]:
    """Link the claims of the clause that a conditional mark opens with those of its main clause."""
    clause = mark.head
    if not is_verb(clause) and clause.head.i != clause.i and is_verb(clause.head):
        clause = clause.head
    inside = {t.i for t in clause.subtree}
    if clause.dep_ == "ROOT":
        return _alone(mark, clause, drafts)
    if clause.dep_ != "advcl":
        return []
    main = clause.head
    outside = {t.i for t in main.subtree} - inside
    if main.dep_ == "conj" or clause.dep_ == "ROOT":
        outside |= {main.i}
    conditions = [d for d in drafts if d.token.i in inside]
    results = [d for d in drafts if d.token.i in outside and _same_clause(d.token, main)]
    added = []
    condition = _main_one(conditions)
    if condition is None:
        condition = _pointed_at(clause, drafts)
    if condition is None and results:
        condition = Draft(
            predicate="other",
            token=clause,
            judgement=Judgement(value=0.0, conditional=True, mood="possibility", cues=(mark.i,)),
            words=(clause.i,),
        )
        added.append(condition)
    for result in results:
        if condition is not None and result is not condition:
            result.condition = condition
            result.judgement = replace(result.judgement, conditional=True, value=min(result.judgement.value, 1.0))
    return added


def _should(sentence: Any, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "Should X happen, Y will" by its comma: the parser seldom sees the clause."""
    words = [t for t in sentence if not t.is_space]
    comma = next((t.i for t in words if t.text == ","), None)
    if not words or comma is None or words[0].lower_ != "should" or words[-1].text == "?":
        return []
    conditions = [d for d in drafts if words[0].i <= d.token.i < comma]
    results = [d for d in drafts if comma < d.token.i <= words[-1].i and d.condition is None]
    for draft in conditions:
        draft.judgement = replace(draft.judgement, value=0.0, conditional=True, mood="possibility")
    if not results:
        return []
    added = []
    if not conditions:
        token = words[0].doc[comma - 1]
        stance = Judgement(value=0.0, conditional=True, mood="possibility", cues=(words[0].i,))
        added = [Draft(predicate="other", token=token, judgement=stance, words=(token.i,))]
    for draft in results:
        draft.condition = (conditions or added)[0]
        draft.judgement = replace(draft.judgement, conditional=True, value=min(draft.judgement.value, 1.0))
    return added


def _alone(mark: Any, clause: Any, drafts: list[Draft]) -> list[Draft]:
    """Link a sentence that is only a condition to the sentence before: "Especially if ..." gives a reason."""
    inside = {t.i for t in clause.sent}
    conditions = [d for d in drafts if d.token.i in inside]
    if clause.sent.start == 0 or not conditions:
        return []
    before = clause.doc[clause.sent.start - 1].sent
    especially = any(t.lower_ in ("especially", "particularly", "even", "above") for t in clause.sent[:4])
    for draft in conditions:
        draft.judgement = replace(
            draft.judgement, conditional=True, mood="possibility", value=min(draft.judgement.value, 1.0)
        )
    for draft in drafts:
        if before.start <= draft.token.i < before.end and draft not in conditions:
            if especially:
                draft.because += [c for c in conditions if c not in draft.because]
            elif draft.condition is None:
                draft.condition = conditions[0]
    return []


def _main_one(drafts: Sequence[Draft]) -> Draft | None:
    return min(drafts, key=lambda d: (len(list(ancestors(d.token))), d.token.i)) if drafts else None


def _same_clause(token: Any, main: Any) -> bool:
    return not any(a.dep_ in ("relcl",) and a.i != main.i for a in (token, *_until(token, main)))


def _until(token: Any, top: Any) -> list[Any]:
    found = []
    for a in ancestors(token):
        if a.i == top.i:
            break
        found.append(a)
    return found


def _pointed_at(clause: Any, drafts: Sequence[Draft]) -> Draft | None:
    """Return the unverified thing that "if confirmed / if true" points to: in this or the sentences before."""
    words = read_vocab("certainty.yaml")
    lemmas = {clause.lemma_.lower(), *(c.lemma_.lower() for c in children(clause, "acomp", "advcl", "attr", "xcomp"))}
    if not lemmas & (
        {*words["verify_verbs"]} | {"true", "correct", "authentic", "genuine", "accurate", "prove", "real"}
    ):
        return None
    earlier = [d for d in drafts if d.token.i < clause.i and _sentences_between(d.token, clause) <= MAX_BACK]
    checked = [d for d in earlier if d.predicate == "publishes" and any(_checks(e, d) for e in earlier)]
    unsure = [d for d in earlier if d.predicate in ("investigates", "publishes")]
    hedged = [d for d in earlier if d.judgement.value < 2.5 and _sentences_between(d.token, clause) <= 1]
    for pool in (checked, unsure, hedged):
        if pool:
            return pool[-1]
    return None


def _checks(checker: Draft, item: Draft) -> bool:
    return checker.predicate == "investigates" and checker.token.sent == item.token.sent


def _sentences_between(first: Any, second: Any) -> int:
    doc = first.doc
    return sum(1 for t in doc[first.i + 1 : second.i + 1] if t.is_sent_start)


def _reason(token: Any, drafts: Sequence[Draft]) -> None:
    """Take the claims of a because-clause as reasons of the clause it hangs on."""
    inside = {t.i for t in token.subtree}
    main = token.head
    if token.lower_ in _REASON_MARKS and not is_verb(token):
        main = token.head
    reasons = [d for d in drafts if d.token.i in inside]
    top = main if is_verb(main) else next((a for a in ancestors(main) if is_verb(a)), main)
    if top.dep_ == "xcomp":
        top = top.head
    words = {t.i for t in top.subtree} - inside
    for draft in drafts:
        if draft.token.i in words and draft not in reasons:
            draft.because += [r for r in reasons if r not in draft.because]


def _consequence(sentence: Any, drafts: Sequence[Draft], parsed: Any) -> None:
    """Take the claims of the paragraph so far as reasons of a "Thus / As a result ..." sentence."""
    words = [t for t in sentence if not t.is_space][:4]
    if not words or sentence.start == 0:
        return
    opener = words[0].lower_ in _OPENERS and words[0].dep_ in ("advmod", "cc", "mark", "dep")
    opener = opener or (words[0].lower_ == "as" and len(words) > 2 and words[2].lower_ in ("result", "consequence"))
    if not opener:
        return
    own = [d for d in drafts if sentence.start <= d.token.i < sentence.end]
    before = [d for d in drafts if d.token.i < sentence.start and _sentences_between(d.token, words[0]) <= MAX_BACK]
    paragraph = [d for d in before if "\n\n" not in parsed.text[d.token.idx : words[0].idx]]
    grounds = [d for d in paragraph if d.predicate in _GROUNDS and d.judgement.mood not in ("intent", "question")]
    for draft in own:
        draft.inferred = True
        draft.because += [d for d in grounds if d not in draft.because]
