"""LOCATE on relative phrases: UCDP's own place strings of roads, borders, compass parts (developers' set)."""

import json
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from bench.score import CorpusMissingError, Score
from wayout.errors import NotFoundError
from wayout.geo.compass import area_km2, buffer_km, central_point, distance_km
from wayout.geo.layers import read_layer
from wayout.geo.line_cut import middle_of_line
from wayout.locate.context import PhraseContext
from wayout.locate.gazetteer import open_gazetteer
from wayout.locate.phrases import locate_phrase
from wayout.model import Region

FILE = "text/ucdp_places_dev/relative.jsonl"
COUNTRIES = {"Syria": "SY", "Iraq": "IQ"}
FLOORS = {"Syria": {25: 0.360, 161: 0.960}, "Iraq": {25: 0.512, 161: 0.674}}
"""Mean of the places a phrase names, populous exact match (README of the set)."""
REGION_MASS = 0.9
HONEST = 0.05
"""A region that says nine times in ten should be right .85 to .95 of the time: more is as dishonest as less."""
ACC_KM = (25, 50, 161)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One phrase: what was found, how far the point is off (km), whether the 90 % region holds a true point, its area and that of the division round the truth (km2)."""

    country: str
    phrase: str
    region: Region | None
    off_km: float
    held: bool
    area_km2: float
    admin1_km2: float | None


def measure(corpora: Path) -> list[Score]:
    """Score points and regions by country."""
    outcomes = list(score_phrases(corpora))
    scores = []
    for country in COUNTRIES:
        own = [o for o in outcomes if o.country == country]
        found = [o for o in own if o.region is not None]
        for km in ACC_KM:
            floor = FLOORS[country].get(km)
            beside = f"mean of names {floor:.3f}" if floor is not None else ""
            value = sum(o.off_km <= km for o in own) / len(own)
            scores.append(
                Score(name=f"phrases {country} Acc@{km}", value=value, beside=beside, note=f"{len(own)} phrases")
            )
        held = sum(o.held for o in found) / len(found)
        median = statistics.median(o.area_km2 for o in found)
        note = f"{held:.3f} of {len(found)} located are inside; median area {median:.0f} km2"
        beside = f"at most {HONEST} off"
        name = f"phrases {country} share inside the 90 % region, off .9 by"
        scores.append(Score(name=name, value=abs(held - REGION_MASS), higher_is_better=False, beside=beside, note=note))
        scores.append(
            Score(name=f"phrases {country} median area of 90 % region, km2", value=median, higher_is_better=False)
        )
        ratios = [o.admin1_km2 / o.area_km2 for o in found if o.admin1_km2 is not None]
        name = f"phrases {country} admin-1 area / area of 90 % region, median"
        scores.append(Score(name=name, value=statistics.median(ratios), note=f"of {len(ratios)}; goal 3"))
    return scores


def score_phrases(corpora: Path) -> Iterable[Outcome]:
    """Locate every phrase with its country as only context."""
    path = corpora / FILE
    if not path.exists():
        raise CorpusMissingError(f"{path} is not here")
    gazetteer = open_gazetteer()
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        truths = [Point(lon, lat) for lat, lon in item["points"]]
        context = PhraseContext(countries={COUNTRIES[item["country"]]: 1.0})
        try:
            region = locate_phrase(item["phrase"], gazetteer, context)
        except NotFoundError:
            yield Outcome(
                country=item["country"],
                phrase=item["phrase"],
                region=None,
                off_km=1e9,
                held=False,
                area_km2=0,
                admin1_km2=None,
            )
            continue
        point = best_point(region)
        area = ninety(region)
        yield Outcome(
            country=item["country"],
            phrase=item["phrase"],
            region=region,
            off_km=min(distance_km(point, truth) for truth in truths),
            held=any(area.intersects(truth) for truth in truths),
            area_km2=area_km2(area),
            admin1_km2=_division_km2(truths[0]),
        )


def _division_km2(truth: Point) -> float | None:
    """Return the area of the first-order division that holds a point, km2."""
    holding = (f.geometry for f in read_layer("admin1") if f.geometry.intersects(truth))
    return next((area_km2(geometry) for geometry in holding), None)


def best_point(region: Region) -> Point:
    """Return one point for a region: the point of the best reading nearest to its centre, the middle of a line."""
    geometry = region.geometry
    if geometry.area == 0 and geometry.length > 0:
        return middle_of_line(geometry)
    return central_point(geometry)


def ninety(region: Region) -> BaseGeometry:
    """Return the 90 % region: readings, best first, until they hold 90 % of the weight, each widened by the radius."""
    kept, mass = [], 0.0
    for part in region.parts:
        kept.append(buffer_km(part.geometry, region.radius_km))
        mass += part.weight
        if mass >= REGION_MASS:
            break
    return shapely.union_all(kept)
