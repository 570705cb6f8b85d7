import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wayout.assess.hypotheses import weigh_hypotheses

AREA = (4.0, 22.0, 5.0, 23.0)


@pytest.fixture
def weigh(build, world):
    question = build.question(build.box(*AREA))
    actors = {"the-group": build.actor("the-group")}

    def run(p_reach, claims=(), p=0.9):
        situation, reach = world(p_reach, claims, p)
        return weigh_hypotheses(claims, situation, reach, question, actors)

    return run


def _p(hypotheses, words):
    return next(h.p for h in hypotheses if words in h.statement)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.tuples(*[st.floats(0, 1)] * 4))
def test_probabilities_sum_to_one_and_nobody_leaves_by_a_way_more_often_than_it_can_be_gone(weigh, p_reach):
    hypotheses = weigh(p_reach)
    assert sum(h.p for h in hypotheses) == pytest.approx(1)
    for name, open_ in zip(("north", "east", "south", "west"), p_reach, strict=True):
        assert _p(hypotheses, f"to the {name}") <= open_ + 1e-9
    assert any("stays" in h.statement for h in hypotheses)
    assert any("Something else" in h.statement for h in hypotheses)


def test_it_stays_when_every_way_is_closed(weigh):
    assert _p(weigh((0, 0, 0, 0)), "stays") > 0.9


def test_the_open_way_is_the_likely_way(weigh):
    hypotheses = weigh((0.1, 0.1, 0.8, 0.3))
    leaving = [h for h in hypotheses if "leaves" in h.statement]
    assert "south" in leaving[0].statement


def test_reports_that_it_will_move_south_raise_south_and_lower_staying(weigh, build):
    document = build.document("The group may move south. The group may move south, said others.")
    south = build.region("south", build.box(4, 20, 5, 21), bearing=180.0)
    claim = build.claim(document, "may move south", "moves", subject="the-group", certainty=1, regions={"to": south})
    before, after = weigh((0.5,) * 4), weigh((0.5,) * 4, (claim,))
    assert _p(after, "south") > _p(before, "south")
    assert _p(after, "south") > _p(after, "north")
    assert _p(after, "stays") < _p(before, "stays")


def test_the_same_kind_of_report_from_one_origin_counts_once(weigh, build):
    document = build.document("It may move. It may move soon.")
    first = build.claim(document, "It may move.", "moves", subject="the-group")
    again = build.claim(document, "It may move soon", "moves", subject="the-group")
    once, twice = weigh((0.5,) * 4, (first,)), weigh((0.5,) * 4, (first, again))
    assert [h.p for h in once] == [h.p for h in twice]


def test_a_claim_of_no_worth_moves_nothing(weigh, build):
    document = build.document("It may move.")
    claim = build.claim(document, "It may move.", "moves", subject="the-group")
    assert [h.p for h in weigh((0.5,) * 4)] == pytest.approx([h.p for h in weigh((0.5,) * 4, (claim,), p=0.5)])
