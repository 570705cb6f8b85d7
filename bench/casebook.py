"""Many reports, one picture: how fast a store takes them in, fuses them, and shows the situation as of any date."""

import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import shapely

from bench.score import Score
from wayout.casebook.gathering import note_pending, refresh
from wayout.casebook.picture import picture_at
from wayout.model import (
    ActorId,
    Attribution,
    Claim,
    Document,
    Place,
    PlaceId,
    PlaceUse,
    Reading,
    Region,
    Source,
    Step,
    TimeValue,
    WeightedGeometry,
    content_id,
    document_id,
)
from wayout.store.open import open_store

STEP = Step(name="bench.casebook", version="1")
FIRST_DAY = datetime(2023, 1, 1, tzinfo=UTC)
N_DAYS = 540
N_CLAIMS = 10
COPIES = 0.15
"""Share of reports that are near-copies of an earlier one: a line of the editor's is put before it."""
CITES = 0.2
"""Share of claims handed to one of the mouths."""
DEEDS = ("holds", "takes", "present", "attacks", "clashes", "seals", "opens", "withdraws", "deploys", "loses")
SYLLABLES = tuple(c + v for c in "bdfgklmnprstvz" for v in "aeio")
N_WORDS = 6000
RIVALS = 4
"""Actors that are spoken of at one place."""


def read(n: int, seed: int = 7) -> Iterator[Reading]:
    """
    Make up readings: reports with some ten located claims each, some copies, some citations.

    Parameters
    ----------
    n
        Reports.
    seed
        Of the only random generator.

    Yields
    ------
    reading
        Texts are random sentences of ours; nothing in them is true.
    """
    rng = np.random.default_rng(seed)
    places = [_place(k, rng) for k in range(400)]
    actors = [ActorId(f"unknown:made up group {k}") for k in range(60)]
    sources = [Source(name=f"Made-up Wire {k}", reliability="ABCDEF"[k % 6]) for k in range(120)]
    texts: list[str] = []
    words = _words(rng)
    for number in range(n):
        is_copy = bool(texts) and rng.random() < COPIES
        body = texts[int(rng.integers(max(0, len(texts) - 200), len(texts)))] if is_copy else _text(rng, words)
        text = f"Report {number} from our desk.\n\n{body}"
        texts.append(body)
        source = sources[int(rng.integers(len(sources)))]
        day = FIRST_DAY + timedelta(days=float(np.floor(number / n * N_DAYS)), hours=float(rng.integers(24)))
        document = _document(text, source, day)
        claims = tuple(_claim(document, k, rng, (places, actors)) for k in range(N_CLAIMS))
        yield Reading(document=document, claims=claims)


def measure(corpora: Path, n: int = int(os.environ.get("BENCH_REPORTS", "2000"))) -> list[Score]:
    """Add made-up reports to a store, fuse them, and ask for pictures; BENCH_REPORTS=10000 measures the whole."""
    del corpora
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "bench.sqlite"
        made = list(read(n))
        with open_store(where) as store:
            begin = time.perf_counter()
            for start in range(0, n, 64):
                some = made[start : start + 64]
                note_pending(store, [r.document.id for r in some])
                store.add_readings(some, "bench-1")
            added = time.perf_counter() - begin
            begin = time.perf_counter()
            refresh(store)
            fused = time.perf_counter() - begin
        with open_store(where) as store:
            first, again = _pictures(store)
            begin = time.perf_counter()
            late = list(read(n + 1))[-1:]
            note_pending(store, [late[0].document.id])
            store.add_readings(late, "bench-1")
            refresh(store)
            one = time.perf_counter() - begin
        size = where.stat().st_size / 1e6
    of = f"{n} reports, {n * N_CLAIMS} claims"
    return [
        _clock(
            f"speed: store takes reports in, s per 10,000 ({n})",
            added / n * 10_000,
            f"{of}: {added:.1f} s, {size:.0f} MB",
        ),
        _clock(f"speed: echoes and evidence, s per 10,000 ({n})", fused / n * 10_000, f"{of}: {fused:.1f} s"),
        _clock(f"speed: situation from the store, first, s ({n})", first, "opened anew, process warm; goal < 1"),
        _clock(f"speed: situation at another date, s ({n})", again, "mean of three other dates; goal < 1"),
        _clock(f"speed: one more report, s ({n})", one, "evidence and echoes brought up to date"),
    ]


