"""Read trigger words as claims: choose the reading whose needs are met, fill roles and places, judge certainty."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from wayout.extract.certainty import Judgement, is_no_longer, judge
from wayout.extract.claiming.drafts import Draft, DraftPlace
from wayout.extract.claiming.frames import Roles, fill_roles
from wayout.extract.claiming.needs import Candidate, satisfied
from wayout.extract.claiming.places import MOTION, PlaceLink, link_places, place_alternative, place_role
from wayout.extract.claiming.triggers import Trigger, find_triggers
from wayout.extract.grammar import ancestors, children, conjuncts, is_verb, noun_phrase
from wayout.extract.lexicon import Entry, Lexicon, open_lexicon
from wayout.extract.mention_index import MentionIndex
from wayout.model import Mention, PlaceRole

_PREVENTING = frozenset({"prevent", "stop", "bar", "block", "prohibit", "ban"})


def find_events(parsed: Any, index: MentionIndex, lexicon: Lexicon) -> list[Draft]:
    """
    Read every trigger of a text.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    index
        Its mentions.
    lexicon
        The trigger lexicon.

    Returns
    -------
    drafts
        One for each trigger and subject; a verb and the event noun it carries count once.
    """
    triggers = find_triggers(parsed, index, lexicon)
    links = link_places(index, triggers, lexicon)
    # A word that makes no claim gives the places it held on to back to the word above it: verbs first, as a noun may
    # stand on their places ("shelling killed people in R").
    for parts in (("verb",), ("verb", "noun", "adjective")):
        triggers = tuple(
            t
            for t in triggers
            if t.entries[0].part not in parts or _read(t, links.get(t.token.i, []), index, lexicon) is not None
        )
        links = link_places(index, triggers, lexicon)
    drafts: list[Draft] = []
    for trigger in triggers:
        candidate = _read(trigger, links.get(trigger.token.i, []), index, lexicon)
        if candidate is not None and not _said_by_verb(candidate, drafts):
            drafts += _drafts(candidate)
    _share_places(drafts)
    return drafts


def _read(trigger: Trigger, links: Sequence[PlaceLink], index: MentionIndex, lexicon: Lexicon) -> Candidate | None:
    """Return the first reading whose needs are met."""
    for entry in trigger.entries:
        roles = fill_roles(trigger, entry, index, lexicon)
        placed = _object_places(trigger, roles, entry, index, links)
        placed += [(_role(link, entry, roles, lexicon), link) for link in links]
        candidate = Candidate(
            trigger=trigger,
            entry=entry,
            roles=roles,
            places=tuple((role, link) for role, link in placed if role is not None),
            index=index,
            lexicon=lexicon,
        )
        if satisfied(candidate):
            return candidate
    return None


def _object_places(
    trigger: Trigger, roles: Roles, entry: Entry, index: MentionIndex, links: Sequence[PlaceLink]
) -> list[tuple[str | None, PlaceLink]]:
    """Return a place in object position that the tree hides: the subject of "R remains encircled"."""
    if roles.object is None or trigger.entries[0].part == "noun":
        return []
    linked = {link.placed.first for link in links if link.function != "nsubj"}
    found: list[tuple[str | None, PlaceLink]] = []
    for part in conjuncts(roles.object):
        placed = index.places.get(part.i)
        if placed is not None and placed.first not in linked:
            link = PlaceLink(
                placed=placed, preposition=None, function="dobj", alternative=place_alternative(placed.root)
            )
            found.append((place_role(replace(link, function="dobj"), entry, open_lexicon()), link))
    return found


def _role(link: PlaceLink, entry: Entry, roles: Roles, lexicon: Lexicon) -> str | None:
    """Give a place its role; where the mover is said to be is where it moves from."""
    role = place_role(link, entry, lexicon)
    if role == "at" and entry.predicate in MOTION and roles.subject is not None:
        holder = roles.subject
        if any(t.i == link.placed.root.i for t in holder.subtree) and link.placed.root.i != holder.i:
            return "from"
    return role


def _said_by_verb(candidate: Candidate, drafts: Sequence[Draft]) -> bool:
    """Tell whether the noun's own verb made the same claim already ("agreed a truce")."""
    noun = candidate.trigger.token
    if candidate.entry.part == "verb":
        return False
    heads = {a.i for a in list(ancestors(noun))[:2]}
    return any(d.token.i in heads and d.predicate == candidate.entry.predicate for d in drafts)


