import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import InputError, SourceError
from wayout.ground_files.frame import FINEST_KM, MAX_PIXELS, Frame
from wayout.ground_files.rasters import read_raster

AROUND = Frame(west=36, south=33, east=37, north=35, pixel_km=2)


def plane(n, corner, step):
    """Heights that grow by 1 m a minute to the east and 2 m a minute to the north, sampled at cell centres."""
    lon = corner[0] + step * (np.arange(n) + 0.5)
    lat = corner[1] - step * (np.arange(n) + 0.5)
    return (60 * (lon[None, :] - 36) + 120 * (lat[:, None] - 33)).astype("float32")


def centres(raster):
    rows, cols = raster.values.shape
    lon = raster.west + raster.step_lon_deg * (np.arange(cols) + 0.5)
    lat = raster.north - raster.step_lat_deg * (np.arange(rows) + 0.5)
    return np.meshgrid(lon, lat)


def known(raster):
    return raster.values != raster.nodata


def test_heights_are_averaged_to_the_cells_that_are_wanted(tmp_path, write_tif):
    path = write_tif(tmp_path / "r.tif", plane(1200, (35.5, 35.5), 0.0025), (35.5, 35.5), 0.0025)
    found = read_raster(path, "relief", AROUND)
    lon, lat = centres(found)
    assert (found.west, found.north) == (36, 35)
    assert found.step_lat_deg * 111.195 == pytest.approx(2, rel=1e-6)
    assert found.step_lon_deg == pytest.approx(found.step_lat_deg / np.cos(np.radians(34)))
    assert np.abs(found.values - (60 * (lon - 36) + 120 * (lat - 33))).max() <= 1.1


@pytest.mark.parametrize("crs", ["EPSG:32637", "EPSG:3857", "ESRI:54009"])
def test_any_coordinate_system_is_brought_to_degrees(tmp_path, write_tif, crs):
    from pyproj import Transformer

    onto = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    x0, y0 = onto.transform(36.2, 34.8)
    step, n = 400.0, 200
    xs, ys = np.meshgrid(x0 + step * (np.arange(n) + 0.5), y0 - step * (np.arange(n) + 0.5))
    lon, lat = onto.transform(xs, ys, direction="INVERSE")
    path = write_tif(tmp_path / "r.tif", (60 * (lon - 36) + 120 * (lat - 33)).astype("float32"), (x0, y0), step, crs)
    found = read_raster(path, "relief", AROUND)
    lon, lat = centres(found)
    assert known(found).mean() > 0.4
    assert np.abs(found.values - (60 * (lon - 36) + 120 * (lat - 33)))[known(found)].max() < 2.5


def test_overviews_are_used_and_say_the_same(tmp_path, write_tif):
    import rasterio
    from rasterio.enums import Resampling

    values = plane(2048, (35.5, 35.5), 0.0015)
    path = write_tif(tmp_path / "r.tif", values, (35.5, 35.5), 0.0015, tiled=True)
    without = read_raster(path, "relief", AROUND)
    with rasterio.open(path, "r+") as out:
        out.build_overviews([2, 4, 8], Resampling.average)
    found = read_raster(path, "relief", AROUND)
    assert np.abs(found.values.astype(int) - without.values).max() <= 1


def test_cells_are_never_made_finer_than_the_file(tmp_path, write_tif):
    path = write_tif(tmp_path / "r.tif", plane(30, (35.5, 35.5), 0.1), (35.5, 35.5), 0.1)
    assert read_raster(path, "relief", AROUND).step_lat_deg == 0.1


@pytest.mark.parametrize("declared", [True, False])
def test_holes_stay_holes(tmp_path, write_tif, declared):
    values = plane(120, (35.9, 35.1), 0.02)
    values[:60] = -9999
    path = write_tif(tmp_path / "r.tif", values, (35.9, 35.1), 0.02, **({"nodata": -9999} if declared else {}))
    found = read_raster(path, "relief", AROUND)
    _, lat = centres(found)
    assert not known(found)[lat > 33.92].any()
    assert known(found)[lat < 33.88].all()
    assert found.values[known(found)].min() >= 0


def test_the_sea_bed_is_not_known(tmp_path, write_tif):
    values = plane(120, (35.9, 35.1), 0.02)
    values[:, :30] = -3000
    found = read_raster(write_tif(tmp_path / "r.tif", values, (35.9, 35.1), 0.02), "relief", AROUND)
    assert 0.3 < known(found).mean() < 0.6
    assert found.values[known(found)].min() >= -500


