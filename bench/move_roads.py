"""
MOVE on roads: a thin road at any angle beside burnt-in rasters, and distances on real roads.

The real roads (DIVA-GIS, Iraq) are read from the corpora where they are; nothing of them is kept.
"""

import csv
import gzip
import itertools
import json
import time
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree
from shapely.geometry import shape

from bench.field_peers import scikit_image, xarray_spatial
from bench.score import CorpusMissingError, Score
from wayout.geo.compass import LocalPlane
from wayout.model import MobilityProfile, RoadLines
from wayout.move.friction import survey
from wayout.move.ground.grid import TheatreGrid, make_grid
from wayout.move.ground.road_cells import LaidRoads
from wayout.move.ground.roads import lay_roads, make_network
from wayout.move.mobility import profile_for
from wayout.move.travel_time import Field, prepare_field, solve, travel_time

SIDE, REACH_KM, ROAD_KMH, GROUND_KMH = 401, 180.0, 60.0, 3.0
ANGLES = (0.0, 22.0, 45.0)
N_RANDOM = 60
PLACES = {
    "Baghdad": (44.366, 33.315),
    "Mosul": (43.130, 36.340),
    "Ramadi": (43.300, 33.420),
    "Haditha": (42.380, 34.140),
    "Al-Qa'im": (41.100, 34.370),
    "Rutba": (40.280, 33.040),
    "Trebil": (39.010, 32.740),
}
ROAD_KM = {
    ("Baghdad", "Mosul"): 394,
    ("Baghdad", "Ramadi"): 121,
    ("Baghdad", "Haditha"): 239,
    ("Baghdad", "Al-Qa'im"): 365,
    ("Baghdad", "Rutba"): 418,
    ("Baghdad", "Trebil"): 551,
    ("Al-Qa'im", "Rutba"): 182,
}
"""Shortest distances on the same roads by a plain graph of their end nodes, as the corpus's README gives them."""
CLASSES = {"Primary Route": "primary", "Secondary Route": "secondary"}


def measure(corpora: Path) -> list[Score]:
    """Measure the metric, then the real roads."""
    return [*_thin_roads(), *_real_roads(corpora)]


def _thin_roads() -> list[Score]:
    scores = []
    for angle in ANGLES:
        peers, name = _burnt(angle), f"move road at {angle:.0f} degrees, error %"
        for neighbours in (8, 16):
            scores.append(
                Score(
                    name=name + ("" if neighbours == 16 else ", 8 neighbours"),
                    value=100 * abs(_error(angle, (0.0, 0.0), neighbours)),
                    higher_is_better=False,
                    beside="; ".join(f"{peer} {100 * error:.1f}" for peer, error in peers.items()),
                    note="cell to cell, 180 km, 60 km/h on 3 km/h ground",
                )
            )
    rng = np.random.default_rng(7)
    worst = max(
        abs(_error(float(angle), (float(x), float(y)), 16))
        for angle, x, y in zip(rng.uniform(0, 360, N_RANDOM), *rng.uniform(-0.5, 0.5, (2, N_RANDOM)), strict=True)
    )
    return [
        *scores,
        Score(
            name="move road at any angle and place, worst error %",
            value=100 * worst,
            higher_is_better=False,
            note=f"{N_RANDOM} seeded roads",
        ),
    ]


def _plain_grid() -> TheatreGrid:
    half = SIDE / 2
    return TheatreGrid(plane=LocalPlane(0.0, 0.0), cell_km=1.0, west_km=-half, north_km=half, shape=(SIDE, SIDE))


def _road_profile(ground_kmh: float = GROUND_KMH) -> MobilityProfile:
    return MobilityProfile(
        name="bench",
        speed_kmh=ground_kmh,
        hours_per_day=24.0,
        slope_limit_deg=90.0,
        water_crossing_h=0.0,
        source="the bench",
        road_kmh=(("primary", ROAD_KMH), ("secondary", ROAD_KMH), ("unknown", ROAD_KMH)),
    )


def _error(angle: float, shift: tuple[float, float], neighbours: int) -> float:
    """Return the relative error of the time between two cells on a straight road."""
    grid = _plain_grid()
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    xy = np.linspace(-10, REACH_KM + 10, 80)[:, None] * way + shift
    line = shapely.LineString(np.column_stack(grid.to_lonlat(xy[:, 0], xy[:, 1])))
    none = np.zeros(1, dtype=bool)
    roads = RoadLines(
        lines=np.array([line], dtype=object), road_class=np.array(["primary"]), bridge=none, ferry=none, source="bench"
    )
    friction = np.full(grid.shape, 1 / GROUND_KMH)
    network = make_network(grid, lay_roads(grid, roads), roads, _road_profile(), friction)
    ends = np.array([(0.0, 0.0), REACH_KM * way]) + shift
    row, col = grid.cell_of(ends[:, 0], ends[:, 1])
    found = travel_time(
        friction, np.array([[row[0], col[0]]]), network=network, neighbours=16 if neighbours == 16 else 8
    )[row[1], col[1]]
    centre = np.column_stack([grid.west_km + col + 0.5, grid.north_km - row - 0.5])
    # From where the road is nearest to the first cell's centre to where it is nearest to the second's.
    truth = float((centre[1] - centre[0]) @ way) / ROAD_KMH
    return float(found / truth - 1)


