"""Small grammar of names in a sentence: articles, plurals, and prepositions before ground."""

import re

from wayout.publish.figures import sentences_file
from wayout.publish.quotes import quotable

_WORD = re.compile(r"[\w\-]+")


def called(name: str) -> str:
    """
    Put an article before a name that needs one in a sentence.

    Examples
    --------
    >>> called("aid convoy"), called("the families"), called("Islamic State"), called("Syrian Democratic Forces")
    ('the aid convoy', 'the families', 'Islamic State', 'the Syrian Democratic Forces')
    """
    return f"the {name}" if needs_article(name) else name


def needs_article(name: str) -> bool:
    """Tell whether a name takes "the": a common noun, or a name made of one ("... Forces", "Government of ...")."""
    words = _words(name)
    if not words or words[0] in ("the", "a", "an"):
        return False
    file = sentences_file()
    nouns = {*file["article_words"], *file["plural_words"]}
    # "Forces-North" still ends in its noun; "Army of X" begins with it.
    ends = {words[0], words[-1], words[-1].split("-")[0]}
    return name == name.lower() or bool(nouns & ends) or bool(nouns & set(words) and "of" in words)


def is_plural(name: str) -> bool:
    """
    Tell whether a name takes a plural verb.

    Examples
    --------
    >>> is_plural("Syrian Democratic Forces"), is_plural("families of Kadugli"), is_plural("Islamic State")
    (True, True, False)
    """
    words = _words(name)
    plural = sentences_file()["plural_words"]
    head = words[: words.index("of")] if "of" in words else words
    return bool(head) and head[-1] in plural


def ground(what: str) -> tuple[str, str]:
    """
    Make a place phrase fit after a preposition, and say which one.

    Parameters
    ----------
    what
        A place phrase: "Idlib", "East of the Euphrates", "the road to Kutum".

    Returns
    -------
    phrase, preposition
        With a noun in front where it has none; ``"at_on"`` or ``"at_in"``, the key of the preposition in the vocabulary.

    Examples
    --------
    >>> ground("East of the river"), ground("the road to Kutum"), ground("Idlib")
    (('the ground east of the river', 'at_in'), ('the road to Kutum', 'at_on'), ('Idlib', 'at_in'))
    """
    file = sentences_file()
    words = _words(what)
    first, rest = what.split(" ", 1) if " " in what else (what, "")
    if rest and words and words[0] in file["ground_starters"]:
        return f"the ground {first.lower()} {rest}", "at_in"
    noun = words[1] if len(words) > 1 and words[0] == "the" else (words[0] if words else "")
    return what, "at_on" if noun in file["lines"] else "at_in"


def source_name(text: str) -> str:
    """
    Write the words for a source as they stand inside a sentence.

    Examples
    --------
    >>> source_name("Residents"), source_name("The army"), source_name("Médecins Sans Frontières")
    ('residents', 'the army', 'Médecins Sans Frontières')
    """
    line = quotable(text)
    first, *rest = line.split(" ")
    name_follows = bool(rest) and rest[0][:1].isupper() and first.lower() not in ("the", "a", "an")
    small = first.lower() in sentences_file()["common_sources"] and not name_follows
    return " ".join((first.lower(), *rest)) if small else line


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]
