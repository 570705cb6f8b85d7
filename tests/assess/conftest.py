import numpy as np
import pytest
import shapely

from wayout.model import BarrierInfluence, ClaimBelief, Exit, Reach, Situation


@pytest.fixture
def world(build):
    """Four directions with given openness, and a situation that believes every claim at the given probability."""

    def make(p_reach, claims=(), p=0.9, deciding=()):
        exits = tuple(
            Exit(
                id=f"exit-{name}",
                name=name,
                kind="direction",
                geometry=shapely.Point(0, 0),
                bearing_deg=bearing,
                p_reach=open_,
                p_low=open_,
                p_high=open_,
                deciding=tuple(
                    BarrierInfluence(barrier=b, importance=i, p_reach_if_open=0.9, p_reach_if_closed=0.9 - i)
                    for b, i in deciding
                ),
                made_by=build.step,
            )
            for name, bearing, open_ in zip(("north", "east", "south", "west"), (0, 90, 180, 270), p_reach, strict=True)
        )
        reach = Reach(
            source=shapely.box(4, 22, 5, 23),
            exits=exits,
            onward=(),
            horizon_h=336,
            n_draws=1,
            cell_km=5,
            p_surface=np.zeros((2, 2), dtype=np.float32),
            surface_bounds=(0, 0, 1, 1),
            made_by=build.step,
        )
        beliefs = tuple(ClaimBelief(claim=c.id, p_true=p, origin="one mouth") for c in claims)
        return Situation(at=build.at, beliefs=beliefs), reach

    return make
