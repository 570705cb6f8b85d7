"""Worlds that share what was solved get the same answers as worlds explored on their own."""

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from wayout import pipeline
from wayout.question import Request
from wayout.read.raw_page import RawPage
from wayout.settings import Settings
from wayout.worlds import Worlds

PAGE = Path(__file__).resolve().parents[1] / "examples" / "djibo.html"


class _Recording(Worlds):
    """Remembers how it was made and which worlds it was asked for."""

    made: ClassVar[tuple] = ()
    asked: ClassVar[list] = []

    def __init__(self, *parts):
        super().__init__(*parts)
        type(self).made, type(self).asked = parts, []

    def picture(self, world):
        answer = super().picture(world)
        self.asked.append((tuple(world), answer))
        return answer


@pytest.fixture(scope="module")
def run():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Worlds", _Recording)
        request = Request(
            party="aid convoy", area="Djibo", within="7d", at=datetime(2022, 10, 12, tzinfo=UTC), aim=None
        )
        pipeline.analyse([RawPage(name=PAGE.name, content=PAGE.read_bytes())], request, Settings())
    return _Recording


def _ways(reach):
    return [(e.id, e.p_reach, e.reported, e.travel_time_h_p50) for e in reach.exits]


def test_a_world_asked_after_others_is_answered_as_if_it_were_the_first(run):
    worlds = {tuple(c.id + str(c.certainty) for c in world): (world, answer) for world, answer in run.asked}
    assert len(worlds) > 1
    for world, (situation, reach) in worlds.values():
        alone, reached = Worlds(*run.made).picture(world)
        assert alone == situation
        assert _ways(reached) == _ways(reach)


def test_the_same_barriers_are_explored_once(run, monkeypatch):
    worlds = Worlds(*run.made)
    world, _ = run.asked[0]
    worlds.picture(world)
    monkeypatch.setattr(worlds, "_explore", lambda *_: pytest.fail("explored again"))
    worlds.picture(world)
