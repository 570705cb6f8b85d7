"""Freeze records of the ledger as judgements, and read them back; what was changed since is refused."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from wayout.errors import ProvenanceError
from wayout.model import (
    AskedRegion,
    Condition,
    EventFilter,
    Forecast,
    ForecastQuestion,
    Judgement,
    Resolution,
    ResolutionRule,
    content_id,
    make_judgement,
)
from wayout.model.as_json import as_json
from wayout.model.forecast import record_hash

Record = ForecastQuestion | Forecast | Resolution
KINDS: Mapping[type[Record], str] = {
    ForecastQuestion: "question",
    Forecast: "forecast",
    Resolution: "resolution",
}


def with_id(question: ForecastQuestion) -> ForecastQuestion:
    """Give a question its id: a hash of all the rest of it."""
    said = as_json(replace(question, id=""))
    return replace(question, id=content_id("question", said))


def freeze(record: Record, *, made_at: datetime, by: str) -> Judgement:
    """
    Make a judgement of a record, with its hash inside.

    Parameters
    ----------
    record
        Question, forecast or resolution.
    made_at
        Now, in truth: the ledger takes a forecast's time from here, never from what the forecast says of itself.
    by
        Who.

    Returns
    -------
    judgement
        To be added to the store.
    """
    about = record.id if isinstance(record, ForecastQuestion) else record.question
    value = {"record": as_json(record), "sha256": record_hash(record)}
    return make_judgement(kind=KINDS[type(record)], about=about, made_at=made_at, by=by, value=value)


def thaw(judgement: Judgement) -> Record:
    """
    Read a record back.

    Raises
    ------
    ProvenanceError
        If it is not what was frozen: a word or number of it was changed since.
    """
    try:
        value = judgement.value()
        said, sha256 = value["record"], value["sha256"]
        record = _READERS[judgement.kind](said)
    except (KeyError, TypeError, ValueError) as error:
        raise ProvenanceError(
            f"judgement {judgement.id} cannot be read as a {judgement.kind} ({error}); it was not written by the ledger, or changed since"
        ) from error
    about = record.id if isinstance(record, ForecastQuestion) else record.question
    changed = record_hash(record) != sha256 or about != judgement.about
    if isinstance(record, ForecastQuestion):
        changed = changed or with_id(record).id != record.id
    if changed:
        raise ProvenanceError(
            f"judgement {judgement.id} is not what was frozen: its {judgement.kind} does not give the hash it was written with; "
            "restore the store from a copy"
        )
    return record


def _question(said: Mapping[str, Any]) -> ForecastQuestion:
    fields = dict(said)
    fields["options"] = tuple(said["options"])
    fields["first_day"] = date.fromisoformat(said["first_day"])
    fields["last_day"] = date.fromisoformat(said["last_day"])
    fields["condition"] = Condition(**said["condition"]) if said["condition"] else None
    fields["rule"] = rule_from_json(said["rule"]) if said["rule"] else None
    return ForecastQuestion(**fields)


def rule_from_json(said: Mapping[str, Any]) -> ResolutionRule:
    """
    Read a rule from JSON values.

    Raises
    ------
    TypeError
        If it has a field that no rule has.
    """
    events, region = dict(said.get("events", {})), dict(said.get("region", {}))
    for name in ("actors", "kinds", "countries"):
        events[name] = tuple(events.get(name, ()))
    region["polygon"] = tuple((float(lon), float(lat)) for lon, lat in region.get("polygon", ()))
    for name in ("cells", "admin1"):
        region[name] = tuple(region.get(name, ()))
    rest = {name: value for name, value in said.items() if name not in ("events", "region", "bounds")}
    bounds = tuple(said.get("bounds", (1,)))
    return ResolutionRule(events=EventFilter(**events), region=AskedRegion(**region), bounds=bounds, **rest)


def _forecast(said: Mapping[str, Any]) -> Forecast:
    fields = dict(said)
    fields["probabilities"] = _shares(said["probabilities"])
    fields["as_of"] = datetime.fromisoformat(said["as_of"])
    return Forecast(**fields)


def _resolution(said: Mapping[str, Any]) -> Resolution:
    fields = dict(said)
    fields["shares"], fields["base_shares"] = _shares(said["shares"]), _shares(said["base_shares"])
    fields["covers_until"] = date.fromisoformat(said["covers_until"]) if said["covers_until"] else None
    return Resolution(**fields)


def _shares(said: Any) -> tuple[tuple[str, float], ...]:
    return tuple((str(option), float(share)) for option, share in said)


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Record]] = {
    "question": _question,
    "forecast": _forecast,
    "resolution": _resolution,
}
