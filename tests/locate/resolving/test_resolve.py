import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.resolving.press_home import press_home
from wayout.locate.resolving.resolve import resolve_toponyms


def resolve(text, *names, url=None):
    """Resolve the first mention of each name."""
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    gazetteer = open_gazetteer()
    return resolve_toponyms(text, spans, gazetteer, homes=press_home(url, gazetteer))


def weight_of_country(answer, code):
    return sum(weight for place, weight in answer.readings if place.country == code)


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("The army shelled Tripoli, Lebanon, on Monday.", "Tripoli", "LB", None),
        ("The army shelled Tripoli on Monday, a spokesman in Libya said.", "Tripoli", "LY", None),
        ("Trucks left Springfield, Ill., for the coast.", "Springfield", "US", "US-IL"),
        ("Trucks left Springfield, Massachusetts, for the coast.", "Springfield", "US", "US-MA"),
        ("A convoy halted in Paris, Texas.", "Paris", "US", "US-TX"),
        ("A convoy halted in Paris.", "Paris", "FR", None),
        ("Fighters crossed from Niger to Gao and on to Kidal in Mali.", "Gao", "ML", None),
        ("Sudan's San Francisco was shelled; nobody in Sudan knows it.", "San Francisco", "US", None),
        ("The Ethiopian town of Debre Tabor was quiet.", "Debre Tabor", "ET", None),
        ("Talks between Georgia and Armenia began in Tbilisi.", "Georgia", "GE", None),
        ("Lebanon, Pennsylvania, has a new mayor.", "Lebanon", "US", "US-PA"),
        ("Lebanon, Syria and Jordan closed their borders.", "Lebanon", "LB", None),
        ("Japan, China and Korea sent observers; the Japanese came first.", "China", "CN", None),
    ],
)
def test_the_text_decides(text, name, country, admin1):
    place = resolve(text, name)[0].place
    assert place.country == country
    assert admin1 is None or place.admin1 == admin1


def test_all_names_decide_together():
    text = "GAO - The road from Gao to Menaka is cut, and no truck has left Ansongo since Friday."
    assert [a.place.country for a in resolve(text, "Gao", "Menaka", "Ansongo")] == ["ML", "ML", "ML"]


def test_an_adjective_means_its_country():
    (answer,) = resolve("A Syrian convoy arrived.", "Syrian")
    assert (answer.method, answer.place.kind, answer.place.country) == ("adjective", "country", "SY")


def test_a_name_without_entry_lies_at_the_place_named_in_it_or_beside_it():
    (inside,) = resolve("Kampala Qwertzu Hospital was hit.", "Kampala Qwertzu Hospital")
    assert (inside.method, inside.place.name, inside.is_listed) == ("part_of_name", "Kampala", False)
    (_, near) = resolve("The Zzyxqw Barracks of Goma were hit.", "Goma", "Zzyxqw Barracks")
    assert (near.method, near.place.name, near.is_listed) == ("company", "Goma", False)


def test_nothing_known_is_no_place():
    (answer,) = resolve("Zzyxqw fell.", "Zzyxqw")
    assert answer.place is None
    assert answer.readings == ()


def test_a_foreign_village_is_not_the_unlisted_one():
    text = "In Sudan, fighters left El Fasher for Kutum and Mellit; Sudan said so. They slept in Alton."
    answer = resolve(text, "Alton", "El Fasher", "Kutum", "Mellit")[0]
    assert answer.p_unlisted > 0.5
    assert answer.place.country == "SD"


def test_towns_tell_the_state_from_the_country():
    text = "Georgia voters went to the polls in Atlanta, Macon and Savannah."
    assert resolve(text, "Georgia", "Atlanta", "Macon", "Savannah")[0].place.country == "US"


@pytest.mark.parametrize(
    ("url", "country"), [("https://www.perthnow.com.au/a", "AU"), ("https://www.perthcourier.co.uk/a", "GB")]
)
def test_the_publisher_speaks_for_the_report(url, country):
    assert resolve("The council of Perth met on Monday.", "Perth", url=url)[0].place.country == country


NAMES = [
    "Tripoli",
    "Springfield",
    "Hama",
    "Gao",
    "San Jose",
    "Victoria",
    "Syrian",
    "Zzyxqw",
    "Goma",
    "Georgia",
    "Santiago",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.randoms())
