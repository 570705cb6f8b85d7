import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.kind_words import (
    is_site_word,
    split_kind_word,
    split_part,
    split_word,
    without_plain_word,
)
from wayout.text.names import fold_name


@pytest.mark.parametrize(
    ("written", "bare", "kind"),
    [
        ("Anbar province", "anbar", "admin1"),
        ("province of Anbar", "anbar", "admin1"),
        ("Wilayat Sennar", "sennar", "admin1"),
        ("Muhafazat Ibb", "ibb", "admin1"),
        ("Kherson Oblast", "kherson", "admin1"),
        ("Bakhmut Raion", "bakhmut", "admin2"),
        ("cercle de Bandiagara", "bandiagara", "admin2"),
        ("territoire de Rutshuru", "rutshuru", "admin2"),
        ("Raya Alamata woreda", "raya alamata", "admin3"),
        ("Nahiyat Sinjil", "sinjil", "admin3"),
        ("departamento de Arauca", "arauca", "admin1"),
        ("village of Kunduru", "kunduru", "populated_place"),
        ("the town of Kutum", "kutum", "populated_place"),
        ("Kalma IDP camp", "kalma", "populated_place"),
        ("Wad Madani military airport", "wad madani", "installation"),
        ("Merowe Dam", "merowe", "installation"),
        ("Goma", "goma", None),
    ],
)
def test_kind_words_on_both_sides(written, bare, kind):
    found, kinds = split_kind_word(fold_name(written))
    assert found == bare
    assert kinds[:1] == ((kind,) if kind else ())


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Mayo neighbourhood of Khartoum", ("mayo", "neighbourhood", "khartoum")),
        ("a hospital in Mekelle", ("", "hospital", "mekelle")),
        ("the checkpoint at the Niamey", ("", "checkpoint", "niamey")),
        ("Cité Soleil", None),
        ("village of Kunduru", None),
    ],
)
def test_parts_of_towns(written, parts):
    assert split_part(written) == parts


def test_sites_and_settlements_differ():
    assert is_site_word("airbase")
    assert not is_site_word("village")
    assert split_word("merowe dam") == ("merowe", "dam")
    assert without_plain_word("qaryat umm dukhun village") == "umm dukhun"
    assert without_plain_word("village") == "village"


@given(st.text(max_size=25))
def test_any_text_keeps_a_name(text):
    key = fold_name(text)
    bare, _ = split_word(key)
    assert bool(bare) == bool(key)
