"""The contract of editions: base and edition together answer what one merged file would answer."""

import copy
import sqlite3
from pathlib import Path

import pytest
import shapely

from wayout.locate.gazetteer import Gazetteer, open_gazetteer
from wayout.locate.looking_up.boundaries import read_boundaries
from wayout.locate.looking_up.coded_divisions import add_divisions
from wayout.locate.looking_up.editions import EditionSource, write_edition
from wayout.locate.looking_up.gazetteer_file import OWN_NAME, Entry, write
from wayout.locate.looking_up.geonames_dump import read_dump
from wayout.locate.looking_up.open_files import OpenFiles

FOLDER = Path(__file__).parents[2] / "made_up_country"
SOURCE = EditionSource(title="made up", address="here", sha256="0" * 64, retrieved="2026-01-01", licence="ours")
NAMES = (
    "Kidal", "Tin Tafarat", "تين تافارات", "Tine Tafarate", "Oued Tafarat", "Tafarat", "Agharous Kanawan", "Agharous Canaouan",
    "Agharous Airstrip", "Issalane", "Azelwane", "Camp Al Hamra", "Al Hamra", "Tessalit", "Mopti", "Bamako", "Nowhere At All",
)  # fmt: skip


def country():
    rows = (FOLDER / "ML.txt").read_text(encoding="utf-8").splitlines()
    names = (FOLDER / "ML-names.txt").read_text(encoding="utf-8").splitlines()
    return add_divisions(read_dump(rows, "ML", names).entries, read_boundaries(FOLDER / "boundaries.geojson"), "ML")


def base_entries():
    """A small base: two towns that the country's edition has too, one under a name of its own, and one that it has not."""
    kidal = Entry("geonames:2455290", "Kidal", "populated_place", "ML", "ML-8", 1.40921, 18.44345, 40030)
    kidal.call(["Kidal", "Kidalville"], OWN_NAME)
    mopti = Entry("geonames:2453348", "Mopti", "populated_place", "ML", "ML-5", -4.18, 14.48, 114_000)
    mopti.call(["Mopti"], OWN_NAME)
    return [kidal, mopti]


def merged(base, edition):
    """What the contract says: one place an id, names united at their best preference, the later entry stands for it."""
    found = {entry.id: entry for entry in base}
    for later in edition:
        entry = copy.deepcopy(later)
        for name, preference in found[later.id].names.items() if later.id in found else ():
            entry.names[name] = min(preference, entry.names.get(name, preference))
        found[later.id] = entry
    return list(found.values())


def opened(*paths):
    return Gazetteer(OpenFiles([sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) for path in paths]))


@pytest.fixture(scope="module")
def gazetteers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contract")
    write(folder / "base.sqlite", base_entries())
    write(folder / "merged.sqlite", merged(base_entries(), country()))
    edition = write_edition(folder, "ML", country(), sources=[SOURCE], left_out={})
    return opened(folder / "base.sqlite", edition.path), opened(folder / "merged.sqlite")


@pytest.mark.parametrize("countries", [(), ("ML",), ("NE", "ML")], ids=["anywhere", "ML", "NE and ML"])
@pytest.mark.parametrize("name", NAMES)
def test_both_answer_what_one_file_would(gazetteers, name, countries):
    both, one = gazetteers
    for fuzzy in (False, True):
        assert both.find(name, countries=countries, fuzzy=fuzzy) == one.find(name, countries=countries, fuzzy=fuzzy)


def test_both_rank_as_one_file_would(gazetteers):
    both, one = gazetteers
    for name in NAMES:
        assert both.rank(name, {"ML": 0.8}) == one.rank(name, {"ML": 0.8})


@pytest.mark.parametrize("bounds", [(-13.0, 10.0, 5.0, 25.0), (-5.0, 14.0, -4.0, 15.0), (20.0, 0.0, 30.0, 5.0)])
def test_both_list_the_large_towns_that_one_file_would(gazetteers, bounds):
    both, one = gazetteers
    for n in (1, 2, 50):
        assert both.large_towns(bounds, n) == one.large_towns(bounds, n)
    assert [town.name for town in both.large_towns((-13.0, 10.0, 5.0, 25.0), 1)] == ["Mopti"]


def test_both_draw_as_one_file_would(gazetteers):
    both, one = gazetteers
    for name in NAMES:
        for place in one.find(name):
            assert both.geometry(place).equals(one.geometry(place))


def test_both_know_the_same_towns(gazetteers):
    both, one = gazetteers
    area = shapely.box(0, 18, 2, 20)
    assert both.towns_near(area, least_population=500) == one.towns_near(area, least_population=500)
    assert both.largest_town("ML-8") == one.largest_town("ML-8")


def test_a_name_of_either_file_finds_the_one_place(gazetteers):
    both, _ = gazetteers
    for name in ("Kidalville", "كيدال"):
        places = [p for p in both.find(name) if p.kind == "populated_place"]
        assert [(p.id, p.population) for p in places] == [("geonames:2455290", 40030)]


def test_an_edition_answers_beside_the_shipped_base(tmp_path):
    edition = write_edition(tmp_path, "ML", country(), sources=[SOURCE], left_out={})
    gazetteer = open_gazetteer((edition.path,))
    village = gazetteer.find("Ti-n-Tafarat", countries=("ML",))[0]
    assert (village.id, village.population) == ("geonames:99000010", 850)
    assert not open_gazetteer().find("Ti-n-Tafarat", countries=("ML",))
    found = gazetteer.find("Kidal", countries=("ML",))
    kidal = [p for p in found if p.kind == "populated_place" and p.country == "ML"]
    assert [p.id for p in kidal] == ["geonames:2455290"]


def test_an_outline_with_its_code_comes_from_the_edition(tmp_path):
    edition = write_edition(tmp_path, "ML", country(), sources=[SOURCE], left_out={})
    gazetteer = open_gazetteer((edition.path,))
    cercle = next(p for p in gazetteer.find("Issalane Ouest", countries=("ML",)) if p.kind == "admin2")
    assert cercle.pcode == "ML0803"
    assert gazetteer.geometry(cercle).area == pytest.approx(1.0)
    region = next(p for p in gazetteer.find("Kidal", countries=("ML",)) if p.kind == "admin1")
    assert (region.id, region.pcode) == ("admin1:ML-8", "ML08")


def test_a_hill_of_a_dump_does_not_stand_before_its_village(tmp_path):
    row = "{}\tKafod\tKafod\t\t19.{}\t1.0\t{}\t{}\tML\t\t08\t\t\t\t0\t\t300\tAfrica/Bamako\t2026-01-01"
    rows = [
        row.format(99000090, 1, "T", "HLL"),
        row.format(99000091, 2, "P", "PPL"),
        row.format(99000092, 3, "H", "WAD"),
    ]
    edition = write_edition(tmp_path, "ML", read_dump(rows, "ML").entries, sources=[SOURCE], left_out={})
    found = open_gazetteer((edition.path,)).find("Kafod", countries=("ML",))
    assert found[0].id == "geonames:99000091"
    assert {place.id for place in found} == {"geonames:99000090", "geonames:99000091", "geonames:99000092"}
