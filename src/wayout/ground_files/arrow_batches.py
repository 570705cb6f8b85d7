"""
Read a file of lines in batches, in one pass, whatever its size: GDAL's Arrow stream, taken apart with the standard library.

pyogrio gives whole files as arrays, or this stream; to read the stream others use ``pyarrow``, 40 MB of which two pages are
needed. References: Arrow C data interface and C stream interface, https://arrow.apache.org/docs/format/CDataInterface.html
"""

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayout.errors import BackendError


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(_Stream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))),
    ("private_data", ctypes.c_void_p),
]
_NUMBERS = {
    "c": "i1",
    "C": "u1",
    "s": "i2",
    "S": "u2",
    "i": "i4",
    "I": "u4",
    "l": "i8",
    "L": "u8",
    "f": "f4",
    "g": "f8",
}
_TEXTS = {"u": np.int32, "z": np.int32, "U": np.int64, "Z": np.int64}

Column = NDArray[Any]


def read_batches(stream: Any) -> Iterator[dict[str, Column]]:
    """
    Yield the batches of an Arrow stream.

    Parameters
    ----------
    stream
        An object with ``__arrow_c_stream__``; used up.

    Yields
    ------
    batch
        Columns by name, of one length: texts as ``str``, binaries as ``bytes`` (arrays of objects, ``None`` where unknown),
        numbers as numbers (NaN where unknown); columns of other types are left out.

    Raises
    ------
    BackendError
        With GDAL's words, if it cannot read on.
    """
    capsule = stream.__arrow_c_stream__()
    get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
    get_pointer.restype, get_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    source = _Stream.from_address(get_pointer(capsule, b"arrow_array_stream"))
    schema = _Schema()
    _ask(source, source.get_schema(ctypes.byref(source), ctypes.byref(schema)))
    try:
        columns = [
            (c.name.decode(), c.format.decode()) for c in (p.contents for p in schema.children[: schema.n_children])
        ]
    finally:
        schema.release(ctypes.byref(schema))
    while True:
        batch = _Array()
        _ask(source, source.get_next(ctypes.byref(source), ctypes.byref(batch)))
        if not batch.release:
            return
        try:
            parts = [p.contents for p in batch.children[: batch.n_children]]
            found = {
                name: _column(part, kind) for (name, kind), part in zip(columns, parts, strict=True) if _known(kind)
            }
        finally:
            batch.release(ctypes.byref(batch))
        yield found


def _known(kind: str) -> bool:
    return kind in _NUMBERS or kind in _TEXTS or kind == "b"


def _ask(source: _Stream, code: int) -> None:
    if code:
        said = source.get_last_error(ctypes.byref(source)) or b"no reason given"
        raise BackendError(" ".join(said.decode(errors="replace").split())[:200])


def _column(part: _Array, kind: str) -> Column:
    n, first = part.length, part.offset
    known = _bits(part.buffers[0], first, n) if part.null_count != 0 and part.buffers[0] else np.ones(n, dtype=bool)
    if kind == "b":
        return np.where(known, _bits(part.buffers[1], first, n), np.nan) if n else np.empty(0)
    if kind in _NUMBERS:
        numbers = _view(part.buffers[1], np.dtype(_NUMBERS[kind]), first, n)
        return numbers.copy() if known.all() else np.where(known, numbers.astype(np.float64), np.nan)
    offsets = _view(part.buffers[1], np.dtype(_TEXTS[kind]), first, n + 1)
    values = np.empty(n, dtype=object)
    if n == 0:
        return values
    low = int(offsets[0])
    size = int(offsets[-1]) - low
    data = ctypes.string_at(part.buffers[2] + low, size) if size else b""
    ends = (offsets - low).tolist()
    text = kind in "uU"
    for i in np.flatnonzero(known).tolist():
        piece = data[ends[i] : ends[i + 1]]
        values[i] = piece.decode("utf-8", errors="replace") if text else piece
    return values


def _view(address: int | None, dtype: np.dtype[Any], first: int, n: int) -> Column:
    if not address or not n:
        return np.zeros(n, dtype=dtype)
    raw = (ctypes.c_char * ((first + n) * dtype.itemsize)).from_address(address)
    return np.asarray(np.frombuffer(memoryview(raw), dtype=dtype, offset=first * dtype.itemsize, count=n))


def _bits(address: int | None, first: int, n: int) -> NDArray[np.bool_]:
    packed = _view(address, np.dtype("u1"), 0, (first + n + 7) // 8)
    return np.unpackbits(packed, bitorder="little")[first : first + n].astype(bool)
