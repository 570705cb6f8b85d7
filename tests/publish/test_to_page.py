"""The page works from disk without network or scripts, holds no foreign markup, and can be used by keyboard."""

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wayout.publish.page_parts import safe_link
from wayout.publish.write import brief_files

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: browser tests not run")


@pytest.fixture(scope="module")
def pages(findings, hostile_findings, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, run in {"plain": findings, "hostile": hostile_findings}.items():
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(brief_files(run, 5.0, {})["index.html"])
    return made


@pytest.fixture(scope="module")
def html(pages):
    return {name: path.read_text(encoding="utf-8") for name, path in pages.items()}


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
        self.tags, self.attributes, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, key, value or "") for key, value in attrs]

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("name", ["plain", "hostile"])
class TestMarkup:
    def test_nothing_is_loaded_from_anywhere(self, html, name):
        outline = Outline(html[name])
        loads = [(t, k, v) for t, k, v in outline.attributes if k in ("src", "srcset", "data", "action", "poster")]
        assert loads == []
        assert [v for t, k, v in outline.attributes if t == "link" and k == "href"] == ["data:,"]
        assert "@import" not in html[name]
        assert "fetch(" not in html[name]

    def test_no_inline_style_handler_or_unsafe_link(self, html, name):
        outline = Outline(html[name])
        assert not [a for a in outline.attributes if a[1] == "style" or a[1].startswith("on")]
        hrefs = [v for t, k, v in outline.attributes if t == "a" and k == "href"]
        assert all(re.match(r"#|https?://|[a-z]+\.(jsonl?|geojson)$", v) for v in hrefs)
        assert outline.tags.count("script") == 1
        assert not {"img", "iframe", "object", "embed", "form"} & set(outline.tags)

    def test_headings_are_in_order_and_landmarks_are_there(self, html, name):
        outline = Outline(html[name])
        levels = [int(t[1]) for t in outline.tags if re.fullmatch("h[1-6]", t)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
        assert {"header", "nav", "main", "footer", "article"} <= set(outline.tags)

    def test_every_link_inside_the_page_leads_somewhere(self, html, name):
        outline = Outline(html[name])
        ids = [v for _, k, v in outline.attributes if k == "id"]
        assert len(ids) == len(set(ids))
        targets = {v[1:] for t, k, v in outline.attributes if k == "href" and v.startswith("#")}
        assert targets <= set(ids)

    def test_no_character_that_hides_or_reverses_text_is_left(self, html, name):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html[name])


def test_every_sentence_with_evidence_links_to_its_marked_words(html):
    page = html["plain"]
    for said in re.findall(r'<div class="said (?:claim|onward|branch|contradiction)".*?</details>', page, re.DOTALL):
        numbers = re.findall(r'href="#m-(\d+)"', said)
        assert numbers
        assert all(re.search(rf'<mark class="[^"]*\bm{n}\b', page) for n in numbers)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil",
        "https://",
        "https://a b",
        "http://[",
        "ht\ntp://a",
        None,
    ],
)
def test_only_web_addresses_become_links(url):
    assert safe_link(url) is None


