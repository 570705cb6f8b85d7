import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import SourceError
from wayout.locate.looking_up.zipped import MAX_MEMBERS, member_chunks, member_lines, member_names


def archive(tmp_path, members, compression=zipfile.ZIP_DEFLATED):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", compression) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return path


def test_members_are_listed_and_read(tmp_path):
    path = archive(tmp_path, {"ML.txt": "one\ntwo\r\nthree", "readme.txt": ""})
    assert member_names(path) == ("ML.txt", "readme.txt")
    assert list(member_lines(path, "ML.txt", 100)) == ["one", "two", "three"]


@pytest.mark.parametrize("name", ["../ML.txt", "/etc/ML.txt", "a/../../ML.txt", "c:\\ML.txt", "a\\ML.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    with pytest.raises(SourceError, match="leads out"):
        member_names(archive(tmp_path, {name: "x"}))


def test_a_bomb_is_stopped_at_the_limit_not_at_its_size(tmp_path):
    path = archive(tmp_path, {"ML.txt": bytes(20_000_000)})
    assert path.stat().st_size < 100_000
    size = 0
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):  # noqa: PT012
        for chunk in member_chunks(path, "ML.txt", 1_000_000):
            size += len(chunk)
    assert size <= 1_000_000


def test_too_many_members_are_refused(tmp_path):
    path = archive(tmp_path, {f"{i}.txt": "" for i in range(MAX_MEMBERS + 1)}, zipfile.ZIP_STORED)
    with pytest.raises(SourceError, match="files"):
        member_names(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>not found</html>"])
def test_what_is_no_archive_is_refused(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="no zip archive"):
        member_names(path)


def test_a_missing_member_is_said(tmp_path):
    with pytest.raises(SourceError, match=r"ML\.txt"):
        list(member_chunks(archive(tmp_path, {"SD.txt": "x"}), "ML.txt", 10))


@given(st.integers(min_value=60, max_value=2000))
def test_a_damaged_archive_gives_our_error_or_the_right_bytes(tmp_path_factory, position):
    content = "\n".join(f"row {i}" for i in range(2000))
    path = archive(tmp_path_factory.mktemp("zip"), {"ML.txt": content})
    data = bytearray(path.read_bytes())
    data[position % len(data)] ^= 0xFF
    path.write_bytes(data)
    try:
        lines = [line for name in member_names(path) for line in member_lines(path, name, 1_000_000)]
    except SourceError:
        return
    assert lines == content.split("\n")
