"""Characters to clean lines: one form for what looks the same, nothing invisible, no control characters."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Joiners U+200C and U+200D stay: Persian, Urdu and Indic spelling needs them. Direction marks go: they hide words.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BLANKS = re.compile(r"[^\S\n]+")


def tidy_text(text: str) -> str:
    r"""
    Bring a text into the one form that is stored: NFC, ``\\n`` line ends, single blanks, nothing invisible.

    Parameters
    ----------
    text
        Any string, with lone surrogates too.

    Returns
    -------
    tidied
        The same words; idempotent. Lone surrogates and non-characters are gone.

    Examples
    --------
    >>> tidy_text("Al\u00adep\u200bpo\u00a0 fell \r\n today")
    'Aleppo fell\ntoday'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    if not text.isprintable():
        text = "".join(c for c in text if c == "\n" or c.isprintable() or c.isspace() or not _is_unwanted(c))
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip() for line in text.split("\n"))


def _is_unwanted(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cn")
