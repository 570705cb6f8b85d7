import hashlib
import json

import pytest
from werkzeug.wrappers import Response

from wayout.cli.download import download, read_record
from wayout.cli.fetch_limits import FetchLimits
from wayout.errors import SourceError

LIMITS = FetchLimits(allow_loopback=True, max_bytes=1_000_000, total_s=20)
BODY = bytes(range(256)) * 40


@pytest.fixture
def target(tmp_path):
    return tmp_path / "downloads" / "ML.zip"


def test_a_file_comes_with_its_record(httpserver, target):
    httpserver.expect_request("/ML.zip").respond_with_data(BODY, content_type="application/zip")
    record = download(httpserver.url_for("/ML.zip"), target, LIMITS)
    assert target.read_bytes() == BODY
    assert record.sha256 == hashlib.sha256(BODY).hexdigest()
    assert record.n_bytes == len(BODY)
    assert read_record(target) == record
    assert sorted(p.name for p in target.parent.iterdir()) == ["ML.zip", "ML.zip.json"]


def test_progress_is_told(httpserver, target):
    httpserver.expect_request("/ML.zip").respond_with_data(BODY, content_type="application/zip")
    told = []
    download(httpserver.url_for("/ML.zip"), target, LIMITS, lambda n, total: told.append((n, total)))
    assert told[-1] == (len(BODY), len(BODY))


def test_what_is_unchanged_is_not_sent_again(httpserver, target):
    def answer(request):
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        return Response(BODY, headers={"ETag": '"v1"', "Content-Type": "application/zip"})

    httpserver.expect_request("/ML.zip").respond_with_handler(answer)
    first = download(httpserver.url_for("/ML.zip"), target, LIMITS)
    assert download(httpserver.url_for("/ML.zip"), target, LIMITS) == first
    assert [response.status_code for _, response in httpserver.log] == [200, 304]


def test_a_download_that_broke_off_goes_on_there(httpserver, target):
    half = len(BODY) // 2

    def answer(request):
        headers = {"ETag": '"v1"', "Content-Type": "application/zip"}
        if request.headers.get("Range") == f"bytes={half}-" and request.headers.get("If-Range") == '"v1"':
            told = {**headers, "Content-Range": f"bytes {half}-{len(BODY) - 1}/{len(BODY)}"}
            return Response(BODY[half:], status=206, headers=told)
        # Fewer bytes than promised: the line breaks.
        return Response(iter([BODY[:half]]), headers={**headers, "Content-Length": str(len(BODY))})

    httpserver.expect_request("/ML.zip").respond_with_handler(answer)
    with pytest.raises(SourceError, match="cannot be fetched"):
        download(httpserver.url_for("/ML.zip"), target, LIMITS)
    assert not target.exists()
    download(httpserver.url_for("/ML.zip"), target, LIMITS)
    assert target.read_bytes() == BODY
    assert [response.status_code for _, response in httpserver.log] == [200, 206]


def begun(target, url):
    record = {"address": url, "sha256": "", "n_bytes": 0, "retrieved": "", "tag": '"v0"'}
    target.with_name("ML.zip.part.json").write_text(json.dumps(record))


def test_a_file_that_changed_meanwhile_starts_anew(httpserver, target):
    target.parent.mkdir()
    part = target.with_name("ML.zip.part")
    part.write_bytes(b"old half")
    url = httpserver.url_for("/ML.zip")
    begun(target, url)
    httpserver.expect_request("/ML.zip").respond_with_data(BODY, content_type="application/zip")
    download(url, target, LIMITS)
    assert httpserver.log[0][0].headers["If-Range"] == '"v0"'
    assert target.read_bytes() == BODY


def test_a_wrong_part_is_refused(httpserver, target):
    target.parent.mkdir()
    target.with_name("ML.zip.part").write_bytes(b"half")
    url = httpserver.url_for("/ML.zip")
    begun(target, url)
    httpserver.expect_request("/ML.zip").respond_with_data(
        BODY, status=206, headers={"Content-Range": "bytes 0-99/100"}, content_type="application/zip"
    )
    with pytest.raises(SourceError, match="another part"):
        download(url, target, LIMITS)
    assert not target.exists()


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(httpserver, target):
    httpserver.expect_request("/told").respond_with_data(bytes(1_000_001), content_type="application/zip")
    httpserver.expect_request("/untold").respond_with_handler(
        lambda _request: Response(iter([bytes(600_000)] * 2), content_type="application/zip")
    )
    for path in ("/told", "/untold"):
        with pytest.raises(SourceError, match="MB"):
            download(httpserver.url_for(path), target, LIMITS)
        assert not [p for p in target.parent.iterdir() if p.suffix != ".json"]


def test_an_older_file_stays_when_the_server_fails(httpserver, target):
    httpserver.expect_oneshot_request("/ML.zip").respond_with_data(BODY, content_type="application/zip")
    httpserver.expect_request("/ML.zip").respond_with_data("gone", status=500)
    record = download(httpserver.url_for("/ML.zip"), target, LIMITS)
    with pytest.raises(SourceError, match="500"):
        download(httpserver.url_for("/ML.zip"), target, LIMITS)
    assert target.read_bytes() == BODY
    assert read_record(target) == record


def test_a_web_page_is_no_file(httpserver, target):
    httpserver.expect_request("/ML.zip").respond_with_data("<p>log in</p>", content_type="text/html; charset=utf-8")
    with pytest.raises(SourceError, match="web page"):
        download(httpserver.url_for("/ML.zip"), target, LIMITS)


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/ML.zip", "http://169.254.169.254/ML.zip", "ftp://127.0.0.1/x", "http://["]
)
def test_addresses_within_are_refused(target, url):
    with pytest.raises(SourceError):
        download(url, target, LIMITS)


def test_this_machine_is_refused_unless_allowed(httpserver, target):
    httpserver.expect_request("/ML.zip").respond_with_data(BODY)
    with pytest.raises(SourceError, match="not a public address"):
        download(httpserver.url_for("/ML.zip"), target, FetchLimits())
    assert not httpserver.log


def test_a_file_that_was_changed_by_hand_has_no_record(httpserver, target):
    httpserver.expect_request("/ML.zip").respond_with_data(BODY, content_type="application/zip")
    download(httpserver.url_for("/ML.zip"), target, LIMITS)
    target.write_bytes(b"other")
    assert read_record(target) is None
