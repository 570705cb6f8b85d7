from datetime import UTC, datetime

import pytest

from wayout.errors import SourceError
from wayout.read.from_html import read_html
from wayout.read.raw_page import RawPage

PARAGRAPHS = [
    "Government troops have closed both roads that lead out of the mining town, witnesses said on Tuesday, and nobody "
    "has been let through the eastern gate since the weekend.",
    "A spokesman for the governor said the army would keep the checkpoints until the militia had left the hills. He did "
    "not say how long that might take, or where the families who camp near the river should go.",
    "Aid workers said that eleven lorries with flour and medicine were waiting at the ferry. The drivers had been told "
    "that the only way left was the track along the lake, which floods in April.",
]
STANDFIRST = "Eleven lorries wait at the ferry while the army keeps both roads out of the mining town shut"

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Roads out of mining town closed - The Lake Herald</title>
<meta property="og:site_name" content="The Lake Herald">
<meta property="og:description" content="{STANDFIRST}">
<meta name="author" content="Awa Example">
<meta property="article:published_time" content="2021-04-13T09:30:00+00:00">
</head><body>
<a class="skip" href="#main">Skip to main content</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/africa">Africa</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve your experience. <button>Accept all</button></p></div>
<main id="main"><header><h1>Roads out of mining town closed</h1>
<div class="lead"><b>{STANDFIRST}</b></div></header>
<article><div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<p>{PARAGRAPHS[0]}</p><h2>Waiting at the ferry</h2><p>{PARAGRAPHS[1]}</p>
<div class="newsletter"><p>Sign up for our daily newsletter</p></div><p>{PARAGRAPHS[2]}</p></article>
<aside class="related"><h3>Related articles</h3><ul><li><a href="/1">Dam gate fails in the north</a></li>
<li><a href="/2">Ten boats lost on the lake</a></li></ul></aside>
<div class="comments"><h3>2 comments</h3><p>First! Great article, thanks for sharing it with all of us here.</p></div></main>
<footer><p>© 2021 The Lake Herald. All rights reserved.</p><a href="#top">Back to top</a></footer></body></html>"""


def read(markup, **raw):
    return read_html(RawPage(name="page.html", content=b"", **raw), markup)


@pytest.fixture(scope="module")
def document():
    return read(PAGE, url="https://www.lakeherald.example/2021/04/13/roads.html")


def test_text_is_the_report_and_nothing_else(document):
    assert document.text.split("\n\n") == [
        "Roads out of mining town closed",
        STANDFIRST,
        PARAGRAPHS[0],
        "Waiting at the ferry",
        PARAGRAPHS[1],
        PARAGRAPHS[2],
    ]


def test_facts_about_the_page(document):
    assert document.title == "Roads out of mining town closed"
    assert document.byline == "Awa Example"
    assert document.published == datetime(2021, 4, 13, tzinfo=UTC)
    assert document.language == "en"
    assert (document.source.name, document.source.reliability) == ("The Lake Herald", "F")
    assert document.source.url == "https://www.lakeherald.example"
    assert document.url == "https://www.lakeherald.example/2021/04/13/roads.html"
    assert dict(document.made_by.parameters)["trafilatura"]


def test_site_without_name_is_called_by_its_host():
    page = "<html><body><h1>A</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body></html>"
    assert read(page, url="https://www.lakeherald.example/a").source.name == "lakeherald.example"
    assert read(page).source.name == "page.html"


def test_headline_that_stands_in_the_body_too_comes_once():
    page = f"<html><head><title>Roads closed</title></head><body><article><h1>Roads closed</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>"
    assert read(page).text.count("Roads closed") == 1


def test_tables_are_kept():
    rows = "".join(f"<tr><td>Gate {i}</td><td>{i * 40} people waiting</td></tr>" for i in range(1, 5))
    page = f"<html><body><article><p>{PARAGRAPHS[0]}</p><table>{rows}</table><p>{PARAGRAPHS[1]}</p></article></body></html>"
    assert "120 people waiting" in read(page).text


def test_page_without_date_has_none():
    page = (
        "<html><body><article>"
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</article><footer>© 2021</footer></body></html>"
    )
    assert read(page).published is None


@pytest.mark.parametrize("depth", [300, 20_000])
def test_page_nested_too_deep_for_the_extractor_is_read_plainly(depth):
    page = (
        "<html><body>"
        + "<div>" * depth
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div>" * depth
        + "</body></html>"
    )
    document = read(page)
    assert all(p in document.text for p in PARAGRAPHS)


@pytest.mark.parametrize(
    "markup",
    ["<html><body></body></html>", "<html><body><nav>12 | 34</nav><script>x = 1</script></body></html>", "<p></p>"],
)
def test_page_without_words_is_an_error(markup):
    with pytest.raises(SourceError, match=r"page\.html.*main text"):
        read(markup)


def test_page_of_a_million_tags_is_not_given_to_the_extractor():
    document = read("<html><body>" + "<i></i>" * 160_000 + "".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    assert dict(document.made_by.parameters)["extractor"] == "strip_tags"
    assert PARAGRAPHS[2] in document.text
