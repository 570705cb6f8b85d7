"""Refuse words that only look like a time: the modal "may", "second" the adjective, 2,000 fighters."""

import re

from wayout.extract.timing.scene import Scene

_MONTH_RULES = frozenset(
    {"month", "monthrel", "my", "dmy", "mdy", "part", "dmrange", "mdrange", "orton", "weekof", "monthyear"}
)
_PLAIN = frozenset({"in", "since", "until", "from", "through", "between"})
"""Prepositions before a short name that is also a person's or another word: "in Mar", not "and Mar"."""
YEAR_NEAR = 3
"""A bare number this close to the year of writing is read as a year unless something is counted: a convention."""


def refuses(scene: Scene, rule: str, match: re.Match[str]) -> bool:
    """Tell whether the words of a match are something else than a time."""
    if rule in _MONTH_RULES and not _month_is_meant(scene, rule, match):
        return True
    if rule == "month":
        return not _is_month(scene, match)
    if rule == "year":
        return not _is_year(scene, match)
    if rule == "yearwords":
        return not (match["yw_t"] or scene.word_before(match) in scene.words.raw["time_prepositions"])
    if rule in ("duration", "pastn", "ago", "durations"):
        return _no_duration(scene, rule, match)
    if rule == "yearmonth":
        name = match["yo_m"].rstrip(".")
        return name in scene.words.raw["doubtful_months"] or not _is_year_word(scene, match)
    if rule == "slashed":
        return not match["sl_w"] and scene.word_before(match) not in {*scene.words.raw["time_prepositions"], "on"} - {
            "of",
            "and",
            "for",
            "to",
        }
    if rule == "thenth":
        return (
            scene.word_before(match) not in {*scene.words.raw["time_prepositions"], "on"}
            or scene.word_before(match) == "of"
        )
    if rule in ("point", "isomonth"):
        return scene.word_before(match) not in {*scene.words.raw["time_prepositions"], "at"} and not (
            rule == "point" and match["pt_a"]
        )
    if rule == "weekdayrel":
        return scene.text[match.start("wr_w")].islower() and match["wr_w"].casefold() not in scene.words.raw["weekdays"]
    if rule == "feast":
        return match["fe"] in scene.words.raw["names_too"] and _in_a_name(scene, match)
    if rule == "set":
        return _describes(scene, match)
    if rule == "theyear":
        return _no_year_itself(scene, match)
    if rule == "season":
        return (match["sr_r"] or "").casefold() == "the" and match["sr_s"].casefold() in ("spring", "fall")
    return False


def _month_is_meant(scene: Scene, rule: str, match: re.Match[str]) -> bool:
    """Tell whether a month in small letters is one: "may" and "march" need a year or an ordinal day."""
    name = scene.months.search(match.group())
    if name is None or scene.text[match.start() + name.start()].isupper():
        return True
    if name.group().casefold() not in scene.words.raw["doubtful_months"]:
        return len(name.group()) > 3 or rule != "month"
    if rule == "month":
        return (
            name.group() != "mar"
            and scene.word_before(match) in ("between", "from")
            and scene.word_after(match) in ("and", "to", "until")
        )
    return bool(re.search(r"\d(?:st|nd|rd|th)|\d{4}|(?:st|nd|rd|th)\sof\s", match.group()))


def _is_month(scene: Scene, match: re.Match[str]) -> bool:
    name = match.group().rstrip(".").casefold()
    if scene.text[match.start()].islower() and name in scene.words.raw["doubtful_months"]:
        return True  # asked above
    if name not in scene.words.raw["doubtful_months"]:
        return len(name) > 3 or scene.word_before(match) in scene.words.raw["time_prepositions"]
    if len(name) <= 3 and name != "may":
        return scene.text[match.start()].isupper() and scene.word_before(match) in _PLAIN
    root = scene.span(match).root
    return (
        scene.word_before(match) in scene.words.raw["time_prepositions"]
        and root.tag_ not in ("MD", "VB", "VBP", "VBZ")
        and root.pos_ in ("PROPN", "NOUN")
    )


