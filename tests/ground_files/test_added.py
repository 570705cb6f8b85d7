import pytest

from wayout.errors import InputError, NotFoundError
from wayout.ground_files.added import added_files, added_path, read_added, read_one, record_added, remove_added
from wayout.locate.looking_up.editions import EditionSource

SOURCES = [
    EditionSource(title=t, address="a", sha256="0", retrieved="2026-01-01", licence=t) for t in ("ODbL", "ours", "ODbL")
]


@pytest.fixture
def added(tmp_path):
    path = added_path(tmp_path, "roads", "SY")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"roads")
    return record_added(path, "roads", bounds=(35, 32, 42, 37), holds={"n_lines": 3}, sources=SOURCES, notes=["n"])


def test_a_file_is_recorded_with_its_hash_and_terms(tmp_path, added):
    assert read_added(tmp_path) == (added,)
    assert (added.name, added.kind, added.whole, added.bounds) == ("SY", "roads", True, (35, 32, 42, 37))
    assert added.licence == "ODbL; ours"
    added.path.write_bytes(b"other")
    assert not read_one(added.path, "roads").whole


@pytest.mark.parametrize("record", ["", "{}", "[]", '{"bounds": [1, 2, 3]}', '{"bounds": null}'])
def test_a_record_that_cannot_be_read_is_no_record(added, record):
    added.path.with_suffix(".json").write_text(record)
    found = read_one(added.path, "roads")
    assert (found.bounds, found.whole, found.licence) == (None, False, "not stated")


def test_only_files_of_the_kind_are_listed(tmp_path, added):
    for name in ("IQ.npz", "IQ.npz.part", ".x.npz", "IQ.tif", "a b.npz"):
        (added.path.parent / name).touch()
    assert [path.name for path in added_files(tmp_path, "roads")] == ["IQ.npz", "SY.npz"]
    assert added_files(tmp_path, "relief") == ()


def test_what_is_removed_is_gone_with_its_record(tmp_path, added):
    remove_added(tmp_path, "roads", "SY")
    assert list(added.path.parent.iterdir()) == []
    with pytest.raises(NotFoundError, match="there is no roads 'SY'"):
        remove_added(tmp_path, "roads", "SY")


@pytest.mark.parametrize("name", ["../SY", "a/b", "", "x" * 65, ".x"])
def test_a_name_never_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(InputError, match="cannot name roads"):
        added_path(tmp_path, "roads", name)
