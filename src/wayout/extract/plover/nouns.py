"""Which class of event nouns a noun stands for: its head, what it is made of ("a round of talks") or what stands before it."""

from typing import Any

from wayout.extract.grammar import children
from wayout.extract.plover.lexicon import EventLexicon


def noun_class(noun: Any, lexicon: EventLexicon, level: int = 0) -> tuple[Any, str, str] | None:
    """Return a noun of a class: the head, what it is made of ("a round of talks") or what stands before it."""
    lemma = noun.lemma_.lower()
    if lemma in lexicon.words["adverbial_after_in"] and noun.dep_ == "pobj" and noun.head.lower_ == "in":
        return None  # "in both cases" is no lawsuit
    operator = lexicon.nominal_operators.get(lemma)
    inner = [
        n
        for p in noun.children
        if p.dep_ == "prep" and p.lower_ in ("of", "in", "to", "on", "for")
        for n in p.children
        if n.dep_ == "pobj"
    ]
    before = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod")]
    if operator is not None and level < 2:
        for part in (*inner, *before):
            found = noun_class(part, lexicon, level + 1)
            if found is not None and (operator, found[1]) in lexicon.table:
                return noun, found[1], lexicon.table[operator, found[1]]
    if noun.i > 0:
        pair = lexicon.classes.get(f"{noun.nbor(-1).lower_} {lemma}")
        if pair:
            return noun, pair, ""
    cls = lexicon.classes.get(lemma)
    light = lemma in lexicon.words["light_heads"] or lemma in lexicon.words["measures"]
    if cls == "troops":
        kept = any(lexicon.classes.get(c.lemma_.lower()) == "peacekeepers" for c in before)
        cls = "peacekeepers" if kept or lexicon.classes.get(_pair_before(noun)) == "peacekeepers" else cls
    if cls and not light:
        return noun, cls, ""
    if level < 2:
        for part in inner if light else ():
            found = noun_class(part, lexicon, level + 1)
            if found is not None:
                return found
        for part in before:
            named = lexicon.classes.get(part.lemma_.lower())
            if named:
                return noun, named, ""
        for clause in children(noun, "acl"):
            for part in children(clause, "dobj"):
                found = noun_class(part, lexicon, level + 1)
                if found is not None and light:
                    return found
    if not cls and noun.ent_type_ in ("GPE", "FAC", "LOC") and noun.dep_ == "dobj":
        cls = "place"
    return (noun, cls, "") if cls else None


def _pair_before(noun: Any) -> str:
    """Return the words of a hyphened modifier: "peace - keeping"."""
    return " ".join(t.lower_ for t in noun.doc[max(0, noun.i - 3) : noun.i])
