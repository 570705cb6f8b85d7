import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.locate.looking_up.list_names import Site, spoken_names, towns_of_quarters
from wayout.text.names import fold_name


@pytest.mark.parametrize(
    ("listed", "spoken"),
    [
        ("Shagra Village", "shagra"),
        ("Qaryat Um Dukhun", "um dukhun"),
        ("Kalma IDP Camp", "kalma"),
        ("Camp de Nguel Wali", "nguel wali"),
        ("Tawila Centre", "tawila"),
        ("Markaz Nahiyat Mukjar", "mukjar"),
        ("Boyalı Köyü", "boyali"),
        ("Garsila (north of the wadi)", "garsila"),
        ("Garsila / Qarsila", "qarsila"),
        ("قرية شقرة", "شقرة"),
        ("مركز ناحية مكجر", "مكجر"),
    ],
)
def test_reports_leave_the_kind_of_settlement_out(listed, spoken):
    assert fold_name(spoken) in spoken_names(listed)


@pytest.mark.parametrize("listed", ["Shagra", "Hay Al Salam", "Village", "حي السلام", "Markaz", "", "Sector 4/2"])
def test_a_name_without_such_a_word_has_no_other(listed):
    assert spoken_names(listed) == ()


def quarters(*names, at=(25.0, 13.0), step=0.01):
    return [Site((name,), (), (at[0] + i * step, at[1])) for i, name in enumerate(names)]


def test_two_quarters_name_their_town():
    (town,) = towns_of_quarters(quarters("Kubum-Hay Salam", "Kubum - Hay Nasr", "Kuboum-Souk"))
    assert town.names == ("Kubum", "Kuboum")
    assert town.point == (25.01, 13.0)


def test_a_name_in_another_script_comes_along():
    sites = [
        Site(("Kubum-Hay Salam",), ("كبم-حي السلام",), (25.0, 13.0)),
        Site(("Kubum-Hay Nasr",), ("كبم-حي النصر",), (25.01, 13.0)),
    ]
    assert towns_of_quarters(sites)[0].also == ("كبم",)


@pytest.mark.parametrize(
    "sites",
    [
        quarters("Kubum-Hay Salam"),
        quarters("Kubum-Hay Salam", "Kubum-Hay Nasr", step=0.5),
        quarters("Hay Salam-1", "Hay Salam-2"),
        quarters("Abu-Jabra", "Abu-Sunut"),
        quarters("Tel-Hamra", "Tel-Asmar"),
        quarters("Kubum-Hay Salam", "Kubum-Hay Nasr", "Kubum"),
        quarters("Kubum-Hay Salam", "Kubum-Hay Nasr", "Kubum Centre"),
        quarters("Kubum", "Garsila"),
    ],
    ids=[
        "one row",
        "far apart",
        "numbered quarters",
        "a first word",
        "another first word",
        "listed",
        "listed as centre",
        "no dash",
    ],
)
def test_what_names_no_town_gives_none(sites):
    assert towns_of_quarters(sites) == ()


@given(
    st.permutations(quarters("Kubum-Hay Salam", "Kubum-Hay Nasr", "Kuboum-Souk", "Abu-Jabra", "Garsila-1", "Garsila-2"))
)
def test_the_order_of_rows_changes_nothing(sites):
    assert [town.names for town in towns_of_quarters(sites)] == [("Garsila",), ("Kubum", "Kuboum")]


@given(st.lists(st.text(alphabet="ab- (/)حي", max_size=12), max_size=6))
def test_no_names_whatever_break_it(names):
    towns_of_quarters([Site((name,), (name,), (25.0, 13.0)) for name in names])
    for name in names:
        assert all(spoken_names(name))
