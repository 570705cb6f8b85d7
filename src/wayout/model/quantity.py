"""Numbers that carry their unit, range and meaning in the record's field metadata."""

import dataclasses
import math
from functools import cache
from typing import Any

from wayout.errors import InputError


def quantity(unit: str, help: str, *, low: float = -math.inf, high: float = math.inf, **field: Any) -> Any:
    """
    Declare a numeric dataclass field with its unit, range and one-line help.

    Parameters
    ----------
    unit
        Unit of the number: ``"1"`` for a probability or share, ``"h"``, ``"km"``, ...
    help
        What the number means, for the reader of the docs.
    low, high
        Inclusive range that :func:`check_quantities` enforces.
    field
        Passed on to :func:`dataclasses.field` (``default=...``).

    Returns
    -------
    field
        A dataclass field.
    """
    return dataclasses.field(metadata={"unit": unit, "help": help, "low": low, "high": high}, **field)


def check_quantities(record: Any) -> None:
    """
    Check every declared number of a record against its range.

    Parameters
    ----------
    record
        A dataclass instance with fields made by :func:`quantity`; ``None`` means unknown and passes.

    Raises
    ------
    InputError
        If a number is NaN or outside its range; names record, field, value and range.
    """
    for name, low, high, unit in _declared(record.__class__):
        value = getattr(record, name)
        # NaN lies in no range.
        if value is not None and not low <= value <= high:
            raise InputError(f"{type(record).__name__}.{name} is {value!r}; it must lie in [{low}, {high}] {unit}")


@cache
def _declared(kind: Any) -> tuple[tuple[str, float, float, str], ...]:
    """List the numbers of a record's class: name, range and unit; once a class, for thousands of records are made."""
    specs = [(spec.name, spec.metadata) for spec in dataclasses.fields(kind) if "unit" in spec.metadata]
    return tuple((name, said["low"], said["high"], said["unit"]) for name, said in specs)
