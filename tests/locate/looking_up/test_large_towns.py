"""Towns for orientation: large ones, inside the map, apart from each other."""

from itertools import combinations

from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.looking_up.large_towns import choose_towns

DARFUR = (21.5, 10.5, 28.0, 16.5)


def test_they_lie_in_the_map_and_apart():
    towns = choose_towns(open_gazetteer(), DARFUR, 5)
    west, south, east, north = DARFUR
    assert 2 <= len(towns) <= 5
    assert all(west <= lon <= east and south <= lat <= north for _, lon, lat in towns)
    for (_, a, b), (_, c, d) in combinations(towns, 2):
        assert abs(a - c) >= 0.16 * (east - west) or abs(b - d) >= 0.16 * (north - south)


def test_the_largest_comes_first_and_what_is_on_the_map_is_not_named_again():
    towns = choose_towns(open_gazetteer(), DARFUR, 5)
    again = choose_towns(open_gazetteer(), DARFUR, 5, first=towns[:1])
    assert towns[0] not in again


def test_an_empty_stretch_has_none():
    assert choose_towns(open_gazetteer(), (-150.0, -50.0, -140.0, -45.0), 5) == ()
