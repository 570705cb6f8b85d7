import pytest

from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.reports import context_of_report, homes_of
from wayout.model import Document, Source, Step, document_id


def report(text):
    return Document(
        id=document_id(text), text=text, title=None, source=Source(name="test"), url=None, byline=None, published=None,
        retrieved=None, language="en", made_by=Step(name="test", version="1"),
    )  # fmt: skip


def context(text, *phrases, given=None):
    spans = [(text.index(p), text.index(p) + len(p)) for p in phrases]
    return context_of_report(report(text), spans, open_gazetteer(), given)


def test_a_name_means_one_place_in_all_phrases():
    text = "Tripoli, Lebanon, was quiet. Soldiers stood north of Tripoli and on the road from Tripoli to Batroun."
    known = context(text, "Tripoli, Lebanon", "north of Tripoli", "the road from Tripoli to Batroun")
    for phrase in ("Tripoli", "north of Tripoli", "the road from Tripoli to Batroun"):
        region = locate_phrase(phrase, open_gazetteer(), known)
        assert region.places[0].country == "LB"


def test_the_phrase_itself_goes_before_the_report():
    known = context("Tripoli in Lebanon was quiet.", "Tripoli")
    region = locate_phrase("Tripoli, Libya", open_gazetteer(), known)
    assert {place.country for place in region.places} == {"LY"}


def test_what_the_user_gives_is_heard():
    given = PhraseContext(countries={"LB": 1.0})
    assert context("Tripoli was quiet.", "Tripoli", given=given).senses["tripoli"][0][0].country == "LB"
    area = locate_phrase("Lebanon", open_gazetteer(), PhraseContext())
    assert (
        context("Tripoli was quiet.", "Tripoli", given=PhraseContext(area=area)).senses["tripoli"][0][0].country == "LB"
    )


def test_sure_places_stand_near_the_others():
    known = context("Fighters left Gao for Menaka.", "Gao", "Menaka")
    assert known.near
    assert {place.country for place in known.near} == {"ML"}
    assert max(known.countries, key=lambda code: known.countries[code]) == "ML"


def test_weights_of_countries_sum_to_one():
    known = context("Fighters left Gao in Mali for Niger.", "Gao", "Niger")
    assert sum(known.countries.values()) == pytest.approx(1)


def test_no_area_no_home():
    assert homes_of(None) == {}
