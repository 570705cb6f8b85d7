"""Where a text's sentences are, and which of its words are somebody else's: quotations, code, markup."""

import re
from collections.abc import Iterator

_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Maj|Sgt|Capt|Gov|Sen|Rep|Prof|No|vs|etc|approx|ca|cf|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept"
    r"|Oct|Nov|Dec|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|E\.U|U\.K))\.$"
)
_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]?[A-Z0-9\"“‘«\-•*#])|\n\s*\n|\n(?=\s*(?:[-*•#>|]|\d+[.)]\s))")
_QUOTE = re.compile(
    r"“[^“”]*(?:”|$)|«[^«»]*(?:»|$)|„[^“”„]*(?:[“”]|$)|(?<!\w)\"[^\"]*(?:\"|$)|(?<!\w)‘[^‘]*?’(?!\w)|(?<!\w)'(?=\w)[^'\n]{2,200}?(?<=[\w.,!?])'(?!\w)|``.*?(?:''|$)",
    re.S,
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.S)
_MARKUP = re.compile(r"<(script|style|blockquote|q)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.S | re.I)


def without_markup(text: str, *, html: bool) -> str:
    """
    Blank what is no prose of the author's: code, addresses and, in HTML, tags and quotations; every other character keeps its place.

    Parameters
    ----------
    text
        Any text.
    html
        Whether tags are markup; in plain text "<" is a sign like others.
    """
    pattern = [_CODE, _MARKUP] if html else [_CODE]
    for one in pattern:
        text = one.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """
    Cut a text into sentences by its marks and blank lines; a single line end is white space unless an item of a list follows.

    Yields
    ------
    bounds
        Start and end, half open; blank stretches are left out.
    """
    start = 0
    for mark in _END.finditer(text):
        if mark[0].startswith(".") and _ABBREVIATION.search(text, max(start, mark.start() - 12), mark.start() + 1):
            continue
        if text[start : mark.end()].strip():
            yield start, mark.end()
        start = mark.end()
    if text[start:].strip():
        yield start, len(text)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """
    Find quotations; one that is not closed runs to the end of its paragraph, as a quotation over several paragraphs is written.

    Returns
    -------
    bounds
        Start and end of each, half open, in order.
    """
    found = []
    offset = 0
    for paragraph in re.split(r"(\n\s*\n)", text):
        found += [(offset + q.start(), offset + q.end()) for q in _QUOTE.finditer(paragraph)]
        offset += len(paragraph)
    return tuple(found)
