"""Write the brief's files: all of them or none, the same bytes for the same findings, never outside the folder."""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wayout.errors import InputError
from wayout.geo.floor import FLOOR_KM
from wayout.model import Findings
from wayout.publish.brief import compose_brief
from wayout.publish.provenance import check_brief
from wayout.publish.to_geojson import situation_geojson
from wayout.publish.to_json import (
    assessment_json,
    brief_json,
    claim_lines,
    document_lines,
    json_bytes,
    json_lines_bytes,
)

PAGE = "index.html"
FILE_NAMES = (
    "documents.jsonl",
    "claims.jsonl",
    "situation.geojson",
    "assessment.json",
    "brief.json",
    PAGE,
    "manifest.json",
)
"""Written in this order; the manifest last, because it holds the hashes of the others."""


def write_brief(findings: Findings, out: Path, manifest: Mapping[str, Any]) -> Path:
    """
    Compose, check and write a brief.

    The files are written into a temporary folder beside ``out`` and then moved in one by one; other files in ``out`` are
    left alone. Nothing is written when a sentence fails the gate.

    Parameters
    ----------
    findings
        The outcome of a run.
    out
        Folder to write into; made where it is not there.
    manifest
        The run: versions, parameters, random seed, hashes of inputs and data. ``parameters.floor_km`` sets the floor of
        published positions; the hashes of the written files are added under ``files``.

    Returns
    -------
    page
        Path of ``index.html``.

    Raises
    ------
    ProvenanceError
        If a sentence names what neither words nor records hold.
    InputError
        If ``out`` is a file, or one of the files to be written is a folder or a link out of it.
    """
    floor_km = _floor(manifest)
    files = brief_files(findings, floor_km, manifest)
    _check_folder(out)
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.resolve().parent))
    try:
        for name, data in files.items():
            (aside / name).write_bytes(data)
        for name in files:
            (aside / name).replace(out / name)
    finally:
        shutil.rmtree(aside)
    return out / PAGE


def brief_files(findings: Findings, floor_km: float, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Make the content of every file, in the order of :data:`FILE_NAMES`.

    Parameters
    ----------
    findings
        The outcome of a run.
    floor_km
        Floor of published positions, km.
    manifest
        What is known of the run.

    Returns
    -------
    files
        Content by file name.

    Raises
    ------
    ProvenanceError
        If the brief fails the gate.
    """
    from wayout.publish.to_page import page_html

    brief = compose_brief(findings, floor_km)
    check_brief(brief, findings)
    files = {
        "documents.jsonl": json_lines_bytes(document_lines(findings)),
        "claims.jsonl": json_lines_bytes(claim_lines(findings, floor_km)),
        "situation.geojson": json_bytes(situation_geojson(findings, floor_km)),
        "assessment.json": json_bytes(assessment_json(findings, floor_km)),
        "brief.json": json_bytes(brief_json(brief, findings)),
        PAGE: page_html(brief, findings, floor_km).encode("utf-8", errors="xmlcharrefreplace"),
    }
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return {**files, "manifest.json": json_bytes({**manifest, "files": hashes})}


def _floor(manifest: Mapping[str, Any]) -> float:
    """Take the run's floor, but never a finer one than the project's own."""
    parameters = manifest.get("parameters", {})
    given = parameters.get("floor_km", FLOOR_KM) if isinstance(parameters, Mapping) else FLOOR_KM
    return max(FLOOR_KM, float(given))


def _check_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; --out names a folder to write the brief into")
    for name in FILE_NAMES:
        target = out / name
        if target.is_symlink() or target.is_dir():
            raise InputError(f"{target} is a link or a folder; move it away, the brief writes a plain file there")
