"""Value expressions that name a longer time: weeks, months, quarters, seasons, years, decades, centuries."""

import re
from datetime import date, timedelta

from wayout.extract.timing.calendar_arithmetic import last_of_month, month_value, quarter_of, week_value
from wayout.extract.timing.days import Match, day_value, month_of, month_year, shift_of, whole_of
from wayout.extract.timing.numbers import day_number, year_number
from wayout.extract.timing.scene import Scene, Timex

Shifts = {"last": -1, "this": 0, "the": 0, "next": 1}


def read_isomonth(scene: Scene, m: Match) -> Timex | None:
    """2019-05."""
    return scene.make(m, month_value(int(m["im_y"]), int(m["im_m"])))


def _part(scene: Scene, word: str | None) -> str | None:
    parts: dict[str, str] = scene.words.raw["parts"]
    return parts.get((word or "").casefold())


def read_part(scene: Scene, m: Match) -> Timex | None:
    """Early May, mid-May 2019."""
    month = month_of(scene, m["pa_m"])
    year = int(m["pa_y"]) if m["pa_y"] else month_year(scene, m, month)
    return scene.make(m, month_value(year, month), part=_part(scene, m["pa_p"] or m["pa_q"]))


def read_partyear(scene: Scene, m: Match) -> Timex | None:
    """Late 2019, early next year."""
    if m["py_y"]:
        return scene.make(m, m["py_y"], part=_part(scene, m["py_p"] or m["py_q"]))
    if scene.reference is None:
        return None
    return scene.make(
        m, str(scene.reference.year + Shifts[m["py_r"].casefold()]), part=_part(scene, m["py_p"] or m["py_q"])
    )


def read_yearend(scene: Scene, m: Match) -> Timex | None:
    """Year-end: the end of the year of writing, as "the end of the year"."""
    return scene.make(m, str(scene.reference.year), part="END") if scene.reference else None


def read_my(scene: Scene, m: Match) -> Timex | None:
    """May 2019."""
    year = year_number(scene.words.raw, m["my_y"] or m["mw_y"])
    return scene.make(m, month_value(year, month_of(scene, m["my_m"] or m["mw_m"])))


def read_month(scene: Scene, m: Match) -> Timex | None:
    """May: the last one, after a future verb or when close ahead the next."""
    month = month_of(scene, m["mm"])
    return scene.make(m, month_value(month_year(scene, m, month), month))


def read_monthrel(scene: Scene, m: Match) -> Timex | None:
    """Last May."""
    month, reference = month_of(scene, m["mo_m"]), scene.reference
    if reference is None:
        return scene.make(m, month_value(None, month))
    shift = shift_of(scene, m["mo_r"])
    year = reference.year
    if shift < 0 and month >= reference.month:
        year -= 1
    if shift > 0 and month <= reference.month:
        year += 1
    return scene.make(m, month_value(year, month), part=_part(scene, m["mo_p"]))


def read_monthyear(scene: Scene, m: Match) -> Timex | None:
    """May of last year."""
    if scene.reference is None:
        return None
    return scene.make(m, f"{scene.reference.year + shift_of(scene, m['ym_r'])}-{month_of(scene, m['ym_m']):02d}")


def read_year(scene: Scene, m: Match) -> Timex | None:
    """2019."""
    return scene.make(m, m["yy"])


def read_yearwords(scene: Scene, m: Match) -> Timex | None:
    """Nineteen ninety-one."""
    year = year_number(scene.words.raw, m["yw"])
    return scene.make(m, f"{year:04d}") if year else None


def read_decade(scene: Scene, m: Match) -> Timex | None:
    """The 1990s, the nineties."""
    words = m["de_y"].strip("'\u2019").casefold()
    name = re.split(r"[- ]", words)[-1]
    part = _part(scene, m["de_p"] or re.split(r"[- ]", words)[0])
    if name in scene.words.raw["decades_as_words"]:
        return scene.make(m, f"19{scene.words.raw['decades_as_words'][name]}", part=part)
    digits = re.sub(r"\D", "", words)[:-1]
    return scene.make(m, digits[:3] if len(digits) == 3 else "19" + digits[0], part=part)


def read_century(scene: Scene, m: Match) -> Timex | None:
    """The 11th century."""
    word = m["ce_n"].casefold()
    number = scene.words.raw["ordinals"].get(word) or day_number(scene.words.raw, word)
    return scene.make(m, f"{number - 1:02d}") if number and 0 < number <= 21 else None


def read_season(scene: Scene, m: Match) -> Timex | None:
    """Last summer, spring 2019."""
    name = scene.words.raw["seasons"][(m["se_s"] or m["sr_s"]).casefold()]
    part = _part(scene, m["se_p"] or m["sm_p"] or m["sr_p"] or m["ss_p"])
    if m["se_y"]:
        return scene.make(m, f"{m['se_y']}-{name}", part=part)
    reference = scene.reference
    if reference is None:
        return None
    relation = m["sr_r"].casefold()
    shift, (begins, _) = shift_of(scene, relation), scene.words.raw["season_months"][name]
    year = reference.year
    if shift < 0 and begins + 2 >= reference.month:
        year -= 1
    if shift > 0 and begins <= reference.month:
        year += 1
    if shift == 0 and name == "WI" and reference.month <= 2:
        year -= 1
    return scene.make(m, f"{year}-{name}", part=part)


