from dataclasses import replace

import pytest
import shapely

from wayout.assess.levers import find_levers
from wayout.model import Barrier


def _barrier(build, id_, p, *, prior=False):
    return Barrier(
        id=id_,
        name=id_,
        kind="sealed",
        geometry=shapely.box(0, 0, 1, 1),
        group=id_,
        p_closed=p,
        is_prior=prior,
        made_by=build.step,
    )


def test_the_doubtful_barrier_on_the_leading_way_would_change_the_answer_most(build, world):
    situation, reach = world((0.1, 0.1, 0.6, 0.2), deciding=(("doubtful", 0.6), ("settled", 0.6)))
    situation = replace(situation, barriers=(_barrier(build, "settled", 0.98), _barrier(build, "doubtful", 0.5)))
    levers = find_levers(situation, reach)
    assert [lever.barrier for lever in levers] == ["doubtful", "settled"]
    assert levers[0].swing == pytest.approx(0.6)


def test_reports_come_before_priors_at_the_same_swing(build, world):
    situation, reach = world((0.1, 0.1, 0.6, 0.2), deciding=(("prior", 0.5), ("report", 0.5)))
    situation = replace(situation, barriers=(_barrier(build, "prior", 0.5, prior=True), _barrier(build, "report", 0.5)))
    assert [lever.barrier for lever in find_levers(situation, reach)] == ["report", "prior"]


def test_what_decides_nothing_is_no_lever(build, world):
    situation, reach = world((0.5,) * 4, deciding=(("idle", 0.001),))
    situation = replace(situation, barriers=(_barrier(build, "idle", 0.5),))
    assert find_levers(situation, reach) == ()
