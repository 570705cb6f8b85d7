"""Read a dependency parse: who is the subject, what is the object, where a clause ends."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from wayout.vocab import read_vocab

CLAUSE_EDGES = frozenset({"relcl", "ccomp", "advcl", "acl", "parataxis", "csubj"})
"""Edges a place or time phrase does not climb over: what is beyond belongs to another clause."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOUN_LINKS = frozenset({"compound", "amod", "nmod", "poss", "appos", "nummod", "npadvmod"})
_LINKING = frozenset(
    {"be", "remain", "stay", "become", "get", "lie", "appear", "seem", "keep", "leave", "find", "stand"}
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_CHILDREN = "wayout_children"
_SENTENCES = "wayout_sentences"
MAX_DATELINE = 9
"""Words from the town of a dateline to its dash."""
MAX_CUT_OFF = 6
"""Words of a subject that the parser may have cut off from its verb."""
STOPS = (".", ";")
MAX_CLIMB = 40
"""Steps up a tree before a (broken) parse is given up."""


def is_verb(token: Any) -> bool:
    """Tell whether a token is a verb or auxiliary."""
    return token.pos_ in ("VERB", "AUX")


def children(token: Any, *deps: str) -> list[Any]:
    """Return the children with one of the dependency labels, in order."""
    return [child for dep, child in _children_of(token.doc)[token.i] if dep in deps]


def _children_of(doc: Any) -> list[list[tuple[str, Any]]]:
    """Return every token's children with their labels, made once a parse: the rules ask for them some fifty times a word."""
    known: list[list[tuple[str, Any]]] | None = doc.user_data.get(_CHILDREN)
    if known is None:
        known = [[] for _ in range(len(doc))]
        for token in doc:
            head = token.head.i
            if head != token.i:
                known[head].append((token.dep_, token))
        doc.user_data[_CHILDREN] = known
    return known


def sentence_bounds(token: Any) -> tuple[int, int]:
    """Return the first token of a token's sentence and the one behind its last, without a look at those between."""
    known: list[tuple[int, int]] | None = token.doc.user_data.get(_SENTENCES)
    if known is None:
        known = [(s.start, s.end) for s in token.doc.sents for _ in range(s.start, s.end)]
        token.doc.user_data[_SENTENCES] = known
    i: int = token.i
    return known[i]


def ancestors(token: Any) -> Iterator[Any]:
    """Yield the heads above a token, nearest first."""
    for _ in range(MAX_CLIMB):
        if token.head is token or token.head.i == token.i:
            return
        token = token.head
        yield token


def conjuncts(token: Any) -> list[Any]:
    """Return the token and what is coordinated with it, in order."""
    if not children(token, "conj"):
        return [token]
    found, queue = [token], [token]
    while queue:
        for child in children(queue.pop(0), "conj"):
            found.append(child)
            queue.append(child)
    return sorted(found, key=lambda t: t.i)


def first_conjunct(token: Any) -> Any:
    """Return the head of a coordination."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def is_passive(verb: Any) -> bool:
    """Tell whether a verb form is passive: auxiliary, bare participle after a noun, or its by-agent."""
    if verb.tag_ != "VBN":
        return verb.tag_ == "VBD" and _is_hurt(verb)
    if children(verb, "auxpass", "nsubjpass"):
        return True
    if verb.dep_ in ("acomp", "oprd", "xcomp", "attr") and verb.head.lemma_ in _LINKING:
        return True
    if verb.dep_ == "ROOT" and verb.i > 0 and verb.nbor(-1).text == ":" and not children(verb, "aux"):
        return True
    if _is_hurt(verb):
        return True
    if children(verb, "aux", "nsubj"):
        return False
    if verb.dep_ == "acl" and children(verb, "dobj") and not children(verb, "agent"):
        return False
    if verb.dep_ in ("acl", "amod", "advcl", "relcl"):
        return True
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    return bool(children(verb, "agent"))


def _is_hurt(verb: Any) -> bool:
    """Tell the participle of "saw 25 fighters killed" and of headlines: these verbs never stand without whom they hurt."""
    if verb.lemma_ not in hurting() or verb.dep_ in ("relcl", "acl", "amod", "conj") or not children(verb, "nsubj"):
        return False
    return not any(children(v, "aux", "dobj", "ccomp", "xcomp") for v in conjuncts(verb))


@cache
def hurting() -> frozenset[str]:
    """Return the verbs that never stand without whom they hurt."""
    return frozenset(read_vocab("predicates.yaml")["hurting"])


def antecedent(verb: Any) -> Any | None:
    """Return the noun that the relative clause around a verb describes."""
    for token in (verb, *ancestors(verb)):
        if token.dep_ == "relcl":
            return _outside_commas(token.head) or _named(token.head)
        if token.dep_ not in ("xcomp", "conj", "ccomp", "auxpass", "aux"):
            return None
    return None


def _outside_commas(noun: Any) -> Any | None:
    """Return D of "D, in R, which ...": a phrase between commas is not what the clause describes."""
    if noun.dep_ != "pobj" or noun.i + 1 >= len(noun.doc) or noun.nbor(1).text != ",":
        return None
    first = noun.head.i
    if first < sentence_bounds(noun)[0] + 2 or noun.doc[first - 1].text != ",":
        return None
    outer = noun.doc[first - 2]
    return outer if outer.pos_ in ("NOUN", "PROPN") else None


def _named(noun: Any) -> Any:
    """Step from "the one / those that ..." to the noun it stands beside."""
    if noun.lemma_ in ("one", "that", "those") and noun.dep_ in ("appos", "attr") and noun.head.i != noun.i:
        if not is_verb(noun.head):
            return noun.head
        beside = [t for t in children(noun.head, "attr", "dobj", "nsubj") if t.i < noun.i and t.pos_ != "PRON"]
        return beside[-1] if beside else noun
    return noun


def is_relative(token: Any) -> bool:
    """Tell whether a token is a relative pronoun."""
    return token.tag_ in ("WDT", "WP", "WP$") or (token.lower_ == "that" and token.dep_ in SUBJECTS | {"dobj"})


def resolve(token: Any, verb: Any) -> Any:
    """Replace a relative pronoun by its antecedent."""
    if is_relative(token):
        return antecedent(verb) or token
    return token


def surface_subject(verb: Any) -> Any | None:
    """Return the grammatical subject of a verb: its own, a shared one, or a controlled one."""
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = children(verb, *SUBJECTS)
        own = own or [s for a in children(verb, "auxpass", "aux") for s in children(a, *SUBJECTS)]
        if own:
            return _past_dateline(resolve(own[0], verb), verb)
        expletive = children(verb, "expl")
        if expletive:
            attributes = children(verb, "attr", "nsubj", "dobj")
            return attributes[0] if attributes else None
        step = _subject_from_above(verb)
        if step is None and verb.dep_ == "ROOT":
            return _cut_off(verb)
        if step is None or not is_verb(step):
            return step
        verb = step
    return None


def _past_dateline(noun: Any, verb: Any) -> Any:
    """Step from the town of a dateline ("GOMA, 24 January - X have ...") to the subject behind its dash."""
    first = sentence_bounds(noun)[0]
    if noun.i + 1 < len(noun.doc) and noun.nbor(1).text == ":" and noun.nbor(1).i < verb.i and not is_passive(verb):
        return None
    if noun.i - first > 1 or (first > 0 and "\n" not in noun.doc[first - 1].text):
        return noun
    dash = next(
        (t for t in noun.doc[noun.i + 1 : noun.i + MAX_DATELINE] if t.text in ("-", "--", "\u2013", "\u2014")), None
    )
    if dash is None or dash.i > verb.i or dash.nbor(-1).whitespace_ == "" or dash.whitespace_ == "":
        return noun
    behind = [
        t for t in noun.doc[dash.i + 1 : verb.i] if t.pos_ in NOMINAL and t.dep_ not in ("compound", "amod", "pobj")
    ]
    return behind[0] if behind else noun


def _cut_off(verb: Any) -> Any | None:
    """Return the short noun phrase that the parser made a sentence of its own before a finite verb: "ISIS | has to"."""
    start = sentence_bounds(verb)[0]
    if verb.tag_ not in ("VBZ", "VBP", "VBD") or verb.i - start > 2 or start == 0:
        return None
    before = verb.doc[start - 1]
    noun = before.sent.root
    short = start - sentence_bounds(before)[0] <= MAX_CUT_OFF
    return noun if short and not before.is_punct and not before.is_space and noun.pos_ in NOMINAL else None


def _subject_from_above(verb: Any) -> Any | None:
    """Return a noun that is the understood subject, or the verb whose subject is shared."""
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ in ("relcl", "acl"):
        return _named(head)
    if verb.dep_ in ("conj", "xcomp", "advcl", "aux", "ccomp", "dep", "acomp", "oprd", "attr"):
        if verb.dep_ == "ccomp" and verb.tag_ not in ("VB", "VBG", "VBN"):
            return None
        if is_verb(head):
            return head
        return head if verb.dep_ == "conj" else _copula_of(head)
    if verb.dep_ in ("pcomp", "prep") and head.pos_ in ("ADP", "SCONJ", "PART"):
        return next((a for a in ancestors(head) if is_verb(a)), None)
    return None


def _copula_of(token: Any) -> Any | None:
    """Return the verb above a predicative adjective or noun."""
    return token.head if is_verb(token.head) and token.head.i != token.i else None


def agent(verb: Any) -> Any | None:
    """Return the by-agent of a passive verb."""
    for preposition in [*children(verb, "agent"), *(p for p in children(verb, "prep") if p.lower_ == "by")]:
        for noun in children(preposition, "pobj"):
            return resolve(noun, verb)
    return None


def direct_object(verb: Any) -> Any | None:
    """Return the direct object, also a relative one, or one shared with a coordinated verb."""
    for noun in children(verb, "dobj", "obj"):
        return resolve(noun, verb)
    for other in children(verb, "conj"):
        if is_verb(other) and other.i - verb.i <= 2 and not children(verb, "prep", "ccomp", "xcomp"):
            return direct_object(other)
    return None


def of_phrase(noun: Any, *prepositions: str) -> Any | None:
    """Return the noun after one of the prepositions that hang on ``noun``."""
    for preposition in children(noun, "prep", "agent", "dative"):
        if preposition.lower_ in prepositions:
            for inner in children(preposition, "pobj"):
                if inner.ent_type_ not in ("DATE", "TIME"):
                    return inner
    return None


def noun_phrase(token: Any) -> tuple[int, int]:
    """
    Return the words of a noun phrase without its clauses, as character offsets.

    Parameters
    ----------
    token
        Head of the phrase.

    Returns
    -------
    start, end
        Offsets of the first and last character (end exclusive).
    """
    keep = {token.i}
    queue = [token]
    while queue:
        for child in queue.pop().children:
            inner = child.dep_ in ("cc", "conj") and child.head.dep_ in ("pobj", "conj") and child.head.i != token.i
            if inner or child.dep_ in NOUN_LINKS | {
                "det",
                "quantmod",
                "case",
                "prep",
                "pobj",
                "neg",
                "advmod",
                "punct",
            }:
                if child.dep_ == "punct" and child.text not in ("-", "'", "\u2019"):
                    continue
                if child.dep_ in ("prep", "advmod") and child.i < token.i:
                    continue
                keep.add(child.i)
                queue.append(child)
    start = end = token.i
    while start - 1 in keep:
        start -= 1
    while end + 1 in keep:
        end += 1
    doc = token.doc
    return doc[start].idx, doc[end].idx + len(doc[end])


def stop_between(first: Any, second: Any) -> bool:
    """Tell whether a full stop stands between two tokens: the parser sometimes strings list items together."""
    low, high = sorted((first.i, second.i))
    return any(t.text in STOPS for t in first.doc[low + 1 : high])


def clause_words(verb: Any) -> tuple[int, int]:
    """Return the character offsets of the clause around a token: its subtree without outer clauses."""
    top = verb
    for token in ancestors(verb):
        if top.dep_ in CLAUSE_EDGES or (top.dep_ == "conj" and is_verb(top) and children(top, *SUBJECTS)):
            break
        top = token
    low, high = _stops_around(verb, *sentence_bounds(verb))
    words = [t for t in top.subtree if low <= t.i <= high and not t.is_space]
    while words and words[-1].text in ".,;:" and words[-1].i != verb.i:
        words.pop()
    return words[0].idx, words[-1].idx + len(words[-1])


def _stops_around(token: Any, start: int, end: int) -> tuple[int, int]:
    """Return the indexes of the nearest full stops before and after a token inside ``[start, end)``, or of its edges."""
    doc = token.doc
    low = next((i for i in range(token.i - 1, start - 1, -1) if doc[i].text in STOPS), start)
    high = next((i for i in range(token.i + 1, end) if doc[i].text in STOPS), end - 1)
    return low, high
