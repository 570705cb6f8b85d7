"""Find time expressions by our own rules and give them TimeML values against a reference day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wayout.extract.calendar_arithmetic import (
    add_months,
    month_value,
    quarter_of,
    week_value,
    weekday_near,
    year_near,
)
from wayout.extract.timex_rules import RULES, either, time_words

_BEFORE_TIMES = frozenset(
    {"in", "since", "until", "till", "by", "of", "during", "from", "to", "and", "through", "before", "after", "for"}
)
"""Words before a bare month or year that show it is a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """
    A time expression: characters, TIMEX3 type and value, and a part ("early").

    ``value`` may be ``"PRESENT_REF"`` and the like; ``last`` is the second end of a range.
    """

    start: int
    end: int
    kind: str
    value: str
    part: str | None = None
    last: str | None = None


def find_timexes(parsed: Any, reference: date | None) -> tuple[Timex, ...]:
    """
    Find time expressions and value them.

    Parameters
    ----------
    parsed
        A spaCy ``Doc``.
    reference
        The day the text was written, for relative expressions; without it they get no value.

    Returns
    -------
    timexes
        In text order, not overlapping; ``value`` is ``""`` where it cannot be known.

    References
    ----------
    Pustejovsky, J. et al. (2010). ISO-TimeML. LREC. Strötgen, J., Gertz, M. (2013). HeidelTime. LRE 47, 269-298.
    """
    found: list[Timex] = []
    reader = _Reader(parsed, reference)
    for match in time_words().pattern.finditer(parsed.text):
        rule = next(name for name, _ in RULES if match.group(f"r_{name}"))
        if reader.refuses(rule, match):
            continue
        timex = getattr(reader, f"read_{rule}")(match)
        if timex is not None:
            found.append(timex)
    return tuple(found)


