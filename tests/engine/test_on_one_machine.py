"""The same answers in the same order, however many processes; a dead process is named."""

import os
import signal

import pytest

from wayout.engine.on_one_machine import n_cores, spread
from wayout.errors import BackendError, InputError

ITEMS = list(range(23))
forks = pytest.mark.skipif(os.name != "posix", reason="this system cannot fork")


def _times(factor):
    return lambda: lambda item: item * factor


@pytest.mark.parametrize("n_processes", [1, pytest.param(2, marks=forks), pytest.param(3, marks=forks)])
def test_answers_come_in_order(n_processes):
    assert list(spread(_times(3), ITEMS, n_processes)) == [3 * i for i in ITEMS]


@forks
def test_work_is_made_in_every_process_and_first_here():
    here = os.getpid()
    made = []

    def make():
        made.append(os.getpid())
        return lambda _: (os.getpid(), made[-1])

    answers = list(spread(make, ITEMS, 2))
    assert made == [here]
    assert all(worker == maker != here for worker, maker in answers)


@forks
def test_an_error_of_the_work_is_the_callers():
    def make():
        def work(item):
            if item == 7:
                raise InputError("seven is refused; leave it out")
            return item

        return work

    with pytest.raises(InputError, match="seven"):
        list(spread(make, ITEMS, 2))


@forks
def test_a_process_that_dies_is_named():
    def make():
        return lambda item: os.kill(os.getpid(), signal.SIGKILL) if item == 3 else item

    with pytest.raises(BackendError, match="died"):
        list(spread(make, ITEMS, 2))


def test_at_least_one_core():
    assert n_cores() >= 1
