import json

import typer
from typer.testing import CliRunner

from wayout.cli.locate import locate, region_feature
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import PhraseContext, locate_phrase

app = typer.Typer()
app.command()(locate)


def test_the_verb_prints_a_feature_with_its_doubt() -> None:
    done = CliRunner().invoke(app, ["between Mopti and Douentza", "--country", "ml", "--json"])
    assert done.exit_code == 0, done.output
    feature = json.loads(done.stdout)
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert {"phrase", "where_prec", "radius_km", "method", "why", "readings"} <= set(feature["properties"])
    assert sum(r["weight"] for r in feature["properties"]["readings"]) > 0.999


def test_a_direction_of_an_area() -> None:
    done = CliRunner().invoke(app, ["the south", "--area", "Azawad", "--country", "ML"])
    assert json.loads(done.stdout)["properties"]["bearing_deg"] == 180


def test_the_same_phrase_gives_the_same_bytes() -> None:
    context = PhraseContext(countries={"ML": 1.0})
    one, two = (json.dumps(region_feature(locate_phrase("northern Mali", open_gazetteer(), context))) for _ in range(2))
    assert one == two