@pytest.mark.parametrize(
    ("values", "how", "why"),
    [
        (np.full((40, 40), 29_000.0), {}, "29000, which is no height in metres"),
        (np.full((40, 40), 200, "uint8"), {}, "a picture or hill shade"),
        (np.full((3, 40, 40), 200.0), {}, "3 bands; give one band"),
        (np.full((40, 40), 1 + 1j), {}, "complex numbers"),
        (np.full((40, 40), 500.0), {"crs": None}, "no coordinate system"),
        (np.full((40, 40), 500.0), {"corner": (10, 10)}, "nothing of the theatre"),
    ],
)
def test_what_cannot_be_relief_is_refused_by_name(tmp_path, write_tif, values, how, why):
    corner = how.pop("corner", (35.9, 35.1))
    path = write_tif(tmp_path / "odd.tif", values, corner, 0.05, **how)
    with pytest.raises(SourceError, match=f"odd.tif .*{why}"):
        read_raster(path, "relief", AROUND)


@pytest.mark.parametrize("place", [(0.05, 0.01, 35.9, 0.01, -0.05, 35.1), (0.05, 0, 35.9, 0, 0.05, 33.1)])
def test_a_raster_that_is_turned_or_upside_down_is_refused(tmp_path, write_tif, place):
    import rasterio
    from affine import Affine

    path = write_tif(tmp_path / "r.tif", np.full((40, 40), 500.0), (35.9, 35.1), 0.05)
    with rasterio.open(path, "r+") as out:
        out.transform = Affine(*place)
    with pytest.raises(SourceError, match="turned or upside down"):
        read_raster(path, "relief", AROUND)


def test_feet_are_refused(tmp_path, write_tif):
    import rasterio

    path = write_tif(tmp_path / "r.tif", np.full((40, 40), 500.0), (35.9, 35.1), 0.05)
    with rasterio.open(path, "r+") as out:
        out.units = ["ft"]
    with pytest.raises(SourceError, match="heights in feet"):
        read_raster(path, "relief", AROUND)


def test_another_picture_format_is_refused(tmp_path):
    (tmp_path / "r.tif").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(SourceError, match="give a GeoTIFF or COG"):
        read_raster(tmp_path / "r.tif", "relief", AROUND)


def cover(codes, n=90):
    return np.random.default_rng(1).choice(np.array(codes, dtype="uint8"), (n, n))


@pytest.mark.parametrize(("codes", "legend"), [([10, 30, 60, 80], "worldcover"), ([1, 7, 12, 16, 17], "igbp")])
def test_the_legend_of_land_cover_is_told_from_its_classes(tmp_path, write_tif, codes, legend):
    path = write_tif(tmp_path / "c.tif", cover(codes), (35.9, 35.1), 0.025)
    found = read_raster(path, "landcover", AROUND)
    assert found.legend == legend
    assert set(np.unique(found.values).tolist()) <= {*codes, 255}


def test_of_classes_the_most_frequent_stands(tmp_path, write_tif):
    values = np.full((400, 400), 30, "uint8")
    values[::3] = 80
    path = write_tif(tmp_path / "c.tif", values, (35.5, 35.5), 0.0075)
    assert set(np.unique(read_raster(path, "landcover", AROUND).values).tolist()) == {30}


@pytest.mark.parametrize(
    ("codes", "why"),
    [([3, 10, 42], "holds 42, which is no class"), ([10], "--legend igbp"), ([20, 5], "holds 20, which")],
)
def test_classes_of_no_legend_are_refused(tmp_path, write_tif, codes, why):
    path = write_tif(tmp_path / "c.tif", cover(codes), (35.9, 35.1), 0.025)
    with pytest.raises(SourceError, match=why):
        read_raster(path, "landcover", AROUND)


@pytest.mark.parametrize("height", [np.nan, np.inf])
def test_a_relief_that_knows_nothing_is_refused(tmp_path, write_tif, height):
    path = write_tif(tmp_path / "c.tif", np.full((40, 40), height, "float32"), (35.9, 35.1), 0.025)
    with pytest.raises(SourceError, match="without data"):
        read_raster(path, "relief", AROUND)


def test_a_legend_may_be_said(tmp_path, write_tif):
    path = write_tif(tmp_path / "c.tif", cover([10]), (35.9, 35.1), 0.025)
    assert read_raster(path, "landcover", AROUND, legend="igbp").legend == "igbp"


@pytest.mark.parametrize("bounds", [(37, 33, 36, 35), (36, 35, 37, 33), (36, -91, 37, 35), (-600, 0, 1, 1)])
def test_a_frame_that_is_none_is_refused(bounds):
    with pytest.raises(InputError, match="is no frame"):
        Frame(west=bounds[0], south=bounds[1], east=bounds[2], north=bounds[3])


@given(west=st.floats(-180, 170), south=st.floats(-85, 75), width=st.floats(0.1, 60), pixel_km=st.floats(0.001, 50))
@settings(max_examples=60, deadline=None)
def test_a_frame_asks_for_a_bounded_number_of_cells(west, south, width, pixel_km):
    frame = Frame(west=west, south=south, east=west + width, north=min(south + width, 90), pixel_km=pixel_km)
    step_lon, step_lat = frame.steps_deg()
    assert (frame.east - west) / step_lon * (frame.north - south) / step_lat <= MAX_PIXELS * 1.001
    assert step_lat * 111.195 >= max(pixel_km, FINEST_KM) * 0.999
