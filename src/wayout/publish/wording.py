"""Words that the brief's own sentences may use only under conditions, or never."""

import re

from wayout.publish.figures import sentences_file
from wayout.stats.likelihood import likelihood_words

OPEN_OR_CLOSED = re.compile(r"\b(open|closed|shut)\b")
"""Never said of a way that no report speaks of."""
CAN, WILL = re.compile(r"\bcan\b"), re.compile(r"\bwill\b")
"""What is possible and what is expected are never said in one sentence."""


def likelihood_in(bare: str) -> list[str]:
    """
    List the expressions of likelihood in a sentence, longest first, each part of the text counted once.

    Parameters
    ----------
    bare
        The sentence's own words in small letters: without quotations, names and words of records.

    Returns
    -------
    said
        ICD 203 terms and their refused synonyms.
    """
    said = []
    for words in likelihood_words():
        pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
        if re.search(pattern, bare):
            said.append(words)
            bare = re.sub(pattern, " ", bare)
    return said


def refused_in(bare: str) -> str | None:
    """Find an empty hedge or a word of targeting in a sentence's own words, small letters."""
    for words in sentences_file()["refused"]:
        if re.search(rf"\b{re.escape(words)}\b", bare):
            return str(words)
    return None


def may_be_woven(bare: str) -> bool:
    """
    Tell whether a statement of another step may stand inside a sentence of the brief.

    It may not speak of likelihood, confidence, or of what can or will happen: the sentence around it does that.

    Parameters
    ----------
    bare
        The statement's own words in small letters.
    """
    return not (
        likelihood_in(bare) or refused_in(bare) or "confidence" in bare or CAN.search(bare) or WILL.search(bare)
    )
