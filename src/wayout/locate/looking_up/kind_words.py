"""Words that say what kind of place a name is ("Anbar province", "cercle de Mopti"), and what is only called after its name."""

from dataclasses import dataclass
from functools import cache

from wayout.text.names import fold_name
from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of ``place_words.yaml``, folded; ``most`` is the number of words in the longest."""

    kinds: dict[str, tuple[str, ...]]
    sites: frozenset[str]
    parts: frozenset[str]
    joiners: frozenset[str]
    plain: frozenset[str]
    most: int


def split_kind_word(key: str) -> tuple[str, tuple[str, ...]]:
    """
    Split a kind word off a folded name.

    Parameters
    ----------
    key
        Folded name, for example ``"anbar province"``, ``"province of anbar"`` or ``"cercle de mopti"``.

    Returns
    -------
    bare
        The name without the word; ``key`` itself if there is none.
    kinds
        Kinds the word speaks for, best first.

    Examples
    --------
    >>> split_kind_word("province of anbar")
    ('anbar', ('admin1', 'admin2'))
    """
    bare, word = split_word(key)
    return (bare, kind_words().kinds[word]) if word else (key, ())


def split_word(key: str) -> tuple[str, str]:
    """
    Split a kind word off a folded name.

    Returns
    -------
    bare
        The name without the word.
    word
        The word, folded; "" if there is none.
    """
    known = kind_words()
    words = key.split(" ")
    n = len(words)
    for size in range(min(known.most, n - 1), 0, -1):
        word = " ".join(words[n - size :])
        if word in known.kinds:
            return " ".join(words[: n - size]), word
    start = 1 if words[0] == "the" else 0
    for size in range(min(known.most, n - 1 - start), 0, -1):
        word = " ".join(words[start : start + size])
        if word in known.kinds:
            rest = start + size
            while rest < n - 1 and words[rest] in known.joiners:
                rest += 1
            return " ".join(words[rest:]), word
    return key, ""


def without_plain_word(key: str) -> str:
    """Leave out what says only that a name is a settlement's: ``"qaryat baybukht"`` becomes ``"baybukht"``."""
    plain = kind_words().plain
    words = key.split(" ")
    while len(words) > 1 and words[-1] in plain:
        words.pop()
    while len(words) > 1 and words[0] in plain:
        words.pop(0)
    return " ".join(words)


def is_site_word(word: str) -> bool:
    """Tell whether a kind word names a site that bears the name of the town it lies at: an airbase, a checkpoint, a dam."""
    return word in kind_words().sites


def split_part(name: str) -> tuple[str, str, str] | None:
    """
    Split a part of a town or a site in it from the town: "Jobar neighbourhood of Damascus", "hospital in Mekelle".

    Parameters
    ----------
    name
        As written.

    Returns
    -------
    part, word, whole
        The part's own name ("" if it has none), the word that says what it is, and the town's name, all folded; ``None`` if the name
        is not of this form.

    Examples
    --------
    >>> split_part("Jobar neighbourhood of Damascus city")
    ('jobar', 'neighbourhood', 'damascus city')
    """
    known = kind_words()
    words = fold_name(name).split(" ")
    inner = known.parts | known.sites
    for i in range(1, len(words) - 1):
        if words[i] not in ("of", "in", "at", "inside", "within"):
            continue
        for size in range(min(known.most, i), 0, -1):
            word = " ".join(words[i - size : i])
            if word in inner:
                rest = words[i + 1 :]
                rest = rest[1:] if rest[0] == "the" and len(rest) > 1 else rest
                part = words[: i - size]
                part = part[1:] if part[:1] in (["the"], ["a"], ["an"]) else part
                named_itself = not part and word in known.plain  # "village of Kunduru"
                return None if named_itself else (" ".join(part), word, " ".join(rest))
    return None


@cache
def same_sites(word: str) -> tuple[str, ...]:
    """List the words that reports put for a site's word, itself left out: ``"airbase"`` for ``"military airport"``."""
    lines = ([fold_name(other) for other in line] for line in read_vocab("place_words.yaml")["same_sites"])
    return tuple(dict.fromkeys(other for line in lines if word in line for other in line if other != word))


@cache
def kind_words() -> KindWords:
    """Read the kind words once."""
    rules = read_vocab("place_words.yaml")
    kinds = {fold_name(str(word)): tuple(kinds) for word, kinds in rules["kinds"].items()}
    sites, parts, joiners, plain = (
        frozenset(fold_name(word) for word in rules[part]) for part in ("sites", "parts", "joiners", "plain")
    )
    most = max(len(word.split(" ")) for word in kinds)
    return KindWords(kinds=kinds, sites=sites, parts=parts, joiners=joiners, plain=plain, most=most)
