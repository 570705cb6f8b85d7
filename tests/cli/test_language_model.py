"""A server may be slow, broken or hostile: asking it stays bounded in size, time and tries, and goes to one host only."""

import json
import threading

import pytest
from werkzeug import Request, Response

from wayout.cli.language_model import LanguageModel, PassingError
from wayout.errors import BackendError, InputError
from wayout.extract.suggesting.prompt import Prompt, answer_schema
from wayout.settings import LanguageModelSettings

PROMPT = Prompt(start=0, end=5, system="Mark up.", user='{"paragraph": "JNIM overran the post."}')


def completion(content):
    return {"choices": [{"message": {"role": "assistant", "content": content}}]}


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def open_model(httpserver, pauses):
    def make(**options):
        options.setdefault("base_url", httpserver.url_for("/v1"))
        return LanguageModel(LanguageModelSettings(model="some-model", **options), pauses.append)

    return make


def serve(httpserver, answer):
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(answer)


def test_the_request_is_that_of_the_interface(httpserver, open_model):
    seen = {}

    def answer(request: Request) -> Response:
        seen.update(body=request.get_json(), key=request.headers.get("Authorization"))
        return Response(json.dumps(completion("said")))

    serve(httpserver, answer)
    assert open_model(key="secret").ask(PROMPT) == "said"
    assert seen["key"] == "Bearer secret"
    assert seen["body"]["temperature"] == 0
    assert seen["body"]["model"] == "some-model"
    assert seen["body"]["messages"][1] == {"role": "user", "content": PROMPT.user}
    assert seen["body"]["response_format"]["json_schema"]["schema"] == answer_schema()


def test_the_same_question_is_sent_once(httpserver, open_model):
    httpserver.expect_oneshot_request("/v1/chat/completions").respond_with_json(completion("said"))
    model = open_model()
    assert [model.ask(PROMPT), model.ask(PROMPT)] == ["said", "said"]


def test_without_a_key_none_is_sent(httpserver, open_model):
    serve(httpserver, lambda request: Response(json.dumps(completion(str("Authorization" in request.headers)))))
    assert open_model().ask(PROMPT) == "False"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_and_then_left(httpserver, open_model, pauses, status):
    httpserver.expect_request("/v1/chat/completions").respond_with_data("no", status=status)
    with pytest.raises(PassingError, match=str(status)):
        open_model(n_tries=3).ask(PROMPT)
    assert len(httpserver.log) == 3
    assert pauses == [1.0, 2.0]


def test_trouble_that_passes_does_no_harm(httpserver, open_model):
    httpserver.expect_ordered_request("/v1/chat/completions").respond_with_data("no", status=500)
    httpserver.expect_ordered_request("/v1/chat/completions").respond_with_json(completion("said"))
    assert open_model().ask(PROMPT) == "said"


@pytest.mark.parametrize(("status", "hint"), [(401, "WAYOUT_LLM_KEY"), (403, "WAYOUT_LLM_KEY"), (404, "--llm-model")])
def test_a_refusal_ends_it_at_once(httpserver, open_model, status, hint):
    httpserver.expect_request("/v1/chat/completions").respond_with_data("no", status=status)
    with pytest.raises(BackendError, match=hint) as failure:
        open_model(key="secret").ask(PROMPT)
    assert not isinstance(failure.value, PassingError)
    assert len(httpserver.log) == 1
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(httpserver, open_model, status):
    httpserver.expect_request("/v1/chat/completions").respond_with_data(
        "", status=status, headers={"Location": httpserver.url_for("/elsewhere")}
    )
    with pytest.raises(BackendError, match="redirects"):
        open_model(key="secret").ask(PROMPT)
    assert [request.path for request, _ in httpserver.log] == ["/v1/chat/completions"]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>busy</html>", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}',
     b'{"choices": [{"message": {"content": [1]}}]}', b"[" * 50_000, b"\xff\xfe", b'{"choices": 5}'],
)  # fmt: skip
def test_an_answer_that_is_no_completion_is_an_error_of_one_line(httpserver, open_model, body):
    httpserver.expect_request("/v1/chat/completions").respond_with_data(body)
    with pytest.raises(PassingError, match="completion") as failure:
        open_model(n_tries=1).ask(PROMPT)
    assert "\n" not in str(failure.value)


def test_an_enormous_answer_is_not_read_to_its_end(httpserver, open_model):
    sent = []

    def chunks():
        for _ in range(50):
            sent.append(1_000_000)
            yield b" " * 1_000_000

    serve(httpserver, lambda _: Response(chunks()))
    with pytest.raises(PassingError, match="more than 100,000 bytes"):
        open_model(n_tries=1, max_answer_bytes=100_000).ask(PROMPT)
    assert sum(sent) < 50_000_000


def test_an_answer_without_end_is_left(httpserver, open_model):
    over = threading.Event()

    def drip():
        while not over.wait(0.02):
            yield b" "

    serve(httpserver, lambda _: Response(drip()))
    try:
        with pytest.raises(PassingError, match=r"within 0\.2 s"):
            open_model(n_tries=1, timeout_s=0.2).ask(PROMPT)
    finally:
        over.set()


def test_silence_is_left(httpserver, open_model):
    over = threading.Event()

    def silent(_: Request) -> Response:
        over.wait(5)
        return Response("late")

    serve(httpserver, silent)
    try:
        with pytest.raises(PassingError, match="did not answer"):
            open_model(n_tries=1, timeout_s=0.2).ask(PROMPT)
    finally:
        over.set()


def test_a_packed_answer_is_not_unpacked(httpserver, open_model):
    httpserver.expect_request("/v1/chat/completions").respond_with_data(
        b"\x1f\x8b" * 9, headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(PassingError, match="packed"):
        open_model(n_tries=1).ask(PROMPT)


def test_a_server_that_does_not_run_is_told(open_model):
    with pytest.raises(PassingError, match="cannot be reached"):
        open_model(n_tries=1, base_url="http://127.0.0.1:9/v1").ask(PROMPT)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://localhost", "no http"),
        ("localhost:8080", "no http"),
        ("http://", "no http"),
        ("http://[::1", "no address"),
        ("http://localhost:none", "no address"),
        ("https://user:secret@example.org/v1", "more than host"),
        ("https://example.org/v1?key=secret", "more than host"),
        ("http://example.org/v1", "unencrypted"),
    ],
)
def test_an_address_that_will_not_do_is_refused(url, told):
    with pytest.raises(InputError, match=told):
        LanguageModel(LanguageModelSettings(base_url=url, model="m", key="k"))


def test_the_key_is_never_shown():
    assert "secret" not in repr(LanguageModelSettings(base_url="https://example.org", model="m", key="secret"))
