"""Read questions of the Good Judgment Project: plain ones, and conditional families whose branches void each other."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from wayout.assess.ledger.freezing import with_id
from wayout.assess.ledger.imported import WHICH_CONDITION, Imported, deadline_in, strip_hindsight
from wayout.errors import InputError, SourceError
from wayout.model import Condition, ForecastQuestion, Miss, Resolution

SETTLED_BY = "the Good Judgment Project's administrator"
NEEDED = ("ifp_id", "q_text", "options", "date_start", "date_to_close", "q_status", "outcome")
_OPTION = re.compile(r"\(([a-h])\)\s*")
_DAYS = ("%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d")
Row = Mapping[str, str]


def read_gjp(text: str, name: str) -> Imported:
    """
    Read a table of questions (``questions.csv`` of the project's public data).

    A family is conditional where its options begin with a condition ("If ...: (a) Yes, (b) No") or ``conditional`` says so: its condition
    becomes a question of its own, with one option a branch, and each branch hangs on its option. The branch that was closed tells which
    condition held. Outcomes go into resolutions only; dates at which a question was closed are not read at all, nor kept.

    Parameters
    ----------
    text
        CSV with a header.
    name
        What to call the file in errors.

    Returns
    -------
    imported
        Conditions stand before their branches. Rows that cannot be used are misses.

    Raises
    ------
    SourceError
        If columns are missing.
    """
    reader = csv.DictReader(io.StringIO(text))
    if missing := sorted(set(NEEDED) - set(reader.fieldnames or ())):
        raise SourceError(f"{name}: columns {', '.join(missing)} are missing; give questions.csv of the GJP data")
    families: dict[str, list[Row]] = {}
    for row in reader:
        clean = {(k or ""): (v or "").strip() if isinstance(v, str) else "" for k, v in row.items()}
        families.setdefault(clean["ifp_id"].partition("-")[0], []).append(clean)
    questions: list[ForecastQuestion] = []
    resolutions: dict[str, Resolution] = {}
    misses: list[Miss] = []
    for family, rows in families.items():
        try:
            for question, resolution in _family(family, rows):
                questions.append(question)
                if resolution is not None:
                    resolutions[question.id] = resolution
        except (InputError, ValueError) as error:
            misses.append(Miss(what=f"{name}, question {family}", why=str(error)))
    return Imported(questions=tuple(questions), resolutions=resolutions, misses=tuple(misses))


def _family(family: str, rows: Sequence[Row]) -> list[tuple[ForecastQuestion, Resolution | None]]:
    branches = [row for row in rows if _condition_of(row)]
    found: list[tuple[ForecastQuestion, Resolution | None]] = []
    if len(branches) > 1:  # a branch without its other half tells nothing of its condition
        head = _condition_question(family, branches)
        found.append((head, _which_held(head, branches)))
    for row in rows:
        condition = None
        if len(branches) > 1 and _condition_of(row):
            condition = Condition(question=found[0][0].id, option=_condition_option(row))
        question = _question(family, row, condition)
        found.append((question, _resolution(question, row)))
    return found


def _question(family: str, row: Row, condition: Condition | None) -> ForecastQuestion:
    first, last = _window(row)
    note, n_stripped = strip_hindsight(row.get("q_desc", ""))
    if n_stripped:
        note += f" [{n_stripped} sentence{'s' if n_stripped > 1 else ''} written after the event left out]"
    if condition is None and (said := _condition_of(row)):
        note = f"Only: {said}. {note}"
    return with_id(
        ForecastQuestion(
            id="",
            name=f"gjp-{row['ifp_id']}",
            statement=row["q_text"],
            options=_options(row["options"]),
            first_day=first,
            last_day=last,
            settled_by=SETTLED_BY,
            condition=condition,
            family=f"gjp-{family}",
            note=note,
        )
    )


def _condition_question(family: str, rows: Sequence[Row]) -> ForecastQuestion:
    windows = [_window(row) for row in rows]
    return with_id(
        ForecastQuestion(
            id="",
            name=f"gjp-{family}-condition",
            statement=f"{WHICH_CONDITION} {rows[0]['q_text']!r} holds?",
            options=tuple(_condition_option(row) for row in rows),
            first_day=min(first for first, _ in windows),
            last_day=max(last for _, last in windows),
            settled_by=f"which branch {SETTLED_BY} voids",
            family=f"gjp-{family}",
        )
    )


def _which_held(head: ForecastQuestion, rows: Sequence[Row]) -> Resolution | None:
    """The branch that was not voided says which condition held; while branches are open nothing does; all voided: the condition too."""
    closed = [_condition_option(row) for row in rows if row["q_status"] == "closed"]
    if len(closed) > 1:
        raise InputError(
            f"branches {', '.join(closed)} are all closed; of branches that exclude each other only one can be"
        )
    if closed:
        shares = tuple((option, float(option == closed[0])) for option in head.options)
        return Resolution(question=head.id, shares=shares, dataset="GJP", why="the branch of it was not voided")
    if all(row["q_status"] == "voided" for row in rows):
        return Resolution(question=head.id, shares=(), dataset="GJP", why="every branch was voided")
    return None


def _resolution(question: ForecastQuestion, row: Row) -> Resolution | None:
    status, outcome = row["q_status"], row["outcome"]
    if status == "voided":
        why = "its condition did not come true" if question.condition else "voided by the administrator"
        return Resolution(question=question.id, shares=(), dataset="GJP", why=why)
    if status != "closed" or not outcome:
        return None
    letters = _OPTION.findall(row["options"])
    if outcome not in letters:
        raise InputError(f"outcome {outcome!r} is none of the options {', '.join(letters)}")
    held = question.options[letters.index(outcome)]
    shares = tuple((option, float(option == held)) for option in question.options)
    return Resolution(question=question.id, shares=shares, dataset="GJP", why=f"outcome ({outcome}) in the table")


def _condition_of(row: Row) -> str:
    """Return the words before the first option, without the colon; "" where there are none."""
    return row["options"].partition("(a)")[0].strip().rstrip(":").strip()


def _condition_option(row: Row) -> str:
    return f"({row['ifp_id'].partition('-')[2] or '1'}) {_condition_of(row)}"


def _options(text: str) -> tuple[str, ...]:
    """Read "(a) Yes, (b) No"; options that read alike are told apart by their letters."""
    parts = _OPTION.split(text)[1:]
    letters, words = parts[::2], [w.strip().rstrip(",;").strip() for w in parts[1::2]]
    if len(set(words)) == len(words) and all(words):
        return tuple(words)
    return tuple(f"({letter}) {word}".strip() for letter, word in zip(letters, words, strict=True))


def _window(row: Row) -> tuple[date, date]:
    first = _day(row["date_start"])
    last = deadline_in(row["q_text"], first) or _day(row["date_to_close"])
    return first, max(first, last)


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(text.split(" ")[0], form).date()
        except ValueError:
            continue
    raise InputError(f"{text!r} is no day; it must be written as 7/30/12")
