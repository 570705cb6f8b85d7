"""The patterns of time expressions: regular expressions over the words of ``vocab/time_words.yaml``."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayout.vocab import read_vocab


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The word lists of the vocabulary, the one pattern made of them (for small letters), the words it may begin with."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, float]
    raw: dict[str, Any]
    pattern: re.Pattern[str]
    starters: frozenset[str]


def either(words: Any) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def time_words() -> TimeWords:
    """Read the vocabulary and compile the pattern, once."""
    raw = read_vocab("time_words.yaml")
    pattern = _compile(_parts(raw))
    return TimeWords(
        months=raw["months"],
        weekdays={**raw["weekdays"], **raw["short_weekdays"]},
        units=raw["units"],
        numbers=raw["numbers"],
        raw=raw,
        pattern=pattern,
        starters=_starters(pattern, raw["never_first"]),
    )


def _parts(raw: dict[str, Any]) -> dict[str, str]:
    ones, tens, teens = either(raw["ones"]), either(raw["tens"]), either(raw["teens"])
    ordinals = either(w for w, n in raw["day_ordinals"].items() if n < 10)
    below_100 = rf"(?:{tens}(?:[- ]{ones})?|{teens})"
    return {
        "MON": "(?:"
        + either(m for m in raw["months"] if len(m) > 4 or m in ("may", "june", "july"))
        + r"\b|"
        + either(m for m in raw["months"] if len(m) < 5)
        + r"\b\.?)",
        "WD": either(raw["weekdays"]),
        "WDS": "(?:" + either([*raw["weekdays"], *raw["short_weekdays"]]) + r"\b\.?)",
        "UNIT": either(raw["units"]),
        "NUM": rf"(?:\d{{1,3}}(?:,\d{{3}})?(?:\.\d)?(?:\s1/2)?|{tens}[- ]{ones}|"
        + either(raw["numbers"])
        + r"(?:\s(?:and a half|hundred|thousand))?)",
        "ORD": r"(?:\d{1,2}(?:st|nd|rd|th)|" + either([*raw["day_ordinals"], *raw["ordinals"]]) + ")",
        "SEASON": either(raw["seasons"]),
        "DAYPART": either(raw["dayparts"]),
        "POINT": either(raw["points_of_day"]),
        "PART": either(raw["parts"]),
        "REL": either([*raw["before"], *raw["this"], *raw["after"]]),
        "VAGUE": either(raw["vague_numbers"]),
        "DAYORD": either(raw["day_ordinals"]),
        "DAY": r"(?:[0-3]?\d(?!\d)(?:st|nd|rd|th)?|" + either(raw["day_ordinals"]) + ")",
        "YEAR": r"(?:1[6-9]\d\d|20\d\d)",
        "COUNTED": either(raw["counted"]),
        "DAYWORDS": rf"(?:{tens}[- ](?:{ones}|{ordinals})|{teens})",
        "YEARWORDS": rf"(?:(?:nineteen|eighteen|seventeen)[ ](?:hundred[ ](?:and[ ])?)?{below_100}|two[ ]thousand(?:[ ](?:and[ ])?(?:{below_100}|{ones}))?|twenty[- ]{below_100})",
        "DECADE": either(raw["decades_as_words"]),
        "NOW": either(raw["present"]),
        "PAST": either(raw["past"]),
        "FUTURE": either(raw["future"]),
        "SET": either(raw["sets"]),
        "FEAST": either([*raw["fixed_feasts"], *raw["islamic_feasts"], *raw["easter_feasts"]]),
        "ZONE": r"(?:\s" + either(raw["zones"]) + ")?",
        "ABOUT": "(?:" + either(raw["about"]) + r"\s)?",
    }


RULES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?:{WDS},?\s)?(?P<iso_y>{YEAR})(?P<iso_s>[-/.])(?P<iso_m>[01]?\d)(?P=iso_s)(?P<iso_d>[0-3]?\d)(?!\d)"),
    ("isoname", r"(?P<in_y>{YEAR})[-/](?P<in_m>{MON})[-/](?P<in_d>[0-3]?\d)(?!\d)"),
    (
        "numeric",
        r"(?:{WDS},?\s)?(?P<nu_a>[0-3]?\d)(?P<nu_s>[/.-])(?P<nu_b>[0-3]?\d)(?P=nu_s)(?P<nu_y>\d\d(?:\d\d)?)(?!\d|/\d|-\d{{1,4}}(?![\d/.]))",
    ),
    ("slashed", r"(?:(?P<sl_w>{WD}),?\s)?(?P<sl_a>[0-3]?\d)/(?P<sl_b>[0-3]?\d)(?![\d/%]|\s(?:of|and)\b|-\d)"),
    ("isomonth", r"(?P<im_y>{YEAR})[-/](?P<im_m>0[1-9]|[1-9])(?![\d/-])"),
    (
        "dmrange",
        r"(?P<dr_a>{DAY})(?:\s?[-\u2013]\s?|\s(?:and|to|or|until|till|through)\s)(?:the\s)?(?P<dr_b>{DAY})(?:\sof)?\s(?P<dr_m>{MON})(?:,?\s(?:of\s|in\s)?(?P<dr_y>{YEAR}|{YEARWORDS}))?",
    ),
    (
        "mdrange",
        r"(?P<mr_m>{MON})\s(?:the\s)?(?P<mr_a>{DAY})(?:\s?[-\u2013]\s?|\s(?:and|to|or|through|until|till)\s)(?:the\s)?(?P<mr_b>{DAY})(?:,?\s(?:of\s|in\s)?(?P<mr_y>{YEAR}|{YEARWORDS}))?(?!\d|:|\s?[ap]\.?m|\s(?:{MON}|{UNIT}))",
    ),
    (
        "dmy",
        r"(?:(?:{WDS}),?\s(?:the\s)?)?(?:the\s)?(?P<dm_d>{DAY}|{DAYWORDS})(?:\sof|-|/)?\s?(?P<dm_m>{MON})(?:(?:-|/|,?\s)(?:of\s|in\s)?(?P<dm_y>{YEAR}|(?<=-)\d\d|{YEARWORDS})(?!\d))?",
    ),
    (
        "mdy",
        r"(?:(?:{WDS}),?\s)?(?P<md_m>{MON})(?:[ /-]|,\s(?=\d\d?(?:st|nd|rd|th)))?(?:the\s)?(?P<md_d>{DAY}|(?!{YEARWORDS}){DAYWORDS})(?!\d|,\d|\s?%|:|\s?[ap]\.?m\b|\s(?:{COUNTED})\b)(?:(?:(?:\s?,)?\s(?:of\s|in\s)?|-)(?P<md_y>{YEAR}|{YEARWORDS}))?",
    ),
    (
        "wdday",
        r"(?P<wd_w>{WDS})(?:\s(?P<wd_b>[0-3]?\d)(?=[.!?](?:\s|$)|$)|,?\s(?:the\s(?P<wd_o>{DAYORD})|(?:the\s)?(?P<wd_d>[0-3]?\d(?:st|nd|rd|th))))(?!\s(?:{MON}|{UNIT}))",
    ),
    (
        "part",
        r"(?:(?:the\s)?(?P<pa_q>{PART})[- ]of(?:\sthe)?\s|(?P<pa_p>early|mid|late)[- ])(?P<pa_m>{MON})(?:,?\s(?:of\s)?(?P<pa_y>{YEAR}))?",
    ),
    (
        "partyear",
        r"(?:(?:the\s)?(?P<py_q>{PART})[- ]of(?:\sthe)?\s|(?P<py_p>early|mid|late)[- ])(?:(?P<py_y>{YEAR})(?!s)|(?P<py_r>this|last|next)\syear)",
    ),
    (
        "partunit",
        r"(?:the\s)?(?P<pu_p>{PART})\s(?:of\s)?(?P<pu_r>the|{REL})\s(?P<pu_u>{UNIT})|end\sof\s(?P<pu_e>year|month|week)",
    ),
    ("yearend", r"(?:the\s)?(?P<ye>year)[- ]end(?!\s(?:net|report|result))"),
    (
        "my",
        r"(?:(?:the\s)?month\sof\s)?(?P<my_m>{MON})(?:\s(?:of\s|in\s)?|\s?,\s?|-|/|\sof\s')(?P<my_y>{YEAR}|(?<=')\d\d|(?<=of\s)\d\d)(?!\d)|(?P<mw_m>{MON})\s(?:of\s)?(?P<mw_y>{YEARWORDS})",
    ),
    (
        "season",
        r"(?:(?P<se_p>early|late|mid)[- ])?(?:(?P<se_r>{REL})\s|the\s)?(?:(?P<sm_p>early|late|mid)[- ])?(?P<se_s>{SEASON})\s(?:of\s)?(?P<se_y>{YEAR})|(?:(?P<sr_p>early|late|mid)\s)?(?P<sr_r>{REL}|the)\s(?:(?P<ss_p>early|late|mid)\s)?(?P<sr_s>{SEASON})(?!\sof\b|-)",
    ),
    (
        "quarter",
        r"(?:(?P<qr_y>{YEAR})\s|(?P<qr_r>last|this|next)\syear's\s)(?P<qr_f>fiscal\s)?(?P<qr_o>first|second|third|fourth)(?:[- ])(?P<qr_u>quarter|half)|"
        r"(?:the\s)?(?:(?P<qu_f>fiscal)[- ])?(?P<qu_o>first|second|third|fourth|final|1st|2nd|3rd|4th|last(?=\s\w+\sof))[- ](?P<qu_u>quarter|half)(?:\s(?:of\s)?(?:(?P<qu_y>{YEAR})|(?P<qu_r>last|this|next|the)\syear))?",
    ),
    (
        "slashmonth",
        r"(?P<sm_a>0?[1-9]|1[0-2])\s?/\s?(?P<sm_b>{YEAR})(?![\d/-])|(?P<sm_c>{YEAR})/(?P<sm_d>1[0-2])(?![\d/-])",
    ),
    ("yearmonth", r"(?P<yo_y>{YEAR}),?\s(?P<yo_m>{MON})(?!\s{DAY}\b)"),
    ("monthof", r"(?:the\s)?month\sof\s(?P<mf>{MON})"),
    ("allunit", r"(?:all|the\swhole|the\sentire)\s(?P<al>day|week|month|year|night)"),
    ("restof", r"(?:the\s)?rest\sof\s(?:the|this)\s(?P<rs_u>day|week|month|year)"),
    (
        "nthday",
        r"(?:the\s)?(?P<nd_o>first|second|third|fourth|last)\s(?P<nd_w>{WD})\s(?:of|in)\s(?P<nd_m>{MON})(?:,?\s(?P<nd_y>{YEAR}))?",
    ),
    (
        "shortquarter",
        r"(?P<sq_y>{YEAR})[- ](?P<sq_q>[qh][1-4])|(?:this\s)?(?P<sq_n>q[1-4])(?![- ]{YEAR}|\sof)|(?P<sq_r>[qh][1-4])(?:[- ]|\sof\s)(?P<sq_z>{YEAR})",
    ),
    ("yearrange", r"(?P<yr_a>{YEAR})[-\u2013~](?P<yr_b>{YEAR}|(?:1[3-9]|[2-9]\d)(?!\d))(?!-)"),
    ("monthrange", r"(?P<mx_a>{MON})[-\u2013/](?P<mx_b>{MON})(?:,?\s(?P<mx_y>{YEAR}))?"),
    (
        "thequarter",
        r"(?:the\s)(?:latest\s|(?P<tq_a>(?:comparable\s)?year-(?:ago|earlier)|same)\s|(?P<tq_y>{YEAR})\s|corresponding\s)?(?:fiscal\s)?(?:quarter|(?<=latest\s)period|(?<=ago\s)period|(?<=earlier\s)period)(?!s)(?:\s(?P<tq_r>last|a)\syear(?:\s(?:ago|earlier))?)?",
    ),
    (
        "orton",
        r"(?:the\s)?(?P<on_o>{ORD})\s(?P<on_u>day|week|month|weekend)\s(?:of|in)\s(?:(?P<on_m>{MON})(?:,?\s(?:of\s)?(?P<on_y>{YEAR}))?|(?P<on_yy>{YEAR})|(?P<on_r>{REL}|the)\s(?P<on_v>month|year))",
    ),
    (
        "weekof",
        r"(?:the\s)?week\s(?:of|beginning|starting|commencing|ending)\s(?:on\s|the\s)?(?:(?P<wo_m>{MON})\s(?P<wo_d>{DAY})|(?P<wo_e>{DAY})\s(?P<wo_n>{MON}))(?:,?\s(?P<wo_y>{YEAR}))?",
    ),
    (
        "ago",
        r"{ABOUT}(?:(?P<ag_n>{NUM})|(?:an?\s|the\s)?(?P<ag_v>{VAGUE})(?:\sof)?)(?:\s|-)(?P<ag_u>{UNIT})s?(?:\sor\s(?:so|two))?(?:\s|-)(?P<ag_d>ago|earlier|before(?=[.,;]|\s?$)|previously|later|from now|hence|after(?=[.,;]))",
    ),
    (
        "pastn",
        r"(?:the\s)?(?P<pn_r>{REL})\s(?:(?P<pn_n>{NUM})(?:\s(?:to|or)\s{NUM})?|(?:an?\s)?(?P<pn_v>{VAGUE})(?:\sof)?)(?:\s|-)(?P<pn_u>{UNIT})s?|(?:the\s)?(?P<po_n>{NUM})\s(?P<po_r>{REL})\s(?P<po_u>{UNIT})s",
    ),
    (
        "vagueunits",
        r"(?:the\s)?(?P<vu_r>recent|past|coming|future|previous)\s(?P<vu_u>{UNIT})s(?:\s(?:and|or)\s{UNIT}s)?",
    ),
    ("unitsahead", r"(?:the\s)(?P<ua_u>{UNIT})s\s(?:ahead|to come)"),
    ("monthyear", r"(?P<ym_m>{MON})\s(?:of\s)?(?P<ym_r>{REL})\syear"),
    ("monthrel", r"(?:(?P<mo_p>{PART})\s)?(?P<mo_r>{REL})\s(?P<mo_m>{MON})(?!\s{DAY})"),
    (
        "weekdayrel",
        r"(?:(?P<wr_e>early|late|earlier|later)\s)?(?:(?P<wr_r>{REL})\s)?(?P<wr_w>{WD})(?:(?P<wr_s>s)(?=\W)|\s(?:in\sthe\s|at\s)?(?:(?P<wr_l>early|late)\s)?(?P<wr_p>{DAYPART})(?P<wr_t>s)?)?",
    ),
    (
        "dayword",
        r"(?:early\s|late\s|earlier\s|later\s)?(?P<dw>(?:the\s)?day before yesterday|(?:the\s)?day after tomorrow|yesterday|today|tomorrow|tonight|overnight)(?:\s(?:in\sthe\s|at\s)?(?P<dw_p>{DAYPART}))?",
    ),
    (
        "relpart",
        r"(?:early\s|late\s|earlier\s|later\s)?(?P<rp_r>this|last|that|the same|next|the previous)\s(?P<rp_p>morning|afternoon|evening|night)",
    ),
    (
        "unitrel",
        r"(?:the\s)?(?P<ur_r>{REL}|that)\s(?P<ur_u>(?:(?P<ur_f>fiscal|calendar)\s)?{UNIT})(?!s)|(?:earlier|later)\s(?P<er_r>this|in\sthe)\s(?P<er_u>week|month|year)|(?P<yr_u>year)[- ](?:earlier|ago)(?:\s(?:quarter|period))?",
    ),
    ("weekno", r"week\s(?P<wn>[0-5]?\d)(?:\s(?:of\s)?(?:(?P<wn_y>{YEAR})|(?P<wn_r>last|this|next)\syear))?(?!\d|\.\d)"),
    ("afternext", r"the\s(?P<an_u>week|month|year|weekend)\s(?P<an_w>after\snext|before\slast)"),
    (
        "thenth",
        r"the\s(?P<th_d>[0-3]?\d(?:st|nd|rd|th))(?:\sof\s(?:the|this)\smonth|\sthis\smonth|(?=\s?(?:[.,;!?)]|$|to\b|and\b|or\b)))",
    ),
    ("theweekend", r"(?:the|this past)\s(?P<tw>weekend)"),
    (
        "theyear",
        r"the\s(?P<ty>year|month|week|day)(?!-)(?P<ty_e>(?=\s(?:ended|ending)\s))?(?!\s(?:of\s)?(?:{YEAR}|two thousand|{NUM}))",
    ),
    (
        "decade",
        r"(?:the\s)?(?:(?P<de_p>early|mid|late)[- ])?(?P<de_y>(?:1[6-9]|20)\d0'?s|['\u2019]?[2-9]0'?s|(?<=the\s){DECADE}|(?<=the\s)(?:early|mid|late)[- ]{DECADE})",
    ),
    ("century", r"(?:the\s)?(?P<ce_n>\d{{1,2}}(?:st|nd|rd|th)|{ORD})(?:-|\s{{1,2}})century"),
    (
        "every",
        r"(?:every|each)\s(?:(?P<ev_n>{NUM}|other)\s)?(?P<ev_u>{UNIT}|{WD}|{DAYPART}|{MON})s?(?:\s(?P<ev_p>{DAYPART}))?|once an?\s(?P<ev_o>{UNIT})",
    ),
    ("set", r"(?P<set>{SET})(?!-)"),
    ("daysofweek", r"(?P<dn>{NUM})(?:\s|-)(?P<dn_u>{UNIT})s?(?:\s|-)old"),
    (
        "duration",
        r"(?:(?:(?:the\s)?(?:first|final)|the|an additional)\s)?{ABOUT}(?:(?P<du_n>{NUM})(?:\s(?:to|or)\s{NUM})?|(?:an?\s)?(?P<du_v>{VAGUE})(?:\sof)?)(?:\s|-)(?:(?:full|whole|more|consecutive|straight|additional|long)\s)?(?P<du_u>{UNIT})s?(?P<du_h>\sand a half)?(?!\w)(?:-long)?",
    ),
    (
        "compact",
        r"(?P<dc_n>\d{{1,3}}(?:\.\d)?)(?P<dc_u>h|hours?|hrs?|mins?|minutes?|days?|weeks?|months?|years?|yrs?)",
    ),
    (
        "durations",
        r"(?P<ds_u>days|weeks|months|years|decades|centuries|hours)(?:\s(?:or|and)\s(?:days|weeks|months|years|decades))?(?:-long)?",
    ),
    ("feast", r"(?:the\s)?(?:(?P<fe_r>{REL})\s)?(?P<fe>{FEAST})(?:\s(?P<fe_y>{YEAR}))?"),
    ("month", r"(?P<mm>{MON})"),
    (
        "clock",
        r"(?:(?P<cl_h>[01]?\d|2[0-3])(?:[:.](?P<cl_m>[0-5]\d))?\s?(?P<cl_a>a\.?m\b\.?|p\.?m\b\.?)|(?P<ck_h>[01]?\d|2[0-3]):(?P<ck_m>[0-5]\d)(?::[0-5]\d)?(?!\d)|(?P<cm_h>[01]\d|2[0-3])(?P<cm_m>[0-5]\d)(?=\shours|[hH]\b|\sGMT|\slocal time))(?:\shours|[hH]\b)?{ZONE}",
    ),
    ("point", r"(?P<pt_a>early|late|mid|mid-)?\s?(?P<pt>{POINT}|(?<=mid\s)(?:morning|afternoon))(?!\sof\b|-)"),
    ("yearwords", r"(?P<yw_t>the year\s)?(?P<yw>{YEARWORDS})"),
    (
        "year",
        r"(?:(?:fiscal|the\syear|year|calendar\syear|fiscal\syear)\s)?(?<![\d,.$\u20ac\u00a3])(?P<yy>{YEAR})(?![\d%]|[,.]\d|-\d)",
    ),
    ("present", r"(?P<ref_now>{NOW})"),
    ("past", r"(?P<ref_past>{PAST})(?!\s(?:{NUM}|{VAGUE}|{UNIT}|{SEASON}))"),
    ("future", r"(?P<ref_future>{FUTURE})(?!\s(?:after|before|as))"),
)


def _starters(pattern: re.Pattern[str], never: list[str]) -> frozenset[str]:
    """Return every word written in the pattern: no expression can begin with another."""
    words = set(re.findall(r"[a-z]+", re.sub(r"\\[a-z]|\?P<\w+>", " ", pattern.pattern)))
    return frozenset(words | {"q", "h"}) - frozenset(never)


def _compile(parts: dict[str, str]) -> re.Pattern[str]:
    body = "|".join(f"(?P<r_{name}>{rule.format(**parts)})" for name, rule in RULES)
    return re.compile(rf"(?:{body})(?!\w)")