def test_web_addresses_become_links():
    assert safe_link("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


@needs_browser
class TestInBrowser:
    def open(self, browser, path, **options):
        context = browser.new_context(offline=True, **options)
        page = context.new_page()
        page.complaints = []
        page.on("dialog", lambda d: (page.complaints.append(f"dialog {d.message}"), d.dismiss()))
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: page.complaints.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.complaints.append(r.url))
        page.goto(path.as_uri())
        return page

    @pytest.mark.parametrize("name", ["plain", "hostile"])
    def test_no_dialog_no_error_no_request(self, browser, pages, name):
        page = self.open(browser, pages[name])
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.mouse.wheel(0, 4000)
        assert page.complaints == []
        assert page.locator("svg.map:visible").count() == 1
        page.context.close()

    def test_hostile_text_is_shown_as_text(self, browser, pages):
        page = self.open(browser, pages["hostile"])
        assert "<script>alert(1)</script>" in page.locator(".source-text").inner_text()
        page.context.close()

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
    def test_axe_finds_nothing(self, browser, pages, width, scheme):
        from axe_playwright_python.base import AXE_FILE_PATH

        page = self.open(
            browser, pages["plain"], viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        page.context.close()

    def test_the_first_stop_of_the_keyboard_is_the_skip_link(self, browser, pages):
        page = self.open(browser, pages["plain"])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        page.context.close()

    def test_the_map_is_zoomed_and_reset_by_keyboard(self, browser, pages):
        page = self.open(browser, pages["plain"])
        before = page.locator("#map").get_attribute("viewBox")
        page.get_by_role("button", name="Zoom in").focus()
        page.keyboard.press("Enter")
        assert page.locator("#map").get_attribute("viewBox") != before
        page.get_by_role("button", name="Whole map").focus()
        page.keyboard.press("Space")
        assert page.locator("#map").get_attribute("viewBox") == before
        page.context.close()

    def test_evidence_is_one_step_away_and_lights_up(self, browser, pages):
        page = self.open(browser, pages["plain"])
        said = page.locator("#s-headline")
        said.locator("summary").focus()
        page.keyboard.press("Enter")
        link = said.locator(".evidence a").first
        number = link.get_attribute("href").removeprefix("#m-")
        plain = page.locator(f"mark.m{number}").first.evaluate("e => getComputedStyle(e).backgroundColor")
        link.click()
        lit = page.locator(f"mark.m{number}").first.evaluate("e => getComputedStyle(e).backgroundColor")
        assert lit != plain
        page.context.close()

    def test_without_scripts_map_evidence_and_tables_are_there(self, browser, pages):
        page = self.open(browser, pages["plain"], java_script_enabled=False)
        assert page.locator("#map").is_visible()
        assert page.locator(".map-tools").is_hidden()
        page.locator("#s-headline summary").click()
        assert page.locator("#s-headline .evidence li").first.is_visible()
        assert page.locator("table").count() == 9
        page.context.close()

    @pytest.mark.parametrize("width", [320, 768])
    def test_no_sideways_scroll_on_narrow_screens(self, browser, pages, width):
        for name in ("plain", "hostile"):
            page = self.open(browser, pages[name], viewport={"width": width, "height": 800})
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.context.close()

    def test_the_source_text_is_shown_exactly(self, browser, pages, findings):
        page = self.open(browser, pages["plain"])
        shown = page.locator(".source-text").evaluate(
            "e => { const c = e.cloneNode(true); c.querySelectorAll('a.n').forEach(a => a.remove()); return c.textContent; }"
        )
        assert shown == findings.documents[0].text
        page.context.close()


def test_many_political_claims_are_folded_away_and_few_are_not(findings):
    def page(n):
        first = findings.claims[0]
        others = tuple(replace(first, id=f"claim-other-{i}", predicate="other", event_type="DEMAND") for i in range(n))
        return brief_files(replace(findings, claims=(*findings.claims, *others)), 5.0, {})["index.html"].decode()

    assert "6 more claims that bear on no way" in page(6)
    assert "more claims that bear on no way" not in page(2)


def _many(findings, n_documents=8, n_claims=60):
    text = findings.documents[0].text
    documents = [replace(findings.documents[0], id=f"doc-{n:016x}", text=f"{text} {n}") for n in range(n_documents)]
    first = findings.claims[0]
    spans = [documents[n % 7].span(3 * n, 3 * n + 40) for n in range(n_claims)]
    more = tuple(
        replace(first, id=f"claim-more-{n}", time=None, places=(), document=s.document, evidence=(s,), words=(s,))
        for n, s in enumerate(spans)
    )
    return replace(findings, documents=(*findings.documents, *documents), claims=(*findings.claims, *more))


def test_with_many_reports_claims_and_texts_are_folded_behind_their_number(findings):
    page = brief_files(_many(findings), 5.0, {})["index.html"].decode()
    assert "30 more of 70, by the same order" in page
    assert page.count("<summary>The text</summary>") == 9
    barriers = tuple(replace(findings.situation.barriers[0], id=f"barrier-many-{n}") for n in range(30))
    wide = replace(findings, situation=replace(findings.situation, barriers=(*findings.situation.barriers, *barriers)))
    assert "15 more of 35 barriers" in brief_files(wide, 5.0, {})["index.html"].decode()
    assert "The text</summary>" not in brief_files(findings, 5.0, {})["index.html"].decode()


@needs_browser
def test_a_link_into_a_folded_text_opens_it(browser, findings, tmp_path):
    path = tmp_path / "many.html"
    path.write_bytes(brief_files(_many(findings), 5.0, {})["index.html"])
    page = browser.new_page()
    page.goto(path.as_uri() + "#m-1")
    assert page.locator("details.text[open]").count() == 1
    page.close()
