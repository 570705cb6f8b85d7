import pytest

from wayout.extract.tabled.sides import iso_of


@pytest.mark.parametrize(
    ("name", "iso"), [("Syria", "SY"), ("Yemen (North Yemen)", "YE"), ("DR Congo (Zaire)", "CD"), ("Arva", None)]
)
def test_countries_are_known_by_the_tables_names(name, iso):
    assert iso_of(name) == iso