def test_weights_sum_to_one_and_order_does_not_matter(names, random):
    text = "Reports came from " + " and from ".join(names) + "."
    answers = dict(zip(names, resolve(text, *names), strict=True))
    for answer in answers.values():
        assert not answer.readings or sum(w for _, w in answer.readings) == pytest.approx(1)
        assert all((place.lon, place.lat) != (0, 0) for place, _ in answer.readings)
        assert 0 <= answer.p_unlisted <= 1
    shuffled = list(names)
    random.shuffle(shuffled)
    assert dict(zip(shuffled, resolve(text, *shuffled), strict=True)) == answers


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["Tripoli", "Hama", "San Jose", "Victoria", "Santiago", "Alexandria", "Cordoba", "Valencia"]),
    st.sampled_from(
        [("Lebanon", "LB"), ("Syria", "SY"), ("Libya", "LY"), ("Spain", "ES"), ("Cuba", "CU"), ("Mexico", "MX")]
    ),
)
def test_a_qualifier_never_lowers_the_weight_of_its_country(name, qualifier):
    country, code = qualifier
    (plain,) = resolve(f"Troops entered {name} at dawn.", name)
    (said,) = resolve(f"Troops entered {name}, {country}, at dawn.", name)
    assert weight_of_country(said, code) >= weight_of_country(plain, code) - 1e-9


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["Deir ez-Zor", "El-Fasher", "Velyka Novosilka", "Port-au-Prince", "San José"]), st.booleans())
def test_case_and_dashes_do_not_matter(name, upper):
    other = name.replace("-", " ")
    other = other.upper() if upper else other
    (plain,) = resolve(f"They reached {name} today.", name)
    (respelt,) = resolve(f"They reached {other} today.", other)
    assert [p.id for p, _ in plain.readings] == [p.id for p, _ in respelt.readings]


def kind_of(text, name, *others):
    return resolve(text, name, *others)[0].place.kind


def test_a_kind_word_beside_the_name_counts():
    assert kind_of("They hold most of Homs province now.", "Homs") == "admin1"
    assert kind_of("They hold the city of Homs now.", "Homs") == "populated_place"


def test_where_the_text_says_x_city_the_bare_x_is_wider():
    wide = resolve("People fled from Gaza City to the north of Gaza.", "Gaza City")
    text = "People left Kuwait City; all of Kuwait mourned."
    spans = [
        (text.index("Kuwait City"), text.index("Kuwait City") + 11),
        (text.rindex("Kuwait"), text.rindex("Kuwait") + 6),
    ]
    city, country = resolve_toponyms(text, spans, open_gazetteer())
    assert wide[0].place.kind == "populated_place"
    assert (city.place.kind, country.place.kind) == ("populated_place", "country")


def test_neighbours_in_the_text_are_neighbours_on_the_map():
    answers = resolve("Trucks left Springfield for Holyoke and Chicopee.", "Springfield", "Holyoke", "Chicopee")
    assert {answer.place.admin1 for answer in answers} == {"US-MA"}


def test_a_district_is_not_meant_by_the_bare_name_of_its_seat():
    assert kind_of("In Mali, soldiers left Tessalit for Kidal.", "Tessalit", "Kidal") == "populated_place"


def test_a_country_goes_before_a_division_called_after_the_same_river():
    answers = resolve("Abuja and Kano in Nigeria trade with Niger.", "Niger", "Abuja", "Kano")
    assert answers[0].place.country == "NE"


def test_another_spelling_is_looked_up_where_the_name_is_foreign():
    text = "In Syria, fighters left Kobani, Jarabulus and Manbij for Al-Hasaka and Tall Rifat."
    answers = resolve(text, "Al-Hasaka", "Kobani", "Jarabulus", "Manbij")
    assert answers[0].place.country == "SY"


def test_a_state_in_initials_with_its_full_stop_outside_the_span():
    text = "He was born in Columbus, Ind. His brother was not."
    start = text.index("Ind")
    answers = resolve_toponyms(
        text, [(text.index("Columbus"), text.index("Columbus") + 8), (start, start + 3)], open_gazetteer()
    )
    assert [answer.place.admin1 for answer in answers] == ["US-IN", "US-IN"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_any_text_is_survived(text, start, length):
    spans = [(start, min(start + length, len(text)))] if start < len(text) else []
    for answer in resolve_toponyms(text, spans, open_gazetteer()):
        assert text[answer.start : answer.end] == answer.text
