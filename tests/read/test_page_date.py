from datetime import date

import pytest

from wayout.read.page_date import whole_date


def test_any_day_but_the_first_is_believed():
    assert whole_date("2021-04-13", "") == date(2021, 4, 13)


@pytest.mark.parametrize(
    "written",
    [
        "2021-04-01T10:00",
        "1 April 2021",
        "April 1, 2021",
        "1er avril 2021",
        "01.04.2021",
        "1/4/2021",
        "4/1/2021",
        "/2021/04/01/",
        "20210401",
        "1 de abril de 2021",
    ],
)
def test_first_of_a_month_is_believed_where_it_is_written(written):
    assert whole_date("2021-04-01", f"<p>{written}</p>") == date(2021, 4, 1)


@pytest.mark.parametrize("written", ["© 2021", "April 2021", "11 April 2021", "/2021/04/", "2021-04-15"])
def test_first_of_a_month_is_unknown_where_it_is_not(written):
    assert whole_date("2021-04-01", f"<p>{written}</p>") is None


@pytest.mark.parametrize("found", [None, "", "yesterday", "2021-13-40"])
def test_no_date_is_unknown(found):
    assert whole_date(found, "") is None
