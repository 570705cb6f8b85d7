"""Numbers of days, years and amounts as they are written in a text."""

import re
from typing import Any

_PIVOT = 50
"""Two-digit years above this are of the last century."""


def amount(raw: dict[str, Any], text: str) -> float:
    """Return the number of an amount: "3", "1,200", "twenty-four", "2 1/2", "a"."""
    low = text.casefold().replace(",", "").strip()
    half = 0.5 if (low.endswith("1/2") and " " in low) or "and a half" in low else 0.0
    low = low.removesuffix("1/2").replace("and a half", "").strip() or "1"
    if low[0].isdigit():
        return float(low) + half
    numbers = raw["numbers"]
    if low in numbers:
        return float(numbers[low]) + half
    total = 0.0
    for piece in re.split(r"[- ]", low):
        if piece in ("hundred", "thousand"):
            total = max(total, 1) * (100 if piece == "hundred" else 1000)
        else:
            total += numbers.get(piece, 0)
    return total + half


def written(number: float) -> str:
    """Write a number without a needless point."""
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"


def day_number(raw: dict[str, Any], text: str) -> int | None:
    """Return the day of a month: "3", "3rd", "third"."""
    low = text.casefold().strip()
    if low[0].isdigit():
        return int(re.sub(r"\D", "", low))
    found = raw["day_ordinals"].get(low) or raw["day_ordinals"].get(low.replace(" ", "-"))
    return int(found) if found else _below_100(raw, re.split(r"[- ]", low)) or None


def year_number(raw: dict[str, Any], text: str) -> int | None:
    """Return a year: "2019", "98", "nineteen ninety-eight", "two thousand and ten"."""
    low = text.casefold().strip()
    if low.isdigit():
        year = int(low)
        return year if len(low) > 2 else year + (1900 if year > _PIVOT else 2000)
    words = re.split(r"[- ]", low)
    if words[:2] == ["two", "thousand"]:
        return 2000 + _below_100(raw, words[2:])
    century = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700, "twenty": 2000}.get(words[0])
    return None if century is None else century + _below_100(raw, words[1:])


def _below_100(raw: dict[str, Any], words: list[str]) -> int:
    return sum(raw["ones"].get(w, 0) + raw["teens"].get(w, 0) + raw["tens"].get(w, 0) for w in words)
