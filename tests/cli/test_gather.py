import gzip
import io
import json
from datetime import UTC, datetime

import pytest
from werkzeug.wrappers import Response

from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.gather import GatherOptions, gather
from wayout.model import Miss
from wayout.read.pages import read_pages
from wayout.read.raw_page import MAX_PAGE_BYTES, RawPage

MOMENT = datetime(2021, 4, 13, 9, tzinfo=UTC)
PAGE = "<html><body><h1>Ford open</h1><p>The ford below the mill is open again, the ferryman said on Monday.</p></body></html>"


def options(**limits):
    return GatherOptions(limits=FetchLimits(allow_loopback=True, **limits), now=lambda: MOMENT)


def web(url, **limits):
    (found,) = gather([url], options=options(**limits))
    return found


# Files and folders.


def test_file_comes_as_its_bytes(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"The ford is open.")
    assert list(gather([str(path)])) == [RawPage(name=str(path), content=b"The ford is open.")]


def test_folder_comes_sorted_recursive_and_without_hidden_or_foreign_files(tmp_path):
    for name in ("b.txt", "a.html", "sub/c.md", ".hidden.txt", ".git/d.txt", "style.css", "photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    assert [p.name for p in gather([str(tmp_path)])] == [str(tmp_path / n) for n in ("a.html", "b.txt", "sub/c.md")]


def test_reports_that_cannot_be_read_yet_are_said_aloud(tmp_path):
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-")
    page, miss = gather([str(tmp_path)])
    assert isinstance(page, RawPage)
    assert isinstance(miss, Miss)
    assert miss.what.endswith("b.pdf")


def test_links_out_of_a_folder_are_not_followed_into_folders(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text("words")
    (inside / "a.txt").write_text("words")
    (inside / "link").symlink_to(outside, target_is_directory=True)
    assert [p.name for p in gather([str(inside)])] == [str(inside / "a.txt")]


@pytest.mark.parametrize("name", ["absent.txt", "ab\0sent", "x" * 5000])
def test_missing_file_is_a_miss_that_names_it(name):
    (miss,) = gather([name])
    assert isinstance(miss, Miss)
    assert miss.what == name
    assert "check the path" in miss.why


def test_empty_folder_and_device_are_misses(tmp_path):
    empty, device = gather([str(tmp_path), "/dev/null"])
    assert "no file that can be read" in empty.why
    assert "device" in device.why


def test_file_over_the_limit_is_a_miss(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as out:
        out.truncate(MAX_PAGE_BYTES + 1)
    (miss,) = gather([str(path)])
    assert "over 10 MB" in miss.why


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "ndjson"])
def test_json_lines_come_record_by_record(tmp_path, ending):
    lines = "\n".join(json.dumps({"text": f"The ford {n} is open."}) for n in range(3)).encode() + b"\n{broken"
    path = tmp_path / f"feed.{ending}"
    path.write_bytes(gzip.compress(lines) if ending.endswith("gz") else lines)
    found = list(gather([str(path)]))
    assert [type(f) for f in found] == [RawPage, RawPage, RawPage, Miss]
    documents, misses = read_pages(found)
    assert [d.text for d in documents] == ["The ford 0 is open.", "The ford 1 is open.", "The ford 2 is open."]
    assert [m.what for m in misses] == [f"{path} line 4"]


def test_line_longer_than_a_page_is_a_miss_and_the_next_is_read(tmp_path):
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * (MAX_PAGE_BYTES + 100_000) + b'"}\n{"text": "The ford is open."}\n')
    long, page = gather([str(path)])
    assert isinstance(long, Miss)
    assert "line 1" in long.what
    assert page.content == b"The ford is open."


def test_damaged_archive_is_a_miss(tmp_path):
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a b"}\n' * 5000)[:40])
    assert isinstance(list(gather([str(path)]))[-1], Miss)


def test_standard_input():
    assert list(gather(["-"], io.BytesIO(b"words"))) == [RawPage(name="standard input", content=b"words")]
    assert "missing" in next(iter(gather(["-"]))).why
    assert "over 10 MB" in next(iter(gather(["-"], io.BytesIO(bytes(MAX_PAGE_BYTES + 1))))).why


