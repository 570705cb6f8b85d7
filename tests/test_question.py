from datetime import UTC, datetime

import pytest

from wayout.errors import InputError
from wayout.question import Request, choose_time, parse_within


@pytest.mark.parametrize(("text", "hours"), [("72h", 72), ("14d", 336), ("2w", 336), (" 1.5D ", 36)])
def test_a_horizon_is_read_in_hours(text, hours):
    assert parse_within(text) == hours


@pytest.mark.parametrize("text", ["", "14", "d14", "14 months", "0d", "-3d", "1000w"])
def test_a_wrong_horizon_is_refused_by_name(text):
    with pytest.raises(InputError, match="--within"):
        parse_within(text)


def test_the_newest_report_gives_the_time_unless_one_is_asked_for(build):
    old = build.document("Old.", published=datetime(2024, 1, 1, tzinfo=UTC))
    new = build.document("New.", published=datetime(2024, 5, 1, tzinfo=UTC))
    assert choose_time(Request(party="x", area="y"), [new, old]) == new.published
    asked = datetime(2023, 1, 1, tzinfo=UTC)
    assert choose_time(Request(party="x", area="y", at=asked), [new, old]) == asked


def test_no_date_anywhere_asks_for_one(build):
    with pytest.raises(InputError, match="--at"):
        choose_time(Request(party="x", area="y"), [build.document("Undated.", published=None)])
