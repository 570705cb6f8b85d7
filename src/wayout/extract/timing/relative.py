"""Value expressions that count from the day of writing or from the day spoken of last."""

import re
from datetime import date, timedelta

from wayout.extract.timing.amounts import DAYS_OF, duration_value
from wayout.extract.timing.calendar_arithmetic import (
    add_days,
    add_months,
    quarter_of,
    same_day,
    week_value,
    weekday_near,
)
from wayout.extract.timing.days import Match, shift_of
from wayout.extract.timing.numbers import amount, written
from wayout.extract.timing.scene import Scene, Timex


def unit_value(reference: date | None, shift: float, code: str) -> str:
    """Return the value of the unit ``shift`` units away from a day; "" where that is no date."""
    if reference is None:
        return ""
    n = round(shift)
    if code in ("D", "I"):
        return add_days(reference, n).isoformat()
    if code in ("W", "K", "F"):
        week = week_value(add_days(reference, n * (14 if code == "F" else 7)))
        return week + "-WE" if code == "K" else week
    if code in ("M", "Q"):
        then = add_months(reference, n * (3 if code == "Q" else 1))
        return f"{then.year:04d}-{then.month:02d}" if code == "M" else f"{then.year:04d}-Q{quarter_of(then)}"
    years = {"Y": n, "E": 10 * n, "C": 100 * n, "L": 1000 * n}.get(code)
    if years is None or not 1 <= reference.year + years <= 9999:
        return ""
    year = f"{reference.year + years:04d}"
    return year if code in ("Y", "L") else year[: 3 if code == "E" else 2]


def read_ago(scene: Scene, m: Match) -> Timex | None:
    """Three days ago; "a year earlier" keeps the grain of the quarter spoken of."""
    word = m["ag_d"].casefold()
    sign = -1 if word in ("ago", "earlier", "before", "previously") else 1
    if m["ag_v"] or scene.reference is None:
        return scene.make(m, "PAST_REF" if sign < 0 else "FUTURE_REF")
    n = amount(scene.words.raw, m["ag_n"])
    code = scene.words.units[m["ag_u"].casefold()]
    spoken = scene.quarter(m)
    if code == "Y" and n == 1 and sign < 0 and spoken and spoken[:4].isdigit():
        return scene.make(m, f"{int(spoken[:4]) - 1}{spoken[4:]}")
    anchor = scene.reference if word in ("ago", "from now", "hence") else scene.anchor(m)
    if code in ("H", "N", "S"):
        if anchor is None:
            return None
        return scene.make(m, (add_days(anchor, sign * n / 24 if code == "H" and n >= 24 else 0)).isoformat(), "TIME")
    if word == "later" and m["ag_v"] is None and scene.day_spoken is None:
        return scene.make(m, duration_value(written(n), code), "DURATION")
    value = unit_value(anchor, sign * n, code)
    return scene.make(m, value) if value else None


def read_pastn(scene: Scene, m: Match) -> Timex | None:
    """The past three weeks: a duration whose days are known."""
    raw, code = scene.words.raw, scene.words.units[(m["pn_u"] or m["po_u"]).casefold()]
    number = "X" if m["pn_v"] else written(amount(raw, m["pn_n"] or m["po_n"]))
    first = last = None
    ahead = shift_of(scene, m["pn_r"] or m["po_r"]) >= 0
    if number != "X" and scene.reference is not None and code in DAYS_OF:
        first, last = (d.isoformat() for d in stretch(scene.reference, float(number), code, ahead=ahead))
    return scene.make(m, duration_value(number, code), "DURATION", part=first, last=last)