def _is_year_word(scene: Scene, match: re.Match[str]) -> bool:
    return scene.word_before(match) not in scene.words.raw["not_a_year_before"]


def _is_year(scene: Scene, match: re.Match[str]) -> bool:
    raw = scene.words.raw
    before, after = scene.word_before(match), scene.word_after(match)
    if before in raw["not_a_year_before"] or before[-1:] in ("$", "\u20ac", "\u00a3", "#") or after in raw["counted"]:
        return False
    if match.group() != match["yy"]:
        return True
    if before.lstrip("(\"'\u2018\u201c") in raw["time_prepositions"] or (
        match.start() and scene.text[match.start() - 1] == "("
    ):
        return True
    year = int(match["yy"])
    known = before in raw["year_company"] or before.endswith(("'s", "\u2019s"))
    if year % 100 == 0:
        return known
    near = scene.reference is not None and abs(year - scene.reference.year) <= YEAR_NEAR
    return known or near or (1900 < year < 2050 and scene.span(match).root.pos_ != "NUM")


def _no_duration(scene: Scene, rule: str, match: re.Match[str]) -> bool:
    if rule == "durations":
        before = scene.word_before(match)
        counted = before.isdigit() or before in scene.words.numbers
        return counted or scene.word_after(match) == "old" or before in ("on", "the", "these", "those", "old", "other")
    if rule != "duration":
        unit = match["ag_u"] if rule == "ago" else match["pn_u"] or match["po_u"]
        return unit in ("summer", "second") or scene.span(match)[0].tag_ in ("VB", "VBZ", "VBP")
    number, unit = (match["du_n"] or "").casefold(), match["du_u"].casefold()
    if unit in ("second", "night", "summer") and (not number or number in ("a", "an", "one") or unit != "night"):
        return True
    if unit == "quarter" and (number in ("a", "an", "one") or scene.word_after(match) == "of" or "-" in match.group()):
        return True
    if scene.word_after(match) == "old" or scene.text[match.end() : match.end() + 4] == "-old":
        return True
    return number in ("a", "an") and _is_rate(scene, match)


def _is_rate(scene: Scene, match: re.Match[str]) -> bool:
    """Tell whether "a week" is a rate: "four flights a week"."""
    if not re.match(r"an?\s", match.group(), re.IGNORECASE):
        return False
    first = scene.span(match)[0]
    if first.i == 0:
        return False
    before = scene.parsed[first.i - 1]
    return before.pos_ in ("NOUN", "NUM", "SYM") or before.lower_ in ("times", "twice", "once", "million", "billion")


def _in_a_name(scene: Scene, match: re.Match[str]) -> bool:
    """Tell whether a feast's name is a person's: a capital or an article of names stands right beside it."""
    after = scene.text[match.end() : match.end() + 5]
    before = scene.text[max(0, match.start() - 30) : match.start()]
    return bool(re.match(r" (?:[A-Z]|al-|el-|bin )", after) or re.search(r"(?<![.!?\n]\s)\b[A-Z][\w-]+ $", before))


def _describes(scene: Scene, match: re.Match[str]) -> bool:
    """Tell whether "daily" only describes a thing: "daily life", not "strikes daily"."""
    last = scene.span(match)[-1]
    return last.dep_ in ("amod", "compound") and last.head.i > last.i


def _no_year_itself(scene: Scene, match: re.Match[str]) -> bool:
    unit = match["ty"].casefold()
    before = scene.word_before(match)
    if unit == "year":
        return before not in ("of", "for", "in", "during", "throughout", "through") and match["ty_e"] is None
    if unit == "day":
        return scene.word_after(match) not in ("before", "after") or True
    return before not in ("for", "in", "during", "of") or match["ty_e"] is not None