def _drafts(candidate: Candidate) -> Iterator[Draft]:
    trigger, roles = candidate.trigger, candidate.roles
    predicate = candidate.entry.predicate
    stance, blocked = judge(trigger.token), False
    if predicate in candidate.lexicon.words["movement"]:
        stance, blocked = ability(trigger, candidate.lexicon)
    stance = _forced_way(stance, roles.subject, candidate.lexicon)
    if blocked:
        predicate = "cannot_move"
    if predicate == "moves" and roles.subject is None and stance.negated and stance.mood == "intent":
        return
    subjects: list[Mention | None] = [*roles.subjects] or [None]
    if predicate == "shelters" and candidate.entry.part == "noun":
        subjects, roles = _hosts(candidate)
    for subject in subjects[:4]:
        yield Draft(
            predicate=predicate,
            token=trigger.token,
            judgement=stance,
            subject=subject,
            object=next((m for m in roles.objects if subject is None or m.ref != subject.ref), None),
            subject_token=roles.subject,
            object_token=roles.object,
            places=_places(candidate),
            words=trigger.words,
            entry_lemma=candidate.entry.lemma,
        )


def _forced_way(stance: Judgement, word: Any | None, lexicon: Lexicon) -> Judgement:
    """Read "an obligatory direction leads ..." as an obligation."""
    forced = word is not None and any(c.lower_ in lexicon.words["route_forced"] for c in children(word, "amod"))
    return replace(stance, mood="obligation") if forced and stance.mood == "fact" else stance


def _hosts(candidate: Candidate) -> tuple[list[Mention | None], Roles]:
    """Turn "P found refuge with X" into "X shelters P"."""
    old = candidate.roles
    roles = Roles(subject=old.object, object=old.subject, subjects=old.objects, objects=old.subjects)
    return [*roles.subjects] or [None], roles


def ability(trigger: Trigger, lexicon: Lexicon) -> tuple[Judgement, bool]:
    """
    Judge a trigger, and tell whether it is said to be impossible.

    Parameters
    ----------
    trigger
        The trigger.
    lexicon
        The lists of "impossible" and "possible" words.

    Returns
    -------
    judgement, blocked
        For what is impossible the judgement is on the impossibility itself (positive).
    """
    token = trigger.light if trigger.light is not None and trigger.token.dep_ != "nsubjpass" else trigger.token
    stance = judge(trigger.token)
    heads = [token]
    for head in ancestors(token):
        if heads[-1].dep_ == "advcl" and not any(t.lower_ == "to" for t in children(heads[-1], "aux")):
            break
        if heads[-1].dep_ not in ("xcomp", "acomp", "ccomp", "csubj", "advcl", "pcomp", "prep", "acl", "oprd"):
            break
        heads.append(head)
    bar = token if _cannot(token) else next((h for low, h in pairwise(heads) if _bars(h, low, lexicon)), None)
    if bar is None:
        return stance, False
    above = judge(bar)
    mood = above.mood if above.mood in ("question", "inference") or above.conditional else "fact"
    # "Is unable to" holds as surely as its own clause; what follows "unable" no longer matters.
    if _says_no_itself(bar, lexicon):
        return replace(above, mood=mood), True
    return replace(above, value=abs(above.value), negated=False, mood=mood), True


def _says_no_itself(word: Any, lexicon: Lexicon) -> bool:
    """Tell a word that bars by its meaning ("impossible", "prevent") from one that a negation makes bar ("not able")."""
    lemmas = {word.lemma_.lower(), *(c.lemma_.lower() for c in children(word, "acomp", "attr") if word.lemma_ == "be")}
    return bool(lemmas & (lexicon.words["impossible"] | _PREVENTING))


def _cannot(verb: Any) -> bool:
    able = [t for t in children(verb, "aux") if t.lower_ in ("can", "could", "ca")]
    nobody = any(s.lower_ in ("nobody", "none") or children_no(s) for s in children(verb, "nsubj", "nsubjpass"))
    return bool(able and (children(verb, "neg") or nobody))


def children_no(noun: Any) -> bool:
    """Tell whether a noun has "no" before it."""
    return any(c.lower_ == "no" for c in children(noun, "det"))


def _bars(head: Any, lower: Any, lexicon: Lexicon) -> bool:
    """Tell whether a word above a verb says that it cannot be done."""
    lemma = head.lemma_.lower()
    if lemma == "be" and lower.dep_ in ("xcomp", "ccomp", "csubj", "advcl"):
        return any(_bars_here(c, lexicon) for c in children(head, "acomp", "attr"))
    if lower.dep_ not in ("xcomp", "acomp", "pcomp", "prep", "advcl", "acl", "csubj", "ccomp", "oprd"):
        return False
    if lemma in lexicon.words["impossible"]:
        return True
    if lemma in lexicon.words["possible"]:
        return _bars_here(head, lexicon)
    if (
        lemma in ("prevent", "stop", "bar", "block", "prohibit", "ban")
        and lower.dep_ in ("prep", "pcomp")
        and lower.lower_ == "from"
    ):
        return True
    if lemma in ("way", "option", "place", "route", "chance") and lower.dep_ in ("acl", "relcl"):
        return any(c.lower_ == "no" for c in children(head, "det"))
    if lemma == "nowhere":
        return True
    negated = bool(children(head, "neg"))
    return lemma in ("allow", "permit", "let", "manage") and negated


