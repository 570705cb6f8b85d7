"""What must stand beside a trigger word before it counts: "hold" needs a place, "send" a force, "head" a goal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wayout.extract.claiming.frames import Roles
from wayout.extract.claiming.places import PlaceLink, names_border
from wayout.extract.claiming.triggers import Trigger
from wayout.extract.grammar import ancestors, children, conjuncts, is_verb, of_phrase
from wayout.extract.lexicon import Entry, Lexicon
from wayout.extract.mention_index import MentionIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger read by one entry, with its roles and places: what a need is checked on."""

    trigger: Trigger
    entry: Entry
    roles: Roles
    places: tuple[tuple[str, PlaceLink], ...]
    index: MentionIndex
    lexicon: Lexicon

    def has(self, *roles: str) -> bool:
        """Tell whether a place with one of the roles was found (any role if none is given)."""
        return any(not roles or role in roles for role, _ in self.places)

    @property
    def group(self) -> bool:
        """Tell whether an actor (or a noun that stands for one) is the subject."""
        word = self.roles.subject
        they = word is not None and word.lower_ == "they"
        return bool(self.roles.subjects) or they or _is_group(word, self.lexicon)

    @property
    def victim(self) -> bool:
        """Tell whether an actor (or a noun that stands for one) is the object."""
        return bool(self.roles.objects) or _is_group(self.roles.object, self.lexicon)

    @property
    def object_place(self) -> bool:
        """Tell whether a place stands in object position."""
        return any(stands_as_object(link) for _, link in self.places) or (
            self.roles.object is not None and self.index.place_at(self.roles.object) is not None
        )

    @property
    def any_actor(self) -> bool:
        """Tell whether any role is filled by a known actor."""
        return bool(self.roles.subjects or self.roles.objects)

    @property
    def thing(self) -> bool:
        """Tell whether the object is a road, border, region or the like, or a named place."""
        token = self.roles.object
        if token is not None and any(
            part.lemma_.lower() in self.lexicon.things or self.index.place_at(part) for part in conjuncts(token)
        ):
            return True
        if token is not None and token.lower_ in ("it", "them") and self.entry.part == "verb":
            return self.group
        allowed = ("dobj", "nsubjpass", "nsubj") if self.entry.part != "noun" else ("dobj", "compound", "nsubj", "pobj")
        return any(link.function in allowed for _, link in self.places)

    def objects_in(self, words: str) -> bool:
        """Tell whether the object, or what it is of, is one of a word list."""
        token = self.roles.object
        return token is not None and any(_mentions_word(part, self.lexicon.words[words]) for part in conjuncts(token))


def stands_as_object(link: PlaceLink) -> bool:
    """Tell whether a place is the object; the parser takes a bare unknown name after a verb for an adverb."""
    name = link.placed.mention.text[:1].isupper() and link.preposition is None
    return link.function in ("dobj", "nsubjpass") or (name and link.function in ("advmod", "npadvmod", "oprd", "dep"))


def _is_group(token: Any | None, lexicon: Lexicon) -> bool:
    return token is not None and token.lemma_.lower() in lexicon.words["group_nouns"]


def _mentions_word(token: Any, words: frozenset[str]) -> bool:
    if token.lemma_.lower() in words or token.lower_ in words:
        return True
    if any(c.lemma_.lower() in words or c.lower_ in words for c in children(token, "compound", "amod", "nmod")):
        return True
    inner = of_phrase(token, "of")
    return inner is not None and (inner.lemma_.lower() in words or inner.lower_ in words)


_SPEAKERS = frozenset({"i", "you", "he", "she", "who", "someone", "everyone", "anyone", "everybody", "me"})
"""Subjects that are no party unless somebody resolved them."""


def satisfied(candidate: Candidate) -> bool:
    """
    Decide whether a reading has what it needs.

    Parameters
    ----------
    candidate
        Trigger, entry, roles and places.

    Returns
    -------
    ok
        ``False`` means: read the word otherwise, or not at all.
    """
    word = candidate.roles.subject
    if word is not None and not candidate.roles.subjects and word.lower_ in _SPEAKERS and not candidate.victim:
        return False
    return _RULES[candidate.entry.needs](candidate)


def _any(c: Candidate) -> bool:
    """Ask for an actor or a place; "insurgents attacked X" will do where nobody knows the name X."""
    named = c.roles.object is not None and c.roles.object.pos_ == "PROPN"
    return c.any_actor or c.has() or (named and c.group)


def _fall(c: Candidate) -> bool:
    place = c.roles.object is not None and c.index.place_at(c.roles.object) is not None
    return place and not children(c.trigger.token, "dobj")


