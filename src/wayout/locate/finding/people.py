"""Words of a text that name people, told from its full names and titles: "Roe" after "Ann Roe" and "Ms Roe"."""

from collections import Counter
from dataclasses import dataclass

from wayout.locate.finding.text_view import PLACE_LABELS, TextView
from wayout.locate.finding.word_lists import friends, senses
from wayout.locate.gazetteer import Gazetteer

MAX_NAME = 4
"""Words of the longest full name."""


@dataclass(frozen=True, slots=True)
class People:
    """Words that name people of a text: surnames, and what stands before them."""

    surnames: frozenset[str]
    given: frozenset[str]


def people_of(view: TextView, gazetteer: Gazetteer) -> People:
    """Collect the names of a text's people; see :func:`surnames`."""
    last_names = surnames(view, gazetteer)
    return People(last_names, given_names(view, last_names))


def surnames(view: TextView, gazetteer: Gazetteer) -> frozenset[str]:
    """
    Collect the last words of full names: alone, "Campbell" is then the person.

    Parameters
    ----------
    view
        The text.
    gazetteer
        Places of two words ("Jackson County") are no full names though the tagger may say so.

    Returns
    -------
    words
        As written.
    """
    found = set()
    for entity in view.spans:
        last = entity.last - 1
        if entity.label != "PERSON" or entity.last - entity.first < 2 or not view.capital[last]:
            continue
        if view.lower[last].rstrip(".") in _place_words() or view.lower[entity.first] == "the":
            continue
        if not gazetteer.exact(" ".join(view.keys[entity.first : entity.last])):
            found.add(view.words[last])
    return frozenset(found | _titled(view))


def given_names(view: TextView, last_names: frozenset[str]) -> frozenset[str]:
    """Collect the words that stand right before a surname of the text, and open what the tagger takes for a full name."""
    found = {
        view.words[i]
        for i in range(len(view.words) - 1)
        if view.words[i + 1] in last_names
        and view.capital[i]
        and view.gaps[i + 1] == " "
        and view.words[i] not in last_names
    }
    found |= {
        view.words[e.first]
        for e in view.spans
        if e.label == "PERSON"
        and e.last - e.first == 2
        and e.last - 1 < len(view.words)
        and view.words[e.last - 1] in last_names
    }
    return frozenset(found)


def _titled(view: TextView) -> set[str]:
    """Collect what follows "Mr", "Mrs", "Ms", "Dr": no place is called so."""
    found = set()
    for i in range(1, len(view.words)):
        if (
            view.lower[i - 1].rstrip(".") in ("mr", "mrs", "ms", "dr")
            and view.capital[i]
            and view.words[i - 1][0].isupper()
        ):
            last = i
            while last + 1 < min(len(view.words), i + 3) and view.capital[last + 1] and view.gaps[last + 1] == " ":
                last += 1
            found.add(view.words[last])
    return found


def people_by_label(view: TextView) -> frozenset[str]:
    """Collect single words that the tagger takes for a person, or a part of one, more often than for a place."""
    votes: Counter[str] = Counter()
    for entity in view.spans:
        if entity.label == "PERSON" or entity.label in PLACE_LABELS:
            for i in range(entity.first, entity.last):
                votes[view.words[i]] += 1 if entity.label == "PERSON" else -1
    return frozenset(word for word, n in votes.items() if n > 0)


def _place_words() -> frozenset[str]:
    lists = senses()
    return lists["roads"] | lists["buildings"] | lists["features"] | lists["bodies"] | friends()["institutions"]
