"""Places that have namesakes, in sentences of our own as reports write them."""

import pytest

from wayout.errors import NotFoundError
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.locate.resolving.reports import context_of_report
from wayout.model import Document, Source, Step, document_id


def place_of(text, phrase, *others):
    """Locate a phrase of a report, whose other places are named too; ``None`` where it cannot be located."""
    report = Document(
        id=document_id(text), text=text, title=None, source=Source(name="test"), url=None, byline=None, published=None,
        retrieved=None, language="en", made_by=Step(name="test", version="1"),
    )  # fmt: skip
    spans = {(text.index(p), text.index(p) + len(p)) for p in (phrase, *others)}
    gazetteer = open_gazetteer()
    try:
        region = locate_phrase(phrase, gazetteer, context_of_report(report, spans, gazetteer))
    except NotFoundError:
        return None
    return region.places[0]


@pytest.mark.parametrize(
    ("text", "phrase", "others", "admin1"),
    [
        ("Colombia's army spoke. In Chocó, gunmen confined Riosucio.", "Riosucio", ["Chocó"], "CO-CHO"),
        ("Fighting in Colombia: in Guaviare, troops took Calamar.", "Calamar", ["Guaviare"], None),
        ("In Colombia it was quiet. In Guaviare, troops took Calamar.", "Calamar", ["Guaviare"], "CO-GUV"),
        ("Rebels took Ricaurte and Tumaco in Nariño, Colombia said.", "Ricaurte", ["Tumaco", "Nariño"], "CO-NAR"),
        ("In Hama, cells attacked Uqayribat, Syria's army said.", "Hama", ["Uqayribat"], "SY-HM"),
    ],
)
def test_the_scene_that_a_sentence_sets_tells_namesakes_apart(text, phrase, others, admin1):
    place = place_of(text, phrase, *others)
    assert place.admin1 == admin1 or admin1 is None


@pytest.mark.parametrize(
    ("text", "phrase", "others"),
    [
        # the village is in no source; a city of Morocco, a region of Tanzania, a commune of France and a sector of Rwanda are
        ("In Burkina Faso they burned Safi, a village near Dori.", "Safi", ["Dori"]),
        ("Soldiers left the town of Mara, near Bandiagara in Mali.", "the town of Mara", ["Bandiagara", "Mali"]),
        ("Haiti: gangs burned Liancourt and Mirebalais.", "Liancourt", ["Haiti", "Mirebalais"]),
        ("Troops in Bukavu and Goma, in Congo-Kinshasa, guard Kavumu airport.", "Kavumu airport", ["Bukavu", "Goma"]),
        ("Tanks in Rafah, Gaza, reached the Sultan neighbourhood.", "Sultan neighbourhood", ["Rafah", "Gaza"]),
        ("Russia sent troops over the Ural Mountains to Perm.", "Ural Mountains", ["Russia", "Perm"]),
        (
            "Gunmen in Chocó, Colombia, hold villages on the San Juan river.",
            "the San Juan river",
            ["Chocó", "Colombia"],
        ),
        ("A bomb hit the Karrada district of Baghdad in Iraq.", "Karrada", ["Baghdad", "Iraq"]),
    ],
)
def test_no_namesake_abroad_is_taken_for_what_is_not_listed(text, phrase, others):
    assert place_of(text, phrase, *others) is None


@pytest.mark.parametrize(
    ("text", "phrase", "others", "country"),
    [
        ("Talks in Geneva on Syria failed, and Homs was shelled.", "Geneva", ["Homs"], "CH"),
        ("The envoy flew from Bamako in Mali to Brussels.", "Brussels", ["Bamako", "Mali"], "BE"),
        ("Mali's army left Gao for Agadez.", "Agadez", ["Gao"], "NE"),
        ("Ukraine struck Snake Island and Odesa.", "Snake Island", ["Odesa"], "UA"),
    ],
)
def test_what_is_known_abroad_still_is_found(text, phrase, others, country):
    assert place_of(text, phrase, *others).country == country
