"""What a report is worth goes before what a barrier is worth, and neither is told twice."""

from dataclasses import replace

import pytest
import shapely

from wayout.assess.levers import MOST, MOST_UNREPORTED, find_levers
from wayout.model import Barrier, ReportInfluence
from wayout.model.assessment import LEAST_CHANGE


def _barrier(build, id_, p=0.5, *, prior=False, kind="sealed"):
    return Barrier(
        id=id_,
        name=id_,
        kind=kind,
        geometry=shapely.box(0, 0, 1, 1),
        group=id_,
        p_closed=p,
        is_prior=prior,
        made_by=build.step,
    )


def _report(claim, barriers, worth, right=0.2, wrong=0.8):
    return ReportInfluence(
        claim=claim,
        barriers=barriers,
        importance=wrong - right,
        p_reach_if_right=right,
        p_reach_if_wrong=wrong,
        value_of_information=worth,
    )


def _with_reports(pair, barriers, *reports):
    situation, reach = pair
    first, *rest = reach.exits
    return replace(situation, barriers=barriers), replace(reach, exits=(replace(first, reports=reports), *rest))


def test_a_report_behind_two_barriers_is_one_lever_worth_its_information(build, world):
    barriers = (_barrier(build, "road"), _barrier(build, "bridge"))
    situation, reach = _with_reports(
        world((0.5, 0.1, 0.1, 0.1), deciding=(("road", 0.3), ("bridge", 0.2))),
        barriers,
        _report("claim-a", ("bridge", "road"), 0.24),
    )
    (lever,) = find_levers(situation, reach)
    assert (lever.barrier, lever.others) == ("road", ("bridge",))
    assert lever.expected_change == pytest.approx(0.24)
    assert lever.swing == pytest.approx(0.48)
    assert (lever.p_reach_if_open, lever.p_reach_if_closed) == (0.8, 0.2)


def test_words_about_the_way_as_a_whole_are_no_lever(build, world):
    barriers = (_barrier(build, "the way north", kind="stated_open"),)
    situation, reach = _with_reports(world((0.5, 0.1, 0.1, 0.1)), barriers, _report("claim-a", ("the way north",), 0.4))
    assert find_levers(situation, reach) == ()


def test_of_two_reports_equally_worth_the_one_behind_fewer_barriers_is_asked_about(build, world):
    barriers = (_barrier(build, "road"), _barrier(build, "bridge"))
    situation, reach = _with_reports(
        world((0.5, 0.1, 0.1, 0.1)),
        barriers,
        _report("claim-a", ("bridge", "road"), 0.3),
        _report("claim-b", ("road",), 0.3),
    )
    assert [(lever.barrier, lever.others) for lever in find_levers(situation, reach)] == [("road", ())]


def test_what_moves_no_figure_on_average_is_left_out(build, world):
    barriers = (_barrier(build, "road"), _barrier(build, "bridge"))
    situation, reach = _with_reports(
        world((0.5, 0.1, 0.1, 0.1)),
        barriers,
        _report("claim-a", ("road",), LEAST_CHANGE),
        _report("claim-b", ("bridge",), LEAST_CHANGE * 0.99),
    )
    assert [lever.barrier for lever in find_levers(situation, reach)] == ["road"]


def test_many_small_barriers_nobody_speaks_of_do_not_fill_the_list(build, world):
    priors = tuple(_barrier(build, f"far-{n}", prior=True) for n in range(9))
    told = tuple(_barrier(build, f"told-{n}") for n in range(9))
    deciding = tuple((b.id, 0.9) for b in (*priors, *told))
    situation, reach = world((0.5, 0.1, 0.1, 0.1), deciding=deciding)
    alone = find_levers(replace(situation, barriers=(*priors, *told)), reach)
    assert len(alone) == MOST
    assert not any(lever.barrier.startswith("far") for lever in alone)
    silent = tuple(replace(e, deciding=e.deciding[:9]) for e in reach.exits)
    assert len(find_levers(replace(situation, barriers=priors), replace(reach, exits=silent))) == MOST_UNREPORTED
