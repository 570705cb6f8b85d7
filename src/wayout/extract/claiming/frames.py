"""Fill the roles of a trigger: who acts, on whom, from the dependency tree."""

from dataclasses import dataclass, field
from typing import Any

from wayout.extract.claiming.triggers import Trigger
from wayout.extract.grammar import (
    agent,
    ancestors,
    children,
    conjuncts,
    direct_object,
    is_passive,
    is_verb,
    of_phrase,
    surface_subject,
)
from wayout.extract.lexicon import Entry, Lexicon
from wayout.extract.mention_index import MentionIndex
from wayout.model import Mention
from wayout.vocab import read_vocab

_GOERS = frozenset({"moves", "withdraws", "passes", "cannot_move"})
_AGAINST = ("against", "on", "upon", "for", "targeting")


@dataclass(slots=True, kw_only=True)
class Roles:
    """What stands in the subject and object of a trigger: head tokens and the actors they name."""

    subject: Any | None = None
    object: Any | None = None
    subjects: list[Mention] = field(default_factory=list)
    objects: list[Mention] = field(default_factory=list)


def fill_roles(trigger: Trigger, entry: Entry, index: MentionIndex, lexicon: Lexicon) -> Roles:
    """
    Find subject and object of a trigger.

    Parameters
    ----------
    trigger
        The trigger word.
    entry
        The reading of it that is tried.
    index
        Actor mentions by token.
    lexicon
        For the verb lists.

    Returns
    -------
    roles
        Unfilled where the grammar does not say: never guessed from nearness.
    """
    if entry.part == "verb":
        roles = _verb_roles(trigger.token, entry, index, lexicon)
    elif entry.part == "adjective":
        roles = _adjective_roles(trigger.token, entry)
    else:
        roles = _noun_roles(trigger, entry, index, lexicon)
    if (
        roles.object is not None
        and roles.subject is not None
        and roles.object.i == roles.subject.i
        and not roles.objects
    ):
        roles.object = None
    _name(roles, index)
    _symmetric(roles, entry)
    return roles


def _name(roles: Roles, index: MentionIndex) -> None:
    """Look the actors of the role heads up."""
    if roles.subject is not None and not roles.subjects:
        roles.subjects = index.actors_at(roles.subject)
        if not roles.subjects:
            _name_by_speaker(roles, index)
    if roles.object is not None and not roles.objects:
        roles.objects = index.actors_at(roles.object)


def _name_by_speaker(roles: Roles, index: MentionIndex) -> None:
    """Let "they / we" of a reported clause be its speaker, and "its fighters" the fighters of the speaker."""
    word = roles.subject
    if word is None:
        return
    pronoun = word.lower_ in ("they", "we", "it") and word.dep_ in ("nsubj", "nsubjpass")
    pronoun = pronoun and (word.lower_ != "it" or word.head.lemma_ not in ("be", "seem", "appear", "become"))
    owned = is_owned(word)
    if not pronoun and not owned:
        return
    speaker = _speaker(word)
    if speaker is None or speaker.i == word.i or speaker.pos_ not in ("NOUN", "PROPN"):
        return
    plural = speaker.tag_ in ("NNS", "NNPS") or len(conjuncts(speaker)) > 1
    roles.subjects = index.actors_at(speaker)
    if pronoun and not roles.subjects and (plural == (word.lower_ == "they") or word.lower_ == "we"):
        roles.subject = speaker


def is_owned(word: Any) -> bool:
    """Tell whether a noun is somebody's own people or things ("its fighters"), not "its rivals"."""
    others = read_vocab("predicates.yaml")["not_owned"]
    return word.lemma_.lower() not in others and any(
        c.lower_ in ("its", "their", "our") for c in children(word, "poss")
    )


def _speaker(word: Any) -> Any | None:
    """Return the subject of the verb that reports the clause of a word."""
    below = word
    for above in ancestors(word):
        if below.dep_ in ("ccomp", "parataxis") and is_verb(above):
            speaks = above.lemma_.lower() in read_vocab("attribution.yaml")["verbs"]
            return surface_subject(above) if speaks else None
        if below.dep_ in ("relcl", "advcl", "acl"):
            return None
        below = above
    return None


def _symmetric(roles: Roles, entry: Entry) -> None:
    """Split "A and B clash / agree" over subject and object."""
    if entry.predicate in ("clashes", "agrees") and not roles.objects and len(roles.subjects) > 1:
        roles.objects = roles.subjects[1:2]
        roles.subjects = roles.subjects[:1]


