"""UCDP and ACLED tables are told apart by their columns; what cannot be read is a miss."""

from datetime import date

import pytest

from wayout.assess.ledger.event_rows import read_event_file
from wayout.errors import SourceError

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,country,admin1,latitude,longitude,geo_precision,fatalities\n"
    "X1,08 May 2019,1,Battles,Armed clash,Blues,Sky Blues,Reds,Exampleland,North,32.6,34.9,2,3\n"
)


def test_acled_is_read():
    file = read_event_file(ACLED.encode(), "a.csv")
    (row,) = file.rows
    assert file.dataset == "ACLED"
    assert (row.start, row.deaths, row.where_prec) == (date(2019, 5, 8), 3, 2)
    assert row.a == ("blues", "sky blues")
    assert row.kinds == ("battles", "armed clash")


def test_semicolons_separate_too():
    assert (
        read_event_file(ACLED.replace(",", ";").encode(), "a.csv").rows == read_event_file(ACLED.encode(), "a.csv").rows
    )


def test_a_row_without_a_day_is_a_miss(made):
    file = made.table((date(2020, 1, 1), {}), ("sometime", {}), (date(2020, 2, 1), {"latitude": 99}))
    assert len(file.rows) == 1
    assert [miss.what for miss in file.misses] == ["made-up.csv, line 3", "made-up.csv, line 4"]


@pytest.mark.parametrize("raw", [b"a,b\n1,2\n", b"", b"\xff\xfe\x00", ACLED.splitlines()[0].encode()])
def test_what_is_no_event_table_is_refused(raw):
    with pytest.raises(SourceError):
        read_event_file(raw, "x.csv")


def test_the_antimeridian_and_the_pole_have_cells(made):
    file = made.table(
        (date(2020, 1, 1), {"latitude": 90, "longitude": 180}), (date(2020, 1, 2), {"latitude": -90, "longitude": -180})
    )
    assert [row.cell for row in file.rows] == [720 * 360, 1]