class _Reader:
    """Values one match after the other; each ``read_*`` belongs to the rule of its name."""

    def __init__(self, parsed: Any, reference: date | None) -> None:
        self.parsed = parsed
        self.reference = reference
        self.words = time_words()

    def refuses(self, rule: str, match: re.Match[str]) -> bool:
        """Tell whether the words are something else: the modal "may", a number, "second" the adjective."""
        text = match.group()
        if rule in ("month", "monthrel", "my", "dmy", "mdy", "part", "dmrange", "mdrange"):
            name = re.search(either(self.words.months), text, re.IGNORECASE)
            if name is not None and not name.group()[0].isupper():
                return True
        if rule == "month":
            return not self._is_month(match)
        if rule == "year":
            return not self._is_year(match)
        if rule == "duration":
            number = (match["du_n"] or "").casefold()
            return match["du_u"].casefold() == "second" or (
                number in ("a", "an", "one") and match["du_u"].casefold() in ("quarter", "second")
            )
        if rule == "past" and text.casefold() == "once":
            return True
        weekday = re.search(either(self.words.weekdays), text, re.IGNORECASE)
        return rule == "weekdayrel" and weekday is not None and not weekday.group()[0].isupper()

    def _is_month(self, match: re.Match[str]) -> bool:
        name = match.group().rstrip(".").casefold()
        if name not in self.words.raw["doubtful_months"]:
            return len(name) > 3
        span = self.parsed.char_span(match.start(), match.end(), alignment_mode="expand")
        if len(name) <= 3 and name != "may":
            return False
        before = self.parsed[span.start - 1].lower_ if span.start else ""
        company = before in _BEFORE_TIMES
        return company and span.root.tag_ not in ("MD", "VB", "VBP", "VBZ") and span.root.pos_ in ("PROPN", "NOUN")

    def _is_year(self, match: re.Match[str]) -> bool:
        span = self.parsed.char_span(match.start(), match.end(), alignment_mode="expand")
        if span is None or span.text != match.group():
            return False
        before = self.parsed[span.start - 1].lower_ if span.start else ""
        after = self.parsed[span.end].pos_ if span.end < len(self.parsed) else ""
        company = before in _BEFORE_TIMES | {
            "(",
            "late",
            "early",
            "mid",
            "than",
            "the",
            "between",
            "fiscal",
            "year",
            "-",
        }
        return company and not (after == "NOUN" and before not in ("in", "the", "of", "since", "fiscal", "(", "-"))

    # -- making ------------------------------------------------------------------------------------------------------

    def _make(self, match: re.Match[str], value: str, kind: str = "DATE", **more: str | None) -> Timex:
        start, end = match.start(), match.end()
        text = match.group()
        if text[:4].casefold() == "the " and not more.get("part"):
            pass
        return Timex(start=start, end=end, kind=kind, value=value, part=more.get("part"), last=more.get("last"))

    def _day(self, match: re.Match[str], year: str | None, month: int, day: int) -> str:
        when = int(year) if year else self._year_of(match, month)
        try:
            return date(when, month, day).isoformat() if when else f"XXXX-{month:02d}-{day:02d}"
        except ValueError:
            return ""

    def _year_of(self, match: re.Match[str], month: int) -> int | None:
        if self.reference is None:
            return None
        return year_near(self.reference, month, future=self._is_future(match))

    def _is_future(self, match: re.Match[str]) -> bool:
        """Tell whether the clause around a match is in the future."""
        span = self.parsed.char_span(match.start(), match.end(), alignment_mode="expand")
        token = span.root
        for _ in range(12):
            if token.pos_ in ("VERB", "AUX"):
                words = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
                return bool(
                    words & {"will", "'ll", "shall", "would", "to"}
                    or token.lower_ in ("plans", "scheduled", "expected", "due")
                )
            if token.head.i == token.i:
                return False
            token = token.head
        return False

    def _month(self, name: str) -> int:
        return self.words.months[name.rstrip(".").casefold()]

    def _number(self, text: str) -> float:
        low = text.casefold().replace(",", "")
        if low[0].isdigit():
            return float(low)
        total = 0.0
        for piece in re.split(r"[- ]", low):
            total += self.words.numbers.get(piece, 0)
        return self.words.numbers.get(low, total)

    # -- absolute ----------------------------------------------------------------------------------------------------

    def read_iso(self, m: re.Match[str]) -> Timex | None:
        return (
            self._make(m, self._day(m, m["iso_y"], int(m["iso_m"]) or 1, int(m["iso_d"]) or 1))
            if 1 <= int(m["iso_m"]) <= 12
            else None
        )

    def read_numeric(self, m: re.Match[str]) -> Timex | None:
        """Read 03/05/2019 day first, unless only the other order is a date."""
        first, second, year = int(m["nu_a"]), int(m["nu_b"]), m["nu_y"]
        if len(year) == 2:
            year = ("19" if int(year) > 50 else "20") + year
        day, month = (second, first) if second > 12 else (first, second)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return self._make(m, self._day(m, year, month, day))

    def read_dmrange(self, m: re.Match[str]) -> Timex | None:
        return self._range(m, m["dr_y"], m["dr_m"], (m["dr_a"], m["dr_b"]))

    def read_mdrange(self, m: re.Match[str]) -> Timex | None:
        return self._range(m, m["mr_y"], m["mr_m"], (m["mr_a"], m["mr_b"]))

    def _range(self, m: re.Match[str], year: str | None, month: str, days: tuple[str, str]) -> Timex | None:
        first, last = (self._day(m, year, self._month(month), _int(d)) for d in days)
        return self._make(m, first, last=last) if first and last and first <= last else None

    def read_dmy(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, self._day(m, m["dm_y"], self._month(m["dm_m"]), _int(m["dm_d"])))

    def read_mdy(self, m: re.Match[str]) -> Timex | None:
        value = self._day(m, m["md_y"], self._month(m["md_m"]), _int(m["md_d"]))
        return self._make(m, value) if value else None

    def read_part(self, m: re.Match[str]) -> Timex | None:
        month = self._month(m["pa_m"])
        year = int(m["pa_y"]) if m["pa_y"] else self._year_of(m, month)
        return self._make(m, month_value(year, month), part=self.words.raw["parts"][m["pa_p"].casefold()])

    def read_partyear(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, m["py_y"], part=self.words.raw["parts"][m["py_p"].casefold()])

    def read_partunit(self, m: re.Match[str]) -> Timex | None:
        part = self.words.raw["parts"][m["pu_p"].casefold()]
        relation = m["pu_r"].casefold()
        value = self._unit(self._shift("this" if relation == "the" else relation), m["pu_u"])
        return self._make(m, value, part=part) if value else None

    def read_my(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, f"{m['my_y']}-{self._month(m['my_m']):02d}")

    def read_month(self, m: re.Match[str]) -> Timex | None:
        month = self._month(m["mm"])
        return self._make(m, month_value(self._year_of(m, month), month))

    def read_monthrel(self, m: re.Match[str]) -> Timex | None:
        month = self._month(m["mo_m"])
        if self.reference is None:
            return self._make(m, month_value(None, month))
        shift = self._shift(m["mo_r"])
        year = self.reference.year
        if shift < 0 and month >= self.reference.month:
            year -= 1
        if shift > 0 and month <= self.reference.month:
            year += 1
        return self._make(m, f"{year}-{month:02d}")

    def read_monthyear(self, m: re.Match[str]) -> Timex | None:
        if self.reference is None:
            return None
        return self._make(m, f"{self.reference.year + self._shift(m['ym_r'])}-{self._month(m['ym_m']):02d}")

    def read_year(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, m["yy"])

    def read_decade(self, m: re.Match[str]) -> Timex | None:
        digits = m["de_y"].strip("'")[:-1]
        value = digits[:3] if len(digits) == 4 else "19" + digits[0]
        part = self.words.raw["parts"].get((m["de_p"] or "").casefold())
        return self._make(m, value, part=part)

    def read_season(self, m: re.Match[str]) -> Timex | None:
        name = self.words.raw["seasons"][(m["se_s"] or m["sr_s"]).casefold()]
        if m["se_y"]:
            return self._make(m, f"{m['se_y']}-{name}")
        if self.reference is None:
            return None
        return self._make(m, f"{self.reference.year + self._shift(m['sr_r'])}-{name}")

    def read_quarter(self, m: re.Match[str]) -> Timex | None:
        number = self.words.raw["ordinals"][m["qu_o"].casefold()]
        year = m["qu_y"] or (str(self.reference.year) if self.reference else "XXXX")
        return self._make(m, f"{year}-{'Q' if m['qu_u'].casefold() == 'quarter' else 'H'}{number}")

    def read_thequarter(self, m: re.Match[str]) -> Timex | None:
        """Read "the quarter" of a report as the last one that has ended."""
        value = self._unit(-5 if m["tq_a"] else -1, "quarter")
        return self._make(m, value) if value else None

    # -- relative ----------------------------------------------------------------------------------------------------

    def _shift(self, word: str) -> int:
        low = word.casefold()
        return -1 if low in self.words.raw["before"] else 1 if low in self.words.raw["after"] else 0

    def _unit(self, shift: float, unit: str) -> str:
        """Return the value of the unit ``shift`` units away from the reference day."""
        reference = self.reference
        if reference is None:
            return ""
        code, n = self.words.units[unit.casefold()], round(shift)
        if code == "D":
            return (reference + timedelta(days=n)).isoformat()
        if code in ("W", "K", "F"):
            week = week_value(reference + timedelta(weeks=n * (2 if code == "F" else 1)))
            return week + "-WE" if code == "K" else week
        if code in ("M", "Q"):
            then = add_months(reference, n * (3 if code == "Q" else 1))
            return f"{then:%Y-%m}" if code == "M" else f"{then.year}-Q{quarter_of(then)}"
        years = {"Y": n, "E": 10 * n, "C": 100 * n}.get(code)
        if years is None:
            return f"{reference.isoformat()}T" if code == "H" else ""
        year = reference.year + years
        return f"{year:04d}" if code == "Y" else f"{year:04d}"[: 3 if code == "E" else 2]

    def read_ago(self, m: re.Match[str]) -> Timex | None:
        sign = -1 if m["ag_d"].casefold() in ("ago", "earlier", "before") else 1
        if m["ag_v"] or self.reference is None:
            return self._make(m, "PAST_REF" if sign < 0 else "FUTURE_REF")
        n = self._number(m["ag_n"])
        code = self.words.units[m["ag_u"].casefold()]
        if code in ("H", "N", "S"):
            return self._make(m, (self.reference - timedelta(hours=n if code == "H" else 0)).isoformat(), "TIME")
        return self._make(m, self._unit(sign * n, m["ag_u"]))

    def read_pastn(self, m: re.Match[str]) -> Timex | None:
        number = "X" if m["pn_v"] else f"{self._number(m['pn_n']):g}"
        code = self.words.units[m["pn_u"].casefold()]
        value = _duration(number, code)
        first = last = None
        shift = self._shift(m["pn_r"])
        if number != "X" and self.reference is not None and code not in ("N", "S", "Q", "K"):
            days = max(1.0, _days(float(number), code)) * (1 if shift >= 0 else -1)
            other = self.reference + timedelta(days=days)
            first, last = sorted((self.reference.isoformat(), other.isoformat()))
        return self._make(m, value, "DURATION", part=first, last=last)

    def read_weekdayrel(self, m: re.Match[str]) -> Timex | None:
        if self.reference is None:
            return None
        shift = self._shift(m["wr_r"]) if m["wr_r"] else 0
        future = shift > 0 or (not m["wr_r"] and self._is_future(m))
        day = weekday_near(self.reference, self.words.weekdays[m["wr_w"].casefold()], future=future, other=shift != 0)
        return self._dayparted(m, day, m["wr_p"])

    def _dayparted(self, m: re.Match[str], day: date, part: str | None) -> Timex:
        if part is None:
            return self._make(m, day.isoformat())
        return self._make(m, f"{day.isoformat()}T{self.words.raw['dayparts'][part.casefold()]}", "TIME")

    def read_dayword(self, m: re.Match[str]) -> Timex | None:
        if self.reference is None:
            return None
        word = m["dw"].casefold().removeprefix("the ")
        days = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}.get(word, 0)
        day = self.reference + timedelta(days=days)
        return self._dayparted(m, day, m["dw_p"] or ("night" if word in ("tonight", "overnight") else None))

    def read_relpart(self, m: re.Match[str]) -> Timex | None:
        if self.reference is None:
            return None
        days = -1 if m["rp_r"].casefold() == "last" else 0
        return self._dayparted(m, self.reference + timedelta(days=days), m["rp_p"])

    def read_unitrel(self, m: re.Match[str]) -> Timex | None:
        if m["yr_u"]:
            return self._make(m, self._unit(-1, "year"))
        relation, unit = m["ur_r"] or m["er_r"], m["ur_u"] or m["er_u"]
        value = self._unit(self._shift(relation), unit)
        return self._make(m, value) if value and not value.endswith("T") else None

    # -- durations, sets, references ---------------------------------------------------------------------------------

    def read_duration(self, m: re.Match[str]) -> Timex | None:
        number = "X" if m["du_v"] else f"{self._number(m['du_n']):g}"
        return self._make(m, _duration(number, self.words.units[m["du_u"].casefold()]), "DURATION")

    def read_durations(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, _duration("X", self.words.units[m["ds_u"].casefold().rstrip("s")]), "DURATION")

    def read_every(self, m: re.Match[str]) -> Timex | None:
        code = self.words.units.get(m["ev_u"].casefold(), "D")
        return self._make(m, _duration("1", code), "SET")

    def read_set(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, self.words.raw["sets"][m["set"].casefold()], "SET")

    def read_clock(self, m: re.Match[str]) -> Timex | None:
        hour, minute = int(m["cl_h"] or m["ck_h"]), int(m["cl_m"] or m["ck_m"] or 0)
        if m["cl_a"]:
            hour = hour % 12 + (12 if m["cl_a"].casefold().startswith("p") else 0)
        day = self.reference.isoformat() if self.reference else "XXXX-XX-XX"
        return self._make(m, f"{day}T{hour:02d}:{minute:02d}", "TIME")

    def read_present(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, "PRESENT_REF")

    def read_past(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, "PAST_REF")

    def read_future(self, m: re.Match[str]) -> Timex | None:
        return self._make(m, "FUTURE_REF")


def _int(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _duration(number: str, code: str) -> str:
    if code == "N":
        return f"PT{number}M"
    if code in ("H", "S"):
        return f"PT{number}{code}"
    if code == "K":
        return f"P{number}WE"
    if code == "F":
        return "P2W"
    return f"P{number}{ {'E': 'DE', 'C': 'CE'}.get(code, code) }"


def _days(number: float, code: str) -> float:
    return number * {"H": 1 / 24, "D": 1, "W": 7, "F": 14, "M": 30.4, "Y": 365.25, "E": 3652.5, "C": 36525}[code]
