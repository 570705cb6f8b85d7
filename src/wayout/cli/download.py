"""Download one large file: bounded, hashed, taken up again where it broke off, whole under its name or not there at all."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpcore2
import httpx2

from wayout.cli.fetch import USER_AGENT
from wayout.cli.fetch_limits import FetchLimits
from wayout.cli.guarded_transport import GuardedBackend, GuardedTransport
from wayout.cli.public_address import resolve_public
from wayout.errors import SourceError
from wayout.locate.looking_up.editions import file_sha256, write_aside

_READ_TIMEOUT_S = 60.0
"""Longest silence of the other side, s."""
Tell = Callable[[int, int | None], None]
"""Is told the bytes that are there and, where the server says it, how many there will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A downloaded file's record, kept beside it as ``NAME.json``; ``tag`` is the server's word for this very version."""

    address: str
    sha256: str
    n_bytes: int
    retrieved: str
    tag: str = ""


def download(url: str, target: Path, limits: FetchLimits, tell: Tell = lambda _n, _all: None) -> Download:
    """
    Download a file, or keep the one that is there when the server says it is still the same.

    Parameters
    ----------
    url
        Its http or https address.
    target
        Where it goes. What arrives is written beside it (``.part``) and renamed when whole; a later call goes on there.
    limits
        Bounds, as for a page.
    tell
        Told how far it is.

    Returns
    -------
    record
        Also written beside the file.

    Raises
    ------
    SourceError
        If the address is refused, does not answer with the file in time, or the file is too large. An older file stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + limits.total_s
    resolve = partial(resolve_public, allow_loopback=limits.allow_loopback)
    try:
        with httpx2.Client(
            transport=GuardedTransport(GuardedBackend(deadline, resolve)),
            trust_env=False,
            follow_redirects=True,
            max_redirects=limits.max_redirects,
            timeout=min(_READ_TIMEOUT_S, limits.total_s),
        ) as client:
            return _get(client, url, target, limits, tell)
    except (httpx2.TimeoutException, httpcore2.TimeoutException) as error:
        raise SourceError(
            f"{url} did not come within {limits.total_s:.0f} s; run the command again, it goes on there"
        ) from error
    except httpx2.TooManyRedirects as error:
        raise SourceError(f"{url} redirects more than {limits.max_redirects} times; give the final address") from error
    except (httpx2.UnsupportedProtocol, httpcore2.UnsupportedProtocol, httpx2.InvalidURL) as error:
        raise SourceError(f"{url} is, or leads to, no valid http or https address; check it") from error
    except (httpx2.HTTPError, httpcore2.NetworkError, httpcore2.ProtocolError, UnicodeError) as error:
        raise SourceError(f"{url} cannot be fetched ({error or type(error).__name__}); check the network") from error


def read_record(target: Path) -> Download | None:
    """Return the record beside a file; ``None`` if there is none, or the file is no longer the one recorded."""
    record = _record(target.with_name(target.name + ".json"))
    try:
        return record if record and target.is_file() and file_sha256(target) == record.sha256 else None
    except OSError:
        return None


def _get(client: httpx2.Client, url: str, target: Path, limits: FetchLimits, tell: Tell) -> Download:
    part, part_record = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.json")
    kept = read_record(target)
    begun = _record(part_record)
    headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    if begun and begun.address == url and begun.tag and part.is_file():
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.tag}
    elif kept and kept.address == url and kept.tag:
        headers["If-None-Match" if kept.tag.startswith(('"', "W/")) else "If-Modified-Since"] = kept.tag
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == 304 and kept:
            return kept
        if response.status_code not in (200, 206):
            part.unlink(missing_ok=True)
            raise SourceError(f"{url} answered {response.status_code} {response.reason_phrase}; check the address")
        if response.headers.get("content-type", "").lower().startswith("text/html"):
            raise SourceError(f"{url} answered with a web page, not a file; check the address")
        started = Download(address=url, sha256="", n_bytes=0, retrieved="", tag=_tag(response))
        _write_record(part_record, started)
        _write_body(response, part, limits, tell)
    record = Download(
        address=url,
        sha256=file_sha256(part),
        n_bytes=part.stat().st_size,
        retrieved=datetime.now(UTC).date().isoformat(),
        tag=started.tag,
    )
    part.replace(target)
    _write_record(target.with_name(target.name + ".json"), record)
    part_record.unlink(missing_ok=True)
    return record


def _write_body(response: httpx2.Response, part: Path, limits: FetchLimits, tell: Tell) -> None:
    """Write what comes behind what is there already; a file that grows over the limit is dropped."""
    goes_on = response.status_code == 206
    size = part.stat().st_size if goes_on and part.is_file() else 0
    if goes_on and not response.headers.get("content-range", "").startswith(f"bytes {size}-"):
        part.unlink(missing_ok=True)
        raise SourceError(f"{response.url} sent another part of the file than was asked for; run the command again")
    told = response.headers.get("content-length", "")
    total = size + int(told) if told.isdigit() else None
    if total is not None and total > limits.max_bytes:
        part.unlink(missing_ok=True)
        raise SourceError(f"{response.url} has {total / 1e6:.0f} MB, at most {limits.max_bytes / 1e6:g} MB are taken")
    with part.open("ab" if goes_on else "wb") as file:
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > limits.max_bytes:
                break
            file.write(chunk)
            tell(size, total)
    if size > limits.max_bytes:
        part.unlink()
        raise SourceError(f"{response.url} is over {limits.max_bytes / 1e6:g} MB; that is no file of this kind")


def _tag(response: httpx2.Response) -> str:
    """Return what names this version: a strong ETag, else the date; a weak tag cannot continue a download but can tell change."""
    return str(response.headers.get("etag") or response.headers.get("last-modified") or "")


def _record(path: Path) -> Download | None:
    try:
        row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        texts = {key: str(row[key]) for key in ("address", "sha256", "retrieved", "tag")}
        return Download(n_bytes=int(row["n_bytes"]), **texts)
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _write_record(path: Path, record: Download) -> None:
    write_aside(path, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode() + b"\n")
