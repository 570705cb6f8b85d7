"""Read questions that a person wrote: YAML or JSON, one question or a list of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import yaml

from wayout.assess.ledger.freezing import rule_from_json, with_id
from wayout.errors import InputError
from wayout.model import Condition, ForecastQuestion, ResolutionRule

FIELDS = frozenset(
    [
        "name",
        "statement",
        "from",
        "until",
        "days",
        "options",
        "dataset",
        "actors",
        "side",
        "kinds",
        "countries",
        "cells",
        "admin1",
        "polygon",
        "counts",
        "at_least",
        "max_where_prec",
        "max_date_prec",
        "if",
        "family",
        "note",
    ]
)
DATASETS = {"ucdp": "UCDP GED", "ucdp ged": "UCDP GED", "acled": "ACLED"}
TEMPLATE = """\
# Questions for 'wayout forecast ask FILE'. Once asked, nothing of a question can be changed.
- name: group-valley-june            # what you call it; one question a name
  # statement: leave it out, and it is made from the rule below
  from: 2030-06-01                   # first day of the window (UTC)
  days: 30                           # or until: 2030-06-30, the last day
  dataset: UCDP                      # UCDP or ACLED: which table settles it
  actors: [Name as the table has it] # any of them, on any side; side: a or b to say which
  countries: [Country]               # so that a table without that country is not taken for "nothing happened"
  # where: any of these; none is everywhere in the countries
  cells: [171234]                    # PRIO-GRID cells
  # admin1: [Name of a province, as the table has it]
  # polygon: [[36.0, 34.0], [37.0, 34.0], [37.0, 35.0]]    # lon, lat
  counts: events                     # or deaths
  at_least: 1                        # "yes" from here on; [1, 10] asks for three options, then give options: too
  max_where_prec: 3                  # leave out rows known less precisely than this
  max_date_prec: 2
  # if: {question: name-of-another, option: yes}           # asked only in the world where that comes out so; else voided
