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
    return [(names[i][0], names[o][0], worth) for i, o, worth in links_of(text, nodes)]


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
