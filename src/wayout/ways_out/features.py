"""Bring what a notebook holds (shapes, GeoJSON, frames with ``__geo_interface__``) to GeoJSON features with a role."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from wayout.errors import InputError
from wayout.ways_out.given import ROLES

WORDS = {"source": ("source",), "barrier": ("barrier", "checkpoint"), "exit": ("exit", "destination")}
"""Words that a feature may carry as its role, by the argument it comes in."""


def as_features(things: Any, role: str) -> list[Any]:
    """
    List GeoJSON features of one role.

    Parameters
    ----------
    things
        A shapely geometry; a GeoJSON geometry, feature or collection; an object with ``__geo_interface__`` (a geopandas frame
        needs no geopandas here); shapes by name (``{"Border": point}``); or a list of these. ``None``: nothing.
    role
        ``"source"``, ``"barrier"`` or ``"exit"``: given to what carries no role itself.

    Returns
    -------
    features
        In the order given.

    Raises
    ------
    InputError
        If something is none of these, or a feature carries the role of another argument.
    """
    if things is None:
        return []
    if isinstance(things, BaseGeometry):
        return [feature(things, role=role)]
    node = getattr(things, "__geo_interface__", things)
    if isinstance(node, Mapping):
        return _of_mapping(node, role)
    if isinstance(node, str | bytes) or not isinstance(node, Iterable):
        raise InputError(
            f"{role}s hold {things!r:.60}; give shapely geometries, GeoJSON, or an object with __geo_interface__ "
            "(a file is read by: wayout move FILE)"
        )
    return [made for thing in node for made in as_features(thing, role)]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """
    Make a GeoJSON feature of a shape and what is said of it.

    Parameters
    ----------
    geometry
        A shapely geometry, a GeoJSON geometry, or an object with ``__geo_interface__``.
    properties
        ``role``, ``name``, ``p_closed`` ...

    Examples
    --------
    >>> feature(shapely.Point(1, 2), name="bridge", p_closed=0.4)["properties"]
    {'name': 'bridge', 'p_closed': 0.4}
    """
    if isinstance(geometry, BaseGeometry):
        node = None if geometry.is_empty else dict(shapely.geometry.mapping(shapely.force_2d(geometry)))
    else:
        node = getattr(geometry, "__geo_interface__", geometry)
    return {"type": "Feature", "geometry": node, "properties": properties}


def _of_mapping(node: Mapping[str, Any], role: str) -> list[Any]:
    kind = node.get("type")
    if kind == "FeatureCollection":
        return [made for part in node.get("features") or () for made in as_features(part, role)]
    if kind == "Feature":
        return [_with_role(node, role)]
    if isinstance(kind, str):
        return [feature(node, role=role)]
    return [_named(made, str(name)) for name, shape in node.items() for made in as_features(shape, role)]


def _with_role(node: Mapping[str, Any], role: str) -> dict[str, Any]:
    properties = node.get("properties") or {}
    if not isinstance(properties, Mapping):
        return dict(node)
    own = properties.get("role")
    if own is not None and own not in WORDS[role] and str(own).casefold() in ROLES:
        raise InputError(f"a feature among the {role}s has the role {own!r}; give it where it belongs")
    return {**node, "properties": {**properties, "role": role if own is None else own}}


def _named(made: Any, name: str) -> Any:
    properties = made.get("properties") if isinstance(made, Mapping) else None
    return {**made, "properties": {"name": name, **properties}} if isinstance(properties, Mapping) else made
