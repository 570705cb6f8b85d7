"""Fetch one web page: public addresses only, bounded in size, time and redirects, whatever the other side does."""

import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2

from wayout import __version__
from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.public_address import resolve_public
from wayout.errors import SourceError

USER_AGENT = f"wayout/{__version__} (conflict analysis from open sources; one page at a user's request)"
TEXT_TYPES = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/json",
    "application/x-ndjson",
    "application/jsonl",
)
UNKNOWN_TYPES = ("", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip")
_READ_TIMEOUT_S = 20.0
"""Longest silence of the other side, s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A fetched body with where it finally was and the encoding its header told."""

    content: bytes
    url: str
    charset: str | None


def fetch(url: str, limits: FetchLimits) -> Fetched:
    """
    Fetch a page over http or https.

    Parameters
    ----------
    url
        Its address.
    limits
        Bounds; a connection is only ever opened to an address that was resolved and found public, at each redirect
        again, so that neither a redirect nor a changing name server leads inside.

    Returns
    -------
    fetched
        Decompressed body, final address, told encoding.

    Raises
    ------
    SourceError
        If the address is refused, does not answer in time with status 200, is not text, or is too large.
    """
    deadline = time.monotonic() + limits.total_s
    transport = _GuardedTransport(_GuardedBackend(deadline, limits.allow_loopback))
    headers = {"User-Agent": USER_AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"}
    try:
        with (
            httpx2.Client(
                transport=transport,
                trust_env=False,
                follow_redirects=True,
                max_redirects=limits.max_redirects,
                timeout=min(_READ_TIMEOUT_S, limits.total_s),
                headers=headers,
            ) as client,
            client.stream("GET", url) as response,
        ):
            _check_answer(url, response)
            content = _read_bounded(url, response, limits, deadline)
            return Fetched(content=content, url=str(response.url), charset=response.charset_encoding)
    except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
        raise SourceError(
            f"{url} did not answer within {limits.total_s:.0f} s; try again, or save the page as a file"
        ) from error
    except httpx2.TooManyRedirects as error:
        raise SourceError(f"{url} redirects more than {limits.max_redirects} times; give the final address") from error
    except (httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol, httpx2.InvalidURL) as error:
        raise SourceError(f"{url} is, or leads to, no valid http or https address; save the page as a file") from error
    except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError, UnicodeError) as error:
        raise SourceError(
            f"{url} cannot be fetched ({error or type(error).__name__}); check the address and the network"
        ) from error


def _check_answer(url: str, response: httpx2.Response) -> None:
    if response.status_code != 200:
        raise SourceError(
            f"{url} answered {response.status_code} {response.reason_phrase}; check the address, or save the page as a file"
        )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind.startswith(TEXT_TYPES) and kind not in UNKNOWN_TYPES:
        raise SourceError(f"{url} is {kind}, not text; give a web page, or save its text as a .txt file")


def _read_bounded(url: str, response: httpx2.Response, limits: FetchLimits, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > limits.max_bytes:
            raise SourceError(f"{url} is over {limits.max_bytes / 1e6:g} MB; give the page of one report")
        if time.monotonic() > deadline:
            raise SourceError(f"{url} took more than {limits.total_s:.0f} s; try again, or save the page as a file")
    return bytes(content)


class _GuardedTransport(httpx2.BaseTransport):
    """httpx2's transport over a connection pool with our own network layer; no proxy, no environment."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False), max_connections=4, network_backend=backend
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            status_code=answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """The answer's body as httpx2 wants it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class _GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and lets nothing run past the deadline."""

    def __init__(self, deadline: float, allow_loopback: bool) -> None:
        self._inner = httpcore2.SyncBackend()
        self._deadline = deadline
        self._allow_loopback = allow_loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: httpcore2.NetworkError | httpcore2.TimeoutException | None = None
        for address in resolve_public(host, port, allow_loopback=self._allow_loopback):
            try:
                stream = self._inner.connect_tcp(
                    address, port, remaining_s(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore2.NetworkError, httpcore2.ConnectTimeout) as error:
                failure = error
                continue
            return _GuardedStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise httpcore2.ConnectError("unix sockets are not used")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _GuardedStream(httpcore2.NetworkStream):
    """A connection whose every read and write ends by the deadline: a drip of one byte a second does not."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, remaining_s(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, remaining_s(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, remaining_s(self._deadline, timeout))
        return _GuardedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def remaining_s(deadline: float, timeout: float | None) -> float:
    """Give the time left before the deadline, at most ``timeout``, s; raises a timeout when none is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for this page is over")
    return left if timeout is None else min(left, timeout)