def _verb_roles(verb: Any, entry: Entry, index: MentionIndex, lexicon: Lexicon) -> Roles:
    if entry.needs == "fall":
        return Roles(subject=of_phrase(verb, "to", "into"), object=surface_subject(verb))
    if is_passive(verb):
        roles = Roles(subject=agent(verb), object=surface_subject(verb))
        if entry.predicate in _GOERS and roles.object is not None:
            roles = Roles(subject=roles.object)
        return roles
    roles = Roles(subject=controlled_subject(verb, index, lexicon), object=direct_object(verb))
    if entry.predicate == "cannot_move":
        return Roles(subject=roles.object)
    inner = of_phrase(roles.object, "with") if roles.object is not None and entry.predicate == "agrees" else None
    if inner is not None and index.actors_at(inner):
        roles.object = inner
    if roles.object is None or (entry.predicate in ("clashes", "agrees") and not index.actors_at(roles.object)):
        other = of_phrase(verb, "against") or of_phrase(verb, "with", "on")
        if entry.lemma in ("fight", "battle") and other is not None and other.head.lower_ == "with":
            against = any(t.lower_ == "against" and t.i > verb.i for t in verb.sent)
            other = None if against else other
        roles.object = other if other is not None and index.actors_at(other) else roles.object
    if (
        entry.predicate in _GOERS
        and roles.object is not None
        and (index.actors_at(roles.object) or roles.object.lemma_.lower() in lexicon.words["group_nouns"])
        and entry.lemma in ("evacuate", "move", "relocate", "withdraw", "pull out", "turn")
    ):
        return Roles(subject=roles.object)
    return roles


def controlled_subject(verb: Any, index: MentionIndex, lexicon: Lexicon) -> Any | None:
    """
    Return the understood subject of a verb: with "send X to V" it is X, with "X tries to V" it is X.

    Parameters
    ----------
    verb
        The verb.
    index
        Actor mentions by token.
    lexicon
        For the list of verbs that hand their object on.

    Returns
    -------
    subject
        Head token, or ``None``.
    """
    if children(verb, "nsubj", "nsubjpass"):
        return surface_subject(verb)
    infinitive = any(t.lower_ == "to" for t in children(verb, "aux")) or verb.tag_ == "VBG"
    top = verb
    while top.dep_ == "conj" and is_verb(top.head) and not children(top, "nsubj", "nsubjpass"):
        top = top.head
        infinitive = infinitive or any(t.lower_ == "to" for t in children(top, "aux"))
        if children(top, "nsubj", "nsubjpass"):
            return surface_subject(top)
    head = top.head
    if top.dep_ in ("xcomp", "advcl", "ccomp") and is_verb(head) and infinitive:
        return _handed_on(head, lexicon) or (
            controlled_subject(head, index, lexicon) if not is_passive(head) else surface_subject(head)
        )
    if top.dep_ == "pcomp" and head.head.lemma_ in lexicon.words["accuse_verbs"]:
        return surface_subject(head.head) if is_passive(head.head) else direct_object(head.head)
    if top.dep_ == "pcomp" and head.lower_ == "from" and is_verb(head.head):
        return _handed_on(head.head, lexicon) or surface_subject(head.head)
    if top.dep_ == "xcomp" and head.pos_ == "ADJ":
        return _for_whom(head) or surface_subject(head.head) if is_verb(head.head) else None
    if top.dep_ in ("acl", "relcl") and infinitive and not is_verb(head):
        return _infinitive_on_noun(head, index, lexicon)
    return surface_subject(top)


def _handed_on(head: Any, lexicon: Lexicon) -> Any | None:
    """Return the object (or passive subject) of "send / force / prevent X"."""
    if head.lemma_ not in lexicon.words["send_verbs"]:
        return _for_whom(head)
    if is_passive(head):
        return surface_subject(head)
    return direct_object(head)


def _for_whom(head: Any) -> Any | None:
    """Return X of "it is impossible for X to V" and of "For X, it is impossible to V"."""
    for token in (head, head.head):
        for preposition in children(token, "prep", "mark"):
            if preposition.lower_ == "for":
                for noun in children(preposition, "pobj"):
                    if noun.pos_ in ("NOUN", "PROPN", "PRON") and noun.lemma_ not in (
                        "moment",
                        "time",
                        "now",
                        "example",
                    ):
                        return noun
    return None


def _infinitive_on_noun(noun: Any, index: MentionIndex, lexicon: Lexicon) -> Any | None:
    """Return who is to V in "sent four brigades to V", "international efforts to V", "an order to V"."""
    verb = next((a for a in ancestors(noun) if is_verb(a)), None)
    if index.actor_at(noun) is not None or noun.lemma_ in lexicon.words["group_nouns"]:
        return noun
    if verb is not None and verb.lemma_ in lexicon.words["send_verbs"] and noun.dep_ == "dobj":
        return noun
    for modifier in children(noun, "poss", "compound", "amod", "nmod"):
        if index.actor_at(modifier) is not None:
            return modifier
    own = lexicon.words["light_verbs"] | {"have", "get", "receive", "intensify", "join", "back"}
    if verb is not None and noun.dep_ in ("dobj", "pobj") and verb.lemma_ in own:
        return surface_subject(verb)
    return None


