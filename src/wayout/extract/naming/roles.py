"""What the grammar makes of a name: somebody who acts, or a place where something happens."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any

from wayout.vocab import read_vocab

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE = "nsubjpass"
_CHAIN = frozenset(("xcomp", "conj", "ccomp"))
_MAX_STEPS = 6
"""Steps up a coordination or a chain of verbs; longer ones are parser slips."""


class Grammar:
    """
    A parsed document, asked by character offsets.

    Parameters
    ----------
    parsed
        The spaCy ``Doc`` of a document's text.
    """

    def __init__(self, parsed: Any) -> None:
        self.parsed = parsed
        self._starts = [t.idx for t in parsed]
        self._sentences = [s.start for s in parsed.sents]

    def tokens(self, start: int, end: int) -> list[Any]:
        """Return the tokens that touch the characters ``start`` to ``end``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for i in range(first, len(self.parsed)):
            token = self.parsed[i]
            if token.idx >= end:
                break
            if token.idx + len(token.text) > start and not token.is_space:
                found.append(token)
        return found

    def head(self, start: int, end: int) -> Any | None:
        """Return the token of a span on which the others hang; ``None`` if the span holds no token."""
        tokens = self.tokens(start, end)
        inside = {t.i for t in tokens}
        return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)

    def sentence(self, start: int) -> int:
        """Return the number of the sentence that a character lies in."""
        token = max(0, bisect_right(self._starts, start) - 1)
        return bisect_right(self._sentences, token) - 1

    def acts(self, start: int, end: int) -> bool:
        """
        Tell whether a country or city stands for its government here.

        True where it is the subject or agent of a verb that only somebody can do, is accused, urged or backed, is a party
        to talks, a deal or a war, or owns an offensive or a decision.

        Parameters
        ----------
        start, end
            Characters of the name.

        Returns
        -------
        acts
            ``False`` also where the grammar shows nothing.
        """
        head = self.head(start, end)
        if head is None or _is_topic(head):
            return False
        return any(_acts(token) for token in _coordinated(head))

    def is_placed(self, start: int, end: int) -> bool:
        """Tell whether the words stand in a place position: "in X", "to X", "near X and Y"."""
        head = self.head(start, end)
        if head is None:
            return False
        return any(t.dep_ == "pobj" and t.head.lower_ in _words("place_prepositions") for t in _coordinated(head))

    def is_taken(self, start: int, end: int) -> bool:
        """Tell whether the words suffer what is done to places: "encircled X", "X was retaken"."""
        head = self.head(start, end)
        if head is None:
            return False
        return any(
            t.dep_ in ("dobj", _PASSIVE) and t.head.lemma_.lower() in _words("place_verbs") for t in _coordinated(head)
        )

    def is_subject(self, start: int, end: int) -> bool:
        """Tell whether the words are (part of) a grammatical subject."""
        head = self.head(start, end)
        return head is not None and any(t.dep_ in _SUBJECTS or t.dep_ == _PASSIVE for t in _coordinated(head))


def _coordinated(token: Any) -> Iterator[Any]:
    """Yield a token and, where it is the second of a coordination or an apposition, those before it."""
    for _ in range(_MAX_STEPS):
        yield token
        if token.dep_ not in ("conj", "appos"):
            return
        token = token.head


def _acts(token: Any) -> bool:
    above = token.head
    if token.dep_ in _SUBJECTS:
        return above.pos_ in ("VERB", "AUX") and (verb_acts(above) or _is_engaged(above))
    if token.dep_ == _PASSIVE or token.dep_ in ("dobj", "dative"):
        return above.lemma_.lower() in _words("acted_on_verbs")
    if token.dep_ == "pobj":
        return _is_party(token)
    if token.dep_ == "poss":
        return above.lemma_.lower() in _words("own_nouns")
    return False


def _is_engaged(verb: Any) -> bool:
    """Tell whether a verb says what only somebody can be: "is on the offensive", "remains at war", "is ready to send"."""
    if verb.lemma_ not in ("be", "remain", "go", "stay"):
        return False
    words = _words("engaged_nouns")
    nouns = (n for p in verb.children if p.dep_ == "prep" for n in p.children if n.dep_ == "pobj")
    ready = (a for a in verb.children if a.dep_ == "acomp" and a.lemma_.lower() in _words("engaged_adjectives"))
    return any(n.lemma_.lower() in words for n in nouns) or any(True for _ in ready)


def _is_topic(head: Any) -> bool:
    """Tell whether a name only heads a line: "Syria - Near X", "Syria, the group flees"; "Turkey, a member, sent" acts."""
    after = head.i + 1
    if after >= len(head.doc):
        return False
    mark = head.doc[after]
    if mark.is_space:
        return "\n" in mark.text
    if mark.text in (":", "\u2013", "\u2014", "-"):
        return bool(head.whitespace_) or mark.text == ":"
    sentence = head.sent
    if mark.text != "," or head.i != sentence.start or after + 1 >= len(head.doc):
        return False
    commas = [t.i for t in sentence if t.text == "," and t.i > after]
    return head.doc[after + 1].lower_ not in ("which", "who", "whose") and not any(i < head.head.i for i in commas)


def _is_party(token: Any) -> bool:
    preposition, above = token.head, token.head.head
    if preposition.dep_ == "agent":
        return True
    word = preposition.lower_
    if word in ("with", "between", "by", "against", "on") and above.lemma_.lower() in _words("partner_nouns"):
        return True
    if word == "from" and above.lemma_.lower() in (
        "order",
        "support",
        "backing",
        "pressure",
        "instruction",
        "approval",
    ):
        return True
    return word in ("to", "with") and above.lemma_.lower() in _words("partner_adjectives")


def verb_acts(verb: Any) -> bool:
    """Tell whether a verb, or a verb that it governs ("wants to send"), is a deed of somebody."""
    acting = _words("acting_verbs")
    if verb.lemma_.lower() in acting:
        return True
    return any(c.dep_ == "xcomp" and c.lemma_.lower() in acting for c in verb.children)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")[name])