def test_sources_come_in_the_order_given_and_a_bad_one_does_not_stop_the_rest(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"words")
    found = list(gather(["absent", str(path), "ftp://a.example/x"]))
    assert [type(f) for f in found] == [Miss, RawPage, Miss]
    assert "not an http or https address" in found[2].why


# The web.


def test_page_comes_with_address_time_and_told_encoding(httpserver):
    httpserver.expect_request("/a").respond_with_data(
        PAGE.encode("cp1251"), content_type="text/html; charset=windows-1251"
    )
    page = web(httpserver.url_for("/a"))
    assert page == RawPage(
        name=httpserver.url_for("/a"),
        content=PAGE.encode("cp1251"),
        url=httpserver.url_for("/a"),
        retrieved=MOMENT,
        charset="windows-1251",
    )


def test_fetcher_says_who_it_is(httpserver):
    seen = []
    httpserver.expect_request("/a").respond_with_handler(
        lambda request: seen.append(request.user_agent.string) or Response(PAGE)
    )
    web(httpserver.url_for("/a"))
    assert seen[0].startswith("wayout/")


def test_redirects_are_followed_and_the_final_address_kept(httpserver):
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data(PAGE, content_type="text/html")
    assert web(httpserver.url_for("/old")).url == httpserver.url_for("/new")


def test_endless_redirects_are_a_miss(httpserver):
    httpserver.expect_request("/loop").respond_with_data("", status=302, headers={"Location": "/loop"})
    assert "redirects more than 5 times" in web(httpserver.url_for("/loop")).why


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://10.0.0.1/", "http://169.254.169.254/latest"]
)
def test_redirects_to_elsewhere_are_refused(httpserver, target):
    httpserver.expect_request("/trap").respond_with_data("", status=302, headers={"Location": target})
    assert isinstance(web(httpserver.url_for("/trap")), Miss)


def test_this_machine_is_refused_unless_allowed(httpserver):
    httpserver.expect_request("/a").respond_with_data(PAGE)
    (miss,) = gather([httpserver.url_for("/a")])
    assert "not a public address" in miss.why
    assert not httpserver.log


def test_too_large_a_body_is_cut_off(httpserver):
    httpserver.expect_request("/big").respond_with_data(b"a" * 50_000, content_type="text/plain")
    assert "over" in web(httpserver.url_for("/big"), max_bytes=40_000).why


def test_packed_bomb_is_cut_off_while_it_unpacks(httpserver):
    body = gzip.compress(bytes(30_000_000))
    httpserver.expect_request("/bomb").respond_with_data(
        body, content_type="text/html", headers={"Content-Encoding": "gzip"}
    )
    assert "over 1 MB" in web(httpserver.url_for("/bomb"), max_bytes=1_000_000).why


@pytest.mark.parametrize("status", [204, 404, 403, 500])
def test_answers_other_than_200_are_misses_that_say_so(httpserver, status):
    httpserver.expect_request("/a").respond_with_data("", status=status)
    assert str(status) in web(httpserver.url_for("/a")).why


def test_what_is_not_text_is_a_miss(httpserver):
    httpserver.expect_request("/a.pdf").respond_with_data(b"%PDF", content_type="application/pdf")
    assert "application/pdf" in web(httpserver.url_for("/a.pdf")).why


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a b/", "http://no-such-host.invalid/", "https://\udcff/"]
)
def test_impossible_addresses_are_misses(url):
    (miss,) = gather([url], options=options(total_s=5))
    assert isinstance(miss, Miss)


def test_server_that_refuses_or_cuts_the_line_is_a_miss(httpserver):
    httpserver.expect_request("/short").respond_with_handler(
        lambda request: Response(iter([b"a"]), headers={"Content-Length": "100"})
    )
    assert isinstance(web(httpserver.url_for("/short")), Miss)
    assert isinstance(web("http://127.0.0.1:9/"), Miss)


def test_time_is_up_even_if_bytes_keep_dripping(httpserver):
    httpserver.expect_request("/drip").respond_with_handler(lambda request: Response(iter([b"a"] * 3)))
    miss = web(httpserver.url_for("/drip"), total_s=0.0)
    assert "did not answer within 0 s" in miss.why or "took more" in miss.why
