import pytest

from wayout.errors import VocabularyError
from wayout.locate.looking_up.regions import read_regions, region_shape


@pytest.mark.parametrize("region", read_regions(), ids=lambda r: r.place.name)
def test_every_region_has_a_valid_shape_of_some_size(region):
    shape = region_shape(region.place.name)
    assert shape.is_valid
    assert shape.area > 0


def test_ids_are_unique():
    ids = [region.place.id for region in read_regions()]
    assert len(ids) == len(set(ids))


def test_an_unknown_region_is_refused():
    with pytest.raises(VocabularyError, match="Atlantis"):
        region_shape("Atlantis")
