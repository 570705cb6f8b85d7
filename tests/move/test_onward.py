import pytest

from wayout.model import Place
from wayout.move.onward import onward_links

CODES = {
    "Mali": "ML",
    "Niger": "NE",
    "Algeria": "DZ",
    "Libya": "LY",
    "Italy": "IT",
    "Chad": "TD",
    "Sudan": "SD",
    "Egypt": "EG",
}


def country(name):
    return Place(id=name, name=name, kind="country", country=CODES[name], admin1=None, lon=5.0, lat=20.0)


def continent(name):
    return Place(id=name, name=name, kind="continent", country=None, admin1=None, lon=5.0, lat=20.0)


def legs(claims, party):
    return [(link.start, link.end, link.alternative) for link in onward_links(claims, party)]


@pytest.fixture
def party(make_question):
    from shapely.geometry import box

    return make_question(box(0, 16, 2, 18)).party


def test_a_way_runs_from_through_and_to(make_claim, party):
    claim = make_claim(
        "moves", ("to", country("Libya"), None), ("from", country("Mali"), None), ("via", country("Niger"), None)
    )
    assert legs([claim], party) == [("Mali", "Niger", None), ("Niger", "Libya", None)]


def test_alternatives_stay_alternatives(make_claim, party):
    # "through Niger and Algeria or Libya"
    claim = make_claim(
        "passes", ("via", country("Niger"), None), ("via", country("Algeria"), 1), ("via", country("Libya"), 2)
    )
    assert legs([claim], party) == [
        ("Niger", "Algeria", "Algeria or Libya"),
        ("Niger", "Libya", "Algeria or Libya"),
    ]


def test_alternatives_lead_on_together(make_claim, party):
    claim = make_claim(
        "moves",
        ("from", country("Mali"), None),
        ("via", country("Algeria"), 1),
        ("via", country("Libya"), 2),
        ("to", country("Italy"), None),
    )
    assert legs([claim], party) == [
        ("Mali", "Algeria", "Algeria or Libya"),
        ("Mali", "Libya", "Algeria or Libya"),
        ("Algeria", "Italy", "Algeria or Libya"),
        ("Libya", "Italy", "Algeria or Libya"),
    ]


def test_a_case_goes_on_from_its_alternative(make_claim, party):
    first = make_claim(
        "passes", ("from", country("Mali"), None), ("to", country("Algeria"), 1), ("to", country("Libya"), 2), start=100
    )
    # "In the second case, it passes through Egypt": the case's place stands in the sentence before.
    second = make_claim("passes", ("via", country("Egypt"), None), ("to", country("Libya"), None, 103), start=300)
    assert legs([first, second], party)[-1] == ("Libya", "Egypt", "Algeria or Libya")
    assert len(legs([first, second], party)) == 3


def test_an_aim_is_what_the_way_leads_to(make_claim, party):
    aim = make_claim("moves", ("to", continent("Europe"), 1), ("to", continent("Asia"), 2), start=0)
    way = make_claim("passes", ("via", country("Niger"), None), ("via", country("Libya"), None), start=100)
    assert legs([aim, way], party) == [
        ("Niger", "Libya", None),
        ("Libya", "Europe", "Europe or Asia"),
        ("Libya", "Asia", "Europe or Asia"),
    ]


def test_cases_of_an_aim_lead_to_it(make_claim, party):
    aim = make_claim("moves", ("to", continent("Europe"), 1), ("to", continent("Asia"), 2), start=0)
    way = make_claim("passes", ("from", country("Mali"), None), ("to", country("Niger"), None), start=100)
    first = make_claim("passes", ("via", country("Libya"), None), ("to", continent("Europe"), None, 1), start=300)
    second = make_claim("passes", ("via", country("Egypt"), None), ("to", continent("Asia"), None, 2), start=400)
    found = legs([aim, way, first, second], party)
    assert found[0] == ("Mali", "Niger", None)
    assert [leg[:2] for leg in found[1:]] == [
        ("Niger", "Libya"),
        ("Libya", "Europe"),
        ("Niger", "Egypt"),
        ("Egypt", "Asia"),
    ]


