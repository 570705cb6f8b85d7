"""Who publishes: one key for all spellings of an outlet, none for a file that does not say."""

import re
from urllib.parse import urlsplit

from wayout.model import Source
from wayout.text.names import fold_name

_FILE = re.compile(r"(?:-|stdin|.*\.(?:txt|text|md|html?|xhtml|mht|pdf|docx?|rtf|jsonl?|csv|tsv|xml|eml|gz|zip))", re.I)
_NAMELESS = frozenset({"", "unknown", "anonymous", "none", "null", "n a", "unnamed"})


def publisher_of(source: Source) -> str | None:
    """
    Return the key of a publisher, ``None`` where nobody knows who it is.

    Parameters
    ----------
    source
        The source of a document; a reader that was told no outlet puts the file's name there, which names nobody.

    Returns
    -------
    key
        The folded name; the host of the address where there is no name.
    """
    key = fold_name(source.name)
    if key in _NAMELESS or (source.url is None and _FILE.fullmatch(source.name.strip())):
        host = (urlsplit(source.url).hostname or "") if source.url else ""
        return fold_name(host.removeprefix("www.")) or None
    return key
