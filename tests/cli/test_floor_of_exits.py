"""Every way out of the program: each verb on an example, and no coordinate in what it gives is finer than the floor's grid."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from wayout.cli import main as command
from wayout.geo.floor import FLOOR_KM, LEAST_KM_PER_DEG, STEPS_PER_DEG

EXAMPLE = Path(__file__).parents[2] / "examples" / "el_fasher.html"
QUESTION = ["--party", "civilians", "--in", "El Fasher", "--at", "2025-08-20", "--within", "10d"]
LEAST_STEP = next(n / 100 for n in range(1, 100) if n / 100 * LEAST_KM_PER_DEG >= FLOOR_KM)
STEPS = [n / STEPS_PER_DEG for n in range(round(LEAST_STEP * STEPS_PER_DEG), 60)]
"""Grid steps from the floor at the equator to the poles, degrees."""
SHEET = "place,country\nKutum,Sudan\nbetween Kutum and El Fasher,Sudan\nDjibo,Burkina Faso\n"
FINE = re.compile(r"(?<![\w.#-])-?\d{1,3}\.\d{3,}(?![\w%])")
"""A number of three decimals or more: as a position it would be finer than a kilometre."""


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["wayout", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        command.main()
    told = capsys.readouterr()
    assert done.value.code == 0, told.err
    return told.out


def shapes(value):
    """Yield the coordinates of every geometry, and every pair of lon and lat, of any nesting of JSON."""
    if isinstance(value, list):
        for item in value:
            yield from shapes(item)
    elif isinstance(value, dict):
        if value.get("coordinates"):
            yield list(points(value["coordinates"]))
        if isinstance(value.get("lon"), (int, float)):
            yield [(value["lon"], value["lat"])]
        for key, item in value.items():
            if key != "coordinates":
                yield from shapes(item)


def points(nest):
    if isinstance(nest[0], (int, float)):
        yield nest
    else:
        for item in nest:
            yield from points(item)


def on_a_grid(shape):
    return any(all(abs(x / step - round(x / step)) < 1e-4 for point in shape for x in point) for step in STEPS)


def check(records):
    found = list(shapes(records))
    assert found, "the example gives no geometry at all"
    for shape in found:
        assert on_a_grid(shape), shape[:5]


@pytest.mark.parametrize(("lon", "lat"), [(25.349, 13.628), (25.35, 13.63), (25.3401, 13.6)])
def test_the_check_itself_finds_a_fine_position(lon, lat):
    assert not on_a_grid([(lon, lat)])


@pytest.mark.parametrize(
    "phrase", ["Kutum", "between Kutum and El Fasher", "north of El Fasher", "the border of Sudan and Chad"]
)
def test_locate_a_phrase(monkeypatch, capsys, phrase):
    check(json.loads(run(monkeypatch, capsys, "locate", phrase, "--country", "SD", "--json")))


def test_locate_a_text(monkeypatch, capsys):
    check(json.loads(run(monkeypatch, capsys, "locate", "--text", EXAMPLE, "--json")))


def test_locate_a_sheet(monkeypatch, capsys, tmp_path):
    sheet = tmp_path / "places.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    words = ["locate", "--csv", sheet, "--column", "place", "--country-column", "country"]
    rows = list(csv.DictReader(io.StringIO(run(monkeypatch, capsys, *words))))
    placed = [(float(row["lon"]), float(row["lat"])) for row in rows if row["lon"]]
    assert len(placed) == 3
    assert all(on_a_grid([point]) for point in placed)


def test_locate_on_a_page(monkeypatch, capsys, tmp_path):
    page = tmp_path / "where.html"
    run(monkeypatch, capsys, "locate", "Kutum", "--country", "SD", "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "Kutum" in text
    assert not re.search(r"\b25\.\d{3,}|\b24\.\d{3,}", re.sub(r'\bd="[^"]*"', "", text))


def test_read(monkeypatch, capsys):
    lines = run(monkeypatch, capsys, "read", EXAMPLE, "--json").splitlines()
    check([json.loads(line) for line in lines])


def test_situation(monkeypatch, capsys):
    check(json.loads(run(monkeypatch, capsys, "situation", EXAMPLE, *QUESTION)))


def test_brief(monkeypatch, capsys, tmp_path):
    out = tmp_path / "brief"
    told = run(monkeypatch, capsys, "brief", EXAMPLE, *QUESTION, "--out", out)
    assert not FINE.search(told)
    for name in ("claims.jsonl", "situation.geojson"):
        text = (out / name).read_text(encoding="utf-8")
        check([json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text))
    for name in ("assessment.json", "brief.json", "manifest.json", "documents.jsonl"):
        text = (out / name).read_text(encoding="utf-8")
        records = [json.loads(line) for line in text.splitlines()] if name.endswith("l") else json.loads(text)
        assert all(on_a_grid(shape) for shape in shapes(records)), name
