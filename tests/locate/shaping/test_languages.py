"""French and Arabic beginnings of the grammar."""

from collections.abc import Callable

import pytest
from shapely.geometry import Point

from wayout.errors import NotFoundError
from wayout.geo.compass import bearing_deg, distance_km
from wayout.model import Region

Locate = Callable[..., Region]

SAME = [
    ("à 30 km à l'ouest de Ménaka", "30 km west of Ménaka", "ML"),
    ("à une vingtaine de kilomètres de Djibo", "20 km from Djibo", "BF"),
    ("entre Kaya et Dori", "between Kaya and Dori", "BF"),
    ("la frontière entre le Tchad et le Soudan", "the border between Chad and Sudan", "TD"),
    ("au nord de Ménaka", "north of Ménaka", "ML"),
    ("le nord-est du Nigeria", "the north-east of Nigeria", "NG"),
    ("la rive gauche du Niger", "the left bank of the Niger", "ML"),
    ("les alentours de Bunia", "the outskirts of Bunia", "CD"),
    ("non loin de Butembo", "near Butembo", "CD"),
    ("le centre du Mali", "the centre of Mali", "ML"),
    ("la route reliant Goma à Rutshuru", "the road linking Goma to Rutshuru", "CD"),
    ("la province de l'Ituri", "Ituri province", "CD"),
    ("la frontière malienne", "the Malian border", "BF"),
    ("la frontière nigéro-malienne", "the border between Niger and Mali", "NE"),
    ("le nord malien", "the north of Mali", "ML"),
    ("الحدود السورية العراقية", "the border between Syria and Iraq", "SY"),
    ("الحدود اليمنية السعودية", "the border between Yemen and Saudi Arabia", "YE"),
    ("الشمال السوري", "the north of Syria", "SY"),
    ("شمال حلب", "north of Aleppo", "SY"),
    ("بين حمص وحماة", "between Homs and Hama", "SY"),
    ("ريف حلب الشمالي", "the northern countryside of Aleppo", "SY"),
    ("على بعد 30 كم غرب الفاشر", "30 km west of El Fasher", "SD"),
    ("على بعد ٣٠ كم غرب الفاشر", "30 km west of El Fasher", "SD"),
    ("الحدود بين السودان وتشاد", "the border between Sudan and Chad", "SD"),
    ("شرق نهر الفرات", "east of the Euphrates", "SY"),
    ("ضواحي تعز", "the outskirts of Taiz", "YE"),
    ("بالقرب من مصراتة", "near Misrata", "LY"),
    ("محافظة صلاح الدين", "Saladin province", "IQ"),
]


@pytest.mark.parametrize(("phrase", "english", "country"), SAME)
def test_a_phrase_means_what_its_english_means(locate: Locate, phrase: str, english: str, country: str) -> None:
    one, other = locate(phrase, country), locate(english, country)
    assert (one.method, one.where_prec) == (other.method, other.where_prec)
    middles = [region.geometry.representative_point() for region in (one, other)]
    assert distance_km(*middles) < 5


def test_a_mixed_number_word_is_read(locate: Locate) -> None:
    region = locate("à une trentaine de kilomètres au nord de Djibo", "BF")
    assert abs((bearing_deg(Point(-1.63, 14.1), region.geometry.centroid) + 180) % 360 - 180) < 10


def test_what_is_unknown_is_named_in_its_own_script(locate: Locate) -> None:
    with pytest.raises(NotFoundError, match="ققققق"):
        locate("شمال ققققق", "SY")
