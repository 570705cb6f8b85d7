"""The finer places of the gazetteer: divisions that only an outline tells of, airfields, and sites that reports name (used by ``build_gazetteer.py``)."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from typing import Any

from wayout.geo.outlines import divided_countries, read_divisions
from wayout.locate.looking_up.gazetteer_file import ALIAS, OWN_NAME, STRIPPED, Entry
from wayout.locate.looking_up.kind_affixes import without_kind_word
from wayout.text.names import fold_name
from wayout.vocab import read_vocab

LEAST_LETTERS = 3
_GEONAMES = re.compile(r"admin2:\d+")


class FineDivisions:
    """Divisions that ``layers/divisions.zip`` knows: points of known ones, names for towns, and places of their own."""

    def __init__(self) -> None:
        """Read the properties of every country."""
        quiet = set(read_vocab("boundary_sources.yaml")["quiet"])
        self.points: dict[str, tuple[float, float]] = {}
        self.names_of_seat: dict[int, list[str]] = defaultdict(list)
        self.rows: list[tuple[str, dict[str, Any]]] = []
        for country in divided_countries():
            for feature in read_divisions(country):
                row = dict(feature.properties)
                if "at" not in row:
                    continue
                self.points[row["id"]] = (row["at"][0], row["at"][1])
                if country in quiet or not sayable(row["name"]):
                    continue
                if "seat" in row:
                    self.names_of_seat[row["seat"]].append(row["name"])
                if not _GEONAMES.fullmatch(row["id"]):
                    self.rows.append((country, row))

    def entries(self) -> Iterator[Entry]:
        """Divisions that GeoNames' list lacks; a third-order one named after a town inside is known only with a word for what it is."""
        words = read_vocab("boundary_sources.yaml")["third_order_words"]
        for country, row in self.rows:
            entry = Entry(row["id"], row["name"], row["kind"], country, row.get("admin1"), *row["at"])
            entry.source = "geoBoundaries"
            bare = without_kind_word(row["name"])
            if "seat" not in row:
                entry.call([row["name"]], OWN_NAME)
                entry.call([bare], STRIPPED)
            elif row["kind"] == "admin3":
                entry.call([f"{bare} {word}" for word in words.get(country, words["default"])], OWN_NAME)
            else:
                entry.call([row["name"], bare], ALIAS)
            yield entry


def sayable(name: str) -> bool:
    """Say whether a name is one that a text would use: letters enough, no number, not cut off."""
    folded = fold_name(name)
    return sum(c.isalpha() for c in folded) >= LEAST_LETTERS and not any(c.isdigit() for c in folded)


def airfields() -> Iterator[Entry]:
    """Airfields of airportsdata under the words that reports use for them; private strips only where an airline lands."""
    words = read_vocab("installations.yaml")
    suffix = re.compile(
        r"(?<=\S) (?:" + "|".join(sorted(map(re.escape, words["airfield_words"]), key=lambda w: (-len(w), w))) + r")$"
    )
    base_words = tuple(f" {w}" for w in words["base_words"])
    lines = resources.files("airportsdata").joinpath("airports.csv").read_text(encoding="utf-8").splitlines()
    rows = sorted(csv.DictReader(lines), key=lambda row: row["icao"])
    for row in rows:
        code, name, country = row["icao"], row["name"], row["country"]
        if not row["iata"] and (country in words["private_strips"] or not sayable(name)):
            continue
        entry = Entry(f"airfield:{code}", name, "installation", country, None, float(row["lon"]), float(row["lat"]))
        entry.source = "airportsdata"
        folded = fold_name(name)
        bare = suffix.sub("", folded)
        entry.call([name], OWN_NAME)
        if bare == folded or not sayable(bare):
            yield entry
            continue
        entry.call([f"{bare} {word}" for word in words["said_as"]], ALIAS)
        if fold_name(row["city"]) == bare or "international" in folded:
            entry.call([f"{bare} international airport"], ALIAS)
        if folded.endswith(base_words):
            entry.call([bare], STRIPPED)
            entry.call([f"{bare} military airport"], ALIAS)
        yield entry


def sites() -> Iterator[Entry]:
    """Bases, camps, dams, plants and fields of our own file."""
    for row in read_vocab("installations.yaml")["sites"]:
        name = row["name"]
        key = fold_name(name).replace(" ", "-")
        entry = Entry(f"site:{key}", name, "installation", row["country"], None, *row["point"])
        entry.call([name], OWN_NAME)
        entry.call(row["also"], ALIAS)
        yield entry
