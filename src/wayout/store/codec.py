"""Records to plain JSON values and back, exactly: one converter a type, made once from the record's annotations."""

import dataclasses
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any

from shapely.geometry.base import BaseGeometry

from wayout.errors import BackendError
from wayout.model import DocumentId, Place, Span, Step

SHARED = (Place, Step)
NOT_ABSENT = object()
"""Stands for "this field is always written"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """
    What records of one document share: spans of ``document`` are written as two numbers, geometries as their keys.

    ``keep`` is told of each geometry and returns its key; ``shapes`` holds the geometries by key. ``shared`` holds the places and
    steps read so far, for many claims name the same.
    """

    document: DocumentId
    keep: Callable[[BaseGeometry], str] | None = None
    shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    shared: dict[Any, Any] = field(default_factory=dict)


Convert = Callable[[Any, Context], Any]


@cache
def writer_of(kind: Any) -> Convert | None:
    """Return what turns a value of a type into JSON values; ``None`` where the value is one already."""
    return _converter(kind, _write_record, _WRITERS, writer_of)


@cache
def reader_of(kind: Any) -> Convert | None:
    """Return what turns JSON values back into a value of a type; ``None`` where the value is one already."""
    return _converter(kind, _read_record, _READERS, reader_of)


def _converter(
    kind: Any, record: Callable[[Any], Convert], leaves: Mapping[Any, Convert], again: Callable[[Any], Convert | None]
) -> Convert | None:
    if kind in leaves:
        return leaves[kind]
    if dataclasses.is_dataclass(kind):
        return record(kind)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, UnionType):
        kinds = [k for k in inner if k is not NoneType]
        ways = [again(k) for k in kinds]
        if len(kinds) == 1 and ways[0] is not None:
            return _unless_none(ways[0])
        if any(ways):
            raise TypeError(f"{kind} is a choice of records; the store cannot tell them apart")
        return None
    if origin is tuple:
        sequence: Callable[[Any], Any] = tuple if again is reader_of else list
        one = again(inner[0])
        if one is None:
            return lambda value, _: sequence(value)
        return lambda value, context: sequence([one(v, context) for v in value])
    return None


def _unless_none(way: Convert) -> Convert:
    return lambda value, context: None if value is None else way(value, context)


def _fields(kind: Any) -> list[tuple[str, Any, Any]]:
    """List a record's fields: name, type and the value that is left out: ``None`` or ``()`` where missing means just that."""
    hints = typing.get_type_hints(kind, localns={"BaseGeometry": BaseGeometry})
    found = []
    for spec in dataclasses.fields(kind):
        absent: Any = spec.default
        if spec.default is dataclasses.MISSING:
            may_lack = NoneType in typing.get_args(hints[spec.name])
            absent = None if may_lack else () if typing.get_origin(hints[spec.name]) is tuple else NOT_ABSENT
        found.append((spec.name, hints[spec.name], absent if absent is None or absent == () else NOT_ABSENT))
    return found


def _write_record(kind: Any) -> Convert:
    ways: list[tuple[str, Any, Convert | None]] = []

    def write(record: Any, context: Context) -> dict[str, Any]:
        if not ways:  # made at first use: a record may hold its own kind
            ways.extend((name, absent, writer_of(hint)) for name, hint, absent in _fields(kind))
        said = {}
        for name, absent, way in ways:
            value = getattr(record, name)
            if value is not absent:
                said[name] = value if way is None or value is None else way(value, context)
        return said

    return write


def _read_record(kind: Any) -> Convert:
    ways: dict[str, Convert | None] = {}
    lacking: dict[str, Any] = {}
    shareable = kind in SHARED

    def read(said: dict[str, Any], context: Context) -> Any:
        if not ways:
            ways.update((name, reader_of(hint)) for name, hint, _ in _fields(kind))
            given = {spec.name for spec in dataclasses.fields(kind) if spec.default is not dataclasses.MISSING}
            lacking.update((name, absent) for name, _, absent in _fields(kind) if name not in given)
        key: Any = None
        if shareable:
            try:
                key = (kind, *said.items())
                if key in context.shared:
                    return context.shared[key]
            except TypeError:  # the parameters of a step are lists here
                key = None
        values = dict(lacking)
        try:
            for name, value in said.items():
                way = ways[name]
                values[name] = value if way is None or value is None else way(value, context)
        except KeyError as error:
            raise BackendError(
                f"the store holds {error} in a {kind.__name__}, which this version does not know; update Wayout, or restore a backup"
            ) from error
        made = kind(**values)
        if shareable and key is not None:
            context.shared[key] = made
        return made

    return read


def _write_span(span: Span, context: Context) -> list[Any]:
    if span.document == context.document:
        return [span.start, span.end]
    return [span.start, span.end, span.document]


def _read_span(said: list[Any], context: Context) -> Span:
    return Span(document=said[2] if len(said) == 3 else context.document, start=said[0], end=said[1])


def _write_geometry(geometry: BaseGeometry, context: Context) -> str:
    if context.keep is None:
        raise TypeError("a geometry was met where none is kept")
    return context.keep(geometry)


_WRITERS: dict[Any, Convert] = {
    Span: _write_span,
    BaseGeometry: _write_geometry,
    datetime: lambda value, _: value.isoformat(),
    date: lambda value, _: value.isoformat(),
}
_READERS: dict[Any, Convert] = {
    Span: _read_span,
    BaseGeometry: lambda key, context: context.shapes[key],
    datetime: lambda value, _: datetime.fromisoformat(value),
    date: lambda value, _: date.fromisoformat(value),
}
