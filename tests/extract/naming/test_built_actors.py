"""The built actor file: the same knowledge as the YAML files, and never an old one."""

import json
from pathlib import Path

import pytest

from wayout.extract.naming import built_actors
from wayout.extract.naming.built_actors import build, read_source, source_names
from wayout.vocab import read_vocab


@pytest.fixture
def opened_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the built file be looked for in an empty folder."""
    target = tmp_path / "actors.json"
    original = built_actors.vocab_path
    monkeypatch.setattr(built_actors, "vocab_path", lambda n: target if n == built_actors.BUILT else original(n))
    built_actors._built.cache_clear()
    read_source.cache_clear()
    return target


def test_built_file_holds_what_the_yaml_files_hold(opened_from: Path) -> None:
    build(opened_from)
    assert all(read_source(name) == read_vocab(name) for name in source_names())
    assert built_actors._built()


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"made_of": "another", "files": {}})])
def test_broken_or_old_build_is_not_used(opened_from: Path, content: str) -> None:
    opened_from.write_text(content, encoding="utf-8")
    assert not built_actors._built()
    assert read_source("countries.yaml") == read_vocab("countries.yaml")


def test_build_is_repeatable(opened_from: Path) -> None:
    build(opened_from)
    first = opened_from.read_bytes()
    build(opened_from)
    assert opened_from.read_bytes() == first
