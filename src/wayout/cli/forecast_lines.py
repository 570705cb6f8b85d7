"""Lines and records that `wayout forecast` prints."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wayout.cli.terminal_text import safe

if TYPE_CHECKING:
    from wayout.assess.ledger.book import Entry
    from wayout.model.forecast_record import Figure, ForecastRecord


NOTHING_ASKED = "No question is asked yet; ask some with 'wayout forecast ask FILE'."


def entry_record(entry: "Entry") -> dict[str, Any]:
    """Return a question with its forecasts and outcome as JSON values."""
    from wayout.model.as_json import as_json

    return {
        "question": as_json(entry.question),
        "asked_at": as_json(entry.asked_at),
        "state": entry.state,
        "forecasts": [
            {**as_json(m.forecast), "made_at": as_json(m.made_at), "standing": m.standing} for m in entry.forecasts
        ],
        "resolution": as_json(entry.resolution),
    }


def entry_line(entry: "Entry") -> str:
    """Return a question in one line: name, window, state, last forecasts."""
    from wayout.stats.likelihood import percent

    question, resolution = entry.question, entry.resolution
    state = entry.state
    if resolution is not None and not resolution.voided:
        state = max(resolution.shares, key=lambda s: s[1])[0]
    said = "; ".join(
        f"{m.forecast.by}{' (' + m.forecast.model + ')' if m.forecast.model else ''} "
        + ", ".join(f"{option} {percent(p)}" for option, p in m.forecast.probabilities)
        + ("" if m.standing == "ahead" else f" [{m.standing}]")
        for m in entry.counted()
    )
    return safe(f"{question.name}  {question.first_day}..{question.last_day}  {state}  {said or 'no forecast'}")


def figure_lines(record: "ForecastRecord") -> Iterator[str]:
    """Yield the figures of each author, and what is not scored."""
    for a in record.authors:
        who = f"{a.by}{' (' + a.model + ')' if a.model else ''}"
        yield safe(f"{who}, {a.standing}: {a.n} resolved")
        yield f"  Brier {_told(a.brier)}   log {_told(a.log_score)} nat   calibration error {a.calibration_error:.3f}"
        yield f"  reliability {a.reliability:.3f} - resolution {a.resolution:.3f} + uncertainty {a.uncertainty:.3f}"
        for against in a.against:
            yield (
                f"  skill against {against.reference}: {_told(against.skill)}   "
                f"(Brier {against.brier:.3f} against {against.brier_reference:.3f} on {against.n})"
            )
    states = [entry.state for entry in record.entries]
    if not states:
        yield NOTHING_ASKED
        return
    told = ", ".join(f"{states.count(state)} {state}" for state in ("resolved", "open", "voided"))
    late = sum(f.standing == "late" for entry in record.entries for f in entry.forecasts)
    yield f"{len(states)} questions: {told}; {late} forecasts came late and are not scored"
    yield f"chain of judgements ends in {record.head[:16] or 'nothing'}"


def _told(figure: "Figure") -> str:
    if not math.isfinite(figure.value):
        return "not defined, the reference loses nothing"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def without_nan(value: Any) -> Any:
    """Replace what is not a number by null, as JSON wants it."""
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
