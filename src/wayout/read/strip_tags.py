"""The plainest reading of HTML: no tree, one pass, so that no page is too deep or too broken for it."""

import html

_CODE = frozenset(["script", "style", "template", "svg", "math", "title"])
_FRAME = frozenset(
    [
        "noscript",
        "head",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "object",
        "video",
        "audio",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_MIN_PROSE_CHARACTERS = 60
"""A menu entry is shorter, a sentence of a report longer."""


def strip_tags(markup: str) -> list[str]:
    """
    Take the text between tags, one paragraph a block, leaving out navigation, scripts and forms.

    Blocks that look like prose are preferred; if there are none, all blocks are given.

    Parameters
    ----------
    markup
        HTML of any quality; time grows linearly with its length.

    Returns
    -------
    paragraphs
        Unescaped text, not yet tidied; may be empty.

    Examples
    --------
    >>> strip_tags("<nav>Home</nav><div><b>Two</b> roads<br>are open</div>")
    ['Two roads', 'are open']
    """
    # A page that never closes its <head> or <nav> would fall silent: then only code is left out.
    for silent in (_CODE | _FRAME, _CODE):
        blocks = [b for b in (" ".join(html.unescape(b).split()) for b in _blocks(markup, silent)) if b]
        if any(c.isalpha() for b in blocks for c in b):
            break
    prose = [b for b in blocks if len(b) >= _MIN_PROSE_CHARACTERS]
    return prose or blocks


def _blocks(markup: str, silenced: frozenset[str]) -> list[str]:
    blocks: list[str] = []
    words: list[str] = []
    silent, in_comment = "", False
    first, *rest = markup.split("<")
    words.append(first)
    for piece in rest:
        if in_comment or piece.startswith("!--"):
            in_comment = "-->" not in piece
            words.append("" if in_comment or silent else piece.partition("-->")[2])
            continue
        tag, closed, text = piece.partition(">")
        name, closing = _tag_name(tag)
        if not name:
            # A lone "<" is a sign in the text, as in "fewer than < 5".
            words.append("" if silent else f"<{piece}")
            continue
        text = text if closed else ""
        if silent:
            silent = "" if closing and name == silent else silent
        elif name in silenced and not closing and not tag.endswith("/"):
            silent = name
        if name not in _INLINE and words:
            blocks.append("".join(words))
            words = []
        if not silent and text:
            words.append(text)
    blocks.append("".join(words))
    return blocks


def _tag_name(tag: str) -> tuple[str, bool]:
    """Split what stands between angle brackets into the tag's name ("" if it is none) and whether it closes one."""
    closing = tag.startswith("/")
    parts = tag.strip("/ \t\n\r").split(None, 1)
    name = parts[0].lower() if parts else ""
    return (name if name[:1].isalpha() or name[:1] in ("!", "?") else ""), closing
