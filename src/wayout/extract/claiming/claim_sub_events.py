"""Say what ACLED would call the deed that a claim tells: by its predicate, the cues of its clause, and whose deed it is."""

from typing import Any

from wayout.extract.acled.cues import Cue, Word, find_cues, words_of
from wayout.extract.acled.lexicon import open_sub_event_lexicon
from wayout.extract.acled.sub_events import SeenSentence, best_of, score_seen
from wayout.extract.claiming.drafts import Draft
from wayout.extract.grammar import MAX_CLIMB, SUBJECTS, children, is_verb
from wayout.extract.mention_index import MentionIndex
from wayout.model import Mention


class ClaimSubEvents:
    """
    The sub-event types of the claims of one document; the cues of a sentence are found once.

    Parameters
    ----------
    index
        The document's mentions.
    book
        The actor knowledge; ``book.actor(ref)`` gives an actor's kind (or ``None``).
    """

    def __init__(self, index: MentionIndex, book: Any) -> None:
        self._lexicon = open_sub_event_lexicon()
        self._book = book
        self._index = index
        self._sides: dict[str, str | None] = {}
        self._sentences: dict[int, tuple[list[Word], list[Cue]]] = {}
        self._clauses: dict[int, SeenSentence] = {}
        self._tops: dict[int, int] = {}

    def of(self, draft: Draft) -> str | None:
        """
        Return the type of a claim.

        Parameters
        ----------
        draft
            The claim in the making: its predicate (or PLOVER type, for "other"), trigger, subject and object.

        Returns
        -------
        sub_event_type
            ACLED's own wording ("Armed clash"); ``None`` where the codebook has none for it, or nothing says which.
        """
        key = draft.event_type or "" if draft.predicate == "other" else draft.predicate
        allowed = self._lexicon.claims.get(key, ())
        if not allowed:
            return None
        by_side = self._by_side(key, draft)
        if by_side and by_side[0] is None:
            return None
        default = by_side[0] if by_side else allowed[0]
        if len(allowed) == 1:
            return default
        found = best_of(score_seen([self._clause(draft.token)], self._lexicon, allowed), self._lexicon, allowed)
        if found is None or found.type == allowed[0] or found.type in by_side:
            return default
        return found.type

    def _by_side(self, key: str, draft: Draft) -> list[str | None]:
        """Return what whose deed it is says, first, and what it says of others: empty where nobody known does it."""
        table = self._lexicon.claim_sides.get(key, {})
        for role, mention in (("whom", draft.object), ("who", draft.subject)):
            side = self._side(mention)
            kinds = table.get(role, {})
            if side in kinds:
                return [kinds[side], *(name for other, name in kinds.items() if other != side)]
        return []

    def _side(self, mention: Mention | None) -> str:
        if mention is None or mention.ref is None:
            return ""
        if mention.ref not in self._sides:
            actor = self._book.actor(mention.ref)
            self._sides[mention.ref] = None if actor is None else self._lexicon.kinds.get(actor.kind)
        return self._sides[mention.ref] or ""

    def _clause(self, token: Any) -> SeenSentence:
        """Return the cues of the clause around a trigger: what a clause with a subject of its own tells is another deed."""
        top = self._top(token)
        if top not in self._clauses:
            words, cues = self._sentence(token)
            inside = [c for c in cues if self._top(words[c.last].token) == top]
            self._clauses[top] = SeenSentence(words, inside, self._lexicon)
        return self._clauses[top]

    def _top(self, token: Any) -> int:
        """Return the head of the clause that a token stands in."""
        path = []
        for _ in range(MAX_CLIMB):
            if token.i in self._tops or token.head.i == token.i or _heads_clause(token):
                break
            path.append(token.i)
            token = token.head
        top = self._tops.setdefault(token.i, token.i)
        self._tops.update(dict.fromkeys(path, top))
        return top

    def _sentence(self, token: Any) -> tuple[list[Word], list[Cue]]:
        sentence = token.sent
        if sentence.start not in self._sentences:
            words = words_of(sentence)
            actors = {w.token.i: side for w in words if (side := self._side(self._mention(w.token.i)))}
            self._sentences[sentence.start] = (words, find_cues(words, self._lexicon, actors))
        return self._sentences[sentence.start]

    def _mention(self, i: int) -> Mention | None:
        placed = self._index.actors.get(i)
        return placed.mention if placed is not None else None


def _heads_clause(token: Any) -> bool:
    if token.dep_ in ("relcl", "ccomp", "csubj", "parataxis"):
        return True
    return (token.dep_ == "advcl" or (token.dep_ == "conj" and is_verb(token))) and bool(children(token, *SUBJECTS))
