"""What an import of somebody else's questions gives: questions, how they came out, forecasts that came with them, what could not be used."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wayout.errors import SourceError
from wayout.model import Forecast, ForecastQuestion, Miss, Resolution
from wayout.vocab import read_vocab

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}),? (\d{{4}})\b", re.I)
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?](?![\s\"”')]|$)[^.!?]*)*(?:[.!?]+[\"”')]*\s*|$)")


WHICH_CONDITION = "Which condition of"
"""How the question of a conditional family's condition begins; its first option is the thing that would have to happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Records ready for the ledger, in the order of the file; resolutions by id of their question."""

    questions: tuple[ForecastQuestion, ...]
    resolutions: Mapping[str, Resolution]
    forecasts: tuple[Forecast, ...] = ()
    misses: tuple[Miss, ...] = ()


def deadline_in(text: str, after: date) -> date | None:
    """
    Find the last day that a question's own words name.

    The dates that its table gives may have been changed when it closed; its words were fixed when it was asked.

    Parameters
    ----------
    text
        For example "Will ... before 1 April 2013?".
    after
        The day it was asked; earlier dates in the text are no deadlines.

    Returns
    -------
    day
        The last one named, ``None`` where there is none. "Before" means the day before it, "by" and "on" the day itself: one day more
        or less is not told apart.
    """
    found = []
    for day, month, year in _DATE.findall(text):
        try:
            found.append(date(int(year), _MONTHS.index(month.lower()) + 1, int(day)))
        except ValueError:
            continue
    later = [day for day in found if day > after]
    return max(later) if later else None


def strip_hindsight(text: str) -> tuple[str, int]:
    """
    Take out sentences that were written after the event.

    Parameters
    ----------
    text
        A description.

    Returns
    -------
    text, n
        Without them, and how many there were.
    """
    patterns = [re.compile(p, re.I) for p in read_vocab("forecast_rules.yaml")["hindsight"]]
    kept, n = [], 0
    for sentence in _SENTENCE.findall(text):
        if any(p.search(sentence) for p in patterns):
            n += 1
        else:
            kept.append(sentence)
    return "".join(kept).strip(), n


def unpacked(raw: bytes, name: str) -> bytes:
    """
    Unpack a file where it is gzip.

    Raises
    ------
    SourceError
        If it is damaged, or unpacks to more than anybody's table.
    """
    if raw[:2] == b"\x1f\x8b":
        import gzip
        import io

        try:
            with gzip.open(io.BytesIO(raw)) as packed:
                raw = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"{name}: the gzip file is damaged ({error}); get it again") from error
    if len(raw) > MOST_BYTES:
        raise SourceError(f"{name}: longer than {MOST_BYTES // 10**6} MB unpacked; split it")
    return raw


def text_of(raw: bytes, name: str) -> str:
    """
    Read a file as text, unpacked where it is gzip.

    Raises
    ------
    SourceError
        If it cannot be unpacked or is not UTF-8.
    """
    raw = unpacked(raw, name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: byte {error.start} is not UTF-8; save it as UTF-8") from error


MOST_BYTES = 500_000_000
"""A file that unpacks to more is no table of questions."""
