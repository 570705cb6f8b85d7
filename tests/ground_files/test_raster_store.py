import numpy as np
import pytest

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.raster_store import FINEST_DEG, store_rasters
from wayout.ground_files.rasters import read_raster

AROUND = Frame(west=36, south=33, east=37, north=35, pixel_km=2)


def hills(n):
    x = np.linspace(0, 20, n)
    return (800 + 200 * np.sin(x)[:, None] * np.cos(1.3 * x)[None, :]).astype("float32")


def test_what_is_stored_reads_as_the_file_itself(tmp_path, write_tif):
    path = write_tif(tmp_path / "r.tif", hills(1500), (35.5, 35.5), 0.002)
    stored = store_rasters([path], "relief", tmp_path / "out.tif")
    assert stored.p_known == 1
    assert stored.bounds == pytest.approx((35.5, 32.5, 38.5, 35.5))
    direct, ours = (read_raster(p, "relief", AROUND).values.astype(int) for p in (path, tmp_path / "out.tif"))
    assert np.abs(direct - ours).mean() < 1
    assert np.abs(direct - ours).max() < 15  # a bend between the rows of an overview


def test_what_is_finer_than_90_m_is_averaged(tmp_path, write_tif):
    values = np.kron(np.arange(100).reshape(10, 10), np.ones((3, 3))).astype("float32")
    values[1::3, 1::3] += 9
    path = write_tif(tmp_path / "r.tif", values, (36, 35), FINEST_DEG / 3)
    store_rasters([path], "relief", tmp_path / "out.tif")
    import rasterio

    with rasterio.open(tmp_path / "out.tif") as out:
        assert np.array_equal(out.read(1), np.arange(100).reshape(10, 10) + 1)
        assert (out.crs.to_epsg(), out.dtypes[0]) == (4326, "int16")


def test_tiles_become_one_and_gaps_stay_unknown(tmp_path, write_tif):
    tiles = [
        write_tif(tmp_path / f"{lon}.tif", np.full((120, 120), height, "float32"), (lon, 35), 1 / 120)
        for lon, height in ((36, 100), (38, 300))
    ]
    stored = store_rasters(tiles, "relief", tmp_path / "out.tif")
    assert stored.p_known == pytest.approx(2 / 3)
    found = read_raster(tmp_path / "out.tif", "relief", Frame(west=35, south=33.5, east=40, north=36, pixel_km=5))
    middle = found.values[found.values.shape[0] // 2]
    assert set(np.unique(middle).tolist()) == {-32768, 100, 300}
    assert (np.diff(middle[middle > 0].astype(int)) >= 0).all()


def test_where_files_overlap_the_first_stands(tmp_path, write_tif):
    first = np.full((120, 120), 100, "float32")
    first[:60] = -32768
    paths = [
        write_tif(tmp_path / "a.tif", first, (36, 35), 1 / 120, nodata=-32768),
        write_tif(tmp_path / "b.tif", np.full((120, 120), 300, "float32"), (36, 35), 1 / 120),
    ]
    store_rasters(paths, "relief", tmp_path / "out.tif")
    found = read_raster(tmp_path / "out.tif", "relief", AROUND).values
    assert (found[5, 5], found[-5, 5]) == (300, 100)


def test_the_same_file_gives_the_same_bytes(tmp_path, write_tif):
    path = write_tif(tmp_path / "r.tif", hills(300), (36, 35), 0.01, crs="EPSG:4326")
    for name in ("one.tif", "two.tif"):
        store_rasters([path], "relief", tmp_path / name)
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "two.tif").read_bytes()


def test_a_file_without_data_is_refused_and_the_older_one_stays(tmp_path, write_tif):
    good = write_tif(tmp_path / "r.tif", hills(100), (36, 35), 0.01)
    store_rasters([good], "relief", tmp_path / "out.tif")
    before = (tmp_path / "out.tif").read_bytes()
    empty = write_tif(tmp_path / "e.tif", np.full((100, 100), -9999.0), (36, 35), 0.01, nodata=-9999)
    with pytest.raises(SourceError, match=r"e\.tif knows no cell"):
        store_rasters([empty], "relief", tmp_path / "out.tif")
    assert (tmp_path / "out.tif").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["e.tif", "out.tif", "r.tif"]


def test_progress_is_told(tmp_path, write_tif):
    told = []
    path = write_tif(tmp_path / "r.tif", hills(100), (36, 35), 0.01)
    store_rasters([path], "relief", tmp_path / "out.tif", tell=lambda done, n: told.append((done, n)))
    assert told == [(1, 1)]


def test_land_cover_keeps_classes(tmp_path, write_tif):
    values = np.random.default_rng(0).choice(np.array([0, 10, 40, 80], "uint8"), (200, 200))
    path = write_tif(tmp_path / "c.tif", values, (36, 35), 0.005)
    stored = store_rasters([path], "landcover", tmp_path / "out.tif")
    assert stored.legend == "worldcover"
    assert stored.p_known == pytest.approx(0.75, abs=0.02)
    import rasterio

    with rasterio.open(tmp_path / "out.tif") as out:
        assert set(np.unique(out.read(1)).tolist()) == {10, 40, 80, 255}
