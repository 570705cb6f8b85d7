"""Find the standfirst: the summary under a headline, which extractors lose because it stands outside the body."""

import re
from typing import Any

MIN_KEY_CHARACTERS = 40
"""A shorter description may match by accident."""

MAX_STANDFIRST_CHARACTERS = 1000
"""A longer block that begins like the description is the article, not its summary."""

_KEY_CHARACTERS = 100
_START_CHARACTERS = 15
_HIDDEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "figcaption",
        "head",
        "title",
        "textarea",
        "button",
    }
)
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u"})
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")


def find_standfirst(tree: Any, description: str | None, have: str) -> str | None:
    """
    Find the visible block of a page that begins with the page's own description and is missing from the text.

    Parameters
    ----------
    tree
        lxml tree of the page.
    description
        What the page's metadata give as its summary; may be cut with an ellipsis.
    have
        The text extracted so far.

    Returns
    -------
    standfirst
        The block's words as a reader sees them, or ``None``: no description, not visible, or not missing.
    """
    key = _collapse(_ELLIPSIS.sub("", description or ""))[:_KEY_CHARACTERS]
    if len(key) < MIN_KEY_CHARACTERS or key in _collapse(have):
        return None
    start = key[:_START_CHARACTERS]
    for element in tree.iter():
        text = element.text if isinstance(element.tag, str) else None
        begins = _collapse(text[:2000]) if text else ""
        if not begins or not (begins.startswith(start) or start.startswith(begins)):
            continue
        block = _block_of(element)
        if block is None:
            continue
        words = _collapse("".join(block.itertext()))
        if words.startswith(key) and len(words) <= MAX_STANDFIRST_CHARACTERS:
            return words
    return None


def _block_of(element: Any) -> Any:
    """Climb out of inline tags to the block that holds the words; ``None`` if it is not shown as text."""
    while element.tag in _INLINE and element.getparent() is not None:
        element = element.getparent()
    hidden = element.tag in _HIDDEN or any(a.tag in _HIDDEN for a in element.iterancestors())
    return None if hidden else element


def _collapse(text: str) -> str:
    return " ".join(text.split())
