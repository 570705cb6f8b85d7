"""Read an answer's form: JSON of the schema and nothing else; whatever is not is refused with its reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from wayout.errors import InputError
from wayout.extract.suggesting.prompt import MAX_ITEMS
from wayout.model import PlaceRole, Predicate

MAX_QUOTE_CHARACTERS = 600
"""A clause; more is a paragraph."""
MAX_PLACES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One item of an answer: strings and numbers of the right kind, nothing of them believed yet."""

    quote: str
    char_start: int
    char_end: int
    predicate: Predicate
    trigger: str
    subject: str | None
    object: str | None
    attributed_to: str | None
    places: tuple[tuple[PlaceRole, str], ...]
    time: str | None


def read_items(answer: str) -> list[Any]:
    """
    Read the items of an answer.

    Parameters
    ----------
    answer
        What the model wrote.

    Returns
    -------
    items
        Values of any kind, at most :data:`MAX_ITEMS` and one more, from which it can be seen that there were too many.

    Raises
    ------
    InputError
        If it is not a JSON object with a list of claims.
    """
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise InputError("the answer is not JSON; use a model and a server that follow a response format") from error
    items = value.get("claims") if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise InputError('the answer has no list "claims"; use a model and a server that follow a response format')
    return items[: MAX_ITEMS + 1]


def read_suggestion(item: Any) -> Suggestion:
    """
    Read one item.

    Parameters
    ----------
    item
        Any JSON value.

    Returns
    -------
    suggestion
        Its fields are of the right types and not too long.

    Raises
    ------
    InputError
        If a field is missing, of another type, empty, or no allowed value.
    """
    if not isinstance(item, dict):
        raise InputError(f"the item is a {type(item).__name__}, not an object")
    predicate = item.get("predicate")
    if not isinstance(predicate, str) or predicate not in get_args(Predicate) or predicate == "other":
        raise InputError("its predicate is none of ours")
    return Suggestion(
        quote=_words(item, "quote"),
        char_start=_number(item, "char_start"),
        char_end=_number(item, "char_end"),
        predicate=cast(Predicate, predicate),
        trigger=_words(item, "trigger"),
        subject=_words_or_none(item, "subject"),
        object=_words_or_none(item, "object"),
        attributed_to=_words_or_none(item, "attributed_to"),
        places=_places(item.get("places")),
        time=_words_or_none(item, "time"),
    )


def _words(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_QUOTE_CHARACTERS:
        raise InputError(f"its {name} is missing, empty or longer than {MAX_QUOTE_CHARACTERS} characters")
    return value


def _words_or_none(item: Mapping[str, Any], name: str) -> str | None:
    return None if item.get(name) is None else _words(item, name)


def _number(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name)
    if type(value) is not int:
        raise InputError(f"its {name} is no whole number")
    return value


def _places(value: Any) -> tuple[tuple[PlaceRole, str], ...]:
    if not isinstance(value, list) or len(value) > MAX_PLACES:
        raise InputError(f"its places are no list of at most {MAX_PLACES}")
    found = []
    for place in value:
        if not isinstance(place, dict) or place.get("role") not in get_args(PlaceRole):
            raise InputError("a place of it has none of our roles")
        found.append((cast(PlaceRole, place["role"]), _words(place, "phrase")))
    return tuple(found)
