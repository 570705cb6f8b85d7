"""Near-copies and excerpts among known documents: the same whatever the order in which they came."""

from collections.abc import Iterable, Sequence

import numpy as np

from wayout.fuse.origins.links import EchoEntry, EchoLink
from wayout.fuse.origins.shingles import Shingles, from_signature
from wayout.fuse.origins.sketches import meeting, sketch
from wayout.fuse.origins.stock import Weights, run_weights
from wayout.model import DocumentId
from wayout.vocab import read_vocab

TELLING = 0.1
"""Runs of a smaller weight (used by four stories or more) are left out of the sketches: set phrases would make all texts meet."""


class EchoIndex:
    """
    Documents by their run hashes, and the echo links among them.

    Examples
    --------
    >>> index = EchoIndex()
    >>> index.links()
    ()
    """

    def __init__(self) -> None:
        self._entries: dict[DocumentId, EchoEntry] = {}

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._entries)

    def add(self, entries: Iterable[EchoEntry]) -> None:
        """Add documents; one that is known already changes nothing."""
        for entry in entries:
            self._entries.setdefault(entry.document, entry)

    def links(self) -> tuple[EchoLink, ...]:
        """
        Return the echo links among all documents added so far.

        Returns
        -------
        links
            Sorted by ids; what order the documents were added in changes nothing. Of many copies of one text not every pair
            is linked, but all by chains. A link does not change by what is published later than both its documents.
        """
        ordered = sorted(self._entries.values(), key=_first_to_tell)
        links: list[EchoLink] = []
        firsts: dict[bytes, EchoEntry] = {}
        for entry in ordered:
            first = firsts.setdefault(entry.signature, entry)
            if first is not entry and entry.signature:
                links.append(_link(first, entry, 1.0, "the same words"))
        texts = [entry for entry in firsts.values() if entry.signature]
        links += _shared(texts)
        return tuple(sorted(links))


def _shared(texts: Sequence[EchoEntry]) -> list[EchoLink]:
    """Compare different texts, given in order of publication."""
    rules = read_vocab("echo_rules.yaml")
    runs = [np.sort(from_signature(t.signature)) for t in texts]
    copy_of = _copies(runs, rules)
    links = [_link(texts[a], texts[b], share, "nearly the same words") for b, (a, share) in sorted(copy_of.items())]
    days = [t.published.toordinal() if t.published else None for t in texts]
    weights = run_weights(runs, days, [t.publisher for t in texts], [k in copy_of for k in range(len(texts))])
    telling = [own[w >= TELLING] for own, w in zip(runs, weights, strict=True)]
    able = [k for k, own in enumerate(telling) if len(own)]
    for i, j in meeting(sketch([telling[k] for k in able]), rules["minhash"]["share_rows"]):
        a, b = able[i], able[j]
        if copy_of.get(b, (b,))[0] == copy_of.get(a, (a,))[0]:
            continue  # both are joined to one text already
        share, weight = shared_weight((runs[a], weights[a]), (runs[b], weights[b]))
        if share >= rules["same_origin"] and weight >= min(rules["least_shared"], len(runs[a]), len(runs[b])):
            links.append(_link(texts[a], texts[b], share, "shares its words"))
    return links


def shared_weight(a: tuple[Shingles, Weights], b: tuple[Shingles, Weights]) -> tuple[float, float]:
    """
    Measure how much of the poorer text stands in the other.

    ``share = sum of w over shared runs / min(sum of w over a, sum of w over b)``: Broder's containment, weighted.

    Parameters
    ----------
    a, b
        Sorted run hashes of a text, and their weights.

    Returns
    -------
    share
        In [0, 1].
    weight
        Weight of the shared runs.
    """
    _, in_a, in_b = np.intersect1d(a[0], b[0], assume_unique=True, return_indices=True)
    shared = np.minimum(a[1][in_a], b[1][in_b])
    weight = float(shared.sum())
    least = min(float(w.sum() - w[at].sum()) for w, at in ((a[1], in_a), (b[1], in_b)))
    return (weight / (least + weight) if weight else 0.0), weight


def _copies(runs: Sequence[Shingles], rules: dict[str, float]) -> dict[int, tuple[int, float]]:
    """Find the texts that are copies of an earlier one: the earliest that they are compared with, and the similarity."""
    copy_of: dict[int, tuple[int, float]] = {}
    for a, b in meeting(sketch(runs), rules["minhash"]["copy_rows"]):  # type: ignore[index]
        if b in copy_of and copy_of[b][0] <= a:
            continue
        similar = _jaccard(runs[a], runs[b])
        if similar >= rules["copy"]:
            copy_of[b] = (a, similar)
    return copy_of


def _jaccard(a: Shingles, b: Shingles) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)


def _first_to_tell(entry: EchoEntry) -> tuple[bool, float, int, str]:
    when = entry.published
    return (when is None, when.timestamp() if when else 0.0, -len(entry.signature), entry.document)


def _link(a: EchoEntry, b: EchoEntry, share: float, why: str) -> EchoLink:
    first, second = sorted((a.document, b.document))
    return EchoLink(first=first, second=second, share=round(share, 4), why=why)
