"""The regions file says the truth about itself: each region lies in the countries it names."""

import pytest

from wayout.geo.borders import country_outline
from wayout.locate.looking_up.regions import InformalRegion, read_regions, region_shape
from wayout.text.names import fold_name

PRECISE = range(1, 8)


@pytest.mark.parametrize("region", read_regions(), ids=lambda r: r.place.name)
def test_a_region_lies_in_the_countries_it_names(region: InformalRegion) -> None:
    shape = region_shape(region.place.name)
    for code in region.row["in"]:
        outline = country_outline(code)
        assert outline is not None, code
        assert outline.intersects(shape), code


@pytest.mark.parametrize("region", read_regions(), ids=lambda r: r.place.name)
def test_a_region_states_its_doubt_source_and_one_rule(region: InformalRegion) -> None:
    row = region.row
    assert row["radius_km"] > 0
    assert row["source"]
    assert row.get("prec", 5) in PRECISE
    assert sum(rule in row for rule in ("admin1", "countries", "polygon", "disc", "border")) == 1


def test_there_are_regions_enough_and_no_name_is_used_twice() -> None:
    regions = read_regions()
    assert len(regions) >= 60
    names = [fold_name(name) for region in regions for name in set(map(fold_name, region.names))]
    assert sorted({n for n in names if names.count(n) > 1}) == []