def test_a_leg_before_an_aim_named_earlier_goes_on_from_the_common_way(make_claim, party):
    # "could head for Europe or Asia. Both ways lead through Niger, then Libya or Algeria. To reach Europe, via Italy;
    # to reach Asia, via Egypt."
    aim = make_claim("moves", ("to", continent("Europe"), 1), ("to", continent("Asia"), 2), start=0)
    way = make_claim(
        "passes",
        ("via", country("Niger"), None),
        ("via", country("Libya"), 1),
        ("via", country("Algeria"), 2),
        start=100,
    )
    first = make_claim("moves", ("to", continent("Europe"), None), ("via", country("Italy"), None), start=300)
    second = make_claim("moves", ("to", continent("Asia"), None), ("via", country("Egypt"), None), start=400)
    found = [leg[:2] for leg in legs([aim, way, first, second], party)]
    assert found == [
        ("Niger", "Libya"),
        ("Niger", "Algeria"),
        ("Libya", "Italy"),
        ("Algeria", "Italy"),
        ("Italy", "Europe"),
        ("Libya", "Egypt"),
        ("Algeria", "Egypt"),
        ("Egypt", "Asia"),
    ]


def test_the_map_is_noted_and_drops_nothing(make_claim, party):
    claim = make_claim("moves", ("from", country("Libya"), None), ("to", country("Italy"), None))
    (over_sea,) = onward_links([claim], party)
    assert over_sea.adjacent is False
    (over_land,) = onward_links(
        [make_claim("moves", ("from", country("Mali"), None), ("to", country("Niger"), None))], party
    )
    assert over_land.adjacent is True
    (afar,) = onward_links(
        [make_claim("moves", ("from", country("Libya"), None), ("to", continent("Europe"), None))], party
    )
    assert afar.adjacent is None


def test_nothing_is_made_of_other_parties_denials_or_single_places(make_claim, party):
    chain = (("from", country("Mali"), None), ("to", country("Niger"), None))
    assert legs([make_claim("moves", *chain, subject="another-group")], party) == []
    assert legs([make_claim("moves", *chain, polarity=-1, certainty=-2.0)], party) == []
    assert legs([make_claim("attacks", *chain)], party) == []
    assert legs([make_claim("moves", ("to", country("Niger"), None))], party) == []
    assert legs([make_claim("moves", ("at", 180.0, None))], party) == []


def test_a_town_stands_for_its_country_on_the_way_there(make_claim, party):
    town = Place(id="t", name="Agadez", kind="populated_place", country="NE", admin1=None, lon=8.0, lat=17.0)
    claim = make_claim("moves", ("from", town, None), ("to", country("Libya"), None))
    assert legs([claim], party) == [("Niger", "Libya", None)]


def test_the_same_leg_of_two_reports_is_one_link_with_both(make_claim, party):
    chain = (("from", country("Chad"), None), ("to", country("Sudan"), None))
    two = [make_claim("moves", *chain, document=d, certainty=c) for d, c in (("one", 1.0), ("two", 2.0))]
    (link,) = onward_links(two, party)
    assert link.claims == tuple(c.id for c in two)
    assert link.certainty == 2.0
    assert len(link.evidence) == 2
    assert onward_links(two[::-1], party) == (link,)


def test_one_document_does_not_go_on_from_another(make_claim, party):
    way = make_claim("passes", ("from", country("Mali"), None), ("to", country("Niger"), None), document="a")
    other = make_claim("passes", ("via", country("Egypt"), None), document="b")
    assert legs([way, other], party) == [("Mali", "Niger", None)]


def test_displaced_people_go_on_too(make_claim, make_question):
    from shapely.geometry import box

    families = make_question(box(0, 16, 2, 18), "civilians").party
    claim = make_claim(
        "displaced", ("from", country("Sudan"), None), ("to", country("Chad"), None), subject="civilians"
    )
    assert legs([claim], families) == [("Sudan", "Chad", None)]
