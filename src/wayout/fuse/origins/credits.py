"""Whose text a page carries: the agency credited in a dateline, a byline or at the end."""

import re
from functools import cache

from wayout.fuse.origins.publishers import name_key
from wayout.model import Document
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

HEAD_PARAGRAPHS = 6
"""Title, standfirst, place, date and byline stand in the first paragraphs."""
CREDIT_CHARACTERS = 60
"""A credit is short; a longer paragraph tells something."""
FOOT_CHARACTERS = 240
"""An end credit stands within these last characters of a paragraph."""
_DATELINE = re.compile(
    r"(?:[^\W\d_][\w .,/'\u2019-]{1,60}?,?\s)?(?:[^()]{0,30})?\((?P<name>[^()]{2,40})\)\s?(?:[-\u2013\u2014]{1,2}|:)\s"
)
"""Place, perhaps a day, the agency in brackets, a dash: "TOWN, May 5 (Agency) -"."""
_OPENING = re.compile(r"(?P<name>[^\W\d_][\w .'\u2019-]{1,38}?)\s?(?:[-\u2013\u2014]{1,2}|:)\s")
_END = re.compile(r"[(\[\u2013\u2014-]{1,2}\s?(?P<name>[^()\[\]\u2013\u2014-]{2,40})[)\]]?\s*$")
_DATE = re.compile(r"[\d:,.|/\u2022\u00b7-]+")


def credited_agency(document: Document) -> str | None:
    """
    Return the key of the one agency whose text a document says it carries.

    Only whole credits count: a byline or a short line at the head or foot that is an agency's name, a dateline with its name
    in brackets, its name in brackets or after a dash as the very last words, or its signature. A picture's credit, "the
    outlet and agencies" and two agencies together count as none.

    Parameters
    ----------
    document
        Any document.

    Returns
    -------
    key
        An actor id, or ``None``.
    """
    paragraphs = [p.strip() for p in document.text.split("\n\n") if p.strip()]
    found = [_name(document.byline or "")]
    for paragraph in paragraphs[:HEAD_PARAGRAPHS]:
        opening = _DATELINE.match(paragraph) or _OPENING.match(paragraph)
        found += [_line(paragraph), _name(opening["name"]) if opening else None]
    for paragraph in (p[-FOOT_CHARACTERS:] for p in paragraphs[-2:]):
        end = _END.search(paragraph)
        found += [_line(paragraph), _name(end["name"]) if end else None, _signature(paragraph)]
    agencies = {name for name in found if name is not None}
    return agencies.pop() if len(agencies) == 1 else None


def _line(paragraph: str) -> str | None:
    return _name(paragraph) if len(paragraph) <= CREDIT_CHARACTERS else None


def _name(words: str) -> str | None:
    """Return the key of a known name that stands alone, but for the words of a credit and a date."""
    before, beside = _credit_words()
    folded = before.sub("", fold_name(_DATE.sub(" ", words)).strip(" ():[]"))
    return name_key(folded, known_only=True) or name_key(beside.sub("", folded), known_only=True) if folded else None


def _signature(paragraph: str) -> str | None:
    signed = (key for key, forms in _signatures() if any(f.search(paragraph) for f in forms))
    return next(signed, None)


@cache
def _credit_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = read_vocab("citing.yaml")
    before, beside = ("|".join(sorted(map(re.escape, words[k]), key=len, reverse=True)) for k in ("before", "beside"))
    return re.compile(rf"^(?:(?:{before})[: ]+)+"), re.compile(rf" (?:{beside})\b.*$")


@cache
def _signatures() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    forms = read_vocab("citing.yaml")["signatures"]
    return tuple((key, tuple(re.compile(rf"{f}\s*$", re.IGNORECASE) for f in fs)) for key, fs in sorted(forms.items()))
