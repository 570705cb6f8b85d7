"""A brief made by the whole chain from an example page: its files hold to their schemas, its page to its promises."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from wayout.manifest import make_manifest
from wayout.pipeline import analyse
from wayout.publish.write import FILE_NAMES, brief_files, write_brief
from wayout.question import Request
from wayout.read.raw_page import RawPage
from wayout.settings import Settings

ROOT = Path(__file__).parents[2]
REFERENCE, EXAMPLES = ROOT / "docs" / "reference", ROOT / "examples"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: browser tests not run")


@pytest.fixture(scope="module")
def run():
    call = yaml.safe_load((EXAMPLES / "djibo.expected.yaml").read_text(encoding="utf-8"))["call"]
    page = EXAMPLES / "djibo.html"
    raw = RawPage(name=page.name, content=page.read_bytes(), url=None, retrieved=None)
    at = datetime.combine(call["at"], datetime.min.time(), tzinfo=UTC)
    request = Request(party=call["party"], area=call["area"], within=call["within"], at=at)
    found = analyse([raw], request, Settings())
    return found, make_manifest(found, request, Settings())


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    out = tmp_path_factory.mktemp("real") / "brief"
    write_brief(run[0], out, run[1])
    return out


def records(path):
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else [json.loads(text)]


@pytest.mark.parametrize("name", [n for n in FILE_NAMES if n != "index.html"])
def test_each_file_follows_its_schema(folder, name):
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    found = records(folder / name)
    assert found
    for record in found:
        checker.validate(record)


def test_every_quote_is_the_slice_its_span_names(folder):
    texts = {d["id"]: d["text"] for d in records(folder / "documents.jsonl")}
    brief = records(folder / "brief.json")[0]
    sentences = [brief["headline"], *(s for section in brief["sections"] for s in section["sentences"])]
    spans = [span for s in sentences for span in s["evidence"]]
    assert spans
    for span in spans:
        assert texts[span["document"]][span["start"] : span["end"]] == span["quote"]


def test_the_same_run_gives_the_same_bytes(run, folder):
    files = brief_files(run[0], 5.0, run[1])
    assert {name: (folder / name).read_bytes() for name in FILE_NAMES} == files


def test_the_headline_answers_the_question(folder):
    headline = records(folder / "brief.json")[0]["headline"]["text"]
    assert "from the south" in headline
    assert "the aid convoy can get in" in headline


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@needs_browser
class TestInBrowser:
    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
    def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(self, browser, folder, width, scheme):
        from axe_playwright_python.base import AXE_FILE_PATH

        context = browser.new_context(
            offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found["violations"]] == []
        context.close()

    def test_without_scripts_every_sentence_leads_to_its_words(self, browser, folder):
        context = browser.new_context(offline=True, java_script_enabled=False)
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        said = page.locator("#s-headline")
        said.locator("summary").click()
        said.locator(".evidence a").first.click()
        assert "#m-" in page.url
        assert page.locator("#map").is_visible()
        context.close()

    def test_labels_of_the_map_keep_apart(self, browser, folder):
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        boxes = page.locator("#map .m-label").evaluate_all(
            "es => es.map(e => e.getBBox()).map(b => [b.x, b.y, b.width, b.height])"
        )
        # A text's box is higher than its ink: boxes may touch by less than the leading.
        boxes = [(x + 2, y + 2, w - 4, h - 4) for x, y, w, h in boxes]
        overlaps = [
            (a, b)
            for n, a in enumerate(boxes)
            for b in boxes[n + 1 :]
            if a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
        ]
        assert overlaps == []
        context.close()