def _bars_here(word: Any, lexicon: Lexicon) -> bool:
    """Tell whether an adjective says no: "impossible", or "possible" under a negation."""
    lemma = word.lemma_.lower()
    if lemma in lexicon.words["impossible"]:
        return True
    if lemma not in lexicon.words["possible"]:
        return False
    over = word.head if is_verb(word.head) else word
    around = (*over.children, *word.children)
    return any(c.dep_ == "neg" or c.lower_ in ("no", "never") or is_no_longer(c) for c in around)


def _places(candidate: Candidate) -> list[DraftPlace]:
    """Turn the linked place phrases, and a bare "the border", into places of the claim."""
    found = []
    linked = [link for _, link in candidate.places]
    for role, link in candidate.places:
        span = link.placed.mention.span
        if _says_where(link, linked):
            continue
        found.append(
            DraftPlace(
                role=role,  # type: ignore[arg-type]
                start=span.start,
                end=span.end,
                alternative=link.alternative,
                placed=link.placed,
            )
        )
    if candidate.entry.predicate in ("seals", "opens", "holds") and candidate.roles.object is not None:
        for part in conjuncts(candidate.roles.object):
            thing = candidate.lexicon.things.get(part.lemma_.lower())
            if thing is None or part.i in candidate.index.places or (found and thing != "border"):
                continue
            start, end = noun_phrase(part)
            if any(
                p.start < end and start < p.end and p.placed is not None and p.placed.first <= part.i <= p.placed.last
                for p in found
            ):
                continue
            found.insert(0, DraftPlace(role=thing, start=start, end=end))  # type: ignore[arg-type]
    return found


def _says_where(link: PlaceLink, others: Sequence[PlaceLink]) -> bool:
    """Tell whether a place only explains another one: "R, the capital of S", "R, in S"."""
    first = link.placed.first
    doc = link.placed.root.doc
    top = link.placed.root
    for _ in range(4):
        if top.dep_ == "appos" or top.head.i == top.i:
            break
        top = top.head
    for other in others:
        if other.placed.last >= first:
            continue
        if top.dep_ == "appos" and other.placed.first <= top.head.i <= other.placed.last:
            return True
        if doc[link.placed.last].lower_ in open_lexicon().words["directions"]:
            continue
        between = [t.lower_ for t in doc[other.placed.last + 1 : first]]
        if between in ([",", "in"], [",", "in", "the"]) and any(map(str.isupper, other.placed.mention.text)):
            return True
    return False


def _share_places(drafts: Sequence[Draft]) -> None:
    """Let a purpose happen where the sending goes: "sent X to R to seal the border" seals in R."""
    for draft in drafts:
        if draft.predicate == "deploys" and not any(p.role == "to" for p in draft.places):
            _share_goal(draft, drafts)
    for draft in drafts:
        if any(p.placed is not None and _is_named(p) for p in draft.places) or draft.judgement.mood != "intent":
            continue
        heads = {a.i for a in ancestors(draft.token)}
        for other in drafts:
            if other is draft or other.token.i not in heads or other.token.sent != draft.token.sent:
                continue
            if other.predicate in ("deploys", "moves", "attacks", "sweeps"):
                draft.places += [replace_role(p) for p in other.places if p.role in ("to", "at")]
                break


def _is_named(place: DraftPlace) -> bool:
    """Tell a named place from a bare "the borders"."""
    return place.placed is not None and any(c.isupper() for c in place.placed.mention.text)


def _share_goal(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Let a sending go where its purpose is: "sent X to conduct an operation in R"."""
    for other in drafts:
        aim = other.judgement.mood == "intent" and other.token.i > draft.token.i
        if aim and any(map(_is_named, other.places)) and draft.token.i in {a.i for a in ancestors(other.token)}:
            draft.places += [replace_role(p, "to") for p in other.places if _is_named(p)]
            return


def replace_role(place: DraftPlace, role: PlaceRole = "at") -> DraftPlace:
    """Return the place in another role."""
    return DraftPlace(role=role, start=place.start, end=place.end, alternative=place.alternative, placed=place.placed)
