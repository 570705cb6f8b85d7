"""Words with their ground: a piece of a sentence together with the spans and records that it rests on."""

from dataclasses import dataclass, field, replace
from typing import Any

from wayout.model import ClaimId, Sentence, Span
from wayout.publish.figures import sentences_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text for a slot of a template, and what it rests on; the fields are those of :class:`wayout.model.Sentence`."""

    text: str
    names: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    computed: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    claims: tuple[ClaimId, ...] = ()
    evidence: tuple[Span, ...] = ()
    likelihood: str | None = None
    p: float | None = field(default=None)


NOTHING = Words(text="")


def fill(key: str, group: str = "sentences", **slots: Words | str) -> Words:
    """
    Fill a template and gather the ground of its slots.

    Parameters
    ----------
    key
        Name of the template in ``vocab/brief_sentences.yaml``.
    group
        Its group there: ``"sentences"``, ``"phrases"``, ``"out"`` or ``"in"``.
    slots
        What goes into it; plain text carries no ground (the question's own words, fixed phrases).

    Returns
    -------
    words
        The filled text with the ground of every slot.
    """
    return fill_text(sentences_file()[group][key], **slots)


def fill_text(template: str, **slots: Words | str) -> Words:
    """Fill a template given as text; see :func:`fill`."""
    parts = {name: slot if isinstance(slot, Words) else Words(text=slot) for name, slot in slots.items()}
    used = [part for name, part in parts.items() if "{" + name + "}" in template]
    chance = next((part for part in used if part.likelihood), NOTHING)
    return Words(
        text=template.format(**{name: part.text for name, part in parts.items()}),
        names=_together(used, "names"),
        computed=_together(used, "computed"),
        records=_together(used, "records"),
        claims=_together(used, "claims"),
        evidence=_together(used, "evidence"),
        likelihood=chance.likelihood,
        p=chance.p,
    )


def join(parts: list[Words], last: str = "and") -> Words:
    """Join pieces as prose does, with all their ground."""
    slots = {f"w{n}": part for n, part in enumerate(parts)}
    keys = ["{" + key + "}" for key in slots]
    text = keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} {last} {keys[-1]}"
    return fill_text(text, **slots)


def sentence(identity: str, role: Any, words: Words) -> Sentence:
    """
    Make a sentence of the brief from filled words: a capital first letter, everything else as it is.

    Parameters
    ----------
    identity
        Id, unique on the page.
    role
        A sentence role of :mod:`wayout.model.brief`.
    words
        The filled template.
    """
    return Sentence(
        id=identity,
        role=role,
        text=words.text[:1].upper() + words.text[1:],
        names=words.names,
        computed=words.computed,
        records=words.records,
        likelihood=words.likelihood,
        p=words.p,
        claims=words.claims,
        evidence=words.evidence,
    )


def resting_on(words: Words, claims: tuple[ClaimId, ...], evidence: tuple[Span, ...]) -> Words:
    """Add the claims and spans that a sentence rests on."""
    return replace(
        words,
        claims=tuple(dict.fromkeys((*words.claims, *claims))),
        evidence=tuple(dict.fromkeys((*words.evidence, *evidence))),
    )


def _together(parts: list[Words], name: str) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in getattr(part, name)))