def read_quarter(scene: Scene, m: Match) -> Timex | None:
    """The third quarter, first half of 2019."""
    number = scene.words.raw["ordinals"][(m["qr_o"] or m["qu_o"]).casefold()]
    unit = (m["qr_u"] or m["qu_u"]).casefold()
    relation, written = m["qr_r"] or m["qu_r"], m["qr_y"] or m["qu_y"]
    if number < 0:
        number = 4 if unit == "quarter" else 2
    if written:
        year = written
    elif scene.reference is None:
        year = "XXXX"
    else:
        year = str(
            scene.reference.year + Shifts[relation.casefold()] if relation else _quarter_year(scene, m, number, unit)
        )
    return scene.make(m, f"{year}-{'Q' if unit == 'quarter' else 'H'}{number}")


def _quarter_year(scene: Scene, m: Match, number: int, unit: str) -> int:
    """Return this year, or last year for a quarter that had not begun, spoken of in the past."""
    assert scene.reference is not None  # noqa: S101 - the caller has looked
    begins = (number - 1) * (3 if unit == "quarter" else 6) + 1
    back = begins > scene.reference.month and scene.direction(m) < 0
    return scene.reference.year - back


def read_shortquarter(scene: Scene, m: Match) -> Timex | None:
    """Q1 2019, 2019 H2."""
    part = (m["sq_q"] or m["sq_r"] or m["sq_n"]).upper()
    year = m["sq_y"] or m["sq_z"] or (str(scene.reference.year) if scene.reference else None)
    return scene.make(m, f"{year}-{part}") if year and part not in ("H3", "H4") else None


def read_slashmonth(scene: Scene, m: Match) -> Timex | None:
    """11/2016, 2016/11."""
    return scene.make(m, month_value(int(m["sm_b"] or m["sm_c"]), int(m["sm_a"] or m["sm_d"])))


def read_yearmonth(scene: Scene, m: Match) -> Timex | None:
    """2016 November."""
    return scene.make(m, month_value(int(m["yo_y"]), month_of(scene, m["yo_m"])))


def read_monthof(scene: Scene, m: Match) -> Timex | None:
    """The month of May."""
    month = month_of(scene, m["mf"])
    return scene.make(m, month_value(month_year(scene, m, month), month))


def read_yearrange(scene: Scene, m: Match) -> Timex | None:
    """2014-2018, 2014-18."""
    last = m["yr_b"] if len(m["yr_b"]) == 4 else m["yr_a"][:2] + m["yr_b"]
    return scene.make(m, m["yr_a"], last=last) if m["yr_a"] < last else None


def read_monthrange(scene: Scene, m: Match) -> Timex | None:
    """Nov-Feb 2017: the second month is of the year written."""
    first, last = month_of(scene, m["mx_a"]), month_of(scene, m["mx_b"])
    year = int(m["mx_y"]) if m["mx_y"] else month_year(scene, m, last)
    if year is None:
        return None
    return scene.make(m, month_value(year - (first > last), first), last=month_value(year, last))


def read_thequarter(scene: Scene, m: Match) -> Timex | None:
    """Read "the quarter" of a report as the one spoken of, else the last one that has ended."""
    spoken = scene.quarter(m)
    if spoken is None:
        if scene.reference is None:
            return None
        then = scene.reference.year * 4 + quarter_of(scene.reference) - 2
        spoken = f"{then // 4}-Q{then % 4 + 1}"
    if not spoken[:4].isdigit():
        return None
    back = 1 if m["tq_a"] or m["tq_r"] else 0
    year = m["tq_y"] or str(int(spoken[:4]) - back)
    return scene.make(m, year + spoken[4:])


def read_orton(scene: Scene, m: Match) -> Timex | None:
    """The last week of July, the first day of the year."""
    number = scene.words.raw["ordinals"].get(m["on_o"]) or day_number(scene.words.raw, m["on_o"])
    unit = m["on_u"]
    if number is None:
        return None
    reference = scene.reference
    if m["on_m"]:
        month = month_of(scene, m["on_m"])
        year = int(m["on_y"]) if m["on_y"] else month_year(scene, m, month)
        whole = (date(year, month, 1), last_of_month(year, month)) if year else None
    elif m["on_yy"]:
        whole = date(int(m["on_yy"]), 1, 1), date(int(m["on_yy"]), 12, 31)
    elif reference is None:
        whole = None
    else:
        whole = whole_of(reference, m["on_v"].casefold(), shift_of(scene, m["on_r"]))
    if whole is None:
        return None
    value = _nth(whole, number, unit)
    return scene.make(m, value) if value else None


def _nth(whole: tuple[date, date], number: int, unit: str) -> str:
    first, last = whole
    if unit == "day":
        return (first + timedelta(days=number - 1) if number > 0 else last).isoformat()
    if unit == "month":
        return f"{first.year}-{number if number > 0 else 12:02d}" if (last - first).days > 300 else ""
    # A week belongs to the month that holds its Thursday (ISO 8601).
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    ends = last - timedelta(days=(last.weekday() - 3) % 7)
    day = thursday + timedelta(weeks=number - 1) if number > 0 else ends
    return week_value(day) + ("-WE" if unit == "weekend" else "")


def read_weekof(scene: Scene, m: Match) -> Timex | None:
    """The week of May 3."""
    month, day = m["wo_m"] or m["wo_n"], m["wo_d"] or m["wo_e"]
    value = day_value(scene, m, m["wo_y"], month_of(scene, month), day_number(scene.words.raw, day))
    if not value or value.startswith("X"):
        return None
    return scene.make(m, week_value(date.fromisoformat(value)))


def read_weekno(scene: Scene, m: Match) -> Timex | None:
    """Week 31 (ISO)."""
    number = int(m["wn"])
    year = int(m["wn_y"]) if m["wn_y"] else scene.reference.year if scene.reference else None
    if year is not None and m["wn_r"]:
        year += Shifts[m["wn_r"]]
    if year is None or not 1 <= number <= 52:
        return None
    return scene.make(m, f"{year:04d}-W{number:02d}")
