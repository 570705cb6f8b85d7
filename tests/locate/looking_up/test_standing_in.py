from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.looking_up.standing_in import stands_for
from wayout.model import Place


def test_a_part_of_a_town_is_the_town_with_doubt():
    coarser = open_gazetteer().coarser("Xanqad neighbourhood of Khartoum", countries=("SD",))
    assert coarser.place.name == "Khartoum"
    assert coarser.where_prec == 2
    assert "xanqad is not in the gazetteer" in coarser.why


def test_a_part_that_is_known_beside_its_town_is_itself():
    gazetteer = open_gazetteer()
    coarser = gazetteer.coarser("Carrefour suburb of Port-au-Prince", countries=("HT",))
    assert coarser.place.name == "Carrefour"
    assert coarser.where_prec == 1


def test_a_site_bears_the_name_of_its_town_and_says_so():
    gazetteer = open_gazetteer()
    place, coarser = gazetteer.answer(
        "Mopti military airport", countries=("ML",), kinds=("installation", "populated_place")
    )
    assert place.country == "ML"
    assert (place.kind == "installation") == (coarser is None)
    place, coarser = gazetteer.answer("Mopti prison", countries=("ML",), kinds=("populated_place",))
    assert coarser.where_prec == 2
    assert "Mopti prison itself is not in the gazetteer" in coarser.why
    assert stands_for("Mopti town", place) is None


def test_a_site_is_found_by_any_word_of_its_kind():
    gazetteer = open_gazetteer()
    for name in ("Kakhovka Dam", "Kakhovka barrage"):
        place, coarser = gazetteer.answer(name, countries=("UA",))
        assert (place.kind, coarser) == ("installation", None), name


def test_a_division_that_stands_for_a_site_is_no_point():
    district = Place(id="admin2:0", name="Kulbus", kind="admin2", country="SD", admin1=None, lon=22.5, lat=14.4)
    assert stands_for("Kulbus checkpoint", district).where_prec == 3
    assert stands_for("Kulbus district", district) is None


def test_nothing_stands_for_an_unknown_name():
    gazetteer = open_gazetteer()
    assert gazetteer.coarser("Xanqad", countries=("SD",)) is None
    assert gazetteer.coarser("Xanqad neighbourhood of Yqyqyq", countries=("SD",)) is None
    assert gazetteer.answer("Xanqadqad", countries=("SD",)) is None


def test_a_village_elsewhere_is_no_answer_for_a_country():
    gazetteer = open_gazetteer()
    assert gazetteer.find("Bakhmut", countries=("SD",))[0].country == "UA"
    assert gazetteer.answer("Bakhmut", countries=("SD",)) is None