"""


def read_questions(text: str, name: str, conditions: Mapping[str, str]) -> tuple[ForecastQuestion, ...]:
    """
    Read a file of questions.

    Parameters
    ----------
    text
        YAML or JSON.
    name
        What to call it in errors.
    conditions
        Ids of questions in the ledger by name, for "if".

    Returns
    -------
    questions
        With ids, in order; a later one may hang on an earlier one.

    Raises
    ------
    InputError
        Names the question, the field and what to write.
    """
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InputError(
            f"{name}: not YAML ({' '.join(str(error).split())}); see 'wayout forecast ask --template'"
        ) from error
    items = said if isinstance(said, list) else [said]
    known = dict(conditions)
    found = []
    for n, item in enumerate(items, start=1):
        if not isinstance(item, dict) or not item.get("name"):
            raise InputError(f"{name}: question {n} has no name; see 'wayout forecast ask --template'")
        where = f"{name}: question {item['name']!r}"
        if unknown := sorted(set(map(str, item)) - FIELDS):
            raise InputError(f"{where} has unknown fields {', '.join(unknown)}; there are {', '.join(sorted(FIELDS))}")
        try:
            question = _question(item, known)
        except (TypeError, ValueError) as error:
            raise InputError(f"{where}: {error}") from error
        known[question.name] = question.id
        found.append(question)
    return tuple(found)


def _question(item: Mapping[str, Any], known: Mapping[str, str]) -> ForecastQuestion:
    first = _day(item.get("from"), "from")
    last = _last_day(item, first)
    rule = _rule(item)
    options = tuple(_word(o) for o in item.get("options", ("no", "yes")))
    condition = None
    if said := item.get("if"):
        if not isinstance(said, dict) or set(said) != {"question", "option"}:
            raise InputError("if needs a question and an option: {question: NAME, option: yes}")
        if str(said["question"]) not in known:
            raise InputError(f"hangs on {said['question']!r}, which was not asked; ask that first")
        condition = Condition(question=known[str(said["question"])], option=_word(said["option"]))
    return with_id(
        ForecastQuestion(
            id="",
            name=str(item["name"]),
            statement=str(item.get("statement") or say_rule(rule, first, last)),
            options=options,
            first_day=first,
            last_day=last,
            rule=rule,
            condition=condition,
            family=str(item.get("family", "")),
            # Words may promise more than the rule counts: what settles it stands beside them.
            note=str(item.get("note") or (say_rule(rule, first, last) if item.get("statement") else "")),
        )
    )


def _last_day(item: Mapping[str, Any], first: date) -> date:
    if ("days" in item) == ("until" in item):
        raise InputError("give days or until, one of the two")
    if "until" in item:
        return _day(item["until"], "until")
    days = item["days"]
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= 3660:
        raise InputError(f"days is {days!r}; give a whole number from 1 to 3660")
    return first + timedelta(days=days - 1)


def _rule(item: Mapping[str, Any]) -> ResolutionRule:
    dataset = DATASETS.get(str(item.get("dataset", "")).casefold())
    if dataset is None:
        raise InputError(f"dataset is {item.get('dataset')!r}; give UCDP or ACLED")
    at_least = item.get("at_least", 1)
    bounds = at_least if isinstance(at_least, list) else [at_least]
    if not all(isinstance(b, int) and not isinstance(b, bool) for b in bounds):
        raise InputError(f"at_least is {at_least!r}; give a whole number, or several that rise")
    if item.get("counts", "events") not in ("events", "deaths"):
        raise InputError(f"counts is {item['counts']!r}; give events or deaths")
    if item.get("side", "any") not in ("any", "a", "b"):
        raise InputError(f"side is {item['side']!r}; give a, b or any")
    words = {name: [str(w) for w in _list(item, name)] for name in ("actors", "kinds", "countries")}
    precision = {n: item[n] for n in ("max_where_prec", "max_date_prec") if item.get(n) is not None}
    return rule_from_json(
        {
            "dataset": dataset,
            "events": {**words, **precision, "side": item.get("side", "any")},
            "region": {
                "cells": [int(c) for c in _list(item, "cells")],
                "admin1": [str(a) for a in _list(item, "admin1")],
                "polygon": _list(item, "polygon"),
            },
            "counts": item.get("counts", "events"),
            "bounds": bounds,
        }
    )


def say_rule(rule: ResolutionRule, first: date, last: date) -> str:
    """
    Say a rule as a statement.

    Examples
    --------
    >>> from wayout.model import AskedRegion, EventFilter
    >>> rule = ResolutionRule(dataset="UCDP GED", events=EventFilter(actors=("IS",)), region=AskedRegion(cells=(176580,)))
    >>> say_rule(rule, date(2019, 5, 8), date(2019, 6, 6))
    'UCDP GED records 1 or more events with IS in PRIO-GRID cell 176580 from 2019-05-08 to 2019-06-06'
    """
    events, region = rule.events, rule.region
    who = (
        f" with {' or '.join(events.actors)}" + (f" as side {events.side}" if events.side != "any" else "")
        if events.actors
        else ""
    )
    kinds = f" of type {', '.join(events.kinds)}" if events.kinds else ""
    places = []
    if region.cells:
        places.append(f"PRIO-GRID cell{'s' if len(region.cells) > 1 else ''} {', '.join(map(str, region.cells))}")
    places += [", ".join(region.admin1)] if region.admin1 else []
    places += ["the polygon given"] if region.polygon else []
    where = " or ".join(places) or ", ".join(events.countries) or "the whole table"
    number = " or ".join(_bands(rule.bounds)) if len(rule.bounds) > 1 else f"{rule.bounds[0]} or more"
    return f"{rule.dataset} records {number} {rule.counts}{kinds}{who} in {where} from {first} to {last}"


def _bands(bounds: tuple[int, ...]) -> list[str]:
    """Say the options that bounds make: fewer than 1, 1 to 9, 10 or more."""
    inner = [f"{low} to {high - 1}" if high - 1 > low else str(low) for low, high in pairwise(bounds)]
    return [f"fewer than {bounds[0]},", *(f"{band}," for band in inner), f"{bounds[-1]} or more"]


def _list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _word(value: Any) -> str:
    """YAML reads a bare yes or no as true or false."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _day(value: Any, name: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InputError(f"{name} is {value!r}; write a day as 2030-06-01") from error
