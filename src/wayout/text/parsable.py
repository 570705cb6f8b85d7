"""Make any string safe to give to a parser, character for character, so that offsets stay those of the text."""

import re

MAX_WORD_CHARACTERS = 400
"""Longest run without a blank that is looked at: no word of a script that parts its words is longer."""

_LONG_RUN = re.compile(rf"\S{{{MAX_WORD_CHARACTERS + 1},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOW_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")


def parsable(text: str) -> tuple[str, list[tuple[int, int]]]:
    """
    Replace what a parser cannot take.

    Parameters
    ----------
    text
        Any string, with NULs and lone surrogates too.

    Returns
    -------
    parsable
        As long as ``text``: lone surrogates are U+FFFD, control characters blanks, and of a run without a blank only the
        first :data:`MAX_WORD_CHARACTERS` characters are left.
    skipped
        Start and end of what was blanked because its run is too long.

    Examples
    --------
    >>> shown, skipped = parsable("a" * 1000 + " fell")
    >>> len(shown), skipped
    (1005, [(400, 1000)])
    """
    skipped: list[tuple[int, int]] = []

    def blank(run: re.Match[str]) -> str:
        start = run.start() + MAX_WORD_CHARACTERS
        skipped.append((start, run.end()))
        return run[0][:MAX_WORD_CHARACTERS] + " " * (run.end() - start)

    text = _LOW_CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text))
    return _LONG_RUN.sub(blank, text), skipped
