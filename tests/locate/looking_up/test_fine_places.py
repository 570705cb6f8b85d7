"""What the built gazetteer holds below the first order: districts with outlines, airfields, camps, dams, crossings."""

import pytest

from wayout.locate.gazetteer import open_gazetteer


def find(name: str, country: str, kind: str):
    places = open_gazetteer().find(name, countries=(country,))
    return next((p for p in places if p.kind == kind and p.country == country), None)


@pytest.mark.parametrize(
    ("name", "country", "lon", "lat"),
    [
        ("Tabqa airport", "SY", 38.57, 35.75),
        ("Tabqa airbase", "SY", 38.57, 35.75),
        ("El Fasher airport", "SD", 25.32, 13.61),
        ("Kidal airport", "ML", 1.41, 18.43),
        ("Kakhovka dam", "UA", 33.37, 46.78),
        ("Zaporizhzhia nuclear power plant", "UA", 34.59, 47.51),
        ("Kalma camp", "SD", 25.01, 12.0),
        ("Balhaf LNG terminal", "YE", 48.18, 13.99),
        ("Grand Ethiopian Renaissance Dam", "ET", 35.09, 11.21),
    ],
)
def test_sites_are_found_by_the_words_that_reports_use(name, country, lon, lat):
    place = find(name, country, "installation")
    assert place is not None
    assert abs(place.lon - lon) < 0.1
    assert abs(place.lat - lat) < 0.1


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Tadmur District", "SY", "admin2"),
        ("Masisi territory", "CD", "admin2"),
        ("Tawila", "SD", "admin2"),
        ("Bakhmut raion", "UA", "admin2"),
        ("Khan Yunis", "PS", "admin2"),
        ("Hpakant township", "MM", "admin3"),
    ],
)
def test_districts_have_an_area(name, country, kind):
    place = find(name, country, kind)
    assert place is not None
    assert open_gazetteer().geometry(place).area > 0


@pytest.mark.parametrize(
    ("name", "country"), [("Bunagana", "CD"), ("Guerguerat", "EH"), ("Islam Qala", "AF"), ("Rumichaca", "CO")]
)
def test_crossings_of_other_theatres_are_known(name, country):
    assert find(name, country, "crossing") is not None


@pytest.mark.parametrize(("name", "country"), [("Ménaka", "ML"), ("Zalingei", "SD"), ("Palmyra", "SY")])
def test_a_seat_stays_the_town_it_is(name, country):
    assert find(name, country, "populated_place") is not None


def test_a_country_is_labelled_where_the_field_labels_it():
    russia = next(p for p in open_gazetteer().find("Russia") if p.kind == "country")
    assert (russia.lon, russia.lat) == (100, 60)
    assert open_gazetteer().geometry(russia).area > 1000
