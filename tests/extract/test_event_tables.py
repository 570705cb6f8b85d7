import csv
import io

import pytest

from wayout.extract.actors import open_actors
from wayout.extract.event_tables import extract_event_row
from wayout.read.pages import read_pages
from wayout.read.raw_page import RawPage

UCDP = {
    "id": "1",
    "type_of_violence": "1",
    "side_a_new_id": "118",
    "side_a": "Government of Syria",
    "side_b_new_id": "234",
    "side_b": "IS",
    "country": "Syria",
    "where_coordinates": "Tall Brook town",
    "latitude": "34.5",
    "longitude": "40.5",
    "where_prec": "2",
    "event_clarity": "1",
    "date_start": "2017-05-01",
    "date_end": "2017-05-03",
    "date_prec": "2",
    "low": "2",
    "best": "4",
    "high": "6",
    "source_original": "SOHR",
    "source_office": "SOHR",
}
ACLED = {
    "event_id_cnty": "A1",
    "event_date": "2017-05-01",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2000-2024)",
    "inter1": "State forces",
    "actor2": "Islamic State (Syria)",
    "inter2": "Rebel group",
    "country": "Syria",
    "location": "Tall Brook",
    "latitude": "34.5",
    "longitude": "40.5",
    "geo_precision": "1",
    "fatalities": "3",
    "source": "SOHR; Reuters",
    "notes": "x",
}


@pytest.fixture(scope="module")
def book():
    return open_actors()


@pytest.fixture
def claims_of(book):
    def read(row, **changes):
        out = io.StringIO()
        writer = csv.DictWriter(out, row)
        writer.writeheader()
        writer.writerow({**row, **changes})
        (document,), _ = read_pages([RawPage(name="file", content=out.getvalue().encode())])
        return document, extract_event_row(document, book)

    return read


def test_a_row_of_ucdp_is_a_fight_of_its_two_sides_told_by_who_first_told_it(claims_of):
    document, reading = claims_of(UCDP)
    (claim,) = reading.claims
    assert (claim.predicate, claim.subject, claim.object) == ("clashes", "government-of-syria", "islamic-state")
    assert (claim.event_type, claim.sub_event_type) == ("FIGHT", None)
    assert claim.attributed_to.actor == "syrian-observatory-for-human-rights"
    assert claim.attributed_to.via is None
    assert claim.modality == "reported"
    assert (claim.quantity.low, claim.quantity.value, claim.quantity.high) == (2, 4, 6)
    assert (claim.time.start.day, claim.time.end.day, claim.time.date_prec) == (1, 3, 2)
    assert claim.places[0].phrase == "Tall Brook"
    assert all(document.quote(s) for s in (*claim.evidence, *claim.words))
    assert document.quote(claim.quantity.span) == "4"


def test_one_sided_violence_is_an_attack_on_civilians(claims_of):
    _, reading = claims_of(UCDP, type_of_violence="3", side_b="Civilians", side_b_new_id="1")
    assert (reading.claims[0].predicate, reading.claims[0].object) == ("attacks", "civilians")


def test_one_id_of_several_actors_means_the_one_of_the_year_and_country(claims_of):
    _, reading = claims_of(UCDP, date_start="2008-05-01", date_end="2008-05-03", country="Iraq")
    assert reading.claims[0].object in ("islamic-state-of-iraq", "al-qaida-in-iraq")


def test_a_joint_side_is_each_of_its_groups_and_who_is_in_no_file_stays_in_the_open(claims_of):
    document, reading = claims_of(UCDP, side_a="Ahrar al-Sham, Hill Front of Arva", side_a_new_id="99999")
    assert {c.subject for c in reading.claims} == {"ahrar-al-sham", "unknown:hill front of arva"}
    unknown = next(m for m in reading.mentions if m.ref == "unknown:hill front of arva")
    assert document.quote(unknown.span) == "Hill Front of Arva"
    assert {c.subject_text for c in reading.claims} == {"Ahrar al-Sham", "Hill Front of Arva"}


def test_a_government_is_found_by_name_where_its_id_is_not_known(claims_of):
    _, reading = claims_of(UCDP, side_a="Government of Turkey", side_a_new_id="115")
    assert reading.claims[0].subject == "government-of-turkey"


@pytest.mark.parametrize(
    ("changes", "certainty"),
    [
        ({"source_original": "", "source_office": ""}, 3.0),
        ({}, 2.4),
        ({"event_clarity": "2"}, 2.0),
        ({"low": "0", "best": "0"}, 2.0),
        ({"date_prec": "5"}, 2.0),
        ({"where_prec": "6"}, 2.0),
    ],
)
def test_certainty_follows_the_stated_rule(claims_of, changes, certainty):
    assert claims_of(UCDP, **changes)[1].claims[0].certainty == certainty


