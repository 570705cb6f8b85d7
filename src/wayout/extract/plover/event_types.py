"""Political events in PLOVER's terms: type, trigger, who, to whom, where, and whether it is denied or only meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from wayout.extract.grammar import (
    agent,
    ancestors,
    children,
    hurting,
    is_passive,
    is_verb,
    of_phrase,
    surface_subject,
)
from wayout.extract.mention_index import MentionIndex, Placed
from wayout.extract.plover.lexicon import open_event_lexicon
from wayout.extract.plover.parties import Party, PartyFinder
from wayout.extract.plover.readings import Reader, Reading, depth_of
from wayout.extract.plover.stance import Settler, is_other_side, is_pair, is_with
from wayout.model import EventType, Mention

_RECIPROCAL_CLASSES = frozenset({"talks", "accord", "ties", "truce", "exercise"})
_WHERE = frozenset({"in", "at", "near", "inside", "around", "outside", "on", "along"})
MAX_PLACES = 8
"""Nouns looked at for the place of one event."""
_PEOPLE = frozenset({"people", "captive", "agency", "suspect", "place", "press", "works"})
"""Classes of nouns that may themselves be who it befalls."""
_OWN_DEEDS = frozenset({"DISAPPROVE", "REJECT", "DEMAND", "SUPPORT"})
"""Types whose object is what somebody else did: the doer inside the object is the recipient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverEvent:
    """
    One event: its PLOVER type and who does it to whom.

    ``head`` is the verb (or noun) whose subject acts, ``trigger`` the word that tells the type, ``words`` all token
    indexes of both. ``intent`` is set where the deed is only announced, ``negated`` where it is said not to be done.
    ``deed`` is the type of what is announced, promised or refused, where that differs from ``type``. ``depth`` counts the
    clauses above it: 0 is what the sentence is about.
    """

    type: EventType
    deed: EventType | None = None
    head: Any
    trigger: Any
    words: tuple[int, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Placed | None = None
    negated: bool = False
    intent: bool = False
    depth: float = 0.0


def find_plover_events(parsed: Any, mentions: Sequence[Mention] | MentionIndex) -> tuple[PloverEvent, ...]:
    """
    Find the events of political meaning in a parsed text.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    mentions
        Actors, persons and places, or an index of them.

    Returns
    -------
    events
        In text order. Roles hold the words even where nobody knows whom they name.

    References
    ----------
    Open Event Data Alliance (2016). PLOVER. · Gerner, D., Schrodt, P., Yilmaz, O., Abu-Jabr, R. (2002). CAMEO.
    """
    index = mentions if isinstance(mentions, MentionIndex) else MentionIndex(parsed, mentions)
    return _Finder(parsed, index).find()


class _Finder:
    """Reads one text."""

    def __init__(self, parsed: Any, index: MentionIndex) -> None:
        self._doc = parsed
        self._index = index
        self._lexicon = open_event_lexicon()
        self._reader = Reader(self._lexicon)
        self._parties = PartyFinder(index, self._lexicon)
        self._settler = Settler(parsed, self._lexicon)

    def find(self) -> tuple[PloverEvent, ...]:
        lexicon = self._lexicon
        verbs, nouns = [], []
        wanted = _lemma_keys(self._doc.vocab.strings)
        for token in self._doc:
            if token.lemma not in wanted:
                continue
            kind = token.pos_
            if kind in ("VERB", "AUX"):
                if token.lemma_.lower() in lexicon.verbs and token.dep_ not in ("aux", "auxpass", "amod"):
                    verbs.append(token)
            elif kind == "NOUN" and token.dep_ != "compound" and token.lemma_.lower() in lexicon.nouns:
                nouns.append(token)
        verbs = sorted(((depth_of(v), v.i, v) for v in verbs), key=lambda x: x[:2])
        used: set[int] = set()
        events: list[PloverEvent] = []
        for depth, place, verb in verbs:
            if place in used:
                continue
            reading = self._reader.read(verb)
            if reading is None:
                continue
            used.update(t.i for t in reading.chain)
            if reading.noun is not None:
                used.add(reading.noun.i)
            event = self._event(reading, depth)
            if event is not None:
                events.append(event)
        for noun in nouns:
            if noun.i not in used:
                event = self._nominal(noun, used)
                if event is not None:
                    events.append(event)
        return tuple(sorted(events, key=lambda e: (e.trigger.i, e.type)))

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _event(self, reading: Reading, depth: float) -> PloverEvent | None:
        head = reading.head
        actors = self._actors(reading)
        banned = self._banned(reading, actors)
        things = [n for n in (reading.noun,) if n is not None and reading.noun_class not in _PEOPLE]
        if reading.kind == "MOBILIZE":
            things += children(reading.trigger, "dobj")  # who is mobilised is one's own
        roots = [(t, 0.0) for t in dict.fromkeys((reading.trigger, *reading.chain, *things))]
        passive = self._is_passive(head)
        if passive and agent(head) is None:
            actors = []
        hurt = children(head, "nsubj") or ([head.head] if head.dep_ == "acl" else [])
        if passive and hurt and head.lemma_ in hurting():
            recipients = self._parties.actors(hurt[0])
        elif reading.obliged is not None:
            recipients = self._parties.actors(reading.obliged)
        else:
            recipients = self._parties.recipients(roots, banned, actors)
        actors, recipients = self._mutual(reading, actors, recipients)
        deed = self._settler.settle(reading, actors, recipients)
        kind = self._settler.stance(reading, deed)
        if kind is None:
            return None
        words = tuple(dict.fromkeys((reading.trigger.i, *(t.i for t in reading.chain), *reading.words)))
        return PloverEvent(
            type=kind,
            deed=deed if deed != kind else None,
            head=head,
            trigger=reading.trigger,
            words=words,
            actors=tuple(actors),
            recipients=tuple(recipients),
            place=self._place(reading),
            negated=reading.negated,
            intent=reading.intent,
            depth=depth,
        )

    def _actors(self, reading: Reading) -> list[Party]:
        """Return who acts: the subject of the deed, and where that is a pronoun, of the verb that tells it."""
        for verb in reversed(reading.tellers):
            subject = agent(verb) if self._is_passive(verb) else surface_subject(verb)
            if subject is None:
                continue
            if verb.dep_ in ("acl", "relcl") and subject.lemma_.lower() in self._lexicon.words["told_things"]:
                subject = self._issuer(subject) or subject
            found = self._parties.actors(subject)
            if found and subject.pos_ != "PRON":
                return found
            if found and found[0].mention is not None and len(reading.tellers) == 1:
                return found
        head = reading.tellers[0]
        below = head
        for above in ancestors(head):
            if below.dep_ == "ccomp" and is_verb(above):
                subject = surface_subject(above)
                if subject is not None and subject.pos_ != "PRON":
                    return self._parties.actors(subject)
            below = above
        return []

    def _is_passive(self, verb: Any) -> bool:
        """Tell a passive from a state told by a participle ("is opposed to")."""
        return is_passive(verb) and (verb.lemma_ not in self._lexicon.words["stative"] or agent(verb) is not None)

    def _issuer(self, thing: Any) -> Any | None:
        """Return who issues the statement that demands, or makes the attempt."""
        verb = next((a for a in ancestors(thing) if is_verb(a)), None)
        return surface_subject(verb) if verb is not None and thing.dep_ == "dobj" else None

    def _banned(self, reading: Reading, actors: Sequence[Party]) -> frozenset[int]:
        """Return the words no recipient is sought in: the actor's own phrase, clauses that tell another story."""
        words: set[int] = set()
        for verb in reading.chain:
            if not self._is_passive(verb):
                for subject in children(verb, "nsubj", "nsubjpass"):
                    if verb is not reading.chain[-1] or len(reading.chain) == 1 or reading.fixed is False:
                        words.update(t.i for t in subject.subtree)
            else:
                for by in children(verb, "agent"):
                    words.update(t.i for t in by.subtree)
            for clause in children(verb, "advcl"):
                if any(m.lower_ in self._lexicon.words["other_story"] for m in children(clause, "mark", "advmod")):
                    words.update(t.i for t in clause.subtree)
        words.update(party.token.i for party in actors)
        return frozenset(words - {t.i for t in reading.chain})

    def _mutual(
        self, reading: Reading, actors: list[Party], recipients: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """Let two who meet, agree or clash be actor and recipient both."""
        shared = not reading.fixed and reading.noun_class in _RECIPROCAL_CLASSES
        mutual = shared or reading.lemma in self._lexicon.words["reciprocal"]
        agreed = reading.lemma.startswith("agree") and not any(is_with(r) for r in recipients)
        other = bool(recipients) and is_other_side(recipients[0]) and not agreed
        if mutual and (len(actors) > 1 or is_pair(actors)) and not other:
            return actors, actors
        return actors, recipients

    def _place(self, reading: Reading) -> Placed | None:
        """Return where it happens: the first place after "in", "at" or "near", also inside what it befalls."""
        for verb in reversed(reading.chain):
            for child in (verb, *children(verb, "dobj", "nsubjpass")):
                for noun in _placing_nouns(child):
                    placed = self._index.place_at(noun)
                    if placed is not None:
                        return placed
        return None

    def _sides_of(self, noun: Any, verb: Any | None) -> Any | None:
        """Return A of "fighting broke out between A and B"."""
        subject = verb is not None and noun.dep_ in ("nsubj", "nsubjpass")
        if verb is None or not subject or verb.lemma_ not in self._lexicon.words["breaks_out"]:
            return None
        return of_phrase(verb, "between")

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _nominal(self, noun: Any, used: set[int]) -> PloverEvent | None:
        """Read an event noun that no verb carries: "talks between A and B", "A's attack on B"."""
        verb = next((a for a in ancestors(noun) if is_verb(a)), None)
        if verb is not None and verb.i in used and noun.i > verb.i:
            above = self._reader.read(verb)
            if above is not None and above.kind not in _OWN_DEEDS:
                return None
        reading = self._reader.read_noun(noun)
        if reading is None:
            return None
        down = [f"{verb.lemma_} {c.lower_}" for c in children(verb, "prt")] if verb is not None else []
        ends = verb is not None and noun.dep_ == "nsubj" and {verb.lemma_, *down} & self._lexicon.words["collapse"]
        if ends:
            failed = reading.noun_class in ("talks", "accord")
            reading = replace(reading, kind="REJECT") if failed else reading
        between = of_phrase(noun, "between", "among") or self._sides_of(noun, verb)
        if between is not None:
            both = self._parties.actors(between)
            actors, recipients = both, both
        else:
            doer = of_phrase(noun, "by") or next(
                (c for c in children(noun, "poss", "amod", "compound", "nmod") if self._parties.weight(c) is not None),
                None,
            )
            told = verb is not None and verb.lemma_ in self._lexicon.words["breaks_out"] and noun.dep_ == "nsubj"
            if doer is None and not told:
                return None
            doer = doer or noun
            actors = (
                []
                if doer is noun
                else [self._parties.party(doer, bare=True)]
                if doer.dep_ != "pobj"
                else self._parties.actors(doer)
            )
            inside = frozenset(t.i for t in doer.subtree) if doer is not noun else frozenset()
            recipients = self._parties.recipients([(noun, 0.0)], inside, actors)
        kind = self._settler.stance(reading, self._settler.settle(reading, actors, recipients))
        if kind is None:
            return None
        return PloverEvent(
            type=kind,
            head=noun,
            trigger=noun,
            words=(noun.i, *reading.words),
            actors=tuple(actors),
            recipients=tuple(recipients),
            depth=depth_of(verb if verb is not None else noun) + 0.5,
        )


@lru_cache(maxsize=4)
def _lemma_keys(strings: Any) -> frozenset[int]:
    """Return the numbers of all lemmas that may tell an event, as written, capitalised or shouted: most tokens are none."""
    lexicon = open_event_lexicon()
    forms = {f for w in lexicon.verbs | lexicon.nouns for f in (w, w.capitalize(), w.upper())}
    return frozenset(strings[form] for form in forms)


def _placing_nouns(token: Any) -> list[Any]:
    """List the nouns that may say where: "at a checkpoint in R" gives both, the outer first."""
    found: list[Any] = []
    queue = [token]
    while queue and len(found) < MAX_PLACES:
        for preposition in children(queue.pop(0), "prep"):
            if preposition.lower_ in _WHERE:
                nouns = children(preposition, "pobj")
                found += nouns
                queue += nouns
    return found
