import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import SourceError
from wayout.read.gunzip import gunzip, gunzip_chunks


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4))
def test_members_come_back_joined(parts):
    assert gunzip(b"".join(gzip.compress(p) for p in parts), "x.gz", 100_000) == b"".join(parts)


def test_large_data_comes_back_whole():
    data = bytes(range(256)) * 4000
    assert gunzip(gzip.compress(data), "x.gz", len(data)) == data


def test_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(bytes(50_000_000))
    pieces = []
    with pytest.raises(SourceError, match=r"bomb\.gz unpacks to more than 1 MB"):
        pieces.extend(gunzip_chunks(io.BytesIO(bomb), "bomb.gz", 1_000_000))
    assert sum(map(len, pieces)) <= 1_000_000


@pytest.mark.parametrize("content", [b"\x1f\x8bnonsense" * 3, gzip.compress(b"word " * 1000)[:-30]])
def test_damaged_data_is_an_error(content):
    with pytest.raises(SourceError, match="fetch it again"):
        gunzip(content, "x.gz", 1_000_000)
