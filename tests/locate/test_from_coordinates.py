from dataclasses import replace

import pytest
from shapely.geometry import Point

from wayout.locate.claims import locate_claims
from wayout.locate.from_coordinates import region_of_row
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Step, document_id
from wayout.text.event_rows import EVENT_ROW, write_row


@pytest.fixture
def row(build):
    def make(format="ucdp_ged", **fields):
        told = {"where_coordinates": "Aleppo", "latitude": "36.2", "longitude": "37.16", "country": "Syria", **fields}
        text = write_row("A - B, Aleppo", told.items())
        document = build.document(text)
        step = Step(name="read", version="0", parameters=(EVENT_ROW, ("format", format)))
        return replace(document, id=document_id(text), made_by=step)

    return make


@pytest.mark.parametrize(("prec", "radius"), [("1", 5), ("2", 25), ("3", 30), ("5", 50), ("7", 300)])
def test_a_point_has_the_doubt_of_its_precision(row, prec, radius):
    region = region_of_row(row(where_prec=prec))
    assert region.geometry.equals(Point(37.16, 36.2))
    assert (region.where_prec, region.radius_km, region.method) == (int(prec), radius, "coordinates")
    assert [p.country for p in region.places] == ["SY"]


@pytest.mark.parametrize("prec", ["4", "6"])
def test_a_point_that_stands_for_a_division_or_country_is_its_outline(row, prec):
    region = region_of_row(row(where_prec=prec))
    assert region.geometry.area > 1
    assert region.geometry.contains(Point(37.16, 36.2))


@pytest.mark.parametrize(("code", "prec"), [("1", 1), ("2", 2), ("3", 4)])
def test_acled_codes_become_the_class_of_ucdp(row, code, prec):
    assert region_of_row(row("acled", geo_precision=code)).where_prec == prec


def test_an_unstated_precision_is_fuzzy_and_says_so(row):
    region = region_of_row(row())
    assert region.where_prec == 5
    assert "does not say how exact" in region.why


def test_a_point_at_sea_has_no_outline_to_stand_for(row):
    region = region_of_row(row(where_prec="4", latitude="0.5", longitude="-30"))
    assert region.geometry.area == 0
    assert region.places == ()


def test_claims_of_rows_take_the_rows_place_whatever_the_words_would_mean(row, build):
    document = row(where_prec="1", where_coordinates="Nowhere at all")
    elsewhere = build.region("Nowhere at all", Point(0, 0).buffer(1))
    claim = build.claim(document, "Nowhere at all", "clashes", regions={"at": elsewhere})
    (located,), misses = locate_claims([claim], [document], gazetteer=None)
    assert misses == ()
    region = located.places[0].region
    assert (region.phrase, region.method) == ("Nowhere at all", "coordinates")
    assert region.geometry.equals(Point(37.16, 36.2))
    assert document.quote(region.evidence[0]) == "Nowhere at all"


def test_a_person_is_never_located_below_the_first_division(row, build):
    document = row(where_prec="1")
    claim = build.claim(
        document, "Aleppo", "clashes", subject="a-person", regions={"at": build.region("Aleppo", Point(0, 0))}
    )
    (located,), _ = locate_claims([claim], [document], gazetteer=None, persons=frozenset({"a-person"}))
    assert located.places[0].region.where_prec >= 4
    assert located.places[0].region.geometry.area > 0.1


def test_an_exact_place_is_the_gazetteers_entry_of_that_name_there_and_only_there(row):
    gazetteer = open_gazetteer()
    here = region_of_row(row(where_prec="1"), "Aleppo", gazetteer)
    assert here.parts[0].place.id == "geonames:170063"
    assert here.geometry.equals(Point(37.16, 36.2))
    assert region_of_row(row(where_prec="2"), "Aleppo", gazetteer).parts[0].place is None
    assert region_of_row(row(where_prec="1", longitude="38.9"), "Aleppo", gazetteer).parts[0].place is None


def test_a_division_bears_the_id_of_the_gazetteers_entry(row):
    region = region_of_row(row(where_prec="4", latitude="34.3", longitude="38.3"))
    assert region.parts[0].place.id == open_gazetteer().find("Homs Governorate")[0].id
