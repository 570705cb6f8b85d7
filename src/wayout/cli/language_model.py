"""Ask a language model over an OpenAI-compatible interface: one host, bounded in size, time and tries, never a redirect."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from wayout import __version__
from wayout.cli.guarded_transport import GuardedBackend, GuardedTransport
from wayout.errors import BackendError, InputError
from wayout.extract.suggesting.prompt import Prompt, answer_schema
from wayout.settings import LanguageModelSettings

KEY_VARIABLE = "WAYOUT_LLM_KEY"
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which trying again may help."""
_PAUSE_S = 1.0
"""Pause before the second try, s; doubled before each further one."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class PassingError(BackendError):
    """One answer could not be had; the next one may."""


class LanguageModel:
    """
    A model behind an address that the user gave.

    Parameters
    ----------
    settings
        Address, name, key, bounds.
    pause
        Waits between tries, s; tests give one that does not.

    Raises
    ------
    InputError
        If the address is not http or https with a host, holds a name or password, or would carry the key unencrypted to
        another machine.
    """

    def __init__(self, settings: LanguageModelSettings, pause: Callable[[float], None] = time.sleep) -> None:
        self.settings = settings
        self.host = _check_address(settings)
        self._pause = pause
        self._answers: dict[str, str] = {}

    def ask(self, prompt: Prompt) -> str:
        """
        Ask about one paragraph.

        Parameters
        ----------
        prompt
            What to ask; the same question is sent once.

        Returns
        -------
        answer
            What the model wrote: not looked into here.

        Raises
        ------
        PassingError
            If no usable answer came in the tries allowed.
        BackendError
            If the server refuses (the key, the model, the address): asking on would not help.
        """
        if prompt.user not in self._answers:
            self._answers[prompt.user] = self._tried(prompt)
        return self._answers[prompt.user]

    def _tried(self, prompt: Prompt) -> str:
        for number in range(1, self.settings.n_tries + 1):
            try:
                return self._once(prompt)
            except PassingError:
                if number == self.settings.n_tries:
                    raise
                self._pause(_PAUSE_S * 2 ** (number - 1))
        raise PassingError(f"{self.host} was not asked: the number of tries is {self.settings.n_tries}; allow one")

    def _once(self, prompt: Prompt) -> str:
        settings = self.settings
        deadline = time.monotonic() + settings.timeout_s
        headers = {"User-Agent": f"wayout/{__version__}", "Accept": "application/json", "Accept-Encoding": "identity"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        transport = GuardedTransport(GuardedBackend(deadline, lambda host, port: (host,)))
        try:
            with (
                httpx2.Client(
                    transport=transport, trust_env=False, follow_redirects=False, timeout=settings.timeout_s
                ) as client,
                client.stream(
                    "POST",
                    f"{settings.base_url.rstrip('/')}/chat/completions",
                    json=_body(settings.model, prompt),
                    headers=headers,
                ) as response,
            ):
                self._check(response)
                return _content(self._read(response, deadline), self.host)
        except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
            raise PassingError(
                f"{self.host} did not answer within {settings.timeout_s:g} s; try a smaller model"
            ) from error
        except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.InvalidURL, OSError) as error:
            raise PassingError(
                f"{self.host} cannot be reached ({type(error).__name__}); check the address and that the server runs"
            ) from error

    def _check(self, response: httpx2.Response) -> None:
        status = response.status_code
        if status == 200:
            if response.headers.get("content-encoding", "identity") != "identity":
                raise PassingError(f"{self.host} sent a packed answer unasked; dropped")
            return
        if status in _PASSING:
            raise PassingError(f"{self.host} answered {status}; try again later")
        if 300 <= status < 400:
            raise BackendError(
                f"{self.host} redirects elsewhere, which is not followed; give the final address to --llm"
            )
        hint = f"check {KEY_VARIABLE}" if status in (401, 403) else "check --llm and --llm-model"
        raise BackendError(f"{self.host} answered {status} to the request for model {self.settings.model}; {hint}")

    def _read(self, response: httpx2.Response, deadline: float) -> bytes:
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > self.settings.max_answer_bytes:
                raise PassingError(f"{self.host} sent more than {self.settings.max_answer_bytes:,} bytes; dropped")
            if time.monotonic() > deadline:
                raise PassingError(f"{self.host} did not end its answer within {self.settings.timeout_s:g} s")
        return bytes(content)


def _body(model: str, prompt: Prompt) -> dict[str, Any]:
    return {
        "model": model,
        "temperature": 0,
        "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": answer_schema()},
        },
    }


def _content(body: bytes, host: str) -> str:
    """Take the text out of the envelope."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PassingError(
            f"{host} sent no chat completion; check that --llm is an OpenAI-compatible address"
        ) from error
    if not isinstance(content, str):
        raise PassingError(f"{host} sent a chat completion without text; use a model that answers in text")
    return content


def _check_address(settings: LanguageModelSettings) -> str:
    try:
        parts = urlsplit(settings.base_url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"--llm {settings.base_url!r} is no address ({error}); give http(s)://host:port/v1") from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"--llm {settings.base_url!r} is no http or https address; give http(s)://host:port/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError(f"--llm holds more than host, port and path; give the key in {KEY_VARIABLE}")
    if settings.key and parts.scheme == "http" and host not in _LOOPBACK:
        raise InputError(f"--llm http://{host} would send the key unencrypted; use https, or unset {KEY_VARIABLE}")
    return host if port is None else f"{host}:{port}"
