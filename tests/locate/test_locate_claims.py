"""Claims of our own reports get their regions; the user's area is narrowed; persons are kept coarse."""

import dataclasses
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from wayout.errors import NotFoundError
from wayout.geo.borders import country_outline
from wayout.geo.compass import area_km2
from wayout.geo.layers import read_layer
from wayout.locate.claims import locate_area, locate_claims
from wayout.locate.gazetteer import open_gazetteer
from wayout.model import Claim, Document, Mention, PlaceUse

MALI = (
    "Fighters gather in northern Mali\n\nFighters hold the desert of Azawad between Gao and Kidal. Malian troops left Menaka. "
    "They could move towards the south. Patrols closed the border with Niger. A convoy waits at Qwertyville."
)


def use(document: Document, phrase: str, role: str = "at") -> PlaceUse:
    start = document.text.index(phrase)
    return PlaceUse(role=role, phrase=phrase, span=document.span(start, start + len(phrase)))  # type: ignore[arg-type]


def claim_at(build: SimpleNamespace, document: Document, *uses: PlaceUse, **fields: object) -> Claim:
    claim: Claim = build.claim(document, document.text.split(".")[0][:20], "present", **fields)
    return dataclasses.replace(claim, places=uses)


def regions_of(claims: Sequence[Claim]) -> dict[str, object]:
    return {u.phrase: u.region for claim in claims for u in claim.places}


def test_every_phrase_gets_its_region_and_misses_are_told(build: SimpleNamespace) -> None:
    document = build.document(MALI)
    uses = [use(document, p) for p in ("northern Mali", "Menaka", "the border with Niger", "Qwertyville")]
    claims = [claim_at(build, document, *uses)]
    located, misses = locate_claims(claims, [document], open_gazetteer())
    found = {u.phrase: u.region for u in located[0].places}
    assert located[0].id == claims[0].id
    assert found["Qwertyville"] is None
    assert [m.what for m in misses] == ["place 'Qwertyville'"]
    mali = country_outline("ML")
    assert mali is not None
    for phrase in ("northern Mali", "Menaka"):
        region = found[phrase]
        assert region is not None
        assert mali.contains(region.geometry.representative_point())
        assert region.evidence[0].start == document.text.index(phrase)


def test_the_document_decides_which_town_is_meant(build: SimpleNamespace) -> None:
    regions = {}
    for country in ("Libya", "Lebanon"):
        document = build.document(f"Clashes in {country}\n\nPeople fled Tripoli. The government of {country} said so.")
        located, _ = locate_claims([claim_at(build, document, use(document, "Tripoli"))], [document], open_gazetteer())
        region = located[0].places[0].region
        assert region is not None
        regions[country] = region.places[0].country
    assert regions == {"Libya": "LY", "Lebanon": "LB"}


def test_places_that_no_claim_uses_help_to_tell(build: SimpleNamespace) -> None:
    document = build.document("Buses from Beirut and Sidon stopped. Soldiers stood in Tripoli.")
    claims = [claim_at(build, document, use(document, "Tripoli"))]
    spans = [use(document, name).span for name in ("Beirut", "Sidon")]
    mentions = [Mention(span=s, text=document.quote(s), kind="place", ref=None, route="name") for s in spans]
    homes = []
    for known in ([], mentions):
        located, _ = locate_claims(claims, [document], open_gazetteer(), mentions=known)
        region = located[0].places[0].region
        assert region is not None
        homes.append(region.places[0].country)
    assert homes == ["LY", "LB"]


def test_a_name_without_entry_is_told_with_the_place_it_stands_by(build: SimpleNamespace) -> None:
    document = build.document("Fighters left Gao and hold Qwertyville.")
    claims = [claim_at(build, document, use(document, "Gao"), use(document, "Qwertyville"))]
    _, misses = locate_claims(claims, [document], open_gazetteer())
    assert "with Gao" in misses[0].why


