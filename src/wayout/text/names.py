"""Fold names so that spellings which differ only in marks, case or punctuation compare equal."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb\u02bf\u02be`\u00b4]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015_/.,]+")


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """
    Fold a name: no accents, no case, no apostrophes; hyphens and runs of space become one blank.

    Parameters
    ----------
    name
        A name in any script.

    Returns
    -------
    folded
        The comparison key; idempotent.

    Examples
    --------
    >>> fold_name("Hay\u2019at  Tahrir al-Sh\u0101m")
    'hayat tahrir al sham'
    """
    bare = name
    if not name.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", bare)).strip().casefold()
