import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.fuse.origins.shingles import shingles
from wayout.fuse.origins.sketches import meeting, sketch


def _similar(a, b):
    return len(np.intersect1d(a, b)) / len(np.union1d(a, b))


def test_columns_agree_as_often_as_the_sets_are_similar_as_with_another_library(story):
    datasketch = pytest.importorskip("datasketch")
    base = story(1, 300)
    texts = [base, base[:1200] + " " + story(2, 80), story(3, 150) + " " + base[:700], story(4, 300)]
    sets = [shingles(t) for t in texts]
    ours = sketch(sets)
    theirs = []
    for runs in sets:
        one = datasketch.MinHash(num_perm=128)
        one.update_batch([r.tobytes() for r in runs])
        theirs.append(one)
    for a, b in itertools.combinations(range(len(sets)), 2):
        true = _similar(sets[a], sets[b])
        assert float((ours[a] == ours[b]).mean()) == pytest.approx(true, abs=0.15)
        assert theirs[a].jaccard(theirs[b]) == pytest.approx(true, abs=0.15)


def test_near_copies_meet_in_long_bands_and_strangers_do_not(story):
    texts = [story(1, 200), story(1, 200) + " printed again", story(2, 200)]
    assert list(meeting(sketch([shingles(t) for t in texts]), 6)) == [(0, 1)]


def test_a_full_bucket_makes_pairs_linear_in_its_size_and_leaves_nobody_out():
    same = sketch([shingles("the bridge at the town is shut today")] * 300)
    pairs = list(meeting(same, 1))
    assert len(pairs) < 300 * 5
    reached = {0}
    for a, b in pairs:
        if a in reached:
            reached.add(b)
    assert reached == set(range(300))


@given(st.lists(st.integers(0, 5), max_size=30))
def test_pairs_are_those_that_agree_in_a_column(values):
    sketches = np.array([[v, 7 * v + 1] for v in values], dtype=np.uint32).reshape(len(values), 2)
    wanted = {(i, j) for j in range(len(values)) for i in range(j) if values[i] == values[j]}
    found = set(meeting(sketches, 1))
    assert found == wanted if len(values) <= 24 else found <= wanted
