"""Who is where, who holds what, what is open: as of a day, from claims of many days."""

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from wayout.errors import InputError
from wayout.fuse.situation import fuse_claims
from wayout.fuse.weighing.assessed import ASSESSED
from wayout.model import Source, TimeValue
from wayout.model.judgement import make_judgement

CROSSINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "geo" / "border_crossings" / "crossings.csv"
TEXT = "The army took the town. The rebels hold the town. The army lost the town. Jets bombed the town."


@pytest.fixture
def scene(build):
    actors = {a.id: a for a in (build.actor("army"), build.actor("rebels"), build.actor("guard", parent="army"))}
    actors["people"] = build.actor("people", "civilians")
    town = build.region("the town", build.box(40.0, 34.0, 40.1, 34.1), where_prec=2)

    def say(words, predicate, days_ago, *, by="Test Wire", **fields):
        document = build.document(TEXT + f" {by} {days_ago}", published=build.at - timedelta(days=days_ago))
        document = replace(document, source=Source(name=by, reliability="B"))
        return document, build.claim(document, words, predicate, regions={"at": town}, **fields)

    def fuse(*said, days_later=0, judgements=()):
        question = replace(build.question(build.box(38, 33, 39, 34)), at=build.at + timedelta(days=days_later))
        documents, claims = zip(*said, strict=True)
        return fuse_claims(claims, documents, question, actors, judgements=judgements)

    return say, fuse


def _held(situation, layer="reported"):
    return {c.actor: c.p_held for c in situation.controls if c.layer == layer}


def test_the_last_to_take_a_place_holds_it(scene):
    say, fuse = scene
    held = say("The rebels hold", "holds", 30, subject="rebels")
    taken = say("The army took", "takes", 10, subject="army", by="Other Wire")
    before, after = _held(fuse(held)), _held(fuse(held, taken))
    assert before["rebels"] > 0.7
    assert after["army"] > 0.7
    assert after["rebels"] < 0.2
    assert sum(after.values()) < 1


def test_two_forces_of_one_side_hold_a_place_together(scene):
    say, fuse = scene
    held = _held(
        fuse(say("The rebels hold", "holds", 30, subject="guard"), say("The army took", "takes", 10, subject="army"))
    )
    assert min(held.values()) > 0.7


def test_what_a_side_says_of_itself_is_another_layer(scene, build):
    from wayout.model import Attribution

    say, fuse = scene
    own = Attribution(name="the guard", actor="guard", source_span=None, cue_span=None)
    situation = fuse(
        say("The army took", "takes", 5, subject="army", attributed_to=own),
        say("The rebels hold", "holds", 3, subject="rebels"),
    )
    assert set(_held(situation, "claimed")) == {"army"}
    assert set(_held(situation)) == {"rebels"}
    assert _held(situation, "claimed")["army"] > 0.6  # not cut by what others report: layers do not argue
    assert _held(situation, "assessed") == {}


def test_only_people_assess_and_their_newest_word_counts(scene, build):
    say, fuse = scene
    held = say("The rebels hold", "holds", 3, subject="rebels")
    control = fuse(held).controls[0]

    def judge(p, hours):
        when = build.at - timedelta(hours=hours)
        return make_judgement(kind=ASSESSED, about=control.id, made_at=when, by="an analyst", value={"p_held": p})

    later = replace(judge(0.9, 0), made_at=build.at + timedelta(days=2))
    situation = fuse(held, judgements=[judge(0.2, 2), judge(0.4, 5), later])
    assert _held(situation, "assessed") == {"rebels": 0.2}
    assert _held(situation) == _held(fuse(held))
    stray = make_judgement(kind=ASSESSED, about="control-gone", made_at=build.at, by="x", value={"p_held": 0.5})
    assert any("control-gone" in line for line in fuse(held, judgements=[stray]).unknowns)
    with pytest.raises(InputError, match="p_held"):
        fuse(held, judgements=[judge(7, 1)])


def test_belief_that_a_place_is_still_held_fades_and_that_it_was_taken_does_not(scene):
    say, fuse = scene
    taken = say("The army took", "takes", 0, subject="army")
    now, later = fuse(taken), fuse(taken, days_later=900)
    assert _held(later)["army"] < _held(now)["army"]
    assert [o.p_true for o in later.operations] == [o.p_true for o in now.operations]
    assert now.controls[0].last_evidence == later.controls[0].last_evidence == date(2024, 6, 1)


def test_a_clash_puts_both_sides_there_and_a_strike_only_who_is_struck(scene):
    say, fuse = scene
    clash = fuse(say("The army lost", "clashes", 1, subject="army", object="rebels"))
    strike = fuse(say("Jets bombed", "strikes", 1, subject="army", object="rebels"))
    shelled = fuse(say("Jets bombed", "strikes", 1, subject="army", object="people"))
    assert {p.actor for p in clash.presences} == {"army", "rebels"}
    assert {p.actor for p in strike.presences} == {"rebels"}
    assert shelled.presences == ()


def test_seen_fighting_again_and_again_is_likelier_to_be_seen_again(scene):
    say, fuse = scene
    once = [say("The army lost", "clashes", 2, subject="army", object="rebels")]
    often = [say("The army lost", "clashes", d, subject="army", object="rebels") for d in range(2, 20)]
    copied = [*once, say("The army lost", "clashes", 2, subject="army", object="rebels", by="Copy")]
    p_once, p_often, p_copied = (fuse(*said).presences[0].p_active for said in (once, often, copied))
    assert 0.2 < p_once < 0.6 < p_often
    assert p_copied == p_once
    assert fuse(say("The rebels hold", "holds", 2, subject="rebels")).presences[0].p_active is None


