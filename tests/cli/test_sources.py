import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from wayout.casebook.sources import sources_at
from wayout.cli.sources import app
from wayout.errors import InputError, NotFoundError
from wayout.model import Attribution, Place, PlaceUse, Reading, Region, WeightedGeometry
from wayout.store.open import open_store

RUN = CliRunner()
NAMES = ("Hill Radio", "Brook Radio\x1b[31m")


@pytest.fixture
def place(build, tmp_path):
    """A store of two reports: Hill Radio is quoted by one, Brook Radio says the same two days later."""
    from shapely.geometry import Point

    at = str(tmp_path / "store.sqlite")
    with open_store(at) as store:
        for day, name in enumerate(NAMES):
            document = build.document(
                f"{day}: {name} said the group holds Tall Brook.", published=datetime(2024, 5, 1 + 2 * day, tzinfo=UTC)
            )
            start = document.text.index("Tall Brook")
            span = document.span(start, start + 10)
            town = Place(
                id="geonames:1",
                name="Tall Brook",
                kind="populated_place",
                country="SY",
                admin1=None,
                lon=40.0,
                lat=34.0,
            )
            region = Region(
                phrase="Tall Brook",
                parts=(WeightedGeometry(geometry=Point(40, 34), place=town, weight=1.0),),
                where_prec=1,
                radius_km=5.0,
                radius50_km=2.0,
                method="name",
                why="given by the test",
                places=(town,),
                made_by=build.step,
            )
            told = Attribution(name=name, actor=None, source_span=None, cue_span=None)
            claim = build.claim(document, "holds", "holds", subject="islamic-state", attributed_to=told)
            from dataclasses import replace

            claim = replace(claim, places=(PlaceUse(role="at", phrase="Tall Brook", span=span, region=region),))
            store.add_readings([Reading(document=document, claims=(claim,))], "test")
    return at


def call(place, *words):
    return RUN.invoke(app, [*words, "--store", place], standalone_mode=False, catch_exceptions=False)


def listed(place, *words):
    return {r["name"]: r for r in map(json.loads, call(place, "--json", *words).output.splitlines())}


def test_it_lists_publishers_and_mouths_with_what_they_told(place):
    told = listed(place)
    assert told["Test Wire"]["n_documents"] == 2
    assert told["Test Wire"]["n_claims"] == 0
    assert told["Hill Radio"]["n_claims"] == 1
    assert told["Hill Radio"]["letter"] == "F"


def test_a_claim_confirmed_later_by_another_mouth_is_in_the_record_and_the_later_one_is_open(place):
    told = listed(place)
    assert (told["Hill Radio"]["record"]["n_confirmed"], told["Hill Radio"]["record"]["n_resolved"]) == (1, 1)
    assert told[NAMES[1]]["record"]["n_resolved"] == 0
    assert listed(place, "--at", "2024-05-02")["Hill Radio"]["record"]["n_resolved"] == 0


def test_a_letter_is_kept_with_its_reason_and_the_newest_counts(place):
    assert "B, usually reliable" in call(place, "rate", "hill radio", "b", "--why", "checked", "--by", "me").output
    call(place, "rate", "Hill Radio", "D", "--why", "found wrong", "--by", "me")
    line = listed(place, "--at", "2100-01-01")["Hill Radio"]
    assert line["letter"] == "D"
    assert line["rating"]["why"] == "found wrong"
    with open_store(place) as store:
        assert len(store.judgements("rating")) == 2


def test_the_letter_and_the_record_stand_side_by_side_and_neither_changes_the_other(place):
    before = listed(place)["Hill Radio"]["record"]
    call(place, "rate", "Hill Radio", "E", "--why", "found wrong", "--by", "me")
    assert listed(place, "--at", "2100-01-01")["Hill Radio"]["record"] == before


def test_a_person_may_resolve_a_claim_and_that_word_wins(place):
    with open_store(place) as store:
        claim = next(c.id for c in store.claims() if c.attributed_to.name == "Hill Radio")
    assert "refuted" in call(place, "resolve", claim, "--refuted", "--why", "photographs", "--by", "me").output
    record = listed(place, "--at", "2100-01-01")["Hill Radio"]["record"]
    assert (record["n_confirmed"], record["n_resolved"]) == (0, 1)


def test_wrong_calls_say_what_is_wrong(place):
    with pytest.raises(InputError, match="no Admiralty letter"):
        call(place, "rate", "Hill Radio", "Z", "--why", "x")
    with pytest.raises(NotFoundError, match="no claim"):
        call(place, "resolve", "claim-0", "--held", "--why", "x")
    with pytest.raises(NotFoundError, match="there is no store"):
        call(place + "-missing")


def test_names_from_outside_cannot_steer_the_terminal(place):
    assert "\x1b[31m" not in call(place).output


def test_a_rated_source_that_the_store_holds_nothing_of_is_listed(place):
    call(place, "rate", "River Post", "C", "--why", "known", "--by", "me")
    with open_store(place) as store:
        line = next(s for s in sources_at(store, datetime(2100, 1, 1, tzinfo=UTC)) if s.name == "River Post")
    assert (line.letter, line.n_documents, line.n_claims) == ("C", 0, 0)