def _adjective_roles(token: Any, entry: Entry) -> Roles:
    """Find what a state adjective is said of: the noun it modifies, or the subject of its copula."""
    if token.dep_ == "amod" or (token.dep_ == "amod" and not is_verb(token.head)):
        holder = token.head
    else:
        verb = next((a for a in ancestors(token) if is_verb(a)), None) if not is_verb(token) else token
        holder = surface_subject(verb) if verb is not None else None
        if token.head.pos_ in ("NOUN", "PROPN") and token.dep_ != "acomp":
            holder = token.head
    by = agent(token)
    keeper = next((a for a in ancestors(token) if is_verb(a)), None)
    if (
        by is None
        and keeper is not None
        and keeper.lemma_ in ("keep", "leave", "hold", "render")
        and token.i > keeper.i
    ):
        by, holder = surface_subject(keeper), direct_object(keeper) or holder
        if holder is not None and holder.i == token.i:
            holder = next(iter(children(token, "compound", "nmod")[-1:]), None)
    if entry.predicate in ("seals", "opens", "besieges", "displaced"):
        return Roles(subject=by, object=holder)
    return Roles(subject=holder)


def _noun_roles(trigger: Trigger, entry: Entry, index: MentionIndex, lexicon: Lexicon) -> Roles:
    noun, light = trigger.token, trigger.light
    roles = Roles(subject=of_phrase(noun, "by"), object=of_phrase(noun, *_AGAINST))
    between = of_phrase(noun, "between")
    if between is not None and index.actors_at(between):
        pair = index.actors_at(between)
        second = next((t for t in conjuncts(between)[1:] if index.actor_at(t) is not None), between)
        return Roles(subject=between, object=second, subjects=pair[:1], objects=pair[1:2])
    if light is not None:
        _light_roles(roles, noun, light, index, lexicon)
    if roles.object is None or not index.actors_at(roles.object):
        roles.object = _clause_object(noun, light, index, lexicon) or roles.object
    if roles.subject is None:
        roles.subject = _modifier(noun, index)
    of = of_phrase(noun, "of")
    if of is not None and entry.of in ("subject", "object") and index.actors_at(of):
        if entry.of == "subject" and (roles.subject is None or not index.actors_at(roles.subject)):
            roles.subject = of
        elif entry.of == "object" and roles.object is None:
            roles.object = of
    if of is not None and entry.of in ("object", "place") and roles.object is None:
        roles.object = of
    if entry.predicate in ("clashes", "agrees", "shelters") and roles.object is None:
        roles.object = of_phrase(noun, "with") or (of_phrase(light, "with") if light is not None else None)
    return roles


def _light_roles(roles: Roles, noun: Any, light: Any, index: MentionIndex, lexicon: Lexicon) -> None:
    """Take subject or victim from the verb that carries the noun."""
    if (light.dep_ == "acl" and light.head.i == noun.i) or is_passive(light):
        roles.subject = agent(light) or roles.subject
    elif light.lemma_ in lexicon.words["passive_light_verbs"] or of_phrase(light, "under") is not None:
        roles.object = roles.object or surface_subject(light)
    else:
        roles.subject = controlled_subject(light, index, lexicon) or roles.subject


def _clause_object(noun: Any, light: Any | None, index: MentionIndex, lexicon: Lexicon) -> Any | None:
    """Find "against X" that the parser hung on the verb, "targeting X", and "For X, there is a danger of ..."."""
    verb = light or next((a for a in ancestors(noun) if is_verb(a)), None)
    for participle in children(noun, "acl"):
        if participle.lemma_ in ("target", "involve", "hit") and direct_object(participle) is not None:
            return direct_object(participle)
    if noun.dep_ == "nsubj" and is_verb(noun.head) and noun.head.lemma_ in lexicon.words["impact_verbs"]:
        return direct_object(noun.head)
    endangered = _endangered(noun)
    if endangered is not None and index.actors_at(endangered):
        return endangered
    if verb is None:
        return None
    against = of_phrase(verb, "against", "targeting")
    if against is not None and index.actors_at(against):
        return against
    for top in (verb, *(a for a in ancestors(noun) if a.dep_ == "ROOT")):
        whom = _for_whom(top)
        if whom is not None and whom.head.i < noun.i and index.actors_at(whom):
            return whom
    return None


def _endangered(noun: Any) -> Any | None:
    """Return X of "For X, there is a growing danger of an offensive"."""
    sentence = noun.sent
    words = [t for t in sentence if not t.is_space]
    dangers = read_vocab("certainty.yaml")["complements"]["possibility"]["lemmas"]
    if not words or words[0].lower_ != "for" or not any(t.lemma_.lower() in dangers for t in words if t.i < noun.i):
        return None
    return next(iter(children(words[0], "pobj")), None)


def _modifier(noun: Any, index: MentionIndex) -> Any | None:
    """Return the actor in front of an event noun: "a Syrian army offensive", "their withdrawal"."""
    for part in (noun, *(c for c in conjuncts(noun) if c.i < noun.i)):
        for child in children(part, "poss", "compound", "amod", "nmod"):
            if index.actor_at(child) is not None:
                return child
    left = noun.i - 1
    while left > noun.sent.start and noun.doc[left].text in (")", "-", "\u2019s", "'s"):
        left -= 1
    beside = index.actors.get(left)
    return beside.root if beside is not None and beside.root.sent == noun.sent else None
