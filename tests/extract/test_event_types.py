"""Political events: the embedding word decides the type, and who does it to whom is read from the tree."""

import pytest

from wayout.extract.event_types import find_plover_events
from wayout.text.english import parse_text


def read(text):
    events = find_plover_events(parse_text(text), ())
    return [
        (e.type, [text[p.start : p.end] for p in e.actors], [text[p.start : p.end] for p in e.recipients])
        for e in sorted(events, key=lambda e: (e.depth, e.trigger.i))
    ]


def main(text):
    return read(text)[0]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient"),
    [
        ("Sudan has threatened to attack Chad.", "THREATEN", "Sudan", "Chad"),
        ("Mali demanded that France withdraw its soldiers.", "DEMAND", "Mali", "France"),
        ("Ukraine refused to negotiate with Russia.", "REJECT", "Ukraine", "Russia"),
        ("Kenya is ready to send aid to Haiti.", "AGREE", "Kenya", "Haiti"),
        ("Qatar will provide food to Yemen.", "AGREE", "Qatar", "Yemen"),
        ("Uganda imposed sanctions on Rwanda.", "SANCTION", "Uganda", "Rwanda"),
        ("Uganda lifted sanctions on Rwanda.", "RETREAT", "Uganda", "Rwanda"),
        ("Niger suspended diplomatic ties with Benin.", "SANCTION", "Niger", "Benin"),
        ("Police in Haiti arrested two Kenyans.", "COERCE", "Police", "Kenyans"),
        ("Rebels were shelled by the Burmese army.", "FIGHT", "Burmese army", "Rebels"),
        ("Armenia praised Georgia for its help.", "SUPPORT", "Armenia", "Georgia"),
        ("The United Nations called on Sudan to open the border.", "DEMAND", "United Nations", "Sudan"),
        ("Ethiopia accused Eritrea of arming rebels.", "DISAPPROVE", "Ethiopia", "Eritrea"),
        ("Thousands of Malians demonstrated against the French government.", "PROTEST", "Malians", "French government"),
        ("Rwanda launched an investigation into the Congolese army.", "INVESTIGATE", "Rwanda", "Congolese army"),
        ("Rwanda withdrew its troops from Congo.", "RETREAT", "Rwanda", "Congo"),
    ],
)
def test_type_actor_and_recipient(text, kind, actor, recipient):
    found, actors, recipients = main(text)
    assert found == kind
    assert any(actor in a for a in actors)
    assert any(recipient in r for r in recipients)


def test_two_who_meet_are_actor_and_recipient_both():
    kind, actors, recipients = main("Chad and Niger held talks on Monday.")
    assert kind == "CONSULT"
    assert actors == recipients == ["Chad", "Niger"]


def test_a_sentence_without_politics_has_no_event():
    assert read("The river rose and the fields were wet.") == []
