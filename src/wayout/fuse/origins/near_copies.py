"""Near-copies and excerpts among known documents: the same whatever the order in which they came."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from wayout.fuse.origins.links import EchoEntry, EchoLink
from wayout.fuse.origins.sharing import Shared, Told, compare, resemblance, sorted_runs
from wayout.fuse.origins.shingles import Shingles, from_signature
from wayout.fuse.origins.sketches import meeting, sketch
from wayout.fuse.origins.stock import run_weights
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
    told = _weigh(texts, copies := _copies([from_signature(t.signature) for t in texts], rules))
    links = [_link(texts[a], texts[b], share, "nearly the same words") for b, (a, share) in sorted(copies.items())]
    telling = [t.runs[t.weights >= TELLING] for t in told]
    able = [k for k, own in enumerate(telling) if len(own)]
    for i, j in meeting(sketch([telling[k] for k in able]), rules["minhash"]["share_rows"]):
        a, b = able[i], able[j]
        if copies.get(b, (b,))[0] == copies.get(a, (a,))[0]:
            continue  # both are joined to one text already
        shared = compare(told[a], told[b])
        if _is_echo(shared, _near(texts[a], texts[b], rules), min(len(told[a].runs), len(told[b].runs)), rules):
            links.append(_link(texts[a], texts[b], shared.share, "shares its words"))
    return links


def _is_echo(shared: Shared, near: bool, n_runs: int, rules: Mapping[str, Any]) -> bool:
    """Ask for enough shared words that say something, some of them where the news stands; for fewer if both tell one day's news."""
    if shared.weight < min(rules["least_shared"], rules["least_shared_a_run"] * n_runs):
        return False
    if near and shared.share >= rules["same_news"]["share"] and shared.news >= rules["same_news"]["news"]:
        return True
    least_news = min(rules["least_news"], rules["least_news_share"] * shared.weight)
    return bool(shared.share >= rules["same_origin"] and shared.news >= least_news)


def _near(a: EchoEntry, b: EchoEntry, rules: Mapping[str, Any]) -> bool:
    """Tell whether two outlets wrote within the days in which versions of one dispatch go round."""
    if a.published is None or b.published is None or a.publisher == b.publisher:
        return False
    return bool(abs(a.published.toordinal() - b.published.toordinal()) <= rules["same_news"]["days"])


def _weigh(texts: Sequence[EchoEntry], copies: Mapping[int, object]) -> list[Told]:
    days = [t.published.toordinal() if t.published else None for t in texts]
    runs, leads = zip(*(sorted_runs(from_signature(t.signature)) for t in texts), strict=True) if texts else ((), ())
    weights = run_weights(runs, days, [t.publisher for t in texts], [k in copies for k in range(len(texts))])
    return [Told(*parts) for parts in zip(runs, leads, weights, strict=True)]


def _copies(runs: Sequence[Shingles], rules: Mapping[str, Any]) -> dict[int, tuple[int, float]]:
    """Find the texts that are copies of an earlier one: the earliest that they are compared with, and the similarity."""
    runs = [np.sort(own) for own in runs]
    copy_of: dict[int, tuple[int, float]] = {}
    for a, b in meeting(sketch(runs), rules["minhash"]["copy_rows"]):
        if b in copy_of and copy_of[b][0] <= a:
            continue
        similar = resemblance(runs[a], runs[b])
        if similar >= rules["copy"]:
            copy_of[b] = (a, similar)
    return copy_of


def _first_to_tell(entry: EchoEntry) -> tuple[bool, float, int, str]:
    when = entry.published
    return (when is None, when.timestamp() if when else 0.0, -len(entry.signature), entry.document)


def _link(a: EchoEntry, b: EchoEntry, share: float, why: str) -> EchoLink:
    first, second = sorted((a.document, b.document))
    return EchoLink(first=first, second=second, share=round(share, 4), why=why)