def _operation(c: Candidate) -> bool:
    military = _mentions_word(
        c.trigger.token, c.lexicon.words["armed_words"] | {"ground", "security", "anti-terror", "combat", "bombing"}
    )
    return (c.any_actor and (military or bool(c.roles.objects) or c.trigger.light is not None)) or (
        military and c.has()
    )


def _armed(c: Candidate) -> bool:
    before = children(c.trigger.token, "amod", "compound", "nmod")
    return (
        _mentions_word(c.trigger.token, c.lexicon.words["armed_words"])
        or (c.has() and any(b.ent_type_ == "NORP" or b.text in c.lexicon.words["adjectival_names"] for b in before))
        or bool(c.roles.objects)
        or (bool(c.roles.subjects) and c.has())
    )


def _send(c: Candidate) -> bool:
    if c.roles.object is None or c.objects_in("aid_words") or c.objects_in("message_words"):
        return False
    return c.victim and (c.has() or bool(c.roles.subjects))


def _route(c: Candidate) -> bool:
    words = c.lexicon.words["route_nouns"] | {"one", "that", "which"}
    return c.roles.subject is not None and c.roles.subject.lemma_.lower() in words and c.has("to", "via")


def _evidence(c: Candidate) -> bool:
    return c.objects_in("evidence_words")


def _message(c: Candidate) -> bool:
    return c.objects_in("message_words") and (
        bool(c.roles.subjects) or c.roles.subject is not None or bool(c.roles.objects)
    )


def _message_in(c: Candidate) -> bool:
    inner = of_phrase(c.trigger.token, "in", "on")
    return bool(c.roles.subjects) and inner is not None and _mentions_word(inner, c.lexicon.words["message_words"])


def _message_actor(c: Candidate) -> bool:
    verb = next((a for a in ancestors(c.trigger.token) if is_verb(a)), None)
    entries = c.lexicon.entries.get(("verb", verb.lemma_), ()) if verb is not None else ()
    if any(e.predicate in ("publishes", "investigates") and e.needs in ("message",) for e in entries):
        return c.trigger.token.dep_ not in ("dobj", "nsubjpass") and c.any_actor
    return c.any_actor


def _aid(c: Candidate) -> bool:
    if c.entry.part == "noun":
        modifiers = children(c.trigger.token, "compound", "amod", "nmod")
        of = of_phrase(c.trigger.token, "of")
        named = any(m.lower_ in c.lexicon.words["aid_words"] for m in modifiers)
        return (named or (of is not None and _mentions_word(of, c.lexicon.words["aid_words"]))) and (
            c.has() or c.any_actor
        )
    return c.objects_in("aid_words") and (c.has() or c.any_actor)


def _aid_subject(c: Candidate) -> bool:
    token = c.roles.subject
    named = token is not None and _mentions_word(token, c.lexicon.words["aid_words"])
    return named and not c.roles.subjects and (c.has("to", "from", "via") or c.object_place)


def _pursued(c: Candidate) -> bool:
    hunted = any(m.kind == "person" for m in c.roles.objects) or bool(c.roles.objects)
    if not hunted:
        return False
    if c.entry.lemma in ("hunt", "hunt down", "pursue", "chase", "track down"):
        return True
    helpers = c.lexicon.words["pursuit_helpers"]
    return any(
        a.lemma_ in helpers | {"seek", "try", "attempt", "want", "vow"} for a in list(ancestors(c.trigger.token))[:3]
    )


def _with_or_place(c: Candidate) -> bool:
    return bool(c.roles.subjects) and bool(c.roles.objects or c.has())


def _compound(c: Candidate) -> bool:
    token = c.trigger.token
    return token.dep_ == "amod" and c.index.place_at(token.head) is not None and "-" in token.text


def _goal(c: Candidate) -> bool:
    """Tell whether a place is reached: by somebody, or by nobody named in "it is not possible to reach R"."""
    token = c.trigger.token
    bare = token.tag_ == "VB" and token.dep_ in ("xcomp", "advcl", "csubj")
    return (c.object_place and (c.roles.subject is not None or bare)) or (
        (bare or c.group) and c.has("from", "via", "to")
    )


