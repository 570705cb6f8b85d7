"""Make text from outside fit for a terminal: nothing in it may steer the terminal or hide what it says."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Persian, Urdu and Indic spelling, and emoji, need them; they move nothing."""
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def safe(text: str) -> str:
    r"""
    Replace whatever a terminal would obey or hide, one character for one, so that offsets stay right.

    Parameters
    ----------
    text
        Any string: document text, file names, answers of a server.

    Returns
    -------
    shown
        As long as ``text``: blanks for white space, U+FFFD for control and format characters, lone surrogates and what
        is not assigned.

    Examples
    --------
    >>> safe("a\x1b[31mb\nc\u202ed")
    'a\ufffd[31mb c\ufffdd'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else " " if c.isspace() else "\ufffd" for c in text)


def isolated(text: str) -> str:
    """
    Wrap text that holds right-to-left letters in isolates, so that it does not turn round the words beside it.

    Examples
    --------
    >>> isolated("Kosti")
    'Kosti'
    """
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}" if is_right_to_left(text) else text


def is_right_to_left(text: str) -> bool:
    """Tell whether any letter is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)
