"""`wayout locate --csv`: every row comes back, in order, with its place and doubt, or with the reason why not."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from wayout.cli.locate import locate
from wayout.cli.locate_table import added_names, guarded
from wayout.locate.table_cells import COLUMNS

app = typer.Typer()
app.command()(locate)
SHEET = """date,place,country,state,note
2024-05-01,Kutum,Sudan,North Darfur,"two lines
here"
2024-05-02,60 km west of Bakhmut,UKR,,=1+1
2024-05-03,between Mopti and Douentza,Mali,,@x
2024-05-04,Xyzzyville,Sudan,,+249 912 345
2024-05-05,N/A,Sudan,,-3.5
2024-05-06,الفاشر,السودان,,
"""


def run(content, *words, **options):
    done = CliRunner().invoke(app, ["--csv", "-", *words], input=content, **options)
    assert done.exit_code == 0, done.output
    return done


def rows_of(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_every_column_and_row_is_kept_in_order():
    done = run(SHEET, "--column", "place", "--country-column", "country", "--admin-column", "state")
    rows, before = rows_of(done.stdout), rows_of(SHEET)
    assert len(rows) == len(before)
    for row, old in zip(rows, before, strict=True):
        assert row["place"] == old["place"]
        assert row["date"] == old["date"]
    assert rows[0]["note"] == "two lines\nhere"
    assert list(rows[0])[: len(before[0])] == list(before[0])


def test_names_and_phrases_are_located_and_misses_say_why():
    rows = rows_of(run(SHEET, "--column", "place", "--country-column", "country").stdout)
    kutum, bakhmut, mopti, nowhere, missing, fasher = rows
    assert (kutum["name_found"], kutum["country_found"], kutum["admin1"]) == ("Kutum", "SD", "North Darfur")
    assert (bakhmut["method"], bakhmut["kind"]) == ("distance", "phrase")
    assert float(bakhmut["lon"]) < 38.0
    assert mopti["where_prec"] == "5"
    assert (nowhere["lat"], nowhere["lon"]) == ("", "")
    assert "Xyzzyville" in nowhere["why"]
    assert missing["why"] == "'N/A' stands for no place"
    assert fasher["name_found"] == "El Fasher"


def test_positions_are_on_the_floors_grid_and_never_zero():
    for row in rows_of(run(SHEET, "--column", "place", "--country-column", "country").stdout):
        if row["lat"]:
            step = 0.05  # the grid at these latitudes is 0.05 degrees or coarser
            assert float(row["lat"]) != 0
            assert round(float(row["lat"]) * 100) == pytest.approx(float(row["lat"]) * 100, abs=1e-6)
            assert float(row["radius90_km"]) >= float(row["radius50_km"] or 0) > 0
            assert step + 1e-9 > 5 / 111.4


def test_formulas_are_guarded_and_numbers_left_alone():
    rows = rows_of(run(SHEET, "--column", "place", "--country-column", "country").stdout)
    assert [r["note"] for r in rows[1:5]] == ["'=1+1", "'@x", "+249 912 345", "-3.5"]
    kept = rows_of(run(SHEET, "--column", "place", "--keep-formulas").stdout)
    assert kept[1]["note"] == "=1+1"


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+HYPERLINK(1)", "-2+3+cmd", "@SUM(1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_guarded(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "-", "--", "-12.5", "+1 000,5", "-1e-3", "+249 912 345 678", "Goma", "a=b", "-7%"]
)
def test_what_it_would_not_run_is_not_touched(cell):
    assert guarded(cell) == cell


def test_our_columns_never_take_the_place_of_theirs():
    names = added_names(["lat", "LON", "place", "lat_found"])
    assert names[:2] == ("lat_found_found", "lon_found")
    assert len(set(names)) == len(COLUMNS)


def test_the_summary_counts_what_became_of_the_rows():
    told = run(SHEET, "--column", "place", "--country-column", "country").stderr
    assert "4 of 6 rows located (67%)" in told
    assert "where_prec 5" in told
    assert "1  not located: no place of that name is known" in told
    assert "called country_found" in told


def test_the_column_is_named_in_any_case_or_by_number_and_a_lone_one_needs_no_name():
    by_name = run(SHEET, "--column", "PLACE").stdout
    assert by_name == run(SHEET, "--column", "2").stdout
    assert rows_of(run("where\nDjibo\n").stdout)[0]["name_found"] == "Djibo"


def test_a_wrong_column_lists_the_columns():
    done = CliRunner().invoke(app, ["--csv", "-", "--column", "plcae"], input=SHEET)
    told = " ".join(done.stderr.replace("│", " ").split())
    assert done.exit_code == 2
    assert "date, place, country, state, note" in told
    assert "did you mean 'place'" in told


def test_a_country_for_all_rows_is_binding():
    rows = rows_of(run("place\nParis\nGao\n", "--country", "Mali").stdout)
    assert rows[0]["lat"] == ""
    assert "known only outside ML" in rows[0]["why"] or "no place named" in rows[0]["why"]
    assert rows[1]["country"] == "ML"


def test_a_country_that_is_not_understood_is_said():
    (row,) = rows_of(run("place,land\nHoms,Narnia\n", "--column", "place", "--country-column", "land").stdout)
    assert row["name_found"] == "Homs"
    assert "'Narnia' is not known" in row["why"]


def test_files_in_and_out_with_delimiter_line_end_and_mark_kept(tmp_path):
    sheet, out = tmp_path / "in.csv", tmp_path / "out.csv"
    sheet.write_bytes("place;n\r\nSégou;1\r\n".encode("utf-8-sig"))
    done = CliRunner().invoke(app, ["--csv", str(sheet), "--column", "place", "-o", str(out)])
    assert done.exit_code == 0
    assert done.stdout == ""
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == 2
    (row,) = rows_of(written.decode("utf-8-sig"), ";")
    assert row["country"] == "ML"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_the_sheet_is_never_written_over_itself(tmp_path):
    sheet = tmp_path / "in.csv"
    sheet.write_text("place\nDjibo\n", encoding="utf-8")
    for out in (sheet, tmp_path, tmp_path / "no" / "out.csv"):
        done = CliRunner().invoke(app, ["--csv", str(sheet), "-o", str(out)])
        assert done.exit_code == 2
    assert sheet.read_text(encoding="utf-8") == "place\nDjibo\n"


def test_a_failed_run_leaves_the_earlier_file(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("earlier", encoding="utf-8")
    done = CliRunner().invoke(app, ["--csv", "-", "-o", str(out)], input="")
    assert done.exit_code != 0
    assert out.read_text(encoding="utf-8") == "earlier"


def test_geojson_has_a_point_or_nothing_for_every_row(tmp_path):
    out = tmp_path / "out.geojson"
    run(SHEET, "--column", "place", "--country-column", "country", "-o", str(out))
    found = json.loads(out.read_text(encoding="utf-8"))
    features = found["features"]
    assert len(features) == 6
    assert features[0]["geometry"]["type"] == "Point"
    assert features[0]["properties"]["likelihood"] > 0.5
    assert features[0]["properties"]["note"] == "two lines\nhere"
    assert features[3]["geometry"] is None
    assert features[3]["properties"]["lat"] is None


def test_our_own_fault_costs_one_row(monkeypatch):
    from wayout.locate import tables

    def break_on(phrase, *others):
        if phrase == "near Bria":
            raise ZeroDivisionError("made for the test")
        return located(phrase, *others)

    located = tables.locate_phrase
    monkeypatch.setattr(tables, "locate_phrase", break_on)
    rows = rows_of(run("place\nDjibo\nnear Bria\nKutum\n").stdout)
    assert "our own fault (ZeroDivisionError" in rows[1]["why"]
    assert len(rows) == 3


def test_the_same_sheet_gives_the_same_bytes_in_one_process_and_in_several(monkeypatch):
    from wayout.cli import locate_table

    one = run(SHEET, "--column", "place", "--country-column", "country").stdout
    monkeypatch.setattr(locate_table, "MANY_ROWS", 2)
    monkeypatch.setattr(locate_table, "n_cores", lambda: 2)
    assert run(SHEET, "--column", "place", "--country-column", "country").stdout == one


def test_a_reader_that_has_had_enough_is_no_error(tmp_path):
    sheet = tmp_path / "in.csv"
    sheet.write_text("place\n" + "Djibo\n" * 60_000, encoding="utf-8")
    command = f"{sys.executable} -c 'from wayout.cli.main import main; main()' locate --csv {sheet} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("place,lat,lon")
    assert "Traceback" not in done.stderr
