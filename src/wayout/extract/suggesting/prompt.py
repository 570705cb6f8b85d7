"""What a language model is asked: one paragraph, one schema, no tools; one paragraph cannot speak of another."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from wayout.model import Document, PlaceRole, Predicate
from wayout.vocab import read_vocab

MIN_PARAGRAPH_CHARACTERS = 20
"""Shorter paragraphs (a town and a date, a byline) say nothing of anybody."""
MAX_PARAGRAPH_CHARACTERS = 6_000
"""Longer ones are cut: about 1,500 tokens, which the smallest models still take."""
MAX_ITEMS = 40
"""Items of one paragraph that are looked at; no paragraph says more."""

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """
    One request: what the model is told, and which characters of the document it is told of.

    ``system`` is the same for every paragraph; ``user`` holds the paragraph as a JSON string, so that nothing in it can
    end the quotation.
    """

    start: int
    end: int
    system: str
    user: str


def make_prompts(document: Document) -> Iterator[Prompt]:
    """
    Make one prompt a paragraph.

    Parameters
    ----------
    document
        The document.

    Yields
    ------
    prompt
        In text order. What a paragraph says to the model reaches no other paragraph: each is asked about alone.
    """
    for match in _PARAGRAPH.finditer(document.text):
        for start in range(match.start(), match.end(), MAX_PARAGRAPH_CHARACTERS):
            end = min(start + MAX_PARAGRAPH_CHARACTERS, match.end())
            if end - start >= MIN_PARAGRAPH_CHARACTERS:
                paragraph = document.text[start:end]
                user = json.dumps({"paragraph": paragraph}, ensure_ascii=True)
                yield Prompt(start=start, end=end, system=read_vocab("language_model.yaml")["task"], user=user)


@cache
def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema that answers must follow (the strict subset: every key required, none other allowed)."""
    words = {"type": ["string", "null"]}
    place = _object({"role": {"enum": list(get_args(PlaceRole))}, "phrase": {"type": "string"}})
    item = _object(
        {
            "quote": {"type": "string"},
            "char_start": {"type": "integer"},
            "char_end": {"type": "integer"},
            "predicate": {"enum": [p for p in get_args(Predicate) if p != "other"]},
            "trigger": {"type": "string"},
            "subject": words,
            "object": words,
            "attributed_to": words,
            "places": {"type": "array", "items": place},
            "time": words,
        }
    )
    return _object({"claims": {"type": "array", "items": item}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@cache
def prompt_hash() -> str:
    """Return the first 16 digits of the SHA-256 of the task and the schema: they make an answer what it is."""
    asked = json.dumps([read_vocab("language_model.yaml")["task"], answer_schema()], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:16]
