"""Value durations, repeated times, clock times and vague references (now, recently, soon)."""

import re

from wayout.extract.timing.days import Match
from wayout.extract.timing.numbers import amount, written
from wayout.extract.timing.scene import Scene, Timex

DAYS_OF = {
    "H": 1 / 24,
    "D": 1.0,
    "I": 1.0,
    "W": 7.0,
    "F": 14.0,
    "M": 30.4,
    "Q": 91.3,
    "Y": 365.25,
    "E": 3652.5,
    "C": 36525.0,
}
"""Days of a unit, by its code; mean lengths."""


def duration_value(number: str, code: str) -> str:
    """Write a duration as TIMEX3: P3D, PT2H, P2Y6M, PXW."""
    if number.endswith(".5") and code in ("Y", "N", "H", "M", "D"):
        whole = number[:-2]
        more = {"Y": "6M", "N": "30S", "H": "30M", "M": "2W", "D": "T12H"}[code]
        ahead = duration_value(whole, code) if whole != "0" else "PT" if code in ("N", "H") else "P"
        return ahead + more
    if code == "N":
        return f"PT{number}M"
    if code in ("H", "S"):
        return f"PT{number}{code}"
    if code == "K":
        return f"P{number}WE"
    if code == "F":
        return "P2W" if number == "1" else "PXW" if number == "X" else f"P{2 * float(number):g}W"
    return f"P{number}{ {'E': 'DE', 'C': 'CE', 'I': 'D', 'U': 'SU'}.get(code, code) }"


def read_duration(scene: Scene, m: Match) -> Timex | None:
    """Three weeks, two and a half years; a number gone vague is X."""
    code = scene.words.units[m["du_u"].casefold()]
    if m["du_v"]:
        return scene.make(m, duration_value("X", code), "DURATION")
    number = amount(scene.words.raw, m["du_n"]) + (0.5 if m["du_h"] else 0.0)
    return scene.make(m, duration_value(written(number), code), "DURATION")


def read_allunit(scene: Scene, m: Match) -> Timex | None:
    """All night, the whole week."""
    return scene.make(m, duration_value("1", scene.words.units[m["al"]]), "DURATION")


def read_compact(scene: Scene, m: Match) -> Timex | None:
    """48h, 3years."""
    unit = m["dc_u"].removesuffix("s")
    code = {"h": "H", "yr": "Y"}.get(unit) or scene.words.units[unit]
    return scene.make(m, duration_value(written(float(m["dc_n"])), code), "DURATION")


def read_durations(scene: Scene, m: Match) -> Timex | None:
    """Days, weeks or months."""
    unit = m["ds_u"].casefold()
    return scene.make(m, duration_value("X", scene.words.units[unit.removesuffix("s")]), "DURATION")


def read_daysofweek(scene: Scene, m: Match) -> Timex | None:
    """An age is no time of an event ("52 years old"); a thing's is a duration ("the 8-month-old truce")."""
    if " " in m.group() or scene.word_after(m) == "" or m["dn_u"].casefold() == "year":
        return None
    return scene.make(
        m,
        duration_value(written(amount(scene.words.raw, m["dn"])), scene.words.units[m["dn_u"].casefold()]),
        "DURATION",
    )


def read_every(scene: Scene, m: Match) -> Timex | None:
    """Every day, each Thursday, every two weeks."""
    words, raw = scene.words, scene.words.raw
    unit = (m["ev_u"] or m["ev_o"]).casefold()
    number = 2.0 if re.match(r"(?:every|each)\sother", m.group(), re.IGNORECASE) else amount(raw, m["ev_n"] or "one")
    if unit in words.weekdays:
        value = f"XXXX-WXX-{words.weekdays[unit] + 1}"
        return scene.make(m, value + (f"T{raw['dayparts'][m['ev_p'].casefold()]}" if m["ev_p"] else ""), "SET")
    if unit in words.months:
        return scene.make(m, f"XXXX-{words.months[unit]:02d}", "SET")
    code = words.units.get(unit, "D")
    return scene.make(m, duration_value(written(number), code), "SET")


def read_set(scene: Scene, m: Match) -> Timex | None:
    """Daily, weekly."""
    return scene.make(m, scene.words.raw["sets"][m["set"].casefold()], "SET")


def read_clock(scene: Scene, m: Match) -> Timex | None:
    """5:30 p.m., 17:30, 0600 hours: on the day of the sentence, else the day of writing."""
    hour = int(m["cl_h"] or m["ck_h"] or m["cm_h"])
    minute = int(m["cl_m"] or m["ck_m"] or m["cm_m"] or 0)
    if m["cl_a"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if m["cl_a"].casefold().startswith("p") else 0)
    return scene.make(m, f"{_day(scene, m)}T{hour:02d}:{minute:02d}", "TIME")


def read_point(scene: Scene, m: Match) -> Timex | None:
    """At dawn, at noon."""
    word = m["pt"].casefold()
    clock = scene.words.raw["clock_of_point"].get(word) if not m["pt_a"] else None
    return scene.make(m, f"{_day(scene, m)}T{clock or scene.words.raw['dayparts'][word]}", "TIME")


def _day(scene: Scene, m: Match) -> str:
    day = scene.anchor(m, same_sentence=True)
    return day.isoformat() if day else "XXXX-XX-XX"


def read_present(scene: Scene, m: Match) -> Timex | None:
    """Now."""
    return scene.make(m, "PRESENT_REF")


def read_past(scene: Scene, m: Match) -> Timex | None:
    """Recently."""
    return scene.make(m, "PAST_REF")


def read_future(scene: Scene, m: Match) -> Timex | None:
    """Soon."""
    return scene.make(m, "FUTURE_REF")
