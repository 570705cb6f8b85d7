"""How well a name in Arabic letters and one in Latin letters agree: consonant by consonant, with the vowels between them."""

import re

_ARTICLE = "\u0627\u0644"
_VOWELS = {"\u0627": "a", "\u0622": "a", "\u0648": "u", "\u064a": "i", "\u06cc": "i"}
_SILENT = frozenset("\u0621\u0639\u0647\u0629\u0654\u0640")
"""Hamza, ayn and the final h: Latin spellings write them or not."""
_HEARD = "aiu"
_OPEN_ENDS = frozenset("\u0627\u0647\u0629\u0649\u064a\u0648")
_CONSONANT = re.compile("[^aiu]")
_PAIRS = (("kh", "x"), ("sh", "S"), ("gh", "g"), ("th", "t"), ("dh", "z"), ("ph", "f"))
BY_LENGTH = {2: 0.0, 3: 83.0, 4: 89.0}
"""Likeness (0-100) by the number of consonants that agree, where the vowels cannot be compared: short names prove little."""
MOST = 92.0
ALIGNED = {2: 86.0, 3: 91.0, 4: 93.0}
"""The same where every written vowel stands between its consonants, and nowhere else more than a short one."""
MOST_ALIGNED = 96.0
OTHER_END = 0.5
"""Taken off where one ends in a vowel and the other does not, so that "Bazar" goes before "Bazara"."""
SHORT_ONLY = 86.0
"""Three consonants without any written vowel between them: k-r-k is Karak, Kirik and Kurk."""


def arabic_likeness(arabic: str, sounds: str, length: int) -> float:
    """
    Compare an Arabic and a Latin spelling that share their consonants.

    Parameters
    ----------
    arabic
        Folded.
    sounds
        The Latin name in the letters that its romanisations share, vowels as a, i and u.
    length
        Consonants of the shared skeleton.

    Returns
    -------
    likeness
        0 to 100.

    Examples
    --------
    >>> arabic_likeness("سورداش", "surdash", 4) > arabic_likeness("سورداش", "sirudash", 4)
    True
    """
    one, other = _arabic_slots(arabic), _latin_slots(sounds)
    if len(one) == len(other) and all(map(_agree, one[1:-1], other[1:-1])):
        if length == 3 and not any(one[1:-1]):
            return SHORT_ONLY
        if length > 2 or any(one[1:-1]):
            sure = ALIGNED.get(length, MOST_ALIGNED) if length >= min(ALIGNED) else 0.0
            return sure - OTHER_END * ((arabic[-1] in _OPEN_ENDS) != (sounds[-1:] in _HEARD)) if sure else 0.0
    return by_consonants(length) if _written_vowels_follow(one, sounds) else 0.0


def by_consonants(length: int) -> float:
    """Return the likeness (0-100) of two names that so many consonants agree in, their vowels left out of account."""
    return BY_LENGTH.get(length, MOST) if length >= min(BY_LENGTH) else 0.0


def _agree(written: str, heard: str) -> bool:
    """Tell whether the vowels that Arabic writes at a place are heard there; where it writes none there is at most a short one."""
    if not written:
        return len(heard) < 2
    rest = iter(heard)
    return all(vowel in rest for vowel in written) and len(heard) <= len(written) + 1


def _arabic_slots(arabic: str) -> list[str]:
    """List the written vowels before, between and after the consonants."""
    slots = [""]
    for word in arabic.split():
        last = ""
        for letter in word.removeprefix(_ARTICLE) if len(word) > 4 else word:
            if letter in _VOWELS:
                slots[-1] += _VOWELS[letter]
            elif letter not in _SILENT and letter != last:
                slots.append("")
            last = letter
    return slots


def _latin_slots(sounds: str) -> list[str]:
    for pair, sign in _PAIRS:
        sounds = sounds.replace(pair, sign)
    return _CONSONANT.split(re.sub(r"([^aiu])\1+", r"\1", sounds.replace(" ", "").replace("h", "")))


def _written_vowels_follow(slots: list[str], sounds: str) -> bool:
    """Tell whether the vowels that Arabic writes inside the name follow each other in the Latin reading."""
    heard = iter(letter for letter in sounds if letter in _HEARD)
    return all(vowel in heard for vowel in "".join(slots[1:-1]))
