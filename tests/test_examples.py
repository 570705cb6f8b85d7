"""The example reports come out as their authors state in the expectation file beside each."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from wayout.pipeline import analyse
from wayout.question import Request
from wayout.read.raw_page import RawPage
from wayout.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NAMES = sorted(p.name.removesuffix(".expected.yaml") for p in EXAMPLES.glob("*.expected.yaml"))


@pytest.fixture(scope="module", params=NAMES)
def case(request):
    expected = yaml.safe_load((EXAMPLES / f"{request.param}.expected.yaml").read_text(encoding="utf-8"))
    page = EXAMPLES / f"{request.param}.html"
    raw = RawPage(name=page.name, content=page.read_bytes(), url=None, retrieved=None)
    call = expected["call"]
    at = datetime.combine(call["at"], datetime.min.time(), tzinfo=UTC)
    found = analyse([raw], Request(party=call["party"], area=call["area"], within=call["within"], at=at), Settings())
    return expected, found


def _directions(found):
    return {e.name: e for e in found.reach.exits if e.kind == "direction"}


def test_the_actors_are_resolved(case):
    expected, found = case
    assert set(expected["actors"]) <= {m.ref for m in found.mentions}


def test_the_most_open_direction_is_the_one_the_report_leaves_open(case):
    expected, found = case
    directions = _directions(found)
    assert max(directions.values(), key=lambda e: e.p_reach).name == expected["best_direction"]
    assert directions[expected["best_direction"]].reported


def test_the_closed_directions_are_below_even_odds_but_not_impossible(case):
    expected, found = case
    for name in expected["directions_below_even"]:
        assert 0 < _directions(found)[name].p_reach < 0.45
        assert _directions(found)[name].reported


def test_an_unreported_direction_is_said_to_be_one(case):
    expected, found = case
    for name in expected["unreported_directions"]:
        assert not _directions(found)[name].reported
        assert any(name in line for line in found.situation.unknowns)


def test_the_border_that_comes_first_and_what_decides(case):
    expected, found = case
    if "first_border" in expected:
        borders = [e for e in found.reach.exits if e.kind == "border"]
        assert borders[0].name == expected["first_border"]
        names = {b.id: b for b in found.situation.barriers}
        deciding = names[_directions(found)[expected["best_direction"]].deciding[0].barrier]
        assert not deciding.is_prior
        assert "popular-mobilization-forces" in str(deciding.held_by) or "iraq" in deciding.name.casefold()


def test_the_onward_chain_is_as_reported(case):
    expected, found = case
    links = {(link.start, link.end) for link in found.reach.onward}
    for start, end in expected.get("onward", []):
        assert (start, end) in links


def test_conditions_are_branches_and_staying_is_a_hypothesis(case):
    expected, found = case
    assert bool(found.assessment.branches) == expected["branch"]
    assert any(h.exit is None and "Something" not in h.statement for h in found.assessment.hypotheses)
    assert sum(h.p for h in found.assessment.hypotheses) == pytest.approx(1)


def test_every_claim_slices_back_to_its_words(case):
    _, found = case
    by_id = {d.id: d for d in found.documents}
    for claim in found.claims:
        for span in (*claim.evidence, *claim.words):
            assert by_id[claim.document].quote(span).strip()
