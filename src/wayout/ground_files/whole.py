"""
Tell whether a file of lines is whole, before it is read: GDAL reads one that was cut short as far as it goes, and says nothing.

References: https://wiki.openstreetmap.org/wiki/PBF_Format; ESRI Shapefile Technical Description (1998), page 4.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from wayout.errors import SourceError
from wayout.ground_files.guard import VectorFormat

MAX_HEADER_BYTES = 64 * 1024
MAX_BLOCK_BYTES = 32 * 1024 * 1024
"""Largest header and block of an .osm.pbf file, by the format's own definition."""
_TAIL = 4096
_VARINT, _EIGHT_BYTES, _TEXT, _FOUR_BYTES = 0, 1, 2, 5
_RAW_SIZE, _ZLIB = 2, 3


def check_whole(path: Path, form: VectorFormat) -> None:
    """
    Refuse a file that was cut short or damaged on its way.

    Parameters
    ----------
    path
        The file.
    form
        Its format. GeoPackage and GeoJSON tell by themselves when they are read; FlatGeobuf by the number of its features.

    Raises
    ------
    SourceError
        If it is not whole.
    """
    try:
        with path.open("rb") as file:
            if form == "ESRI Shapefile":
                whole = _whole_shapefile(file)
            elif form == "OSM":
                whole = _whole_pbf(file) if file.read(1) == b"\0" else _whole_xml(file)
            else:
                whole = True
    except (struct.error, ValueError, zlib.error, EOFError):
        whole = False
    if not whole:
        raise SourceError(f"{path.name} cannot be read to its end; it is damaged or cut short: get it again")


def _whole_shapefile(file: BinaryIO) -> bool:
    """Compare the length that the header tells, in words of two bytes, with the file's."""
    file.seek(24)
    (words,) = struct.unpack(">i", file.read(4))
    return bool(words * 2 <= os.fstat(file.fileno()).st_size)


def _whole_xml(file: BinaryIO) -> bool:
    file.seek(-min(_TAIL, os.fstat(file.fileno()).st_size), os.SEEK_END)
    return file.read().rstrip().endswith(b"</osm>")


def _whole_pbf(file: BinaryIO) -> bool:
    """Go through all blocks; unpacking one checks its checksum, and that it is no larger than it may be."""
    file.seek(0)
    size = os.fstat(file.fileno()).st_size
    while file.tell() < size:
        (n_header,) = struct.unpack(">I", file.read(4))
        if n_header > MAX_HEADER_BYTES:
            return False
        n_block = next(value for field, value in _fields(file.read(n_header)) if field == 3 and isinstance(value, int))
        if n_block > MAX_BLOCK_BYTES or file.tell() + n_block > size:
            return False
        block = dict(_fields(file.read(n_block)))
        packed = block.get(_ZLIB)
        if isinstance(packed, bytes):
            unpacker = zlib.decompressobj()
            unpacked = unpacker.decompress(packed, MAX_BLOCK_BYTES + 1)
            if not unpacker.eof or len(unpacked) != block.get(_RAW_SIZE, len(unpacked)):
                return False
    return True


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a protocol buffer: number and value."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if kind == _TEXT:
            n, at = _varint(message, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            n = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError(kind)
        if at + n > len(message):
            raise EOFError
        yield key >> 3, message[at : at + n]
        at += n


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:
            raise EOFError
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