def _burnt(angle: float) -> dict[str, float]:
    """Return the peers' relative error with the road as cells of the raster."""
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    at = np.arange(-10, REACH_KM + 10, 0.25)[:, None] * way
    col, row = np.rint(at[:, 0]).astype(int) + SIDE // 2, SIDE // 2 - np.rint(at[:, 1]).astype(int)
    friction = np.full((SIDE, SIDE), 1 / GROUND_KMH)
    friction[row, col] = 1 / ROAD_KMH
    goal = SIDE // 2 - int(np.rint(REACH_KM * way[1])), SIDE // 2 + int(np.rint(REACH_KM * way[0]))
    truth = np.hypot(goal[0] - SIDE // 2, goal[1] - SIDE // 2) / ROAD_KMH
    source = np.array([SIDE // 2 * SIDE + SIDE // 2])
    solves = {"xarray-spatial": xarray_spatial(friction, source), "scikit-image": scikit_image(friction, source)}
    return {name: float(run()[goal] / truth - 1) for name, run in solves.items() if run is not None}


def read_roads(corpora: Path) -> RoadLines:
    """Read the roads of Iraq."""
    path = corpora / "geo" / "roads_iraq_iran" / "iraq_roads.geojson.gz"
    if not path.exists():
        raise CorpusMissingError(f"no {path}")
    with gzip.open(path) as file:
        features = json.load(file)["features"]
    lines = [(line, f["properties"]["class"]) for f in features for line in shapely.get_parts(shape(f["geometry"]))]
    none = np.zeros(len(lines), dtype=bool)
    return RoadLines(
        lines=np.array([line for line, _ in lines], dtype=object),
        road_class=np.array([CLASSES.get(name, "unknown") for _, name in lines]),
        bridge=none,
        ferry=none,
        source="DIVA-GIS (Digital Chart of the World), Iraq",
    )


def _real_roads(corpora: Path) -> list[Score]:
    roads = read_roads(corpora)
    scores = []
    for cell_km in (1.0, 5.0):
        grid = make_grid(shapely.box(38.9, 30.0, 48.0, 37.4), 150.0, cell_km=cell_km)
        begun = time.process_time()
        laid = lay_roads(grid, roads)
        seconds = time.process_time() - begun
        name = f"move roads of Iraq at {cell_km:g} km"
        whole = sum(float(g) for g in _geodesic_km(roads))
        scores += [
            Score(
                name=f"speed {name}, CPU s to lay",
                value=seconds,
                higher_is_better=False,
                has_floor=False,
                note=f"{len(roads.lines)} lines, {len(laid.cell)} nodes, {len(laid.km)} edges",
            ),
            Score(
                name=f"{name}, length lost or gained %",
                value=100 * abs(laid.km.sum() / whole - 1),
                higher_is_better=False,
                note=f"{whole:,.0f} km; links that close gaps up to 0.1 km included",
            ),
        ]
        scores += _distances(name, grid, laid, roads)
        if cell_km == 5.0:
            scores += [*_routes_of_flee(corpora, grid, laid, roads), *_switched_on(grid, laid, roads)]
    return scores


def _geodesic_km(roads: RoadLines) -> NDArray[np.float64]:
    from pyproj import Geod

    geod = Geod(ellps="WGS84")
    return np.array([geod.geometry_length(line) / 1000 for line in roads.lines])


def _field(
    grid: TheatreGrid, laid: LaidRoads, roads: RoadLines, friction: NDArray[np.float64], profile: MobilityProfile
) -> Field:
    return prepare_field(friction, grid.cell_km, make_network(grid, laid, roads, profile, friction))


def _node_at(grid: TheatreGrid, laid: LaidRoads, lonlat: tuple[float, float]) -> int:
    x, y = grid.to_km(np.array([lonlat[0]]), np.array([lonlat[1]]))
    return int(np.argmin(np.hypot(laid.xy[:, 0] - x, laid.xy[:, 1] - y)))


def _distances(name: str, grid: TheatreGrid, laid: LaidRoads, roads: RoadLines) -> list[Score]:
    """Compare distances on roads through the joined grid with those of a plain graph of the same roads' ends."""
    field = _field(grid, laid, roads, np.full(grid.shape, 10.0), _road_profile())
    plain, ends = _plain_graph(roads)
    against_graph, against_readme, told = [], [], []
    near = {place: int(np.argmin(np.hypot(*(ends - at).T))) for place, at in PLACES.items()}
    node = {place: field.n_cells + _node_at(grid, laid, tuple(ends[near[place]])) for place in PLACES}
    for (a, b), km in ROAD_KM.items():
        found = float(solve(field, field.cost, np.array([node[a]]))[node[b]]) * ROAD_KMH
        graph = float(np.asarray(dijkstra(plain, directed=False, indices=np.array([near[a]])))[0, near[b]])
        against_graph.append(abs(found / graph - 1))
        against_readme.append(abs(found / km - 1))
        told.append(f"{a} to {b} {found:.1f} (graph {graph:.1f}, README {km})")
    return [
        Score(
            name=f"{name}, worst error of a distance to a plain graph's %",
            value=100 * max(against_graph),
            higher_is_better=False,
            note=", ".join(told) + " km",
        ),
        Score(
            name=f"{name}, worst error of a distance to the README's %",
            value=100 * max(against_readme),
            higher_is_better=False,
            note="given in whole km",
        ),
    ]


def _plain_graph(roads: RoadLines) -> tuple[csr_array, NDArray[np.float64]]:
    """Build the graph of the roads' ends, snapped at 0.001 degree: no grid, no cells."""
    first, last = (shapely.get_coordinates(shapely.get_point(roads.lines, i)) for i in (0, -1))
    ends = np.concatenate([first, last])
    pairs = cKDTree(ends).query_pairs(0.001, output_type="ndarray")
    alike = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(ends), len(ends)))
    _, group = connected_components(alike, directed=False)
    n = int(group.max()) + 1
    spots = np.zeros((n, 2))
    spots[group] = ends
    a, b, km = group[: len(first)], group[len(first) :], _geodesic_km(roads)
    order = np.lexsort((km, np.maximum(a, b), np.minimum(a, b)))
    low, high, km = np.minimum(a, b)[order], np.maximum(a, b)[order], km[order]
    shortest = np.append(True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])) & (low != high)
    return csr_array((km[shortest], (low[shortest], high[shortest])), shape=(n, n)), spots


