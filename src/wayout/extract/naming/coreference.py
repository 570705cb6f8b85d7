"""Plain nouns and pronouns that stand for an actor named just before: "the group", "the regime", "they"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from wayout.extract.naming.actor_book import UNKNOWN, ActorBook
from wayout.extract.naming.antecedents import Antecedents
from wayout.extract.naming.countries import read_countries
from wayout.extract.naming.name_scan import Scan
from wayout.extract.naming.roles import Grammar, verb_acts
from wayout.extract.tokens import Word, cut_words
from wayout.model.actor import Actor
from wayout.model.document import Document
from wayout.model.mention import Mention, MentionRoute
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

_DEFINITE = frozenset(("the", "this", "these", "those"))
_QUOTE = re.compile("\\s*[\"\u201c\u2018']?\\s*")
_PRONOUNS = ("they", "it")
_MAX_PHRASE = 4
_FORCES = "armed-forces-of-"
_DOMESTIC_SHARE = 0.6
"""A text that gives this share of at least three mentions of countries to one, or that names one only, means its government."""
_CLEARLY_MORE = 2
"""Times as many mentions as the next armed group, that "the survivors" are its."""
_MANY_COUNTRIES = 3
"""Countries named in a text from which on "the army" is not the one army named so far."""
_DOMESTIC_COUNT = 3


def resolve_descriptions(
    document: Document, grammar: Grammar, book: ActorBook, mentions: Sequence[Mention], scan: Scan
) -> tuple[Mention, ...]:
    """
    Resolve definite group nouns, and "they" and "it" as subjects of deeds, to actors named before them.

    Parameters
    ----------
    document
        The document.
    grammar
        Its parse.
    book
        Known actors.
    mentions
        Its named actors in order.
    scan
        Its words, and the countries it speaks of.

    Returns
    -------
    described
        Mentions by route "coreference" (antecedent within two sentences) or "description" (learned from the text, or the
        only country the text is about). Ambiguous nouns give none.
    """
    return tuple(_Reader(document, grammar, book, mentions, scan).read())


class _Reader:
    def __init__(
        self, document: Document, grammar: Grammar, book: ActorBook, mentions: Sequence[Mention], scan: Scan
    ) -> None:
        self.document = document
        self.grammar = grammar
        self.book = book
        self.mentions = mentions
        self.scan = scan
        self.before = Antecedents(grammar, book)
        self.followers = self._learn_followers()
        self.home = _home(scan.countries)

    def read(self) -> Iterator[Mention]:
        """Walk the text once; what is resolved helps what comes after."""
        named = list(self.mentions)
        for start, end, token in self._candidates():
            while named and named[0].span.start < start:
                self.before.add(named.pop(0))
            if any(m.span.start < end and start < m.span.end for m in self.mentions):
                continue
            found = self._resolve(start, end, token)
            if found:
                ref, route = found
                span = self.document.span(start, end)
                mention = Mention(
                    span=span,
                    text=self.document.quote(span),
                    kind="actor",
                    ref=ref,
                    route=route,
                    candidates=self.before.candidates(ref),
                )
                self.before.add(mention)
                yield mention

    def _resolve(self, start: int, end: int, token: Any) -> tuple[str, MentionRoute] | None:
        if token is not None:
            ref = self.before.of_pronoun(token)
            return (ref, "coreference") if ref and not ref.startswith(UNKNOWN) else None
        phrase = " ".join(w.key for w in cut_words(self.document.text[start:end]))
        noun, modifiers = _split(phrase)
        if self.document.text[start].isupper() and self.followers.get(phrase):
            return self.followers[phrase], "description"
        ref = self.before.nearest(start, lambda actor: _describes(noun, modifiers, actor))
        if ref and noun in read_vocab("actor_words.yaml")["national_nouns"] and self.home and not modifiers:
            ref = _FORCES + self.home if self._names_home_forces() else ref
        ref = ref or self._named_so(noun, start)
        if ref:
            return ref, "coreference"
        kind = read_vocab("actor_words.yaml")["domestic_nouns"].get(phrase)
        if self.followers.get(phrase) and not (
            kind and self.home is None and len(self.scan.countries) >= _MANY_COUNTRIES
        ):
            return self.followers[phrase], "description"
        if noun in read_vocab("actor_words.yaml")["lasting_nouns"] and not modifiers - _stances() - _modifiers():
            ref = self._main_armed_group()
            return (ref, "description") if ref else None
        if kind and self.home:
            return f"{'government' if kind == 'state' else 'armed-forces'}-of-{self.home}", "description"
        return None

    def _named_so(self, noun: str, start: int) -> str | None:
        """Return the one actor that the text has called by a ruling noun before: "the Asad regime ... the regime"."""
        if noun not in read_vocab("actor_words.yaml")["ruling_nouns"]:
            return None
        named = {m.ref for m in self.mentions if m.span.end <= start and fold_name(m.text).endswith(f" {noun}")}
        return named.pop() if len(named) == 1 else None

    def _names_home_forces(self) -> bool:
        """Tell whether the text names the forces or the government of the one country it is about."""
        own = {_FORCES + (self.home or ""), f"government-of-{self.home}"}
        return any(m.ref in own for m in self.mentions)

    def _main_armed_group(self) -> str | None:
        """Return the armed group that the text is about: named most, and clearly more than the next."""
        counts: dict[str, int] = {}
        for mention in self.mentions:
            if mention.kind == "actor" and mention.ref and self.book.actor(mention.ref).kind == "non_state_armed_group":
                counts[mention.ref] = counts.get(mention.ref, 0) + 1
        ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        clear = ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY_MORE * ranked[1][1])
        return ranked[0][0] if clear else None

    def _candidates(self) -> list[tuple[int, int, Any]]:
        """Definite noun phrases and subject pronouns, in the order of the text."""
        phrases = [(s, e, None) for s, e in self._phrases()]
        pronouns = [(t.idx, t.idx + len(t.text), t) for t in self.grammar.parsed if _is_acting_pronoun(t)]
        return sorted((*phrases, *pronouns), key=lambda c: c[:2])

    def _phrases(self) -> Iterator[tuple[int, int]]:
        words = self.scan.words
        for i, word in enumerate(words):
            if word.key in _bare_beginnings() and self._is_bare(i):
                yield word.start, words[i + 1].end
                continue
            if word.key not in _DEFINITE:
                continue
            for length in range(_MAX_PHRASE, 0, -1):
                inside = words[i + 1 : i + 1 + length]
                if len(inside) == length and self._is_phrase(word, inside, words[i + 1 + length : i + 2 + length]):
                    yield inside[0].start, inside[-1].end
                    break

    def _is_bare(self, at: int) -> bool:
        """Tell whether "government forces" and the like stand without an article, whose they are being left to the text."""
        two = self.scan.words[at : at + 2]
        plain = len(two) == 2 and two[1].joined and f"{two[0].key} {two[1].key}" in _bare_phrases()
        return plain and (at == 0 or self.scan.words[at - 1].key not in _DEFINITE or not two[0].joined)

    def _is_phrase(self, article: Word, inside: Sequence[Word], after: Sequence[Word]) -> bool:
        noun, modifiers = _split(" ".join(w.key for w in inside))
        if (
            noun not in _nouns()
            and noun not in read_vocab("actor_words.yaml")["lasting_nouns"]
            and not (modifiers & _stances() and noun in _followers())
            and noun not in self.followers
        ):
            return False
        if modifiers - _stances() - _modifiers():
            return False
        if not _QUOTE.fullmatch(self.document.text[article.end : inside[0].start]) or not all(
            w.joined for w in inside[1:]
        ):
            return False
        if after and after[0].joined and (after[0].key in _not_followed() or after[0].text[0].isupper()):
            return False
        head = self.grammar.head(inside[-1].start, inside[-1].end)
        return head is not None and (inside[-1].owns or head.dep_ not in ("compound", "amod", "nmod"))

    def _learn_followers(self) -> Mapping[str, str]:
        """Learn what the text calls an actor: after "Wagner mercenaries", "Baku officials" who "the mercenaries", "the officials" are."""
        learned: dict[str, set[str]] = {}
        text = self.document.text
        starts = {w.start: w for w in self.scan.words}
        for mention in self.mentions:
            gap = _QUOTE.match(text, mention.span.end)
            word = starts.get(gap.end()) if gap and gap.end() > mention.span.end else None
            if mention.kind != "actor" or not mention.ref or mention.ref == "civilians":
                continue
            if word and word.key in (_followers() | _nouns()):
                learned.setdefault(word.key, set()).add(mention.ref)
            parts = cut_words(mention.text)
            if mention.route in ("demonym", "metonym") and len(parts) > 1:
                learned.setdefault(parts[-1].key, set()).add(mention.ref)
            for part in parts if len(parts) > 2 else ():
                if part.key in _organisation_words():
                    learned.setdefault(part.key, set()).add(mention.ref)
        refused = read_vocab("actor_words.yaml")["not_learned"]
        one = {k: next(iter(v)) for k, v in sorted(learned.items()) if len(v) == 1 and k not in refused}
        domestic = read_vocab("actor_words.yaml")["domestic_nouns"]
        return {k: r for k, r in one.items() if not (k in domestic and r.startswith(UNKNOWN))}


def _describes(noun: str, modifiers: frozenset[str], actor: Actor) -> bool:
    """Tell whether a noun with its modifiers can stand for an actor."""
    words = read_vocab("actor_words.yaml")
    own = frozenset(d.casefold() for d in actor.descriptions)
    stances = (modifiers & _stances()) - {"armed", "militant"}
    if stances and not (stances | {s + "s" for s in stances}) & own:
        return False
    if noun in own or (stances and noun in _followers()):
        return True
    if own and noun in words["hostile_nouns"] and own.isdisjoint(_hostile()):
        return False
    kinds = [k for k, nouns in words["group_nouns"].items() if noun in nouns]
    if noun in words["ruling_nouns"]:
        return False
    if noun in words["national_nouns"]:
        return actor.id.startswith(_FORCES)
    if actor.kind == "media":
        return noun in actor.name.casefold().split()
    if noun in words["marked_nouns"]:
        return actor.kind in kinds and (not own or actor.kind in ("state_aligned_militia", "state_force", "state"))
    return actor.kind in kinds


def _split(phrase: str) -> tuple[str, frozenset[str]]:
    """Split a phrase into its longest known noun and the words before it."""
    parts = phrase.split()
    for i in range(len(parts)):
        noun = " ".join(parts[i:])
        if noun in _nouns() or noun in _followers():
            return noun, frozenset(parts[:i])
    return parts[-1], frozenset(parts[:-1])


def _is_acting_pronoun(token: Any) -> bool:
    if token.lower_ not in _PRONOUNS or token.dep_ != "nsubj":
        return False
    head = token.head
    return head.pos_ in ("VERB", "AUX") and verb_acts(head)


def _home(countries: Mapping[str, float]) -> str | None:
    """Return the slug of the one country a text is about."""
    total = sum(countries.values())
    if not total:
        return None
    iso2, count = max(countries.items(), key=lambda c: (c[1], c[0]))
    if count < total and (count < _DOMESTIC_COUNT or count < _DOMESTIC_SHARE * total):
        return None
    return next((c.slug for c in read_countries() if c.iso2 == iso2), None)


@cache
def _nouns() -> frozenset[str]:
    from wayout.extract.naming.actor_file import read_actor_file

    listed = {n for nouns in read_vocab("actor_words.yaml")["group_nouns"].values() for n in nouns}
    own = {d.casefold() for a in read_actor_file().actors if a.kind != "person" for d in a.descriptions}
    return frozenset(listed | own)


@cache
def _hostile() -> frozenset[str]:
    return frozenset(d.casefold() for d in read_vocab("actor_words.yaml")["hostile_descriptions"])


@cache
def _bare_phrases() -> frozenset[str]:
    return frozenset(n for n in read_vocab("actor_words.yaml")["domestic_nouns"] if " " in n)


@cache
def _bare_beginnings() -> frozenset[str]:
    return frozenset(n.split()[0] for n in _bare_phrases())


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["organisation_words"])


@cache
def _stances() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["stance_words"])


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["neutral_modifiers"])


@cache
def _followers() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["follower_nouns"])


@cache
def _not_followed() -> frozenset[str]:
    return frozenset(read_vocab("actor_words.yaml")["not_followed_by"])
