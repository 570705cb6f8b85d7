"""
Controlled vocabularies and knowledge as data files: actors, predicates, scales, mobility, regions, map layers.

Everything here is data; this module only finds and parses it. ``built/`` is made at set-up by ``tools/build_gazetteer.py``.
"""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from wayout.errors import BackendError

_ROOT = Path(str(resources.files("wayout.vocab")))


def vocab_path(name: str) -> Path:
    """
    Find a shipped data file.

    Parameters
    ----------
    name
        File name relative to ``wayout/vocab``, for example ``"actors.yaml"`` or ``"layers/rivers.geojson.gz"``.

    Returns
    -------
    path
        Its path on disk.

    Raises
    ------
    BackendError
        If the file is not there; says how to make it.
    """
    path = _ROOT / name
    if not path.exists():
        raise BackendError(f"data file {name} is missing at {path}; run `make setup` (it builds what is not shipped)")
    return path


@cache
def read_vocab(name: str) -> Any:
    """Parse a shipped YAML file once; the result is shared, so callers must not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(vocab_path(name).read_text(encoding="utf-8"), Loader=loader)
