"""
Say what kind of thing a piece of news tells, in ACLED's sub-event types (and five more of CASE 2021).

Weighted rules over cues that stand in one sentence, all of them data (``vocab/sub_event_types.yaml``); who acts on whom
comes from the grammar (``sub_event_deeds``). See ``docs/methods/sub_events.md``.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wayout.extract.acled.cues import Cue, Word, find_cues, words_of
from wayout.extract.acled.deeds import depth_of, doers_of, only_speaks
from wayout.extract.acled.lexicon import Rule, SubEventLexicon, open_sub_event_lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class SubEvent:
    """
    What kind of thing is told: ACLED's wording, its event type (``None`` for the five others), and by which words.

    ``score`` is the sum of the rules' weights, ``margin`` what it is above the next type; ``words`` are character
    offsets (start, end) of the cues that spoke for it, in text order.
    """

    type: str
    event_type: str | None
    score: float
    margin: float
    words: tuple[tuple[int, int], ...]


def sub_event_of(parsed: Any, actors: Mapping[int, str] | None = None) -> SubEvent | None:
    """
    Classify a short piece of news.

    Parameters
    ----------
    parsed
        A spaCy ``Doc`` or ``Span``: a snippet, a sentence.
    actors
        Side of a known actor by token index (:func:`sides_by_token`).

    Returns
    -------
    sub_event
        ``None`` where no cue is strong enough.
    """
    lexicon = open_sub_event_lexicon()
    return best_of(_scores(_sentences(parsed), lexicon, actors or {}), lexicon, lexicon.events)


def sides_by_token(parsed: Any, actors: Iterable[tuple[int, int, str]]) -> dict[int, str]:
    """
    Map tokens to sides.

    Parameters
    ----------
    parsed
        The spaCy ``Doc``.
    actors
        Start, end (characters) and actor kind of each mention.

    Returns
    -------
    sides
        By token index; kinds without a side are left out.
    """
    kinds = open_sub_event_lexicon().kinds
    sides: dict[int, str] = {}
    for start, end, kind in actors:
        span = parsed.char_span(start, end, alignment_mode="expand") if kind in kinds else None
        if span is not None:
            sides.update((i, kinds[kind]) for i in range(span.start, span.end))
    return sides


_FAR = 4
"""Sentences after this one count alike."""
Scores = dict[str, tuple[float, list[tuple[int, int]]]]


def _sentences(parsed: Any) -> list[list[Word]]:
    return [words_of(sentence) for sentence in parsed.sents]


class SeenSentence:
    """One sentence (or clause) with its cues by name; tells whether a rule holds in it."""

    def __init__(self, words: Sequence[Word], cues: Sequence[Cue], lexicon: SubEventLexicon) -> None:
        self.words = words
        self.by_name: dict[str, list[Cue]] = {}
        for cue in cues:
            if cue.name not in lexicon.sides or not only_speaks(words[cue.last].token, lexicon.speech):
                self.by_name.setdefault(cue.name, []).append(cue)
        self.sides = [c for c in cues if c.name in lexicon.sides]
        self.lexicon = lexicon
        self._depths: dict[int, int] = {}
        self._doers: dict[Cue, tuple[frozenset[str], frozenset[str]]] = {}

    def holds(self, rule: Rule) -> tuple[float, list[tuple[int, int]]] | None:
        """Return how much a rule counts here and the offsets of the cues that fulfil it; ``None`` if it does not hold."""
        found = []
        for group in rule.cues:
            here = [c for name in sorted(group) for c in self.by_name.get(name, ())]
            if not here:
                return None
            found.append(here)
        if rule.deed is not None:
            deeds = [c for c in self.by_name.get(rule.deed, ()) if self._done(c, rule)]
            if not deeds:
                return None
            found.insert(0, deeds)
        if rule.near is not None and not _near(found, rule.near):
            return None
        chosen = [max(here, key=self.share) for here in found]
        return self.share(chosen[0]), [self._offsets(c) for c in chosen]

    def share(self, cue: Cue) -> float:
        """Return how much a cue counts: less the deeper its clause hangs below what is told."""
        at = self.words[cue.last].token
        if at.i not in self._depths:
            self._depths[at.i] = depth_of(at)
        return self.lexicon.deeper ** self._depths[at.i]

    def _done(self, deed: Cue, rule: Rule) -> bool:
        if deed not in self._doers:
            self._doers[deed] = doers_of(deed, self.words, self.sides)
        who, whom = self._doers[deed]
        return (not rule.who or bool(who & rule.who)) and (not rule.whom or bool(whom & rule.whom))

    def _offsets(self, cue: Cue) -> tuple[int, int]:
        last = self.words[cue.last].token
        return self.words[cue.first].token.idx, last.idx + len(last)


def _scores(sentences: Sequence[Sequence[Word]], lexicon: SubEventLexicon, actors: Mapping[int, str]) -> Scores:
    return score_seen([SeenSentence(words, find_cues(words, lexicon, actors), lexicon) for words in sentences], lexicon)


def score_seen(
    seen: Sequence[SeenSentence], lexicon: SubEventLexicon, allowed: Container[str | None] | None = None
) -> Scores:
    """
    Add up the rules that hold in any of the sentences, each once, where it weighs most.

    Parameters
    ----------
    seen
        Sentences with their cues.
    lexicon
        The rules.
    allowed
        Types that are asked for; ``None`` asks for all.

    Returns
    -------
    scores
        Weight and the character offsets of the cues, by type.
    """
    shares = [lexicon.later ** min(at, _FAR) for at in range(len(seen))]
    named = {name for one in seen for name in one.by_name}
    weights: dict[str, list[float]] = {}
    words: dict[str, list[tuple[int, int]]] = {}
    for rule in lexicon.rules:
        if (allowed is not None and rule.type not in allowed) or not named.isdisjoint(rule.none):
            continue
        if any(named.isdisjoint(group) for group in rule.cues):
            continue
        best = max(
            ((held[0] * share, held[1]) for one, share in zip(seen, shares, strict=True) if (held := one.holds(rule))),
            key=_share,
            default=None,
        )
        if best is not None:
            weights.setdefault(rule.type, []).append(rule.weight * best[0])
            words.setdefault(rule.type, []).extend(best[1])
    return {name: (_sum(held, lexicon.more), words[name]) for name, held in weights.items()}


def _sum(weights: Sequence[float], more: float) -> float:
    return max(weights) * (1 - more) + sum(weights) * more


def _share(item: tuple[float, list[tuple[int, int]]]) -> float:
    return item[0]


def best_of(scores: Scores, lexicon: SubEventLexicon, allowed: Iterable[str | None]) -> SubEvent | None:
    """Return the type of the highest sum among those allowed; ``None`` below the lexicon's least."""
    ranked = sorted(((scores[t][0], t) for t in lexicon.events if t in scores and t in set(allowed)), key=_descending)
    if not ranked or ranked[0][0] < lexicon.least:
        return None
    score, name = ranked[0]
    return SubEvent(
        type=name,
        event_type=lexicon.events[name],
        score=score,
        margin=score - (ranked[1][0] if len(ranked) > 1 else 0.0),
        words=tuple(sorted(set(scores[name][1]))),
    )


def _descending(item: tuple[float, str]) -> float:
    return -item[0]


def _near(groups: Sequence[Sequence[Cue]], reach: int) -> bool:
    """Tell whether the first group has a cue with one of every other group at most ``reach`` words away."""
    return any(
        all(any(abs(c.first - o.first) <= reach and not _same(c, o) for o in others) for others in groups[1:])
        for c in groups[0]
    )


def _same(one: Cue, other: Cue) -> bool:
    """Tell whether two cues share a word: one word is not two cues; a word in the gap of a phrase is ("took R back")."""
    short, long = sorted((one, other), key=_length)
    if long.first < short.first and short.last < long.last:
        return False
    return one.first <= other.last and other.first <= one.last


def _length(cue: Cue) -> int:
    return cue.last - cue.first
