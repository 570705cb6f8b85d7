"""TIMEX3 values of English expressions."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.extract.timing.rules import time_words
from wayout.extract.timing.scan import Scan, small_letters
from wayout.extract.timing.time_intervals import interval_of
from wayout.extract.timing.timex import find_timexes
from wayout.text.english import parse_text

WRITTEN = date(2024, 5, 15)  # a Wednesday
WORDS = time_words()
WHOLE = re.compile(r"(?<![\w-])(?:" + WORDS.pattern.pattern + ")")


def values(text, reference=WRITTEN):
    return [(text[t.start : t.end], t.value) for t in find_timexes(parse_text(text), reference)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # days
        ("Shelling hit El Fasher on Sunday.", "Sunday", "2024-05-12"),
        ("The column left Gao last Friday.", "last Friday", "2024-05-10"),
        ("The envoy will meet them in Port Sudan on Sunday.", "Sunday", "2024-05-19"),
        ("Talks are set to resume Monday in Geneva.", "Monday", "2024-05-20"),
        ("The drone struck Odesa the day before yesterday.", "the day before yesterday", "2024-05-13"),
        ("The bridge fell on 2024-05-08.", "2024-05-08", "2024-05-08"),
        ("The bridge fell on 08.05.2024.", "08.05.2024", "2024-05-08"),
        ("The camp was hit on Tuesday night.", "Tuesday night", "2024-05-14TNI"),
        ("The truce was extended to 16 June.", "16 June", "2024-06-16"),
        ("They have held Kidal since 14 November.", "14 November", "2023-11-14"),
        ("Residents fled Goma on the 4th.", "the 4th", "2024-05-04"),
        ("The town fell on the twenty-sixth of April.", "the twenty-sixth of April", "2024-04-26"),
        # weeks, months, quarters, years
        ("Fighting resumed in Taiz last week.", "last week", "2024-W19"),
        ("The siege of Mariupol ended in May 2022.", "May 2022", "2022-05"),
        ("Rebels took Lashio in August.", "August", "2023-08"),
        ("They arrived in the first week of April.", "the first week of April", "2024-W14"),
        ("Clashes rose in the third quarter of 2023.", "the third quarter of 2023", "2023-Q3"),
        ("They lost Bakhmut late last year.", "late last year", "2023"),
        ("Port-au-Prince burned over the weekend.", "the weekend", "2024-W19-WE"),
        ("Two coups shook the Sahel in the 2020s.", "the 2020s", "202"),
        ("The border war of nineteen ninety-eight is not forgotten.", "nineteen ninety-eight", "1998"),
        ("The ceasefire of 2014-2015 failed.", "2014-2015", "2014"),
        # counted from now
        ("The convoy left three days ago.", "three days ago", "2024-05-12"),
        ("They retook Omdurman two weeks ago.", "two weeks ago", "2024-W18"),
        ("The war in Tigray began years ago; Mekelle fell a year later.", "years", "PXY"),
        # durations and sets
        ("The road stayed shut for two and a half years.", "two and a half years", "P2Y6M"),
        ("The battle lasted an hour and thirty minutes.", "an hour and thirty minutes", "PT1H30M"),
        ("A 72-hour truce began.", "72-hour", "PT72H"),
        ("The barrage went on for 48h.", "48h", "PT48H"),
        ("Planes strike the valley every Thursday.", "every Thursday", "XXXX-WXX-4"),
        ("Prices at the market rose in recent weeks.", "recent weeks", "PAST_REF"),
        ("The army says it will attack in the coming days.", "the coming days", "FUTURE_REF"),
        # clock
        ("The raid began at 5 p.m. on Sunday.", "5 p.m. on Sunday", "2024-05-12T17:00"),
        ("The raid began at 0600 hours.", "0600 hours", "2024-05-15T06:00"),
        ("Gunmen came at dawn.", "dawn", "2024-05-15TMO"),
        # feasts
        ("They met after Christmas.", "Christmas", "2023-12-25"),
        ("The truce held through Ramadan.", "Ramadan", "2024-03"),
        ("Families came back for Nowruz.", "Nowruz", "2024-03-20"),
    ],
)
def test_a_value(text, words, value):
    assert (words, value) in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "They may leave Tawila.",
        "They march on Sake.",
        "The sun is up and Mar is a name.",
        "A second column followed.",
        "Some 2000 fighters left Kosti.",
        "The commander, 52 years old, was killed.",
        "This is the dawn of a new order.",
        "Three-quarters of the town is gone.",
        "Ramadan al-Amin spoke in Nyala.",
        "The month-long siege is over.",
    ],
)
def test_no_time(text):
    assert values(text) == []


def test_relative_words_count_from_the_day_spoken_of():
    found = values("The army entered Khartoum on 3 March 2024. The following day it left.")
    assert found[-1] == ("The following day", "2024-03-04")


def test_a_year_ago_keeps_the_grain_of_the_quarter_spoken_of():
    found = values("Exports fell in the third quarter of 2023. They had doubled a year earlier.")
    assert found[-1] == ("a year earlier", "2022-Q3")


def test_the_texts_other_dates_show_the_order_of_day_and_month():
    found = values("Raids on 03/25/2024 and 04/05/2024.")
    assert [value for _, value in found] == ["2024-03-25", "2024-04-05"]
    assert [value for _, value in values("A raid on 04/05/2024.")] == ["2024-05-04"]


_WORDS = st.sampled_from(
    ["last", "next", "the", "May", "may", "Sunday", "3", "31", "2024", "week", "year", "ago", "of", "to", "-", "/", "first",
     "quarter", "early", "900,000", "weeks", "from", "now", "Ramadan", "Friday", "13th", "decades", "past", "Feb.", "29", "century", "Easter", "days", "two", "half", "a", ",", "end", "ended", "30", "9999"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=12), st.dates(min_value=date(1700, 1, 1), max_value=date(9999, 12, 31)))
def test_intervals_run_forward_and_offsets_slice_back(words, reference):
    text = " ".join(words)
    last = 0
    for timex in find_timexes(parse_text(text), reference):
        assert last <= timex.start < timex.end <= len(text)
        last = timex.end
        days = interval_of(timex)
        assert days is None or days[0] <= days[1]


@given(st.text(alphabet="lastnexy MayJu123 ,.-/İé\u200b\u0301", max_size=80))
def test_small_letters_keep_every_offset(text):
    assert len(small_letters(text)) == len(text)


@given(st.lists(_WORDS, max_size=14))
def test_the_scan_misses_nothing_that_the_pattern_finds(words):
    text = " ".join(words)
    expected = next(iter(WHOLE.finditer(small_letters(text))), None)
    found = next(iter(Scan(text, WORDS)), None)
    if expected is not None:
        assert found is not None
        assert found.start() <= expected.start()
