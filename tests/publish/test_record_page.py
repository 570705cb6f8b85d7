"""The record's page shows everything, loads nothing, runs nothing foreign, and axe finds nothing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wayout.model import Forecast, ForecastQuestion, Resolution, ScoredForecast
from wayout.model.forecast_record import (
    AuthorFigures,
    CalibrationPoint,
    Figure,
    ForecastRecord,
    Recomposed,
    RecordEntry,
    RecordForecast,
    SkillAgainst,
)
from wayout.publish.record_page import record_page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: browser tests not run")
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"\u202e'&{{ 7*7 }}"
AT = datetime(2021, 5, 20, tzinfo=UTC)
NAN = float("nan")


def entry(name, state, p=0.3, standing="ahead", *, statement="Will it end?"):
    question = ForecastQuestion(
        id=f"question-{name}",
        name=name,
        statement=statement,
        options=("no", "yes"),
        first_day=date(2021, 6, 1),
        last_day=date(2021, 6, 30),
        settled_by="somebody",
    )
    forecast = Forecast(
        question=question.id, probabilities=(("no", 1 - p), ("yes", p)), as_of=AT, by=statement, model="m"
    )
    scored = ScoredForecast(
        question=question.id,
        by="ann",
        model="m",
        made_at=AT,
        standing="ahead",
        p_outcome=p,
        brier=(1 - p) ** 2,
        log_score=1.2,
        brier_zero=1.0,
    )
    shares = {"resolved": (("no", 0.0), ("yes", 1.0)), "voided": ()}.get(state)
    resolution = None if shares is None else Resolution(question=question.id, shares=shares, dataset="d", why=statement)
    made = RecordForecast(
        forecast=forecast,
        made_at=AT,
        standing=standing,
        scored=scored if state == "resolved" and standing != "late" else None,
    )
    return RecordEntry(
        question=question, state=state, asked_at=AT, forecasts=(made,), resolution=resolution, condition_said=statement
    )


def author(by="ann", low=0.1, skill=0.2):
    figure = Figure(value=0.2, low=low, high=0.3)
    point = CalibrationPoint(p_said=0.3, share=0.5, low=0.2, high=0.8, n=4)
    return AuthorFigures(
        by=by,
        model="m",
        standing="ahead",
        n=4,
        brier=figure,
        log_score=figure,
        calibration=(point, replace(point, p_said=0.9, share=1.0, high=1.0)),
        calibration_error=0.2,
        reliability=0.04,
        resolution=0.01,
        uncertainty=0.25,
        against=(
            SkillAgainst(reference="zero", n=4, skill=replace(figure, value=skill), brier=0.2, brier_reference=0.4),
        ),
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    entries = (
        entry("q-open", "open"),
        entry("q-resolved", "resolved"),
        entry("q-voided", "voided"),
        entry("q-late", "resolved", standing="late"),
    )
    whole = Recomposed(
        statement=HOSTILE, option="yes", p=0.4, parts=((HOSTILE, 0.5, 0.3), ("b", 0.5, 0.5)), by="ann", model=""
    )
    bad = tuple(entry(f"{HOSTILE}-{state}", state, statement=HOSTILE) for state in ("open", "resolved", "voided"))
    records = {
        "full": (
            ForecastRecord(
                entries=entries, authors=(author(), author("ben", NAN), author("cid", 0.1, NAN)), head="ab" * 32
            ),
            "Record",
        ),
        "hostile": (ForecastRecord(entries=bad, authors=(author(HOSTILE),), recomposed=(whole,)), HOSTILE),
        "empty": (ForecastRecord(entries=(), authors=()), "Record"),
    }
    folder = tmp_path_factory.mktemp("record")
    paths = {}
    for name, (record, title) in records.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(record_page(record, title), encoding="utf-8")
        assert record_page(record, title) == paths[name].read_text(encoding="utf-8")
    return paths


class Outline(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, key, value) for key, value in attrs]


@pytest.mark.parametrize("name", ["full", "hostile", "empty"])
class TestMarkup:
    def test_nothing_is_loaded_and_nothing_runs(self, pages, name):
        outline = Outline(pages[name].read_text(encoding="utf-8"))
        assert not {"script", "img", "iframe", "object", "embed", "form"} & set(outline.tags)
        assert not [
            a
            for a in outline.attributes
            if a[1] in ("src", "srcset", "data", "action", "style") or a[1].startswith("on")
        ]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", pages[name].read_text(encoding="utf-8"))

    def test_ids_are_unique_and_links_lead_to_them(self, pages, name):
        outline = Outline(pages[name].read_text(encoding="utf-8"))
        ids = [v for _, k, v in outline.attributes if k == "id"]
        assert len(ids) == len(set(ids))
        assert {v[1:] for _, k, v in outline.attributes if k == "href" and v.startswith("#")} <= set(ids)
        assert outline.tags.count("h1") == 1


def test_nothing_is_left_out(pages):
    html = pages["full"].read_text(encoding="utf-8")
    for name in ("q-open", "q-resolved", "q-voided", "q-late"):
        assert name in html
    assert "4 questions: 2 resolved, 1 open, 1 voided" in html
    assert html.count("not scored") == 1
    assert "0.200 (0.100 to 0.300)" in html
    assert "0.200 (no interval)" in html
    assert "not defined: the reference loses nothing" in html
    assert "ab" * 32 in html


def test_an_empty_record_says_so(pages):
    assert "there is nothing to score" in pages["empty"].read_text(encoding="utf-8")


@needs_browser
def test_axe_finds_nothing_and_no_request_leaves(pages):
    from axe_playwright_python.base import AXE_FILE_PATH
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        for width, scheme in ((1280, "light"), (390, "dark")):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            )
            for name, path in pages.items():
                page = context.new_page()
                asked: list = []
                page.on("request", lambda request, asked=asked: asked.append(request.url))
                page.goto(path.as_uri())
                page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
                found = page.evaluate("axe.run()")
                assert [v["id"] for v in found["violations"]] == [], name
                assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
