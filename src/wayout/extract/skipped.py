"""What the parser could not be given as it stands, told word for word: nothing is lost silently."""

from typing import Any

from wayout.model import Document, Miss
from wayout.text.english import CUTS
from wayout.text.parsable import MAX_WORD_CHARACTERS, parsable
from wayout.text.sentence_bounds import MAX_SENTENCE_TOKENS

_SHOWN = 40
"""Characters quoted of what was skipped."""
MAX_TOLD = 20
"""Skipped parts told one by one; further ones of a passage are counted."""


def skipped_by_parser(document: Document, parsed: Any) -> tuple[Miss, ...]:
    """
    List what was left out or cut before parsing.

    Parameters
    ----------
    document
        A document or a passage of one.
    parsed
        Its parse.

    Returns
    -------
    misses
        Overlong words, of which only the beginning was read, and sentences that were cut for want of a mark.
    """
    text = document.text
    words = [
        Miss(
            what=f"a word of {end - start + MAX_WORD_CHARACTERS:,} characters ('{text[start - MAX_WORD_CHARACTERS :][:_SHOWN]}…')",
            why=f"only its first {MAX_WORD_CHARACTERS} characters were read",
        )
        for start, end in parsable(text)[1]
    ]
    cuts = [
        Miss(
            what=f"a sentence before '{text[start : start + _SHOWN]}…'",
            why=f"it has no mark within {MAX_SENTENCE_TOKENS} words and was cut here; who does what may be wrong beside the cut",
        )
        for start in parsed.user_data.get(CUTS, ())
    ]
    return (*_bounded(words, "words too long"), *_bounded(cuts, "sentences cut"))


def _bounded(misses: list[Miss], name: str) -> list[Miss]:
    if len(misses) <= MAX_TOLD:
        return misses
    rest = len(misses) - MAX_TOLD
    return [*misses[:MAX_TOLD], Miss(what=f"{rest} more {name}", why=misses[0].why)]
