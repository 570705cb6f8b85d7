"""The readable rendering shows every claim with its words, and a hostile text cannot steer the terminal."""

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from wayout.cli.claim_words import THEME, word_roles
from wayout.cli.render_claims import MAX_MISSES, ReadingView, certainty_word, legend, said_by
from wayout.extract.suggestions import STEP_NAME
from wayout.model import Attribution, Claim, Miss, PlaceUse, Reading, Step, TimeValue

TEXT = "Residents said on Monday that the army may seal the road to Kosti if JNIM attacks. JNIM denied it."


def span(document, words):
    start = document.text.index(words)
    return document.span(start, start + len(words))


def shown(reading, actors=None, *, width=100, **options):
    out = io.StringIO()
    console = Console(file=out, width=width, theme=THEME, markup=False, highlight=False, emoji=False, **options)
    console.print(ReadingView(reading, actors or {}))
    return out.getvalue()


@pytest.fixture
def document(build):
    return build.document(TEXT)


def claim(document, build, words, evidence, **fields):
    return Claim(
        id=f"claim-{words}",
        document=document.id,
        words=tuple(span(document, w) for w in words.split("|")),
        evidence=(span(document, evidence),),
        made_by=build.step,
        **{"subject": None, "object": None, "certainty": 3.0, **fields},
    )


@pytest.fixture
def reading(document, build):
    road = span(document, "the road to Kosti")
    attack = claim(
        document, build, "attacks|JNIM", "if JNIM attacks", predicate="attacks", subject_text="JNIM", certainty=0.0
    )
    seal = claim(
        document,
        build,
        "seal|the army|the road to Kosti|may",
        "the army may seal the road to Kosti if JNIM attacks",
        predicate="seals",
        subject="saf",
        subject_text="the army",
        object_text="the road to Kosti",
        places=(PlaceUse(role="at", phrase="the road to Kosti", span=road),),
        time=TimeValue(text="Monday", span=span(document, "Monday"), start=None, end=None, date_prec=1),
        attributed_to=Attribution(
            name="Residents",
            actor=None,
            source_span=span(document, "Residents"),
            cue_span=span(document, "said"),
            named=False,
            via=Attribution(name="a wire", actor=None, source_span=None, cue_span=None),
        ),
        modality="conditional",
        certainty=1.0,
        condition=attack.id,
        event_type="COERCE",
        sub_event_type="Disrupted weapons use",
    )
    denial = claim(
        document, build, "denied", "JNIM denied it", predicate="attacks", certainty=-2.0, polarity=-1, denies=attack.id
    )
    return Reading(document=document, claims=(seal, attack, denial))


def test_a_claim_is_told_with_its_parts(reading, build):
    told = " ".join(shown(reading, {"saf": build.actor("sudanese-armed-forces")}).split())
    for part in (
        "the army [Sudanese Armed Forces] seals at the road to Kosti Monday",
        "“the army may seal the road to Kosti if JNIM attacks”",
        "possible +1.0 · conditional · COERCE / Disrupted weapons use · said by Residents (unnamed), via a wire",
        "only if (2) holds",
        "somebody not (attacks)",
        "not probable -2.0",
        "denies (2)",
    ):
        assert part in told


def test_the_words_carry_their_roles(reading):
    seal = reading.claims[0]
    styles = {reading.document.quote(s): style for s, style in word_roles(seal, reading.document)}
    assert styles == {
        "seal": "deed",
        "the army": "who",
        "the road to Kosti": "where",
        "may": "hedge",
        "Monday": "when",
        "Residents": "source",
        "said": "source",
    }


def test_colours_are_left_out_where_asked(reading, monkeypatch):
    colour = re.compile(r"\x1b\[(?:\d+;)*3[0-7]")
    assert colour.search(shown(reading, force_terminal=True, color_system="standard"))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour.search(shown(reading, force_terminal=True, color_system="standard"))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(reading, width):
    assert max(len(line) for line in shown(reading, width=width).splitlines()) <= width


HOSTILE = "The army [bold]took\x1b[2J\x9b31m\u202e Kosti\u2066 :smile: \ud800 today.\x07"


def test_a_hostile_text_steers_nothing(build):
    document = build.document(HOSTILE.replace("\ud800", "\ufffd"))
    document = replace(document, text=HOSTILE, title=HOSTILE, url="https://x/\x1b]8;;evil")
    whole = document.span(0, len(HOSTILE))
    held = claim(document, build, "took", "took", predicate="takes", subject_text=HOSTILE, subject="unknown:\x1b[1m")
    held = replace(held, evidence=(whole,))
    told = shown(
        Reading(document=document, claims=(held,), misses=(Miss(what="\x1b[1mx", why="\u202ey"),)), force_terminal=False
    )
    assert not set(told) & set("\x1b\x9b\u202e\u2066\ud800\x07")
    assert "[bold]took" in told
    assert ":smile:" in told


def test_words_from_right_to_left_stay_in_their_own_isolate(build):
    text = "The army took حمص today."
    document = build.document(text)
    held = claim(document, build, "took|حمص", text, predicate="takes", object_text="حمص")
    told = shown(Reading(document=document, claims=(held,)), color_system=None)
    assert told.count("\u2068") == told.count("\u2069") > 0
    assert f"\u2068{text}\u2069" in told


def test_many_misses_are_counted(document):
    misses = tuple(Miss(what=f"part {n}", why="it is too long") for n in range(MAX_MISSES + 5))
    told = shown(Reading(document=document, misses=misses))
    assert f"part {MAX_MISSES - 1}" in told
    assert f"part {MAX_MISSES}" not in told
    assert "and 5 more" in told
    assert "no claim was found" in told


@pytest.mark.parametrize(
    ("value", "word"),
    [(3, "certain"), (2.4, "probable"), (1, "possible"), (0, "open"), (-0.1, "open"), (-3, "not certain")],
)
def test_certainty_has_a_word(value, word):
    assert certainty_word(value) == word


def test_the_legend_names_every_colour():
    assert {s.style for s in legend().spans} == {"deed", "who", "whom", "where", "when", "hedge", "source"}


def test_a_nested_source_is_told_whole():
    outer = Attribution(name="Reuters", actor=None, source_span=None, cue_span=None)
    assert said_by(replace(outer, name="the mayor", via=outer)) == "the mayor, via Reuters"


def test_a_suggestion_is_marked(reading, build):
    told = shown(
        Reading(
            document=reading.document, claims=(replace(reading.claims[1], made_by=Step(name=STEP_NAME, version="1")),)
        )
    )
    assert "suggested by a language model" in told
    assert "language model" not in shown(reading)
