"""Write the page of one's own record of forecasts: one file that works from disk, without a network, nothing left out."""

import base64
import hashlib
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from wayout import __version__
from wayout.model.forecast_record import AuthorFigures, Figure, ForecastRecord, RecordEntry, RecordForecast
from wayout.publish.quotes import visible
from wayout.publish.record_diagram import diagram
from wayout.stats.likelihood import percent

STANDING = {"ahead": "made ahead", "hindcast": "hindcast", "late": "late"}
MANY_OPTIONS = 2


def record_page(record: ForecastRecord, title: str) -> str:
    """
    Make the page.

    Parameters
    ----------
    record
        All of a ledger; every entry is shown.
    title
        Of the page.

    Returns
    -------
    html
        The whole page; the same record gives the same text.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    style = _part("style.css") + _part("record.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_part("record.html.j2"))
    states = {state: [e for e in record.entries if e.state == state] for state in ("resolved", "open", "voided")}
    return template.render(
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(style),
        title=visible(title),
        n={state: len(entries) for state, entries in states.items()} | {"all": len(record.entries)},
        n_late=sum(f.standing == "late" for e in record.entries for f in e.forecasts),
        authors=[_author(i, a) for i, a in enumerate(record.authors)],
        resolved=[row for e in states["resolved"] for row in _rows(e)],
        open=[row for e in states["open"] for row in _rows(e)],
        voided=[row for e in states["voided"] for row in _rows(e)],
        recomposed=[
            {
                "statement": visible(r.statement),
                "option": visible(r.option),
                "p": percent(r.p),
                "parts": [(visible(name), percent(p), percent(given)) for name, p, given in r.parts],
                "by": visible(_who(r.by, r.model)),
                "outcome": visible(r.outcome) or "open",
            }
            for r in record.recomposed
        ],
        head=record.head,
        version=__version__,
    )


def _author(number: int, a: AuthorFigures) -> dict[str, Any]:
    return {
        "id": f"a{number + 1}",
        "who": visible(_who(a.by, a.model)),
        "standing": STANDING[a.standing],
        "n": a.n,
        "brier": _told(a.brier),
        "log": _told(a.log_score),
        "ece": _number(a.calibration_error),
        "parts": (_number(a.reliability), _number(a.resolution), _number(a.uncertainty)),
        "against": {
            s.reference: {
                "skill": _told(s.skill),
                "n": s.n,
                "brier": _number(s.brier),
                "reference": _number(s.brier_reference),
            }
            for s in a.against
        },
        "diagram": diagram(a.calibration),
    }


def _rows(entry: RecordEntry) -> list[dict[str, Any]]:
    """Make a row a forecast; a question without any has one row that says so."""
    return [_row(entry, f) for f in entry.forecasts] or [_row(entry, None)]


def _row(entry: RecordEntry, f: RecordForecast | None) -> dict[str, Any]:
    question, resolution = entry.question, entry.resolution
    scored = f.scored if f else None
    return {
        "name": visible(question.name),
        "statement": visible(question.statement),
        "condition": visible(entry.condition_said),
        "window": f"{question.first_day} to {question.last_day}",
        "note": visible(question.note) if question.rule else "",
        "settled": visible(question.rule.dataset if question.rule else question.settled_by),
        "said": [(visible(option), percent(p)) for option, p in _shown(f.forecast.probabilities)] if f else [],
        "who": visible(_who(f.forecast.by, f.forecast.model)) if f else "no forecast",
        "made": f"{f.made_at:%Y-%m-%d %H:%M} UTC" if f else "",
        "standing": STANDING[f.standing] + (", replaced by a later one" if f.superseded else "") if f else "",
        "outcome": _outcome(entry),
        "why": visible(resolution.why) if resolution else "",
        "brier": _number(scored.brier) if scored else "not scored",
        "log": _number(scored.log_score) if scored else "",
        "references": [
            (name, _number(value))
            for name, value in (
                ("zero", scored.brier_zero),
                ("base rate", scored.brier_base_rate),
                ("persistence", scored.brier_persistence),
            )
            if value is not None
        ]
        if scored
        else [],
    }


def _shown(shares: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    """Of yes and no show yes; of more options all."""
    yes = [s for s in shares if s[0].casefold() == "yes"]
    return yes if yes and len(shares) == MANY_OPTIONS else shares


def _outcome(entry: RecordEntry) -> str:
    if entry.resolution is None:
        return "open"
    if entry.resolution.voided:
        return "voided"
    held = [(o, s) for o, s in entry.resolution.shares if s > 0]
    return visible(", ".join(o if s >= 1 else f"{o} {s:.0%}" for o, s in held))


def _who(by: str, model: str) -> str:
    return f"{by} ({model})" if model else by


def _told(figure: Figure) -> str:
    if not math.isfinite(figure.value):
        return "not defined: the reference loses nothing"
    if not math.isfinite(figure.low):
        return f"{_number(figure.value)} (no interval)"
    return f"{_number(figure.value)} ({_number(figure.low)} to {_number(figure.high)})"


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}") if math.isfinite(value) else "none"


@cache
def _part(name: str) -> str:
    return (resources.files("wayout.publish") / "page" / name).read_text(encoding="utf-8")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
