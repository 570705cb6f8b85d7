"""Value expressions that name a day, and ranges of days of one month."""

import re
from datetime import date, timedelta

from wayout.extract.timing.calendar_arithmetic import last_of_month, year_near, year_nearest
from wayout.extract.timing.numbers import day_number, year_number
from wayout.extract.timing.scene import Scene, Timex

_WEEKDAY_REACH = 370
"""Days around the day of writing in which "Friday the 13th" is looked for."""
Match = re.Match[str]


def shift_of(scene: Scene, word: str | None) -> int:
    """Return -1, 0 or 1 for "last", "this", "next" and their like."""
    low = (word or "").casefold()
    return -1 if low in scene.words.raw["before"] else 1 if low in scene.words.raw["after"] else 0


def month_of(scene: Scene, name: str) -> int:
    """Return the number of a month's name."""
    return scene.words.months[name.rstrip(".").casefold()]


def day_value(scene: Scene, match: Match, year: str | None, month: int, day: int | None) -> str:
    """Write a day; without a year the nearest one; "" if there is no such day."""
    if day is None:
        return ""
    try:
        if year:
            return date(year_number(scene.words.raw, year) or 0, month, day).isoformat()
        date(2000, month, day)
        if scene.reference is None:
            return f"XXXX-{month:02d}-{day:02d}"
        when = year_nearest(scene.reference, month, day, direction=scene.direction(match))
        if (month, day) == (2, 29):
            when = max(4, 4 * round(when / 4))
        return date(when, month, day).isoformat()
    except ValueError:
        return ""


def read_iso(scene: Scene, m: Match) -> Timex | None:
    """2019-05-08, 2019/05/08."""
    if not 1 <= int(m["iso_m"]) <= 12:
        return None
    value = day_value(scene, m, m["iso_y"], int(m["iso_m"]), int(m["iso_d"]))
    return scene.make(m, value) if value else None


def read_isoname(scene: Scene, m: Match) -> Timex | None:
    """2019-Aug-01."""
    value = day_value(scene, m, m["in_y"], month_of(scene, m["in_m"]), int(m["in_d"]))
    return scene.make(m, value) if value else None


def read_numeric(scene: Scene, m: Match) -> Timex | None:
    """Read 03/05/2019 day first, unless only the other order is a date or the text's other dates show it."""
    first, second = int(m["nu_a"]), int(m["nu_b"])
    month_first = second > 12 or (first <= 12 and scene.month_first())
    day, month = (second, first) if month_first else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    value = day_value(scene, m, m["nu_y"], month, day)
    return scene.make(m, value) if value else None


def read_slashed(scene: Scene, m: Match) -> Timex | None:
    """22/04 after a preposition or a weekday: day first, as ``read_numeric``."""
    first, second = int(m["sl_a"]), int(m["sl_b"])
    month_first = second > 12 or (first <= 12 and scene.month_first())
    day, month = (second, first) if month_first else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    value = day_value(scene, m, None, month, day)
    return scene.make(m, value) if value else None


def read_dmrange(scene: Scene, m: Match) -> Timex | None:
    """3-5 May 2019."""
    return _range(scene, m, m["dr_y"], m["dr_m"], (m["dr_a"], m["dr_b"]))


def read_mdrange(scene: Scene, m: Match) -> Timex | None:
    """May 3 to 5, 2019."""
    return _range(scene, m, m["mr_y"], m["mr_m"], (m["mr_a"], m["mr_b"]))


def _range(scene: Scene, m: Match, year: str | None, month: str, days: tuple[str, str]) -> Timex | None:
    first, last = (day_value(scene, m, year, month_of(scene, month), day_number(scene.words.raw, day)) for day in days)
    return scene.make(m, first, last=last) if first and last and first <= last else None


def read_dmy(scene: Scene, m: Match) -> Timex | None:
    """Sunday, 3 May 2019."""
    value = day_value(scene, m, m["dm_y"], month_of(scene, m["dm_m"]), day_number(scene.words.raw, m["dm_d"]))
    return scene.make(m, value) if value else None


def read_mdy(scene: Scene, m: Match) -> Timex | None:
    """May 3, 2019."""
    value = day_value(scene, m, m["md_y"], month_of(scene, m["md_m"]), day_number(scene.words.raw, m["md_d"]))
    return scene.make(m, value) if value else None


def read_wdday(scene: Scene, m: Match) -> Timex | None:
    """Sunday the 13th: the nearest such day that falls on that weekday, else of this month."""
    day = day_number(scene.words.raw, m["wd_d"] or m["wd_o"] or m["wd_b"])
    reference = scene.reference
    if reference is None or day is None or not 1 <= day <= 31:
        return None
    weekday = scene.words.weekdays[m["wd_w"].rstrip(".").casefold()]
    near = [reference + timedelta(days=n) for n in range(-_WEEKDAY_REACH, _WEEKDAY_REACH + 1)]
    right = [d for d in near if d.day == day and d.weekday() == weekday]
    if not right:
        return None
    return scene.make(m, min(right, key=lambda d: abs((d - reference).days)).isoformat())


def read_thenth(scene: Scene, m: Match) -> Timex | None:
    """On the 4th: of this month, after a future verb the next such day, after a past one the last."""
    day = day_number(scene.words.raw, m["th_d"])
    if scene.reference is None or day is None or not 1 <= day <= 31:
        return None
    days = []
    for shift in (-1, 0, 1):
        first, last = whole_of(scene.reference, "month", shift)
        if day <= last.day:
            days.append(first + timedelta(days=day - 1))
    direction = scene.direction(m) if "month" not in m.group() else 0
    side = [d for d in days if (d - scene.reference).days * direction >= 0] if direction else days
    if "month" in m.group():
        side = [d for d in days if d.month == scene.reference.month]
    if not side:
        return None
    return scene.make(m, min(side, key=lambda d: abs((d - scene.reference).days if scene.reference else 0)).isoformat())


def read_nthday(scene: Scene, m: Match) -> Timex | None:
    """The first Friday of July."""
    month, weekday = month_of(scene, m["nd_m"]), scene.words.weekdays[m["nd_w"]]
    year = int(m["nd_y"]) if m["nd_y"] else month_year(scene, m, month)
    if year is None:
        return None
    days = [date(year, month, n) for n in range(1, last_of_month(year, month).day + 1)]
    right = [d for d in days if d.weekday() == weekday]
    number = scene.words.raw["ordinals"][m["nd_o"]]
    return scene.make(m, right[number - 1 if number > 0 else -1].isoformat())


def month_year(scene: Scene, match: Match, month: int) -> int | None:
    """Return the year of a month named without one, by the tense around it."""
    if scene.reference is None:
        return None
    return year_near(scene.reference, month, direction=scene.direction(match))


def whole_of(reference: date, unit: str, shift: int) -> tuple[date, date]:
    """Return the first and last day of the month or year ``shift`` away from a day's."""
    if unit == "year":
        return date(reference.year + shift, 1, 1), date(reference.year + shift, 12, 31)
    index = reference.year * 12 + reference.month - 1 + shift
    return date(index // 12, index % 12 + 1, 1), last_of_month(index // 12, index % 12 + 1)
