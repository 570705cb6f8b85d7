"""How fast the store takes in and gives back: 10,000 synthetic documents of ten claims each, SQLite in a temporary folder."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import shapely

from bench.score import Score
from wayout.model import (
    ActorId,
    Claim,
    ClaimId,
    Document,
    Mention,
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
from wayout.store.base import ClaimFilter, Store
from wayout.store.open import open_store

N_DOCUMENTS = 10_000
N_CLAIMS_EACH = 10
N_ROWS = 100_000
BATCH = 100
"""Readings a transaction."""
STEP = Step(name="bench", version="1")
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def synthetic_readings(n_documents: int = N_DOCUMENTS, n_claims: int = N_CLAIMS_EACH) -> Iterator[Reading]:
    """Make readings of some 300 words with located claims at 500 places, from nothing but their number."""
    places = [_place(i) for i in range(500)]
    for i in range(n_documents):
        sentences = [
            f"Unit {i} of group {j % 7} took town {(i * 7 + j) % 500} from army {j} on day {i % 365}."
            for j in range(n_claims)
        ]
        text = "\n\n".join([f"Report {i}", *sentences, "More was said in town. " * 60])
        document = Document(
            id=document_id(text),
            text=text,
            title=f"Report {i}",
            source=Source(name=f"Wire {i % 40}"),
            url=f"https://example.org/{i}",
            byline=None,
            published=BEGIN + timedelta(hours=i % 8760),
            retrieved=BEGIN + timedelta(days=400),
            language="en",
            made_by=STEP,
        )
        claims = [_claim(document, sentence, places[(i * 7 + j) % 500], j) for j, sentence in enumerate(sentences)]
        mentions = [
            Mention(
                span=claim.words[0], text=document.quote(claim.words[0]), kind="actor", ref=claim.subject, route="name"
            )
            for claim in claims
        ]
        yield Reading(document=document, claims=tuple(claims), mentions=tuple(mentions))


def _place(i: int) -> tuple[Place, shapely.Polygon]:
    lon, lat = 35 + (i % 25) * 0.4, 30 + (i // 25) * 0.4
    place = Place(
        id=PlaceId(content_id("place", i)),
        name=f"town {i}",
        kind="populated_place",
        country="SY",
        admin1="01",
        lon=lon,
        lat=lat,
    )
    return place, shapely.Point(lon, lat).buffer(0.1)


def _claim(document: Document, sentence: str, where: tuple[Place, shapely.Polygon], j: int) -> Claim:
    start = document.text.index(sentence)
    span, words = document.span(start, start + len(sentence)), document.span(start, start + 8)
    place, outline = where
    region = Region(
        phrase=place.name,
        parts=(WeightedGeometry(geometry=outline, place=place, weight=1.0),),
        where_prec=2,
        radius_km=5.0,
        method="name",
        why="the town of that name",
        places=(place,),
        evidence=(span,),
        made_by=STEP,
    )
    day = BEGIN.date() + timedelta(days=j)
    return Claim(
        id=ClaimId(content_id("claim", document.id, start)),
        document=document.id,
        predicate="takes",
        subject=ActorId(f"group-{j % 7}"),
        object=ActorId(f"army-{j}"),
        subject_text=f"group {j % 7}",
        places=(PlaceUse(role="at", phrase=place.name, span=span, region=region),),
        time=TimeValue(text="day", span=words, start=day, end=day, date_prec=1),
        certainty=3.0,
        words=(words,),
        evidence=(span,),
        made_by=STEP,
    )


def evidence_columns(n_rows: int = N_ROWS) -> dict[str, np.ndarray]:
    """Make columns as FUSE keeps them: ids, numbers, days."""
    rng = np.random.default_rng(1)
    ids = np.array([f"claim-{i:016x}" for i in range(n_rows)])
    days = np.datetime64("2024-01-01") + rng.integers(0, 365, n_rows)
    numbers = {name: rng.normal(size=n_rows) for name in ("shift", "half_life", "certainty")}
    kinds = {name: rng.integers(0, 5_000, n_rows) for name in ("proposition", "origin", "source")}
    return {"claim": ids, "document": ids, "known": days, "spoken_of": days, **numbers, **kinds}


def measure(corpora: Path, where: str | None = None) -> list[Score]:
    """Time the store; ``where`` is another place than a temporary SQLite file."""
    del corpora
    readings = list(synthetic_readings())
    with TemporaryDirectory() as folder, open_store(where or Path(folder) / "bench.sqlite") as store:
        return list(_timed(store, readings))


def _timed(store: Store, readings: list[Reading]) -> Iterator[Score]:
    def score(name: str, seconds: float, detail: str) -> Score:
        return Score(
            name=f"speed store, {name}, seconds", value=seconds, higher_is_better=False, note=detail, has_floor=False
        )

    begin = time.perf_counter()
    cpu = time.process_time()
    rest = iter(readings)
    while some := list(islice(rest, BATCH)):
        store.add_readings(some, "1")
    took, cpu = time.perf_counter() - begin, time.process_time() - cpu
    yield score(
        "ingest",
        took,
        f"{len(readings)} documents x {N_CLAIMS_EACH} claims, {BATCH} a transaction, {cpu:.2f} s of CPU here",
    )
    for name, ask in (
        ("again", lambda: store.add_readings(readings[:1_000], "1")),
        ("all_claims", store.claims),
        ("box", lambda: store.claims(ClaimFilter(bbox=(36.0, 31.0, 36.5, 31.5)))),
        ("words", lambda: store.claims(ClaimFilter(text="town 17 group 3"))),
        ("until", lambda: store.claims(ClaimFilter(until=BEGIN + timedelta(days=10)))),
        ("documents", store.documents),
        ("check", store.check),
        ("export", lambda: list(store.export())),
        ("put_columns", lambda: store.put_derived("evidence", evidence_columns())),
        ("get_columns", lambda: store.derived("evidence")),
    ):
        begin = time.perf_counter()
        cpu = time.process_time()
        answer = ask()
        took, cpu = time.perf_counter() - begin, time.process_time() - cpu
        n_records = len(answer) if isinstance(answer, tuple | list | dict) else 1
        yield score(name, took, f"{n_records} records, {cpu:.2f} s of CPU here")
        del answer  # letting go of a hundred thousand records takes seconds, which are not the next question's
