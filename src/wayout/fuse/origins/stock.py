"""How much a five-word run says: set phrases, footers and background paragraphs come again in other stories and count little."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wayout.fuse.origins.shingles import Shingles
from wayout.vocab import read_vocab

Weights = NDArray[np.float64]


def run_weights(
    runs: Sequence[Shingles], days: Sequence[int | None], outlets: Sequence[str | None], copies: Sequence[bool]
) -> list[Weights]:
    """
    Weigh every run of every text by how many stories have used it by that text's day.

    ``w = 1 / n^2``. ``n`` is the number of stories: bursts of use parted by more than ``story_days`` without it, up to and with the
    text's own day; or, where that is more, the number of the outlet's own texts with it by that day, less a story's usual
    parts. Copies are no use of their own, so that neither a copy nor its number changes a weight; nor does any later text.

    Parameters
    ----------
    runs
        Run hashes of each text.
    days
        Day of each text as a proleptic ordinal; ``None`` (undated) stands before all days, a story of its own.
    outlets
        Publisher of each text, ``None`` if unknown.
    copies
        Whether the text is a copy of an earlier one.

    Returns
    -------
    weights
        For each text one weight in (0, 1] a run, in the order of its runs.
    """
    rules = read_vocab("echo_rules.yaml")
    sizes = [len(own) for own in runs]
    if not sum(sizes):
        return [np.ones(0) for _ in runs]
    run = np.concatenate(runs)
    text = np.repeat(np.arange(len(runs)), sizes)
    day = np.array([-1 if d is None else d for d in days])[text]
    counts = ~np.array(copies)[text]
    names = {name: k for k, name in enumerate(sorted({o for o in outlets if o is not None}))}
    outlet = np.array([-1 if o is None else names[o] for o in outlets])[text]
    again = _used_again(run)
    if not len(again):
        return [np.ones(size) for size in sizes]
    run, day, counts, outlet = run[again], day[again], counts[again], outlet[again]
    stories = _stories(run, day, counts, rules["story_days"])
    own = np.where(outlet >= 0, _used_by(run, outlet, day, counts) - (rules["parts_of_a_story"] - 1), 1)
    n = np.ones(len(text))
    n[again] = np.maximum(np.maximum(stories, own), 1)
    return np.split(1.0 / n**2, np.cumsum(sizes)[:-1])


def _used_again(run: Shingles) -> NDArray[np.int64]:
    """Return where the runs stand that more than one text uses: of a corpus a small part."""
    order = np.argsort(run, kind="stable")
    same = np.append(False, run[order][1:] == run[order][:-1])
    return np.sort(order[same | np.append(same[1:], False)])


def _stories(run: Shingles, day: NDArray[np.int64], counts: NDArray[np.bool_], story_days: int) -> NDArray[np.int64]:
    """Count the bursts of use of each run up to each use."""
    order = np.lexsort((~counts, day, run))
    r, d, c = run[order], day[order], counts[order]
    first = np.append(True, r[1:] != r[:-1])
    # The last counted day before each use: copies between two uses do not stretch a burst.
    last = _last_counted(d, c, first)
    starts = c & ((last == _NEVER) | (d - last > story_days) | (d < 0))
    total = np.cumsum(starts)
    before = np.maximum.accumulate(np.where(first, total - starts, 0))
    return _same_for_ties(total - before, order, (r, d))


_NEVER = np.int64(-(10**9))


def _last_counted(d: NDArray[np.int64], c: NDArray[np.bool_], first: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Day of the last counted use of the same run before each use; a fixed number where there is none."""
    place = np.arange(len(d))
    head = np.maximum.accumulate(np.where(first, place, 0))
    counted = np.maximum.accumulate(np.where(c, place, -1))
    previous = np.append(-1, counted[:-1])
    return np.where(previous >= head, d[previous], _NEVER)


def _used_by(
    run: Shingles, outlet: NDArray[np.int64], day: NDArray[np.int64], counts: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Count the outlet's own texts with each run up to each use."""
    order = np.lexsort((~counts, day, outlet, run))
    r, o, d, c = run[order], outlet[order], day[order], counts[order]
    first = np.append(True, (r[1:] != r[:-1]) | (o[1:] != o[:-1]))
    total = np.cumsum(c)
    before = np.maximum.accumulate(np.where(first, total - c, 0))
    return _same_for_ties(total - before, order, (r, o, d))


def _same_for_ties(
    found: NDArray[np.int64], order: NDArray[np.int64], keys: tuple[NDArray[np.int64] | Shingles, ...]
) -> NDArray[np.int64]:
    """Give all uses of one day the day's last count, so that their order is free; and return the counts in the texts' order."""
    same = np.logical_and.reduce([k[1:] == k[:-1] for k in keys])
    ends = np.append(~same, True)
    place = np.where(ends, np.arange(len(found)), len(found))
    end = np.minimum.accumulate(place[::-1])[::-1]
    back = np.empty_like(found)
    back[order] = found[end]
    return back
