"""Walk a text once and stop only at the words a time expression may begin with."""

import re
from collections.abc import Iterator

from wayout.extract.timing.rules import TimeWords

_TOKEN = re.compile(
    r"(?<![\w-])(?<!\d[.,/])(?<![$\u20ac\u00a3#])(?:['\u2019]?\d|[a-z]+)|(?<=\d-)[a-z]{3,}|(?<=\d{4}-)\d(?=\d?/)"
)
_NEXT = re.compile(r"\s?-?['\u2019]?([a-z]+|\d)")
_ARTICLES = frozenset({"the", "a", "an"})


def small_letters(text: str) -> str:
    """Return the text in small letters, every offset kept."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


class Scan:
    """The places of a text where an expression may begin, in order, each tried once."""

    def __init__(self, text: str, words: TimeWords) -> None:
        self._low = small_letters(text)
        self._words = words
        self._at = 0

    def skip_to(self, at: int) -> None:
        """Go on behind an expression that was taken."""
        self._at = at

    def __iter__(self) -> Iterator[re.Match[str]]:
        """Yield what the pattern finds; without ``skip_to`` the words inside are tried too."""
        low, starters, match = self._low, self._words.starters, self._words.pattern.match
        for token in _TOKEN.finditer(low):
            start = token.start()
            if start < self._at:
                continue
            word = token.group()
            if word in _ARTICLES:
                following = _NEXT.match(low, token.end())
                if following is None or not self._may_begin(following.group(1)):
                    continue
            elif word not in starters and not self._may_begin(word):
                continue
            found = match(low, start)
            if found is not None:
                yield found

    def _may_begin(self, word: str) -> bool:
        return (
            word in self._words.starters
            or word[-1].isdigit()
            or (word[-1] == "s" and word[:-1] in self._words.starters)
        )
