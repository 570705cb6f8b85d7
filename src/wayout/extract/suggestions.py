"""
Turn a language model's answer into claims: only what the document itself says, in words, is let in.

The model is never believed. A quote must stand in its paragraph; who and where must be names that our own resolver found
there; a deed that the rules have read is left to the rules; what is let in is at most "possible". See
``docs/methods/language-model.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayout.errors import InputError
from wayout.extract.suggesting.form import Suggestion, read_items, read_suggestion
from wayout.extract.suggesting.prompt import MAX_ITEMS, Prompt, prompt_hash
from wayout.extract.suggesting.words import ParagraphWords
from wayout.model import Claim, ClaimId, Mention, Miss, Reading, Span, Step, content_id

STEP_NAME = "extract.language_model"
"""Name of the step in ``made_by``: everything downstream can tell these claims from those of the rules."""
HIGHEST_CERTAINTY = 1.0
"""Possible, on FactBank's scale: below whatever a rule asserts (3) or passes on (2.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggester:
    """Who suggested: the model as the user named it, and the host that was asked."""

    model: str
    endpoint: str

    @property
    def step(self) -> Step:
        """The step that goes into ``made_by``."""
        parameters = (("model", self.model), ("prompt", prompt_hash()), ("endpoint", self.endpoint))
        return Step(name=STEP_NAME, version="1", parameters=parameters)


def check_answer(
    answer: str, prompt: Prompt, reading: Reading, suggester: Suggester
) -> tuple[tuple[Claim, ...], tuple[Miss, ...]]:
    """
    Let in what an answer may say of its paragraph.

    Parameters
    ----------
    answer
        What the model wrote; any string.
    prompt
        What it was asked: items are held against this paragraph only.
    reading
        What the rules found: mentions to resolve by, times, and the claims that are not said twice.
    suggester
        Who suggested.

    Returns
    -------
    claims, misses
        Claims in text order, places not located yet; a miss for the answer, or for each item that was dropped.
    """
    words = ParagraphWords(prompt, reading)
    beginning = " ".join(reading.document.text[prompt.start : prompt.start + 40].split())
    try:
        items = read_items(answer)
    except InputError as error:
        return (), (Miss(what=f"the language model's answer on '{beginning}…'", why=str(error)),)
    found: dict[ClaimId, Claim] = {}
    misses = []
    for item in items[:MAX_ITEMS]:
        try:
            claim = _claim(read_suggestion(item), words, reading, suggester)
        except InputError as error:
            misses.append(Miss(what=f"a suggestion on '{beginning}…'", why=f"{error}; dropped"))
            continue
        found.setdefault(claim.id, claim)
    if len(items) > MAX_ITEMS:
        misses.append(
            Miss(what=f"suggestions on '{beginning}…'", why=f"there were more than {MAX_ITEMS}; the rest was dropped")
        )
    return tuple(sorted(found.values(), key=lambda c: (c.words[0].start, c.id))), tuple(misses)


def add_suggestions(reading: Reading, claims: Sequence[Claim], misses: Sequence[Miss]) -> Reading:
    """Put accepted claims behind those of the rules, and the reasons for what was dropped behind the misses."""
    return replace(reading, claims=(*reading.claims, *claims), misses=(*reading.misses, *misses))


def _claim(item: Suggestion, words: ParagraphWords, reading: Reading, suggester: Suggester) -> Claim:
    quote = words.quote(item.quote, item.char_start, item.char_end)
    trigger = words.trigger(item.trigger, quote)
    if any(own.overlaps(trigger) for claim in reading.claims for own in claim.words):
        raise InputError("the rules have read this deed already")
    sentence = words.sentence(quote)
    words.refuse_other_meaning(item.predicate, trigger, sentence)
    subject = words.actor(item.subject, sentence, "subject") if item.subject else None
    target, thing = _object(item, words, sentence)
    places = tuple(words.place(role, phrase, sentence) for role, phrase in item.places)
    if subject is None and target is None and not places:
        raise InputError("it names no actor and no place")
    named = [m.span for m in (subject, target) if m is not None] + [p.span for p in places]
    key = (item.predicate, trigger.start, subject and subject.ref, target and target.ref)
    return Claim(
        id=ClaimId(content_id("claim", reading.document.id, STEP_NAME, *key)),
        document=reading.document.id,
        predicate=item.predicate,
        subject=subject.ref if subject else None,  # type: ignore[arg-type]
        object=target.ref if target else None,  # type: ignore[arg-type]
        subject_text=subject.text if subject else None,
        object_text=target.text if target else reading.document.quote(thing) if thing else None,
        places=places,
        time=words.time(item.time, sentence) if item.time else None,
        attributed_to=words.source(item.attributed_to, sentence) if item.attributed_to else None,
        modality="hedged",
        mood="possibility",
        certainty=_certainty(words, sentence, reading),
        words=tuple(dict.fromkeys((trigger, *named))),
        evidence=(sentence, *dict.fromkeys(s for s in named if not sentence.contains(s))),
        made_by=suggester.step,
    )


def _object(item: Suggestion, words: ParagraphWords, sentence: Span) -> tuple[Mention | None, Span | None]:
    """Find the object: an actor, or else plain words of the same sentence ("the road")."""
    if item.object is None:
        return None, None
    try:
        return words.actor(item.object, sentence, "object"), None
    except InputError:
        return None, words.thing(item.object, sentence)


def _certainty(words: ParagraphWords, sentence: Span, reading: Reading) -> float:
    """Return at most "possible", nothing in a sentence that denies or asks, and no more than the rules give its claims."""
    if words.is_open(sentence):
        return 0.0
    rules = [abs(c.certainty) for c in reading.claims if c.evidence[0].overlaps(sentence)]
    return min([HIGHEST_CERTAINTY, *rules])
