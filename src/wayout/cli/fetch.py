"""Fetch one web page: public addresses only, bounded in size, time and redirects, whatever the other side does."""

import time
from dataclasses import dataclass
from functools import partial

import httpcore2
import httpx2

from wayout import __version__
from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.guarded_transport import GuardedBackend, GuardedTransport
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
    resolve = partial(resolve_public, allow_loopback=limits.allow_loopback)
    transport = GuardedTransport(GuardedBackend(deadline, resolve))
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