def _routes_of_flee(corpora: Path, grid: TheatreGrid, laid: LaidRoads, roads: RoadLines) -> list[Score]:
    """Compare with the road distances between Iraqi places that a displacement model was given."""
    field = _field(grid, laid, roads, np.full(grid.shape, 0.2), _road_profile(5.0))
    shares = []
    for level in ("adm1", "adm2"):
        folder = corpora / "geo" / "fabflee" / f"syria2017_{level}" / "input_csv"
        if not folder.exists():
            return []
        with (folder / "locations.csv").open() as file:
            rows = [row for row in csv.reader(file) if len(row) > 4 and row[2].strip() == "Iraq"]
        at = {row[0].strip(): (float(row[4]), float(row[3])) for row in rows}
        with (folder / "routes.csv").open() as file:
            pairs = [row for row in csv.reader(file) if len(row) > 2 and row[0] in at and row[1] in at]
        for a, b, km, *_ in pairs:
            start, goal = (_cell_mask(grid, at[place]) for place in (a, b))
            if (start & goal).any():
                continue
            times = field.unpadded(solve(field, field.cost, field.padded(start)))
            shares.append(float(times[goal][0]) * ROAD_KMH / float(km))
    off = np.abs(np.array(shares) - 1)
    return [
        Score(
            name="move roads of Iraq, median difference to a displacement model's km %",
            value=100 * float(np.median(off)),
            higher_is_better=False,
            items=len(off),
            has_floor=False,
            note=f"{len(off)} pairs; within a quarter: {(off <= 0.25).sum()}; ratio's quartiles "
            + "/".join(f"{q:.2f}" for q in np.quantile(shares, (0.25, 0.5, 0.75))),
        )
    ]


def _cell_mask(grid: TheatreGrid, lonlat: tuple[float, float]) -> NDArray[np.bool_]:
    x, y = grid.to_km(np.array([lonlat[0]]), np.array([lonlat[1]]))
    mask = np.zeros(grid.shape, dtype=bool)
    row, col = grid.cell_of(x, y)
    mask[row, col] = True
    return mask


def _switched_on(grid: TheatreGrid, laid: LaidRoads, roads: RoadLines) -> list[Score]:
    """Tell what roads change: times between the towns, and which town is nearer."""
    towns = tuple(PLACES.values())
    scores = []
    for name in ("truck_convoy", "families_by_car", "families_on_foot"):
        profile = profile_for("civilians", name)
        friction = survey(grid, profile, towns).friction
        without = prepare_field(friction, grid.cell_km)
        fields = (without, _field(grid, laid, roads, friction, profile))
        masks = [_cell_mask(grid, at) for at in towns]
        times = np.array(
            [
                [
                    [float(t[goal][0]) for goal in masks]
                    for t in (f.unpadded(solve(f, f.cost, f.padded(start))) for f in fields)
                ]
                for start in masks
            ]
        )
        off_diagonal = ~np.eye(len(towns), dtype=bool)
        plain, roaded = times[:, 0], times[:, 1]
        swapped = [
            (plain[i, a] - plain[i, b]) * (roaded[i, a] - roaded[i, b]) < 0
            for i in range(len(towns))
            for a, b in itertools.combinations([k for k in range(len(towns)) if k != i], 2)
        ]
        share = roaded[off_diagonal] / plain[off_diagonal]
        scores.append(
            Score(
                name=f"move roads of Iraq on, {name}: median share of the time without",
                value=float(np.median(share)),
                higher_is_better=False,
                has_floor=False,
                note=f"largest {share.max():.2f} (never above 1); {sum(swapped)} of {len(swapped)} rankings of two towns change",
            )
        )
    return scores
