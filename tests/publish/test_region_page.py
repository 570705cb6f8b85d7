"""The page of located phrases works from disk without network, holds no foreign markup, shows no position finer than the floor."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import shapely

from wayout.model import WeightedGeometry
from wayout.publish.map_frame import WIDE
from wayout.publish.map_of_region import draw_region_map, frame_of_region, show_region
from wayout.publish.region_page import MOST_MAPS, ToldRegion, region_page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: browser tests not run")
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"\u202e'&"


def towns(bounds):
    west, south, east, north = bounds
    return (("Umm <b>Keddada", west + 0.4 * (east - west), south + 0.4 * (north - south)), ("El Fasher", 25.35, 13.63))


def told(region, *, times=1):
    readings = tuple(f"reading {n}" for n, _ in enumerate(region.parts, start=1))
    return ToldRegion(region=region, facts=(("why", region.why),), readings=readings, times=times)


@pytest.fixture(scope="module")
def disc():
    return shapely.Point(25.0, 14.0).buffer(0.4)


@pytest.fixture(scope="module")
def several(build, disc):
    region = build.region("near Kutum", disc)
    other = WeightedGeometry(geometry=shapely.Point(25.9, 14.2).buffer(0.2), weight=0.3)
    far = WeightedGeometry(geometry=shapely.Point(60.0, 40.0).buffer(0.2), weight=0.1)
    first = WeightedGeometry(geometry=disc, place=region.places[0], weight=0.6)
    return type(region)(
        **{
            **{name: getattr(region, name) for name in type(region).__slots__},
            "parts": (first, other, far),
        }
    )


@pytest.fixture(scope="module")
def pages(build, disc, several, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    hostile = build.region(HOSTILE, disc)
    made = {
        "one": region_page([told(several)], "near Kutum", towns),
        "many": region_page([told(several, times=3), told(hostile)], HOSTILE, towns, [(HOSTILE, HOSTILE)]),
        "none": region_page([], "A text", towns, [("Xyzzyville", "not known")]),
    }
    paths = {}
    for name, html in made.items():
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(html, encoding="utf-8")
    return paths


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


class Outline(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, key, value or "") for key, value in attrs]


@pytest.mark.parametrize("name", ["one", "many", "none"])
class TestMarkup:
    def test_nothing_is_loaded_and_nothing_foreign_runs(self, pages, name):
        outline = Outline(pages[name].read_text(encoding="utf-8"))
        assert not [a for a in outline.attributes if a[1] in ("src", "srcset", "data", "action", "style")]
        assert not [a for a in outline.attributes if a[1].startswith("on")]
        assert outline.tags.count("script") == 1
        assert not {"img", "iframe", "object", "embed", "form", "b"} & set(outline.tags)

    def test_headings_and_ids_are_in_order(self, pages, name):
        outline = Outline(pages[name].read_text(encoding="utf-8"))
        assert next(t for t in outline.tags if re.fullmatch("h[1-6]", t)) == "h1"
        assert outline.tags.count("h1") == 1
        ids = [v for _, k, v in outline.attributes if k == "id"]
        assert len(ids) == len(set(ids))
        targets = {v[1:] for _, k, v in outline.attributes if k == "href" and v.startswith("#")}
        assert targets <= set(ids)

    def test_no_character_that_hides_or_reverses_text_is_left(self, pages, name):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", pages[name].read_text(encoding="utf-8"))


def test_the_same_region_gives_the_same_page(several):
    one, two = (region_page([told(several)], "t", towns) for _ in range(2))
    assert one == two


def test_no_more_maps_than_a_page_can_bear(build, disc):
    page = region_page([told(build.region(f"place {n}", disc)) for n in range(MOST_MAPS + 2)], "t", towns)
    assert page.count('class="map wide-map"') == MOST_MAPS
    assert f"only the first {MOST_MAPS} are drawn" in page


def test_the_drawn_ground_is_on_the_floors_grid(several):
    shown = show_region(several)
    for ground in (shown.half, shown.most):
        assert all(round(x * 100) == pytest.approx(x * 100, abs=1e-6) for x, _ in shapely.get_coordinates(ground))


def test_the_smaller_ground_lies_in_the_larger(several):
    shown = show_region(several)
    assert shown.most.buffer(0.08).contains(shown.half)


def test_a_reading_far_away_does_not_make_the_map_small(several):
    shown = show_region(several)
    frame = frame_of_region(shown, WIDE)
    assert frame.east - frame.west < 10
    assert shown.n_outside == 1


def test_ground_on_both_sides_of_the_date_line_is_no_map_of_the_world(build):
    islands = shapely.MultiPolygon([shapely.box(177, -19, 180, -16), shapely.box(-180, -17, -179.5, -16.5)])
    frame = frame_of_region(show_region(build.region("some islands", islands)), WIDE)
    assert frame.east - frame.west < 30


def test_the_map_marks_the_readings_and_the_towns(several):
    svg = draw_region_map(several, towns, WIDE)
    assert 'class="m-half"' in svg
    assert 'class="m-most"' in svg
    assert svg.count('class="m-other"') == 1
    assert "Umm &lt;b&gt;Keddada" in svg


@needs_browser
class TestInBrowser:
    def open(self, browser, path, **options):
        page = browser.new_context(offline=True, **options).new_page()
        page.complaints = []
        page.on("dialog", lambda d: (page.complaints.append(f"dialog {d.message}"), d.dismiss()))
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.complaints.append(r.url))
        page.goto(path.as_uri())
        return page

    @pytest.mark.parametrize("name", ["one", "many", "none"])
    def test_no_dialog_no_error_no_request_no_sideways_scroll(self, browser, pages, name):
        for width in (320, 1280):
            page = self.open(browser, pages[name], viewport={"width": width, "height": 800})
            assert page.complaints == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.context.close()

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
    @pytest.mark.parametrize("name", ["one", "many"])
    def test_axe_finds_nothing(self, browser, pages, name, width, scheme):
        from axe_playwright_python.base import AXE_FILE_PATH

        size = {"width": width, "height": 900}
        page = self.open(browser, pages[name], viewport=size, color_scheme=scheme, bypass_csp=True)
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        page.context.close()

    def test_one_map_is_seen_on_every_width_and_without_scripts(self, browser, pages):
        for width in (390, 1280):
            page = self.open(browser, pages["one"], viewport={"width": width, "height": 900}, java_script_enabled=False)
            assert page.locator("svg.map:visible").count() == 1
            page.context.close()
