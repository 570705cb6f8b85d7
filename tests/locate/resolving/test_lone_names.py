"""A name alone is weighed as all names together are: the one formula and the rounds of settling say the same."""

from random import Random

import pytest

from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.resolving import resolve
from wayout.locate.resolving.lone_names import weigh_lone_name
from wayout.locate.resolving.nodes import context_nodes, nodes_of_text


def _nodes(name, countries):
    gazetteer = open_gazetteer()
    context = PhraseContext(countries=countries)
    return [*nodes_of_text(name, [(0, len(name))], gazetteer), *context_nodes(context, gazetteer)]


def _names():
    towns = open_gazetteer().some_towns(Random(7), 60)
    fixed = ["Tripoli", "Georgia", "Jordan", "Red Sea", "Sahel", "Central African Republic", "Niger", "Gaza", "Anbar"]
    return [(name, "") for name in fixed] + [(town.name, town.country) for town in towns]


@pytest.mark.parametrize("spoken", [{}, {"own": 1.0}, {"own": 0.7, "SD": 0.3}, {"UA": 1.0}])
def test_one_formula_says_what_the_rounds_say(spoken, monkeypatch):
    gazetteer = open_gazetteer()
    n_lone = 0
    for name, own in _names():
        countries = {code if code != "own" else own or "LY": share for code, share in spoken.items()}
        n_lone += weigh_lone_name(_nodes(name, countries)) is not None
        asked = (name, [(0, len(name))], gazetteer)
        (quick,) = resolve.resolve_toponyms(*asked, context=PhraseContext(countries=countries))
        with monkeypatch.context() as patch:
            patch.setattr(resolve, "weigh_lone_name", lambda nodes: None)
            (slow,) = resolve.resolve_toponyms(*asked, context=PhraseContext(countries=countries))
        assert [p.id for p, _ in quick.readings] == [p.id for p, _ in slow.readings], name
        assert [w for _, w in quick.readings] == pytest.approx([w for _, w in slow.readings], abs=1e-9), name
        assert (quick.method, quick.p_unlisted) == (slow.method, pytest.approx(slow.p_unlisted, abs=1e-9)), name
    assert n_lone > 3


@pytest.mark.parametrize("name", ["Xyzzyville", "Goma, Congo"])
def test_what_needs_more_than_its_own_name_is_settled_together(name):
    assert weigh_lone_name(_nodes(name, {"SD": 1.0})) is None
