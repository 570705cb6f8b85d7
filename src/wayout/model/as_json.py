"""Turn records into plain JSON values, in field order; geometries become GeoJSON, numbers are rounded for stable bytes."""

import dataclasses
from datetime import date, datetime
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

COORDINATE_DECIMALS = 5
"""About one metre; publication coarsens further (the 5 km floor)."""
NUMBER_DECIMALS = 6


def as_json(value: Any) -> Any:
    """
    Convert a record, or any nesting of records, tuples and dicts, to JSON values.

    Parameters
    ----------
    value
        Dataclass, mapping, sequence, geometry, date or scalar.

    Returns
    -------
    plain
        ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool`` or ``None``; the same input gives the same bytes.

    Raises
    ------
    TypeError
        If a value of another type is met.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return round(value, NUMBER_DECIMALS)
    if isinstance(value, np.integer | np.floating):
        return as_json(value.item())
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, BaseGeometry):
        return geometry_as_json(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [as_json(item) for item in value]
    raise TypeError(f"cannot turn a {type(value).__name__} into JSON; convert it in the record first")


def geometry_as_json(geometry: BaseGeometry) -> dict[str, Any]:
    """Return a GeoJSON geometry, coordinates rounded to :data:`COORDINATE_DECIMALS`."""
    rounded: dict[str, Any] = _rounded(shapely.geometry.mapping(geometry))
    return rounded


def _rounded(node: Any) -> Any:
    if isinstance(node, float):
        return round(node, COORDINATE_DECIMALS)
    if isinstance(node, dict):
        return {key: _rounded(item) for key, item in node.items()}
    if isinstance(node, list | tuple):
        return [_rounded(item) for item in node]
    return node