def stretch(reference: date, n: float, code: str, *, ahead: bool) -> tuple[date, date]:
    """Return the days of "the past n" or "the next n" units: whole quarters and decades, else to the day of writing."""
    if code in ("Q", "E"):
        months = round(n) * (3 if code == "Q" else 120)
        now = (
            date(reference.year, 3 * quarter_of(reference) - 2, 1)
            if code == "Q"
            else date(reference.year // 10 * 10, 1, 1)
        )
        begin = add_months(now, 3 if code == "Q" else 120) if ahead else add_months(now, -months)
        return begin, add_days(add_months(begin, months), -1)
    if code in ("M", "Y", "C"):
        months = round(n * {"M": 1, "Y": 12, "C": 1200}[code])
        other = same_day(add_months(reference, months if ahead else -months), reference.day)
    else:
        other = add_days(reference, max(1.0, n * DAYS_OF[code]) * (1 if ahead else -1))
    return (add_days(reference, 1), other) if ahead else (other, reference)


def read_afternext(scene: Scene, m: Match) -> Timex | None:
    """The week after next."""
    value = unit_value(scene.reference, 2 if m["an_w"].startswith("after") else -2, scene.words.units[m["an_u"]])
    return scene.make(m, value) if value else None


def read_restof(scene: Scene, m: Match) -> Timex | None:
    """The rest of the week."""
    value = unit_value(scene.reference, 0, scene.words.units[m["rs_u"]])
    return scene.make(m, value, part="TO_COME") if value else None


def read_vagueunits(scene: Scene, m: Match) -> Timex | None:
    """Recent weeks, coming days."""
    return scene.make(m, "FUTURE_REF" if m["vu_r"].casefold() in ("coming", "future") else "PAST_REF")


def read_unitsahead(scene: Scene, m: Match) -> Timex | None:
    """The weeks ahead."""
    return scene.make(m, duration_value("X", scene.words.units[m["ua_u"].casefold()]), "DURATION")


def read_weekdayrel(scene: Scene, m: Match) -> Timex | None:
    """On Sunday: the last one, after a future verb the next; "Sundays" is a set."""
    weekday = scene.words.weekdays[m["wr_w"].casefold()]
    daypart = scene.words.raw["dayparts"][m["wr_p"].casefold()] if m["wr_p"] else None
    if m["wr_s"] or m["wr_t"]:
        return scene.make(m, f"XXXX-WXX-{weekday + 1}{'T' + daypart if daypart else ''}", "SET")
    if scene.reference is None:
        return None
    relation = (m["wr_r"] or "").casefold()
    shift = shift_of(scene, relation) if relation else 0
    reference = scene.anchor(m) if relation in scene.words.raw["from_text"] else scene.reference
    assert reference is not None  # noqa: S101 - there is a day of writing
    if relation in scene.words.raw["this"]:
        day = reference + timedelta(days=weekday - reference.weekday())
    else:
        future = shift > 0 or (not relation and scene.direction(m) > 0)
        day = weekday_near(reference, weekday, future=future, other=shift != 0)
    return _dayparted(scene, m, day, m["wr_p"])


def _dayparted(scene: Scene, m: Match, day: date, part: str | None) -> Timex:
    if part is None:
        return scene.make(m, day.isoformat())
    return scene.make(m, f"{day.isoformat()}T{scene.words.raw['dayparts'][part.casefold()]}", "TIME")


def read_dayword(scene: Scene, m: Match) -> Timex | None:
    """Yesterday, tonight."""
    if scene.reference is None:
        return None
    word = m["dw"].casefold().removeprefix("the ")
    days = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}.get(word, 0)
    part = m["dw_p"] or ("night" if word in ("tonight", "overnight") else None)
    return _dayparted(scene, m, add_days(scene.reference, days), part)


def read_relpart(scene: Scene, m: Match) -> Timex | None:
    """Last night, this morning, that evening."""
    if scene.reference is None:
        return None
    relation = m["rp_r"].casefold()
    anchor = scene.anchor(m) if relation in ("that", "the same", "the previous") else scene.reference
    assert anchor is not None  # noqa: S101 - there is a day of writing
    days = -1 if relation in ("last", "the previous") else 1 if relation == "next" else 0
    return _dayparted(scene, m, add_days(anchor, days), m["rp_p"])


def read_unitrel(scene: Scene, m: Match) -> Timex | None:
    """Last week, this month, the following day, year-ago."""
    if m["yr_u"]:
        spoken = scene.quarter(m)
        if spoken and spoken[:4].isdigit():
            return scene.make(m, f"{int(spoken[:4]) - 1}{spoken[4:]}")
        value = unit_value(scene.reference, -1, "Y")
        return scene.make(m, value) if value else None
    relation = (m["ur_r"] or m["er_r"]).casefold()
    unit = re.split(r"\s", m["ur_u"] or m["er_u"])[-1].casefold()
    code = scene.words.units[unit]
    if code in ("H", "N", "S", "I", "U", "L") or (relation == "present" and code == "D"):
        return None
    if code == "C" and relation == "past":
        return scene.make(m, "P1C", "DURATION")
    anchor = scene.anchor(m) if relation in scene.words.raw["from_text"] else scene.reference
    if code == "K" and relation == "last" and anchor is not None and anchor.weekday() >= 5:
        anchor = anchor - timedelta(days=2)
    value = unit_value(anchor, shift_of(scene, relation), code)
    return scene.make(m, value, part=_side(m.group())) if value else None


def _side(words: str) -> str | None:
    """Return the side of the day of writing: "earlier this year", "later this week"."""
    return "SO_FAR" if words.startswith("earlier") else "TO_COME" if words.startswith("later") else None


def read_partunit(scene: Scene, m: Match) -> Timex | None:
    """Late last week, the end of the year."""
    relation = (m["pu_r"] or "the").casefold()
    shift = shift_of(scene, "this" if relation == "the" else relation)
    value = unit_value(scene.reference, shift, scene.words.units[(m["pu_u"] or m["pu_e"]).casefold()])
    part = scene.words.raw["parts"][(m["pu_p"] or "end").casefold()]
    return scene.make(m, value, part=part) if value else None


def read_theweekend(scene: Scene, m: Match) -> Timex | None:
    """The weekend: the last one, with a future verb the next."""
    if scene.reference is None:
        return None
    saturday = weekday_near(scene.reference, 5, future=scene.direction(m) > 0, other=False)
    return scene.make(m, week_value(saturday) + "-WE")


def read_theyear(scene: Scene, m: Match) -> Timex | None:
    """The year (of writing); "the year ended June 30" is a duration."""
    code = scene.words.units[m["ty"].casefold()]
    if m["ty_e"] is not None:
        return scene.make(m, duration_value("1", code), "DURATION")
    value = unit_value(scene.reference, 0, code)
    return scene.make(m, value) if value else None