_RULES: Mapping[str, Callable[[Candidate], bool]] = {
    "any": _any,
    "besieged": lambda c: _any(c) and not _figurative(c),
    "any_or_thing": lambda c: _any(c) or c.thing,
    "place": lambda c: c.has(),
    "at": lambda c: c.has("at", "border") and (c.any_actor or c.group or c.victim),
    "to": lambda c: c.has("to") and (c.group or c.victim) and (c.roles.object is None or c.object_place or c.victim),
    "goal": _goal,
    "via": lambda c: c.has("via"),
    "group": lambda c: bool(c.roles.subjects) and (bool(c.roles.objects) or c.has()),
    "group_at": lambda c: c.group and c.has("at", "border") and not c.roles.objects,
    "group_to": lambda c: c.group and (c.has("to", "at", "via")),
    "group_place": lambda c: bool(c.roles.subjects) and (c.has() or c.object_place),
    "group_object": lambda c: c.group and bool(c.roles.objects),
    "group_host": lambda c: _is_group(c.roles.object, c.lexicon) and c.group,
    "group_or_place": lambda c: (
        not _hands_on(c) and ((c.group and c.has()) or _bare_motion(c) or c.has("to", "from", "via"))
    ),
    "to_or_from": lambda c: (
        (c.group or c.victim or c.entry.part == "noun" or c.trigger.token.dep_ in ("xcomp", "advcl"))
        and c.has("to", "from", "via")
    ),
    "object_place": lambda c: c.object_place and c.roles.subject is not None,
    "object_place_or_thing": lambda c: (c.object_place or (c.thing and c.group)) and c.roles.subject is not None,
    "place_or_thing": lambda c: c.has("via", "to", "from") or (c.thing and c.group),
    "fall": _fall,
    "operation": _operation,
    "armed": _armed,
    "send": _send,
    "thing": lambda c: c.thing,
    "siege": lambda c: c.objects_in("siege_words"),
    "border": lambda c: any(names_border(link.placed.mention.text) for _, link in c.places),
    "route": _route,
    "road": lambda c: (
        c.roles.object is not None
        and c.roles.object.lemma_.lower() in c.lexicon.words["route_nouns"] | {"line", "access", "artery"}
    ),
    "object_any": lambda c: bool(c.roles.objects) and c.roles.subject is not None,
    "person_object": lambda c: any(m.kind == "person" for m in c.roles.objects) and c.group,
    "with_or_place": _with_or_place,
    "evidence": _evidence,
    "actor": lambda c: c.any_actor,
    "message": _message,
    "message_in": _message_in,
    "message_actor": _message_actor,
    "aid": _aid,
    "aid_object": lambda c: c.objects_in("aid_words") and c.has("to", "at"),
    "aid_subject": _aid_subject,
    "pursued": _pursued,
    "two_groups": lambda c: bool(c.roles.subjects) and bool(c.roles.objects),
    "compound": _compound,
}


def _hands_on(c: Candidate) -> bool:
    """Tell whether "leave" hands something over: "the victory leaves it with R", "left thousands dead in R"."""
    if c.entry.lemma != "leave" or c.entry.part != "verb":
        return False
    token, thing = c.trigger.token, c.roles.object
    if not c.object_place and (c.roles.objects or _is_group(thing, c.lexicon)):
        return True
    pronoun = thing is not None and thing.lower_ in ("it", "them", "him", "her", "us", "me")
    return (
        pronoun
        or bool(children(token, "oprd", "dative"))
        or any(p.lower_ in ("with", "without") and not c.group for p in children(token, "prep"))
    )


def _figurative(c: Candidate) -> bool:
    """Tell whether "surround" hangs on a thing: "the alarm surrounding X's drones"."""
    token = c.trigger.token
    return token.dep_ == "acl" and token.tag_ == "VBG" and not c.index.actors_at(token.head) and not c.object_place


def _leg(c: Candidate) -> bool:
    """Tell whether a verb may be the second leg of a journey ("leads to A to arrive in B")."""
    token = c.trigger.token
    bare = token.dep_ in ("xcomp", "advcl") and token.tag_ == "VB" and c.roles.subject is None
    return bare or _way(c)


def _way(c: Candidate) -> bool:
    word = c.roles.subject
    return word is not None and (
        word.lemma_.lower() in c.lexicon.words["route_nouns"] or word.lower_ in ("one", "that")
    )


def _bare_motion(c: Candidate) -> bool:
    """Tell whether a movement verb needs no place: "they have to flee"."""
    strong = c.entry.lemma in (
        "flee",
        "escape",
        "evacuate",
        "disperse",
        "move away",
        "break out",
        "withdraw",
        "retreat",
        "pull back",
        "pull out",
        "relocate",
        "slip away",
        "get out",
        "fall back",
        "disengage",
    )
    modal = c.trigger.token.tag_ == "VB" or c.trigger.token.dep_ == "pcomp"
    pronoun = c.roles.subject is not None and c.roles.subject.lower_ in ("they", "them")
    return (bool(c.roles.subjects) or pronoun) and (strong or (modal and c.entry.lemma in ("leave", "move")))
