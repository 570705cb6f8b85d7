from lxml.html import fromstring

from wayout.read.standfirst import find_standfirst

LEAD = "The only road left to the displaced is the track along the lake, which floods in the rainy season"


def page(block):
    return fromstring(
        f"<html><head><meta name='description' content='{LEAD}'></head><body><h1>H</h1>{block}<p>Body text.</p></body></html>"
    )


def test_visible_summary_that_is_missing_is_found():
    assert find_standfirst(page(f"<p class=lead>{LEAD}</p>"), LEAD, "Body text.") == LEAD


def test_summary_cut_in_the_metadata_is_found_whole():
    assert find_standfirst(page(f"<div><b>{LEAD}</b></div>"), f"{LEAD[:70]} ...", "Body text.") == LEAD


def test_summary_that_is_in_the_text_is_not_doubled():
    assert find_standfirst(page(f"<p>{LEAD}</p>"), LEAD, f"{LEAD}\nBody text.") is None


def test_summary_that_no_reader_sees_is_not_taken():
    assert find_standfirst(page(""), LEAD, "Body text.") is None
    assert find_standfirst(page(f"<aside><p>{LEAD}</p></aside>"), LEAD, "Body text.") is None


def test_short_or_missing_descriptions_prove_nothing():
    assert find_standfirst(page("<p>News</p>"), "News", "Body text.") is None
    assert find_standfirst(page("<p>News</p>"), None, "Body text.") is None
