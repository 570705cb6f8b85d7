"""Sub-event types: one sentence of our own for each type, who acts on whom, and what a claim may be."""

import pytest

from wayout.extract.sub_events import sides_by_token, sub_event_of
from wayout.text.english import parse_text

EXAMPLES = [
    ("Warplanes bombed two villages south of Sanaa before dawn.", "Air/drone strike"),
    ("Mortar shells landed in the market of Omdurman on Friday.", "Shelling/artillery/missile attack"),
    ("A suicide bomber blew himself up outside a mosque in Maiduguri.", "Suicide bomb"),
    ("A hand grenade was thrown at a bar in Bujumbura.", "Grenade"),
    ("A roadside bomb exploded as a bus passed near Djibo.", "Remote explosive/landmine/IED"),
    ("Residents choked after chlorine gas was used against the suburb.", "Chemical weapon"),
    ("The army recaptured the town of Bunagana from the rebels.", "Government regains territory"),
    ("Rebels captured the town of Lashio from the military.", "Non-state actor overtakes territory"),
    ("Soldiers and insurgents fought a gun battle near Timbuktu.", "Armed clash"),
    ("Gunmen gang-raped two women on the road to Bunia.", "Sexual violence"),
    ("Armed men kidnapped a nurse in Port-au-Prince.", "Abduction/forced disappearance"),
    ("Thousands of teachers marched peacefully in Tunis to demand higher pay.", "Peaceful protest"),
    ("The two governments signed a ceasefire agreement in Juba.", "Agreement"),
    ("Police arrested forty opposition supporters in Harare.", "Arrests"),
    ("Sappers defused a bomb found under a bridge in Kharkiv.", "Disrupted weapons use"),
    ("The army set up a new base in the hills above Goma.", "Headquarters or base established"),
    ("An earthquake of magnitude 6 shook the province.", "Natural disaster"),
    ("A ferry capsized on the lake and a dozen passengers drowned.", "Man-made disaster"),
    ("The ambassador was summoned to the foreign ministry in Khartoum.", "Diplomatic event"),
    ("A splinter faction claimed responsibility for the killings.", "Attribution of responsibility"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_each_type_is_read_from_plain_words(text, expected):
    found = sub_event_of(parse_text(text))
    assert found is not None
    assert found.type == expected


def test_the_words_that_spoke_for_it_are_in_the_text():
    text = "Warplanes bombed two villages south of Sanaa."
    found = sub_event_of(parse_text(text))
    assert found is not None
    assert [text[a:b] for a, b in found.words][:1] == ["Warplanes"]


def test_a_known_actor_counts_as_its_side():
    text = "Zafrani captured the town of Kidal."
    parsed = parse_text(text)
    side = sides_by_token(parsed, [(0, 7, "non_state_armed_group")])
    found = sub_event_of(parsed, side)
    assert found is not None
    assert found.type == "Non-state actor overtakes territory"


def test_no_cue_no_type():
    assert sub_event_of(parse_text("The weather stayed fine over the weekend.")) is None
