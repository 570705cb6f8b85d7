"""Is a stated ground honest: how often the 50 % and the 90 % ground of a located phrase hold the true place, and how large they are."""

import csv
import gzip
import hashlib
import io
import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from shapely.geometry import Point

from bench.score import CorpusMissingError, Score
from wayout.errors import NotFoundError
from wayout.geo.compass import area_km2
from wayout.geo.layers import read_layer
from wayout.geo.membership import ground_within
from wayout.locate.context import Ground, PhraseContext
from wayout.model import Region

ISO2 = {"Syria": "SY", "Iraq": "IQ", "SYR": "SY", "IRQ": "IQ"}
PLACES, RELATIVE = "text/ucdp_places_dev/places.csv.gz", "text/ucdp_places_dev/relative.jsonl"
GOLD, NEWS = "geo/ucdp_dev/locate_gold.csv", "text/geoparsing"
CORPORA_OF_NEWS = ("geovirus", "lgl", "tr_news", "geowebnews")
HALVES = ("tuned half", "other half")
"""Even and odd md5 of the phrase (of the text, for news): constants were set on the first."""
MOST_TEXTS = 10
"""News texts a corpus, every n-th, so that the bench stays under a minute."""
LEAST_ROWS = 20
"""Groups with fewer rows are not listed apart."""
VAST = frozenset({"continent", "sea"})
"""Kinds left out of the news: label points of them say nothing, and their outlines take long."""
LEAST_ELSEWHERE = 0.04
LEVELS = (0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    One located phrase against its truth.

    ``group``: method, or kind of place for plain names. ``held``, ``km2``: whether the 50 % and 90 % ground hold the truth, and their areas.
    """

    what: str
    half: int
    group: str
    held: tuple[bool, bool]
    km2: tuple[float, float]
    division_km2: float | None


def measure(corpora: Path) -> list[Score]:
    """Score place strings, relative phrases, divisions and names of news, half by half."""
    if not (corpora / PLACES).exists():
        raise CorpusMissingError(f"{corpora / PLACES} is not here")
    outcomes = [*ucdp_outcomes(corpora), *news_outcomes(corpora)]
    scores: list[Score] = []
    for what in dict.fromkeys(o.what for o in outcomes):
        for half, name in enumerate(HALVES):
            own = [o for o in outcomes if o.what == what and o.half == half]
            if own:
                scores += _scores(f"calibration {what}, {name}", own)
    return scores


def _scores(name: str, own: list[Outcome]) -> Iterator[Score]:
    groups = defaultdict(list)
    for o in own:
        groups[o.group].append(o)
    listed = "; ".join(f"{g}: {_say(groups[g])}" for g in sorted(groups) if len(groups[g]) >= LEAST_ROWS)
    for i, level in enumerate(LEVELS):
        share = sum(o.held[i] for o in own) / len(own)
        note = f"{len(own)} located" + (f"; {listed}" if i and listed else "")
        yield Score(name=f"{name}: truth in {level:.0%} ground", value=share, note=note, has_floor=False)
    km2 = statistics.median(o.km2[1] for o in own)
    half = statistics.median(o.km2[0] for o in own)
    ratios = [o.km2[1] / o.division_km2 for o in own if o.division_km2]
    ratio = statistics.median(ratios) if ratios else 0.0
    note = f"of the 50 % ground {half:.0f}; 90 % ground against the truth's division {ratio:.2f}"
    yield Score(
        name=f"{name}: median area of 90 % ground, km2", value=km2, higher_is_better=False, note=note, has_floor=False
    )


def _say(own: list[Outcome]) -> str:
    inner, outer = (sum(o.held[i] for o in own) / len(own) for i in (0, 1))
    return f"{inner:.2f} and {outer:.2f} of {len(own)}, {statistics.median(o.km2[1] for o in own):.0f} km2"


def ucdp_outcomes(corpora: Path) -> Iterator[Outcome]:
    """Locate place strings and relative phrases of events with their country as only context."""
    for row in _ucdp_rows(corpora):
        region = _located(row["phrase"], ISO2[row["country"]])
        if region is not None:
            yield _outcome(row["what"], row["phrase"], region, row["points"])


def _ucdp_rows(corpora: Path) -> Iterator[dict[str, Any]]:
    """Yield each string and point once: names (where_prec 1-2), divisions (3-4), relative phrases."""
    seen = set()
    with gzip.open(corpora / PLACES, "rb") as raw:
        for r in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")):
            point = (float(r["lon"]), float(r["lat"]))
            key = (r["place"], round(point[0], 2), round(point[1], 2))
            if r["relative"] == "0" and int(r["where_prec"]) <= 4 and key not in seen:
                seen.add(key)
                what = "UCDP names" if int(r["where_prec"]) <= 2 else "UCDP divisions"
                yield {"what": what, "phrase": r["place"], "country": r["country"], "points": [point]}
    if (corpora / GOLD).exists():
        for r in csv.DictReader((corpora / GOLD).read_text(encoding="utf-8").splitlines()):
            point = (float(r["lon"]), float(r["lat"]))
            key = (r["where_coordinates"], round(point[0], 2), round(point[1], 2))
            if r["relative"] == "0" and int(r["prec"]) <= 4 and key not in seen:
                what = "UCDP names" if int(r["prec"]) <= 2 else "UCDP divisions"
                yield {"what": what, "phrase": r["where_coordinates"], "country": r["iso3"], "points": [point]}
    for line in (corpora / RELATIVE).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        points = [(lon, lat) for lat, lon in item["points"]]
        yield {"what": "UCDP relative", "phrase": item["phrase"], "country": item["country"], "points": points}


@lru_cache(maxsize=8192)
def _located(phrase: str, country: str) -> Region | None:
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.phrases import locate_phrase

    try:
        return locate_phrase(phrase, open_gazetteer(), PhraseContext(countries={country: 1.0}))
    except NotFoundError:
        return None


def news_outcomes(corpora: Path) -> Iterator[Outcome]:
    """Make regions of the readings that given names of news texts are resolved to; truths are label points."""
    from bench.toponym_points import resolve, rows

    for corpus in CORPORA_OF_NEWS:
        path = corpora / NEWS / f"{corpus}.jsonl.gz"
        if not path.exists():
            continue
        texts = list(rows(path))
        for row in texts[:: max(1, len(texts) // MOST_TEXTS)]:
            gold = [t for t in row["toponyms"] if not t["optional"] and t["lat"] is not None]
            for t, answer in zip(gold, resolve(row, gold), strict=True):
                if answer.is_listed and answer.readings[0][0].kind not in VAST:
                    region = _region_of(tuple(answer.readings), answer.p_unlisted)
                    yield _outcome("news names", row["id"], region, [(t["lon"], t["lat"])])


@lru_cache(maxsize=8192)
def _region_of(readings: tuple[tuple[Any, float], ...], p_unlisted: float) -> Region:
    from wayout.locate.composing import compose_region, reading
    from wayout.locate.elsewhere import with_elsewhere
    from wayout.locate.gazetteer import open_gazetteer
    from wayout.locate.resolving.names import doubt_of, shape_of_place

    ground = Ground(gazetteer=open_gazetteer(), context=PhraseContext(), locate=_unused)
    parts = [reading(shape_of_place(place, ground), weight, place) for place, weight in readings]
    best = readings[0][0]
    where_prec, radius = doubt_of(best, parts[0].geometry)
    region = compose_region(parts, method="name", why="", where_prec=where_prec, radius_km=radius, places=[best])
    doubted = best.country is not None and p_unlisted >= LEAST_ELSEWHERE
    return with_elsewhere(region, p_unlisted, best.country or "") if doubted else region


def _unused(phrase: str, ground: Ground) -> Region:
    raise NotFoundError(phrase)


def _outcome(what: str, key: str, region: Region, points: Iterable[tuple[float, float]]) -> Outcome:
    grounds = _grounds(id(region), region)
    truths = [Point(p) for p in points]
    best = region.parts[0].place
    group = best.kind if region.method == "name" and best is not None else region.method
    return Outcome(
        what=what,
        half=int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % 2,
        group=group,
        held=tuple(any(area.intersects(truth) for truth in truths) for area, _ in grounds),  # type: ignore[arg-type]
        km2=tuple(km2 for _, km2 in grounds),  # type: ignore[arg-type]
        division_km2=_division_km2(truths[0].x, truths[0].y),
    )


_KEPT: dict[int, Any] = {}


def _grounds(key: int, region: Region) -> list[tuple[Any, float]]:
    """Draw the grounds of a region once (regions are kept by the caches above, so their ids are not used again)."""
    if key not in _KEPT:
        grounds = [ground_within(region, level) for level in LEVELS]
        _KEPT[key] = [(ground, area_km2(ground)) for ground in grounds]
    return _KEPT[key]  # type: ignore[no-any-return]


@cache
def _division_km2(lon: float, lat: float) -> float | None:
    """Return the area of the first-order division that holds a point, km2."""
    import shapely

    tree, _ = _divisions()
    found = tree.query(shapely.Point(lon, lat), predicate="intersects")
    return _areas(int(found[0])) if len(found) else None


@cache
def _areas(i: int) -> float:
    return area_km2(_divisions()[1][i])


@lru_cache(maxsize=1)
def _divisions() -> tuple[Any, list[Any]]:
    import shapely

    shapes = [f.geometry for f in read_layer("admin1")]
    return shapely.STRtree(shapes), shapes
