"""Unpack gzip data without ever holding more than the limit."""

import io
import zlib
from collections.abc import Iterator
from typing import IO

from wayout.errors import SourceError

GZIP_START = b"\x1f\x8b"
_CHUNK_BYTES = 65_536


def gunzip(content: bytes, name: str, limit: int) -> bytes:
    """
    Unpack gzip data of one or more members.

    Parameters
    ----------
    content
        Packed bytes.
    name
        Its name, for the error.
    limit
        Largest unpacked size, bytes.

    Raises
    ------
    SourceError
        If it is damaged or unpacks to more than the limit.
    """
    return b"".join(gunzip_chunks(io.BytesIO(content), name, limit))


def gunzip_chunks(stream: IO[bytes], name: str, limit: int) -> Iterator[bytes]:
    """
    Unpack a gzip stream piece by piece (at most 64 kB each), stopping at the limit.

    Raises
    ------
    SourceError
        If it is damaged or unpacks to more than ``limit`` bytes.
    """
    unpacker = zlib.decompressobj(wbits=31)
    size, pending, started = 0, b"", False
    try:
        while True:
            pending = pending or stream.read(_CHUNK_BYTES)
            if not pending:
                break
            if unpacker.eof:
                # Files of several members are common (log rotation, appended records); padding zeros are allowed.
                pending = pending.lstrip(b"\0")
                if not pending:
                    continue
                unpacker = zlib.decompressobj(wbits=31)
            started = True
            piece = unpacker.decompress(pending, _CHUNK_BYTES)
            pending = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            size += len(piece)
            if size > limit:
                raise SourceError(
                    f"{name} unpacks to more than {limit // 1_000_000} MB; split it or give single reports"
                )
            yield piece
        # With all input taken, at most one match (258 bytes) can still wait inside.
        yield unpacker.flush() if started and not unpacker.eof else b""
    except zlib.error as error:
        raise SourceError(f"{name} is damaged gzip data ({error}); fetch it again") from error
    if started and not unpacker.eof:
        raise SourceError(f"{name} is gzip data cut short; fetch it again")
