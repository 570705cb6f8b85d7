"""Files are put whole: what cannot be written leaves what was there, and nothing half-written beside it."""

import pytest

from wayout.cli.move_write import put_whole, write_collection

POINT = {"type": "Point", "coordinates": [31.2, -10.2]}
ANSWER = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "id": "s", "properties": {"layer": "source", "name": "home"}, "geometry": POINT}],
}


def test_a_file_takes_the_place_of_the_older_one(tmp_path):
    out = tmp_path / "a.geojson"
    out.write_text("old")
    put_whole(out, b"new")
    assert out.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.geojson"]


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_a_full_disk_leaves_the_older_file_and_nothing_beside_it(suffix, tmp_path, monkeypatch):
    out = tmp_path / f"a.{suffix}"
    out.write_text("old")

    def full(self, data):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_collection(ANSWER, out)
    assert out.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "kept").mkdir()
    link = tmp_path / "a.geojson"
    link.symlink_to(tmp_path / "kept" / "a.geojson")
    put_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "kept" / "a.geojson").read_bytes() == b"new"
