"""The actor files as one parsed file made at set-up, for quick opening; taken only while it fits the files it was made of."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from wayout.errors import BackendError
from wayout.vocab import read_vocab, vocab_path

BUILT = "built/actors.json"
SHARED = ("actors/_keys.yaml", "countries.yaml", "ucdp_governments.yaml")
"""Files that are not lists of actors."""


def source_names() -> tuple[str, ...]:
    """Return the files that the actor knowledge is read from, relative to ``wayout/vocab``, in order of precedence."""
    curated = (f"actors/{p.name}" for p in sorted(vocab_path("actors").glob("[a-z]*.yaml")))
    return (*SHARED, *curated)


@cache
def read_source(name: str) -> Any:
    """
    Read one of the actor files: from the built file where it is current, else from its YAML.

    Parameters
    ----------
    name
        One of :func:`source_names`.

    Returns
    -------
    content
        The parsed file; shared, so callers must not change it.
    """
    built = _built()
    return built[name] if name in built else read_vocab(name)


def build(target: Path) -> None:
    """
    Write the built file.

    Parameters
    ----------
    target
        Where; written aside and renamed, so that an interrupted build leaves nothing half done.
    """
    content = {"made_of": _digest(), "files": {name: read_vocab(name) for name in source_names()}}
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".part")
    aside.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    aside.replace(target)


@cache
def _built() -> Mapping[str, Any]:
    try:
        content = json.loads(vocab_path(BUILT).read_text(encoding="utf-8"))
    except (BackendError, ValueError):
        return {}
    if not isinstance(content, dict) or content.get("made_of") != _digest():
        return {}
    files: Mapping[str, Any] = content["files"]
    return files


def _digest() -> str:
    """Hash the YAML files, so that an edited one is never read from an old build."""
    total = sha256()
    for name in source_names():
        total.update(name.encode() + b"\0" + vocab_path(name).read_bytes() + b"\0")
    return total.hexdigest()
