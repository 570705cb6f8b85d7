import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import SourceError
from wayout.ground_files.frame import Frame
from wayout.ground_files.road_files import RoadBatch
from wayout.ground_files.road_store import read_stored, store_roads, summary
from wayout.model.ground import ROAD_CLASSES

WORLD = Frame(west=-180, south=-90, east=180, north=90)


def batch(lines, classes=None, bridge=None, ferry=None):
    n = len(lines)
    return RoadBatch(
        np.array(lines, dtype=object),
        np.array([ROAD_CLASSES.index(c) for c in classes or ["primary"] * n], dtype=np.uint8),
        np.array(bridge or [False] * n),
        np.array(ferry or [False] * n),
    )


def lines_of(roads):
    return sorted(shapely.to_wkt(roads.lines, rounding_precision=7).tolist())


def test_roads_come_back_as_they_were(tmp_path):
    lines = [
        shapely.LineString([(36, 34), (36.5, 34.2), (36.9, 34)]),
        shapely.LineString([(-70.5, -33.1), (-70.4, -33.3)]),
    ]
    stored = store_roads([batch(lines, ["trunk", "path"], [True, False], [False, True])], tmp_path / "r.npz")
    assert (stored.n_lines, stored.by_class) == (2, {"trunk": 1, "path": 1})
    assert summary(tmp_path / "r.npz") == stored
    roads, notes = read_stored([tmp_path / "r.npz"], WORLD)
    assert lines_of(roads) == sorted(shapely.to_wkt(lines, rounding_precision=7).tolist())
    rows = set(zip(roads.road_class.tolist(), roads.bridge.tolist(), roads.ferry.tolist(), strict=True))
    assert rows == {("trunk", True, False), ("path", False, True)}
    assert notes == ()


def test_only_what_reaches_into_the_frame_comes_back(tmp_path):
    lines = [shapely.LineString([(x, 34), (x + 0.5, 34.5)]) for x in range(20, 50)]
    store_roads([batch(lines)], tmp_path / "r.npz")
    roads, _ = read_stored([tmp_path / "r.npz"], Frame(west=30.2, south=34.1, east=32.2, north=34.3))
    assert sorted(line.coords[0][0] for line in roads.lines) == [30, 31, 32]
    assert read_stored([tmp_path / "r.npz"], Frame(west=0, south=0, east=1, north=1)) == (None, ())


def test_a_frame_over_the_date_line_sees_both_sides(tmp_path):
    lines = [shapely.LineString([(179.5, 60), (179.9, 60)]), shapely.LineString([(-179.9, 60), (-179.5, 60)])]
    store_roads([batch(lines)], tmp_path / "r.npz")
    roads, _ = read_stored([tmp_path / "r.npz"], Frame(west=179, south=59, east=181, north=61))
    assert sorted(line.coords[0][0] for line in roads.lines) == pytest.approx([179.5, 180.1])


def test_the_same_roads_give_the_same_bytes_however_they_come(tmp_path):
    rng = np.random.default_rng(0)
    lines = [shapely.LineString(rng.uniform([36, 34], [39, 36], (5, 2))) for _ in range(50)]
    store_roads([batch(lines)], tmp_path / "a.npz")
    store_roads([batch(lines[:20]), batch(lines[20:])], tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_small_bends_go_and_junctions_stay(tmp_path):
    bendy = shapely.LineString([(36, 34), (36.1, 34.00002), (36.2, 34), (36.3, 34.00003), (36.4, 34)])
    joining = shapely.LineString([(36.3, 34.00003), (36.3, 35)])
    store_roads([batch([bendy, joining])], tmp_path / "r.npz")
    roads, _ = read_stored([tmp_path / "r.npz"], WORLD)
    kept = max(roads.lines, key=lambda line: len(line.coords))
    assert [tuple(np.round(xy, 7)) for xy in kept.coords] == [(36, 34), (36.3, 34.00003), (36.4, 34)]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=8, unique=True),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_roads_hang_together_as_before(tmp_path_factory, paths):
    """Ends, junctions and lengths on a lattice of 20 m survive, to the width of a bend."""
    lines = [shapely.LineString([(36 + x * 2e-4, 34 + y * 2e-4) for x, y in path]) for path in paths]
    file = tmp_path_factory.mktemp("roads") / "r.npz"
    store_roads([batch(lines)], file)
    roads, _ = read_stored([file], WORLD)

    def points(some, ends=False):
        xy = [np.round(np.asarray(line.coords)[[0, -1]] if ends else np.asarray(line.coords), 6) for line in some]
        return [tuple(p) for part in xy for p in part.tolist()]

    assert sorted(points(roads.lines, ends=True)) == sorted(points(lines, ends=True))
    before = points(lines)
    met = {p for p in before if before.count(p) > 1}
    assert met <= set(points(roads.lines))
    assert set(points(roads.lines)) <= set(before)
    for line in lines:
        assert min(shapely.hausdorff_distance(line, other) for other in roads.lines) < 1.2e-4


def test_too_many_roads_lose_the_least_and_it_is_said(tmp_path):
    lines = [shapely.LineString([(36, 34 + i / 100), (36.5, 34 + i / 100)]) for i in range(30)]
    classes = ["path"] * 10 + ["track"] * 10 + ["primary"] * 10
    store_roads([batch(lines, classes, ferry=[i == 0 for i in range(30)])], tmp_path / "r.npz")
    roads, notes = read_stored([tmp_path / "r.npz"], WORLD, max_lines=22)
    assert (
        sorted(roads.road_class.tolist()) == ["path"] + ["primary"] * 10 + ["track"] * 10
    )  # a ferry is never the least
    assert notes == ("9 ways of class path are left out: there are more than 22 roads",)


def test_no_road_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(SourceError, match="holds no road"):
        store_roads([], tmp_path / "r.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9])
def test_a_damaged_file_says_what_to_do(tmp_path, share):
    path = tmp_path / "r.npz"
    store_roads([batch([shapely.LineString([(36, 34), (36.5, 34.5)])])], path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(SourceError, match="add the roads again"):
        read_stored([path], WORLD)


def test_a_wrong_byte_is_found(tmp_path):
    path = tmp_path / "r.npz"
    store_roads([batch([shapely.LineString(np.random.default_rng(0).uniform(30, 31, (200, 2)))])], path)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole)
    with pytest.raises(SourceError, match="add the roads again"):
        read_stored([path], WORLD)
