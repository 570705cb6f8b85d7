"""Work spread over this machine's cores by forked processes, the answers in order."""

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from wayout.errors import BackendError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
WAITING_EACH = 2
"""Items handed out ahead for each process: keeps it busy and holds little."""
COLLECT_AFTER = (20_000, 10, 10)
"""A process of the pool makes and drops many small records: collecting a thirtieth as often saves a tenth of its time."""
_work: Callable[[Any], Any] | None = None
"""What this process does; set once, in a process of the pool only."""


def n_cores() -> int:
    """
    Count the cores this process may use; 1 where processes cannot be forked (Windows, macOS).

    A spawned process would load every model anew: seconds and some 350 MB each.
    """
    if sys.platform != "linux" or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0))


def spread(
    make_work: Callable[[], Callable[[Item], Answer]], items: Iterable[Item], n_processes: int
) -> Iterator[Answer]:
    """
    Apply a function to items, in as many processes as asked.

    Parameters
    ----------
    make_work
        Makes the function. Called here first, so that what it loads is shared with the processes, then once in each of them:
        there it opens anew what must not cross a fork (database connections).
    items
        What to work on; they and the answers cross between processes, so they must pickle.
    n_processes
        1 works here, without any process.

    Yields
    ------
    answer
        In the items' order, whatever the number of processes.

    Raises
    ------
    BackendError
        If a process dies (most often: no memory left).
    """
    work = make_work()
    if n_processes <= 1:
        gc.freeze()  # what is loaded stays: the collector need not look through it again and again, a tenth of the time
        try:
            yield from map(work, items)
        finally:
            gc.unfreeze()
        return
    gc.freeze()  # what is loaded stays shared: the collector's marks would copy it page by page
    pool = ProcessPoolExecutor(
        n_processes, mp_context=multiprocessing.get_context("fork"), initializer=_begin, initargs=(make_work,)
    )
    waiting: deque[Future[Answer]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(_run, item))
            if len(waiting) >= WAITING_EACH * n_processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise BackendError(
            "a reading process died, most often because memory ran out; free some, or read fewer documents at once"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _begin(make_work: Callable[[], Callable[[Any], Any]]) -> None:
    global _work  # noqa: PLW0603 - one process of the pool does one kind of work
    gc.set_threshold(*COLLECT_AFTER)
    _work = make_work()


def _run(item: Any) -> Any:
    if _work is None:
        raise BackendError("a process of the pool was not prepared; use spread(), not the pool itself")
    return _work(item)
