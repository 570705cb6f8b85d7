"""What speaks for a label at a token: its own word, its neighbours, the word it hangs on. Names of features, by group."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from wayout.extract.tagging.view import NO_FLAG, TIME_FLAG, EntityView, Seen
from wayout.vocab import read_vocab

_CLOSED = frozenset(("DET", "ADP", "PRON", "CCONJ", "SCONJ", "PART", "PUNCT", "AUX"))
"""Parts of speech whose words are few: the word itself tells; of others only the part of speech."""
_INNER = frozenset(("compound", "amod", "nummod", "nmod", "poss", "det", "quantmod"))
_LINKED = _INNER | {"prep", "pobj", "appos", "conj"}
_TYPES = {
    "a": "Organisation",
    "u": "Organisation",
    "d": "Organisation",
    "t": "Organisation",
    "p": "Person",
    "q": "Person",
    "l": "Location",
    "m": "Location",
    "n": "Location",
    "x": "Temporal",
}
_LABEL_TYPES = {
    "MONEY": "Money",
    "CARDINAL": "Quantity",
    "QUANTITY": "Quantity",
    "PERCENT": "Quantity",
    "NORP": "Nationality",
}
Key = tuple[Any, ...]
GROUPS = ("own", "left2", "left", "right", "right2", "pairs", "head")


def keys(view: EntityView) -> Iterator[tuple[Key, ...]]:
    """
    Yield for each token one key a group of ``GROUPS``; equal keys have equal features.

    Parameters
    ----------
    view
        The text.

    Yields
    ------
    keys
        Tuples of numbers and flags; a neighbour beyond the sentence is ``()``.
    """
    tokens, heads = view.tokens, view.heads
    begin = 0
    for end in view.sentence_ends:
        near: list[Key] = [(), (), *((t[0], t[1], t[2], t[3], t[5], t[7], t[8]) for t in tokens[begin:end]), (), ()]
        for i in range(begin, end):
            own, at, head = tokens[i], i - begin + 2, heads[i]
            above = tokens[head]
            left, right = near[at - 1], near[at + 1]
            pairs = (own.pos, own.flag, left[2:4], left[6:], right[2:4], right[6:])
            yield (
                own,
                near[at - 2],
                left,
                right,
                near[at + 2],
                pairs,
                (
                    own.dep,
                    head - i if -2 < head - i < 2 else 2 if head > i else -2,
                    above[0],
                    above[1],
                    above[2],
                    above[7],
                    above[8],
                ),
            )
        begin = end


def features(group: str, key: Key, strings: Any) -> list[str]:
    """
    Name the features of a key.

    Parameters
    ----------
    group
        One of ``GROUPS``.
    key
        As :func:`keys` yields it.
    strings
        spaCy's table of strings.

    Returns
    -------
    names
        In a fixed order.
    """
    if group == "own":
        return _own(Seen(*key), strings)
    if group == "pairs":
        return _pairs(key, strings)
    if group == "head":
        return _head(key, strings)
    return [f"{group}.{name}" for name in _near(key, strings)]


def prior_type(seen: Seen, strings: Any) -> tuple[str, str] | None:
    """
    Tell what the rules say of a token: "B" or "I", and a type.

    Parameters
    ----------
    seen
        The token.
    strings
        spaCy's table of strings.

    Returns
    -------
    said
        ``None`` where the rules say nothing.
    """
    if seen.flag != NO_FLAG:
        return None if seen.flag[1] == TIME_FLAG else (seen.flag[0], _TYPES[seen.flag[1]])
    said = _LABEL_TYPES.get(strings[seen.label]) if seen.label else None
    if said:
        return ("B" if seen.iob == 3 else "I"), said
    classes = word_classes(strings[seen.lower], "")
    if seen.label == 0 and strings[seen.dep].startswith("nsubj"):
        if "pronoun_person" in classes:
            return "B", "Person"
        if "pronoun_group" in classes:
            return "B", "Organisation"
    return None


def mention_type(letter: str) -> str:
    """Return the type of entity that a flag's letter stands for."""
    return _TYPES[letter]


