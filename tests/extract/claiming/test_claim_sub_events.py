"""What ACLED would call the deed of a claim: by predicate, by the cues of its clause, by whose deed it is."""

import re
from types import SimpleNamespace

import pytest

from wayout.extract.claiming.claim_sub_events import ClaimSubEvents
from wayout.extract.claiming.events import find_events
from wayout.extract.lexicon import open_lexicon
from wayout.extract.mention_index import MentionIndex
from wayout.model import Mention
from wayout.text.english import parse_text

KINDS = {
    "RSF": "non_state_armed_group",
    "JNIM": "non_state_armed_group",
    "M23": "non_state_armed_group",
    "Sudanese army": "state_force",
    "Malian army": "state_force",
    "Russian forces": "state_force",
    "civilians": "civilians",
    "families": "civilians",
}
PLACES = ("El Fasher", "Kidal", "Goma", "Kherson", "Tawila")


class Book:
    """Knows the kind of an actor by its id."""

    def actor(self, ref):
        """Return a record with the kind only."""
        return SimpleNamespace(kind=KINDS[ref])


@pytest.fixture
def types_of(make_document):
    def read(text):
        document = make_document(text)
        mentions = []
        for name in (*KINDS, *PLACES):
            for match in re.finditer(re.escape(name), text):
                span = document.span(match.start(), match.end())
                kind, ref = ("place", None) if name in PLACES else ("actor", name)
                mentions.append(Mention(span=span, text=name, kind=kind, ref=ref, route="name"))
        parsed = parse_text(text)
        index = MentionIndex(parsed, mentions)
        types = ClaimSubEvents(index, Book())
        return [(d.predicate, types.of(d)) for d in find_events(parsed, index, open_lexicon())]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sudanese army captured El Fasher.", ("takes", "Government regains territory")),
        ("The RSF captured El Fasher.", ("takes", "Non-state actor overtakes territory")),
        ("M23 took control of Goma without a fight.", ("takes", "Non-violent transfer of territory")),
        ("JNIM attacked the Malian army in Kidal.", ("attacks", "Armed clash")),
        ("JNIM attacked civilians in Kidal.", ("attacks", "Attack")),
        ("JNIM attacked the Malian army in Kidal with a suicide car bomb.", ("attacks", "Suicide bomb")),
        ("Russian forces bombed Kherson with drones.", ("strikes", "Air/drone strike")),
        ("Russian forces shelled Kherson with artillery.", ("strikes", "Shelling/artillery/missile attack")),
        ("The RSF and the Sudanese army clashed in Tawila.", ("clashes", "Armed clash")),
        ("The Malian army deployed troops to Kidal.", ("deploys", "Change to group/activity")),
        ("The RSF besieged El Fasher.", ("besieges", "Other")),
        ("The families fled from El Fasher to Tawila.", ("moves", None)),
    ],
)
def test_a_claim_gets_the_type_of_its_deed(types_of, text, expected):
    assert expected in types_of(text)


def test_cues_of_another_clause_do_not_count(types_of):
    found = dict(types_of("JNIM attacked the Malian army in Kidal after a drone strike hit Goma."))
    assert found["attacks"] == "Armed clash"
    assert found["strikes"] == "Air/drone strike"
