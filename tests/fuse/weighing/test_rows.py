import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from wayout.fuse.weighing.evidence import Evidence, believe, day_of
from wayout.fuse.weighing.propositions import cell_key, parse_proposition, place_key
from wayout.fuse.weighing.rows import evidence_rows, spoken_day
from wayout.model import Place, TimeValue

TEXT = "The army took the town from the rebels, who withdrew; if the bridge falls, it is cut off."


@pytest.fixture
def scene(build):
    document = build.document(TEXT)
    town = build.region("the town", build.box(40.0, 34.0, 40.1, 34.1), where_prec=2)
    actors = {a.id: a for a in (build.actor("army"), build.actor("rebels"), build.actor("leader", "person"))}

    def rows(predicate, *, role="at", weight=1.0, condition=None, **fields):
        claim = build.claim(document, "took", predicate, regions={role: town}, **fields)
        made = evidence_rows(claim, document, "mouth", actors, weight, condition)
        return {(p.kind, p.actor): row for row in made for p in [parse_proposition(row.proposition)]}

    return rows, document, town


def test_a_capture_says_that_it_happened_who_is_there_who_holds_it_and_who_no_longer_does(scene):
    rows, *_ = scene
    said = rows("takes", subject="army", object="rebels")
    assert set(said) == {
        ("claim", ""),
        ("happened", "army"),
        ("present", "army"),
        ("holds", "army"),
        ("holds", "rebels"),
    }
    assert said["holds", "army"].shift > 0 > said["holds", "rebels"].shift
    assert said["happened", "army"].half_life_days == float("inf") > said["holds", "army"].half_life_days


def test_who_withdraws_is_no_longer_there_and_no_longer_holds_it(scene):
    rows, *_ = scene
    said = rows("withdraws", role="from", subject="rebels")
    assert said["present", "rebels"].shift < 0
    assert said["holds", "rebels"].shift < 0
    assert ("open", "") not in said


@pytest.mark.parametrize(
    "fields", [{"mood": "intent"}, {"mood": "question"}, {"tense": "future"}, {"modality": "conditional"}]
)
def test_what_is_planned_asked_or_supposed_is_no_state(scene, fields):
    rows, *_ = scene
    assert set(rows("takes", subject="army", **fields)) == {("claim", "")}


def test_named_persons_are_nowhere(scene):
    rows, *_ = scene
    assert not {k for k in rows("clashes", subject="leader", object="army") if k == ("present", "leader")}


def test_open_words_change_nothing_and_denials_pull_down(scene):
    rows, *_ = scene
    assert rows("present", subject="army", certainty=0.0)["present", "army"].shift == pytest.approx(0)
    shifts = [rows("present", subject="army", certainty=c)["present", "army"].shift for c in (-3, -1, 0, 1, 2, 3)]
    assert shifts == sorted(shifts)
    assert shifts[1] < 0 < shifts[3]


def test_a_condition_in_doubt_leaves_its_consequence_nearer_to_open(scene, build):
    _, document, town = scene
    doubtful = build.claim(document, "bridge falls", "other", certainty=-2.0)
    free = build.claim(document, "took", "holds", subject="army", regions={"at": town})
    bound = replace(free, condition=doubtful.id)
    words = [
        evidence_rows(claim, document, "mouth", {}, 1.0, condition)[-1].words
        for claim, condition in ((free, None), (bound, doubtful), (bound, None))
    ]
    assert words[0] > words[2] > words[1] > 0


def test_the_day_spoken_of(scene, build):
    _, document, town = scene

    def day(start, end, predicate="takes"):
        time = TimeValue(text="t", span=document.span(0, 1), start=start, end=end, date_prec=1)
        return spoken_day(build.claim(document, "took", predicate, regions={"at": town}, time=time), document)

    may = day_of(build.at - timedelta(days=31))
    assert day(date(2024, 5, 1), date(2024, 5, 1)) == may
    assert day(date(2024, 5, 1), None) == may
    assert math.isnan(day(date(2024, 5, 1), None, "holds"))  # "held since May": the report's own day
    assert day(date(2024, 6, 9), date(2024, 6, 10)) > day_of(build.at)


def test_two_spellings_of_one_entry_are_one_place_and_two_valleys_are_two(build):
    box = build.box(40.0, 34.0, 40.1, 34.1)
    entry = Place(id="gn:1", name="Al-Bukamal", kind="populated_place", country="SY", admin1=None, lon=40.0, lat=34.0)

    def region(phrase, geometry=box, **changes):
        made = build.region(phrase, geometry)
        return replace(made, **changes)

    named = [
        replace(r, method="name", parts=(replace(r.parts[0], place=entry),))
        for r in (region("Abu Kamal"), region("Al-Bukamal"))
    ]
    assert place_key(named[0]) == place_key(named[1]) == "gn:1"
    assert place_key(region("the valley")) != place_key(region("the valley", build.box(1, 2, 3, 4)))
    north = build.region("the north", box, bearing=0.0)
    assert place_key(north, "doc-1") != place_key(north, "doc-2")


def test_cells_are_those_of_prio_grid(build):
    assert cell_key(
        build.region("a village", build.box(36.7076, 34.8024, 36.7076, 34.8024).buffer(1e-6), where_prec=1)
    ) == ("cell 179714")
    assert cell_key(build.region("a province", build.box(36, 34, 38, 36), where_prec=4)) is None


def test_a_report_that_is_undated_counts_less_at_any_date(scene, build):
    _, document, town = scene
    undated = replace(document, published=None)
    p = []
    for report in (document, undated):
        claim = build.claim(report, "took", "holds", subject="army", regions={"at": town})
        rows = evidence_rows(claim, report, "mouth", {})
        believed = believe(Evidence.of(rows), build.at).by_key()
        p.append(max(believed[r.proposition] for r in rows[1:]))
    assert p[0] > p[1] > 0.5
