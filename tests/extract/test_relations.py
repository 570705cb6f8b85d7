"""Relations: sentences of our own for every kind, from several theatres, with literal mentions."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.extract.relating.claims import claim_links
from wayout.extract.relations import find_relations
from wayout.model import ActorId, Claim, ClaimId, Mention, PlaceUse, Step
from wayout.text.english import parse_text

ACTORS = ("Sudanese army", "RSF", "JNIM", "Malian army", "M23", "Wagner", "Arakan Army", "Houthis", "Lake Front")
PERSONS = ("Bosco Amani", "Salma Idriss")
PLACES = ("Khartoum", "Omdurman", "Goma", "Kidal", "Mali", "Sittwe")


@pytest.fixture
def relations_of(make_document):
    def read(text):
        document = make_document(text)
        mentions = []
        for kind, names in (("actor", ACTORS), ("person", PERSONS), ("place", PLACES)):
            for name in names:
                for match in re.finditer(re.escape(name), text):
                    span = document.span(match.start(), match.end())
                    ref = None if kind == "place" else name
                    mentions.append(Mention(span=span, text=name, kind=kind, ref=ref, route="name"))
        found = find_relations(document, parse_text(text), mentions, ())
        return {(r.kind, document.quote(r.a), document.quote(r.b)) for r in found}

    return read


EXAMPLES = [
    ("The Sudanese army attacked the RSF near the river.", ("fights", "Sudanese army", "RSF")),
    ("Clashes between JNIM and the Malian army continued.", ("fights", "JNIM", "Malian army")),
    ("The RSF launched an offensive against the Sudanese army.", ("fights", "RSF", "Sudanese army")),
    ("M23 was attacked by Wagner.", ("fights", "M23", "Wagner")),
    ("Wagner backed the Malian army.", ("allied_with", "Wagner", "Malian army")),
    ("Wagner fought alongside the Malian army.", ("allied_with", "Wagner", "Malian army")),
    ("Bosco Amani commands M23.", ("in_charge_of", "Bosco Amani", "M23")),
    ("JNIM seized Kidal.", ("in_charge_of", "JNIM", "Kidal")),
    ("Salma Idriss met Bosco Amani.", ("communicates_with", "Salma Idriss", "Bosco Amani")),
    ("Salma Idriss held talks with the Houthis.", ("communicates_with", "Salma Idriss", "Houthis")),
    ("The leader of the rebels, Bosco Amani, spoke.", ("same_as", "The leader of the rebels", "Bosco Amani")),
    ("The Lake Front (LF) denied it.", ("same_as", "Lake Front", "LF")),
    ("Fighters of the Arakan Army went home.", ("part_of", "Fighters", "Arakan Army")),
    ("Militias including the Lake Front disarmed.", ("part_of", "Lake Front", "Militias")),
    ("Refugees in Goma need water.", ("located_with", "Refugees", "Goma")),
    ("Kidal, Mali, was quiet.", ("located_with", "Kidal", "Mali")),
    ("Kidal fell to JNIM.", ("in_charge_of", "JNIM", "Kidal")),
    ("The agreement between the RSF and the Houthis held.", ("communicates_with", "RSF", "Houthis")),
    ("Bosco Amani is the commander of M23.", ("same_as", "Bosco Amani", "the commander of M23")),
    ("Omdurman is a city near Khartoum.", ("located_with", "Omdurman", "Khartoum")),
    ("Wagner, as part of the Lake Front, withdrew.", ("part_of", "Wagner", "Lake Front")),
    ("Salma Idriss visited Sittwe.", ("located_with", "Salma Idriss", "Sittwe")),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_each_kind_is_read_from_plain_words(relations_of, text, expected):
    assert expected in relations_of(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Sudanese army did not attack the RSF.", "fights"),
        ("Salma Idriss never met Bosco Amani.", "communicates_with"),
        ("The storm attacked nobody in particular.", "fights"),
    ],
)
def test_what_is_denied_or_names_nobody_relates_nobody(relations_of, text, kind):
    assert kind not in {k for k, _, _ in relations_of(text)}


def test_places_of_a_list_do_not_hold_each_other(relations_of):
    found = relations_of("The rains reached Khartoum, Omdurman and Goma.")
    assert not [r for r in found if set(r[1:]) <= set(PLACES)]


def test_claims_give_who_holds_a_place(make_document):
    text = "JNIM holds Kidal."
    document = make_document(text)
    mentions = [
        Mention(span=document.span(0, 4), text="JNIM", kind="actor", ref="jnim", route="name"),
        Mention(span=document.span(11, 16), text="Kidal", kind="place", ref=None, route="name"),
    ]
    place = PlaceUse(role="at", phrase="Kidal", span=document.span(11, 16))
    claim = Claim(
        id=ClaimId("c"),
        document=document.id,
        predicate="holds",
        subject=ActorId("jnim"),
        object=None,
        places=(place,),
        certainty=3.0,
        words=(document.span(5, 10), document.span(0, 4), document.span(11, 16)),
        evidence=(document.span(0, 16),),
        made_by=Step(name="test", version="1"),
    )
    found = [r for r in find_relations(document, parse_text(text), mentions, (claim,)) if r.kind == "in_charge_of"]
    assert [(document.quote(r.a), document.quote(r.b)) for r in found] == [("JNIM", "Kidal")]
    denied = replace(claim, polarity=-1)
    assert not list(claim_links(parse_text(text), (denied,), mentions))


def test_direction_is_kept_where_it_matters(relations_of):
    found = relations_of("M23 is led by Bosco Amani.")
    assert ("in_charge_of", "Bosco Amani", "M23") in found
    assert ("in_charge_of", "M23", "Bosco Amani") not in found


def test_every_relation_rests_on_its_words(make_document):
    text = "Clashes between JNIM and the Malian army continued in Kidal.\n\nThe army holds it."
    document = make_document(text)
    mentions = [
        Mention(span=document.span(16, 20), text="JNIM", kind="actor", ref="jnim", route="name"),
        Mention(span=document.span(29, 40), text="Malian army", kind="actor", ref="mali", route="name"),
    ]
    for relation in find_relations(document, parse_text(text), mentions, ()):
        assert relation.evidence
        assert document.quote(relation.a)
        assert document.quote(relation.b)
    fights = [r for r in find_relations(document, parse_text(text), mentions, ()) if r.kind == "fights"]
    assert [(r.a_ref, r.b_ref) for r in fights] == [("jnim", "mali")]
    assert document.quote(fights[0].trigger) == "Clashes"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["the army", "(", ")", ",", "and", "rebels", "in", "Goma", "attacked", "by", "leader of", "\n\n", "\u200b", "known as"]), max_size=25))  # fmt: skip
def test_any_words_give_spans_inside_the_text(make_document, words):
    text = " ".join(words) or "."
    document = make_document(text)
    for relation in find_relations(document, parse_text(text), (), ()):
        assert relation.a.end <= len(text)
        assert not relation.a.overlaps(relation.b)
