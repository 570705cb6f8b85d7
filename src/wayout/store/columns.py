"""Columns that can be made again: arrays as blobs, some rows a chunk, read back without a copy a row."""

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, insert, select, update

from wayout.errors import InputError
from wayout.store import schema

Columns = Mapping[str, NDArray[Any]]
NAME = re.compile(r"[ -~]{1,200}")
KINDS = "biufSUmM"
"""Kinds of dtype that are bytes of fixed width: booleans, integers, floats, bytes, text, durations, times."""
CHUNK_BYTES = 32_000_000
"""Most bytes of one blob; SQLite takes 1 GB, PostgreSQL too, but both hold it in memory whole."""


MOST_CRUMBS = 64
"""Chunks after which small extensions are joined: reading stays fast, and each row is written again once in so many."""


def read_columns(connection: Connection, name: str) -> dict[str, NDArray[Any]] | None:
    """Return the columns of a name, read-only; ``None`` where there are none."""
    head = connection.execute(select(schema.derived).where(schema.derived.c.name == name)).one_or_none()
    if head is None:
        return None
    kept = schema.derived_chunks.c
    asked = select(kept.column, kept.dtype, kept.shape, kept.data)
    asked = asked.where(kept.name == name).order_by(kept.chunk, kept.position)
    parts: dict[str, list[NDArray[Any]]] = {}
    for row in connection.execute(asked):
        part = np.frombuffer(row.data, dtype=np.dtype(row.dtype)).reshape(json.loads(row.shape))
        parts.setdefault(row.column, []).append(part)
    whole = {column: found[0] if len(found) == 1 else np.concatenate(found) for column, found in parts.items()}
    for column in whole.values():
        column.flags.writeable = False
    return whole


def read_basis(connection: Connection, name: str) -> str | None:
    """Return what the columns of a name were made from."""
    return connection.execute(select(schema.derived.c.basis).where(schema.derived.c.name == name)).scalar_one_or_none()


def write_columns(connection: Connection, name: str, columns: Columns, basis: str, *, extend: bool) -> None:
    """Keep columns in place of those of the name, or behind them."""
    arrays, n_rows = _checked(name, columns)
    head = connection.execute(select(schema.derived).where(schema.derived.c.name == name)).one_or_none()
    first = 0
    if extend and head is not None:
        _check_extension(connection, name, arrays)
        if _is_crumbled(head, arrays):
            before = read_columns(connection, name) or {}
            whole = {column: np.concatenate([kept, arrays[column]]) for column, kept in before.items()}
            write_columns(connection, name, whole, basis, extend=False)
            return
        first, n_rows = head.n_chunks, head.n_rows + n_rows
    elif head is not None:
        connection.execute(delete(schema.derived_chunks).where(schema.derived_chunks.c.name == name))
        connection.execute(delete(schema.derived).where(schema.derived.c.name == name))
        head = None
    rows = _chunks(name, arrays, first)
    n_chunks = first + max(row["chunk"] - first + 1 for row in rows)
    values = {"basis": basis, "n_rows": n_rows, "n_chunks": n_chunks}
    if head is None:
        connection.execute(insert(schema.derived), {"name": name, **values})
    else:
        connection.execute(update(schema.derived).where(schema.derived.c.name == name), values)
    connection.execute(insert(schema.derived_chunks), rows)


def _checked(name: str, columns: Columns) -> tuple[dict[str, NDArray[Any]], int]:
    if not NAME.fullmatch(name) or not all(NAME.fullmatch(column) for column in columns):
        raise InputError(f"derived {name!r} or one of its columns is not 1-200 printable ASCII characters; rename it")
    arrays = {column: np.ascontiguousarray(values) for column, values in columns.items()}
    empty_text = {c: v.astype(v.dtype.kind + "1") for c, v in arrays.items() if v.dtype.itemsize == 0}
    arrays.update(empty_text)  # "" alone has no width, and bytes without width cannot be counted again
    for column, values in arrays.items():
        if values.dtype.kind not in KINDS or np.ndim(columns[column]) == 0:
            raise InputError(
                f"column {column} of {name} holds {values.dtype}; give an array of numbers, dates or text of fixed width"
            )
    lengths = {len(values) for values in arrays.values()}
    if len(lengths) != 1:
        raise InputError(f"columns of {name} have {sorted(lengths)} rows; give at least one column, all of one length")
    return arrays, lengths.pop()


def _is_crumbled(head: Any, arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Tell whether the rows lie in more chunks than their size asks for, as they do after many small extensions."""
    row_bytes = max(values.nbytes // max(1, len(values)) for values in arrays.values())
    return bool(head.n_chunks >= MOST_CRUMBS + 2 * head.n_rows * row_bytes // CHUNK_BYTES)


def _check_extension(connection: Connection, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    kept = schema.derived_chunks.c
    asked = select(kept.column, kept.dtype, kept.shape).where(kept.name == name, kept.chunk == 0)
    before = {row.column: (np.dtype(row.dtype), tuple(json.loads(row.shape))[1:]) for row in connection.execute(asked)}
    after = {column: (values.dtype, values.shape[1:]) for column, values in arrays.items()}
    fits = before.keys() == after.keys() and all(
        before[c][0].kind == after[c][0].kind and before[c][1] == after[c][1] for c in before
    )
    if not fits:
        raise InputError(f"{name} is kept with columns {before}, not {after}; put it anew instead of extending it")


def _chunks(name: str, arrays: Mapping[str, NDArray[Any]], first: int) -> list[dict[str, Any]]:
    rows = []
    for position, (column, values) in enumerate(arrays.items()):
        each = max(1, CHUNK_BYTES // max(1, values.nbytes // max(1, len(values))))
        for chunk, start in enumerate(range(0, max(1, len(values)), each), start=first):
            part = values[start : start + each]
            rows.append(
                {
                    "name": name,
                    "chunk": chunk,
                    "position": position,
                    "column": column,
                    "dtype": values.dtype.str,
                    "shape": json.dumps(part.shape),
                    "data": part.tobytes(),
                }
            )
    return rows