def test_reports_from_after_the_picture_are_left_out_and_said_to_be(scene):
    say, fuse = scene
    held = say("The rebels hold", "holds", 3, subject="rebels")
    later = say("The army took", "takes", -5, subject="army")
    situation = fuse(held, later)
    assert _held(situation) == _held(fuse(held))
    assert len(situation.beliefs) == 1
    assert "Reports published after the time of the picture are left out: 1." in situation.unknowns


# The crossings of Syria and Iraq, 2017 to 2018, fed as claims.


def _as_of(text):
    """First and last day of "2017", "2018-10" or a day."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    first = date(parts[0], parts[1], 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


SIDES = {"government": "government-of-syria", "SDF/Kurds": "syrian-democratic-forces", "IS": "islamic-state"}


@pytest.fixture
def crossings(build):
    if not CROSSINGS.exists():
        pytest.skip(f"the table of crossings is not at {CROSSINGS}")
    actors = {a: build.actor(a) for a in (*SIDES.values(), "government-of-iraq")}
    documents, claims = [], []
    with CROSSINGS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if not row["lon"]:
                continue
            lon, lat = float(row["lon"]), float(row["lat"])
            region = build.region(row["name"], build.box(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01), where_prec=1)
            text = ", ".join(row.values())
            _, last = _as_of(row["source_date"])
            document = build.document(text, published=datetime(last.year, last.month, last.day, tzinfo=UTC))
            document = replace(document, source=Source(name=row["source"].split(",")[0], reliability="C"))
            documents.append(document)

            def time(words, start, end, document=document):
                return TimeValue(text=words, span=document.span(0, 4), start=start, end=end, date_prec=1)

            side = row["controller_first_side"]
            if row["border"].startswith("Iraq"):
                holder = "government-of-iraq"
            elif side.startswith("Syrian government"):
                holder = SIDES["government"]
            else:
                holder = SIDES.get(side)  # "mixed", "not Syrian government": nobody in particular
            if holder is not None:
                when = time(row["as_of"], *_as_of(row["as_of"]))
                claims.append(build.claim(document, side, "holds", subject=holder, regions={"at": region}, time=when))
            status = row["status"].split(" ")[0]
            if status in ("open", "closed"):
                since = re.search(r"\d{4}-\d{2}-\d{2}", row["status"]) if status == "open" else None
                when = time(since[0], date.fromisoformat(since[0]), None) if since else None
                claims.append(
                    build.claim(
                        document,
                        row["status"],
                        "opens" if status == "open" else "seals",
                        regions={"at": region},
                        time=when,
                    )
                )

    def picture(day):
        question = replace(
            build.question(build.box(38, 33, 39, 34)), at=datetime.combine(day, datetime.min.time(), UTC)
        )
        situation = fuse_claims(claims, documents, question, actors)
        held = {}
        for c in situation.controls:
            held.setdefault(c.region.phrase, []).append((c.p_held, c.actor, c.last_evidence))
        ways = {p.region.phrase: (p.p_open, p.last_evidence) for p in situation.ways}
        return {place: max(holders) for place, holders in held.items()}, ways

    return picture


def test_the_crossings_on_the_day_of_the_worked_example(crossings):
    held, ways = crossings(date(2019, 5, 8))
    p, actor, last = held["Abu Kamal-Al-Qa'im"]
    assert (actor, last) == (SIDES["government"], date(2018, 10, 16))
    assert p > 0.5
    p, actor, last = held["Yarubiyah-Rabi'ah"]
    assert (actor, last) == (SIDES["SDF/Kurds"], date(2018, 10, 16))
    assert p > 0.5
    assert held["Nasib-Jaber"][1] == SIDES["government"]
    assert ways["Nasib-Jaber"][0] > 0.55
    assert ways["Nasib-Jaber"][1] == date(2018, 10, 15)
    assert ways["Trebil-Karameh"][0] > 0.5
    assert ways["Trebil-Karameh"][1] == date(2017, 8, 30)


def test_a_status_that_is_empty_or_unknown_is_no_statement(crossings):
    _, ways = crossings(date(2019, 5, 8))
    assert set(ways) == {"Nasib-Jaber", "Trebil-Karameh", "Abu Kamal-Al-Qa'im"}
    assert ways["Abu Kamal-Al-Qa'im"][0] < 0.5  # closed, its reopening only announced


def test_the_crossings_at_earlier_dates_were_in_their_earlier_state(crossings):
    held, ways = crossings(date(2018, 8, 1))
    assert ways["Nasib-Jaber"][0] < 0.4
    assert held["Abu Kamal-Al-Qa'im"][1] == SIDES["IS"]
    held, ways = crossings(date(2018, 1, 5))
    assert "Nasib-Jaber" not in ways
    assert held["Yarubiyah-Rabi'ah"][1] == SIDES["SDF/Kurds"]


def test_doubt_about_a_crossing_grows_with_its_silence(crossings):
    p = [crossings(day)[1]["Nasib-Jaber"][0] for day in (date(2018, 10, 20), date(2019, 1, 1), date(2019, 5, 8))]
    assert p == sorted(p, reverse=True)
    assert p[0] > 0.85


def test_the_order_of_reports_changes_nothing_at_all(scene):
    say, fuse = scene
    said = [
        say("The rebels hold", "holds", 9, subject="rebels"),
        say("The rebels hold", "holds", 3, subject="rebels", by="Other Wire"),
        say("The army took", "takes", 3, subject="army", by="Third Wire"),
        say("The army lost", "clashes", 3, subject="army", object="rebels"),
        say("Jets bombed", "strikes", 3, subject="army", object="rebels", by="-"),
    ]
    straight = fuse(*said)
    for order in ([4, 3, 2, 1, 0], [2, 4, 0, 3, 1], [1, 0, 4, 2, 3]):
        assert fuse(*(said[k] for k in order)) == straight
