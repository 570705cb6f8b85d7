import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError
from wayout.fuse.weighing.track_record import estimate_records, record_weight

COUNTS = st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from("abcdef"), COUNTS, min_size=1))
def test_estimates_are_probabilities_inside_their_interval_whatever_the_order(counts):
    records = estimate_records(counts)
    assert records == estimate_records(dict(reversed(list(counts.items()))))
    for name, record in records.items():
        assert 0 <= record.low <= record.p_right <= record.high <= 1
        assert (record.n_confirmed, record.n_resolved) == counts[name]


def test_one_success_is_not_certainty_and_many_narrow_the_interval():
    records = estimate_records({"new": (1, 1), "old": (90, 100), "bad": (10, 100), "none": (0, 0)})
    assert records["bad"].p_right < records["none"].p_right < records["new"].p_right < 0.9
    assert records["old"].p_right == pytest.approx(0.9, abs=0.02)
    assert records["old"].high - records["old"].low < 0.12 < records["new"].high - records["new"].low


def test_sources_alike_lend_each_other_strength_and_sources_unlike_do_not():
    alike = estimate_records({**{f"s{i}": (8, 10) for i in range(20)}, "new": (0, 1)})["new"]
    unlike = estimate_records({**{f"s{i}": (10 * (i % 2), 10) for i in range(20)}, "new": (0, 1)})["new"]
    assert alike.p_right > 0.7
    assert unlike.p_right < 0.3


@pytest.mark.parametrize("counts", [(-1, 2), (3, 2)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(InputError, match="'x' has"):
        estimate_records({"x": counts})


def test_a_weight_by_record_takes_luck_for_nothing():
    records = estimate_records({"lucky": (1, 1), "coin": (50, 100), "proven": (190, 200), "liar": (2, 100)})
    weights = {name: record_weight(record) for name, record in records.items()}
    assert weights["coin"] == weights["liar"] == 0
    assert weights["lucky"] < 0.3 < 0.7 < weights["proven"] <= 1