def _pictures(store: object) -> tuple[float, float]:
    at = FIRST_DAY + timedelta(days=N_DAYS)
    times = []
    for days in (0, 60, 200, 400):
        begin = time.perf_counter()
        picture_at(store, at - timedelta(days=days))  # type: ignore[arg-type]
        times.append(time.perf_counter() - begin)
    return times[0], sum(times[1:]) / 3


def _clock(name: str, value: float, note: str) -> Score:
    return Score(name=name, value=value, higher_is_better=False, note=note, has_floor=False)


def _words(rng: np.random.Generator) -> list[str]:
    return ["".join(rng.choice(SYLLABLES, size=int(rng.integers(1, 5)))) for _ in range(N_WORDS)]


def _text(rng: np.random.Generator, words: list[str]) -> str:
    """Some 300 words, a few of them very frequent, as in any language (Zipf 1949)."""
    picked = np.minimum(rng.zipf(1.3, size=300) - 1, N_WORDS - 1)
    return " ".join(words[k] + ("." if n % 15 == 14 else "") for n, k in enumerate(picked.tolist()))


def _document(text: str, source: Source, day: datetime) -> Document:
    return Document(
        id=document_id(text),
        text=text,
        title=None,
        source=source,
        url=None,
        byline=None,
        published=day,
        retrieved=None,
        language="en",
        made_by=STEP,
    )


def _place(k: int, rng: np.random.Generator) -> Region:
    lon, lat = float(rng.uniform(30, 36)), float(rng.uniform(10, 16))
    name = f"Made-up Town {k}"
    place = Place(
        id=PlaceId(f"made-up:{k}"), name=name, kind="populated_place", country=None, admin1=None, lon=lon, lat=lat
    )
    ground = shapely.Point(lon, lat).buffer(0.05, quad_segs=8)
    return Region(
        phrase=name,
        parts=(WeightedGeometry(geometry=ground, place=place, weight=1.0),),
        where_prec=1,
        radius_km=5.0,
        method="name",
        why="made up",
        places=(place,),
        made_by=STEP,
    )


def _claim(document: Document, k: int, rng: np.random.Generator, world: tuple[list[Region], list[ActorId]]) -> Claim:
    places, actors = world
    start = 40 + 60 * k
    span = document.span(start, start + 50)
    where = int(rng.integers(len(places)) * rng.random())  # some places are spoken of far more often
    region, mine, yours = (
        places[where],
        *(actors[(where * 7 + int(rng.integers(RIVALS))) % len(actors)] for _ in range(2)),
    )
    deed = DEEDS[int(rng.integers(len(DEEDS)))]
    day = (document.published or FIRST_DAY).date() - timedelta(days=int(rng.integers(4)))
    told = None
    if rng.random() < CITES:
        mouth = actors[int(rng.integers(8))]
        told = Attribution(name=str(mouth), actor=mouth, source_span=None, cue_span=None)
    return Claim(
        id=content_id("claim", document.id, k),  # type: ignore[arg-type]
        document=document.id,
        predicate=deed,  # type: ignore[arg-type]
        subject=mine,
        object=yours if deed in ("attacks", "clashes", "takes") else None,
        places=(
            PlaceUse(role="from" if deed == "withdraws" else "at", phrase=region.phrase, span=span, region=region),
        ),
        time=TimeValue(text="then", span=span, start=day, end=day, date_prec=1),
        attributed_to=told,
        certainty=float(rng.choice([3.0, 2.0, 1.0, -2.0], p=[0.6, 0.2, 0.1, 0.1])),
        words=(span,),
        evidence=(span,),
        made_by=STEP,
    )