def test_a_direction_is_a_part_of_the_country_then_of_the_area(build: SimpleNamespace) -> None:
    document = build.document(MALI)
    claims = [claim_at(build, document, use(document, "the south", "to"))]
    plain = locate_claims(claims, [document], open_gazetteer())[0][0].places[0].region
    area = locate_area("Azawad", open_gazetteer(), [], documents=[document])
    within = locate_claims(claims, [document], open_gazetteer(), area=area)[0][0].places[0].region
    assert plain is not None
    assert within is not None
    assert plain.bearing_deg == within.bearing_deg == 180
    assert within.geometry.intersection(area.geometry).area < 0.01 * within.geometry.area


def test_the_area_is_narrowed_by_what_claims_say_of_it(build: SimpleNamespace) -> None:
    document = build.document(MALI)
    claims = [claim_at(build, document, use(document, "the desert of Azawad"), use(document, "between Gao and Kidal"))]
    located, _ = locate_claims(claims, [document], open_gazetteer())
    plain = locate_area("Azawad", open_gazetteer(), [], documents=[document])
    narrowed = locate_area("Azawad", open_gazetteer(), located)
    assert narrowed.method == "refined"
    assert narrowed.phrase == "Azawad"
    assert area_km2(narrowed.geometry) < 0.7 * area_km2(plain.geometry)
    assert narrowed.geometry.difference(plain.geometry).area < 1e-3 * narrowed.geometry.area
    assert any(part.geometry.equals(plain.geometry) for part in narrowed.parts[1:])
    assert sum(part.weight for part in narrowed.parts) == pytest.approx(1)


def test_a_town_or_country_is_not_narrowed(build: SimpleNamespace) -> None:
    document = build.document(MALI)
    located, _ = locate_claims(
        [claim_at(build, document, use(document, "northern Mali"), use(document, "Menaka"))],
        [document],
        open_gazetteer(),
    )
    assert locate_area("Mali", open_gazetteer(), located).method == "name"


def test_an_unknown_area_is_an_error() -> None:
    with pytest.raises(NotFoundError, match="Zxcvburg"):
        locate_area("Zxcvburg", open_gazetteer(), [])


@pytest.mark.parametrize("phrase", ["Menaka", "between Gao and Kidal"])
def test_persons_are_never_located_below_the_first_division(build: SimpleNamespace, phrase: str) -> None:
    document = build.document(MALI)
    claims = [claim_at(build, document, use(document, phrase), subject="a-person")]
    region = locate_claims(claims, [document], open_gazetteer(), persons={"a-person"})[0][0].places[0].region
    assert region is not None
    assert region.where_prec >= 4
    assert all(place.kind not in ("populated_place", "admin2") for place in region.places)
    provinces = [f.geometry for f in read_layer("admin1") if f.properties["country"] == "ML"]
    for part in region.parts:
        assert any(p.buffer(-0.05).difference(part.geometry).area < 1e-3 * p.area for p in provinces)


def test_a_bare_border_is_the_stretch_at_the_place_beside_it(build: SimpleNamespace) -> None:
    document = build.document(
        "Patrols in Diffa\n\nNiger sent troops to Diffa to close the borders. Nigeria and Chad were told. Niger said so."
    )
    uses = (use(document, "Diffa", "to"), use(document, "the borders", "border"))
    region = locate_claims([claim_at(build, document, *uses)], [document], open_gazetteer())[0][0].places[1].region
    assert region is not None
    diffa = next(f.geometry for f in read_layer("admin1") if f.properties["iso_3166_2"] == "NE-2")
    assert region.geometry.distance(diffa) < 0.3
    assert region.geometry.length < 12
    assert region.geometry.area == 0


def test_the_same_input_gives_the_same_regions(build: SimpleNamespace) -> None:
    document = build.document(MALI)
    claims = [claim_at(build, document, use(document, "between Gao and Kidal"), use(document, "northern Mali"))]
    assert locate_claims(claims, [document], open_gazetteer()) == locate_claims(claims, [document], open_gazetteer())


def test_a_common_noun_is_no_failure(build: SimpleNamespace) -> None:
    document = build.document("Clashes in Mali\n\nFighters cut the only road in Mali. They left Qwertyville.")
    claims = [claim_at(build, document, use(document, "the only road"), use(document, "Qwertyville"))]
    located, misses = locate_claims(claims, [document], open_gazetteer())
    assert located[0].places[0].region is None
    assert [m.what for m in misses] == ["place 'Qwertyville'"]
    assert "in Mali" in misses[0].why