def test_several_sources_each_have_their_claim_and_one_listed_twice_has_one(claims_of):
    _, reading = claims_of(UCDP, source_original="SOHR, sohr; Hill Radio")
    assert [c.attributed_to.name for c in reading.claims] == ["SOHR", "Hill Radio"]
    assert len({c.id for c in reading.claims}) == 2


def test_people_of_a_kind_are_unnamed_and_the_office_passes_them_on(claims_of):
    _, reading = claims_of(UCDP, source_original="Police and medical sources", source_office="Reuters News")
    told = reading.claims[0].attributed_to
    assert not told.named
    assert told.via.name == "Reuters News"


def test_acled_army_and_group_are_found_in_the_form_the_codebook_writes_them(claims_of):
    _, reading = claims_of(ACLED)
    assert (reading.claims[0].subject, reading.claims[0].object) == ("armed-forces-of-syria", "islamic-state")
    assert reading.claims[0].sub_event_type == "Armed clash"
    assert [c.attributed_to.name for c in reading.claims] == ["SOHR", "Reuters"]


@pytest.mark.parametrize("swapped", [False, True])
def test_who_takes_ground_is_told_by_the_kinds_of_the_actors_not_by_their_order(claims_of, swapped):
    sides = {"actor1": ACLED["actor2"], "inter1": "Rebel group", "actor2": ACLED["actor1"], "inter2": "State forces"}
    changes = sides if swapped else {}
    for kind, winner, loser in (
        ("Government regains territory", "armed-forces-of-syria", "islamic-state"),
        ("Non-state actor overtakes territory", "islamic-state", "armed-forces-of-syria"),
    ):
        _, reading = claims_of(ACLED, sub_event_type=kind, source="", **changes)
        assert [(c.predicate, c.subject) for c in reading.claims] == [("takes", winner), ("loses", loser)]
        assert reading.claims[0].certainty == 3.0
        assert reading.claims[1].quantity is None


def test_where_the_row_does_not_say_who_won_no_side_is_made_the_winner(claims_of):
    changes = {"actor1": "Hill Front", "inter1": "2", "actor2": "Brook Front", "inter2": "2", "source": ""}
    _, reading = claims_of(ACLED, sub_event_type="Non-state actor overtakes territory", **changes)
    assert [c.predicate for c in reading.claims] == ["clashes"]


def test_ground_that_nobody_disputes_is_taken_by_the_one_actor(claims_of):
    changes = {"actor1": "Islamic State (Syria)", "inter1": "2", "actor2": "", "inter2": "", "source": ""}
    _, reading = claims_of(ACLED, sub_event_type="Non-violent transfer of territory", **changes)
    assert [(c.predicate, c.subject) for c in reading.claims] == [("takes", "islamic-state")]


def test_a_strike_between_two_armed_sides_is_less_sure_of_who_struck(claims_of):
    _, both = claims_of(ACLED, sub_event_type="Air/drone strike", source="")
    assert (both.claims[0].predicate, both.claims[0].certainty) == ("strikes", 2.0)
    civilians = {
        "actor1": "Civilians (Syria)",
        "inter1": "Civilians",
        "actor2": ACLED["actor1"],
        "inter2": "State forces",
    }
    _, one = claims_of(ACLED, sub_event_type="Air/drone strike", source="", **civilians)
    assert (one.claims[0].subject, one.claims[0].object, one.claims[0].certainty) == (
        "armed-forces-of-syria",
        "civilians",
        3.0,
    )


def test_nobody_in_particular_is_no_actor_but_keeps_its_words(claims_of):
    _, reading = claims_of(ACLED, actor2="Unidentified Armed Group (Syria)", inter2="Political militia")
    assert reading.claims[0].object is None
    assert reading.claims[0].object_text == "Unidentified Armed Group (Syria)"


def test_no_deaths_told_is_not_known_to_be_none(claims_of):
    assert claims_of(ACLED, fatalities="0")[1].claims[0].quantity is None


def test_the_notes_are_kept_as_words_and_not_read(claims_of):
    document, reading = claims_of(ACLED, notes="The Russian army captured Palmyra. <script>alert(1)</script>")
    assert "captured Palmyra" in document.text
    assert {c.predicate for c in reading.claims} == {"clashes"}
    assert all(m.span.end < document.text.index("notes: ") for m in reading.mentions)
