import hashlib
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from wayout.manifest import make_manifest
from wayout.question import Request
from wayout.settings import DataSettings, Settings


@pytest.fixture
def findings():
    question = SimpleNamespace(
        at=datetime(2026, 1, 1, tzinfo=UTC), within_h=72.0, party=SimpleNamespace(aim="out"), area_text="Kidal"
    )
    return SimpleNamespace(question=question, reach=SimpleNamespace(cell_km=1.0), documents=(), judgements=())


def manifest(findings, *editions):
    request = Request(party="civilians", area="Kidal", within="72h")
    return make_manifest(findings, request, Settings(data=DataSettings(editions=editions)))


def test_editions_are_named_with_their_hashes_and_without_a_path(findings, tmp_path):
    path = tmp_path / "ML.sqlite"
    path.write_bytes(b"places")
    found = manifest(findings, path)
    assert found["editions"] == {"ML": hashlib.sha256(b"places").hexdigest()}
    assert str(tmp_path) not in json.dumps(found)


def test_another_edition_gives_another_manifest(findings, tmp_path):
    path = tmp_path / "ML.sqlite"
    path.write_bytes(b"places")
    one = manifest(findings, path)
    path.write_bytes(b"other places")
    assert manifest(findings, path) != one
    assert manifest(findings) != one


def test_no_edition_is_no_edition(findings):
    assert manifest(findings)["editions"] == {}


def test_files_of_the_ground_are_named_with_their_kind_and_hashes(findings, tmp_path):
    path = tmp_path / "ML.npz"
    path.write_bytes(b"roads")
    request = Request(party="civilians", area="Kidal", within="72h")
    found = make_manifest(findings, request, Settings(data=DataSettings(roads=(path,))))
    assert found["ground"] == {"roads/ML": hashlib.sha256(b"roads").hexdigest()}
    assert str(tmp_path) not in json.dumps(found)
    assert manifest(findings)["ground"] == {}
