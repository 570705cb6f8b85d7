"""The patterns of time expressions: regular expressions over the words of ``vocab/time_words.yaml``."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The word lists of the vocabulary and the one pattern made of them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, float]
    raw: dict[str, Any]
    pattern: re.Pattern[str]


def either(words: Any) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def time_words() -> TimeWords:
    """Read the vocabulary and compile the pattern, once."""
    raw = read_vocab("time_words.yaml")
    parts = {
        "MON": "(?:"
        + either(m for m in raw["months"] if len(m) > 4 or m in ("may", "june", "july"))
        + r"\b|"
        + either(m for m in raw["months"] if len(m) < 5)
        + r"\b\.?)",
        "WD": either(raw["weekdays"]),
        "UNIT": either(raw["units"]),
        "NUM": r"(?:\d{1,3}(?:,\d{3})?(?:\.\d)?|"
        + either(raw["numbers"])
        + r"(?:(?<=ty)[- ](?:one|two|three|four|five|six|seven|eight|nine)|\s(?:hundred|thousand))?)",
        "ORD": either(raw["ordinals"]),
        "SEASON": either(raw["seasons"]),
        "DAYPART": either(raw["dayparts"]),
        "PART": either(raw["parts"]),
        "REL": either([*raw["before"], *raw["this"], *raw["after"]]),
        "VAGUE": either(raw["vague_numbers"]),
        "DAY": r"(?:[0-3]?\d)(?:st|nd|rd|th)?",
        "YEAR": r"(?:1[6-9]\d\d|20\d\d)",
        "NOW": either(raw["present"]),
        "PAST": either(raw["past"]),
        "FUTURE": either(raw["future"]),
        "SET": either(raw["sets"]),
    }
    return TimeWords(
        months=raw["months"],
        weekdays=raw["weekdays"],
        units=raw["units"],
        numbers=raw["numbers"],
        raw=raw,
        pattern=_compile(parts),
    )


RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<iso_y>{YEAR})-(?P<iso_m>[01]?\d)-(?P<iso_d>[0-3]?\d)(?!\d)"),
    ("numeric", r"(?P<nu_a>[0-3]?\d)[/.](?P<nu_b>[0-3]?\d)[/.](?P<nu_y>\d\d(?:\d\d)?)(?!\d)"),
    (
        "dmrange",
        r"(?P<dr_a>{DAY})(?:\s?[-\u2013]\s?|\s(?:and|to|or|until)\s)(?P<dr_b>{DAY})(?:\sof)?\s(?P<dr_m>{MON})(?:,?\s(?P<dr_y>{YEAR}))?",
    ),
    (
        "mdrange",
        r"(?P<mr_m>{MON})\s(?P<mr_a>{DAY})(?:\s?[-\u2013]\s?|\s(?:and|to|or)\s)(?P<mr_b>{DAY})(?:,?\s(?P<mr_y>{YEAR}))?(?!\d)",
    ),
    ("dmy", r"(?:(?:{WD}),?\s)?(?:the\s)?(?P<dm_d>{DAY})(?:\sof)?\s(?P<dm_m>{MON})(?:,?\s(?P<dm_y>{YEAR}))?"),
    ("mdy", r"(?:(?:{WD}),?\s)?(?P<md_m>{MON})\s(?P<md_d>{DAY})(?!\d|,\d|\s?%)(?:,?\s(?P<md_y>{YEAR}))?"),
    ("part", r"(?:the\s)?(?P<pa_p>{PART})(?:[- ]of(?:\sthe)?\s|[- ])(?P<pa_m>{MON})(?:,?\s(?:of\s)?(?P<pa_y>{YEAR}))?"),
    ("partyear", r"(?:the\s)?(?P<py_p>{PART})(?:[- ]of(?:\sthe)?\s|[- ])(?P<py_y>{YEAR})"),
    ("partunit", r"(?:the\s)?(?P<pu_p>{PART})\s(?:of\s)?(?P<pu_r>the|{REL})\s(?P<pu_u>{UNIT})"),
    ("my", r"(?P<my_m>{MON})(?:\s(?:of\s)?|,\s?)(?P<my_y>{YEAR})"),
    (
        "season",
        r"(?:(?P<se_r>{REL})\s|the\s)?(?P<se_s>{SEASON})\s(?:of\s)?(?P<se_y>{YEAR})|(?P<sr_r>{REL})\s(?P<sr_s>{SEASON})\b",
    ),
    ("thequarter", r"(?:the\s)(?:latest\s|(?P<tq_a>year-(?:ago|earlier))\s)?(?:fiscal\s)?quarter"),
    (
        "quarter",
        r"(?:the\s)?(?P<qu_o>first|second|third|fourth)[- ](?P<qu_u>quarter|half)(?:\s(?:of\s)?(?P<qu_y>{YEAR}))?",
    ),
    (
        "ago",
        r"(?:(?:nearly|almost|about|over|more than|less than)\s)?(?:(?:a|an|the)\s)?(?:(?P<ag_n>{NUM})|(?P<ag_v>{VAGUE})(?:\sof)?)(?:\s|-)(?P<ag_u>{UNIT})s?\s(?P<ag_d>ago|earlier|before|later|from now|hence)",
    ),
    ("pastn", r"(?:the\s|in\s)?(?P<pn_r>{REL})\s(?:(?P<pn_n>{NUM})|(?P<pn_v>{VAGUE})(?:\sof)?)\s(?P<pn_u>{UNIT})s?"),
    ("monthyear", r"(?P<ym_m>{MON})\s(?:of\s)?(?P<ym_r>{REL})\syear"),
    ("monthrel", r"(?P<mo_r>{REL})\s(?P<mo_m>{MON})"),
    ("weekdayrel", r"(?:(?P<wr_r>{REL})\s)?(?P<wr_w>{WD})(?:\s(?P<wr_p>{DAYPART}))?"),
    (
        "dayword",
        r"(?:early\s|late\s)?(?P<dw>(?:the\s)?day before yesterday|(?:the\s)?day after tomorrow|yesterday|today|tomorrow|tonight|overnight)(?:\s(?P<dw_p>{DAYPART}))?",
    ),
    ("relpart", r"(?P<rp_r>this|last|that|the same|next)\s(?P<rp_p>morning|afternoon|evening|night)"),
    (
        "unitrel",
        r"(?:the\s)?(?P<ur_r>{REL})\s(?P<ur_u>{UNIT})(?!s)|earlier\s(?P<er_r>this)\s(?P<er_u>week|month|year)|(?:a\s)(?P<yr_u>year)[- ](?:earlier|ago)",
    ),
    ("decade", r"(?:the\s)?(?:(?P<de_p>early|mid|late)[- ])?(?P<de_y>(?:1[6-9]|20)\d0s|'?[2-9]0s)"),
    ("every", r"(?:every|each)\s(?P<ev_u>{UNIT}|{WD}|{DAYPART}|{MON})"),
    ("set", r"(?P<set>{SET})"),
    (
        "duration",
        r"(?:(?:nearly|almost|about|over|at least|at most|more than|less than|up to|the first|the)\s)?(?:(?P<du_n>{NUM})|(?:a\s)?(?P<du_v>{VAGUE})(?:\sof)?)(?:\s|-)(?P<du_u>{UNIT})s?(?!\w)",
    ),
    ("durations", r"(?P<ds_u>days|weeks|months|years|decades|hours)(?:-long)?"),
    ("month", r"(?P<mm>{MON})"),
    (
        "clock",
        r"(?P<cl_h>[01]?\d|2[0-3])(?::(?P<cl_m>[0-5]\d))?\s?(?P<cl_a>a\.?m\.?|p\.?m\.?)(?:\s[A-Z]{{3}})?|(?P<ck_h>[01]\d|2[0-3]):(?P<ck_m>[0-5]\d)",
    ),
    ("year", r"(?<![\d,.$\u20ac\u00a3])(?P<yy>{YEAR})(?![\d%]|[,.]\d)"),
    ("present", r"(?P<ref_now>{NOW})"),
    ("past", r"(?P<ref_past>{PAST})(?!\s(?:{NUM}|{VAGUE}|{UNIT}))"),
    ("future", r"(?P<ref_future>{FUTURE})"),
)


def _compile(parts: dict[str, str]) -> re.Pattern[str]:
    body = "|".join(f"(?P<r_{name}>{rule.format(**parts)})" for name, rule in RULES)
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)", re.IGNORECASE)
