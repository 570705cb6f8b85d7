"""A web page's headline without what the site hangs on it: its own name, section or date."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from wayout.text.names import fold_name

_BAR = re.compile(r"\s+(?:[|│‖•·]|::|»|«)\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_SEPARATOR_START = re.compile(r"\s*(?:[|│‖•·»«–—:]|\s-\s|::)")
_FIRST_PARAGRAPHS = 4


def clean_headline(title: str | None, paragraphs: Sequence[str], site: str | None, url: str | None) -> str | None:
    """
    Clean a page's title.

    Parameters
    ----------
    title
        From the page's metadata.
    paragraphs
        The extracted text; its first lines may repeat the bare headline.
    site, url
        The site's name and the page's address, for recognising the site's name behind a dash.

    Returns
    -------
    headline
        What is left, or ``None``.

    Examples
    --------
    >>> clean_headline("Bridge reopens at Malakal - The Daily Example", [], "The Daily Example", None)
    'Bridge reopens at Malakal'
    >>> clean_headline("Talks in Geneva - a last chance", [], "The Daily Example", None)
    'Talks in Geneva - a last chance'
    """
    if not title or not title.strip():
        return None
    title = " ".join(title.split())
    for paragraph in paragraphs[:_FIRST_PARAGRAPHS]:
        line = " ".join(paragraph.split())
        if line and title.startswith(line) and _SEPARATOR_START.match(title[len(line) :]):
            return line
    # Headlines hardly ever hold a bar; what sites put beside one is shorter than the headline.
    title = max(_BAR.split(title), key=len)
    names = {fold_name(n) for n in _site_names(site, url)}
    *head, tail = _DASH.split(title)
    if head and fold_name(tail) in names:
        title = title[: title.rindex(tail)].rstrip(" -–—")
    return title or None


def _site_names(site: str | None, url: str | None) -> list[str]:
    names = [site] if site else []
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        host = ""
    if host:
        bare = host.removeprefix("www.")
        names += [host, bare, bare.rpartition(".")[0], bare.split(".")[0]]
    return [n for n in names if n]
