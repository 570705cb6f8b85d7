"""Readings from literals, put into a store in memory."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import shapely

from wayout.model import Attribution, Reading, Source, TimeValue
from wayout.store.open import open_store


@pytest.fixture
def reports(build):
    """Make readings: ``reports.one(text, deed, days=-3, source="A", ...)``; places are boxes on one line."""

    def region(name, lon=20.0):
        return build.region(name, shapely.box(lon, 10, lon + 0.5, 10.5))

    def one(text, deed, *, days=0.0, source="Wire A", place="Alfa", lon=20.0, told=None, spoken=None, **fields):
        from dataclasses import replace

        published = None if days is None else build.at + timedelta(days=days)
        document = replace(build.document(text, published=published), source=Source(name=source, reliability="C"))
        words = text.split(".")[0]
        if told is not None:
            fields["attributed_to"] = Attribution(name=told, actor=told, source_span=None, cue_span=None)
        if spoken is not None:
            day = (build.at + timedelta(days=spoken)).date()
            fields["time"] = TimeValue(text="then", span=document.span(0, 4), start=day, end=day, date_prec=1)
        claim = build.claim(document, words, deed, regions={"at": region(place, lon)}, **fields)
        return Reading(document=document, claims=(claim,))

    def store(readings, reader="test-1"):
        from wayout.casebook.gathering import note_pending

        kept = open_store(":memory:")
        for reading in readings:
            note_pending(kept, [reading.document.id])
            kept.add_readings([reading], reader)
        return kept

    return SimpleNamespace(one=one, store=store, region=region, at=build.at)
