"""Files of the ground as the tests need them: small GeoTIFFs, OpenStreetMap files as text and as .osm.pbf, GeoPackages."""

import struct
import zlib

import numpy as np
import pytest
import shapely

NODES = {1: (36.0, 34.0), 2: (36.1, 34.0), 3: (36.2, 34.1), 4: (36.2, 34.3), 5: (36.5, 34.5), 6: (36.6, 34.6)}
"""Junctions of a made-up country: number to (lon, lat)."""
WAYS = [
    ((1, 2, 3), {"highway": "primary", "name": "a road"}),
    ((3, 4), {"highway": "track", "bridge": "yes"}),
    ((4, 5), {"route": "ferry"}),
    ((5, 6), {"highway": "residential", "access": "no"}),
    ((5, 6), {"highway": "residential", "access": "military"}),
    ((1, 4), {"highway": "construction", "construction": "trunk"}),
    ((1, 2, 3, 4, 1), {"building": "yes"}),
    ((2, 4), {"waterway": "river"}),
    ((2, 5), {"highway": "motorway_link", "tunnel": "yes"}),
    ((3, 5), {"highway": "service", "service": "driveway"}),
]


@pytest.fixture
def write_tif():
    """Write a GeoTIFF: ``write(path, values, corner, step, crs=..., **profile)``."""

    def write(path, values, corner, step, crs="EPSG:4326", **profile):
        import rasterio
        from affine import Affine

        values = np.asarray(values)
        with rasterio.open(
            path,
            "w",
            driver=profile.pop("driver", "GTiff"),
            height=values.shape[-2],
            width=values.shape[-1],
            count=1 if values.ndim == 2 else len(values),
            dtype=values.dtype,
            crs=crs,
            transform=Affine(step, 0, corner[0], 0, -step, corner[1]),
            **profile,
        ) as out:
            out.write(values, 1) if values.ndim == 2 else out.write(values)
        return path

    return write


@pytest.fixture
def write_lines():
    """Write lines: ``write(path, lines, driver, crs=..., column=[...])``."""

    def write(path, lines, driver="GPKG", crs="EPSG:4326", **columns):
        from pyogrio.raw import write as write_raw

        geometry = np.asarray(lines, dtype=object)
        kind = columns.pop("geometry_type", "LineString")
        write_raw(
            path,
            shapely.to_wkb(geometry),
            [np.asarray(values, dtype=object if isinstance(values[0], str) else None) for values in columns.values()],
            list(columns),
            driver=driver,
            geometry_type=kind,
            crs=crs,
            layer=path.stem if driver == "GPKG" else None,
        )
        return path

    return write


def osm_xml(nodes=NODES, ways=WAYS):
    """Write an OpenStreetMap file as text."""
    rows = [f'<node id="{i}" lat="{lat}" lon="{lon}" version="1"/>' for i, (lon, lat) in nodes.items()]
    for number, (refs, tags) in enumerate(ways, 100):
        inner = "".join(f'<nd ref="{r}"/>' for r in refs) + "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        rows.append(f'<way id="{number}" version="1">{inner}</way>')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">{"".join(rows)}</osm>'.encode()


def osm_pbf(nodes=NODES, ways=WAYS):
    """Write an OpenStreetMap file as .osm.pbf (https://wiki.openstreetmap.org/wiki/PBF_Format): plain nodes, one block."""
    words = [b"", *sorted({w.encode() for _, tags in ways for pair in tags.items() for w in pair})]
    place = {word.decode(): i for i, word in enumerate(words)}
    group = b""
    for number, (lon, lat) in nodes.items():
        node = _int(1, _zigzag(number)) + _int(8, _zigzag(round(lat * 1e7))) + _int(9, _zigzag(round(lon * 1e7)))
        group += _bytes(1, node)
    ways_group = b""
    for number, (refs, tags) in enumerate(ways, 100):
        steps = [b - a for a, b in zip((0, *refs), refs, strict=False)]
        way = _int(1, number) + _bytes(2, b"".join(_varint(place[k]) for k in tags))
        way += _bytes(3, b"".join(_varint(place[v]) for v in tags.values()))
        ways_group += _bytes(3, way + _bytes(8, b"".join(_varint(_zigzag(step)) for step in steps)))
    block = _bytes(1, b"".join(_bytes(1, word) for word in words)) + _bytes(2, group) + _bytes(2, ways_group)
    return _blob(b"OSMHeader", _bytes(4, b"OsmSchema-V0.6")) + _blob(b"OSMData", block)


def _blob(kind, content):
    blob = _int(2, len(content)) + _bytes(3, zlib.compress(content))
    header = _bytes(1, kind) + _int(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


def _varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes([*out, n])


def _zigzag(n):
    return n * 2 if n >= 0 else -n * 2 - 1


def _int(field, n):
    return _varint(field << 3) + _varint(n)


def _bytes(field, content):
    return _varint(field << 3 | 2) + _varint(len(content)) + content


@pytest.fixture
def osm_files(tmp_path):
    """The made-up country as .osm.pbf and as .osm."""
    pbf, xml = tmp_path / "country.osm.pbf", tmp_path / "country.osm"
    pbf.write_bytes(osm_pbf())
    xml.write_bytes(osm_xml())
    return {"pbf": pbf, "xml": xml}


@pytest.fixture
def make_osm():
    """Make the bytes of an OpenStreetMap file: ``make("pbf" | "xml", nodes, ways)``."""
    return lambda form, nodes=NODES, ways=WAYS: (osm_pbf if form == "pbf" else osm_xml)(nodes, ways)
