import pytest

from wayout.locate.resolving.constants import constant
from wayout.locate.resolving.links import links_of
from wayout.locate.resolving.nodes import Node
from wayout.model import Place


def place(name, kind, country, admin1=None):
    return Place(id=f"test:{name}-{kind}-{country}", name=name, kind=kind, country=country, admin1=admin1, lon=1, lat=1)


def links(text, *names):
    nodes = []
    for name, kind in names:
        start = text.index(name)
        nodes.append(Node(name, [(start, start + len(name))], [place(name, kind, "XX")], [1.0]))
    return [(names[one.inner][0], names[one.outer][0], one.worth) for one in links_of(text, nodes)]


@pytest.mark.parametrize(
    "text",
    [
        "They met in Kita, Mali.",
        "They met in Kita (Mali).",
        "They met in Kita, a small town in western Mali.",
        "They met in Kita in Mali.",
        "Mali's Kita fell.",
        "Mali's northern town of Kita fell.",
    ],
)
def test_the_text_says_that_one_lies_in_the_other(text):
    ((inner, outer, worth),) = links(text, ("Kita", "populated_place"), ("Mali", "country"))
    assert (inner, outer) == ("Kita", "Mali")
    assert worth >= constant("said_in")


@pytest.mark.parametrize("text", ["They left Kita and Mali spoke.", "They left Kita. Mali spoke.", "Kita to Mali"])
def test_other_words_say_nothing(text):
    assert links(text, ("Kita", "populated_place"), ("Mali", "country")) == []


def test_two_countries_are_a_list():
    ((_, _, worth),) = links("Chad, Niger and others voted.", ("Chad", "country"), ("Niger", "country"))
    assert worth < 1


def said(text, *names):
    nodes = []
    for name, kind in names:
        start = text.index(name)
        nodes.append(Node(name, [(start, start + len(name))], [place(name, kind, "XX")], [1.0]))
    return {(names[one.inner][0], names[one.outer][0]): one for one in links_of(text, nodes)}


def test_a_sentence_that_opens_with_where_it_plays_speaks_of_places_there():
    town, area = ("Kita", "populated_place"), ("Kayes", "admin1")
    assert said("It was calm. In Kayes, they fled to Kita.", town, area)["Kita", "Kayes"].worth == constant("scene")
    assert said("It was calm. In the Kayes region, they fled to Kita.", town, area)
    assert not said("It was calm in Kayes. They fled to Kita.", town, area)
    assert not said("In Kayes, it was calm. They fled to Kita.", town, area)


def test_what_is_said_of_the_last_of_a_row_is_said_of_all():
    row = [("Kita", "populated_place"), ("Toukoto", "populated_place"), ("Kayes", "admin1")]
    found = said("They took Kita and Toukoto in Kayes.", *row)
    assert found["Toukoto", "Kayes"].worth > found["Kita", "Kayes"].worth > 0
    assert found["Toukoto", "Kayes"].stated
    assert not found["Kita", "Kayes"].stated


def test_a_quarter_of_a_town_lies_in_it_and_not_the_town_in_the_quarter():
    found = said("They shelled the Dora district of Bamako.", ("Dora", "populated_place"), ("Bamako", "admin1"))
    assert set(found) == {("Dora", "Bamako")}
    assert found["Dora", "Bamako"].stated
