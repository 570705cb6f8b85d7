"""Link claims: what must hold first (if, should, unless), and what is given as the reason (because, thus, so)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wayout.extract.certainty import Judgement
from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import ancestors, children, is_verb
from wayout.extract.judging.forms import condition_mark
from wayout.extract.judging.words import certainty_words
from wayout.vocab import read_vocab

_IF = frozenset({"if", "unless", "assuming", "supposing", "suppose"})
_MARKS_WITH_HEAD = frozenset({"provided", "providing", "assuming", "supposing", "were", "should", "had"})
_TO_COME = frozenset({"will", "'ll", "would", "can", "could", "may", "might", "shall"})
_REASON_MARKS = frozenset({"because", "as", "since"})
_REASON_HEADS = frozenset({"due", "because", "owing", "thanks", "result", "consequence"})
_OPENERS = frozenset({"thus", "therefore", "hence", "consequently", "accordingly", "so"})
_GROUNDS = frozenset(
    {"seals", "attacks", "sweeps", "besieges", "cannot_move", "holds", "present", "clashes", "takes", "withdraws"}
)
DEPENDENT = 1.0
"""Highest certainty of what hangs on a condition."""
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
        opened = _opened(token) or _not_before(token)
        if opened is not None:
            added += _condition(*opened, drafts)
        added += _depends(token, drafts)
        if token.lower_ in _REASON_MARKS and token.dep_ == "mark":
            if token.lower_ != "since" or not children(token.head.head, "aux"):
                _reason(token.head, drafts)
        elif token.lower_ in _REASON_HEADS and token.dep_ in ("prep", "amod", "acomp", "advmod", "pcomp"):
            _reason(token, drafts)
    for sentence in parsed.sents:
        added += _fronted(sentence, drafts)
        _consequence(sentence, drafts, parsed)
    return sorted([*drafts, *added], key=lambda d: (d.token.i, d.predicate))


def _opened(token: Any) -> tuple[Any, Any] | None:
    """Return the mark and the clause of a condition that a word heads; "even if" restricts nothing."""
    if not is_verb(token) and token.dep_ not in ("advcl", "ccomp", "ROOT"):
        return None
    mark = condition_mark(token)
    if mark is None or mark.lower_ in ("whether", "lest"):
        return None
    return None if mark.i > 0 and mark.nbor(-1).lower_ == "even" else (mark, token)


def _not_before(token: Any) -> tuple[Any, Any] | None:
    """Return the mark and the clause of "X will happen once Y": Y must come first."""
    if token.lower_ != "once" or token.dep_ not in ("mark", "advmod") or token.head.dep_ != "advcl":
        return None
    main = token.head.head
    to_come = any(c.dep_ == "aux" and c.lower_ in _TO_COME for c in main.children)
    return (token, token.head) if to_come else None


def _condition(mark: Any, clause: Any, drafts: list[Draft]) -> list[Draft]:
    """Link the claims of the clause that a conditional mark opens with those of its main clause."""
    if not is_verb(clause) and clause.head.i != clause.i and is_verb(clause.head) and clause.dep_ != "advcl":
        clause = clause.head
    inside = {t.i for t in clause.subtree}
    if clause.dep_ == "ROOT":
        return _alone(mark, clause, drafts)
    main = _main_clause(mark, clause)
    if main is None:
        return []
    outside = {t.i for t in main.subtree} - inside
    if main.dep_ == "conj":
        outside |= {main.i}
    conditions = [d for d in drafts if d.token.i in inside]
    results = [d for d in drafts if d.token.i in outside and _same_clause(d.token, main)]
    return _link(mark, clause, drafts, (conditions, results))


def _main_clause(mark: Any, clause: Any) -> Any | None:
    """Return the verb that a condition restricts: its head, past the words of "provided that"."""
    if clause.dep_ == "advcl":
        above = clause.head
        return above if is_verb(above) and above.lower_ not in _MARKS_WITH_HEAD else _verb_above(above)
    if clause.dep_ in ("ccomp", "acl", "pcomp", "relcl", "xcomp") and mark.lower_ not in _IF:
        return _verb_above(clause.head)
    return None


def _verb_above(word: Any) -> Any | None:
    return next((a for a in ancestors(word) if is_verb(a) and a.lower_ not in _MARKS_WITH_HEAD), None)


def _link(mark: Any, clause: Any, drafts: list[Draft], sides: tuple[list[Draft], list[Draft]]) -> list[Draft]:
    """Make the claims of one side hang on the other; a condition without a predicate of ours becomes a claim "other"."""
    conditions, results = sides
    condition = _main_one(conditions) or (_pointed_at(clause, drafts) if results else None)
    added = []
    if condition is None and results:
        stance = Judgement(value=0.0, conditional=True, mood="possibility", cues=(mark.i,))
        condition = Draft(predicate="other", token=clause, judgement=stance, words=(clause.i,))
        added.append(condition)
    for result in results:
        if condition is not None and result is not condition:
            result.condition = condition
            result.judgement = replace(result.judgement, conditional=True, value=min(result.judgement.value, DEPENDENT))
    return added


def _depends(token: Any, drafts: list[Draft]) -> list[Draft]:
    """Link "X depends on Y" and "X is subject to Y"."""
    verbal = token.lemma_ in read_vocab("certainty.yaml")["conditional_verbs"]
    subject_to = token.lower_ in ("subject", "conditional", "contingent") and token.dep_ == "acomp"
    if not verbal and not subject_to:
        return []
    holder = token.head if subject_to else token
    on = next((c for c in children(token, "prep") if c.lower_ in ("on", "upon", "to")), None)
    if on is None:
        return []
    below = {t.i for t in on.subtree}
    above = {t.i for s in children(holder, "nsubj", "csubj") for t in s.subtree}
    conditions = [d for d in drafts if d.token.i in below]
    results = [d for d in drafts if d.token.i in above]
    for draft in conditions:
        draft.judgement = replace(draft.judgement, value=0.0, conditional=True, mood="possibility")
    noun = next(iter(children(on, "pobj", "pcomp")), on)
    return _link(on, noun, drafts, (conditions, results))


def _fronted(sentence: Any, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "Should X happen, Y will" and "Provided that X, Y" by the comma: the parser seldom sees the clause."""
    words = [t for t in sentence if not t.is_space]
    comma = next((t.i for t in words if t.text == ","), None)
    if not words or comma is None or words[-1].text == "?" or not _opens_condition(words):
        return []
    conditions = [d for d in drafts if words[0].i <= d.token.i < comma]
    results = [d for d in drafts if comma < d.token.i <= words[-1].i and d.condition is None]
    for draft in conditions:
        draft.judgement = replace(draft.judgement, value=0.0, conditional=True, mood="possibility")
    return _link(words[0], words[0].doc[comma - 1], list(drafts), (conditions, results))


def _opens_condition(words: Sequence[Any]) -> bool:
    """Tell whether a sentence begins with "should" or one of the phrases that open a condition."""
    first = [t.lower_ for t in words[:6]]
    phrases = certainty_words().condition_phrases.get(first[0], ())
    return first[0] == "should" or any(tuple(first[: len(p)]) == p for p in phrases)


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
