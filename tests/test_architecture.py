"""The house's own rules, held by tests: fast import, numbers with units, no hidden network addresses."""

import dataclasses
import hashlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import wayout.model
from wayout.errors import WayoutError

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "spacy",
    "numba",
    "trafilatura",
    "torch",
    "pandas",
    "httpx2",
    "scipy",
    "jinja2",
    "sqlalchemy",
    "sklearn",
    "xarray",
    "rensa",
)


@pytest.mark.parametrize("module", ["wayout", "wayout.pipeline", "wayout.cli.main"])
def test_importing_is_cheap(module):
    """A subprocess, because this one has everything loaded already."""
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _records():
    return [r for r in vars(wayout.model).values() if inspect.isclass(r) and dataclasses.is_dataclass(r)]


@pytest.mark.parametrize("record", _records(), ids=lambda r: r.__name__)
def test_every_record_is_frozen_slotted_and_keyword_only(record):
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)
    assert all(f.kw_only for f in dataclasses.fields(record))


@pytest.mark.parametrize("record", _records(), ids=lambda r: r.__name__)
def test_every_number_has_a_unit_a_range_and_help(record):
    for spec in dataclasses.fields(record):
        if spec.type in (float, "float", float | None):
            assert spec.metadata.get("unit"), f"{record.__name__}.{spec.name} has no unit"
            assert spec.metadata["help"]


def test_every_error_is_ours_and_a_built_in():
    for error in WayoutError.__subclasses__():
        assert len(error.__mro__) > len(WayoutError.__mro__) + 1


def test_the_page_and_its_assets_load_nothing_from_outside():
    for path in (ROOT / "src" / "wayout" / "publish").rglob("*"):
        if path.suffix in (".html", ".css", ".js", ".j2"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"""(?:src|href)\s*=\s*["']?https?:|url\(\s*["']?https?:|@import""", text), path


def test_the_lock_names_no_address():
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_the_readme_is_short_and_opens_with_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= 100
    assert readme.index("make demo") < readme.index("make test") < 2500


def test_every_shipped_model_has_a_card_with_its_hash():
    models = sorted((ROOT / "src" / "wayout" / "vocab" / "models").glob("*.npz"))
    assert models
    assert sum(model.stat().st_size for model in models) < 40e6
    for model in models:
        card = (ROOT / "docs" / "reference" / "models" / f"{model.stem}.md").read_text(encoding="utf-8")
        assert hashlib.sha256(model.read_bytes()).hexdigest() in card
        assert "licence" in card.lower()


def test_looking_a_name_up_loads_nothing_that_draws():
    """Half of the time to the first answer would go there."""
    code = (
        "import sys; from wayout.locate.gazetteer import open_gazetteer; open_gazetteer().find('Goma', countries=('CD',)); "
        "print([m for m in ('numpy', 'shapely', 'pyproj') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
