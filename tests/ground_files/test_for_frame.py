from datetime import UTC, datetime

import numpy as np
import pytest
import shapely

from wayout.errors import SourceError
from wayout.ground_files.added import record_added
from wayout.ground_files.for_frame import ground_of, load_ground, theatre_frame
from wayout.ground_files.frame import Frame
from wayout.ground_files.raster_store import store_rasters
from wayout.ground_files.road_files import open_roads
from wayout.ground_files.road_store import store_roads
from wayout.locate.looking_up.editions import EditionSource
from wayout.model import Party, Question, Region, Step, WeightedGeometry
from wayout.move.mobility import profile_for
from wayout.settings import DataSettings

AROUND = Frame(west=36, south=33, east=38, north=35)


def source(licence):
    return EditionSource(title="t", address="a", sha256="0", retrieved="2026-01-01", licence=licence)


@pytest.fixture
def add_roads(tmp_path, write_lines):
    def add(name, lines, licence="ours", form="GPKG"):
        path = write_lines(tmp_path / f"{name}.gpkg", lines, highway=["primary"] * len(lines))
        target = tmp_path / "ground" / "roads" / f"{name}.npz"
        with open_roads(path) as roads:
            stored = store_roads(roads.batches, target)
        holds = {"n_lines": stored.n_lines, "format": form}
        record_added(target, "roads", bounds=stored.bounds, holds=holds, sources=[source(licence)])
        return target

    return add


@pytest.fixture
def add_raster(tmp_path, write_tif):
    def add(name, values, corner, step, kind="relief"):
        path = write_tif(tmp_path / f"{name}-{kind}-own.tif", values, corner, step)
        target = tmp_path / "ground" / kind / f"{name}.tif"
        stored = store_rasters([path], kind, target)
        holds = {"legend": stored.legend}
        record_added(target, kind, bounds=stored.bounds, holds=holds, sources=[source("free")], notes=stored.notes)
        return target

    return add


def line(west, south):
    return shapely.LineString([(west, south), (west + 0.5, south + 0.1)])


def test_only_roads_that_share_their_nodes_are_joined_exactly(add_roads):
    osm, drawn = add_roads("osm", [line(36.2, 34)], form="OSM"), add_roads("own", [line(36.2, 34)])
    assert load_ground(AROUND, DataSettings(roads=(osm,)), 5.0).roads.snap_km == 0.0
    assert load_ground(AROUND, DataSettings(roads=(osm, drawn)), 5.0).roads.snap_km == 0.1


def test_files_of_a_kind_are_read_together_with_their_terms(add_roads, add_raster):
    data = DataSettings(
        roads=(add_roads("SY", [line(36.2, 34)]), add_roads("IQ", [line(37.2, 34), line(44, 34)], licence="theirs")),
        relief=(
            add_raster("a", np.full((100, 100), 400.0), (36, 35), 0.02),
            add_raster("b", np.full((150, 150), 700.0), (36, 35), 0.02),
        ),
    )
    ground = load_ground(AROUND, data, cell_km=3)
    assert ground.roads.n_lines == 2
    assert (ground.roads.source, ground.roads.licence) == ("SY, IQ", "ours; theirs")
    assert ground.landcover is None
    assert set(np.unique(ground.relief.values[ground.relief.values > 0]).tolist()) == {400}
    assert (ground.relief.source, ground.relief.licence) == ("a, b", "free")


def test_what_lies_elsewhere_is_not_even_opened(add_roads, add_raster):
    roads, relief = add_roads("CL", [line(-70, -33)]), add_raster("CL", np.full((50, 50), 400.0), (-71, -32), 0.02)
    for path in (roads, relief):
        path.write_bytes(b"damaged")
    assert load_ground(AROUND, DataSettings(roads=(roads,), relief=(relief,)), cell_km=1) is None


def test_relief_is_read_at_one_step_and_land_cover_at_a_third_of_the_cell(add_raster):
    hills = np.random.default_rng(0).normal(500, 50, (1200, 1200)).astype("float32")
    classes = np.random.default_rng(0).choice(np.array([10, 30, 60], "uint8"), (1200, 1200))
    data = DataSettings(
        relief=(add_raster("a", hills, (36, 35), 1 / 1200),),
        landcover=(add_raster("a", classes, (36, 35), 1 / 1200, "landcover"),),
    )
    for cell_km, relief_km, cover_km in ((1, 0.25, 1 / 3), (4, 0.25, 4 / 3), (0.3, 0.1, 0.1)):
        ground = load_ground(AROUND, data, cell_km)
        assert ground.relief.step_lat_deg * 111.195 == pytest.approx(relief_km, rel=0.01)
        assert ground.landcover.step_lat_deg * 111.195 == pytest.approx(cover_km, rel=0.01)
        assert ground.landcover.legend == "worldcover"


def test_two_legends_are_not_mixed(add_raster):
    data = DataSettings(
        landcover=(
            add_raster(
                "a",
                np.full((100, 100), 40, "uint8") // np.array([1, 4], "uint8")[np.arange(100) % 2],
                (36, 35),
                0.01,
                "landcover",
            ),
            add_raster("b", np.full((100, 100), 16, "uint8"), (37, 35), 0.01, "landcover"),
        )
    )
    ground = load_ground(AROUND, data, cell_km=1)
    assert ground.landcover.legend == "worldcover"
    assert ground.notes == ("land cover b is left out: its legend is another than that of a",)


@pytest.mark.parametrize("kind", ["roads", "relief"])
def test_a_damaged_file_says_how_to_mend_it(add_roads, add_raster, kind):
    path = (
        add_roads("SY", [line(36.2, 34)])
        if kind == "roads"
        else add_raster("SY", np.full((50, 50), 400.0), (36, 35), 0.02)
    )
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError, match=r"add the roads again|wayout data remove relief SY"):
        load_ground(AROUND, DataSettings(**{kind: (path,)}), cell_km=1)
    path.with_suffix(".json").write_text("{}")
    with pytest.raises(SourceError, match=f"no readable record; .*wayout data remove {kind} SY"):
        load_ground(AROUND, DataSettings(**{kind: (path,)}), cell_km=1)


def question(kind="civilians"):
    area = Region(
        phrase="somewhere",
        parts=(WeightedGeometry(geometry=shapely.box(36.5, 33.5, 37, 34), weight=1.0),),
        where_prec=5,
        radius_km=5.0,
        method="literal",
        why="written by the test",
        made_by=Step(name="test", version="0"),
    )
    return Question(
        party=Party(name="they", kind=kind, aim="out", actor="civilians", mobility=profile_for(kind)),
        area_text="somewhere",
        area=area,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        within_h=72.0,
    )


def test_a_question_without_files_reads_nothing():
    assert ground_of(question(), DataSettings()) is None


def test_a_question_gets_the_roads_round_its_area(add_roads):
    data = DataSettings(roads=(add_roads("SY", [line(36.2, 34), line(60, 34)]),))
    assert ground_of(question(), data).roads.n_lines == 1


def test_the_window_holds_the_theatre_and_is_bounded():
    frame, cell_km = theatre_frame(question())
    assert frame.west < 36.5 - 1
    assert frame.east > 37 + 1
    assert 1 <= cell_km <= 5
    assert (frame.east - frame.west) * 93 < 2 * 450 + 60
