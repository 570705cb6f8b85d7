import dataclasses
from types import SimpleNamespace

import pytest

from wayout.locate.shaping.refining import refine_area
from wayout.model import Region


def _between(build: SimpleNamespace, low: float) -> Region:
    region = build.region("between A and B", build.box(low, 10, low + 1, 12), where_prec=5)
    return dataclasses.replace(region, method="between")


@pytest.fixture
def area(build: SimpleNamespace) -> Region:
    region: Region = build.region("the steppe", build.box(20, 10, 24, 12), where_prec=5)
    return region


def test_a_place_beside_the_area_narrows_it(build: SimpleNamespace, area: Region) -> None:
    document = build.document("They are in the steppe between A and B.")
    claim = build.claim(document, "They", "present", regions={"at": area, "via": _between(build, 23)})
    claim = dataclasses.replace(claim, places=tuple(dataclasses.replace(p, role="at") for p in claim.places))
    refined = refine_area(area, [claim])
    assert refined.method == "refined"
    assert refined.geometry.equals(build.box(23, 10, 24, 12))


def test_elsewhere_or_another_claim_changes_nothing(build: SimpleNamespace, area: Region) -> None:
    document = build.document("They are in the steppe between A and B.")
    outside = build.claim(document, "They", "present", regions={"at": _between(build, 40)})
    alone = build.claim(document, "They", "present", regions={"at": _between(build, 23)})
    assert refine_area(area, [outside, alone]) == area


def test_only_fuzzy_areas_are_narrowed(build: SimpleNamespace, area: Region) -> None:
    province = dataclasses.replace(area, where_prec=4)
    assert refine_area(province, []) == province
