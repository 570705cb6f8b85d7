"""Fold names so that spellings which differ only in marks, case or punctuation compare equal."""

import re
import unicodedata

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb\u02bf\u02be`\u00b4]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015_/.,]+")


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
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", bare)).strip().casefold()
