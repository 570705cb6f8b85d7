"""Which words a claim can be found by: the same on every backend, for we fold and cut them ourselves."""

import re
from collections.abc import Iterable

from wayout.model import Attribution, Claim, Document
from wayout.text.names import fold_name

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 64
"""Characters of a word that count; PostgreSQL takes no lexeme over 2 kB."""
MOST_WORDS = 2_000
"""Different words of one claim that count, in the text's order; PostgreSQL takes no more than 1 MB of them."""


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """
    Cut texts into words.

    Parameters
    ----------
    texts
        In any script. Scripts that put no blanks between words give whole runs.

    Returns
    -------
    words
        Folded as names are, each once, in order of first use; at most :data:`MOST_WORDS`.

    Examples
    --------
    >>> words_of(["Hay\u2019at Tahrir al-Sh\u0101m, Aleppo", "ALEPPO"])
    ('hayat', 'tahrir', 'al', 'sham', 'aleppo')
    """
    found = (word[:LONGEST_WORD] for text in texts for word in WORD.findall(fold_name(text)))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def claim_words(claim: Claim, document: Document) -> tuple[str, ...]:
    """Return the words of a claim: what it rests on, subject, object, place phrases, and who is made to answer for it."""
    texts = [document.quote(span) for span in claim.evidence if span.document == document.id]
    texts += [text for text in (claim.subject_text, claim.object_text) if text]
    texts += [place.phrase for place in claim.places]
    said_by: Attribution | None = claim.attributed_to
    while said_by is not None:
        texts.append(said_by.name)
        said_by = said_by.via
    return words_of(texts)
