"""Every record of a reading follows its schema, and no line can steer a terminal."""

import json
from pathlib import Path

import jsonschema
import pytest
import referencing
from hypothesis import given
from hypothesis import strategies as st

from wayout.cli.reading_lines import as_line, miss_record, reading_records
from wayout.extract.actors import open_actors
from wayout.model import Miss, Reading, Relation
from wayout.read.raw_page import RawPage
from wayout.reading import read_claims

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
TEXT = b"""The army took Kosti on 3 May 2024, residents said. JNIM and the army clashed near Gao.
Yusuf Osman is in Xyzzyville. The general fled to Xyzzyville."""


@pytest.fixture(scope="module")
def validator():
    schemas = {
        name: json.loads((REFERENCE / f"{name}.jsonl.schema.json").read_text(encoding="utf-8"))
        for name in ("documents", "claims", "reading")
    }
    registry = referencing.Registry().with_resources(
        (s["$id"], referencing.Resource.from_contents(s)) for s in schemas.values()
    )
    return jsonschema.Draft202012Validator(
        schemas["reading"], registry=registry, format_checker=jsonschema.FormatChecker()
    )


@pytest.fixture(scope="module")
def reading():
    (found,) = [r for r in read_claims([RawPage(name="report.txt", content=TEXT)], None) if isinstance(r, Reading)]
    return found


def actors_of(reading):
    book = open_actors()
    return {m.ref: book.actor(m.ref) for m in reading.mentions if m.ref}


def test_every_record_follows_the_schema(reading, validator):
    records = list(reading_records(reading, actors_of(reading)))
    assert {"document", "mention", "time", "claim"} <= {r["record"] for r in records}
    for record in records:
        validator.validate(json.loads(as_line(record)))


def test_relations_and_misses_follow_the_schema(reading, validator, build):
    document = reading.document
    span = document.span(0, 8)
    relation = Relation(document=document.id, kind="fights", a=span, b=span, evidence=(span,), made_by=build.step)
    found = Reading(document=document, relations=(relation,), misses=(Miss(what="a part", why="it is too long"),))
    records = list(reading_records(found, {}))
    assert [r["record"] for r in records] == ["document", "relation", "miss"]
    for record in [*records, miss_record(Miss(what="page.pdf", why="is no text"))]:
        validator.validate(record)


def test_a_record_of_no_kind_breaks_the_schema(validator):
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"record": "rumour"})


def test_the_words_of_a_record_are_those_of_its_span(reading):
    for record in reading_records(reading, actors_of(reading)):
        if record["record"] in ("mention", "time"):
            span = record["span"]
            assert reading.document.text[span["start"] : span["end"]] == record["text"]


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_a_line_is_safe_and_reads_back(text):
    line = as_line({"what": text})
    assert json.loads(line) == {"what": text}
    assert "\n" not in line
    assert not set(line) & set("\x1b\x9b\u202e\u2066\u2028")
    line.encode("utf-8")
