"""A parse as plain lists, read out of spaCy once: the rules of attribution walk numbers, not tokens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

MAX_STEPS = 40
"""Steps up a tree before a (broken) parse is given up."""
_COLUMNS = ("LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """
    The tokens of a text, column by column.

    ``head[i]`` is ``i`` at a root. ``left[i]`` and ``right[i]`` are the first and last token of the subtree. ``first`` and
    ``last`` bound the sentence of each token (inclusive). ``spaced`` tells whether a blank follows the token.
    """

    lower: list[str]
    lemma: list[str]
    tag: list[str]
    pos: list[str]
    dep: list[str]
    entity: list[str]
    head: list[int]
    kids: list[list[int]]
    left: list[int]
    right: list[int]
    first: list[int]
    last: list[int]
    spaced: list[bool]

    def under(self, i: int, *deps: str) -> list[int]:
        """Return the children with one of the labels, in order."""
        return [k for k in self.kids[i] if self.dep[k] in deps]

    def above(self, i: int) -> Iterator[int]:
        """Yield the heads above a token, nearest first."""
        for _ in range(MAX_STEPS):
            head = self.head[i]
            if head == i:
                return
            i = head
            yield i

    def is_space(self, i: int) -> bool:
        """Tell whether a token is only white space."""
        return self.tag[i] == "_SP"


def read_tree(parsed: Any) -> Tree:
    """
    Read a spaCy ``Doc`` into plain lists.

    Parameters
    ----------
    parsed
        A parsed ``Doc``.

    Returns
    -------
    tree
        In token order.
    """
    strings = parsed.vocab.strings
    table = parsed.to_array([*_COLUMNS, "SPACY", "HEAD", "SENT_START"])
    known: dict[int, str] = {}
    columns = []
    for n in range(len(_COLUMNS)):
        ids = table[:, n].tolist()
        for each in set(ids):
            if each not in known:
                known[each] = strings[each]
        columns.append([known[each] for each in ids])
    lower, lemma, tag, pos, dep, entity = columns
    head = [i + step for i, step in enumerate(table[:, -2].astype("int64").tolist())]
    left, right = _edges(head)
    first, last = _bounds(table[:, -1].astype("int64").tolist())
    return Tree(
        lower=lower,
        lemma=[word.lower() for word in lemma],
        tag=tag,
        pos=pos,
        dep=dep,
        entity=entity,
        head=head,
        kids=_kids(head),
        left=left,
        right=right,
        first=first,
        last=last,
        spaced=[bool(space) for space in table[:, -3].tolist()],
    )


def with_heads(tree: Tree, moved: Mapping[int, int]) -> Tree:
    """Return the tree with some tokens hung elsewhere."""
    head = [moved.get(i, h) for i, h in enumerate(tree.head)]
    left, right = _edges(head)
    return replace(tree, head=head, kids=_kids(head), left=left, right=right)


def _kids(head: list[int]) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in head]
    for i, h in enumerate(head):
        if h != i:
            kids[h].append(i)
    return kids


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """Find where each subtree begins and ends: leaves hand their bounds up, heads wait for all their children."""
    size = len(head)
    left, right = list(range(size)), list(range(size))
    waiting = [0] * size
    for i, h in enumerate(head):
        if h != i:
            waiting[h] += 1
    ready = [i for i in range(size) if not waiting[i]]
    while ready:
        i = ready.pop()
        h = head[i]
        if h == i:
            continue
        left[h] = min(left[h], left[i])
        right[h] = max(right[h], right[i])
        waiting[h] -= 1
        if not waiting[h]:
            ready.append(h)
    return left, right


def _bounds(starts: list[int]) -> tuple[list[int], list[int]]:
    first, last = [], [0] * len(starts)
    begin = 0
    for i, start in enumerate(starts):
        begin = i if start == 1 else begin
        first.append(begin)
    end = len(starts) - 1
    for i in range(len(starts) - 1, -1, -1):
        last[i] = end
        end = i - 1 if starts[i] == 1 else end
    return first, last
