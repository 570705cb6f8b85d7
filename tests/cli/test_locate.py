"""`wayout locate` on a phrase, a sentence and a file: GeoJSON in a pipe, words and a map on a terminal, a page where asked."""

import json
import sys
from pathlib import Path

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from wayout.cli.locate import locate, region_feature
from wayout.cli.locate_text import locate_pages
from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.read.raw_page import RawPage

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "locate.geojson.schema.json"
app = typer.Typer()
app.command()(locate)
SENTENCE = "Fighters shelled Kutum in North Darfur on Monday, and families fled toward El Fasher."


def call(*words, **options):
    return CliRunner().invoke(app, list(words), **options)


def coordinates(geometry):
    def flat(value):
        if isinstance(value[0], (int, float)):
            yield value
        else:
            for item in value:
                yield from flat(item)

    return list(flat(geometry["coordinates"]))


def test_the_verb_prints_a_feature_with_its_doubt():
    done = call("between Mopti and Douentza", "--country", "ml", "--json")
    assert done.exit_code == 0, done.output
    feature = json.loads(done.stdout)
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert {"phrase", "where_prec", "radius_km", "radius50_km", "method", "why", "readings"} <= set(
        feature["properties"]
    )
    assert sum(r["weight"] for r in feature["properties"]["readings"]) > 0.999


@pytest.mark.parametrize("phrase", ["Djibo", "between Mopti and Douentza", "Burkina Faso", "the Niger"])
def test_no_position_is_finer_than_the_floor(phrase):
    feature = json.loads(call(phrase, "--json").stdout)
    shapes = [feature["geometry"], *(r["geometry"] for r in feature["properties"]["readings"])]
    for shape in shapes:
        for lon, lat in coordinates(shape):
            assert round(lon, 2) == pytest.approx(lon, abs=1e-9)
            assert round(lat, 2) == pytest.approx(lat, abs=1e-9)


def test_a_phrase_without_quotation_marks_means_the_same():
    assert call("between", "Mopti", "and", "Douentza").stdout == call("between Mopti and Douentza").stdout


def test_a_direction_of_an_area():
    done = call("the south", "--area", "Azawad", "--country", "ML")
    assert json.loads(done.stdout)["properties"]["bearing_deg"] == 180


def test_countries_are_given_by_code_or_name():
    answers = {call("Kita", "--country", name, "--json").stdout for name in ("ML", "mli", "Mali", "مالي")}
    assert len(answers) == 1
    assert json.loads(answers.pop())["properties"]["places"][0]["country"] == "ML"


def test_the_same_phrase_gives_the_same_bytes():
    context = PhraseContext(countries={"ML": 1.0})
    one, two = (json.dumps(region_feature(locate_phrase("northern Mali", open_gazetteer(), context))) for _ in range(2))
    assert one == two


@pytest.mark.parametrize("words", [("Kutum",), ("between Homs and Tadmur",), (SENTENCE,)])
def test_the_output_keeps_its_schema(words):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(call(*words).stdout))


class TestTexts:
    def test_a_sentence_gives_every_place_with_its_words(self):
        found = json.loads(call(SENTENCE, "--json").stdout)
        assert found["type"] == "FeatureCollection"
        places = {f["properties"]["phrase"]: f["properties"] for f in found["features"]}
        assert {"Kutum", "El Fasher"} <= set(places)
        span = places["Kutum"]["span"]
        assert SENTENCE[span["start"] : span["end"]] == "Kutum"

    def test_standard_input_and_a_file_are_read_as_text(self, tmp_path):
        page = tmp_path / "report.txt"
        page.write_text("Kutum", encoding="utf-8")
        from_file = json.loads(call("--text", str(page), "--json").stdout)
        assert from_file["type"] == "FeatureCollection"
        assert [f["properties"]["phrase"] for f in from_file["features"]] == ["Kutum"]

    def test_the_text_says_which_country_a_name_is_of(self):
        text = b"Mali's army left Kita for Nioro on Tuesday. Residents of Kita said that the road to Bamako was open."
        (places,) = locate_pages([RawPage(name="t", content=text, url=None, retrieved=None)], PhraseContext())
        countries = {r.places[0].country for _, r in places.found if r.places}
        assert countries == {"ML"}

    def test_a_text_without_a_place_says_so(self, as_terminal, capsys):
        as_terminal()
        locate(["Nobody", "said", "anything", "to", "anyone."])
        assert "no place phrase was found" in capsys.readouterr().out


@pytest.fixture
def as_terminal(monkeypatch, capsys):
    """Give the function that makes standard output say that it is a terminal of 80 columns."""

    def pretend():
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("LINES", "40")
        monkeypatch.setenv("TERM", "dumb")

    return pretend


class TestOnATerminal:
    def test_a_phrase_is_told_in_words_with_a_map(self, as_terminal, capsys):
        as_terminal()
        locate(["between Mopti and Douentza"])
        out = capsys.readouterr().out
        told = " ".join(out.split())
        assert "where_prec 5: a line or an area without firm edges" in told
        assert "lies in Mali" in told
        assert "9 times in 10" in told
        assert "other readings" in told
        assert "◆ Mopti" in told
        assert "▒" in out
        assert "km" in out.splitlines()[-1]
        assert max(len(line) for line in out.splitlines()) <= 80

    def test_a_sentence_is_a_table(self, as_terminal, capsys):
        as_terminal()
        locate([SENTENCE])
        out = capsys.readouterr().out
        assert "taken for" in out
        assert "Kutum" in out
        assert '{"type"' not in out

    def test_json_is_given_where_asked(self, as_terminal, capsys):
        as_terminal()
        locate(["Kutum"], as_json_line=True)
        assert json.loads(capsys.readouterr().out)["type"] == "Feature"

    def test_hostile_words_do_not_steer_the_terminal(self, as_terminal, capsys):
        as_terminal()
        locate(["Kutum \x1b[31m\u202e", "and Mopti"])
        out = capsys.readouterr().out
        assert "\x1b[31m" not in out
        assert "\u202e" not in out


class TestWrongCalls:
    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ([], "give TEXT"),
            (["  "], "TEXT is empty"),
            (["12.5, 34.2"], "'12.5, 34.2' looks like coordinates"),
            (["13°N", "25.3°E"], "looks like coordinates"),
            (["Homs", "--csv", "x.csv"], "give one of them"),
            (["Homs", "--column", "place"], "--column needs --csv"),
            (["--csv", "x.csv", "--json"], "--json cannot be used with --csv"),
            (["Homs", "--country", "Narnia"], "'Narnia' is no country"),
            (["--csv", "x.csv", "--encoding", "klingon"], "'klingon' is no encoding"),
            (["--csv", "x.csv", "--encoding", "base64"], "no encoding of text"),
            (["--csv", "x.csv", "--delimiter", "ab"], "no delimiter"),
        ],
    )
    def test_a_wrong_call_says_what_to_do(self, words, told):
        done = call(*words)
        assert done.exit_code == 2
        assert told in " ".join(done.stderr.replace("│", " ").split())

    def test_a_page_is_written_beside_the_json(self, tmp_path):
        page = tmp_path / "out.html"
        done = call("Kutum", "--html", str(page), "--json")
        assert json.loads(done.stdout)["type"] == "Feature"
        assert "<svg" in page.read_text(encoding="utf-8")
