"""
What a pattern of a vocabulary file cannot do without.

Most patterns need not be tried on most texts, nor compiled at all: one that needs a word for "border" waits for a text with one.
"""

import re
from collections.abc import Collection, Mapping, Sequence

_OPTIONAL = re.compile(r"\{\w+\}[?*]|\((?:\?[:!]|\?P<\w+>|\?<!|\?<=|\?=)?[^()]*\)[?*]|\(\?<?[!=][^()]*\)")
_CHOICE = re.compile(r"\([^()]*\|[^()]*\)")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?([^()|]*)\)")
_WORD = re.compile(r"\w+")


def needed_slots(pattern: str, slots: Collection[str]) -> frozenset[str]:
    """
    List the slots that any match of a pattern must fill.

    Parameters
    ----------
    pattern
        Regular expression with slots in braces (``{border}``; doubled braces are literal).
    slots
        The slots to look for.

    Returns
    -------
    needed
        Slots outside every optional group, look-around and alternative, which end a word; never too many, perhaps too few.

    Examples
    --------
    >>> sorted(needed_slots("(?:the )?(?:{main} )?{road} (?:to|into) {N}", ("main", "road", "N")))
    ['N', 'road']
    """
    # A slot with more letters right behind it ("{dir}(?:ern)?") does not show as a word of its own.
    text = re.sub(r"\{\w+\}(?=\(\?:\w)", "_", re.sub(r"\\.", "_", pattern)).replace("{{", "<").replace("}}", ">")
    shorter = ""
    while shorter != text:
        # Innermost groups first: what may be absent goes, what must be there loses its brackets.
        shorter, text = text, _CHOICE.sub("", _OPTIONAL.sub("", text))
        if shorter == text:
            text = _GROUP.sub(r"\1", text, count=1)
    if "|" in text or "(" in text:
        return frozenset()
    return frozenset(slot for slot in slots if f"{{{slot}}}" in text)


def first_words(lists: Mapping[str, Sequence[object]]) -> dict[str, frozenset[str]]:
    """
    Map each slot to the words its entries open with; slots with an entry that opens with no word are left out.

    Parameters
    ----------
    lists
        Slot to the words and phrases that fill it.

    Returns
    -------
    openers
        Casefolded.
    """
    found: dict[str, frozenset[str]] = {}
    for slot, entries in lists.items():
        words = [_WORD.match(str(entry).casefold()) for entry in entries]
        if all(words):
            found[slot] = frozenset(word.group() for word in words if word)
    return found


def words_of(text: str) -> frozenset[str]:
    """Collect the words of a text, casefolded."""
    return frozenset(_WORD.findall(text.casefold()))


def absent_slots(openers: Mapping[str, frozenset[str]], words: frozenset[str]) -> frozenset[str]:
    """List the slots that a text of these words cannot fill: a pattern that needs one of them does not fit."""
    return frozenset(slot for slot, first in openers.items() if first.isdisjoint(words))
