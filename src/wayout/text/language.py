"""Guess the language of a text, offline and from the words alone."""

from functools import cache
from typing import Any

SAMPLE_CHARACTERS = 4000
"""Characters looked at: py3langid is near its ceiling from about 500 on (Lui & Baldwin 2012, table 4)."""

MIN_LETTERS = 20
"""Fewer letters than this say nothing: a lone name is "Italian" as easily as "Finnish"."""

MIN_CONFIDENCE = 0.5
"""Below an even chance the honest answer is "unknown"."""

_WRITTEN_AS = {"apc": "ar", "ary": "ar", "arz": "ar"}
"""Spoken varieties that the model tells apart but news is not written in (ISO 639-3 macrolanguage "ara")."""


@cache
def _open_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def guess_language(text: str) -> str | None:
    """
    Guess the language of a text from its first 4,000 characters.

    Parameters
    ----------
    text
        Running text in any script.

    Returns
    -------
    language
        ISO 639-1 code (639-3 where there is none), or ``None`` when the text is too short or the model is in doubt.

    References
    ----------
    Lui and Baldwin (2012), langid.py: an off-the-shelf language identification tool, ACL demo, pp. 25-30.

    Examples
    --------
    >>> guess_language("The convoy waited three days for leave to cross the river.")
    'en'
    >>> guess_language("12.5 %") is None
    True
    """
    sample = text[:SAMPLE_CHARACTERS]
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    confidence: dict[str, float] = {}
    for label, share in _open_identifier().rank(sample):
        language = _WRITTEN_AS.get(label, str(label))
        confidence[language] = confidence.get(language, 0.0) + float(share)
    best = max(confidence, key=lambda language: confidence[language])
    return best if confidence[best] >= MIN_CONFIDENCE else None
