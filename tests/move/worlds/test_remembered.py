import numpy as np

from wayout.move.worlds.remembered import Remembered


def made(n):
    return lambda: (np.zeros(n, dtype=np.uint8),)


def test_what_is_kept_is_not_made_again_and_the_oldest_goes_first():
    kept = Remembered(most_bytes=10)
    first = kept.get("a", made(4))
    assert kept.get("a", made(4)) is first
    kept.get("b", made(4))
    kept.get("c", made(4))
    assert kept.find("a") is None
    assert kept.find("b") is not None
    assert kept.get("large", made(11))[0].size == 11
    assert kept.find("large") is None
    assert kept.find("c") is not None


def test_keeping_twice_takes_room_once():
    kept = Remembered(most_bytes=10)
    for _ in range(3):
        kept.keep("a", made(5)())
    kept.keep("b", made(5)())
    assert kept.find("a") is not None