def _own(t: Seen, strings: Any) -> list[str]:
    word, pos, dep = strings[t.lower], strings[t.pos], strings[t.dep]
    shape = strings[t.shape]
    label = strings[t.label] if t.label else ""
    first = shape[:1]
    classes = word_classes(word, strings[t.lemma].lower())
    names = [
        "bias",
        f"word={word}",
        f"end={word[-3:]}",
        f"pos={pos}",
        f"tag={strings[t.tag]}",
        f"dep={dep}",
        f"shape={shape[:5]}",
        f"first={first}",
        f"ner={t.iob}{label}",
        f"flag={t.flag}",
        f"mark={t.flag[0]}{_coarse(t.flag)}",
        f"mark|ner={_coarse(t.flag)}|{label}",
        f"vote={t.vote}",
    ]
    for c in classes or ("none",):
        names += [f"is={c}", f"is|pos={c}|{pos}", f"is|dep={c}|{dep}", f"is|first={c}|{first}"]
    return names


def _near(key: Key, strings: Any) -> list[str]:
    if not key:
        return ["edge"]
    word, pos, shape = strings[key[0]], strings[key[2]], strings[key[4]]
    label = strings[key[5]] if key[5] else ""
    names = [
        f"word={word if pos in _CLOSED else pos}",
        f"tag={strings[key[3]]}",
        f"ner={label}",
        f"mark={key[6][0]}{_coarse(key[6])}",
        f"first={shape[:1]}",
    ]
    return names + [f"is={c}" for c in word_classes(word, strings[key[1]].lower())]


def _pairs(key: Key, strings: Any) -> list[str]:
    pos, flag, left, left_flag, right, right_flag = key
    own, mark = strings[pos], _coarse(flag)
    names = []
    for side, around, its in (("left", left, left_flag), ("right", right, right_flag)):
        if around:
            names.append(f"pos {side}={own}|{strings[around[0]]}")
            names.append(f"mark {side}={mark}|{_coarse(its[0])}|{strings[around[0]]}")
    return names


def _head(key: Key, strings: Any) -> list[str]:
    dep, step = strings[key[0]], key[1]
    pos, mark = strings[key[4]], key[6][0] + _coarse(key[6])
    label = strings[key[5]] if key[5] else ""
    names = [f"head={dep}|{pos}"]
    classes = word_classes(strings[key[2]], strings[key[3]].lower())
    if dep in _LINKED:
        names += [f"head is={dep}|{c}" for c in classes] + [f"head mark={dep}|{mark}"]
    if step == 1 or (dep in _INNER and step > 0):
        names += [f"phrase is={c}" for c in classes] + [f"phrase mark={mark}", f"phrase ner={label}"]
    return names


def _coarse(flag: str) -> str:
    return _TYPES[flag[1]][:3] if flag != NO_FLAG else ""


@lru_cache(maxsize=50_000)
def word_classes(word: str, lemma: str) -> Sequence[str]:
    """
    Tell of which lists of ``entity_words.yaml`` a word is.

    Parameters
    ----------
    word
        In lower case.
    lemma
        Its base form; "" to look up the word alone.

    Returns
    -------
    classes
        Names of lists, sorted.
    """
    lists = _lists()
    return tuple(sorted(lists.get(word, frozenset()) | lists.get(lemma, frozenset())))


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in read_vocab("entity_words.yaml").items():
        for word in () if name.startswith(("time_", "name_")) else words:
            found.setdefault(word.lower(), set()).add(name)
    actors = read_vocab("actor_words.yaml")
    for title in actors["titles"]:
        for word in title.split():
            found.setdefault(word, set()).add("title")
    peoples = [a for row in read_vocab("countries.yaml")["countries"] for a in row["adjectives"]]
    for people in (*peoples, *actors["groups_of_people"]):
        found.setdefault(people.lower(), set()).add("nationality")
    return {word: frozenset(names) for word, names in found.items()}
