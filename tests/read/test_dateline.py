from datetime import date

import pytest

from wayout.read.dateline import find_dateline

DAY = date(2020, 3, 13)


@pytest.mark.parametrize(
    "line",
    [
        "13 March 2020",
        "March 13, 2020",
        "Mar. 13, 2020",
        "2020-03-13",
        "2020-03-13T08:15:00Z",
        "Friday, 13 March 2020, 14:05 GMT",
        "Published: March 13, 2020 at 2:05 pm",
        "Published 13 March 2020 | Updated 15 March 2020",
        "By Awa Example | March 13, 2020",
        "13.03.2020",
        "Publié le 13 mars 2020 à 10h30",
        "Publicado el 13 de marzo de 2020",
        "Veröffentlicht am 13. März 2020",
        "13 марта 2020",
        "13 مارس 2020",
        "BAMAKO, March 13, 2020 (Agency) - The last convoy has left the city for the north.",
        "Port Sudan, 13 March 2020 – Aid workers were told to wait at the harbour.",
    ],
)
def test_full_date_lines_are_read(line):
    assert find_dateline(["Convoy leaves the city", line, "The convoy left."]) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "On 13 March 2020 the convoy left the city.",
        "BAMAKO, March 13 (Agency) - The last convoy has left.",
        "13/03/2020",
        "March 2020",
        "Updated 13 March 2020",
        "Last updated: 13 March 2020",
        "31 February 2020",
        "Resolution 13 of March 2020 was read aloud.",
        "13 March 2020 was the day on which the bridge fell into the river.",
    ],
)
def test_anything_less_than_a_full_date_of_its_own_is_unknown(line):
    assert find_dateline(["Convoy leaves the city", line]) is None


def test_two_dates_that_differ_are_unknown():
    assert find_dateline(["13 March 2020", "14 March 2020"]) is None


def test_dates_further_down_belong_to_the_story():
    assert find_dateline([*["A line of the story."] * 8, "13 March 2020"]) is None
